"""Three versions of one entry, or of the header, made into one."""

import pytest

from letter.merging.entry_merge import Verdict, credit_translator, merge_entry, merge_headers
from letter.po.header import header_fields
from letter.po.model import Entry, PoFile

OLD_ENGLISH = "Three"


def read_entry(text: str | None) -> Entry | None:
    """An entry in short: `form / form # comment # comment`.

    A `?` before the forms is fuzzy, `??` fuzzy of an earlier English, `~` obsolete.
    """
    if text is None:
        return None
    said, *comments = text.split(" # ")
    return Entry(
        "One",
        tuple(said.lstrip("?~").split(" / ")),
        comments=tuple(comments),
        flags=("fuzzy",) if said.startswith("?") else (),
        previous_msgid=OLD_ENGLISH if said.startswith("??") else None,
        obsolete=said.startswith("~"),
    )


ENTRIES = [
    # One side has something to say.
    ("A", "A", "A", "A", None),
    ("A", "A", "B", "B", Verdict.TAKEN),
    ("A", "B", "A", "B", None),
    ("A", "B", "B", "B", None),
    ("", "", "B", "B", Verdict.TAKEN),
    (None, "", "B", "B", Verdict.TAKEN),
    (None, "A", None, "A", None),
    ("A", "B", "", "B", None),
    ("?A", "?A", "", "?A", None),
    # A translation that waited is confirmed.
    ("?A", "?A", "A", "A", Verdict.TAKEN),
    ("", "?A", "A", "A", Verdict.TAKEN),  # ours typed the same, and was not sure
    ("", "A", "?A", "A", None),
    ("A", "A", "?A", "?A", Verdict.TAKEN),
    ("??A", "??A", "A", "A", Verdict.TAKEN),
    # Both sides changed.
    ("A", "B", "C", "?B # Another translation: C", Verdict.CONFLICT),
    (None, "B", "C", "?B # Another translation: C", Verdict.CONFLICT),
    ("A", "?B", "C", "?B # Another translation: C", Verdict.CONFLICT),
    ("A", "B # Another translation: C", "C", "B # Another translation: C", None),  # chosen
    ("A / A", "A / A", "a / b / c", "?A / A # Another translation: a / b / c", Verdict.CONFLICT),
    # The English has changed.
    ("", "", "??B", "??B", Verdict.OUTDATED),
    ("??A", "??A", "??B", "??B", Verdict.OUTDATED),
    ("??A", "B", "??C", "B # Earlier translation: C", Verdict.SUPERSEDED),
    ("??A", "A", "??B", "B", Verdict.TAKEN),  # a minor edit: ours stayed finished
    ("??A", "?B", "??C", "?B # Another translation: C", Verdict.CONFLICT),
    # The message left the letter.
    ("~A", "~A", "~B", "~B", Verdict.GONE),
    ("~A", "~B", "~C", "~B # Earlier translation: C", Verdict.GONE),
    ("~A", "~B", "~A", "~B", None),
    # Comments are merged line by line.
    ("A # x", "A # x", "A # x # y", "A # x # y", Verdict.TAKEN),
    ("A # x", "A # x # y", "A", "A # y", Verdict.TAKEN),
    ("A", "A # y", "A # z", "A # y # z", Verdict.TAKEN),
    ("A # x", "A", "A # x", "A", None),
    ("A # x", "B # x", "A # x # y", "B # x # y", Verdict.TAKEN),
    ("A", "A # y", "B # z", "B # y # z", Verdict.TAKEN),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "merged", "verdict"), ENTRIES)
def test_an_entry_is_merged(
    base: str | None, ours: str, theirs: str | None, merged: str, verdict: Verdict | None
) -> None:
    mine = read_entry(ours)
    assert mine
    assert merge_entry(read_entry(base), mine, read_entry(theirs)) == (read_entry(merged), verdict)


DATE, WHO, TEAM = "PO-Revision-Date", "Last-Translator", "Language-Team"


def make_headed(fields: dict[str, str], *comments: str) -> PoFile:
    """A file with nothing but a header."""
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return PoFile("letter.po", Entry("", (text,), comments=comments))


def sign(day: str, who: str) -> dict[str, str]:
    return {DATE: f"2026-01-{day}", WHO: who}


FIRST = sign("01", "B")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ({TEAM: "A"}, {TEAM: "A"}, {TEAM: "A"}, {TEAM: "A"}),
        ({TEAM: "A"}, {TEAM: "A"}, {TEAM: "B"}, {TEAM: "B"}),  # theirs changed
        ({TEAM: "A"}, {TEAM: "B"}, {TEAM: "A"}, {TEAM: "B"}),  # ours changed
        ({TEAM: "A"}, {TEAM: "B"}, {TEAM: "C"}, {TEAM: "B"}),  # both: ours
        ({}, {}, {"X-New": "1"}, {"X-New": "1"}),  # theirs added
        ({"X-Old": "1"}, {"X-Old": "1"}, {}, {}),  # theirs took out
        ({"X-Old": "1"}, {"X-Old": "2"}, {}, {"X-Old": "2"}),  # ours changed what theirs took out
        ({}, {"X-Mine": "1"}, {}, {"X-Mine": "1"}),
        # The later revision wins, and brings its translator.
        (FIRST, sign("02", "O"), sign("03", "T"), sign("03", "T")),
        (FIRST, sign("03", "O"), sign("02", "T"), sign("03", "O")),
        (FIRST, sign("02", "O"), sign("02", "T"), sign("02", "O")),
        (FIRST, sign("02", "O"), sign("03", ""), sign("03", "O")),
    ],
)
def test_a_field_that_theirs_alone_changed_is_taken(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str], merged: dict[str, str]
) -> None:
    result = merge_headers(*map(make_headed, (base, ours, theirs)))
    assert header_fields(result) == merged


@pytest.mark.parametrize(("day", "credited"), [("01", False), ("02", True), ("03", True)])
def test_who_sent_a_file_is_named_unless_ours_is_later(day: str, *, credited: bool) -> None:
    ours = make_headed({**sign("02", "O"), TEAM: "A"})
    fields = header_fields(credit_translator(ours, make_headed({**sign(day, "T"), TEAM: "B"})))
    assert (fields[WHO] == "T") is credited
    assert fields[TEAM] == "A", "an editor's, not the translator's"


def test_lines_above_the_header_are_merged_as_comments() -> None:
    base, ours = make_headed({}, "Title.", "Old."), make_headed({}, "Title.", "Old.", "By O.")
    merged = merge_headers(base, ours, make_headed({}, "Title.", "By T."))
    assert merged.header
    assert merged.header.comments == ("Title.", "By O.", "By T.")


def test_a_side_without_a_header_takes_nothing_away() -> None:
    ours = make_headed({TEAM: "A"}, "Title.")
    for base in (ours, PoFile("letter.po")):
        assert merge_headers(base, ours, PoFile("letter.po")) == ours
