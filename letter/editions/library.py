"""All editions as the files on disk have them now; of a broken file, its last good edition."""

import logging
import os
import stat
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from letter.editions.catalogue import Catalogue, State, make_catalogue, make_plain_catalogue
from letter.editions.edition import Edition, make_edition
from letter.files import Signature, sign_file
from letter.languages.folders import CATALOGUE, SOURCE_TAG, name_language
from letter.languages.language import LanguageError, find_language
from letter.po.faults import PoError
from letter.po.reader import read_po
from letter.source.letter import Letter, read_letter
from letter.source.letter_parser import LetterError

QUIET = 1.0  # seconds after which a file that is shorter than before is taken to be whole

_END = 32  # bytes by which the end of a file is known

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The editions at one moment, by tag in the order of the switcher, and what is wrong."""

    letter: Letter
    editions: Mapping[str, Edition]
    unusable: tuple[str, ...]  # why other folders are not editions
    documents: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)  # by tag and name

    def report_health(self) -> dict[str, object]:
        """Say which editions are up, how far they are, and every problem, for /healthz."""
        editions = self.editions.items()
        problems = [*self.unusable, *(e.problem for _, e in editions if e.problem)]
        return {
            "status": "degraded" if problems else "ok",
            "editions": {
                tag: {
                    "passages": len(edition.passages),
                    "finished": edition.count_passages(State.FINISHED),
                    "problem": edition.problem,
                }
                for tag, edition in editions
            },
            "problems": problems,
        }


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading one file gave: the last good value, and what is wrong with the file now."""

    signature: Signature | None
    text: bytes = b""  # of the file, without blanks at its end
    letter: Letter | None = None
    catalogue: Catalogue | None = None
    problem: str | None = None


