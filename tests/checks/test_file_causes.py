"""What happened to a whole file, or to two passages, is told once, by what happened."""

import re
import unicodedata
from dataclasses import replace

import pytest

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Finding
from letter.checks.glossary import read_glossary
from letter.languages.language import find_language
from letter.po.header import header_fields, set_header_fields
from letter.po.model import PoFile
from letter.po.reader import parse_po, read_po
from tests.tools import ROOT

TAGS = ("ar", "ckb", "ku")


def read_file(tag: str, name: str = "letter") -> PoFile:
    return read_po(ROOT / "locales" / tag / "LC_MESSAGES" / f"{name}.po")


def check(po: PoFile, tag: str) -> list[Finding]:
    glossary = read_glossary(ROOT / "locales" / "glossary.csv")
    return check_catalogue(po, find_language(tag), glossary)


@pytest.mark.parametrize("tag", TAGS)
def test_a_file_whose_letters_a_program_took_apart_is_one_finding(tag: str) -> None:
    text = (ROOT / "locales" / tag / "LC_MESSAGES" / "letter.po").read_text(encoding="utf-8")
    (found,) = check(parse_po(unicodedata.normalize("NFD", text).encode(), "x.po"), tag)
    assert found.check == "composition"
    assert re.match(r"\d+ texts of this file have letters that are made of two", found.text)


@pytest.mark.parametrize("tag", TAGS)
def test_another_languages_file_is_one_finding(tag: str) -> None:
    other = "ku" if tag != "ku" else "ar"
    po = read_file(other)
    (found,) = check(po, tag)
    assert found.text.startswith(f"the header says that this is {other}")
    own = header_fields(read_file(tag))
    kept = {name: own[name] for name in ("Language", "Plural-Forms")}
    (found,) = check(set_header_fields(po, kept), tag)
    assert found.check == "script"
    assert "is it the file of another language" in found.text


@pytest.mark.parametrize(("tag", "other"), [("ckb", "ar"), ("ar", "ckb"), ("ku", "tr")])
def test_another_languages_file_in_the_same_script_is_one_finding(tag: str, other: str) -> None:
    kind = "interface" if other == "tr" else "letter"
    po, own = read_file(other, kind), header_fields(read_file(tag, kind))
    (found,) = check(po, tag)
    assert found.text.startswith(f"the header says that this is {other}")
    kept = {name: own[name] for name in ("Language", "Plural-Forms")}
    found, *others = check(set_header_fields(po, kept), tag)
    assert re.match(r"\d+ texts of this file have wrong letters: is it the file of", found.text)
    assert ": write " in found.text, "one who typed on another keyboard is told what to write"
    assert {each.check for each in others} <= {"glossary"}


def test_a_few_texts_with_wrong_letters_are_told_each() -> None:
    po = read_file("ar")
    wrong = [e.key for e in po.entries if "ك" in e.msgstr[0] and not e.fuzzy][:4]
    entries = (
        replace(e, msgstr=(e.msgstr[0].replace("ك", "ک"),)) if e.key in wrong else e
        for e in po.entries
    )
    assert [each.check for each in check(replace(po, entries=tuple(entries)), "ar")] == (
        ["letters"] * 4
    )


@pytest.mark.parametrize("tag", TAGS)
def test_two_exchanged_passages_are_told_as_that(tag: str) -> None:
    po = read_file(tag)
    starts = ("The Syrian regime is deliberately", "We do not understand")
    one, two = (next(e for e in po.entries if e.msgid.startswith(start)) for start in starts)
    texts = {one.key: two.msgstr, two.key: one.msgstr}
    entries = tuple(replace(e, msgstr=texts.get(e.key, e.msgstr)) for e in po.entries)
    found = check(replace(po, entries=entries), tag)
    assert [each.check for each in found] == ["place", "place"]
    assert "the one of “We do not understand why we are being …” are exchanged" in found[0].text


@pytest.mark.parametrize(
    ("tag", "header"),
    [
        ("de", "nplurals=3; plural=(n != 1);"),
        ("ar", "nplurals=4; plural=n==1 ? 0 : n==2 ? 1 : n<11 ? 2 : 3;"),
    ],
)
def test_a_wrong_plural_rule_is_one_finding_at_the_header(tag: str, header: str) -> None:
    po = set_header_fields(read_file(tag, "interface"), {"Plural-Forms": header})
    (found,) = check(po, tag)
    assert (found.check, found.words) == ("header", "")
    assert "Plural-Forms: nplurals=" in found.text


def test_a_message_that_lacks_forms_has_no_other_finding() -> None:
    po = read_file("ar", "interface")
    plurals = {e.key for e in po.entries if e.msgid_plural}
    entries = (replace(e, msgstr=e.msgstr[:1]) if e.key in plurals else e for e in po.entries)
    found = check(replace(po, entries=tuple(entries)), "ar")
    assert {each.check for each in found} == {"plural"}
    assert len({each.line for each in found}) == len(found)
    assert "this message has 1 plural form, the header" in found[0].text
