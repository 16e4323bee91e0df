"""The grammar of PO files, as GNU msgfmt 0.21 has it: messages, strings and lines of comments."""

from __future__ import annotations

import re
from functools import cache

# An atomic group, (?>…), where a repeated part has choices in it: Python before 3.11.5 takes too
# much with (…)*+ there.
QUOTED = r'"[^"\\\n]*+(?>(?:\\(?:[abfnrtv\\"0-7\n]|x[0-9A-Fa-f])[^"\\\n]*+)*)"'
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
ANY_GAP = r"[ \t\r\f\v\n#~]*+"
_STRINGS = rf"({QUOTED}(?>(?:{ANY_GAP}{QUOTED})*))"
STRING = re.compile(QUOTED)
LINE = re.compile(r"[^\n]*\n|[^\n]+")
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


ACTIVE = _build_message(rf"(?>(?:[ \t\r\f\v\n]|\#~(?={_S}(?:\n|\Z)))*)", _S)


@cache  # most files need it not at all, and compiling it takes a part of a cold worker's start
def build_obsolete() -> re.Pattern[str]:
    return _build_message(
        rf"(?>(?:[ \t\r\f\v]|\#~(?!\|)|\n(?>(?:{_S}\n)*){_S}\#~(?!\|))*)", rf"{_S}\#~(?!\|){_S}"
    )


FORM = re.compile(rf"msgstr{ANY_GAP}\[{ANY_GAP}([0-9]++){ANY_GAP}\]{ANY_GAP}{_STRINGS}")
PREVIOUS = re.compile(
    rf"\s*(?:msgctxt\s*{_STRINGS}\s*)?msgid\s*{_STRINGS}\s*(?:msgid_plural\s*{_STRINGS}\s*)?"
)
DOMAIN = re.compile(rf"{_HEAD}{_S}(?:\#~{_S})?domain{ANY_GAP}({QUOTED}){_END}")
LOOSE = re.compile(rf"{_HEAD}{_S}")
NEXT_ENTRY = re.compile(
    r"\n(?:[ \t\r\f\v]*+\n)++(?=[ \t]*+(?:#|msgctxt|msgid[ \t\"]|domain|<<<<<<<))"
)
_ESCAPE_OR_TEXT = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+)|([\s\S]))|([^\\]+)")
_NUMERIC = re.compile(r"\\[0-7x]")
_ESCAPES = {"\n": "", "\\": "\\", '"': '"'} | dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))


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
