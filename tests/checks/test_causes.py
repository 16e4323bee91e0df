"""One fault of a text has one finding: the one that says what happened."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Finding, Severity
from letter.checks.glossary import read_glossary
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from letter.po.untranslated import JOINT
from tests.tools import ROOT

TAGS = ("ar", "ckb", "ku")
LONG = "In spite of the Syrian Cessation"  # with numbers, names, and terms of the glossary
OTHER = "We do not understand"


@cache
def read_letter_of(tag: str) -> PoFile:
    return read_po(ROOT / "locales" / tag / "LC_MESSAGES" / "letter.po")


def find_entry(tag: str, start: str) -> Entry:
    return next(entry for entry in read_letter_of(tag).entries if entry.msgid.startswith(start))


def check_with(tag: str, text: str) -> list[Finding]:
    """Check a draft in which the long passage has this text."""
    po, entry = read_letter_of(tag), find_entry(tag, LONG)
    entries = tuple(replace(e, msgstr=(text,)) if e is entry else e for e in po.entries)
    glossary = read_glossary(ROOT / "locales" / "glossary.csv")
    return check_catalogue(replace(po, entries=entries), find_language(tag), glossary)


def halve(text: str) -> tuple[str, str]:
    words = text.split(" ")
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


# Checks, and what makes the wrong text of the right one, of its original, and of the language.
FAULTS: dict[str, tuple[str, Callable[[str, str, str], str]]] = {
    "left in English": ("english", lambda text, english, tag: english),
    "with other quotes": ("english", lambda text, english, tag: english.replace(",", "")),
    "English from the middle on": (
        "english",
        lambda text, english, tag: f"{halve(text)[0]} {halve(english)[1]}",
    ),
    "another passage": ("place", lambda text, english, tag: find_entry(tag, OTHER).msgstr[0]),
    "another English": ("place", lambda text, english, tag: find_entry(tag, OTHER).msgid),
    "another language": (
        "script",
        lambda text, english, tag: find_entry("ckb" if tag == "ku" else "ku", LONG).msgstr[0],
    ),
    "nothing to see": ("empty", lambda text, english, tag: " \u200f"),
    "dots": ("empty", lambda text, english, tag: "…"),
    "the first half": ("cut", lambda text, english, tag: halve(text)[0]),
    "the first words": ("cut", lambda text, english, tag: " ".join(text.split(" ")[:3])),
    "twice": ("twice", lambda text, english, tag: f"{text} {text}"),
    "twice in lines": ("twice", lambda text, english, tag: f"{text}\n{text}"),
    "in another encoding": (
        "encoding",
        lambda text, english, tag: text.encode().decode("cp1252", "ignore"),
    ),
    "a tool's words left in": ("left in", lambda text, english, tag: "FULL NAME <EMAIL@ADDRESS>"),
    "a note left in at the end": ("left in", lambda text, english, tag: f"{text} TODO"),
    "typed on another keyboard": (
        "letters",
        lambda text, english, tag: text.translate(str.maketrans("êîûÊÎÛەيك", "eiuEIUهیک")),
    ),
    "joined by msgcat": (
        "joined",
        lambda text, english, tag: f"{JOINT} a.po {JOINT}\n{text}\n{JOINT} b.po {JOINT}\n.",
    ),
}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_whole_text_is_one_finding(name: str, tag: str) -> None:
    check, spoil = FAULTS[name]
    entry = find_entry(tag, LONG)
    found = check_with(tag, spoil(entry.msgstr[0], entry.msgid, tag))
    assert [finding.check for finding in found] == [check]
    assert found[0].words == "In spite of the Syrian Cessation of …"


@pytest.mark.parametrize("tag", TAGS)
def test_what_hides_an_error_is_an_error(tag: str) -> None:
    """The passage is kept from readers, whatever its translator is told first."""
    (other,) = check_with(tag, find_entry(tag, "The people of Aleppo").msgstr[0])
    assert other.severity is Severity.ERROR, "its numbers are others"
    assert other.text.startswith(
        "this is the text of another passage, “The people of Aleppo need the …”: put the"
    )
    entry = find_entry(tag, LONG)
    (twice,) = check_with(tag, f"{entry.msgstr[0]} {entry.msgstr[0]}".replace("25", "26"))
    assert (twice.check, twice.severity) == ("twice", Severity.ERROR)


@pytest.mark.parametrize("tag", TAGS)
def test_two_faults_of_one_text_are_two_findings(tag: str) -> None:
    """A sentence left in English explains no changed number, and no invisible character."""
    text = find_entry(tag, LONG).msgstr[0].replace("27", "28").replace(" ", " \u200b", 1)
    english = "The attack came shortly after Russian airstrikes."
    found = check_with(tag, f"{text} {english}")
    assert {finding.check for finding in found} == {"english", "numbers", "hidden"}


def test_two_messages_may_have_one_translation() -> None:
    """Where nothing is wrong with either, or the same with both, nobody can tell the right one."""
    for text, checks in (
        ("Ji me re her dem binivîsin.", set()),
        ("Ji me re %(x)s binivîsin.", {"placeholders"}),
    ):
        entries = (
            Entry("Write to us at any time, please, for we read it", (text,)),
            Entry("Send your own letter whenever you like to do so", (text,)),
        )
        found = check_catalogue(PoFile("x.po", entries=entries), find_language("ku"))
        assert {finding.check for finding in found} - {"header", "ending"} == checks


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Never again, never again, never again!", "Careke din na, careke din na!"),
        ("No more bombs on us! No more bombs on us!", "Êdî bombe bes in! Êdî bombe bes in!"),
        ("Bye bye", "Xatirê te xatirê te"[:9] * 2),
    ],
)
def test_what_is_said_twice_on_purpose_is_right(msgid: str, msgstr: str) -> None:
    found = check_catalogue(PoFile("x.po", entries=(Entry(msgid, (msgstr,)),)), find_language("ku"))
    assert "twice" not in {finding.check for finding in found}
