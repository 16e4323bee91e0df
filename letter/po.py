"""PO files as translators' property: read tolerantly, explained plainly, changed sparingly.

The bytes of an entry that did not change are written back as they were read; in an entry that did
change, the lines of each part that did not. What is written new is in the form of GNU msgcat 0.21,
with the file's own line endings and page width. The grammar is the one of GNU msgfmt 0.21.
"""

import codecs
import os
import re
import secrets
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from letter.wrap import NO_WRAP, wrap_string

MAX_FAULTS = 20
DEFAULT_WIDTH = 79
WIDTHS = (79, 77, 76, 78, 80, NO_WRAP, 75, 72, 70, 100, 120)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: its line, counted from 1, and what is wrong and what to do."""

    line: int
    text: str


class PoError(Exception):
    """A file that cannot be read or written; its text is ``path:line: …``, one line per fault."""

    def __init__(self, path: str, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(f"{path}:{fault.line}: {fault.text}" for fault in faults))
        self.path = path
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry was read from: its own text, and the loose text between it and the one before.

    Loose text is blank lines, comments that a blank line parts from every entry, `domain` lines.
    """

    before: str
    text: str


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


# ---- The grammar. Every quantifier is possessive: no input takes more than linear time. ----

_S = r"[ \t\r\f\v]*+"
_QUOTED = r'"[^"\\\n]*+(?:\\(?:[abfnrtv\\"0-7\n]|x[0-9A-Fa-f])[^"\\\n]*+)*+"'
_COMMENT = rf"{_S}\#(?:(?!~)|~\||~{_S}(?:\#|(?=\n|\Z)))[^\n]*+(?:\n|\Z)"
_HEAD = rf"((?:{_S}\n)*+)((?:{_COMMENT}|{_S}\n)*+)"
_END = rf"(?:{_S}(?:\n|\Z))?+"


def _build_message(gap: str, start: str) -> re.Pattern[str]:
    """Build the pattern of a whole message, from the blank lines and comments before it."""
    strings = rf"({_QUOTED}(?:{gap}{_QUOTED})*+)"
    forms = rf"msgstr{gap}\[{gap}[0-9]++{gap}\]{gap}{_QUOTED}(?:{gap}{_QUOTED})*+"
    return re.compile(
        rf"{_HEAD}{start}(?:msgctxt{gap}{strings}{gap})?+msgid{gap}{strings}{gap}"
        rf"(?:msgstr{gap}{strings}"
        rf"|msgid_plural{gap}{strings}{gap}({forms}(?:{gap}{forms})*+)){_END}"
    )


_ACTIVE = _build_message(rf"(?:[ \t\r\f\v\n]|\#~(?={_S}(?:\n|\Z)))*+", _S)
_OBSOLETE = _build_message(
    rf"(?:[ \t\r\f\v]|\#~(?!\|)|\n(?:{_S}\n)*+{_S}\#~(?!\|))*+", rf"{_S}\#~(?!\|){_S}"
)
_ANY_GAP = r"[ \t\r\f\v\n#~]*+"
_STRINGS = rf"({_QUOTED}(?:{_ANY_GAP}{_QUOTED})*+)"
_FORM = re.compile(rf"msgstr{_ANY_GAP}\[{_ANY_GAP}([0-9]++){_ANY_GAP}\]{_ANY_GAP}{_STRINGS}")
_PREVIOUS = re.compile(
    rf"\s*(?:msgctxt\s*{_STRINGS}\s*)?msgid\s*{_STRINGS}\s*(?:msgid_plural\s*{_STRINGS}\s*)?"
)
_DOMAIN = re.compile(rf"{_HEAD}{_S}(?:\#~{_S})?domain{_ANY_GAP}({_QUOTED}){_END}")
_LOOSE = re.compile(rf"{_HEAD}{_S}")
_STRING = re.compile(_QUOTED)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEYWORD = re.compile(
    rf"{_QUOTED}|(msgctxt|msgid_plural|msgid|msgstr(?:{_ANY_GAP}\[{_ANY_GAP}([0-9]++){_ANY_GAP}\])?)"
)
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
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CHARSET = re.compile(
    r'^[^#\n]{0,200}?Content-Type:[^\n"]{0,200}?charset=([^\s\\";]+)', re.MULTILINE
)


