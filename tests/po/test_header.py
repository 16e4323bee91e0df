"""A header's fields are set where gettext has them, and nothing else in the header moves."""

import pytest

from letter.po.header import is_placeholder, set_header_fields
from letter.po.writer import format_po
from tests.po.samples import GOOD, HEADER, ODD, format_text, list_changed, parse_text, run_tool


def test_a_header_field_changes_one_line() -> None:
    po = parse_text(ODD)
    text = format_text(set_header_fields(po, {"Language": "ckb", "X-Before": "1"}))
    assert text == ODD.replace("Language: ku", "Language: ckb")
    gone = format_text(set_header_fields(po, {"X-Before": None, "X-Absent": None}))
    assert gone == ODD.replace('"X-Before: 1\\n"\n', "")


def test_a_header_field_keeps_its_own_lines() -> None:
    team = '"Language-Team: a name that is long, and " "another\\n"\n'
    text = f'{HEADER}{team}"X-Long: {"word " * 30}\\n"\n'
    changed = format_text(set_header_fields(parse_text(text), {"Language": "ckb"}))
    assert changed == text.replace("Language: ku", "Language: ckb")


def test_a_new_header_field_goes_where_gettext_has_it() -> None:
    po = parse_text(ODD)
    text = format_text(set_header_fields(po, {"MIME-Version": "1.0", "X-New": "a"}))
    assert list_changed(ODD, text) == ([], ['"MIME-Version: 1.0\\n"', '"X-New: a\\n"'])
    lines = text.split("\n")
    assert lines.index('"MIME-Version: 1.0\\n"') == lines.index('"Language: ku\\n"') + 1
    assert lines.index('"X-New: a\\n"') == lines.index('"X-Ours: draft\\n"') + 1
    long = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : 4);"
    made = format_po(set_header_fields(parse_text(HEADER + GOOD), {"Plural-Forms": long}))
    assert run_tool(made, "msgcat", "-") == made


def test_a_header_is_made_where_there_is_none() -> None:
    po = set_header_fields(parse_text('msgid "a"\nmsgstr "b"\n'), {"Language": "ku"})
    assert format_text(po) == 'msgid ""\nmsgstr "Language: ku\\n"\n\nmsgid "a"\nmsgstr "b"\n'


@pytest.mark.parametrize(
    "value",
    [
        *("", "  ", "\u200f", "<>", " <EMAIL@ADDRESS>", "none", "Automatically generated"),
        *("FULL NAME <EMAIL@ADDRESS>", "LANGUAGE <LL@li.org>", "tr <LL@li.org>"),
        *("YEAR-MO-DA HO:MI+ZONE", "FULL NAME <EMAIL@ADDRESS>, YEAR.", "PACKAGE VERSION"),
        *("FIRST AUTHOR <EMAIL@ADDRESS>, 2026.", "Automatically generated, 2026."),
        *("SOME DESCRIPTIVE TITLE.", "Turkish translations for PACKAGE package."),
        *("Copyright (C) YEAR THE PACKAGE'S COPYRIGHT HOLDER", "Copyright (C) 2026 ORGANIZATION"),
        *("Copyright (C) YEAR Free Software Foundation, Inc.", "Your Name <you@example.com>"),
        *("Turkish translations for PROJECT.", "nplurals=INTEGER; plural=EXPRESSION;"),
        *("text/plain; charset=CHARSET", "Template of the letter and of the page around it."),
        "This file is distributed under the same license as the PACKAGE package.",
    ],
)
def test_a_placeholder_names_nobody(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize(
    "value",
    [
        *("Zîn <zin@example.org>", "Zîn Ozan <EMAIL@ADDRESS>", "A. N. Automatically", "Nonea"),
        *("2026-01-01 08:00+0000", "Kurmanji Kurdish", "Unreviewed draft", "Full Name"),
        *("Kurdish translations for Aleppo.", "Kurmanji Kurdish translation of the letter."),
        *("Zîn, none", "Copyright (C) 2026 Zîn Ozan"),
        "An unreviewed draft; corrections by native speakers are welcome.",
    ],
)
def test_what_a_person_says_is_no_placeholder(value: str) -> None:
    assert not is_placeholder(value)
