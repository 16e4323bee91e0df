"""Reading PO files: tolerantly, with every part where it came from."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from letter.po.encoding import (
    CHARSET,
    decode_body,
    find_charset,
    find_codec,
    find_header_charset,
    is_surely_utf8,
)
from letter.po.faults import MAX_FAULTS, Fault, PoError, find_faults
from letter.po.grammar import (
    ACTIVE,
    DOMAIN,
    FORM,
    LOOSE,
    NEXT_ENTRY,
    PREVIOUS,
    build_obsolete,
    read_string,
    split_comment,
)
from letter.po.model import Entry, PoFile, Source, is_header

if TYPE_CHECKING:
    from pathlib import Path


_Strings = tuple[str, ...]
_Head = tuple[_Strings, _Strings, _Strings, _Strings, str | None, str | None, str | None]
_NO_HEAD: _Head = ((), (), (), (), None, None, None)
_BLANKS = re.compile(r"\n(?:[ \t\r\f\v]*\n)+")
_SPECIAL = re.compile(r"^[ \t\r\f\v]*#[.:,=|~]", re.MULTILINE)
_REFERENCE = re.compile("(?:\u2068[^\u2069]*\u2069|\\S)+")
_FIELD_SETTERS = tuple(getattr(Entry, name).__set__ for name in Entry.__slots__)


def read_po(path: Path) -> PoFile:
    """Read a PO file from disk. Raises PoError, also for a file that cannot be opened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        fault = Fault(1, f"This file cannot be opened ({reason}): check its name and folder.")
        raise PoError(str(path), (fault,)) from error
    return parse_po(data, str(path))


def parse_po(data: bytes, path: str) -> PoFile:
    """Read the bytes of a PO file; the path is for messages. Raises PoError with all faults found.

    Without a charset in the header the file is taken as UTF-8.
    """
    bom = data.startswith(codecs.BOM_UTF8)
    body = data[3:] if bom else data
    if not body.strip():
        text = (
            "This file is empty, it has not even a header: put the file you were sent in its place."
        )
        raise PoError(path, (Fault(1, text),))
    declared = None if bom else find_charset(body.decode("latin-1"))
    po = _parse_text(body, path, declared, bom)
    if declared is not None and declared != find_header_charset(po.header):
        po = _parse_text(body, path, find_header_charset(po.header), bom)
    return po


def _parse_text(body: bytes, path: str, declared: str | None, bom: bool) -> PoFile:
    encoding = find_codec(declared)
    if encoding is None:
        text = (
            f"The header names a charset that is not known, “{declared}”: save the file as UTF-8."
        )
        found = CHARSET.search(body.decode("latin-1"))
        line = body.count(b"\n", 0, found.start(1)) + 1 if found else 1
        raise PoError(path, (Fault(line, text),))
    if encoding != "utf-8" and is_surely_utf8(body):
        encoding = "utf-8"  # an editor saved UTF-8 and left the header as it was
    text = decode_body(body, path, encoding)
    reader = _Reader(text)
    read, tail = reader.read_messages()
    if reader.faults:
        raise PoError(path, tuple(sorted(reader.faults, key=lambda fault: fault.line)[:MAX_FAULTS]))
    header = next((entry for entry in read if is_header(entry)), None)
    exact = encoding == "utf-8" or text.encode(encoding, "replace") == body
    return PoFile(
        path,
        header,
        tuple([entry for entry in read if entry is not header]),
        encoding,
        bom,
        "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n",
        tuple(read),
        tail,
        {} if exact else dict(zip(text.split("\n"), body.split(b"\n"), strict=False)),
    )


