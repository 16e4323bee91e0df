"""The committed catalogues, as GNU gettext and a reader's plural forms see them."""

import os
from pathlib import Path

import pytest

from letter.editions.catalogue import State, make_catalogue
from letter.languages.language import find_language
from letter.po.header import header_fields
from letter.po.reader import read_po
from tests.tools import ROOT, run_gettext

TAGS = ("ar", "ckb", "ku")
TEMPLATE = ROOT / "locales" / "letter.pot"


def path_of(tag: str) -> Path:
    return ROOT / "locales" / tag / "LC_MESSAGES" / "letter.po"


@pytest.mark.parametrize("tag", TAGS)
def test_msgfmt_accepts_the_catalogue_and_msgmerge_and_msgcat_change_no_byte(tag: str) -> None:
    run_gettext("msgfmt", "-c", "-o", os.devnull, path_of(tag))
    before = path_of(tag).read_bytes()
    assert run_gettext("msgmerge", "-q", "-o", "-", path_of(tag), TEMPLATE) == before
    assert run_gettext("msgcat", path_of(tag)) == before


@pytest.mark.parametrize("tag", TAGS)
def test_every_message_is_translated_and_the_file_calls_itself_a_draft(tag: str) -> None:
    po = read_po(path_of(tag))
    catalogue = make_catalogue(find_language(tag), po)
    assert {t.state for t in catalogue.translations.values()} == {State.FINISHED}
    assert [e.key for e in po.entries] == [e.key for e in read_po(TEMPLATE).entries]
    fields = header_fields(po)
    assert "draft" in fields["Last-Translator"].lower()
    assert fields["X-Letter-Status"] == "draft"
    assert fields["Plural-Forms"] == find_language(tag).plural_forms


@pytest.mark.parametrize("tag", TAGS)
def test_the_title_is_said_in_the_same_words_in_the_letter(tag: str) -> None:
    title, _, third = (entry.msgstr[0] for entry in read_po(path_of(tag)).entries[:3])
    assert title.strip("«»“”") in third
