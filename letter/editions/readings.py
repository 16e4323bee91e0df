"""The files of the editions as they were read last, and whether a file is whole on the disk."""

import logging
import os
import re
import stat
import time
from dataclasses import dataclass, replace
from pathlib import Path

from letter.checks.allowed_links import LINKS, AllowedLinks, read_links
from letter.editions.catalogue import Catalogue, make_catalogue, make_plain_catalogue
from letter.errors import OneLetterError
from letter.files import Signature
from letter.languages.folders import is_broken_link, name_language
from letter.po.encoding import guess_encoding
from letter.po.model import PoFile
from letter.po.reader import read_po
from letter.source.letter import Letter, read_letter
from letter.source.letter_faults import LetterError
from letter.source.moved_passages import MOVED, Move, read_moves

log = logging.getLogger(__name__)

QUIET = 1.0  # seconds after which a file that is shorter than before is taken to be whole

_END = 32  # bytes by which the end of a file is known


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave: the last good value, and what is wrong with the file now."""

    signature: Signature | None
    text: bytes = b""  # of the file, without blanks at its end
    letter: Letter | None = None
    files: frozenset[Path] = frozenset()  # which the letter names
    catalogue: Catalogue | None = None
    good: bytes = b""  # the text of the file that the catalogue was made of
    po: PoFile | None = None  # the same, read; None where nobody needs it
    moves: tuple[Move, ...] = ()  # of passages
    allowed_links: AllowedLinks = ()  # that the file lists
    source: str = ""  # the tag of the language that the file's texts are translated from
    used_links: AllowedLinks = ()  # with which the file's texts were checked
    problem: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether there is a good value, of now or of before."""
        return bool(self.letter or self.catalogue or self.moves or self.allowed_links)


def read_file(
    path: Path, before: Reading, *, is_letter: bool = False, copy: Path | None = None
) -> Reading:
    """Read the letter, a catalogue or a table beside them; what was good stays at a problem.

    The bytes are those of a `copy` of the file, if one is given.
    """
    place = copy or path
    try:
        if not is_letter and path.name not in (MOVED, LINKS):
            language = name_language(place)
            before = replace(before, catalogue=before.catalogue or make_plain_catalogue(language))
            _refuse_special(place)
            po, known = replace(read_po(place), path=str(path)), before.catalogue
            catalogue = make_catalogue(language, po, before.source, before.used_links, known)
            good = copy.read_bytes().rstrip() if copy else before.text
            return replace(before, catalogue=catalogue, good=good, po=po, problem=None)
        _refuse_special(place)
        if is_letter:
            letter = read_letter(path, copy)
            return replace(before, letter=letter, files=letter.files, problem=None)
        if path.name == LINKS:
            return replace(before, allowed_links=read_links(place), problem=None)
        return replace(before, moves=read_moves(place), problem=None)
    except LetterError as error:
        return replace(before, files=before.files | error.files, problem=str(error))
    except OneLetterError as error:
        problem = str(error)
    except Exception as error:
        log.exception("%s can't be judged", path)
        problem = f"{path}: can't be judged ({type(error).__name__}): report this, please"
    known = before.catalogue
    if known and not known.translations:
        known = replace(known, has_lost=holds_finished(before.text))
    return replace(before, catalogue=known, problem=problem)


def _refuse_special(path: Path) -> None:
    if is_special_file(path):
        raise OneLetterError(f"{path}: is no ordinary file: put one in its place")


def holds_finished(data: bytes) -> bool:
    """Say whether a catalogue that can't be read can be seen to hold a finished translation.

    Blank lines part the entries, as gettext's own programs write them.

    >>> holds_finished(b'msgid "One\\nmsgstr "Un"'), holds_finished(b'junk\\n\\nmsgid "One"')
    (True, False)
    """
    text = data.decode(guess_encoding(data) or "utf-8", "replace").replace("\r", "")
    for entry in re.split(r"\n\s*\n", text):
        translation = entry.partition("\nmsgstr")[2]
        is_header = "Content-Type:" in translation
        if not is_header and not re.search(r"^#(,.*fuzzy|~)", entry, re.MULTILINE):
            words = re.sub(r"^(#.*|msg\w+)", "", translation, flags=re.MULTILINE)
            if any(map(str.isalpha, words)):
                return True
    return False


def is_half_saved(path: Path, text: bytes, before: Reading) -> bool:
    """Say whether a program, a slow disk or net is probably still writing to a file.

    The beginning of a catalogue or a letter is a good file, too, but readers would lose the rest
    for moments. A file is taken to be half-saved if it is no longer the `text` that was read, or if
    that is shorter than before, ends otherwise, and was written within the last second; but not if
    it can be seen to be whole.
    """
    data = read_if_ordinary(path)
    try:
        status = path.stat()
    except OSError:
        data = None
    if data is None:  # the file is gone
        return False
    has_changed = data.rstrip() != text
    is_beginning = (
        len(text) < len(before.text)
        and text[-_END:] != before.text[-_END:]
        and not _has_end(data, before.text)
    )
    # ext4 empties a file first, and notes a moment later when that was.
    is_unnoted = before.signature is not None and status.st_ctime_ns == before.signature[1]
    is_new = is_unnoted or 0 <= time.time() - status.st_mtime < QUIET
    return has_changed or (is_beginning and is_new)


def _has_end(data: bytes, before: bytes) -> bool:
    r"""Say whether a shorter file can be seen to be whole, but for obsolete entries at its end.

    The file lacks no entry or paragraph then, and its last one is no beginning of one from before.

    >>> _has_end(b'One\n\nTwo\n', b'One\n\nTwo, too'), _has_end(b'A\nB\n', b'A\nB\nC')
    (True, False)
    """
    parts, known = _split_parts(data), _split_parts(before)
    last = parts[-1] + b"\n"
    is_new = not any((part + b"\n").startswith(last) for part in known)
    is_end = is_new or parts[-1] == known[-1]
    return data.endswith(b"\n") and len(parts) >= len(known) and is_end


def _split_parts(text: bytes) -> list[bytes]:
    """Split a file at its blank lines, and leave out the obsolete entries at its end."""
    parts = re.split(rb"\n\s*\n", text.replace(b"\r", b"").rstrip())
    while parts[1:] and re.search(rb"^#~", parts[-1], re.MULTILINE):
        parts.pop()
    return parts


def is_special_file(path: Path) -> bool:
    """Say whether a path is a pipe, a folder or a device: reading a pipe would never end."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # reading the file tells why
        return False


def read_if_ordinary(path: Path) -> bytes | None:
    """Read a file; None where that is no ordinary one, or can't be read."""
    try:
        return None if is_special_file(path) else path.read_bytes()
    except OSError:
        return None


def is_gone(path: Path) -> bool:
    """Say whether somebody has removed a file.

    A link that leads nowhere is there, and so is what is kept from us; reading tells why.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return not is_broken_link(path)
    except OSError:
        pass
    return False


def list_entries(folder: Path) -> list[Path]:
    """List what is in a folder, in the order of names; nothing if it can't be read."""
    try:
        return sorted(Path(entry.path) for entry in os.scandir(folder))
    except OSError:
        return []


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder; a path that is kept from us counts, and reading tells why."""
    try:
        return path.is_dir()
    except OSError:
        return True
