"""Characters that nobody sees, and that break a page or turn its words around (UAX #9)."""

import re
import unicodedata
from collections.abc import Iterator

CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
EMBEDDINGS, OVERRIDES = "\u202a\u202b", "\u202d\u202e"
_CLOSES = {"\u202c": EMBEDDINGS, "\u2069": "\u2066\u2067\u2068"}
# Controls but for tabs and the ends of lines, lone surrogates, and what stands for a lost letter.
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ud800-\udfff]")
_HARMFUL = re.compile(f"{_BROKEN.pattern}|{CONTROLS.pattern}")
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
        if char := found[0] if found else find_lone_control(line):
            what = "is of no letter" if found else "turns words around"
            told = f"has a hidden character that {what} ({name_character(char)})"
            yield number, f"{told}: type this part again"


def find_lone_control(line: str) -> str:
    """Find a control of direction that overrides, else one without a partner in its line, or ""."""
    opened: list[str] = []
    controls: list[str] = CONTROLS.findall(line)
    if found := next((char for char in controls if char in OVERRIDES), ""):
        return found
    for char in controls:
        if char not in _CLOSES:
            opened.append(char)
        elif not opened or opened.pop() not in _CLOSES[char]:
            return char
    return "".join(opened[-1:])


def name_character(char: str) -> str:
    """Name a character that can't be shown, by its number and Unicode name."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()


def replace_unprintable(text: str) -> str:
    """Put “�” in the place of each character that a terminal may obey or not show."""
    return "".join(char if char.isprintable() else "�" for char in text)


def isolate(text: str) -> str:
    """Put a foreign text between isolates, where no markup can do that (UAX #9, FSI and PDI)."""
    return f"\u2068{text}\u2069"


def strip_blanks(text: str) -> str:
    """Take blanks off both ends of a text, also those without a width.

    >>> strip_blanks("\\u200b Ann \\ufeff")
    'Ann'
    """
    return text.strip(f" \t\n\r{_WIDTHLESS}")
