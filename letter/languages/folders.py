"""The folders of catalogues, which are the list of languages: locales/<language>/LC_MESSAGES.

A language with a catalogue of the letter is an edition. Catalogues of the interface come with the
project, in more languages, and may stand beside any letter, too.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from letter.languages.declared import find_same_language, list_known, name_addition, spell_tag
from letter.languages.fallbacks import list_fallbacks
from letter.languages.header_facts import NO_FACTS, HeaderFacts, read_header_facts
from letter.languages.language import Language, LanguageError, find_language
from letter.languages.matching import fold_tag
from letter.paths import OWN_LOCALES

CATALOGUE = Path("LC_MESSAGES", "letter.po")
INTERFACE = CATALOGUE.with_name("interface.po")
SHARED = "interface/"  # before a tag, in the name of the interface's catalogue of a language


def find_catalogues(locales: Path, source: str = "", kind: Path = CATALOGUE) -> dict[str, Path]:
    """Find the catalogue of each language, by tag; LanguageError where there is no such folder.

    `kind` is CATALOGUE or INTERFACE. A folder whose name means no language is left out, and so is
    a second folder of a language, and the letter's catalogue in the letter's own language,
    `source`; `find_misnamed` tells of all three.
    """
    if not locales.is_dir():
        raise LanguageError(explain_absence(locales))
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
    folders = {place: _name_folders(place) for place in places}
    known = {tag for named in folders.values() for tag in named}
    return {
        tag: [
            place / folders[place].get(each, each.replace("-", "_")) / INTERFACE
            for each in (tag, *list_fallbacks(tag, known))
            for place in places
        ]
        for tag in tags
    }


def _name_folders(place: Path) -> dict[str, str]:
    """Name the folder of each language, by the folders' names alone; CLDR's name counts first."""
    names = sorted(folder.name for folder in place.glob("*"))
    spelled = {name: _guess_tag(name) for name in names}
    return {tag: name for name, tag in spelled.items()} | {
        tag: name for name, tag in spelled.items() if name == tag.replace("-", "_")
    }


@lru_cache(maxsize=2_048)
def _guess_tag(name: str) -> str:
    folder = list_known().get(fold_tag(name))
    return spell_tag(folder) if folder else _find_alias(name) or name.replace("_", "-")


def _find_alias(name: str) -> str | None:
    """Find the tag of a language that other tools name so; none has a tag with an extension."""
    is_extended = any(len(part) == 1 for part in fold_tag(name).split("-"))
    return None if is_extended else name_addition(name)


def find_misnamed(locales: Path, source: str = "") -> list[str]:
    """Say what to do with each folder whose catalogue can't be used for a language."""
    told = (_read_folders(locales, source, kind)[1] for kind in (CATALOGUE, INTERFACE))
    return list(dict.fromkeys(each for found in told for each in found))


def _read_folders(locales: Path, source: str, kind: Path) -> tuple[dict[str, Path], list[str]]:
    """Give the catalogues by tag, and what to do with each folder that can't be used."""
    named: dict[Path, Language] = {}
    misnamed = []
    for path in sorted(folder / kind for folder in locales.iterdir()):
        is_meant = kind == CATALOGUE and is_broken_link(path)
        if not path.exists() and not is_meant:
            continue
        try:
            named[path] = name_language(path, source if kind == CATALOGUE else "")
        except LanguageError as error:
            misnamed.append(str(error))
    copies = explain_copies(named)
    found = {language.tag: path for path, language in named.items() if path not in copies}
    return found, [*misnamed, *copies.values()]


def explain_copies(named: Mapping[Path, Language]) -> dict[Path, str]:
    """Say what to do with each catalogue of a language that has another catalogue.

    The folder that has CLDR's name counts, else the first.
    """
    by_name = sorted(named, key=lambda path: (path.parts[-3] != named[path].folder, path))
    first: dict[str, Path] = {}
    for path in by_name:
        first.setdefault(named[path].tag, path)
    return {
        path: f"{path}: {first[language.tag]} has this language already: take over what this file "
        "has with scripts/receive.py, and remove it"
        for path, language in named.items()
        if path != first[language.tag]
    }


def explain_own(path: Path) -> str:
    """Say what to do with a catalogue of a letter in the letter's own language."""
    return f"{path}: the letter itself is this edition: remove this file"


def explain_absence(locales: Path) -> str:
    """Say that there is no folder of catalogues."""
    return f"{locales}: there is no such folder of catalogues"


def is_broken_link(path: Path) -> bool:
    """Say whether a catalogue, or a folder of it, is a link to something that is not there.

    Such a catalogue counts as there: every command then says that it can't be read. Editors lock a
    file by a link without a goal, `.#glossary.csv`, which is no folder.
    """
    places = (path, *path.parents[: len(CATALOGUE.parts)])
    links = (place for place in places if place.is_symlink() and not place.name.startswith(".#"))
    return any(not place.exists() for place in links)


def name_language(catalogue: Path, source: str = "") -> Language:
    """Say which language's catalogue this is, by its folder's name and the headers in there.

    A folder may have the name that another tool gives it: Weblate has kmr for ku, and may have
    pt-BR or sr@latin. LanguageError where the name means no language, or where the folder holds a
    catalogue of the letter in the letter's own language, `source`.
    """
    folder = catalogue.parent.parent
    try:
        facts = read_header_facts(folder / CATALOGUE)
        facts = facts if facts != NO_FACTS else read_header_facts(folder / INTERFACE)
        language = _find_meant(folder.name, facts)
    except LanguageError as error:
        # On one line, as the error spells it: a name may have any character.
        shown = folder.parent / repr(folder.name)[1:-1]
        raise LanguageError(f"{shown}: {error}") from error
    if language.tag == source:
        raise LanguageError(explain_own(folder / CATALOGUE))
    return language


def _find_meant(name: str, facts: HeaderFacts) -> Language:
    try:
        return find_language(name, facts)
    except LanguageError:
        if (same := _find_alias(name)) is None:
            raise
        return find_language(same, facts)
