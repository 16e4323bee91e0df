"""Translations of a letter that isn't written in English are judged by what holds for any."""

import pytest

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import find_errors
from letter.editions.catalogue import State, make_catalogue
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile
from scripts import check
from tests.checks.one_message import list_findings
from tests.conftest import WriteSite


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Nous demandons vingt mesures en 12 mois.", "We demand 20 measures in twelve months."),
        ("Plus de deux mille personnes.", "More than 2000 people."),
        ("Une centaine de villes.", "Some 100 cities."),
    ],
)
def test_numbers_that_the_original_has_in_words_are_no_mistake(msgid: str, msgstr: str) -> None:
    assert list_findings(msgid, msgstr, "en", "fr") == []
    entry = Entry(msgid, (msgstr,))
    known = make_catalogue(find_language("en"), PoFile("x.po", entries=(entry,)), "fr")
    assert known.find_translation(msgid).state is State.FINISHED


def test_another_number_than_the_originals_keeps_a_text_from_readers() -> None:
    entry = Entry("Le 25, plus de 250 000 personnes.", ("On the 25th, more than 350,000 people.",))
    (error,) = find_errors(entry, find_language("en"), None, "fr")
    assert error.text.startswith("the original has the number 250000, ")


def test_what_is_said_names_no_language(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "Nous, les habitants de la ville, demandons que la mer soit protégée."
    site = write_site(f"---\nlanguage: fr\n---\n# Salut\n\n{long}\n", en="")
    text = f'msgid "Salut"\nmsgstr "Hi  there"\n\nmsgid "{long}"\nmsgstr "{long}"\n'
    site.po("en").write_text(site.po("en").read_text("utf-8") + text, encoding="utf-8")
    assert check.main([f"--locales={site.locales}"]) == 0
    told = capsys.readouterr().out
    assert "this is still as in the original: translate it" in told
    assert "English" not in told


def test_the_mark_that_a_sentence_lacks_is_that_of_its_own_script() -> None:
    entries = [Entry(f"أين {n} من الناس الآن؟", (f"Where are {n} people now?",)) for n in "12345"]
    entries.append(Entry("أين نحن من كل هذا؟", ("Where are we in all of this",)))
    found = check_catalogue(PoFile("x.po", entries=tuple(entries)), find_language("en"), None, "ar")
    assert "the original ends in “?”, this doesn't: add the mark, or the end" in [
        each.text for each in found
    ]
