"""The folders of catalogues, which are the list of languages: locales/<language>/LC_MESSAGES."""

from collections.abc import Sequence
from pathlib import Path

from letter.languages.declared import find_same_language
from letter.languages.language import Language, LanguageError, find_language

CATALOGUE = Path("LC_MESSAGES", "letter.po")
SOURCE_TAG = "en"  # the language of every letter's source text


def find_catalogues(locales: Path) -> dict[str, Path]:
    """Find the catalogue of each language, by tag; LanguageError where there is no such folder.

    A folder whose name is no language's folder name is left out; `find_misnamed` tells of it.
    """
    if not locales.is_dir():
        raise LanguageError(f"{locales}: there is no such folder of catalogues")
    return _read_folders(locales)[0]


def choose_catalogues(locales: Path, wanted: Sequence[str] = ()) -> dict[str, Path]:
    """Find the catalogues of the wanted tags, of all languages if none is named.

    LanguageError where a wanted catalogue is missing, or where there is none at all.
    """
    found = find_catalogues(locales)
    for tag in wanted:
        if tag not in found:
            same = find_same_language(tag, found)
            there = f": use {same}" if same else f", only {', '.join(found) or 'none at all'}"
            raise LanguageError(f"{locales}: there is no catalogue of {tag!r}{there}")
    if not found:
        raise LanguageError(f"{locales}: there is no catalogue: give another folder with --locales")
    return {tag: path for tag, path in found.items() if not wanted or tag in wanted}


def find_misnamed(locales: Path) -> list[str]:
    """Say what to do with each folder that holds a catalogue but isn't named after a language."""
    return _read_folders(locales)[1]


def _read_folders(locales: Path) -> tuple[dict[str, Path], list[str]]:
    """Give the catalogues by tag, and what to do with each folder that has another name."""
    found: dict[str, Path] = {}
    misnamed = []
    for path in sorted(folder / CATALOGUE for folder in locales.iterdir()):
        if not path.exists() and not is_broken_link(path):
            continue
        try:
            found[name_language(path.parent.parent).tag] = path
        except LanguageError as error:
            misnamed.append(str(error))
    return found, misnamed


def is_broken_link(path: Path) -> bool:
    """Say whether a catalogue, or a folder of it, is a link to something that is not there.

    Such a catalogue counts as there: every command then says that it can't be read.
    """
    places = (path, *path.parents[: len(CATALOGUE.parts)])
    return any(place.is_symlink() and not place.exists() for place in places)


def name_language(folder: Path) -> Language:
    """Say whose catalogue a folder holds; LanguageError where the folder must be renamed or go."""
    try:
        language = find_language(folder.name)
    except LanguageError as error:
        raise LanguageError(f"{folder}: {error}") from error
    if language.folder != folder.name:
        raise LanguageError(f"{folder}: rename this folder to {language.folder}")
    if language.tag == SOURCE_TAG:
        raise LanguageError(f"{folder}: the letter itself is this edition: remove this folder")
    return language
