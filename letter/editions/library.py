"""All editions as the files on disk have them now; of a broken file, its last good edition."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from letter.checks.allowed_links import LINKS, AllowedLinks
from letter.editions.awaited_files import AwaitedFiles
from letter.editions.catalogue import Catalogue, make_plain_catalogue
from letter.editions.edition import Edition, make_edition
from letter.editions.interface import Interface
from letter.editions.kept_files import KeptFiles
from letter.editions.readings import (
    Reading,
    is_folder,
    is_gone,
    is_half_saved,
    list_entries,
    read_file,
    read_if_ordinary,
)
from letter.editions.shelf import Shelf
from letter.files import Signature, sign_file
from letter.languages.fallbacks import list_fallbacks
from letter.languages.folders import (
    CATALOGUE,
    INTERFACE,
    explain_absence,
    explain_copies,
    explain_own,
    list_interfaces,
)
from letter.languages.language import ENGLISH, Language, find_language
from letter.paths import OWN_LOCALES
from letter.source.letter_faults import LetterError
from letter.source.moved_passages import MOVED, follow_moves

log = logging.getLogger(__name__)


class Library:
    """Keeps the shelf up to date with a letter and a folder of catalogues.

    Reading the shelf raises LetterError while there has been no good letter; from then on the last
    good letter and the last good catalogue of each language stay up, whatever becomes of the files.
    In the folder `state`, if one is given, they outlast a restart. `stand_ins` are catalogues that
    are read in the place of others, which needn't be there: what would be, if they were saved. Of
    what isn't so, nothing is logged.
    """

    def __init__(
        self,
        letter_path: Path,
        locales: Path,
        state: Path | None = None,
        stand_ins: Mapping[Path, Path] | None = None,
    ) -> None:
        self.letter_path = letter_path
        self.locales = locales
        self.links_path = locales / LINKS
        self.is_kept = False  # whether someone calls look_again() whenever a file is touched
        self.keeps_entries = False  # whether someone needs the files as they were read
        self._kept = KeptFiles(state, letter_path, locales)
        self._stand_ins = stand_ins
        self._readings: dict[Path, Reading] = {}
        self._gone = AwaitedFiles()
        self._awaited: list[Path] = []  # which stay as they were
        self._shelf: Shelf | None = None
        self._lock = threading.Lock()

    def read_shelf(self) -> Shelf:
        """Give the editions; look at the files first unless someone else does (`is_kept`)."""
        return self._shelf if self._shelf and self.is_kept else self.look_again()

    def look_again(self) -> Shelf:
        """Look at the files and give the editions; only a file that has changed is read again."""
        with self._lock:
            signatures = self._sign_awaiting()
            seen = {path: reading.signature for path, reading in self._readings.items()}
            if self._shelf is None or signatures != seen:
                before = self._readings
                own = {
                    path: self._read_again(path, signatures.pop(path, None))
                    for path in (self.letter_path, self.links_path)
                }
                letter, links = own[self.letter_path].letter, own[self.links_path].allowed_links
                source = letter.settings.language if letter else ENGLISH
                self._readings = own | {
                    path: self._read_again(path, signature, source, links)
                    for path, signature in signatures.items()
                }
                self._kept.forget_gone()
                self._shelf = self._make_shelf()
                if self._stand_ins is None:
                    self._log_changes(before)
            return self._shelf

    def find_reading(self, path: Path) -> Reading | None:
        """Find what reading a file gave last; another object after each new reading."""
        return self._readings.get(path)

    def list_folders(self) -> set[str]:
        """List the folders in which a change of any file matters, as absolute paths."""
        files = [*self._readings, *self._list_named()]
        folders = [self.locales, *list_entries(self.locales), *(file.parent for file in files)]
        return {str(folder.absolute()) for folder in folders if folder.is_dir()}

    def _sign_awaiting(self) -> dict[Path, Signature | None]:
        """Sign the files; those that may be back in a moment are awaited by whoever looks again."""
        paths = [self.locales, *self._readings, *self._list_named()]
        self._gone.look(paths)
        while True:
            self._awaited = self._gone.list_awaited() if self.is_kept else []
            signatures = self._sign_files()
            self._gone.look(paths)  # again: one may have gone after the look, before its signature
            if not self.is_kept or set(self._gone.list_awaited()).issubset(self._awaited):
                return signatures

    def _sign_files(self) -> dict[Path, Signature | None]:
        # The letter's folder too: an image that was missing may have been put there.
        own = [self.letter_path, self.letter_path.parent, *self._list_named()]
        is_there = self.locales.is_dir()
        parts = (*(part for path in own for part in sign_file(path) or ()), int(self._is_away()))
        signatures: dict[Path, Signature | None] = {self.letter_path: parts}
        if not is_there:  # a disk that went away for a moment must not take the editions along
            known = {path: reading.signature for path, reading in self._readings.items()}
            return known | signatures
        awaited = {path.parents[1] for path in self._awaited if path.name == CATALOGUE.name}
        for folder in sorted({*list_entries(self.locales), *awaited}):
            path = folder / CATALOGUE
            # A folder that has an interface alone is no edition.
            is_meant = path in self._readings or is_gone(folder / INTERFACE)
            is_listed = (is_meant and is_folder(path.parent)) or path in self._awaited
            if is_listed or not is_gone(path):
                signatures[path] = sign_file(path)
        others = filter(_is_beside, [self.locales / MOVED, self.links_path, *self._readings])
        return signatures | {path: sign_file(path) for path in others}

    def _is_away(self) -> bool:
        """Say whether the folder of catalogues is gone, and awaited no more."""
        return not self.locales.is_dir() and self.locales not in self._awaited

    def _list_named(self) -> list[Path]:
        """List the files that the letter names, such as its images."""
        reading = self._readings.get(self.letter_path)
        return sorted(reading.files) if reading else []

    def _read_again(
        self,
        path: Path,
        signature: Signature | None,
        source: str = ENGLISH,
        links: AllowedLinks = (),
    ) -> Reading:
        """Read a file if it has changed; one beside the catalogues needn't be there."""
        is_beside = _is_beside(path)
        source, links = (ENGLISH, ()) if is_beside else (source, links)
        before = self._readings.get(path, Reading(None))
        known = (before.signature, before.source, before.used_links)
        # Without one of the files that it names, the letter is awaited as well.
        parts = {path} | (before.files if path == self.letter_path else set())
        is_same = known == (signature, source, links) or parts.intersection(self._awaited)
        if path in self._readings and is_same:
            return before
        if stand_in := (self._stand_ins or {}).get(path):
            begun = replace(before, signature=signature, source=source, used_links=links)
            return read_file(path, begun, copy=stand_in)
        if is_beside and is_gone(path):
            return Reading(None, source=source)
        data = read_if_ordinary(path)
        text = before.text if data is None else data.rstrip()
        begun = replace(before, signature=signature, text=text, source=source, used_links=links)
        reading = self._kept.read_with_copy(path, begun, is_letter=path == self.letter_path)
        is_half = is_half_saved(path, text, before)
        if is_half and path in self._readings:
            return before
        if not (is_half or data is None or reading.problem):
            self._kept.keep(path, data, reading.files)
        return reading if self.keeps_entries else replace(reading, po=None)

    def _make_shelf(self) -> Shelf:
        letter_reading = self._readings[self.letter_path]
        letter = letter_reading.letter
        if letter is None:
            raise LetterError(letter_reading.problem or str(self.letter_path))
        source = find_language(letter.settings.language)
        catalogues, unusable = self._choose_catalogues(source)
        interfaces = self._make_interfaces([source, *(each.language for each, _ in catalogues)])
        by_tag = {catalogue.language.tag: catalogue for catalogue, _ in catalogues}
        # The letter not by value: it may say the same and hold another picture.
        known = self._shelf.editions if self._shelf and self._shelf.letter is letter else {}
        before = known.get(source.tag)
        msgids = (message.msgid for message in letter.messages)
        own = before.catalogue if before else make_plain_catalogue(source, msgids)
        catalogues = [(own, letter_reading.problem), *catalogues]
        editions: dict[str, Edition] = {}
        for (catalogue, problem), interface in zip(catalogues, interfaces, strict=True):
            tag = catalogue.language.tag
            tags = () if catalogue is own else list_fallbacks(tag, by_tag, catalogue.fallbacks)
            lenders = tuple(by_tag[each] for each in tags)
            made = (catalogue, source, interface, lenders, problem)
            edition = known.get(tag)
            if not (edition and _list_parts(edition) == made):
                edition = make_edition(letter, *made)
            editions[tag] = edition
        problems = (reading.problem for path, reading in self._readings.items() if _is_beside(path))
        folders = (self.letter_path.parent, self.locales, OWN_LOCALES)
        unusable += filter(None, problems)
        moves = self._readings.get(self.locales / MOVED, Reading(None)).moves
        moved = follow_moves(moves, letter)
        return Shelf(letter, editions, tuple(unusable), folders=folders, moved=moved)

    def _choose_catalogues(
        self, source: Language
    ) -> tuple[list[tuple[Catalogue, str | None]], list[str]]:
        """Choose the catalogues of editions, each with its problem; say why others are none."""
        chosen, unusable = [], []
        if self._is_away():
            unusable.append(explain_absence(self.locales))
        read = {
            path: reading
            for path, reading in self._readings.items()
            if path != self.letter_path and not _is_beside(path)
        }
        copies = explain_copies({p: r.catalogue.language for p, r in read.items() if r.catalogue})
        for path, reading in read.items():
            if reading.catalogue is None:
                unusable.append(str(reading.problem))
            elif path in copies:
                unusable.append(copies[path])
            elif reading.catalogue.language.tag == source.tag:
                unusable.append(explain_own(path))
            else:
                chosen.append((reading.catalogue, reading.problem))
        return chosen, unusable

    def _make_interfaces(self, languages: Sequence[Language]) -> list[Interface]:
        """Make the interface of each language, from its own catalogues and those of its parents."""
        paths = list_interfaces(self.locales, [language.tag for language in languages])
        made = []
        for language in languages:
            found = map(self._read_interface, paths[language.tag])
            made.append(Interface(language, tuple(each for each in found if each)))
        return made

    def _read_interface(self, path: Path) -> Catalogue | None:
        """Read a catalogue of the interface, unless it is read already; None if it isn't there."""
        if path not in self._readings:
            self._readings[path] = self._read_again(path, sign_file(path))
        return self._readings[path].catalogue

    def _log_changes(self, before: Mapping[Path, Reading]) -> None:
        for path, reading in self._readings.items():
            told = before[path].problem if path in before else None
            if reading.problem and reading.problem != told:
                log.error("%s", reading.problem)
            elif told and not reading.problem:
                log.warning("%s: is good again", path)


def _is_beside(path: Path) -> bool:
    """Say whether a file isn't of the letter itself: the words of the page, or a table."""
    return path.name in (INTERFACE.name, MOVED, LINKS)


def _list_parts(edition: Edition) -> tuple[object, ...]:
    """List what an edition is made of beside the letter."""
    return (
        edition.catalogue,
        edition.source,
        edition.interface,
        edition.lenders,
        edition.problem,
    )
