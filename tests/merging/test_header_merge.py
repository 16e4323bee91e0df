"""Three versions of a header made into one."""

from pathlib import Path

import pytest

from letter.merging.header_merge import CONTENT, CREATION, credit_translator, merge_headers
from letter.po.header import header_fields
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.tools import run_gettext

UTF8 = "text/plain; charset=UTF-8"
MSGINIT = (
    "Kurdish translations for PACKAGE package.",
    "Copyright (C) 2026 THE PACKAGE'S COPYRIGHT HOLDER",
    "This file is distributed under the same license as the PACKAGE package.",
    "Automatically generated, 2026.",
    "",
)

DATE, WHO, TEAM = "PO-Revision-Date", "Last-Translator", "Language-Team"


def make_headed(fields: dict[str, str], *comments: str) -> PoFile:
    """A file with nothing but a header."""
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return PoFile("letter.po", Entry("", (text,), comments=comments))


def sign(day: str, who: str) -> dict[str, str]:
    return {DATE: f"2026-01-{day}", WHO: who}


def at(moment: str, who: str = "O") -> dict[str, str]:
    """A revision at a day and time of January 2026, or at a moment in words of its own."""
    return {DATE: f"2026-01-{moment}" if moment[:1].isdigit() else moment[1:], WHO: who}


FIRST = sign("01", "B")
ODD = ["45", "_2126-01-01 10:00+0000", "_01.02.2026", "_YEAR-MO-DA HO:MI+ZONE", "_", "_yesterday"]
PLACEHOLDERS = [
    (WHO, "FULL NAME <EMAIL@ADDRESS>"),
    (WHO, "Automatically generated"),
    (TEAM, "LANGUAGE <LL@li.org>"),
    (TEAM, "none"),
    (TEAM, ""),
]


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
        (FIRST, sign("02", "B"), sign("01", "T"), sign("02", "B")),  # of an earlier day
        # Moments are compared, not letters.
        (FIRST, at("02 09:00+0300"), at("02 08:00+0000", "T"), at("02 08:00+0000", "T")),
        (FIRST, at("02 08:00+0000"), at("02 09:00+0300", "T"), at("02 08:00+0000")),
        (FIRST, at("02 09:00"), at("02T10:00:00Z", "T"), at("02T10:00:00Z", "T")),
        (FIRST, at("02"), at("03", "T"), at("03", "T")),
        # What is no date, or is yet to come, is later than nothing.
        *((FIRST, FIRST, at(odd, "T"), FIRST) for odd in ODD),
        *((FIRST, at(odd), sign("02", "T"), sign("02", "T")) for odd in ODD),
        # Placeholders are no people.
        *(({}, {name: "A"}, {name: value}, {name: "A"}) for name, value in PLACEHOLDERS),
        *(({name: "A"}, {name: "A"}, {name: value}, {name: "A"}) for name, value in PLACEHOLDERS),
        *(({name: "A"}, {name: value}, {name: "A"}, {name: "A"}) for name, value in PLACEHOLDERS),
        *(({}, {name: value}, {name: "A"}, {name: "A"}) for name, value in PLACEHOLDERS),
        ({}, {}, {"X-Letter-Fallback": "none"}, {"X-Letter-Fallback": "none"}),
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


ZIN, NEW = "Zîn <zin@example.org>", "Nû <nu@example.org>"


@pytest.mark.parametrize("days", [("02", "03"), ("03", "02")])
def test_of_two_translators_both_are_named(days: tuple[str, str]) -> None:
    """The later one in the field, the other as gettext's manual has it, above the header."""
    sides = [
        make_headed(sign(days[0], ZIN), "Kurdish."),
        make_headed(sign(days[1], NEW), "Kurdish."),
    ]
    merged = merge_headers(make_headed(FIRST, "Kurdish."), *sides)
    assert merged.header
    later, other = (ZIN, NEW) if days[0] > days[1] else (NEW, ZIN)
    assert header_fields(merged) == sign("03", later)
    assert merged.header.comments == ("Kurdish.", f"{other}, 2026.")
    assert merge_headers(make_headed(FIRST, "Kurdish."), merged, sides[0]).header == merged.header


@pytest.mark.parametrize("swapped", [False, True])
def test_an_editor_that_names_nobody_takes_no_new_name_away(*, swapped: bool) -> None:
    sides = [make_headed(sign("02", "C")), make_headed(sign("03", ""))]
    merged = merge_headers(make_headed(FIRST), *(reversed(sides) if swapped else sides))
    assert header_fields(merged) == sign("03", "C")


@pytest.mark.parametrize("swapped", [False, True])
def test_an_old_charset_of_one_side_is_not_taken(*, swapped: bool) -> None:
    old = {CONTENT: "text/plain; charset=windows-1254"}
    sides = [make_headed({CONTENT: UTF8}), make_headed(old)]
    for base in sides:
        merged = merge_headers(base, *(reversed(sides) if swapped else sides))
        assert (header_fields(merged)[CONTENT], merged.encoding) == (UTF8, "utf-8")


