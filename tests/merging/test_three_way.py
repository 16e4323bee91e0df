"""The three-way merge: what a translator and others changed meanwhile, and in which order."""

from hypothesis import given
from hypothesis import strategies as st

from letter.merging.entry_merge import Verdict
from letter.merging.three_way import Outcome, reconcile_catalogues
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
    for said in mine.entries + sent.entries:
        if said.msgstr != ("",) and (said.msgid, said.msgstr) not in old:
            assert "".join(said.msgstr[0].split()) in flat
    known = before.entries + mine.entries + sent.entries
    finished = {(e.key, e.msgstr) for e in known if not e.fuzzy}
    for made in parse_po(text.encode(), "letter.po").entries:
        if not made.fuzzy and not made.obsolete and made.msgstr != ("",):
            assert (made.key, made.msgstr) in finished, "none is finished by the merge"
