"""The last good bytes of each file, in a folder that outlasts a restart of the server."""

import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from letter.editions.readings import (
    Reading,
    is_gone,
    is_special_file,
    list_entries,
    read_file,
    read_if_ordinary,
)
from letter.files import explain_refusal, sign_file, write_file
from letter.languages.folders import CATALOGUE, INTERFACE
from letter.paths import OWN_LOCALES
from letter.source.signatories import is_names_file

MOMENT = 0.1  # seconds in which git, and some editors, put a new file in the place of a removed one

log = logging.getLogger(__name__)


class KeptFiles:
    """Keeps copies of good files in the folder `state`; without such a folder, none.

    The copies lie there as the files do, below a folder for each folder of catalogues and for each
    letter, which has the names of signatories beside it: `<digest>/ku/LC_MESSAGES/letter.po`.
    Several processes may keep the same file at once. What can't be written is told in the log, and
    nothing else.
    """

    def __init__(self, state: Path | None, letter: Path, locales: Path) -> None:
        self._state, self._letter, self._locales = state, letter, locales
        self._is_told = False  # that the last copy couldn't be written

    def keep(self, path: Path, data: bytes, named: Iterable[Path] = ()) -> None:
        """Keep the bytes of a good file; of a letter, also the `named` files that hold names.

        A copy that is the same is left as it is. Names that the letter names no more are forgotten.
        """
        self._write_copy(path, data)
        if path == self._letter:
            names = {each for each in named if is_names_file(os.path.relpath(each, path.parent))}
            for each in names:
                if (table := read_if_ordinary(each)) is not None:
                    self._write_copy(each, table)
            for copy, origin in self._list_copies(path):
                if is_names_file(copy.name) and origin not in names:
                    _remove(copy)

    def _write_copy(self, path: Path, data: bytes) -> None:
        copy = self._name_copy(path)
        if copy is None:
            return
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_file(copy, data)
            self._is_told = False
        except OSError as error:
            # An older copy may hold what somebody has taken back since.
            _remove(copy)
            if not self._is_told:
                log.warning("%s can't be kept for a restart: %s", path, explain_refusal(error))
            self._is_told = True

    def read_with_copy(self, path: Path, before: Reading, *, is_letter: bool) -> Reading:
        """Read a file as `read_file` does; of one that is broken and never was good, the copy."""
        reading = read_file(path, before, is_letter=is_letter)
        copy = self._find_copy(path) if reading.problem and not before.is_good else None
        if copy is None:
            return reading
        kept = read_file(path, before, is_letter=is_letter, copy=copy)
        if kept.problem:
            return reading
        return replace(kept, files=kept.files | reading.files, problem=reading.problem)

    def _find_copy(self, path: Path) -> Path | None:
        """Find the copy of a file that is there, but broken: one that is gone doesn't come back."""
        copy = None if is_gone(path) else self._name_copy(path)
        return copy if copy and sign_file(copy) and not is_special_file(copy) else None

    def forget_gone(self) -> None:
        """Forget the files that somebody has removed: they must not come back broken.

        Without any catalogue, their disk is away rather than they are, and all copies stay.
        """
        kinds = (CATALOGUE, INTERFACE)
        folders = list_entries(self._locales) if self._state else ()
        if any(sign_file(folder / kind) for folder in folders for kind in kinds):
            roots = (self._locales, OWN_LOCALES, self._letter)
            copies = [pair for root in roots for pair in self._list_copies(root)]
            gone = [(copy, origin) for copy, origin in copies if is_gone(origin)]
            time.sleep(MOMENT if gone else 0)
            for copy, origin in gone:
                if is_gone(origin):
                    _remove(copy)

    def _list_copies(self, root: Path) -> Iterator[tuple[Path, Path]]:
        """List the copies below a root, each with the file that it is of."""
        if self._state:
            kept, folder = self._name_folder(root), root.parent if root == self._letter else root
            # What begins with a dot is being written by another process at this moment.
            for copy in [*kept.rglob("[!.]*")]:
                if not copy.is_dir():
                    yield copy, folder / copy.relative_to(kept)

    def _name_folder(self, root: Path) -> Path:
        path = os.path.abspath(root)  # noqa: PTH100  a link may lead elsewhere after an update
        digest = sha256(os.fsencode(path)).hexdigest()[:16]
        return (self._state or Path()) / digest

    def _name_copy(self, path: Path) -> Path | None:
        """Name the copy of a file, which lies below a folder of catalogues or beside the letter."""
        if self._state is None:
            return None
        for folder in (self._locales, OWN_LOCALES):
            if path.is_relative_to(folder):
                return self._name_folder(folder) / path.relative_to(folder)
        return self._name_folder(self._letter) / path.relative_to(self._letter.parent)


def _remove(copy: Path) -> None:
    with suppress(OSError):
        copy.unlink()
