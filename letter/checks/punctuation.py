"""Checks of the marks of a translation: spaces, brackets, quotation marks, another script's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.checks.texts import Pair


_ARABIC_LETTER = "ء-غف-يٱ-ۓەًٌٍَُِّْ"
_LATIN_MARK = re.compile(
    rf"(?<=[{_ARABIC_LETTER}])[»”\")*_]?\s?([,;?])(?=[\s»”\")*_{_ARABIC_LETTER}]|$)"
)
_ARABIC_MARK = re.compile("(?<=[A-Za-zçêîşû])\\s?([،؛؟])")
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
_LATIN_MARKS = {arabic: latin for latin, arabic in _ARABIC_MARKS.items()}
_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_])[ ]+[,.](?=\s|$)")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"), ("⟨", "⟩"))
_CURLY = "“”„‟"
_CODE = re.compile(r"`[^`]*`")
_SMILEY_OR_LIST = re.compile(r"[:;]-?[()](?=\s|$)|^[ \t]*\w{1,3}\)", re.MULTILINE)


def find_odd_spaces(pair: Pair) -> Iterator[str]:
    """Find two spaces in a row, at either end, or before a mark that stands at its word."""
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
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and english.count(opening) == english.count(
            closing
        ):
            lone = opening if text.count(opening) > text.count(closing) else closing
            yield f"{lone} has no partner: add the other one, or delete it"
    for marks in (_CURLY, '"'):
        if sum(map(text.count, marks)) % 2 and not sum(map(english.count, marks)) % 2:
            found = next(char for char in text if char in marks)
            yield f"a quotation mark {found} has no partner: add the other one, or delete it"


def _strip_lone(text: str) -> str:
    return _SMILEY_OR_LIST.sub(" ", _CODE.sub(" ", text))


def find_foreign_punctuation(pair: Pair) -> Iterator[str]:
    """Find commas, semicolons and question marks of the other script."""
    if pair.writing.is_arabic:
        marks, found = _ARABIC_MARKS, _LATIN_MARK.findall(pair.text)
    else:
        marks, found = _LATIN_MARKS, _ARABIC_MARK.findall(pair.text)
    for mark in dict.fromkeys(found):
        kept = pair.english.text.count(mark) - pair.english.text.count(f"{mark} ")
        if not (kept > 1 or (mark in pair.english.text and not pair.writing.is_arabic)):
            yield f"“{mark}” is not the mark of this script: write “{marks[mark]}”"
