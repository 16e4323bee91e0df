"""The merge of two headers: fields, and the lines above them."""

from __future__ import annotations

import pytest

from letter.merging.entry_merge import credit_translator, merge_headers
from letter.po.header import header_fields
from letter.po.model import Entry, PoFile

DATE, WHO, TEAM = "PO-Revision-Date", "Last-Translator", "Language-Team"


def make_file(*comments: str, **fields: str) -> PoFile:
    """A file with nothing but a header; `_` in a field's name stands for its hyphen."""
    text = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return PoFile("letter.po", Entry("", (text,), comments=comments))


def merge(base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    return header_fields(merge_headers(*(make_file(**side) for side in (base, ours, theirs))))


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
    ],
)
def test_a_field_that_theirs_alone_changed_is_taken(
    base: dict[str, str], ours: dict[str, str], theirs: dict[str, str], merged: dict[str, str]
) -> None:
    assert merge(base, ours, theirs) == merged


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (("2026-01-02", "O"), ("2026-01-03", "T"), ("2026-01-03", "T")),
        (("2026-01-03", "O"), ("2026-01-02", "T"), ("2026-01-03", "O")),
        (("2026-01-02", "O"), ("2026-01-02", "T"), ("2026-01-02", "O")),
        (("2026-01-02", "O"), ("2026-01-03", ""), ("2026-01-03", "O")),
    ],
)
def test_the_later_revision_wins_and_brings_its_translator(
    ours: tuple[str, str], theirs: tuple[str, str], merged: tuple[str, str]
) -> None:
    sides = [dict(zip((DATE, WHO), side, strict=True)) for side in (ours, theirs, merged)]
    assert merge({DATE: "2026-01-01", WHO: "B"}, *sides[:2]) == sides[2]


@pytest.mark.parametrize(
    ("date", "credited"), [("2026-01-01", False), ("2026-01-02", True), ("2026-01-03", True)]
)
def test_who_sent_a_file_is_named_unless_ours_is_later(date: str, *, credited: bool) -> None:
    ours = make_file(**{DATE: "2026-01-02", WHO: "O", TEAM: "A"})
    sent = make_file(**{DATE: date, WHO: "T", TEAM: "B"})
    fields = header_fields(credit_translator(ours, sent))
    assert (fields[WHO] == "T") is credited
    assert fields[TEAM] == "A", "an editor's, not the translator's"


def test_lines_above_the_header_are_merged_as_comments() -> None:
    base, ours = make_file("Title.", "Old."), make_file("Title.", "Old.", "By O.")
    merged = merge_headers(base, ours, make_file("Title.", "By T."))
    assert merged.header
    assert merged.header.comments == ("Title.", "By O.", "By T.")


def test_a_side_without_a_header_takes_nothing_away() -> None:
    ours = make_file("Title.", **{TEAM: "A"})
    for base in (ours, PoFile("letter.po")):
        assert merge_headers(base, ours, PoFile("letter.po")) == ours
