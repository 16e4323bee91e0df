"""Kinds of files that people send in a catalogue's place: told by their content, named in words."""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from letter.files import read_table

ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # how an archive starts; the second has nothing in it
COMPILED = (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")  # how a .mo starts, in both byte orders
ASK = (
    "ask for the .po file itself, or for the table that `status.py --table LANGUAGE` writes, "
    "filled in and saved as CSV"
)
_MSGID = re.compile(rb"m\0{0,3}s\0{0,3}g\0{0,3}i\0{0,3}d")  # also in UTF-16 and UTF-32
_SUFFIXES = (".po", ".mo", ".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that holds no catalogue."""

    content: re.Pattern[bytes] | None  # what the file starts with
    member: re.Pattern[str] | None  # what a file inside the file is called, if the file is a .zip
    what: str  # "a picture"
    ask: str  # what to do


@cache
def _read_kinds() -> tuple[Kind, ...]:
    """Read the kinds; the first that fits a file counts."""
    return tuple(
        Kind(
            re.compile(content.encode(), re.DOTALL) if content else None,
            re.compile(member, re.MULTILINE) if member else None,
            what,
            ask or ASK,
        )
        for _, content, member, what, ask in read_table("merging/kinds.csv")
    )


def find_kind(data: bytes) -> Kind | None:
    """Find what a file is, if the file is surely no catalogue, table, mail or plain archive."""
    members = ""
    if data.startswith(ZIP):
        with suppress(BadZipFile, OSError, ValueError, RuntimeError):
            members = "\n".join(ZipFile(BytesIO(data)).namelist())
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data[:4_096].decode("utf-16", "ignore").encode("utf-8", "ignore")
    for kind in _read_kinds():
        if (kind.content and kind.content.match(data)) or (
            kind.member and kind.member.search(members)
        ):
            return kind
    return None


def is_catalogue(data: bytes, path: str) -> bool:
    """Say whether a file inside a mail or an archive is meant as a translation."""
    said = path.lower().endswith(_SUFFIXES)
    return said or data.startswith(COMPILED) or bool(_MSGID.search(data))