class Library:
    """Keeps the shelf up to date with a letter and a folder of catalogues.

    Reading the shelf raises LetterError while there has been no good letter; from then on the last
    good letter and the last good catalogue of each language stay up, whatever becomes of the files.
    """

    def __init__(self, letter_path: Path, locales: Path) -> None:
        self.letter_path = letter_path
        self.locales = locales
        self.is_kept = False  # whether someone calls look_again() whenever a file is touched
        self._readings: dict[Path, _Reading] = {}
        self._shelf: Shelf | None = None
        self._lock = threading.Lock()

    def read_shelf(self) -> Shelf:
        """Give the editions; look at the files first unless someone else does (`is_kept`)."""
        return self._shelf if self._shelf and self.is_kept else self.look_again()

    def look_again(self) -> Shelf:
        """Look at the files and give the editions; only a file that has changed is read again."""
        with self._lock:
            signatures = self._sign_files()
            seen = {path: reading.signature for path, reading in self._readings.items()}
            if self._shelf is None or signatures != seen:
                readings = {
                    path: self._read_again(path, signature)
                    for path, signature in signatures.items()
                }
                before, self._readings = self._readings, readings
                self._shelf = self._make_shelf()
                self._log_changes(before)
            return self._shelf

    def list_folders(self) -> set[str]:
        """List the folders in which a change of any file matters, as absolute paths."""
        files = [*self._readings, *self._list_images()]
        folders = [self.locales, *_list_entries(self.locales), *(file.parent for file in files)]
        return {str(folder.absolute()) for folder in folders if folder.is_dir()}

    def _sign_files(self) -> dict[Path, Signature | None]:
        # The letter's folder too: an image that was missing may have been put there.
        own = [self.letter_path, self.letter_path.parent, *self._list_images()]
        is_there = self.locales.is_dir()
        parts = (*(part for path in own for part in sign_file(path) or ()), int(is_there))
        signatures: dict[Path, Signature | None] = {self.letter_path: parts}
        if not is_there:  # a disk that went away for a moment must not take the editions along
            known = {path: reading.signature for path, reading in self._readings.items()}
            signatures = known | signatures
        for folder in _list_entries(self.locales):
            if _is_folder(folder / CATALOGUE.parent):
                signatures[folder / CATALOGUE] = sign_file(folder / CATALOGUE)
        return signatures

    def _list_images(self) -> list[Path]:
        reading = self._readings.get(self.letter_path)
        images = reading.letter.images if reading and reading.letter else ()
        return [self.letter_path.parent / unquote(image) for image in sorted(images)]

    def _read_again(self, path: Path, signature: Signature | None) -> _Reading:
        before = self._readings.get(path, _Reading(None))
        if path in self._readings and before.signature == signature:
            return before
        if _is_special(path):
            told = f"{path}: is no ordinary file: put one in its place"
            return replace(before, signature=signature, problem=told)
        text = before.text
        with suppress(OSError):  # reading the file as what it should be tells why
            text = path.read_bytes().rstrip()
        reading = self._read_file(path, replace(before, signature=signature, text=text))
        is_half = path in self._readings and _is_half_saved(path, text, before)
        return before if is_half else reading

    def _read_file(self, path: Path, before: _Reading) -> _Reading:
        """Read the letter or a catalogue; the last good one stays where there is a problem."""
        try:
            if path == self.letter_path:
                return replace(before, letter=read_letter(path), problem=None)
            language = name_language(path.parent.parent, SOURCE_TAG)
            before = replace(before, catalogue=before.catalogue or make_plain_catalogue(language))
            return replace(before, catalogue=make_catalogue(language, read_po(path)), problem=None)
        except (LanguageError, LetterError, PoError) as error:
            problem = str(error)
        except Exception as error:
            log.exception("%s can't be judged", path)
            problem = f"{path}: can't be judged ({type(error).__name__}): report this, please"
        return replace(before, problem=problem)

    def _make_shelf(self) -> Shelf:
        letter_reading = self._readings[self.letter_path]
        letter = letter_reading.letter
        if letter is None:
            raise LetterError(letter_reading.problem or str(self.letter_path))
        source = find_language(SOURCE_TAG)
        msgids = tuple(message.msgid for message in letter.messages)
        own = make_plain_catalogue(source, msgids)
        editions = {SOURCE_TAG: make_edition(letter, own, source, letter_reading.problem)}
        unusable = []
        if not self.locales.is_dir():
            unusable.append(f"{self.locales}: there is no such folder of catalogues")
        for path, reading in self._readings.items():
            if path == self.letter_path:
                continue
            catalogue = reading.catalogue
            if catalogue is None:
                unusable.append(str(reading.problem))
                continue
            tag, now = catalogue.language.tag, (catalogue, reading.problem)
            edition = self._shelf.editions.get(tag) if self._shelf else None
            # The letter not by value: it may say the same and hold another picture.
            if not (
                edition and edition.letter is letter and (edition.catalogue, edition.problem) == now
            ):
                edition = make_edition(letter, catalogue, source, reading.problem)
            editions[tag] = edition
        return Shelf(letter, editions, tuple(unusable))

    def _log_changes(self, before: Mapping[Path, _Reading]) -> None:
        for path, reading in self._readings.items():
            told = before[path].problem if path in before else None
            if reading.problem and reading.problem != told:
                log.error("%s", reading.problem)
            elif told and not reading.problem:
                log.warning("%s: is good again", path)


def _is_half_saved(path: Path, text: bytes, before: _Reading) -> bool:
    """Say whether a program, a slow disk or net is probably still writing to a file.

    The beginning of a catalogue or a letter is a good file, too, but readers would lose the rest
    for moments. A file is taken to be half-saved if it is no longer the `text` that was read, or if
    that is shorter than before, ends otherwise, and was written within the last second.
    """
    try:
        status = path.stat()
        has_changed = path.read_bytes().rstrip() != text
    except OSError:  # the file is gone, which is told at once
        return False
    is_beginning = len(text) < len(before.text) and text[-_END:] != before.text[-_END:]
    # ext4 empties a file first, and notes a moment later when that was.
    is_unnoted = before.signature is not None and status.st_ctime_ns == before.signature[1]
    is_new = is_unnoted or 0 <= time.time() - status.st_mtime < QUIET
    return has_changed or (is_beginning and is_new)


def _is_special(path: Path) -> bool:
    """Say whether a path is a pipe, a folder or a device: reading a pipe would never end."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # reading the file tells why
        return False


def _list_entries(folder: Path) -> list[Path]:
    """List what is in a folder, in the order of names; nothing if it can't be read."""
    try:
        return sorted(Path(entry.path) for entry in os.scandir(folder))
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    """Say whether a path is a folder; a path that is kept from us counts, and reading tells why."""
    try:
        return path.is_dir()
    except OSError:
        return True
