"""The grammar of PO files, as GNU msgfmt 0.21 has it: messages, strings and comments.

A message is found by one pattern, at several times the speed of a reader that goes by lines.
Repetitions are possessive (`*+`) or in an atomic group (`(?>…)`), so that no pattern goes back over
what it has taken: a hostile file takes no longer than another of its size. A group stands where the
part that repeats has choices in it, since Python before 3.11.5 takes too much with `(…)*+` there.
"""

import re
from collections.abc import Sequence
from functools import cache

# A string on one line. A backslash stands before what msgfmt knows, or before the end of the line.
QUOTED = r'"[^"\\\n]*+(?>(?:\\(?:[abfnrtv\\"0-7\n]|x[0-9A-Fa-f])[^"\\\n]*+)*)"'
STRING = re.compile(QUOTED)
LINE = re.compile(r"[^\n]*\n|[^\n]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # what no text holds, without \t \n \v \f \r

GAP = r"[ \t\r\f\v]*+"  # between two words on a line
ANY_GAP = r"[ \t\r\f\v\n#~]*+"  # between the words of a message that is known to be whole
_STRINGS = rf"({QUOTED}(?>(?:{ANY_GAP}{QUOTED})*))"
FORM = re.compile(rf"msgstr{ANY_GAP}\[{ANY_GAP}([0-9]++){ANY_GAP}\]{ANY_GAP}{_STRINGS}")

# A line of comments, which "#~" starts as well before "|", another comment or nothing at all.
_COMMENT = rf"{GAP}\#(?:(?!~)|~\||~{GAP}(?:\#|(?=\n|\Z)))[^\n]*+(?:\n|\Z)"
# What stands above a message: first blank lines, then comments and blank lines.
_HEAD = rf"((?>(?:{GAP}\n)*))((?>(?:{_COMMENT}|{GAP}\n)*))"
_END = rf"(?>(?:{GAP}(?:\n|\Z))?)"


def _build_message(gap: str, start: str) -> re.Pattern[str]:
    """Build the pattern of a whole message, from the blank lines and comments above the message.

    Its groups are both parts of what stands above, msgctxt, msgid, msgstr, msgid_plural, and all
    forms of a plural. A gap may stand between two words, the start before the first word.
    """
    strings = rf"({QUOTED}(?>(?:{gap}{QUOTED})*))"
    forms = rf"msgstr{gap}\[{gap}[0-9]++{gap}\]{gap}{QUOTED}(?>(?:{gap}{QUOTED})*)"
    return re.compile(
        rf"{_HEAD}{start}(?>(?:msgctxt{gap}{strings}{gap})?)msgid{gap}{strings}{gap}"
        rf"(?:msgstr{gap}{strings}"
        rf"|msgid_plural{gap}{strings}{gap}({forms}(?>(?:{gap}{forms})*))){_END}"
    )


ACTIVE = _build_message(rf"(?>(?:[ \t\r\f\v\n]|\#~(?={GAP}(?:\n|\Z)))*)", GAP)


@cache
def build_obsolete() -> re.Pattern[str]:
    """Build the pattern of an obsolete message, in which "#~" starts every line.

    Most files have no such message, and to compile the pattern is a part of a cold worker's start.
    """
    return _build_message(
        rf"(?>(?:[ \t\r\f\v]|\#~(?!\|)|\n(?>(?:{GAP}\n)*){GAP}\#~(?!\|))*)", rf"{GAP}\#~(?!\|){GAP}"
    )


DOMAIN = re.compile(rf"{_HEAD}{GAP}(?:\#~{GAP})?domain{ANY_GAP}({QUOTED}){_END}")
LOOSE = re.compile(rf"{_HEAD}{GAP}")
_PREVIOUS = re.compile(
    rf"\s*(?:msgctxt\s*{_STRINGS}\s*)?msgid\s*{_STRINGS}\s*(?:msgid_plural\s*{_STRINGS}\s*)?"
)
# Where to read on behind a fault: a blank line, and then what an entry or a conflict starts with.
NEXT_ENTRY = re.compile(
    r"\n(?:[ \t\r\f\v]*+\n)++(?=[ \t]*+(?:#|msgctxt|msgid[ \t\"]|domain|<<<<<<<))"
)
_ESCAPE_OR_TEXT = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+)|([\s\S]))|([^\\]+)")
_NUMERIC = re.compile(r"\\[0-7x]")
# What is written behind a backslash, and its character; the end of a line stands for nothing.
ESCAPES = {"\n": "", "\\": "\\", '"': '"'} | dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))
_BLANKS = re.compile(r"\n(?:[ \t\r\f\v]*\n)+")
_SPECIAL = re.compile(r"^[ \t\r\f\v]*#[.:,=|~]", re.MULTILINE)
_Lines = tuple[str, ...]
_Previous = tuple[str | None, str | None, str | None]