class _Reader:
    """Reads the messages of one text from top to bottom, and collects what is wrong."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.line = 1  # of `counted`
        self.counted = 0
        self.lines: dict[tuple[bool, str, str | None, str], int] = {}  # where each message was seen

    def _find_line(self, position: int) -> int:
        self.line += self.text.count("\n", self.counted, position)
        self.counted = position
        return self.line

    def read_messages(self) -> tuple[list[Entry], str]:
        """Read all messages; return them with the loose text behind the last one."""
        text, entries, domain = self.text, list[Entry](), ""
        loose = position = 0  # where the loose text, and where the unread text starts
        while position < len(text):
            obsolete = False
            match = ACTIVE.match(text, position)
            if match is None:
                match = build_obsolete().match(text, position)
                obsolete = match is not None
            if match is not None:
                entry = self._read_entry(match, loose, domain, obsolete)
                if entry is not None:
                    entries.append(entry)
                loose = position = match.end()
            elif found := DOMAIN.match(text, position):
                domain, position = found[3], found.end()
            else:
                position = self._skip_fault(position)
                if len(self.faults) >= MAX_FAULTS:
                    break
        return entries, text[loose:]

    def _read_entry(
        self, match: re.Match[str], loose: int, domain: str, obsolete: bool
    ) -> Entry | None:
        _, head, context, msgid, msgstr, plural, forms = match.groups()
        start = match.start(2)
        if head and _BLANKS.search(head):
            start += _find_entry_start(head)
            head = head[start - match.start(2) :]
        line = self._find_line(start)
        if forms:
            found = FORM.findall(forms)
            if [int(number) for number, _ in found] != list(range(len(found))):
                self.faults += find_faults(self.text[start : match.end()], line)
                return None
            strings = tuple([read_string(string) for _, string in found])
        else:
            strings = (read_string(msgstr),)
        entry = _make_entry(
            read_string(msgid),
            strings,
            None if context is None else read_string(context),
            None if plural is None else read_string(plural),
            *(_read_head(head) if head else _NO_HEAD),
            obsolete,
            line,
            Source(self.text[loose:start], self.text[start : match.end()]),
        )
        # msgfmt also refuses an obsolete entry beside an active one of the same message, as
        # `pybabel update` leaves them; nothing is unclear about it, so it is read.
        key = obsolete, domain, entry.msgctxt, entry.msgid
        if key in self.lines:
            self._add_duplicate(self.lines[key], line)
        else:
            self.lines[key] = line
        return entry

    def _add_duplicate(self, first: int, line: int) -> None:
        text = (
            f"The message that starts here is already in the file at line {first}: "
            "keep the better of the two translations and delete the other message."
        )
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(line, text))

    def _skip_fault(self, position: int) -> int:
        """Explain what stands at a position that cannot be read; return where to read on."""
        head = LOOSE.match(self.text, position)
        begin = head.end() if head else position
        if begin >= len(self.text):
            return begin
        after = NEXT_ENTRY.search(self.text, begin)
        end = after.end() if after else len(self.text)
        begin = max(self.text.rfind("\n", 0, begin) + 1, self.counted)
        self.faults += find_faults(self.text[begin:end], self._find_line(begin))
        return end


def _make_entry(*values: object) -> Entry:
    """Make an entry of all its fields in order: in half the time of a frozen dataclass's own."""
    entry = object.__new__(Entry)
    for set_field, value in zip(_FIELD_SETTERS, values, strict=True):
        set_field(entry, value)
    return entry


def _find_entry_start(head: str) -> int:
    """Find where the comments of an entry start in all that stands between it and the one before.

    A block of plain comments with a blank line behind it is loose; one with a flag, a reference or
    the like belongs to the entry, as it does for gettext.
    """
    special = _SPECIAL.search(head)
    end = special.start() + 1 if special else len(head)
    start = 0
    for blanks in _BLANKS.finditer(head):
        if blanks.end() <= end:
            start = blanks.end()
    return start


def _read_head(head: str) -> _Head:
    """Read the comments of an entry: every kind of line that starts with #."""
    comments: list[str] = []
    extracted: list[str] = []
    references: list[str] = []
    flags: list[str] = []
    previous: list[str] = []
    for line in head.split("\n"):
        kind, rest = split_comment(line)
        if kind == ":":
            references += _REFERENCE.findall(rest) if "\u2068" in rest else rest.split()
        elif kind == ".":
            extracted.append(rest[1:] if rest[:1] == " " else rest)
        elif kind == "," or kind == "=":
            flags += [flag for item in rest.split(",") if (flag := item.strip())]
        elif kind == "|":
            previous.append(rest)
        elif kind:
            comments.append(rest[1:] if rest[:1] == " " else rest)
    first, second, third = _read_previous(previous) if previous else (None, None, None)
    return (
        tuple(comments),
        tuple(extracted),
        tuple(references),
        tuple(flags),
        first,
        second,
        third,
    )


def _read_previous(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Read the context, msgid and plural of "#|" lines; what cannot be read counts as absent.

    Babel breaks such lines between words, inside the quotation marks.
    """
    for glue in ("\n", ""):
        if found := PREVIOUS.fullmatch(glue.join(lines)):
            context, msgid, plural = (part and read_string(part) for part in found.groups())
            return context, msgid, plural
    return None, None, None
