"""The folders of catalogues, which are the list of languages: locales/<language>/LC_MESSAGES.

A language with a catalogue of the letter is an edition. Catalogues of the interface come with the
project, in more languages, and may stand beside any letter, too.
"""

from collections.abc import Sequence
from pathlib import Path

from letter.languages.declared import find_same_language
from letter.languages.fallbacks import list_fallbacks
from letter.languages.header_facts import NO_FACTS, read_header_facts
from letter.languages.language import Language, LanguageError, find_language

CATALOGUE = Path("LC_MESSAGES", "letter.po")
INTERFACE = CATALOGUE.with_name("interface.po")
SHARED = "interface/"  # before a tag, in the name of the interface's catalogue of a language
OWN_LOCALES = Path(__file__).parents[2] / "locales"  # where the project's interface lies


def find_catalogues(locales: Path, source: str = "", kind: Path = CATALOGUE) -> dict[str, Path]:
    """Find the catalogue of each language, by tag; LanguageError where there is no such folder.

    `kind` is CATALOGUE or INTERFACE. A folder whose name is no language's folder name is left out,
    and so is the letter's catalogue in the letter's own language, `source`; `find_misnamed` tells
    of both.
    """
    if not locales.is_dir():
        raise LanguageError(f"{locales}: there is no such folder of catalogues")
    return _read_folders(locales, source, kind)[0]


def choose_catalogues(
    locales: Path, wanted: Sequence[str] = (), source: str = ""
) -> dict[str, Path]:
    """Find the letter's catalogues of the wanted tags, of all languages if none is named.

    LanguageError where a wanted catalogue is missing, or where there is none at all.
    """
    return _choose_wanted(find_catalogues(locales, source), locales, wanted)


def choose_both_kinds(
    locales: Path, wanted: Sequence[str] = (), source: str = ""
) -> dict[str, Path]:
    """Find the catalogues of both kinds as `choose_catalogues` does.

    The letter's are named by their tags, and the interface's by their tags behind `SHARED`.
    """
    kinds = {"": CATALOGUE, SHARED: INTERFACE}
    found = {start: find_catalogues(locales, source, kind) for start, kind in kinds.items()}
    chosen = _choose_wanted({**found[SHARED], **found[""]}, locales, wanted)
    return {
        start + tag: path
        for start, paths in found.items()
        for tag, path in paths.items()
        if tag in chosen
    }


def _choose_wanted(found: dict[str, Path], locales: Path, wanted: Sequence[str]) -> dict[str, Path]:
    for tag in wanted:
        if tag not in found:
            same = find_same_language(tag, found)
            there = f": use {same}" if same else f", only {', '.join(found) or 'none at all'}"
            raise LanguageError(f"{locales}: there is no catalogue of {tag!r}{there}")
    if not found:
        raise LanguageError(f"{locales}: there is no catalogue: give another folder with --locales")
    return {tag: path for tag, path in found.items() if not wanted or tag in wanted}


def list_interfaces(locales: Path, tags: Sequence[str]) -> dict[str, list[Path]]:
    """List for each tag where catalogues of its interface may lie, the nearest first.

    A catalogue beside the letter comes before the project's own of the same language, and a
    language before its parents.
    """
    places = [locales]
    if not (locales.exists() and locales.samefile(OWN_LOCALES)):
        places.append(OWN_LOCALES)
    known = {folder.name.replace("_", "-") for place in places for folder in place.glob("*")}
    return {
        tag: [
            place / each.replace("-", "_") / INTERFACE
            for each in (tag, *list_fallbacks(tag, known))
            for place in places
        ]
        for tag in tags
    }


def find_misnamed(locales: Path, source: str = "") -> list[str]:
    """Say what to do with each folder that holds a catalogue but isn't named after a language."""
    told = (_read_folders(locales, source, kind)[1] for kind in (CATALOGUE, INTERFACE))
    return list(dict.fromkeys(each for found in told for each in found))


def _read_folders(locales: Path, source: str, kind: Path) -> tuple[dict[str, Path], list[str]]:
    """Give the catalogues by tag, and what to do with each folder that has another name."""
    found: dict[str, Path] = {}
    misnamed = []
    for path in sorted(folder / kind for folder in locales.iterdir()):
        is_meant = kind == CATALOGUE and is_broken_link(path)
        if not path.exists() and not is_meant:
            continue
        try:
            language = name_language(path.parent.parent, source if kind == CATALOGUE else "")
            found[language.tag] = path
        except LanguageError as error:
            misnamed.append(str(error))
    return found, misnamed


def explain_own(path: Path) -> str:
    """Say what to do with a catalogue of a letter in the letter's own language."""
    return f"{path}: the letter itself is this edition: remove this file"


def is_broken_link(path: Path) -> bool:
    """Say whether a catalogue, or a folder of it, is a link to something that is not there.

    Such a catalogue counts as there: every command then says that it can't be read. Editors lock a
    file by a link without a goal, `.#glossary.csv`, which is no folder.
    """
    places = (path, *path.parents[: len(CATALOGUE.parts)])
    links = (place for place in places if place.is_symlink() and not place.name.startswith(".#"))
    return any(not place.exists() for place in links)


def name_language(folder: Path, source: str = "") -> Language:
    """Say whose catalogue a folder holds, by the folder's name and the catalogues' headers.

    LanguageError where the folder must be renamed, or where it holds a catalogue of the letter in
    the letter's own language, `source`.
    """
    try:
        facts = read_header_facts(folder / CATALOGUE)
        facts = facts if facts != NO_FACTS else read_header_facts(folder / INTERFACE)
        language = find_language(folder.name, facts)
    except LanguageError as error:
        raise LanguageError(f"{folder}: {error}") from error
    if language.folder != folder.name:
        raise LanguageError(f"{folder}: rename this folder to {language.folder}")
    if language.tag == source:
        raise LanguageError(explain_own(folder / CATALOGUE))
    return language
