"""Characters that nobody sees, and that break a page or turn its words around (UAX #9)."""

import re
import unicodedata
from collections.abc import Iterator

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = "\u202d\u202e"
_CLOSES = {"\u202a": "\u202c", "\u202b": "\u202c"} | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
# Controls but for tabs and the ends of lines, lone surrogates, and what stands for a lost letter.
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ud800-\udfff]")
_HARMFUL = re.compile(f"{_BROKEN.pattern}|{_BIDI.pattern}")
_WIDTHLESS = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"  # which say nothing at an end


def find_harmful(text: str) -> Iterator[tuple[int, str]]:
    """Find what is harmful in each line of a text, counted from 0, with a sentence on the first.

    >>> [line for line, _ in find_harmful("Fine\\nAnn\\x07B\\n\\u2068A\\u2069\\n\\u202eB")]
    [1, 3]
    """
    if _HARMFUL.search(text) is None:
        return
    for number, line in enumerate(text.split("\n")):
        found = _BROKEN.search(line)
        if char := found[0] if found else _find_open_control(line):
            name = f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
            what = "is of no letter" if found else "turns words around"
            yield number, f"has a hidden character that {what} ({name}): type this part again"


def _find_open_control(line: str) -> str:
    """Find a control of direction that overrides, or that has no partner in its line; else ""."""
    opened: list[str] = []
    for char in _BIDI.findall(line):
        if char in _OVERRIDES:
            return str(char)
        if char in _CLOSES:
            opened.append(char)
        elif not opened or _CLOSES[opened.pop()] != char:
            return str(char)
    return "".join(opened[:1])


def strip_blanks(text: str) -> str:
    """Take blanks off both ends of a text, also those without a width.

    >>> strip_blanks("\\u200b Ann \\ufeff")
    'Ann'
    """
    return text.strip(f" \t\n\r{_WIDTHLESS}")
