"""The three-way merge: what a translator and others changed meanwhile, and in which order."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from letter.merging.entry_merge import Verdict
from letter.merging.known_messages import spell_alike
from letter.merging.message_order import merge_message_order
from letter.merging.three_way import Outcome, explain_outcomes, reconcile_catalogues
from letter.merging.update import update_catalogue
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.examples import LONG, LONGER, catalogue, entry, template
from tests.tools import run_gettext


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


def test_a_copy_of_english_that_left_the_letter_takes_no_text_away() -> None:
    copied = catalogue(ONE, entry("Gone now", "Gone now"))
    for text, left in (("Çû", [("Gone now", ("Çû",))]), ("", [])):
        base = catalogue(ONE, entry("Gone now", text))
        merged, _ = reconcile_catalogues(base, catalogue(ONE), copied)
        assert [(e.msgid, e.msgstr) for e in merged.entries if e.obsolete] == left


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
    # And stays taken when it meets, since the same base, the side that has the old text.
    ours, better = catalogue(entry(corrected, "Em.")), catalogue(entry(corrected, "Em gazî dikin."))
    for sides in ((ours, better), (better, ours)):
        entries, _, text = merge(catalogue(entry(LONG, "Em.")), *sides)
        assert not entries[corrected].fuzzy, text
        assert entries[corrected].msgstr == ("Em gazî dikin.",)


said = st.tuples(st.sampled_from(["", "A.", "B.", "C.", "="]), st.sampled_from(["", "#, fuzzy\n"]))
sides = st.fixed_dictionaries({"One": said, LONG: said}, optional={LONGER: said, "More": said})


def build(side: dict[str, tuple[str, str]], who: str) -> PoFile:
    """A catalogue whose translations say who wrote them, unless all agree."""
    entries = []
    for msgid, (text, fuzzy) in side.items():
        name = who if text == "C." else ""
        written = msgid if text == "=" else text and f"{msgid[:4]}{text}{name}"
        entries.append(entry(msgid, written, fuzzy))
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
        is_text = said.msgstr not in (("",), (said.msgid,))
        if is_text and (said.msgid, said.msgstr) not in old:
            assert "".join(said.msgstr[0].split()) in flat
    known = before.entries + mine.entries + sent.entries
    finished = {(e.key, e.msgstr) for e in known if not e.fuzzy}
    for made in parse_po(text.encode(), "letter.po").entries:
        if not made.fuzzy and not made.obsolete and made.msgstr != ("",):
            assert (made.key, made.msgstr) in finished, "none is finished by the merge"


@given(
    before=sides.map(lambda side: build(side, "")),
    mine=sides.map(lambda side: build(side, "o")),
    sent=sides.map(lambda side: build(side, "t")),
)
def test_the_same_survives_whichever_side_is_ours(
    before: PoFile, mine: PoFile, sent: PoFile
) -> None:
    survived, conflicts = [], []
    for ours, theirs in ((mine, sent), (sent, mine)):
        messages = merge_message_order(before, ours, theirs)
        merged, outcomes = reconcile_catalogues(before, ours, theirs, messages)
        said = {text for e in merged.entries for text in (*e.msgstr, *map(read_kept, e.comments))}
        survived.append(said - {"", "One", LONG, LONGER, "More"})
        conflicts.append({o.msgid for o in outcomes if o.verdict is Verdict.CONFLICT})
    assert survived[0] == survived[1]
    assert conflicts[0] == conflicts[1]


def read_kept(comment: str) -> str:
    """The text that a comment keeps."""
    return comment.partition(" translation: ")[2]


def join(folder: Path, *files: PoFile) -> PoFile:
    """Join files as msgcat does."""
    paths = [folder / f"{letter}.po" for letter, _ in zip("abc", files, strict=False)]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(format_po(file))
    return parse_po(run_gettext("msgcat", *paths), "joined.po")


PLURAL = 'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "{}"\nmsgstr[1] "roj"\n'


def test_texts_that_msgcat_joined_never_stand_as_one(tmp_path: Path) -> None:
    one = catalogue(ONE, PLURAL.format("rojek"), entry("Two", "Du"))
    two = catalogue(entry("One", "Êk"), PLURAL.format("yek roj"), entry("Two", "Du"))
    empty = catalogue(entry("One", ""), PLURAL.format("").replace("roj", ""), entry("Two", ""))
    joined = join(tmp_path, one, two)
    assert "#-#-#" in joined.entries[0].msgstr[0]
    bold = replace(joined, entries=tuple(replace(e, flags=()) for e in joined.entries))
    for sent in (joined, bold):
        for ours, theirs in ((one, sent), (sent, one)):
            merged, outcomes = reconcile_catalogues(one, ours, theirs)
            assert [e.msgstr for e in merged.entries] == [e.msgstr for e in one.entries]
            assert not any(e.fuzzy for e in merged.entries)
            assert merged.entries[0].comments == ("Another translation: Êk",)
            assert merged.entries[1].comments == ("Another translation: yek roj / roj",)
            assert [o.verdict for o in outcomes] == [Verdict.CONFLICT] * 2
        merged, outcomes = reconcile_catalogues(empty, empty, sent)
        assert [e.fuzzy for e in merged.entries] == [True, True, False]
        assert [e.msgstr for e in merged.entries] == [e.msgstr for e in one.entries]
        assert merged.entries[0].comments == ("Another translation: Êk",)
        assert [o.verdict for o in outcomes] == [Verdict.CONFLICT] * 2 + [Verdict.TAKEN]


def test_msgids_with_letters_in_parts_are_the_same_msgids() -> None:
    """As OmegaT and macOS write them: é is e and an accent."""
    ours = catalogue(entry("Caf\u00e9 \u00ea", "Qehwe \u00ea"), ONE)
    sent = catalogue(entry("Cafe\u0301 e\u0302", "Qehwe e\u0302"), entry("One", "Êk"))
    for base in (ours, sent):
        merged, outcomes = reconcile_catalogues(base, ours, sent)
        assert merged.entries[0] == ours.entries[0]
        assert outcomes == [Outcome("One", Verdict.TAKEN)] if base is ours else not outcomes
        messages = merge_message_order(base, ours, spell_alike(sent, ours))
        assert [e.msgid for e in messages] == [e.msgid for e in ours.entries]


def test_what_a_file_left_out_is_kept_and_told_but_not_line_by_line() -> None:
    numbers = [entry(f"Number {n}", f"Hejmar {n}") for n in range(12)]
    base = catalogue(ONE, *numbers)
    merged, outcomes = reconcile_catalogues(base, base, catalogue(entry("One", "Êk")))
    assert [e.msgstr for e in merged.entries[1:]] == [e.msgstr for e in base.entries[1:]]
    assert [o.verdict for o in outcomes] == [Verdict.TAKEN] + [Verdict.KEPT] * 12
    told = list(explain_outcomes(outcomes, "letter.po"))
    assert len(told) == 6
    assert told[-1].startswith("letter.po: 7 more: emptied or left out: kept; to wi")


def test_a_text_that_a_side_lost_without_a_trace_and_the_other_dropped_is_obsolete() -> None:
    base, bare = catalogue(ONE, entry("Two", "Du")), catalogue(ONE)
    merged, _ = reconcile_catalogues(base, bare, bare)
    assert [(e.msgid, e.msgstr, e.obsolete) for e in merged.entries] == [
        ("One", ("Yek",), False),
        ("Two", ("Du",), True),
    ]
    left, _ = reconcile_catalogues(base, bare, merged)
    assert left.entries == merged.entries, "the other side knows that the message left the letter"
    pruned, _ = reconcile_catalogues(merged, bare, merged)
    assert pruned.entries == bare.entries, "a pruned catalogue gets nothing back from a mail"
    for ours, theirs in ((bare, merged), (merged, bare)):
        of_branches, _ = reconcile_catalogues(merged, ours, theirs, list(bare.entries))
        assert of_branches.entries == merged.entries, "editors drop what is obsolete unasked"


def test_an_old_translation_does_not_replace_a_finished_one_of_the_base() -> None:
    base = catalogue(entry(LONGER, "Nû."))
    entries, outcomes, text = merge(base, base, catalogue(entry(LONG, "Kevn.")))
    assert entries[LONGER].msgstr == ("Nû.",)
    assert not entries[LONGER].fuzzy
    assert "# Earlier translation: Kevn." in text
    assert [o.verdict for o in outcomes] == [Verdict.SUPERSEDED]
