"""The folders of catalogues are the list of languages."""

from pathlib import Path

import pytest

from letter.languages.folders import (
    CATALOGUE,
    INTERFACE,
    choose_catalogues,
    find_catalogues,
    find_misnamed,
)
from letter.languages.language import LanguageError
from scripts import add_language, check, status, update
from tests.conftest import Copy
from tests.merging.examples import run_command


def test_a_folder_that_is_no_languages_is_left_out_and_told(tmp_path: Path) -> None:
    for name in ("ar", "ckb", "en", "kmr", "pt-BR", "pt_PT", "sr@latin"):
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
    english, kurdish, portuguese, serbian = find_misnamed(tmp_path, "en")
    path = tmp_path / "en" / CATALOGUE
    assert english == f"{path}: the letter itself is this edition: remove this file"
    assert kurdish.startswith(f"{tmp_path}/kmr: 'kmr' is not a language here: use ku")
    assert portuguese == f"{tmp_path}/pt-BR: rename this folder to pt_BR"
    assert serbian.startswith(f"{tmp_path}/sr@latin: 'sr@latin' is not spelled as it should be")
    assert serbian.endswith("use 'sr-Latn', or 'sr_Latn' for the folder")


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
