"""The folders of catalogues are the list of languages."""

import shutil
from pathlib import Path

import pytest

from letter.languages.folders import (
    CATALOGUE,
    INTERFACE,
    choose_catalogues,
    find_catalogues,
    find_misnamed,
)
from letter.languages.language import LanguageError, find_language
from scripts import add_language, check, receive, status, update
from tests.conftest import Copy, WriteSite
from tests.merging.examples import run_command


def test_a_folder_that_is_no_languages_is_left_out_and_told(tmp_path: Path) -> None:
    for name in ("ar", "ckb", "en", "templates", "kmr_Arab", "pt_PT"):
        (tmp_path / name / CATALOGUE).parent.mkdir(parents=True)
        (tmp_path / name / CATALOGUE).touch()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "fr" / INTERFACE).parent.mkdir(parents=True)
    (tmp_path / "fr" / INTERFACE).touch()
    (tmp_path / "en" / INTERFACE).touch()
    assert find_catalogues(tmp_path, "en") == {
        tag: tmp_path / folder / CATALOGUE
        for tag, folder in {"ar": "ar", "ckb": "ckb", "pt-PT": "pt_PT"}.items()
    }
    kinds = find_catalogues(tmp_path, "en", INTERFACE)
    assert kinds == {tag: tmp_path / tag / INTERFACE for tag in ("en", "fr")}
    assert "en" in find_catalogues(tmp_path, "fr"), "a language like others of a French letter"
    english, other, copied = find_misnamed(tmp_path, "en")
    path = tmp_path / "en" / CATALOGUE
    assert english == f"{path}: the letter itself is this edition: remove this file"
    assert other.startswith(f"{tmp_path}/templates: 'templates' is not a language tag: use one")
    first = tmp_path / "ckb" / CATALOGUE
    path = tmp_path / "kmr_Arab" / CATALOGUE
    assert copied.startswith(f"{path}: {first} has this language already: take over what")


def test_the_name_of_a_folder_is_told_on_one_line(write_site: WriteSite) -> None:
    site = write_site("Hello\n", **{"x\ny\u202egnp": "", "d\udce9utsch": ""})
    told = find_misnamed(site.locales)
    assert [text.partition(": ")[0] for text in told] == [
        f"{site.locales}/{name}" for name in (r"d\udce9utsch", r"x\ny\u202egnp")
    ]
    assert all(text.isprintable() for text in told)


# Weblate's names, in each style that it offers for folders, and those of gettext and Java.
OTHER_NAMES = {"kmr": "ku", "zh_Hant": "zh-Hant", "sr_Latn": "sr-Latn", "pt_BR": "pt-BR"}
OTHER_NAMES |= {"pt-BR": "pt-BR", "sr@latin": "sr-Latn", "zh_TW": "zh-Hant-TW", "iw": "he"}


@pytest.mark.parametrize(("folder", "tag"), OTHER_NAMES.items())
def test_a_folder_that_another_tool_named_is_the_edition_that_is_meant(
    write_site: WriteSite, folder: str, tag: str
) -> None:
    hello, plurals = 'msgid "Hello"\nmsgstr "Ola"\n', find_language(tag).plural_forms
    name = f"UTF-8\\nLanguage: {folder}\\nPlural-Forms: {plurals}"
    site = write_site("Hello\n", **{folder: hello})
    path = site.po(folder)
    path.write_text(path.read_text("utf-8").replace("UTF-8", name), "utf-8")
    interface = path.with_name(INTERFACE.name)
    text = 'msgid "Not translated yet"\nmsgstr "Ainda"\n'
    interface.write_text(path.read_text("utf-8").replace(hello, text), "utf-8")
    edition = site.read_shelf().editions[tag]
    assert edition.is_begun
    assert edition.interface.gettext("Not translated yet").text == "Ainda"
    for command in (update, check, status):
        code, told = run_command(command, site)
        assert (code, "Language" in told) == (0, False), told
    assert path.read_text("utf-8").count("Ola") == 1
    sent = site.letter.with_name("sent.po")
    sent.write_text(path.read_text("utf-8").replace("Ola", "Bom dia"), "utf-8")
    assert run_command(receive, site, str(sent))[0] == 1, "two texts, of which a person chooses"
    assert "Bom dia" in path.read_text("utf-8")
    assert run_command(add_language, site, tag)[0] == 2, "there is one already"


def test_no_folder_is_left_out_with_a_line_on_the_console_alone(copy: Copy) -> None:
    shutil.copytree(copy.locales / "ku", copy.locales / "kmr")
    for command, code in ((update, 2), (check, 1), (status, 2)):
        got, told = run_command(command, copy)
        assert (got, f"{copy.po('kmr')}: {copy.po('ku')} has this language" in told) == (code, True)
    health = copy.client().get("/healthz").get_json()
    assert health["status"] == "degraded"
    assert "kmr/LC_MESSAGES/letter.po: ku/LC_MESSAGES/letter.po has this" in health["problems"][0]


@pytest.mark.parametrize("source", ["fr", "ar", "aii"])
def test_only_the_letters_own_language_needs_no_catalogue(tmp_path: Path, source: str) -> None:
    for name in ("en", "fr", "ar", "aii"):
        (tmp_path / name / CATALOGUE).parent.mkdir(parents=True)
        (tmp_path / name / CATALOGUE).write_text(f'msgid ""\nmsgstr "Language: {name}\\n"\n')
    assert set(find_catalogues(tmp_path, source)) == {"en", "fr", "ar", "aii"} - {source}
    path = tmp_path / source / CATALOGUE
    told = f"{path}: the letter itself is this edition: remove this file"
    assert find_misnamed(tmp_path, source) == [told]


@pytest.mark.parametrize("place", [".", "LC_MESSAGES", "LC_MESSAGES/letter.po"])
def test_a_link_to_nothing_is_a_catalogue_that_cannot_be_read(copy: Copy, place: str) -> None:
    path = copy.locales / "ku" / place
    path.rename(copy.locales.parent / "elsewhere")
    path.symlink_to("nowhere")
    before = sorted(copy.locales.rglob("*"))
    for command, code in ((update, 2), (check, 1), (status, 2)):
        options = [] if command is not check else ["ku"]
        assert run_command(command, copy, *options)[0] == code
        assert f"{copy.po('ku')}:1: " in run_command(command, copy, *options)[1]
    code, told = run_command(add_language, copy, "ku")
    assert (code, f"{copy.po('ku')}: is a link to a file that is not there" in told) == (2, True)
    assert sorted(copy.locales.rglob("*")) == before


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="nowhere: there is no such folder of catalogues"):
        find_catalogues(tmp_path / "nowhere")


def test_a_catalogue_that_is_asked_for_by_another_name_is_told_by_its_own(tmp_path: Path) -> None:
    for name in ("ku", "sr_Latn"):
        (tmp_path / name / CATALOGUE).parent.mkdir(parents=True)
        (tmp_path / name / CATALOGUE).touch()
    for asked, told in (("kmr", ": use ku"), ("sr@latin", ": use sr-Latn"), ("sr", ", only ku, s")):
        with pytest.raises(LanguageError, match=f"there is no catalogue of '{asked}'{told}"):
            choose_catalogues(tmp_path, [asked])
