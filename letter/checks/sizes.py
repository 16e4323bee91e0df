"""Words for size behind numbers: 4.5 billion in place of 4.5 million."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from letter.checks.compared_numbers import is_same_number
from letter.checks.figures import list_scales
from letter.checks.texts import Pair, find_numbers

_GAP = " \u00a0\u202f\n-"
_WIDEST = 3  # signs of a gap


def find_other_sizes(pair: Pair) -> Iterator[tuple[str, Decimal, str, Decimal]]:
    """Find the same number before words for other sizes: the number and size of either text."""
    known = _find_sized(pair.original.text, pair.original.language)
    written = _find_sized(pair.text, pair.writing.tag) if known else ()
    for ours, size in known:
        alike = [each for each in written if is_same_number(ours, each[0], pair)]
        if alike and not {each[1] for each in alike} & {s for n, s in known if n == ours}:
            yield ours, size, *alike[0]


@lru_cache(maxsize=256)
def _find_sized(text: str, tag: str) -> tuple[tuple[str, Decimal], ...]:
    """Find the numbers that words for size follow, with the size.

    >>> _find_sized("4.5 thousand million and 250 people", "en")
    (('4.5', Decimal('1000000000')),)
    """
    text = "".join(str(unicodedata.decimal(char, char)) for char in text)
    found, start = [], 0
    for number in find_numbers(text):
        place = text.find(number, start)
        if place < 0:  # such as .5, which is read as 0.5
            continue
        start = place + len(number)
        size = _read_size(text, start, tag)
        if size > 1:
            found.append((number, size))
    return tuple(found)


def _read_size(text: str, place: int, tag: str) -> Decimal:
    """Multiply what the words for size at a place multiply by; 1 without such a word."""
    size = Decimal(1)
    while True:
        gap = text[place : place + _WIDEST]
        at = place + len(gap) - len(gap.lstrip(_GAP))
        words = ((words.match(text, at), value) for words, value in list_scales(tag))
        longest = max(((m.end(), value) for m, value in words if m and value > 1), default=None)
        if longest is None or longest[0] == place:
            return size
        place, size = longest[0], size * longest[1]
