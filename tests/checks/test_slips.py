"""Slips of editors, scripts and chatbots are told, and what looks like them is left alone."""

import pytest

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Severity
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile

PEOPLE = "“There are 50 people here”, said the last of them"
KU = "“50 kes li vir in”, yê dawî got"


def tell(msgid: str, msgstr: str, tag: str = "ku", source: str = "en") -> list[tuple[str, str]]:
    po = PoFile("x.po", entries=(Entry(msgid, (msgstr,)),))
    found = check_catalogue(po, find_language(tag), source=source)
    return [(each.check, each.text) for each in found if each.check not in ("header", "length")]


@pytest.mark.parametrize(
    ("check", "old", "new", "told"),
    [
        ("characters", "dawî", "daw?î", "“daw?î” has lost a letter"),
        ("markup", ", yê", "\\n, yê", "show “\\n” as it stands: begin a new line"),
        ("markup", "“50", "\\“50", "delete the backslash"),
        ("markup", "“50", "# “50", "show “#” at the start"),
        ("markup", "“50", "* “50", "show “*” at the start"),
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
    "texts",
    [
        ("Why? Because we asked for it", "Çima?Ji ber ku me pirsî", "ku"),
        ("Why? Because we asked for it", "Çima?ji ber ku me pirsî", "ku"),
        ("It is why they ask", "为什么?因为我们问", "zh-Hans"),
        ("It is why they ask", "למה?כי אנחנו שואלים", "he"),
        ("See https://a.org/x?y=1 now", "Binêre https://a.org/x?y=1 niha", "ku"),
        ("One / two", "واحد\\اثنان", "ar"),
        ("Two *stars", "Du \\*stêr", "ku"),
        ("On May 1 they came", "1. Mai kamen sie", "de"),
        ("The third chapter of the book", "3. fejezet a könyvben", "hu"),
        ("“We are going”, he said", "- Nos vamos, dijo", "es"),
        ("- Go on", "- Bidomîne", "ku"),
        ("Here is the translation of this letter", "Voici la traduction de cette lettre", "fr"),
        ("What do they want??", "Was wollen sie???", "de"),
        ("Hier ist die Übersetzung des Briefs", "Ecco la traduzione della lettera", "it", "de"),
        ("They said “no” to us", "Sie haben „nein“ gesagt", "de"),
        ("University of the Arts in Damascus",) * 2 + ("ku",),
    ],
)
def test_what_only_looks_like_a_slip_is_left_alone(texts: tuple[str, ...]) -> None:
    assert tell(*texts) == []


def test_a_lost_letter_and_the_dash_of_a_list_are_told_in_whole_sentences() -> None:
    assert [check for check, _ in tell("Why did it fall?", "Çima ket, ey hev?l?")] == ["characters"]
    assert [check for check, _ in tell("They go on with it", "- Ew bidomînin")] == ["markup"]


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
