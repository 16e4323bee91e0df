"""Three versions of a header made into one."""

import pytest

from letter.merging.header_merge import credit_translator, merge_headers
from letter.po.header import header_fields
from letter.po.model import Entry, PoFile

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
