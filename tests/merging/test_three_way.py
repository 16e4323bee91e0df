"""The three-way merge: what a translator and others changed meanwhile, entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from letter.merging.entry_merge import Verdict
from letter.merging.three_way import Outcome, reconcile_catalogues
from letter.merging.update import update_catalogue
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.examples import LONG, LONGER, catalogue, entry, template

if TYPE_CHECKING:
    from letter.po.model import Entry, PoFile


def merge(
    base: PoFile, ours: PoFile, theirs: PoFile
) -> tuple[dict[str, Entry], list[Outcome], str]:
    merged, outcomes = reconcile_catalogues(base, ours, theirs)
    data = format_po(merged)
    entries = parse_po(data, "letter.po").entries
    return {e.msgid: e for e in entries if not e.obsolete}, outcomes, data.decode()


ONE, TWO = entry("One", "Yek"), entry("Two", "Du")


def test_what_each_side_changed_is_in_the_result() -> None:
    entries, outcomes, _ = merge(
        catalogue(ONE, TWO),
        catalogue(entry("One", "Yêk"), TWO),
        catalogue(ONE, entry("Two", "Didu", "# my comment\n")),
    )
    assert entries["One"].msgstr == ("Yêk",)
    assert entries["Two"].msgstr == ("Didu",)
    assert entries["Two"].comments == ("my comment",)
    assert outcomes == [Outcome("Two", Verdict.TAKEN)]


def test_a_translation_of_changed_english_arrives_as_outdated() -> None:
    base = catalogue(entry(LONG, ""))
    ours, _ = update_catalogue(base, template(LONGER))
    entries, outcomes, text = merge(base, ours, catalogue(entry(LONG, "Em bang dikin.")))
    assert entries[LONGER].fuzzy
    assert entries[LONGER].msgstr == ("Em bang dikin.",)
    assert entries[LONGER].previous_msgid == LONG
    assert outcomes == [Outcome(LONGER, Verdict.OUTDATED)]
    assert "[-every-] {+any+}" in text


def test_an_outdated_text_does_not_replace_a_finished_one_and_is_kept() -> None:
    base = catalogue(entry(LONG, "Kevn."))
    ours = catalogue(entry(LONGER, "Nû û temam."))
    entries, outcomes, text = merge(base, ours, catalogue(entry(LONG, "Kevn, lê baştir.")))
    assert not entries[LONGER].fuzzy
    assert entries[LONGER].msgstr == ("Nû û temam.",)
    assert "Kevn, lê baştir." in text
    assert [o.verdict for o in outcomes] == [Verdict.SUPERSEDED]


def test_a_translation_of_what_left_the_letter_is_kept_as_obsolete() -> None:
    base = catalogue(ONE, entry("Gone now", ""))
    entries, outcomes, text = merge(base, catalogue(ONE), catalogue(ONE, entry("Gone now", "Çû")))
    assert list(entries) == ["One"]
    assert '#~ msgid "Gone now"\n#~ msgstr "Çû"' in text
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


def test_a_comment_on_what_left_the_letter_is_kept() -> None:
    base = catalogue(ONE, entry("Gone now", ""))
    theirs = catalogue(ONE, entry("Gone now", "", "# Which hospital?\n"))
    _, _, text = merge(base, catalogue(ONE), theirs)
    assert "# Which hospital?" in text


states = st.sampled_from(["", "A.", "B.", "C."])
fuzzies = st.sampled_from(["", "#, fuzzy\n"])
sides = st.fixed_dictionaries(
    {"One": st.tuples(states, fuzzies), LONG: st.tuples(states, fuzzies)},
    optional={LONGER: st.tuples(states, fuzzies), "More": st.tuples(states, fuzzies)},
)


def build(side: dict[str, tuple[str, str]], who: str) -> PoFile:
    """A catalogue whose translations say who wrote them, unless all agree."""
    return catalogue(
        *(
            entry(msgid, text and f"{msgid[:4]}{text}{who if text == 'C.' else ''}", fuzzy)
            for msgid, (text, fuzzy) in side.items()
        )
    )


@given(base=sides, ours=sides, theirs=sides)
def test_nothing_that_anyone_changed_is_thrown_away(
    base: dict[str, tuple[str, str]],
    ours: dict[str, tuple[str, str]],
    theirs: dict[str, tuple[str, str]],
) -> None:
    before, mine, sent = build(base, ""), build(ours, "o"), build(theirs, "t")
    old = {(e.msgid, e.msgstr) for e in before.entries}
    _, _, text = merge(before, mine, sent)
    flat = "".join(text.split())
    for known in mine.entries + sent.entries:
        if known.msgstr != ("",) and (known.msgid, known.msgstr) not in old:
            assert "".join(known.msgstr[0].split()) in flat
    for known in parse_po(text.encode(), "letter.po").entries:
        if not known.fuzzy and not known.obsolete and known.msgstr != ("",):
            finished = [
                e for e in mine.entries + sent.entries if e.key == known.key and not e.fuzzy
            ]
            assert known.msgstr in {e.msgstr for e in finished}, "none is finished by the merge"