# ---- Reading ----


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
    text = _decode(body, path, encoding)
    reader = _Reader(text)
    read, tail = reader.read_messages()
    if reader.faults:
        raise PoError(path, tuple(sorted(reader.faults, key=lambda fault: fault.line)[:MAX_FAULTS]))
    header = next((entry for entry in read if _is_header(entry)), None)
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


def _is_header(entry: Entry) -> bool:
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
        ("cp1254", "[çêîşûÇÊÎŞÛöüğıİÖÜĞâÂéÉ“”‘’«»]"),
    ):
        try:
            text = (data if codec == "utf-8" else high).decode(codec)
        except UnicodeDecodeError:
            continue
        if len(text) > 3 and len(re.findall(letters, text)) * 10 >= len(text) * 7:
            return codec
    return None


def _decode(body: bytes, path: str, encoding: str) -> str:
    """Decode a file, or say what it looks like and how to save it again."""
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
    else:
        if (control := _CONTROL.search(text)) is None:
            return text
        at = body.find(control[0].encode())
        if guess_encoding(body) not in ("utf-16", "utf-16-le", "utf-16-be"):
            raise PoError(path, _explain_controls(text))
    names = {"cp1256": "Arabic Windows (cp1256)", "cp1254": "Turkish Windows (cp1254)"}
    guess = guess_encoding(body)
    looks = f" It looks like {names.get(guess, guess.upper()[:6])}:" if guess else " Please"
    text = (
        f"This line cannot be read: the file is not in {encoding.upper()}, as it should be.{looks}"
        " open it in the program it was written with and save it as UTF-8."
    )
    raise PoError(path, (Fault(body.count(b"\n", 0, at) + 1, text),))


