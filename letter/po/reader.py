"""PO files as translators' property: read tolerantly, with every part where it came from.

The grammar is the one of GNU msgfmt 0.21; letter.po.writer writes the files back.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from letter.po.faults import (
    CONTROL,
    MAX_FAULTS,
    QUOTED,
    Fault,
    PoError,
    explain_controls,
    find_faults,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry was read from: its own text, and the loose text between it and the one before.

    Loose text is blank lines, comments that a blank line parts from every entry, `domain` lines.
    """

    before: str
    text: str


Key = tuple[str | None, str]  # msgctxt and msgid, which together name a message


@dataclass(frozen=True, slots=True)
class Entry:
    """One message with its translation and everything said about it."""

    msgid: str
    msgstr: tuple[str, ...] = ("",)  # one string, or one for each plural form
    msgctxt: str | None = None
    msgid_plural: str | None = None
    comments: tuple[str, ...] = ()  # the translator's "# …" lines
    extracted: tuple[str, ...] = ()  # "#." lines
    references: tuple[str, ...] = ()  # items of "#:" lines, as written
    flags: tuple[str, ...] = ()  # items of "#," and "#=" lines
    previous_msgctxt: str | None = None  # "#|" lines
    previous_msgid: str | None = None
    previous_msgid_plural: str | None = None
    obsolete: bool = False
    line: int = field(default=0, compare=False)  # of its first line, comments included
    source: Source | None = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> tuple[str | None, str]:
        """What names the message in its catalogue."""
        return self.msgctxt, self.msgid

    @property
    def fuzzy(self) -> bool:
        """Whether the translation waits for a person to confirm it."""
        return "fuzzy" in self.flags


def is_blank(text: str) -> bool:
    """Say whether a reader would see nothing: only spaces, controls and invisible characters."""
    return not text or all(unicodedata.category(char)[0] in "ZC" for char in text)


_Strings = tuple[str, ...]
_Head = tuple[_Strings, _Strings, _Strings, _Strings, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class PoFile:
    """A PO file: its header, its messages in file order, and what gives its bytes back."""

    path: str
    header: Entry | None = None  # the entry with the empty msgid
    entries: tuple[Entry, ...] = ()  # all others, the obsolete ones included
    encoding: str = "utf-8"  # a Python codec
    bom: bool = False
    newline: str = "\n"
    read: tuple[Entry, ...] = field(default=(), compare=False, repr=False)  # as found in the file
    tail: str = field(default="", compare=False, repr=False)  # loose text behind the last entry
    raw_lines: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)


_S = r"[ \t\r\f\v]*+"
_COMMENT = rf"{_S}\#(?:(?!~)|~\||~{_S}(?:\#|(?=\n|\Z)))[^\n]*+(?:\n|\Z)"
_HEAD = rf"((?>(?:{_S}\n)*))((?>(?:{_COMMENT}|{_S}\n)*))"
_END = rf"(?>(?:{_S}(?:\n|\Z))?)"


def _build_message(gap: str, start: str) -> re.Pattern[str]:
    """Build the pattern of a whole message, from the blank lines and comments before it."""
    strings = rf"({QUOTED}(?>(?:{gap}{QUOTED})*))"
    forms = rf"msgstr{gap}\[{gap}[0-9]++{gap}\]{gap}{QUOTED}(?>(?:{gap}{QUOTED})*)"
    return re.compile(
        rf"{_HEAD}{start}(?>(?:msgctxt{gap}{strings}{gap})?)msgid{gap}{strings}{gap}"
        rf"(?:msgstr{gap}{strings}"
        rf"|msgid_plural{gap}{strings}{gap}({forms}(?>(?:{gap}{forms})*))){_END}"
    )


@cache  # most files need it not at all, and compiling it takes a part of a cold worker's start
def _build_obsolete() -> re.Pattern[str]:
    return _build_message(
        rf"(?>(?:[ \t\r\f\v]|\#~(?!\|)|\n(?>(?:{_S}\n)*){_S}\#~(?!\|))*)", rf"{_S}\#~(?!\|){_S}"
    )


