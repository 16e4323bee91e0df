"""Translations that an entry keeps in comments: none is lost, and none passes for a choice."""

import random
from dataclasses import replace

import pytest

from letter.merging.branch_merge import merge_branches
from letter.merging.entry_merge import Verdict, merge_entry
from letter.po.model import Entry
from tests.merging.examples import catalogue, entry

NAMES = ("Another translation: ", "Earlier translation: ")
TEXTS = ("A", "B", "C", "D")


def make_side(chance: random.Random) -> Entry:
    """An entry with any of a few texts, and any others in comments, as nobody would leave them."""
    text = chance.choice(("", *TEXTS[:3]))
    kept = [chance.choice(NAMES) + each for each in TEXTS if chance.random() < 0.35]
    flags = ("fuzzy",) if text and chance.random() < 0.5 else ()
    earlier = "Old home." if flags and chance.random() < 0.3 else None
    return Entry("Home.", (text,), comments=tuple(kept), flags=flags, previous_msgid=earlier)


def list_kept(side: Entry | None) -> set[str]:
    """List the texts that an entry has in any place."""
    said = (*side.msgstr, *(line[-1] for line in side.comments)) if side else ()
    return {text for text in said if text}


def test_what_both_sides_have_in_any_place_the_merge_has() -> None:
    """And whatever one of them has and the base has not; whoever merges.

    Readers are shown what a side has finished, or what was finished where a side was emptied. What
    one side alone has finished stays.
    """
    for seed in range(1_000):
        base, ours, theirs = map(make_side, [random.Random(seed)] * 3)
        start = base if seed % 7 else None
        sides = list_kept(ours), list_kept(theirs)
        wanted = (sides[0] & sides[1]) | ((sides[0] | sides[1]) - list_kept(start))
        found = [merge_entry(start, *pair)[0] for pair in ((ours, theirs), (theirs, ours))]
        shown = {"" if merged.fuzzy else merged.msgstr[0] for merged in found}
        finished = {"", *(side.msgstr[0] for side in (ours, theirs) if not side.fuzzy)}
        confirmed = finished - {"", base.msgstr[0] if start and not base.fuzzy else ""}
        lost = {base.msgstr[0]} if "" in (*ours.msgstr, *theirs.msgstr) else set()
        assert all(wanted | confirmed <= list_kept(merged) for merged in found), seed
        assert len(shown) == 1, seed
        assert shown <= finished | lost, seed
        assert not any(name + m.msgstr[0] in m.comments for m in found for name in NAMES), seed


ASKED = "# Another translation: {}\n#, fuzzy\n"
WAITING = entry("Home.", "Five.", ASKED.format("Three."))
TURNED = entry("Home.", "Three.", ASKED.format("Five."))
REMARK = entry("Aid.", "Alîkarî.", "# Which aid?\n")
LEFT = "# Another translation: Three.\n"


@pytest.mark.parametrize("others", [(), (REMARK,)])
@pytest.mark.parametrize("left", ["", LEFT])
@pytest.mark.parametrize("text", ["Five.", "Seven."])
@pytest.mark.parametrize("swapped", [False, True])
def test_two_people_who_settle_one_choice_differently_are_told(
    others: tuple[str, ...], left: str, text: str, *, swapped: bool
) -> None:
    """Though the other's text has stood in a comment since before, and one left the comment."""
    chosen, other = entry("Home.", "Three."), entry("Home.", text, left)
    sides = [catalogue(side, *others) for side in (chosen, other)]
    merge = merge_branches(catalogue(WAITING, *others), *sides[:: -1 if swapped else 1])
    (home, *_) = merge.po.entries
    said = {*home.msgstr, *(line.removeprefix(NAMES[0]) for line in home.comments)}
    assert (home.fuzzy, merge.has_conflict) == (True, True)
    assert {"Three.", text} <= said


@pytest.mark.parametrize("swapped", [False, True])
def test_a_rebase_keeps_what_was_settled_and_the_text_in_the_comment(*, swapped: bool) -> None:
    """A rebase turns the two texts of a choice round before it comes to who settled them."""
    sides = [catalogue(TURNED), catalogue(entry("Home.", "Seven.", LEFT))]
    merge = merge_branches(catalogue(WAITING), *sides[:: -1 if swapped else 1])
    (home,) = merge.po.entries
    assert (home.msgstr, home.fuzzy, merge.told) == (("Seven.",), False, ())
    assert "Another translation: Three." in home.comments


@pytest.mark.parametrize("settled", ["Five.", "Three."])
@pytest.mark.parametrize("other", [WAITING, TURNED])
def test_a_settled_choice_is_not_asked_again_by_a_branch_where_nobody_was(
    settled: str, other: str
) -> None:
    """Nor does a comment come back that says the text itself."""
    sides = catalogue(entry("Home.", settled)), catalogue(other)
    for pair in (sides, sides[::-1]):
        merge = merge_branches(catalogue(WAITING), *pair)
        (home,) = merge.po.entries
        assert (home.msgstr, home.fuzzy, merge.told) == ((settled,), False, ())
        assert NAMES[0] + settled not in home.comments


def test_two_branches_that_chose_between_the_same_two_texts_are_told() -> None:
    """Each merged the other, and chose the other way."""
    ours, theirs = (Entry("Home.", (one,)) for one in "BC")
    ours = replace(ours, comments=(NAMES[0] + "C",))
    theirs = replace(theirs, comments=(NAMES[0] + "B",))
    merged, verdict = merge_entry(Entry("Home.", ("A",)), ours, theirs)
    assert (merged.fuzzy, verdict) == (True, Verdict.CONFLICT)


def test_a_choice_that_an_editor_emptied_waits_again() -> None:
    base = Entry("Home.", ("A",))
    emptied = Entry("Home.", comments=(NAMES[0] + "C",))
    for pair in ((base, emptied), (emptied, base)):
        merged, _ = merge_entry(base, *pair)
        assert (merged.msgstr, merged.fuzzy, merged.comments) == (("A",), True, (NAMES[0] + "C",))


@pytest.mark.parametrize("swapped", [False, True])
def test_a_text_that_nobody_finished_takes_the_place_of_none_that_a_person_confirmed(
    *, swapped: bool
) -> None:
    """Both began with a text that waited since its English changed, and one left it waiting."""
    waits = '#, fuzzy\n#| msgid "Old home."\n'
    confirmed, rewritten = entry("Home.", "Three."), entry("Home.", "Five.", waits)
    sides = [catalogue(confirmed), catalogue(rewritten)][:: -1 if swapped else 1]
    merge = merge_branches(catalogue(entry("Home.", "Three.", waits)), *sides)
    (home,) = merge.po.entries
    assert (home.msgstr, home.fuzzy, len(merge.told)) == (("Three.",), False, 1)
    assert home.comments == ("Earlier translation: Five.",)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_text_that_was_confirmed_stays_where_its_english_is_changed_and_translated_anew(
    *, swapped: bool
) -> None:
    """Brought to the new English, what was confirmed waits, as in the base."""
    old, new = "We write this letter to you.", "We write the letter to you."
    sides = [catalogue(entry(old, "Three.")), catalogue(entry(new, "Five."))]
    merge = merge_branches(
        catalogue(entry(old, "Three.", "#, fuzzy\n")), *sides[:: -1 if swapped else 1]
    )
    (home,) = (each for each in merge.po.entries if not each.obsolete)
    assert (home.msgid, home.msgstr, home.fuzzy) == (new, ("Five.",), False)
    assert (home.comments, len(merge.told)) == (("Earlier translation: Three.",), 1)