def _explain_controls(text: str) -> tuple[Fault, ...]:
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        if found := _CONTROL.search(line):
            what = f"an invisible control character (number {ord(found[0])})"
            faults.append(Fault(number, f"This line has {what} in it: type the line again."))
            if len(faults) == MAX_FAULTS:
                break
    return tuple(faults)


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
                match = _OBSOLETE.match(text, position)
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
                self.faults += _find_faults(self.text[start : match.end()], line)
                return None
            strings = tuple([_read_string(string) for _, string in found])
        else:
            strings = (_read_string(msgstr),)
        entry = _make_entry(
            _read_string(msgid),
            strings,
            None if context is None else _read_string(context),
            None if plural is None else _read_string(plural),
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
        head = _LOOSE.match(self.text, position)
        begin = head.end() if head else position
        if begin >= len(self.text):
            return begin
        after = _NEXT_ENTRY.search(self.text, begin)
        end = after.end() if after else len(self.text)
        begin = max(self.text.rfind("\n", 0, begin) + 1, self.counted)
        self.faults += _find_faults(self.text[begin:end], self._find_line(begin))
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


def _read_string(strings: str) -> str:
    """Read the text of a string, which may be in several pieces on several lines."""
    if "\\" not in strings:
        text = strings[1:-1]
        if '"' in text:
            text = "".join([piece[1:-1] for piece in _STRING.findall(strings)])
        return text
    pieces = [piece[1:-1] for piece in _STRING.findall(strings)]
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
        kind, rest = _split_comment(line)
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


def _split_comment(line: str) -> tuple[str, str]:
    """Split a line of comments into its kind, one of ``: . , = | #``, and the rest.

    >>> _split_comment("#: letter.md"), _split_comment("#~| msgid"), _split_comment("#! odd")
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
            context, msgid, plural = (part and _read_string(part) for part in found.groups())
            return context, msgid, plural
    return None, None, None


# ---- What is wrong, in words that a volunteer understands ----

_TOKEN = re.compile(
    rf"[ \t\r\f\v]+|(?P<string>{_QUOTED})|(?P<word>msgctxt|msgid_plural|msgid|msgstr|domain)(?!\w)"
    r"(?P<form>[ \t]*\[[ \t]*[0-9]+[ \t]*\])?"
)
_SHAPE = re.compile(r"([A-Za-z_$][\w$]*)?[ \t]*(\[[^\]]*\])?[ \t]*(.*)")
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")
_WORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr", "domain")
_CURLY = "“”„‟«»‘’‹›＂'´`"


def _find_faults(text: str, first_line: int) -> list[Fault]:
    """Find what is wrong in a text that is not a row of whole messages; at least one fault."""
    faults: list[Fault] = []
    tokens: list[tuple[str, int, bool]] = []
    for number, line in enumerate(text.split("\n"), first_line):
        stripped = line.strip(" \t\r\f\v")
        obsolete = stripped.startswith("#~")
        body = stripped[2:].lstrip(" \t") if obsolete else stripped
        if body.startswith(("#", "|")):
            tokens += [] if body.startswith("#~") else [("#", number, obsolete)]
            continue
        words = _read_tokens(body)
        if words is not None:
            tokens += [(word, number, obsolete) for word in words]
        elif (told := _explain_line(body)) is not None:
            faults.append(Fault(number, told))
            if len(faults) == MAX_FAULTS:
                return faults
    faults = faults or list(islice(_check_order(tokens), MAX_FAULTS))
    unknown = "This is not understood here: compare it with the messages above and below it."
    return faults or [Fault(first_line, unknown)]


def _read_tokens(line: str) -> list[str] | None:
    """Read a line as keywords and strings ('"'); None if something else stands in it."""
    words, position = list[str](), 0
    while position < len(line):
        token = _TOKEN.match(line, position)
        if token is None:
            return words if line.startswith("#", position) and words else None
        if token["word"]:
            words.append(re.sub(r"\s", "", token[0]))
        elif token["string"]:
            words.append('"')
        position = token.end()
    return words


def _explain_line(line: str) -> str | None:
    """Say what is wrong with a line that is not made of keywords and whole strings."""
    if mark := _MARK.match(line):
        if mark[1] != "<<<<<<<":
            return None  # told with the line that opens the conflict
        return (
            "Two versions of the file were put together here and nobody chose between them: keep"
            " the right lines, and delete the others and the lines with <<<<<<<, ======= and"
            " >>>>>>>."
        )
    shape = _SHAPE.match(line)
    word, _, rest = shape.groups() if shape else (None, None, line)
    if _is_curly(rest):
        return (
            "The quotation marks around this text are curly or foreign ones: put the straight"
            ' mark " at both ends.'
        )
    if word and word not in _WORDS and rest.startswith('"') and not _is_open_text(line):
        return (
            f"“{word}” is not a word that belongs here: it has to be msgctxt, msgid,"
            " msgid_plural or msgstr."
        )
    return _explain_quotes(line if word not in _WORDS else rest, word if word in _WORDS else None)


def _is_curly(text: str) -> bool:
    """Whether curly or foreign marks stand where a straight one should, at either end.

    Where each opening one has its closing one, they belong to the text, and a straight mark is
    missing beside them.
    """
    starts, ends = text[:1] in _CURLY, text[-1:] in _CURLY
    straight = len(re.findall(r'(?<!\\)"', text))
    if starts and ends:
        return straight == 0
    if straight != 1 or not ((starts and text.endswith('"')) or (ends and text.startswith('"'))):
        return starts and straight == 0
    pairs = [
        (text.count("«"), text.count("»")),
        (text.count("“") + text.count("„"), text.count("”")),
    ]
    return any(opened != closed for opened, closed in pairs)


def _is_open_text(line: str) -> bool:
    """Whether a line is plain text that only ends in a quotation mark."""
    return line.endswith('"') and len(re.findall(r'(?<!\\)"', line)) == 1


def _explain_quotes(text: str, word: str | None) -> str:
    """Say what is wrong with the quotation marks or backslashes of a text behind its keyword."""
    marks = re.findall(r'\\[\s\S]|"', text).count('"')
    place = f"after {word}" if word else "at its start"
    if not text.startswith('"'):
        if marks == 1 and text.endswith('"'):
            return f'This line has a closing quotation mark but no opening one: put a " {place}.'
        return (
            'This text stands outside quotation marks: put a " before and after it, or delete it'
            " if it does not belong here."
        )
    if bad := _find_bad_escape(text):
        return (
            f"There is a backslash before “{bad}”, which means nothing: write two backslashes"
            " for a real one, or delete it."
        )
    if marks == 1 and text.endswith('"') and len(text) > 1:
        return (
            "The backslash before the last quotation mark makes that mark part of the text: delete"
            ' the backslash, or put another " at the end of the line.'
        )
    if marks == 1:
        return 'This line has an opening quotation mark but no closing one: put a " at its end.'
    if marks == 2:
        return 'Text stands after the closing quotation mark: move that " to the end of the line.'
    return 'There is a quotation mark inside this text: put a backslash before it, like this: \\".'


def _find_bad_escape(text: str) -> str | None:
    escapes = re.findall(r"\\(x[0-9A-Fa-f]|[\s\S])", text)
    return next((found for found in escapes if found[0] not in 'abfnrtv\\"01234567x'), None)


def _check_order(tokens: list[tuple[str, int, bool]]) -> Iterator[Fault]:
    """Check the order of the keywords of messages whose lines are right one by one."""
    seen: list[str] = []
    start, marked, after = 0, False, '"'
    for word, line, obsolete in [*tokens, ("end", 0, False)]:
        if word == "#":
            if seen and "msgstr" not in seen[-1]:
                text = "This comment stands in the middle of a message: move it above the msgid."
                yield Fault(line, text)
            continue
        if word == '"':
            if not seen:
                yield Fault(line, "This text belongs to no message: put msgid or msgstr before it.")
                seen = ["msgid", "msgstr"]
            after = word
            continue
        if after != '"':
            text = f'No text follows {after}: put it behind it in quotation marks, or "" for none.'
            yield Fault(start, text)
        told, fresh = _check_keyword(word, seen)
        if told:
            yield Fault(start if fresh and "lacks" in told else line, told)
        if fresh:
            seen, marked = [], obsolete
        elif obsolete != marked:
            yield Fault(
                line,
                "Some lines of this message start with #~ and others do not: make them all alike.",
            )
        seen.append(word)
        start, after = line, word


def _check_keyword(word: str, seen: list[str]) -> tuple[str | None, bool]:
    """Check a keyword against those before it in its message; also whether it starts a new one."""
    base = word.partition("[")[0]
    complete = not seen or seen[-1].startswith("msgstr") or seen[-1] == "domain"
    if base == "msgctxt" and seen[-1:] == ["msgid"]:
        return "This msgctxt stands below its msgid: move it above.", False
    if base in ("msgctxt", "domain", "end") or (base == "msgid" and seen[-1:] != ["msgctxt"]):
        if complete:
            return None, True
        return f'A message lacks its translation: add a line msgstr "" behind its {seen[-1]}.', True
    if base == "msgid":
        return None, False
    if "msgid" not in seen:
        told = f"This {word} has no msgid of its own above it: put the English text there as msgid."
        return f"{told} If the message above has two translations, delete one.", not seen
    if base == "msgid_plural":
        return (None if seen[-1] == "msgid" else "msgid_plural must follow msgid."), False
    plural = "msgid_plural" in seen
    count = sum(name.startswith("msgstr") for name in seen)
    if not plural and word != "msgstr":
        return f"{word} is for messages with a msgid_plural: write msgstr instead.", False
    if plural and word == "msgstr":
        return "This message has a plural: write msgstr[0], msgstr[1] and so on.", False
    if not plural and count:
        return "This message has a second msgstr: keep one of them.", False
    if plural and int(re.sub(r"\D", "", word)) != count:
        return f"{word} stands where msgstr[{count}] must: count the forms from 0 up.", False
    return None, False


# ---- Writing ----


def format_po(po: PoFile) -> bytes:
    """Format a file as bytes: what did not change since it was read is as it was, byte for byte.

    Entries may have been changed, added, dropped, made obsolete, revived or put in another order.
    Raises PoError if a text has characters that the file's charset lacks.
    """
    text = "".join(_lay_out(po))
    try:
        if po.raw_lines:
            lines = text.split("\n")
            data = b"\n".join(
                [po.raw_lines.get(line) or line.encode(po.encoding) for line in lines]
            )
        else:
            data = text.encode(po.encoding)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1 if error.object == text else 1
        told = (
            f"“{error.object[error.start]}” cannot be written in {po.encoding.upper()}, the charset"
            " that the header names: convert the file to UTF-8."
        )
        raise PoError(po.path, (Fault(line, told),)) from error
    return (codecs.BOM_UTF8 if po.bom else b"") + data


def write_po(path: Path, po: PoFile) -> None:
    """Write a PO file to disk, whole or not at all; nothing is written if no byte changed."""
    write_file(path, format_po(po))


def write_file(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file, whole or not at all, even if the power fails.

    The file keeps its mode, a symbolic link its target; nothing is written if no byte changed.
    Raises OSError.
    """
    target = path.resolve()
    mode = None
    if target.exists():
        if target.read_bytes() == data:
            return
        mode = target.stat().st_mode & 0o7777
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None:
                os.fchmod(handle, mode)
            os.fsync(handle)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _lay_out(po: PoFile) -> list[str]:
    """Lay out entries and the loose text between them, the parts of the file's whole text."""
    places = {id(entry.source): place for place, entry in enumerate(po.read)}
    items = _order_entries(po)
    old = [places.pop(id(item.source), None) for item in items]
    if old == list(range(len(po.read))) and items == list(po.read):
        return [
            part
            for entry in po.read
            if (source := entry.source)
            for part in (source.before, source.text)
        ] + [po.tail]
    width = find_width(po)
    kept = _find_kept([place for place in old if place is not None])
    parts: list[str] = []
    last: int | None = -1  # the place of the entry before, None if it was moved or added
    loose_from = 0  # the first entry whose loose text is not written yet
    for item, place in zip(items, old, strict=True):
        settled = place if place in kept else None
        upto = loose_from if settled is None else settled + 1
        loose = [_find_source(entry).before for entry in po.read[loose_from:upto]]
        moved = settled is None or last is None
        parts.append(_join_loose(loose, moved, po.newline, parts))
        original = None if place is None else po.read[place]
        parts.append(_format_entry(item, original, width, po.newline))
        loose_from, last = max(upto, loose_from), settled
    rest = [_find_source(entry).before for entry in po.read[loose_from:]]
    parts.append(_join_loose([*rest, po.tail], last is None, po.newline, parts, at_end=True))
    return parts


def _find_source(entry: Entry) -> Source:
    return entry.source or Source("", "")


def _order_entries(po: PoFile) -> list[Entry]:
    """Put the header back among the entries: first, or behind the entry it stood behind."""
    entries = list(po.entries)
    if po.header is None:
        return entries
    place = next((n for n, entry in enumerate(po.read) if entry.source is po.header.source), 0)
    neighbour = po.read[place - 1].source if place else None
    after = [n for n, entry in enumerate(entries) if neighbour and entry.source is neighbour]
    entries.insert(after[0] + 1 if after else 0, po.header)
    return entries


def _find_kept(places: list[int]) -> set[int]:
    """Find the most entries that still stand in their old order: the longest rising subsequence."""
    ends: list[int] = []
    chains: list[tuple[int, object]] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at:] = [place, *ends[at + 1 :]] if at < len(ends) else [place]
        chains[at : at + 1] = [(place, chains[at - 1] if at else None)]
    kept = set()
    link: object = chains[-1] if chains else None
    while isinstance(link, tuple):
        place, link = link
        kept.add(place)
    return kept