_ACTIVE = _build_message(rf"(?>(?:[ \t\r\f\v\n]|\#~(?={_S}(?:\n|\Z)))*)", _S)
ANY_GAP = r"[ \t\r\f\v\n#~]*+"
_STRINGS = rf"({QUOTED}(?>(?:{ANY_GAP}{QUOTED})*))"
_FORM = re.compile(rf"msgstr{ANY_GAP}\[{ANY_GAP}([0-9]++){ANY_GAP}\]{ANY_GAP}{_STRINGS}")
_PREVIOUS = re.compile(
    rf"\s*(?:msgctxt\s*{_STRINGS}\s*)?msgid\s*{_STRINGS}\s*(?:msgid_plural\s*{_STRINGS}\s*)?"
)
_DOMAIN = re.compile(rf"{_HEAD}{_S}(?:\#~{_S})?domain{ANY_GAP}({QUOTED}){_END}")
LOOSE = re.compile(rf"{_HEAD}{_S}")
STRING = re.compile(QUOTED)
LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ESCAPE_OR_TEXT = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+)|([\s\S]))|([^\\]+)")
_NUMERIC = re.compile(r"\\[0-7x]")
_ESCAPES = {"\n": "", "\\": "\\", '"': '"'} | dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))
_NEXT_ENTRY = re.compile(
    r"\n(?:[ \t\r\f\v]*+\n)++(?=[ \t]*+(?:#|msgctxt|msgid[ \t\"]|domain|<<<<<<<))"
)
_NO_HEAD: _Head = ((), (), (), (), None, None, None)
_BLANKS = re.compile(r"\n(?:[ \t\r\f\v]*\n)+")
_SPECIAL = re.compile(r"^[ \t\r\f\v]*#[.:,=|~]", re.MULTILINE)
_REFERENCE = re.compile("(?:\u2068[^\u2069]*\u2069|\\S)+")
_SURELY = 20  # bytes beyond one for each character
_CHARSET = re.compile(
    r'^[^#\n]{0,200}?Content-Type:[^\n"]{0,200}?charset=([^\s\\";]+)', re.MULTILINE
)


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
    declared = None if bom else _find_charset(body.decode("latin-1"))
    po = _parse_text(body, path, declared, bom)
    if declared is not None and declared != _find_header_charset(po.header):
        po = _parse_text(body, path, _find_header_charset(po.header), bom)
    return po


def _find_charset(text: str) -> str | None:
    """Find the charset that a header declares; None for none, which includes the word CHARSET."""
    found = _CHARSET.search(text)
    return found[1].lower() if found and found[1] != "CHARSET" else None


def _find_header_charset(header: Entry | None) -> str | None:
    return _find_charset(header.msgstr[0]) if header else None


def _parse_text(body: bytes, path: str, declared: str | None, bom: bool) -> PoFile:
    encoding = _find_codec(declared)
    if encoding is None:
        text = (
            f"The header names a charset that is not known, “{declared}”: save the file as UTF-8."
        )
        found = _CHARSET.search(body.decode("latin-1"))
        line = body.count(b"\n", 0, found.start(1)) + 1 if found else 1
        raise PoError(path, (Fault(line, text),))
    if encoding != "utf-8" and _is_surely_utf8(body):
        encoding = "utf-8"  # an editor saved UTF-8 and left the header as it was
    text = _decode(body, path, encoding)
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


def is_header(entry: Entry) -> bool:
    """Say whether an entry is the one with the empty msgid, which holds the header."""
    return entry.msgid == "" and entry.msgctxt is None and not entry.obsolete


def _find_codec(charset: str | None) -> str | None:
    """Find Python's codec for a charset of PO files: one that holds ASCII as it is."""
    if charset is None or re.fullmatch(r"utf-?8|(us-)?ascii|ansi_x3\.4-1968", charset):
        return "utf-8"
    if not re.fullmatch(r"(iso|koi8|cp|windows|gb|euc|big5|s|johab|tis|viscii)[\w.-]*", charset):
        return None
    try:
        codec = codecs.lookup(charset)
        printable = bytes(range(0x20, 0x7F))
        return codec.name if printable.decode(codec.name) == printable.decode("ascii") else None
    except (LookupError, UnicodeError):
        return None


def _is_surely_utf8(body: bytes) -> bool:
    """Say whether bytes are UTF-8 beyond chance: many characters of several bytes, all whole."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return len(body) - len(text) > _SURELY


def guess_encoding(data: bytes) -> str | None:
    """Guess the codec of a file that is not in its declared charset; None when nothing fits.

    Looks for UTF-16, UTF-8, and what Arabic (cp1256) and Turkish (cp1254) Windows save.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4000]
    if sample.count(0) * 4 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    high = re.sub(rb"[\x00-\x7f]+", b"", data)
    for codec, letters in (
        ("utf-8", r"[\s\S]"),
        ("cp1256", "[\u0600-\u06ff]"),
        ("cp1254", "[çêîşûÇÊÎŞÛöüğıİÖÜĞâÂéÉ]"),
    ):
        try:
            text = (data if codec == "utf-8" else high).decode(codec)
        except UnicodeDecodeError:
            continue
        # The English has quotation marks and dashes too; only letters tell.
        told = text if codec == "utf-8" else "".join(filter(str.isalpha, text))
        if len(told) > 2 and len(re.findall(letters, told)) * 10 >= len(told) * 7:
            return codec
    return None


