"""The folders of catalogues, which are the list of languages: locales/<language>/LC_MESSAGES."""

from collections.abc import Sequence
from pathlib import Path

from letter.languages.declared import find_same_language
from letter.languages.header_facts import read_header_facts
from letter.languages.language import Language, LanguageError, find_language

CATALOGUE = Path("LC_MESSAGES", "letter.po")
SOURCE_TAG = "en"  # until every letter says its own


def find_catalogues(locales: Path, source: str = "") -> dict[str, Path]:
    """Find the catalogue of each language, by tag; LanguageError where there is no such folder.

    A folder whose name is no language's folder name is left out, and so is that of the letter's own
    language, `source`; `find_misnamed` tells of both.
    """
    if not locales.is_dir():
        raise LanguageError(f"{locales}: there is no such folder of catalogues")
    return _read_folders(locales, source)[0]


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


def find_misnamed(locales: Path, source: str = "") -> list[str]:
    """Say what to do with each folder that holds a catalogue but isn't named after a language."""
    return _read_folders(locales, source)[1]


def _read_folders(locales: Path, source: str) -> tuple[dict[str, Path], list[str]]:
    """Give the catalogues by tag, and what to do with each folder that has another name."""
    found: dict[str, Path] = {}
    misnamed = []
    for path in sorted(locales.glob(f"*/{CATALOGUE.as_posix()}")):
        try:
            found[name_language(path.parent.parent, source).tag] = path
        except LanguageError as error:
            misnamed.append(str(error))
    return found, misnamed


def name_language(folder: Path, source: str = "") -> Language:
    """Say whose catalogue a folder holds, by the folder's name and the catalogue's header.

    LanguageError where the folder must be renamed, or go since `source` is the letter's language.
    """
    try:
        language = find_language(folder.name, read_header_facts(folder / CATALOGUE))
    except LanguageError as error:
        raise LanguageError(f"{folder}: {error}") from error
    if language.folder != folder.name:
        raise LanguageError(f"{folder}: rename this folder to {language.folder}")
    if language.tag == source:
        raise LanguageError(f"{folder}: the letter itself is this edition: remove this folder")
    return language