def _join_loose(
    loose: list[str], moved: bool, newline: str, parts: list[str], at_end: bool = False
) -> str:
    """Join loose texts that now stand between two entries; where one moved, by one blank line."""
    spoken = [text for text in loose[:-1] if text.strip()]
    if not moved:
        return "".join(spoken if spoken and not loose[-1].strip() else [*spoken, *loose[-1:]])
    spoken = [text.strip("\r\n") for text in loose if text.strip()]
    written = "".join(parts[-1:])
    gap = "" if not written else newline if written.endswith("\n") else newline * 2
    if not spoken:
        return gap.removesuffix(newline) if at_end else gap
    return gap + (newline * 2).join(spoken) + newline * (1 if at_end else 2)


def find_width(po: PoFile) -> int:
    """Find the page width at which a file's strings are wrapped, in columns, or NO_WRAP.

    It is the candidate that gives most of the file's strings of several lines as they stand.
    """
    samples: list[tuple[Entry, str, str, str]] = []
    for entry in po.read:
        values = _list_parts(entry)
        for name, raw in _split_parts(_find_source(entry).text):
            value = values.get(name)
            if isinstance(value, str) and (raw.count("\n") > 1 or len(raw) > min(WIDTHS[:5])):
                samples.append((entry, name, value, raw.replace("\r\n", "\n")))
    samples = samples[:: len(samples) // 60 + 1]
    best, most = DEFAULT_WIDTH, 0
    for width in WIDTHS:
        hits = sum(
            wrap_string(name, value, width, "#~ " if entry.obsolete else "", entry.flags) == raw
            for entry, name, value, raw in samples
        )
        if hits > most:
            best, most = width, hits
        if hits == len(samples):
            break
    return best


_RANKS = {
    name: rank
    for rank, name in enumerate(
        ("comments", "extracted", "references", "flags", "previous", "msgctxt", "msgid")
    )
}
_KINDS = {"#": "comments", ".": "extracted", ":": "references", "|": "previous"}
_KINDS |= {",": "flags", "=": "flags"}
_Value = str | tuple[str | None, ...]


def _find_rank(name: str) -> int:
    return _RANKS.get(name, 7 if name == "msgid_plural" else 8)


def _list_parts(entry: Entry) -> dict[str, _Value]:
    """List the parts of an entry that it has, in msgcat's order."""
    previous = entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural
    parts: dict[str, _Value | None] = {
        "comments": entry.comments,
        "extracted": entry.extracted,
        "references": entry.references,
        "flags": entry.flags,
        "previous": None if previous == (None, None, None) else previous,
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgid_plural": entry.msgid_plural,
    }
    if entry.msgid_plural is None:
        parts["msgstr"] = "".join(entry.msgstr[:1])
    else:
        parts |= {f"msgstr[{number}]": text for number, text in enumerate(entry.msgstr)}
    return {name: value for name, value in parts.items() if value is not None and value != ()}


def _split_parts(text: str) -> list[tuple[str, str]]:
    """Split the source of an entry into its parts, each with its lines; "" names blank lines."""
    starts = [found for found in _KEYWORD.finditer(text, _find_body(text)) if found[1]]
    places = [_find_indent(text, found.start()) for found in starts]
    parts: list[tuple[str, str]] = []
    for line in _LINE.findall(text[: places[0]]) if places else ():
        kind = _split_comment(line.rstrip("\r\n"))[0]
        parts += [(_KINDS.get(kind, ""), line)]
    for found, start, end in zip(starts, places, [*places[1:], len(text)], strict=True):
        name = f"msgstr[{int(found[2])}]" if found[2] else found[1]
        parts.append((name, text[start:end]))
    return parts


def _find_body(text: str) -> int:
    """Find where the comments above a message end."""
    head = _LOOSE.match(text)
    return head.end() if head else 0


def _find_indent(text: str, position: int) -> int:
    """Find the start of a keyword's line if nothing but blanks and #~ stand before it."""
    start = text.rfind("\n", 0, position) + 1
    return position if text[start:position].strip(" \t\r\f\v#~") else start


def _format_entry(entry: Entry, original: Entry | None, width: int, newline: str) -> str:
    """Format an entry, with the lines of every part that is as it was in the file."""
    if original is not None and original == entry:
        return _find_source(original).text
    new = _list_parts(entry)
    if original is None or original.obsolete != entry.obsolete:
        old_lines = [] if original is None else _split_parts(_find_source(original).text)
        if entry.obsolete:  # as msgmerge does
            new.pop("references", None)
            new.pop("extracted", None)
        lines = [line for name, line in old_lines if name == "comments"]
        return "".join(
            _write_part(entry, name, lines if name == "comments" else [], width, newline)
            for name in new
        )
    old = _list_parts(original)
    pieces = _split_parts(_find_source(original).text)
    added = [name for name in new if name not in {part for part, _ in pieces}]
    texts: list[str] = []
    written: set[str] = set()
    for name, raw in pieces:
        while added and _find_rank(added[0]) < _find_rank(name) and name:
            _add_text(texts, _write_part(entry, added.pop(0), [], width, newline), newline)
        if not name or (name in new and old.get(name) == new[name]):
            texts.append(raw)
        elif name in new and name not in written:
            lines = [line for part, line in pieces if part == name]
            _add_text(texts, _write_part(entry, name, lines, width, newline), newline)
            written.add(name)
    for name in added:
        _add_text(texts, _write_part(entry, name, [], width, newline), newline)
    return "".join(texts)


def _add_text(texts: list[str], text: str, newline: str) -> None:
    """Add new lines behind others, the last of which may lack its end."""
    if texts and not texts[-1].endswith("\n"):
        texts[-1] = texts[-1].rstrip(" \t") + newline
    texts.append(text)


def _write_part(entry: Entry, name: str, raw: list[str], width: int, newline: str) -> str:
    """Write one part of an entry anew; of the lines it had, those that still hold are kept."""
    mark = "#~" if entry.obsolete else "#"
    prefix = "#~ " if entry.obsolete else ""
    if name == "comments":
        return _write_comments("#", entry.comments, raw, newline)
    if name == "extracted":
        return _write_comments("#.", entry.extracted, raw, newline)
    if name == "references":
        return _write_references(entry.references, width or DEFAULT_WIDTH, newline)
    if name == "flags":
        return _write_flags(entry.flags, raw, newline)
    if name == "previous":
        previous = {
            "msgctxt": entry.previous_msgctxt,
            "msgid": entry.previous_msgid,
            "msgid_plural": entry.previous_msgid_plural,
        }
        text = "".join(
            wrap_string(keyword, value, width, f"{mark}| ", entry.flags)
            for keyword, value in previous.items()
            if value is not None
        )
        return text.replace("\n", newline)
    value = _list_parts(entry)[name]
    assert isinstance(value, str)
    if raw and _is_header(entry):
        return _write_header(value, raw[0], width, newline)
    return wrap_string(name, value, width, prefix, entry.flags).replace("\n", newline)


def _write_comments(mark: str, lines: tuple[str, ...], raw: list[str], newline: str) -> str:
    """Write lines of comments; one that was there before is written as it was."""
    old: dict[str, str] = {}
    for line in raw:
        rest = _split_comment(line.rstrip("\r\n"))[1]
        old.setdefault(rest[1:] if rest[:1] == " " else rest, line)
    return "".join(
        old.get(line) or (f"{mark} {line}" if line else mark) + newline
        for text in lines
        for line in text.split("\n")
    )


def _write_references(references: tuple[str, ...], width: int, newline: str) -> str:
    """Write "#:" lines within the page width, which msgcat counts here in bytes."""
    lines, line = list[str](), "#:"
    for reference in references:
        size = len(reference.encode("utf-8", "replace"))
        if line != "#:" and len(line.encode("utf-8", "replace")) + 1 + size > width:
            lines.append(line)
            line = "#:"
        line += " " + reference
    return "".join(text + newline for text in [*lines, line])


def _write_flags(flags: tuple[str, ...], raw: list[str], newline: str) -> str:
    """Write flag lines: old lines without the flags that went, new flags on the first "#," line."""
    left = sorted(flags, key=lambda flag: flag != "fuzzy")
    lines: list[tuple[str, list[str], str | None]] = []
    for line in raw:
        kind, rest = _split_comment(line.rstrip("\r\n"))
        items = [item.strip() for item in rest.split(",") if item.strip()]
        kept = [item for item in items if item in left]
        left = [flag for flag in left if flag not in kept]
        if kept:
            lines.append((kind, kept, line if kept == items else None))
    if left:
        place = next((n for n, line in enumerate(lines) if line[0] == ","), None)
        if place is None:
            lines.insert(0, (",", left, None))
        else:
            merged = sorted([*lines[place][1], *left], key=lambda flag: flag != "fuzzy")
            lines[place] = (",", merged, None)
    return "".join(old or f"#{kind} {', '.join(items)}{newline}" for kind, items, old in lines)


def _write_header(value: str, raw: str, width: int, newline: str) -> str:
    """Write the fields of a header; the lines of a field that was there before stay."""
    old: dict[str, str] = {}
    field_text = lines = ""
    for line in _LINE.findall(raw)[1:]:
        lines += line
        field_text += "".join(_read_string(piece) for piece in _STRING.findall(line))
        if field_text.endswith("\n"):
            old.setdefault(field_text, lines)
            field_text = lines = ""
    written = [f'msgstr ""{newline}']
    for text in _LINE.findall(value):
        new = wrap_string("msgstr", "\n" + text, width).partition('"\\n"\n')[2]
        written.append(old.get(text) or new.replace("\n", newline))
    return "".join(written)


# ---- The header ----

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
