"""Catalogues that we make suit everybody's tools from the first minute, and theirs suit us."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import polib
import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po as read_as_babel

from letter.languages.folders import name_language
from scripts import add_language, check, update
from tests.merging.examples import run_command
from tests.tools import run_gettext

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Copy

TITLE = "“We are being left to die as the world watches.”"
TAGS = ["ar-SY", "fr", "he", "pt-BR", "zh-Hant", "sr-Latn", "ja", "sl"]
PLACEHOLDERS = ("FULL NAME", "EMAIL@ADDRESS", "YEAR-MO-DA", "Automatically generated", "LL@li.org")


def run_pybabel(*arguments: str | Path) -> None:
    program: Any = CommandLineInterface()  # which has no types
    program.run(["pybabel", "-q", *map(str, arguments)])


def translate(path: Path, msgid: str, text: str) -> None:
    """Translate a message, as a text editor would."""
    old = f'msgid "{msgid}"\nmsgstr ""'
    data = path.read_text(encoding="utf-8")
    assert data.count(old) == 1
    path.write_text(data.replace(old, f'{old[:-1]}{text}"'), encoding="utf-8")


def check_usable(copy: Copy, folder: str, text: str) -> None:
    """Check what a tool has written: it needs no update, and readers see no placeholder."""
    tag = folder.replace("_", "-")
    before = copy.po(folder).read_bytes()
    assert run_command(update, copy) == (0, "Everything is up to date.\n")
    assert copy.po(folder).read_bytes() == before
    edition = copy.read_shelf().editions[tag]
    assert edition.is_begun == bool(text)
    assert (edition.catalogue.translators, edition.reviewed) == ((), 0)
    client = copy.client()
    shown = client.get(f"/{tag}/").text + client.get(f"/{tag}/letter.txt").text
    assert text in shown
    assert not [words for words in PLACEHOLDERS if words in shown]


@pytest.mark.parametrize("tag", TAGS)
def test_a_new_catalogue_suits_every_tool(copy: Copy, tag: str, tmp_path: Path) -> None:
    folder = tag.replace("-", "_")
    path, template, made = copy.po(folder), copy.locales / "letter.pot", tmp_path / "letter.mo"
    assert copy.run(update) == 0
    assert copy.run(add_language, tag) == 0
    data = path.read_bytes()
    check_usable(copy, folder, "")
    run_gettext("msgfmt", "-c", "-o", os.devnull, path)
    assert run_gettext("msgcat", path) == data
    assert run_gettext("msgmerge", "-q", "--no-fuzzy-matching", path, template) == data
    assert len(polib.pofile(str(path), check_for_duplicates=True)) == 24
    with path.open("rb") as file:
        assert len(read_as_babel(file)) == 24
    run_pybabel("compile", "-i", path, "-o", made)
    translate(path, TITLE, "Bayta")
    run_pybabel("update", "-i", template, "-o", path, "-l", folder)
    run_pybabel("compile", "-i", path, "-o", made)
    assert [entry.msgstr for entry in polib.mofile(str(made)) if entry.msgstr] == ["Bayta"]
    assert "X-Letter-Status" not in path.read_text(encoding="utf-8"), "Babel drops the header"
    check_usable(copy, folder, "Bayta")
    assert check.main([tag, f"--locales={copy.locales}"]) == 0


@pytest.mark.parametrize("folder", ["fr", "he", "sl", "zh_Hant", "ar_SY"])
@pytest.mark.parametrize("tool", ["msginit", "pybabel"])
def test_what_tools_make_of_the_template_is_put_in_place_and_works(
    copy: Copy, folder: str, tool: str
) -> None:
    """msginit, as Weblate, takes X-Letter-Status from the template; Babel drops the header.

    A draft that was begun elsewhere gets our title and its team at the next update, and no more.
    """
    assert copy.run(update) == 0
    path, template = copy.po(folder), copy.locales / "letter.pot"
    path.parent.mkdir(parents=True, exist_ok=True)
    if tool == "msginit":
        options = ("--no-translator", "-l", f"{folder}.UTF-8")
        path.write_bytes(run_gettext("msginit", *options, "-i", template, "-o", "-"))
    else:
        run_pybabel("init", "-i", template, "-D", "letter", "-d", copy.locales, "-l", folder)
    translate(path, TITLE, "Bayta")
    before = path.read_text(encoding="utf-8")
    assert copy.run(update) == 0
    if tool == "msginit":
        name = name_language(path).english_name
        before = before.replace("Template of the letter.", f"{name} translation of the letter.", 1)
        before = before.replace("Language-Team: none", f"Language-Team: {name}", 1)
    assert path.read_text(encoding="utf-8") == before
    check_usable(copy, folder, "Bayta")
    tag = folder.replace("_", "-")
    page = copy.client().get(f"/{tag}/").text
    interface = copy.read_shelf().editions[tag].interface
    draft = "This translation is a draft: no native speaker has reviewed it yet."
    told = draft if tool == "msginit" else "Nobody has reviewed this translation yet."
    assert interface.gettext(told).text in page
    assert check.main([tag, f"--locales={copy.locales}"]) == 0


def test_a_status_that_a_tool_dropped_publishes_nothing_as_reviewed(copy: Copy) -> None:
    copy.edit("ku", '"X-Letter-Status: draft\\n"\n', "")
    languages = copy.client().get("/letter.json").get_json()["languages"]
    (known,) = [language for language in languages if language["tag"] == "ku"]
    assert (known["status"], known["passages"]["reviewed"]) == ("unreviewed", 0)