# A file's name with a blank in it stands between the isolates FSI and PDI (gettext manual, "#:").
_REFERENCE = re.compile("(?:\u2068[^\u2069]*\u2069|\\S)+")


def read_string(strings: str) -> str:
    r"""Read the text of a string that is written in one or several pieces.

    An escape sequence ends with its piece, as in msgfmt: "\1" "2" is not "\12".

    >>> read_string('"one " "two\\n"')
    'one two\n'
    """
    if "\\" not in strings and '"' not in (text := strings[1:-1]):
        return text
    pieces = [piece[1:-1] for piece in STRING.findall(strings)]
    if _NUMERIC.search(strings):
        return "".join([_unescape_string(piece) for piece in pieces])
    return _unescape_string("".join(pieces))


def _unescape_string(text: str) -> str:
    """Replace the escape sequences of a text; octal and hexadecimal ones stand for bytes."""
    text = text.replace("\\n", "\n") if "\\\\" not in text else text
    if "\\" not in text:
        return text
    if not _NUMERIC.search(text):
        return _ESCAPE_OR_TEXT.sub(lambda found: found[4] or ESCAPES[found[3]], text)
    data = b"".join(
        bytes([(int(octal, 8) if octal else int(hexa, 16)) & 0xFF])
        if octal or hexa
        else (ESCAPES[plain] if plain else other).encode()
        for octal, hexa, plain, other in _ESCAPE_OR_TEXT.findall(text)
    )
    return data.decode("utf-8", "replace")


def find_first_comment(head: str) -> int:
    """Find where the comments of an entry start in all that stands above its message.

    A block of plain comments with a blank line below is loose text. A block with a flag, a
    reference or another special comment belongs to the entry, with all below, as for gettext.

    >>> find_first_comment("# loose\\n\\n# of the entry\\n")
    9
    """
    special = _SPECIAL.search(head)
    end = special.start() + 1 if special else len(head)
    start = 0
    for blanks in _BLANKS.finditer(head):
        if blanks.end() <= end:
            start = blanks.end()
    return start


def read_comments(head: str) -> tuple[_Lines, _Lines, _Lines, _Lines, *_Previous]:
    """Read the comments above a message: what they say, in the order of the fields of Entry."""
    if not head:
        return (), (), (), (), None, None, None
    said: dict[str, list[str]] = {"#": [], ".": [], ":": [], ",": [], "|": []}
    for line in head.split("\n"):
        kind, rest = split_comment(line)
        if kind == ":":
            said[kind] += _REFERENCE.findall(rest) if "\u2068" in rest else rest.split()
        elif kind == "," or kind == "=":
            said[","] += split_flags(rest)
        elif kind:
            said[kind].append(rest if kind == "|" else rest.removeprefix(" "))
    comments, extracted, references, flags, previous = map(tuple, said.values())
    return comments, extracted, references, flags, *_read_previous(previous)


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


def split_flags(rest: str) -> list[str]:
    """Split a line of flags behind its mark, "#," or "#="."""
    return [flag for item in rest.split(",") if (flag := item.strip())]


def _read_previous(lines: Sequence[str]) -> _Previous:
    """Read the context, msgid and plural of "#|" lines; what cannot be read counts as absent.

    Babel breaks such lines between words, inside the quotation marks.
    """
    for glue in ("\n", "") if lines else ():
        if found := _PREVIOUS.fullmatch(glue.join(lines)):
            context, msgid, plural = (part and read_string(part) for part in found.groups())
            return context, msgid, plural
    return None, None, None
