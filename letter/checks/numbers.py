"""Checks of the numbers of a translation against its original, in the digits of any script."""

from collections.abc import Iterator

from letter.checks.compared_numbers import (
    LONGEST_NUMBER,
    find_other_numbers,
    is_explained,
    is_small,
)
from letter.checks.figures import find_scales, is_decimal, join_groups, read_values
from letter.checks.sizes import find_other_sizes
from letter.checks.texts import Pair

_DIGITS_OF_YEAR = 4
_NO_NUMBER = "none"
_LEAST_SIZE = 100  # of the words for large numbers


def find_changed_numbers(pair: Pair) -> Iterator[str]:
    """Find a number in whose place another stands, and a lost number that is seldom a word."""
    if not pair.original.numbers:
        return
    missing, extra = find_other_numbers(pair)
    if missing and extra:
        told = f"the original has {_name(missing)}, the translation has {_join(extra)} instead"
        same = "number" if len(missing) == 1 else "numbers"
        yield f"{told}: write the same {same}, {offer_numbers(missing, extra)}"
        return
    exact = [number for number in missing if _is_exact(number, pair)]
    if exact:
        verb, them = ("is", "it") if len(exact) == 1 else ("are", "them")
        told = f"{_name(exact)} of the original {verb} missing"
        yield f"{told}: write {them}, {offer_numbers(exact, [])}"
    for known, size, number, other in () if exact else find_other_sizes(pair):
        told = f"the original has {known} times {size:,}, the translation has {number} times"
        yield f"{told} {other:,}: write the same, {offer_numbers([known], [number])}"


def find_lost_numbers(pair: Pair) -> Iterator[str]:
    """Find numbers above twelve that are missing, or that the original doesn't have."""
    missing, extra = find_other_numbers(pair)
    if missing and extra and pair.original.numbers:
        return  # find_changed_numbers tells
    for number in dict.fromkeys(missing):
        if not (is_small(number) or _is_exact(number, pair)):
            told = f"the number {number} of the original is missing: is it there as a word?"
            yield f"{told} Else write it, {offer_numbers([number], [])}"
    for number in dict.fromkeys(extra):
        is_there = number.replace("٫", ".") in pair.original.text
        if not (is_small(number) or is_there or is_explained(number, pair)):
            told = f"the number {number} is not in the original: is it right?"
            yield f"{told} If so, {offer_numbers([], [number]).removeprefix('or ')}"


def offer_numbers(known: list[str], written: list[str]) -> str:
    """Offer the comment with which a translator confirms numbers: see letter.po.marks.is_meant."""
    values = " → ".join(", ".join(numbers) or _NO_NUMBER for numbers in (known, written))
    return f"or write “# Meant so: numbers ({values})” above it"


def _name(numbers: list[str]) -> str:
    """Name numbers in words.

    >>> _name(["27"]), _name(["27", "4", "2016"])
    ('the number 27', 'the numbers 27, 4 and 2016')
    """
    return f"the number{'s' if len(numbers) > 1 else ''} {_join(numbers)}"


def _join(numbers: list[str]) -> str:
    *others, last = numbers
    return f"{', '.join(others)} and {last}" if others else last


def _is_exact(number: str, pair: Pair) -> bool:
    """Say whether a number is hardly ever a word: a decimal, or large without a word for its size.

    Four digits without a separator may be a year, which may be "XV century" or "last year".
    """
    words = find_scales(pair.text, pair.writing.tag)
    if is_decimal(number):
        parts = [word for word in words if word < 1]
        is_said = any(value % part == 0 for value in read_values(number) for part in parts)
        return len(number) <= LONGEST_NUMBER and not (is_said or is_small(number))
    grouped = (known for known in pair.original.numbers if not known.isdecimal())
    is_grouped = number in map(join_groups, grouped)
    return (is_grouped or len(number) > _DIGITS_OF_YEAR) and all(
        word < _LEAST_SIZE for word in words
    )
