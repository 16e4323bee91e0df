"""The committed catalogues, as GNU gettext and a reader's plural forms see them."""

import os
from pathlib import Path

import pytest

from letter.editions.catalogue import State, make_catalogue
from letter.languages.language import find_language
from letter.languages.plural_rules import COUNTS, parse_plural_forms
from letter.po.header import header_fields
from letter.po.reader import read_po
from letter.source.message_kinds import NAME_NOTE
from tests.tools import ROOT, run_gettext

TAGS = ("ar", "ckb", "ku")
INTERFACES = (*TAGS, *["de", "es", "fa", "fr", "he", "it", "pt-BR", "ru", "tr", "ur", "zh-Hans"])
FILES = [(tag, "letter") for tag in TAGS] + [(tag, "interface") for tag in INTERFACES]


def path_of(tag: str, domain: str = "letter") -> Path:
    folder = find_language(tag).folder
    return ROOT / "locales" / folder / "LC_MESSAGES" / f"{domain}.po"


def template_of(domain: str) -> Path:
    return ROOT / "locales" / f"{domain}.pot"


def test_every_catalogue_is_tested() -> None:
    found = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
    assert found == sorted(path_of(*file) for file in FILES)


@pytest.mark.parametrize(("tag", "domain"), FILES)
def test_msgfmt_accepts_the_catalogue_and_msgmerge_and_msgcat_change_no_byte(
    tag: str, domain: str
) -> None:
    path = path_of(tag, domain)
    run_gettext("msgfmt", "-c", "-o", os.devnull, path)
    before = path.read_bytes()
    assert run_gettext("msgmerge", "-q", "-o", "-", path, template_of(domain)) == before
    assert run_gettext("msgcat", path) == before


@pytest.mark.parametrize(("tag", "domain"), FILES)
def test_every_message_is_translated_and_the_file_calls_itself_a_draft(
    tag: str, domain: str
) -> None:
    po = read_po(path_of(tag, domain))
    catalogue = make_catalogue(find_language(tag), po)
    # A name that nobody has confirmed is shown as it is written.
    names = {entry.key for entry in po.entries if any(NAME_NOTE in n for n in entry.extracted)}
    states = {t.state for key, t in catalogue.translations.items() if key not in names}
    assert states == {State.FINISHED}
    active = [e.key for e in po.entries if not e.obsolete]
    assert active == [e.key for e in read_po(template_of(domain)).entries]
    fields, plural_forms = header_fields(po), find_language(tag).plural_forms
    assert "draft" in fields["Last-Translator"].lower()
    assert fields["X-Letter-Status"] == "draft"
    rule, usual = (parse_plural_forms(text) for text in (fields["Plural-Forms"], plural_forms))
    assert [rule.index(n) for n in COUNTS] == [usual.index(n) for n in COUNTS]


@pytest.mark.parametrize("tag", TAGS)
def test_the_title_is_said_in_the_same_words_in_the_letter(tag: str) -> None:
    title, _, third = (entry.msgstr[0] for entry in read_po(path_of(tag)).entries[:3])
    assert title.strip("«»“”") in third
