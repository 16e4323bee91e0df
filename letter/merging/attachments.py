"""What a translator attached: a mail or an archive is opened, a file of another kind is named."""

import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from letter.errors import OneLetterError
from letter.merging.attachment_kinds import ASK, ZIP, Kind, find_kind, is_catalogue
from letter.merging.sent_mail import BODY, is_mail, read_mail
from letter.source.hidden_characters import replace_unprintable

LARGEST = 8 << 20  # bytes of one file; the catalogue of a whole book has one or two million
LARGEST_SUM = 32 << 20  # bytes of all files in an archive or a mail, unpacked
MOST = 200  # files
DEEPEST = 3  # an archive in an archive in a mail
_UTF8_NAME = 0x800  # the flag of a name in UTF-8 (PKWARE's APPNOTE, 4.4.4)
_LOCAL_HEADER = 30  # bytes before the name of a file (APPNOTE, 4.3.7)
_LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


class ReceiveError(OneLetterError):
    """A file that can't be used as it is; the text says why, and what to do."""


class BrokenError(ReceiveError):
    """An archive that is broken, or can't be opened."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was attached, in memory."""

    path: str  # for a person: "letters.zip: ku/letter.po"
    data: bytes
    notes: tuple[str, ...] = ()  # what stood beside the file and was passed over


def unpack_sent(data: bytes, path: str) -> list[Attachment]:
    """List the catalogues and tables in a file: the file itself, or what a mail or .zip holds.

    Mails and archives are opened up to three deep, within LARGEST, LARGEST_SUM and MOST, and
    nothing is written to disk. ReceiveError for a file without any catalogue, for an archive that
    is broken or locked, and for an archive that was made to do harm.
    """
    waiting = [(Attachment(path, data), 0)]
    found: list[tuple[Attachment, Kind | None]] = []
    total = 0
    for part, depth in waiting:  # which grows as it is read
        kind = find_kind(part.data)
        members = None if kind else _open_attachment(part)
        if members is None:
            found.append((part, kind))
            continue
        if depth == DEEPEST:
            raise ReceiveError(f"{part.path}: lies too deep, in {depth} others: unpack it first")
        for member in _pass_broken(members, part, found) if depth else members:
            total += len(member.data)
            if total > LARGEST_SUM or len(waiting) > MOST:
                raise _refuse_size(path)
            waiting.append((member, depth + 1))
    if len(waiting) > 1 or not found:
        return _choose_catalogues(path, found)
    if kind := found[0][1]:
        raise ReceiveError(f"{path}: is {kind.what}: {kind.ask}")
    if len(data) > LARGEST:
        raise _refuse_size(path)
    return [found[0][0]]


def _pass_broken(
    members: Iterator[Attachment], part: Attachment, found: list[tuple[Attachment, Kind | None]]
) -> Iterator[Attachment]:
    """List the files of an archive that lies beside others, which are read if it is broken."""
    try:
        yield from members
    except BrokenError as error:
        what = str(error).removeprefix(f"{part.path}: ")
        found.append((part, Kind(None, None, what, ASK)))


def _refuse_size(path: str) -> ReceiveError:
    return ReceiveError(
        f"{path}: is far larger than any letter, or holds far more files: it was not opened, "
        "since such a file can be meant to do harm: ask for the .po file alone"
    )


def _open_attachment(part: Attachment) -> Iterator[Attachment] | None:
    """Open a mail or an archive; None for any other file."""
    if part.data.startswith(ZIP):
        return _read_archive(part)
    if is_mail(part.data):
        return (Attachment(f"{part.path}: {name}", data) for name, data in read_mail(part.data))
    return None


def _read_archive(part: Attachment) -> Iterator[Attachment]:
    """Read the files of a .zip one by one; ReceiveError for anything that a plain .zip hasn't."""
    try:
        archive = ZipFile(BytesIO(part.data))
        members = archive.infolist()
        if wrong := _find_harm(members):
            raise BrokenError(f"{part.path}: {wrong}")
        for member in members:
            name = _name_member(member)
            if member.is_dir() or _is_left_by_system(name):
                continue
            data = archive.open(member).read(LARGEST + 1)
            if len(data) > LARGEST:
                raise _refuse_size(f"{part.path}: {name}")
            yield Attachment(f"{part.path}: {name}", data)
    except (BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        wrong = "this .zip is broken or was cut off: ask for it again"
        raise BrokenError(f"{part.path}: {wrong}") from error


def _find_harm(members: Sequence[ZipInfo]) -> str | None:
    """Find what makes an archive unusable or dangerous, and say what to do."""
    if len(members) > MOST:
        return f"holds {len(members)} files: ask for the .po file alone"
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        name = _name_member(member)
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or (path.parts[:1] and ":" in path.parts[0]):
            return f"the file “{name}” in it points outside of the archive: ask for the .po alone"
        if member.flag_bits & 1:
            return f"“{name}” in it is locked with a password: ask for it without one"
        if stat.S_ISLNK(member.external_attr >> 16):
            return f"“{name}” in it is a link and no file: ask for the file itself"
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            return f"“{name}” in it is packed in an unusual way: ask for the .po file alone"
        if member.header_offset < end:
            return "its files lie over one another, as in an archive made to do harm: don’t use it"
        end = member.header_offset + _LOCAL_HEADER + member.compress_size
        if member.file_size > LARGEST:
            return f"“{name}” in it is larger than any letter: ask for the .po file alone"
    return None


def _name_member(member: ZipInfo) -> str:
    """Name a file in an archive so that the name can be printed."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8_NAME:
        # Many programs write UTF-8 and don't say so; Python then reads the name as cp437.
        try:
            name = name.encode("cp437").decode()
        except UnicodeError:
            name = member.filename
    return replace_unprintable(name)


def _is_left_by_system(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name in _LEFT_BY_SYSTEMS or path.name.startswith("._")


def _choose_catalogues(
    path: str, found: Sequence[tuple[Attachment, Kind | None]]
) -> list[Attachment]:
    """Choose what is meant as a translation; notes on all else go with the first.

    A .mo that Poedit left beside a .po is passed over in silence. The text of a mail counts only
    where nothing is attached.
    """
    usable = [part for part, kind in found if not kind and is_catalogue(part.data, part.path)]
    texts = {part.path.removesuffix(".po") for part in usable if part.path.endswith(".po")}
    usable = [part for part in usable if part.path.removesuffix(".mo") not in texts]
    attached = [part for part in usable if not part.path.endswith(f": {BODY}")]
    usable = [part for part in attached if not part.path.endswith(".pot")] or attached or usable
    others = {
        part.path: kind.what if kind else "no catalogue"
        for part, kind in found
        if part not in usable and not part.path.endswith((f": {BODY}", ".mo"))
    }
    if not usable:
        names = {name.removeprefix(f"{path}: "): what for name, what in others.items()}
        there = ", ".join(f"{name} ({what})" for name, what in names.items())
        only = f", only {there}" if there else ""
        raise ReceiveError(f"{path}: holds no catalogue{only}: {ASK}")
    notes = tuple(f"{name}: {what}: passed over" for name, what in others.items())
    return [replace(usable[0], notes=notes), *usable[1:]]