def _decode(body: bytes, path: str, encoding: str) -> str:
    """Decode a file, or say what it looks like and how to save it again."""
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
    else:
        if (control := CONTROL.search(text)) is None:
            return text
        at = body.find(control[0].encode())
        if guess_encoding(body) not in ("utf-16", "utf-16-le", "utf-16-be"):
            raise PoError(path, explain_controls(text))
    names = {"cp1256": "Arabic Windows (cp1256)", "cp1254": "Turkish Windows (cp1254)"}
    guess = guess_encoding(body)
    looks = f" It looks like {names.get(guess, guess.upper()[:6])}:" if guess else " Please"
    text = (
        f"This line cannot be read: the file is not in {encoding.upper()}, as it should be.{looks}"
        " open it in the program it was written with and save it as UTF-8."
    )
    raise PoError(path, (Fault(body.count(b"\n", 0, at) + 1, text),))


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
            match = _ACTIVE.match(text, position)
            if match is None:
                match = _build_obsolete().match(text, position)
                obsolete = match is not None
            if match is not None:
                entry = self._read_entry(match, loose, domain, obsolete)
                if entry is not None:
                    entries.append(entry)
                loose = position = match.end()
            elif found := _DOMAIN.match(text, position):
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
            found = _FORM.findall(forms)
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
        after = _NEXT_ENTRY.search(self.text, begin)
        end = after.end() if after else len(self.text)
        begin = max(self.text.rfind("\n", 0, begin) + 1, self.counted)
        self.faults += find_faults(self.text[begin:end], self._find_line(begin))
        return end


_FIELD_SETTERS = tuple(getattr(Entry, name).__set__ for name in Entry.__slots__)


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


def read_string(strings: str) -> str:
    """Read the text of a string, which may be in several pieces on several lines."""
    if "\\" not in strings:
        text = strings[1:-1]
        if '"' in text:
            text = "".join([piece[1:-1] for piece in STRING.findall(strings)])
        return text
    pieces = [piece[1:-1] for piece in STRING.findall(strings)]
    if _NUMERIC.search(strings):
        return "".join([_unescape_string(piece) for piece in pieces])
    return _unescape_string("".join(pieces))


def _unescape_string(text: str) -> str:
    """Replace the escape sequences of a string; octal and hexadecimal ones stand for bytes."""
    text = text.replace("\\n", "\n") if "\\\\" not in text else text
    if "\\" not in text:
        return text
    if not _NUMERIC.search(text):
        return _ESCAPE_OR_TEXT.sub(lambda found: found[4] or _ESCAPES[found[3]], text)
    data = b"".join(
        bytes([(int(octal, 8) if octal else int(hexa, 16)) & 0xFF])
        if octal or hexa
        else (_ESCAPES[plain] if plain else other).encode()
        for octal, hexa, plain, other in _ESCAPE_OR_TEXT.findall(text)
    )
    return data.decode("utf-8", "replace")


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


def split_comment(line: str) -> tuple[str, str]:
    """Split a line of comments into its kind, one of ``: . , = | #``, and the rest.

    >>> split_comment("#: letter.md"), split_comment("#~| msgid"), split_comment("#! odd")
    ((':', ' letter.md'), ('|', ' msgid'), ('#', '! odd'))
    """
    if line[:1] != "#" or line[-1:] == "\r" or line[1:2] == "~":
        line = line.strip(" \t\r\f\v")
        if line[:2] == "#~":
            line = "#" + line[2:] if line[2:3] == "|" else line[2:].lstrip(" \t\r\f\v")
    kind = line[1:2]
    if kind and kind in ":.,=|":
        return kind, line[2:]
    return line[:1], line[1:]


def _read_previous(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Read the context, msgid and plural of "#|" lines; what cannot be read counts as absent.

    Babel breaks such lines between words, inside the quotation marks.
    """
    for glue in ("\n", ""):
        if found := _PREVIOUS.fullmatch(glue.join(lines)):
            context, msgid, plural = (part and read_string(part) for part in found.groups())
            return context, msgid, plural
    return None, None, None


_FIELDS = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)


def header_fields(source: PoFile | Entry | None) -> dict[str, str]:
    """Read the fields of a header, the first of each name; lines without a colon are ignored."""
    header = source.header if isinstance(source, PoFile) else source
    fields: dict[str, str] = {}
    for line in header.msgstr[0].split("\n") if header else ():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), value.strip())
    return fields


def set_header_fields(po: PoFile, fields: Mapping[str, str | None]) -> PoFile:
    """Set fields of the header, or remove those given as None; all other lines stay.

    A new field goes where msgmerge has it, one that gettext does not know to the end.
    """
    header = po.header or Entry("")
    lines = header.msgstr[0].split("\n")
    for name, value in fields.items():
        places = [n for n, line in enumerate(lines) if line.partition(":")[0].strip() == name]
        if value is None:
            lines = [line for n, line in enumerate(lines) if n not in places]
        elif not places:
            lines.insert(_find_field_place(lines, name), f"{name}: {value}")
        elif lines[places[0]].partition(":")[2].strip() != value:
            lines[places[0]] = f"{name}: {value}"
    header = replace(header, msgstr=("\n".join(lines),))
    encoding = _find_codec(_find_header_charset(header)) or po.encoding
    raw_lines = po.raw_lines if encoding == po.encoding else {}
    return replace(po, header=header, encoding=encoding, raw_lines=raw_lines)


def _find_field_place(lines: list[str], name: str) -> int:
    """Find where a new field goes: behind the last one that comes before it in gettext's order."""
    end = len(lines) - 1 if lines[-1] == "" else len(lines)
    if name not in _FIELDS:
        return end
    before = _FIELDS[: _FIELDS.index(name)]
    found = [n + 1 for n, line in enumerate(lines) if line.partition(":")[0].strip() in before]
    return max(found, default=0)