def test_a_name_that_was_taken_out_does_not_come_back() -> None:
    base, ours = make_headed(sign("01", ZIN)), make_headed(sign("02", ""))
    assert ZIN not in format_po(merge_headers(base, ours, make_headed(sign("03", NEW)))).decode()


@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_dates_of_a_template_the_later_is_taken(*, swapped: bool) -> None:
    days = ["2026-01-02 10:00+0000", "2026-01-03 10:00+0000"]
    sides = [make_headed({CREATION: day}) for day in (reversed(days) if swapped else days)]
    merged = merge_headers(make_headed({CREATION: "2026-01-01 10:00+0000"}), *sides)
    assert header_fields(merged) == {CREATION: days[1]}


def test_a_side_without_a_header_takes_nothing_away() -> None:
    ours = make_headed({TEAM: "A"}, "Title.")
    for base in (ours, PoFile("letter.po")):
        assert merge_headers(base, ours, PoFile("letter.po")) == ours


def test_who_sent_a_file_is_not_named_by_a_placeholder() -> None:
    for who, day in (("FULL NAME <EMAIL@ADDRESS>", "2026-01-03"), ("T", "YEAR-MO-DA HO:MI+ZONE")):
        ours = make_headed(sign("02", "O"))
        merged = credit_translator(ours, make_headed({DATE: day, WHO: who}))
        assert header_fields(merged)[WHO] == "O"


COMPANY = ("Kurdish (Kurmanji) catalogue.", "Copyright (C) 2026 Free Software Foundation, Inc.")


def test_lines_of_another_hand_above_a_header_replace_none() -> None:
    ours = make_headed({}, "Kurmanji Kurdish.", "", "An unreviewed draft.")
    merged = merge_headers(ours, ours, make_headed({}, *COMPANY, ""))
    assert merged.header
    assert merged.header.comments == ("Kurmanji Kurdish.", "", "An unreviewed draft.", *COMPANY)
    mended = merge_headers(ours, ours, make_headed({}, "Kurmanji Kurdish.", "", "A draft."))
    assert mended.header
    assert mended.header.comments == ("Kurmanji Kurdish.", "", "A draft.")


@pytest.mark.parametrize("lines", [(), ("FULL NAME <EMAIL@ADDRESS>, YEAR.",), MSGINIT])
def test_lines_that_tools_write_above_a_header_replace_none(lines: tuple[str, ...]) -> None:
    ours = make_headed({}, "Kurmanji Kurdish.", "Zîn <zin@example.org>, 2026.")
    assert ours.header
    assert merge_headers(ours, ours, make_headed({}, *lines)).header == ours.header
    merged = merge_headers(ours, ours, make_headed({}, *lines, *ours.header.comments, "T, 2026."))
    assert merged.header
    assert merged.header.comments == (*ours.header.comments, "T, 2026.")


def test_of_headers_that_msgcat_joined_no_field_is_taken(tmp_path: Path) -> None:
    paths = [tmp_path / "a.po", tmp_path / "b.po"]
    one = make_headed({**sign("02", "O"), TEAM: "A", "Content-Type": UTF8}, "By O.")
    two = make_headed({**sign("03", "T"), TEAM: "B", "Content-Type": UTF8}, "By T.")
    for path, po in zip(paths, (one, two), strict=True):
        path.write_bytes(format_po(po))
    joined = parse_po(run_gettext("msgcat", "--force-po", *paths), "joined.po")
    assert joined.header
    assert "#-#-#-#-#" in joined.header.msgstr[0]
    merged = merge_headers(one, one, joined)
    assert header_fields(merged) == header_fields(credit_translator(one, joined))
    assert header_fields(merged) == header_fields(one)
    assert merged.header
    assert merged.header.comments == ("By O.", "By T.")
    mended = merge_headers(one, joined, two)
    assert mended.header
    assert two.header
    assert mended.header.msgstr == two.header.msgstr


TITLE, PAGES = (f"Kurdish translation of the {what}." for what in ("letter", "page around it"))


@pytest.mark.parametrize(
    ("lines", "merged"),
    [
        ((MSGINIT[0], "A draft."), (TITLE, "A draft.")),  # a tool's line in the title's place
        (("A draft.",), (TITLE, "A draft.")),
        ((PAGES, "A draft."), (TITLE, "A draft.")),  # msgcat --use-first interface.po letter.po
        ((TITLE, "A draft.", PAGES, "By T."), (TITLE, "A draft.", "By T.")),
        ((TITLE,), (TITLE,)),  # the draft was reviewed
        ((PAGES,), (TITLE, "A draft.")),
    ],
)
def test_the_title_of_a_catalogue_neither_comes_nor_goes(
    lines: tuple[str, ...], merged: tuple[str, ...]
) -> None:
    ours, theirs = make_headed({}, TITLE, "A draft."), make_headed({}, *lines)
    result = merge_headers(ours, ours, theirs)
    assert result.header
    assert result.header.comments == merged
    mended = merge_headers(ours, PoFile("letter.po"), ours)
    assert mended.header
    assert TITLE in mended.header.comments, "ours has lost its header"
