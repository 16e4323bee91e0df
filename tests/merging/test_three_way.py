"""The three-way merge: what a translator and others changed meanwhile, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.merging.entry_merge import Verdict
from letter.merging.three_way import Outcome, merge_message_order, reconcile_catalogues
from letter.merging.update import update_catalogue
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.examples import LONG, LONGER, catalogue, entry, template


def merge(
    base: PoFile, ours: PoFile, theirs: PoFile
) -> tuple[dict[str, Entry], list[Outcome], str]:
    merged, outcomes = reconcile_catalogues(base, ours, theirs)
    data = format_po(merged)
    entries = parse_po(data, "letter.po").entries
    return {e.msgid: e for e in entries if not e.obsolete}, outcomes, data.decode()


ONE = entry("One", "Yek")


def test_an_outdated_text_does_not_replace_a_finished_one_and_is_kept() -> None:
    base = catalogue(entry(LONG, "Kevn."))
    ours = catalogue(entry(LONGER, "Nû û temam."))
    entries, outcomes, text = merge(base, ours, catalogue(entry(LONG, "Kevn, lê baştir.")))
    assert not entries[LONGER].fuzzy
    assert entries[LONGER].msgstr == ("Nû û temam.",)
    assert "Kevn, lê baştir." in text
    assert [o.verdict for o in outcomes] == [Verdict.SUPERSEDED]


def test_what_was_said_of_a_message_that_left_the_letter_is_kept() -> None:
    base = catalogue(ONE, entry("Gone now", ""))
    for said, kept in (
        (entry("Gone now", "Çû"), '#~ msgid "Gone now"\n#~ msgstr "Çû"'),
        (entry("Gone now", "", "# Which hospital?\n"), "# Which hospital?"),
    ):
        entries, outcomes, text = merge(base, catalogue(ONE), catalogue(ONE, said))
        assert list(entries) == ["One"]
        assert kept in text
        assert outcomes == [Outcome("Gone now", Verdict.GONE)]


def test_a_confirmed_text_whose_english_changed_again_is_compared_with_what_was_confirmed() -> None:
    last = LONGER.replace("now", "today")
    base, _ = update_catalogue(catalogue(entry(LONG, "Em.")), template(LONGER))
    ours, _ = update_catalogue(base, template(last))
    entries, outcomes, text = merge(base, ours, catalogue(entry(LONGER, "Em.")))
    assert entries[last].fuzzy
    assert entries[last].previous_msgid == LONGER
    assert "[-every-]" not in text
    assert outcomes == [Outcome(last, Verdict.OUTDATED)]


def test_a_better_translation_of_a_sentence_with_a_minor_correction_is_taken() -> None:
    corrected = LONG.replace("now,", "now")
    ours, _ = update_catalogue(catalogue(entry(LONG, "Em.")), template(corrected), minor=True)
    entries, outcomes, _ = merge(
        catalogue(entry(LONG, "Em.")), ours, catalogue(entry(LONG, "Em gazî dikin."))
    )
    assert not entries[corrected].fuzzy
    assert entries[corrected].msgstr == ("Em gazî dikin.",)
    assert outcomes == [Outcome(corrected, Verdict.TAKEN)]


said = st.tuples(st.sampled_from(["", "A.", "B.", "C."]), st.sampled_from(["", "#, fuzzy\n"]))
sides = st.fixed_dictionaries({"One": said, LONG: said}, optional={LONGER: said, "More": said})


def build(side: dict[str, tuple[str, str]], who: str) -> PoFile:
    """A catalogue whose translations say who wrote them, unless all agree."""
    entries = []
    for msgid, (text, fuzzy) in side.items():
        name = who if text == "C." else ""
        entries.append(entry(msgid, text and f"{msgid[:4]}{text}{name}", fuzzy))
    return catalogue(*entries)


@given(
    before=sides.map(lambda side: build(side, "")),
    mine=sides.map(lambda side: build(side, "o")),
    sent=sides.map(lambda side: build(side, "t")),
)
def test_nothing_that_anyone_changed_is_thrown_away(
    before: PoFile, mine: PoFile, sent: PoFile
) -> None:
    old = {(e.msgid, e.msgstr) for e in before.entries}
    _, _, text = merge(before, mine, sent)
    flat = "".join(text.split())
    for known in mine.entries + sent.entries:
        if known.msgstr != ("",) and (known.msgid, known.msgstr) not in old:
            assert "".join(known.msgstr[0].split()) in flat
    finished = {(e.key, e.msgstr) for e in mine.entries + sent.entries if not e.fuzzy}
    for known in parse_po(text.encode(), "letter.po").entries:
        if not known.fuzzy and not known.obsolete and known.msgstr != ("",):
            assert (known.key, known.msgstr) in finished, "none is finished by the merge"


def make_file(letters: str, who: str) -> PoFile:
    """A file with a message for each letter; those after a `~` are obsolete."""
    active, _, obsolete = letters.partition("~")
    entries = [Entry(letter, (who,)) for letter in active]
    entries += [Entry(letter, (who,), obsolete=True) for letter in obsolete]
    return PoFile("letter.po", entries=tuple(entries))


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "acx", "abc", "acx"),  # ours alone changed
        ("abc", "abc", "cbx", "cbx"),  # theirs alone changed
        ("abc", "abx", "ayc", "ayx"),  # each dropped one and added one
        ("abc", "abcx", "abcy", "abcyx"),  # both added at the end
        ("abc", "abcx", "yabc", "yabcx"),
        ("abc", "xabc", "abyzc", "xabyzc"),  # neighbours stay neighbours
        ("abc", "bcx", "aybc", "ybcx"),  # behind a message that ours dropped
        ("abc", "abcn", "anbc", "abcn"),  # both added the same one
        ("abc", "cba", "abcy", "cyba"),  # ours moved, theirs added
        ("abc", "cab", "bac", "cab"),  # both moved: ours
        ("abc", "", "abcy", "y"),
        ("", "ab", "cb", "cab"),  # both added the file
        ("a~z", "az", "ab~z", "abz"),  # obsolete messages don't count
        ("ab", "a~b", "abc", "ac"),
    ],
)
def test_what_either_side_dropped_is_dropped_and_what_either_added_is_added(
    base: str, ours: str, theirs: str, merged: str
) -> None:
    files = (make_file(base, "base"), make_file(ours, "ours"), make_file(theirs, "theirs"))
    assert "".join(entry.msgid for entry in merge_message_order(*files)) == merged


@pytest.mark.parametrize(("ours", "theirs"), [("ax", "yax"), ("a", "a")])
def test_a_message_of_both_is_given_as_ours_has_it(ours: str, theirs: str) -> None:
    files = (make_file("a", "base"), make_file(ours, "ours"), make_file(theirs, "theirs"))
    found = {entry.msgid: entry.msgstr for entry in merge_message_order(*files)}
    assert found == {m: ("ours" if m in ours else "theirs",) for m in {*ours, *theirs}}
