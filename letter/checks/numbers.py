"""Checks of the numbers of a translation against its English."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from letter.checks.texts import find_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from letter.checks.texts import Pair


_LONGEST_NUMBER = 15  # digits; a longer one stands for no word
_SMALL = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "first": "1", "second": "2", "third": "3", "once": "1", "twice": "2", "single": "1",
}  # fmt: skip
_MONTH = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# "250 thousand" for 250,000, in the languages that are checked most.
_MULTIPLIER = re.compile(
    r"ألف|آلاف|الف|مليون|ملايين|هەزار|ملیۆن|هزار|میلیون|\bhezar|\bmîlyon|\bmilyon|\bbin\b|"
    r"\bmil(?:le|ion|lion)?\b|\bthousand|\bTausend"
)
# Words of the English that a translator may write as a number, and which numbers those are.
_LARGE: tuple[tuple[re.Pattern[str], Callable[[int], bool]], ...] = (
    (re.compile(r"teen\b", re.IGNORECASE), lambda n: 13 <= n <= 19),
    (re.compile(r"(?:n|r|x|f|gh)ty\b", re.IGNORECASE), lambda n: 20 <= n <= 99),
    (re.compile(r"\bhundred", re.IGNORECASE), lambda n: n % 100 == 0),
    (re.compile(r"\bthousand", re.IGNORECASE), lambda n: n % 1_000 == 0),
    (re.compile(r"illion", re.IGNORECASE), lambda n: n >= 1_000),
    (re.compile(r"\bdozen", re.IGNORECASE), lambda n: n in (12, 24)),
    (re.compile(r"\bhalf\b", re.IGNORECASE), lambda n: n in (5, 50)),
    (re.compile(r"\bquarter", re.IGNORECASE), lambda n: n in (4, 15, 25)),
    (re.compile(r"\b(?:decade|century)", re.IGNORECASE), lambda n: n in (10, 100)),
    (re.compile(r"\b[ap]\.?m\b", re.IGNORECASE), lambda n: n <= 24),
    (_MONTH, lambda n: 1 <= n <= 12),
)
_ATOM = re.compile(r"\d+")


def find_changed_numbers(pair: Pair) -> Iterator[str]:
    """Find a number of the English in whose place another stands, in the digits of any script."""
    if not pair.english.numbers:
        return
    missing, extra = _find_other_numbers(pair)
    if missing and extra:
        yield (
            f"the English has the number {', '.join(missing)}, the translation has "
            f"{', '.join(extra)} instead: write the same number, in the digits you like"
        )


def _find_other_numbers(pair: Pair) -> tuple[list[str], list[str]]:
    """List the numbers that are missing, and the extra ones that no word of the English explains.

    Where a number above twelve is missing, nothing explains another in its place: "five rescue
    workers" doesn't turn "every 25 minutes" into every 5.
    """
    missing, extra = compare_numbers(pair.english.numbers, find_numbers(pair.text))
    if _MULTIPLIER.search(pair.text):
        for number in list(extra):
            larger = {number + "0" * zeros for zeros in (3, 6, 9)} & set(missing)
            for known in larger:
                missing.remove(known)
                extra.remove(number)
                break
    for number in list(extra):
        # A year of Iran's calendar, which the letter's readers may use.
        years = [
            m for m in missing if _YEAR.fullmatch(m) and int(m) - int(number[:9]) in (621, 622)
        ]
        if years:
            missing.remove(years[0])
            extra.remove(number)
    is_open = all(_is_small(number) or _YEAR.fullmatch(number) for number in missing)
    return missing, [n for n in extra if not (is_open and _is_explained(n, pair))]


def _is_explained(number: str, pair: Pair) -> bool:
    """Say whether a number can stand for a word of the English, a month, a year or an hour."""
    text = pair.english.text
    if number in {_SMALL[word] for word in pair.english.words if word in _SMALL}:
        return True
    if len(number) > _LONGEST_NUMBER:
        return False
    value = int(number)
    if _YEAR.fullmatch(number) and _MONTH.search(text):
        return True  # the year of a date, which the English leaves out
    return any(fits(value) and words.search(text) for words, fits in _LARGE)


def _is_small(number: str) -> bool:
    """Say whether a number is often written as a word."""
    return len(number) <= 2 and int(number) <= 12


def find_lost_numbers(pair: Pair) -> Iterator[str]:
    """Find numbers of two digits or more that are missing, or that the English doesn't have."""
    missing, extra = _find_other_numbers(pair)
    if missing and extra and pair.english.numbers:
        return  # find_changed_numbers tells
    for number in missing:
        if not _is_small(number):
            yield f"the number {number} of the English is missing: is it there as a word?"
    for number in extra:
        if not (_is_small(number) or number in pair.english.text or _is_explained(number, pair)):
            yield f"the number {number} is not in the English: is it right?"


def compare_numbers(
    english: tuple[str, ...], translation: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """Give the numbers that are missing and those that are extra; empty if all agree.

    Thousands and decimal separators are equal in every form, and a date's parts in any order.
    """
    if english == translation:
        return [], []
    if Counter(_split_digits(english)) == Counter(_split_digits(translation)):
        return [], []
    ours, theirs = Counter(_join_digits(english)), Counter(_join_digits(translation))
    return list((ours - theirs).elements()), list((theirs - ours).elements())


def _join_digits(numbers: tuple[str, ...]) -> Iterator[str]:
    """Give each number without its separators, and a date's parts one by one."""
    for number in numbers:
        first, *groups = _ATOM.findall(number)
        if all(len(group) == 3 for group in groups):
            yield "".join([first, *groups]).lstrip("0") or "0"
        else:
            yield from (atom.lstrip("0") or "0" for atom in (first, *groups))


def _split_digits(numbers: tuple[str, ...]) -> Iterator[str]:
    for number in numbers:
        for atom in _ATOM.findall(number):
            yield atom.lstrip("0") or "0"
