"""Strings of a PO file, read: in pieces, with escape sequences."""

from __future__ import annotations

import re

from letter.po.grammar import STRING

_ESCAPE_OR_TEXT = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+)|([\s\S]))|([^\\]+)")
_NUMERIC = re.compile(r"\\[0-7x]")
_ESCAPES = {"\n": "", "\\": "\\", '"': '"'} | dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))


def read_string(strings: str) -> str:
    r"""Read the text of a string that is written in one or several pieces.

    An escape sequence ends with its piece, as in msgfmt: "\1" "2" is not "\12".

    >>> read_string('"one " "two\\n"')
    'one two\n'
    """
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
    """Replace the escape sequences of a text; octal and hexadecimal ones stand for bytes."""
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
