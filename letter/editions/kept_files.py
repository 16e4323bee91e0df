"""The last good bytes of each file, in a folder that outlasts a restart of the server."""

import logging
import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from letter.editions.readings import is_folder, is_special_file, list_entries
from letter.files import explain_refusal, sign_file, write_file

log = logging.getLogger(__name__)


class KeptFiles:
    """Keeps copies of good files in the folder `state`; without such a folder, none.

    The copies lie there as the files do, below a folder for each folder of catalogues and for each
    letter: `<digest of its path>/ku/LC_MESSAGES/letter.po`. Several processes may keep the same
    file at once. What can't be written is told in the log, and nothing else.
    """

    def __init__(self, state: Path | None) -> None:
        self._state = state
        self._is_told = False  # that the last copy couldn't be written

    def keep(self, path: Path, data: bytes) -> None:
        """Keep the bytes of a file; a copy that is the same is left as it is."""
        copy = self._name_copy(path)
        if copy is None:
            return
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_file(copy, data)
            self._is_told = False
        except OSError as error:
            # An older copy may hold what somebody has taken back since.
            with suppress(OSError):
                copy.unlink()
            if not self._is_told:
                log.warning("%s can't be kept for a restart: %s", path, explain_refusal(error))
            self._is_told = True

    def find_copy(self, path: Path) -> Path | None:
        """Find the copy of a file that is there, but broken; what is in the copy nobody knows.

        A file that was deleted doesn't come back; a file that is kept from us is there.
        """
        copy = self._name_copy(path)
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            pass
        return copy if copy and sign_file(copy) and not is_special_file(copy) else None

    def forget_others(self, locales: Path) -> None:
        """Forget the languages whose folders somebody has removed: they must not come back."""
        if self._state and is_folder(locales):
            for folder in list_entries(self._name_folder(locales)):
                if not is_folder(locales / folder.name):
                    shutil.rmtree(folder, ignore_errors=True)

    def _name_folder(self, folder: Path) -> Path:
        path = os.path.abspath(folder)  # noqa: PTH100  a link may lead elsewhere after an update
        digest = sha256(os.fsencode(path)).hexdigest()[:16]
        return (self._state or Path()) / digest

    def _name_copy(self, path: Path) -> Path | None:
        """Name the copy of a file: a catalogue lies two folders below the folder of catalogues."""
        if self._state is None:
            return None
        folder = path.parents[2] if path.suffix == ".po" else path.parent
        return self._name_folder(folder) / path.relative_to(folder)
