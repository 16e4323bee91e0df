"""Checks of the marks and spaces of a translation: another script's marks, and open brackets.

A check is a generator of sentences for the translator: what is wrong, and what to do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letter.checks.alphabets import ARABIC_LETTERS
from letter.checks.texts import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.checks.texts import Pair

ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
_LATIN_MARKS = {arabic: latin for latin, arabic in ARABIC_MARKS.items()}
_WRITTEN_ARABIC = f"{ARABIC_LETTERS}\u064b-\u0652"  # letters and the usual vowel signs
_LATIN_MARK = re.compile(
    rf"(?<=[{_WRITTEN_ARABIC}])[»”\")*_]?\s?([,;?])(?=[\s»”\")*_{_WRITTEN_ARABIC}]|$)"
)
_ARABIC_MARK = re.compile("(?<=[A-Za-zçêîşû])\\s?([،؛؟])")

_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_])[ ]+[,.](?=\s|$)")

_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"), ("⟨", "⟩"))
_CURLY_QUOTES = "“”„‟"
_LONE_BRACKET = re.compile(r"[:;]-?[()](?=\s|$)|^[ \t]*\w{1,3}\)", re.MULTILINE)  # ":)", "a)"


def find_foreign_punctuation(pair: Pair) -> Iterator[str]:
    """Find commas, semicolons and question marks of the other script."""
    is_arabic, english = pair.writing.is_arabic, pair.english.text
    marks = ARABIC_MARKS if is_arabic else _LATIN_MARKS
    pattern = _LATIN_MARK if is_arabic else _ARABIC_MARK
    for mark in dict.fromkeys(pattern.findall(pair.text)):
        # A mark that isn't followed by a space belongs to code, a list of values or the like.
        among_values = english.count(mark) - english.count(f"{mark} ") > 1
        if not (among_values or (mark in english and not is_arabic)):
            yield f"“{mark}” is not the mark of this script: write “{marks[mark]}”"


def find_odd_spaces(pair: Pair) -> Iterator[str]:
    """Find two spaces in a row, a space at either end, and a space before a comma or full stop."""
    text, english = pair.text, pair.english.text
    if _SPACES.search(text) and not _SPACES.search(english):
        yield "there are two spaces in a row: delete one"
    if text != text.strip() and english == english.strip():
        yield "there is a space or an empty line at the beginning or end: delete it"
    found = _SPACE_BEFORE.search(text)
    if found and not _SPACE_BEFORE.search(english):
        yield f"there is a space before “{found[0].strip()}”: delete it"


def find_open_pairs(pair: Pair) -> Iterator[str]:
    """Find quotation marks and brackets that open and don't close, or the other way round."""
    text, english = _strip_lone(pair.text), _strip_lone(pair.english.text)
    for opening, closing in _BRACKETS:
        more = text.count(opening) - text.count(closing)
        if more and english.count(opening) == english.count(closing):
            lone = opening if more > 0 else closing
            yield f"{lone} has no partner: add the other one, or delete it"
    for marks in (_CURLY_QUOTES, '"'):
        if sum(map(text.count, marks)) % 2 and not sum(map(english.count, marks)) % 2:
            found = next(char for char in text if char in marks)
            yield f"a quotation mark {found} has no partner: add the other one, or delete it"


def _strip_lone(text: str) -> str:
    return _LONE_BRACKET.sub(" ", CODE.sub(" ", text))
