"""Slips of editors, scripts and chatbots are told, and what looks like them is left alone."""

import pytest

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Severity
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile

PEOPLE = "“There are 50 people here”, said the last of them"
KU = "“50 kes li vir in”, yê dawî got"


def tell(msgid: str, msgstr: str, tag: str = "ku") -> list[tuple[str, str]]:
    found = check_catalogue(PoFile("x.po", entries=(Entry(msgid, (msgstr,)),)), find_language(tag))
    return [(each.check, each.text) for each in found if each.check not in ("header", "length")]


@pytest.mark.parametrize(
    ("check", "old", "new", "told"),
    [
        ("characters", "dawî", "daw?î", "“daw?î” has lost a letter"),
        ("markup", ", yê", "\\n, yê", "show “\\n” as it stands: begin a new line"),
        ("markup", "“50", "\\“50", "delete the backslash"),
        ("markup", "“50", "# “50", "show “#” at the start"),
        ("markup", "“50", "- “50", "show “-” at the start"),
        ("markup", "“50", "1. “50", "show “1.” at the start"),
        ("numbers", "50", "-50", "-50 is below zero, the original has 50"),
        ("left in", "“50", "Here is the translation: “50", "was left in"),
        ("left in", "got", "got [translator: sure?]", "was left in"),
        ("left in", "got", "got ???", "was left in"),
        ("pairs", "in”", "in“", "write ” there"),
    ],
)
def test_a_slip_is_one_finding(check: str, old: str, new: str, told: str) -> None:
    ((name, text),) = tell(PEOPLE, KU.replace(old, new))
    assert name == check
    assert told in text


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag"),
    [
        ("Why? Because we asked for it", "Çima?Ji ber ku me pirsî", "ku"),
        ("See https://a.org/x?y=1 now", "Binêre https://a.org/x?y=1 niha", "ku"),
        ("One / two", "واحد\\اثنان", "ar"),
        ("Two *stars", "Du \\*stêr", "ku"),
        ("On May 1 they came", "1. Mai kamen sie", "de"),
        ("- Go on", "- Bidomîne", "ku"),
        ("10 to 50 people", "10 -50 kes", "ku"),
        ("50 degrees below zero", "-50 derece", "ku"),
        ("They said “no” to us", "Sie haben „nein“ gesagt", "de"),
        ("University of the Arts in Damascus",) * 2 + ("ku",),
    ],
)
def test_what_only_looks_like_a_slip_is_left_alone(msgid: str, msgstr: str, tag: str) -> None:
    assert tell(msgid, msgstr, tag) == []


@pytest.mark.parametrize("text", ["%%(count)s îmze", "%%%%(count)s îmze"])
def test_a_percent_sign_too_much_is_found(text: str) -> None:
    """A doubled percent sign is one that is shown: readers would see %(count)s."""
    ((check, told),) = tell("%(count)s signatures", text)
    assert check == "placeholders"
    assert told.endswith("write %(count)s")
    assert tell("%(count)s %% of it", "%%%(count)s ji wê") == []
    assert [name for name, _ in tell("%(count)s of it", "%(count ji wê")] == ["placeholders"]


def test_a_short_phrase_that_was_copied_is_not_translated() -> None:
    assert [check for check, _ in tell("Skip to the letter", "Skip to the letter")] == ["english"]


def test_what_loses_a_passage_is_an_error() -> None:
    po = PoFile("x.po", entries=(Entry(PEOPLE, (KU + "\\nB",)),))
    found = check_catalogue(po, find_language("ku"))
    assert Severity.ERROR in {each.severity for each in found if each.check == "markup"}
