"""The language of a letter, where its page's words come from, and what related editions lend."""

import re
from pathlib import Path

import pytest

from letter.editions.catalogue import State
from letter.editions.library import Library
from letter.languages.language import find_language
from letter.paths import OWN_LOCALES
from scripts import sign_off
from tests.conftest import Copy, WriteSite
from tests.merging.examples import run_command

FRENCH = "---\nlanguage: fr\n---\nSalut\n\nMerci\n"
HI = 'msgid "Salut"\nmsgstr "Hi"\n\n'


def write_interface(site: Copy, folder: str, text: str) -> Path:
    path = site.locales / folder / "LC_MESSAGES" / "interface.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(header + text, encoding="utf-8")
    return path


def say(library: Library, tag: str, message: str) -> tuple[str, str]:
    """Say a word of the page, and its mark where the word is in another language."""
    phrase = library.read_shelf().editions[tag].interface.gettext(message)
    return phrase.text, phrase.attributes.strip()


def test_the_pages_words_come_with_the_project_and_those_beside_the_letter_win(
    write_site: WriteSite,
) -> None:
    site = write_site(FRENCH, ku="", en=HI, cy="", es_MX="")
    library = Library(site.letter, site.locales)
    assert say(library, "fr", "Signatories") == ("Signataires", "")
    assert say(library, "ku", "Signatories") == ("Îmzekar", "")
    assert say(library, "cy", "Signatories") == ("Signatories", 'lang="en" dir="ltr"')
    assert say(library, "en", "Signatories") == ("Signatories", "")
    assert say(library, "es-MX", "Signatories") == ("Firmantes", 'lang="es" dir="ltr"')
    before = library.read_shelf().editions
    path = write_interface(
        site, "ku", 'msgid "Signatories"\nmsgstr "Nav"\n\nmsgid "Mail"\nmsgstr ""\n'
    )
    write_interface(site, "fr", 'msgid "Signatories"\nmsgstr "Elles et eux"\n')
    library.read_shelf()
    assert say(library, "fr", "Signatories") == ("Elles et eux", "")
    assert say(library, "ku", "Signatories") == ("Nav", "")
    assert say(library, "ku", "Contents") == ("Naverok", "")
    after = library.read_shelf().editions
    assert after["cy"] is before["cy"]
    path.unlink()
    assert say(library, "ku", "Signatories") == ("Îmzekar", "")
    write_interface(site, "pt", 'msgid "Signatories"\nmsgstr "Assinantes"\n')
    assert "pt" not in library.read_shelf().editions, "an interface alone makes no edition"


def test_a_broken_interface_takes_nothing_down_and_is_told(write_site: WriteSite) -> None:
    site = write_site(FRENCH, ku="")
    write_interface(site, "ku", 'msgid "broken\n')
    library = Library(site.letter, site.locales)
    assert say(library, "ku", "Signatories") == ("Îmzekar", "")
    health = library.read_shelf().report_health()
    assert health["status"] == "degraded"
    assert "'ku/LC_MESSAGES/interface.po:4: " in str(health["problems"])
    write_interface(site, "ku", 'msgid "Signatories"\nmsgstr "Nav"\n')
    assert say(library, "ku", "Signatories") == ("Nav", "")
    write_interface(site, "ku", 'msgid "Signatories"\nmsgstr "Nav\n')
    assert say(library, "ku", "Signatories") == ("Nav", ""), "the last good one stays"
    assert library.read_shelf().editions["ku"].problem is None


def test_a_letter_in_another_language_is_another_edition_at_once(write_site: WriteSite) -> None:
    site = write_site(FRENCH, en=HI, fr=HI)
    library = Library(site.letter, site.locales)
    shelf = library.read_shelf()
    assert list(shelf.editions) == ["fr", "en"]
    assert [edition.is_source for edition in shelf.editions.values()] == [True, False]
    assert "fr/LC_MESSAGES/letter.po: the letter itself is this edition" in shelf.unusable[0]
    assert shelf.editions["en"].content_languages == ["en", "fr"]
    site.change("language: fr", "language: en")
    shelf = library.read_shelf()
    assert list(shelf.editions) == ["en", "fr"]
    assert shelf.editions["fr"].title.text == "Hi"
    assert shelf.editions["fr"].source.tag == "en"


def test_catalogues_are_judged_by_the_letters_language_of_today(write_site: WriteSite) -> None:
    msgid = "Nous demandons vingt mesures en 12 mois."
    text = f'msgid "{msgid}"\nmsgstr "We demand 20 measures in twelve months."\n'
    site = write_site(f"---\nlanguage: en\n---\n{msgid}\n", cy=text)
    library = Library(site.letter, site.locales)
    assert library.read_shelf().editions["cy"].texts[msgid].state is State.WITHHELD
    site.change("language: en", "language: fr")
    assert library.read_shelf().editions["cy"].texts[msgid].state is State.FINISHED


PT = 'msgid "Salut"\nmsgstr "Olá"\n\nmsgid "Merci"\nmsgstr "%s"\n'


@pytest.mark.parametrize(
    ("header", "shown", "tags"),
    [
        ("", ["Oi", "Obrigado"], ["pt-BR", "pt"]),
        ("X-Letter-Fallback: none\\n", ["Oi", "Merci"], ["pt-BR", "fr"]),
        ("X-Letter-Fallback: es, pt\\n", ["Oi", "Gracias"], ["pt-BR", "es"]),
    ],
)
def test_what_an_edition_lacks_is_borrowed_from_related_ones(
    write_site: WriteSite, header: str, shown: list[str], tags: list[str]
) -> None:
    site = write_site(FRENCH, pt_BR="", pt=PT % "Obrigado", es='msgid "Merci"\nmsgstr "Gracias"\n')
    entry = '#, fuzzy\nmsgid "Merci"\nmsgstr "Valeu"\n\nmsgid "Salut"\nmsgstr "Oi"\n'
    text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n{header}"\n\n{entry}'
    site.po("pt_BR").write_text(text, encoding="utf-8")
    edition = Library(site.letter, site.locales).read_shelf().editions["pt-BR"]
    assert [passage.text for passage in edition.passages.values()] == shown
    assert edition.content_languages == tags
    last = list(edition.passages.values())[1]
    assert (last.state, last.is_borrowed) == (State.UNFINISHED, tags[1] != "fr")
    assert f'lang="{tags[1]}"' in last.attributes
    borrowed = [(each.tag, count) for each, count in edition.list_borrowed()]
    assert borrowed == ([] if tags[1] == "fr" else [(tags[1], 1)])
    assert edition.count_source_texts(State.UNFINISHED) == (tags[1] == "fr")


def test_an_edition_changes_with_those_it_borrows_from(write_site: WriteSite) -> None:
    site = write_site(FRENCH, pt_BR="", pt=PT % "Obrigado", ku="")
    library = Library(site.letter, site.locales)
    before = library.read_shelf().editions
    site.edit("pt", "Obrigado", "Obrigada")
    after = library.read_shelf().editions
    assert [passage.text for passage in after["pt-BR"].passages.values()] == ["Olá", "Obrigada"]
    assert after["ku"] is before["ku"]


def test_reviews_and_drafts_of_letter_and_page_are_told_apart(copy: Copy) -> None:
    zin = "Zîn <zin@example.org>"
    code, told = run_command(sign_off, copy, "ku", "--reviewer", zin, "--interface")
    assert code == 0
    assert re.search(rf": \d+ texts signed off by {re.escape(zin)}\n$", told)
    edition = copy.read_shelf().editions["ku"]
    assert (edition.standing, edition.interface.is_draft) == ("draft", False)
    code, told = run_command(sign_off, copy, "ku", "--reviewer", zin)
    assert (code, told.partition(": ")[2]) == (0, f"6 texts and 17 names signed off by {zin}\n")
    assert copy.read_shelf().editions["ar"].interface.is_draft


def test_every_language_of_the_project_has_a_name_for_its_folder() -> None:
    for path in OWN_LOCALES.glob("*/LC_MESSAGES"):
        assert find_language(path.parent.name).folder == path.parent.name
