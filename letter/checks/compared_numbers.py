"""Which numbers of a translation differ from those of its original, in any digits and signs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations, product

from letter.checks import calendars
from letter.checks.figures import (
    find_scales,
    is_decimal,
    join_groups,
    read_original_values,
    read_translated_values,
    read_values,
)
from letter.checks.texts import Pair, find_numbers
from letter.files import read_table
from letter.languages.language import is_english

_MONTH = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
# Words of English that a translator may write as a number, and which numbers those are: from the
# lowest to the highest, if there is one, the multiples of a number.
_WORDS = read_table("checks/number_words.csv")
_MOST_IN_WORDS = 100
LONGEST_NUMBER = 15  # digits; a longer number stands for no word
_SMALL = range(13)
_LEAST_IN_PARTS = 1_000
_SHORTEST_PHONE = 7  # digits
_MOST_COMPARED = (
    100  # numbers, a date's parts each; more of them are compared by their digits alone
)
_TO_THOUSANDS = r"\s?(?:[-–—]|to)\s?\d{1,3}[.,]000\b"  # "8–18,000" begins with 8000
_CLOCK = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
_TIME = re.compile(r"[0-2]?\d(?:\.[0-5]\d)?")
_ATOM = re.compile(r"\d+")
_NAMED = re.compile(r"[A-Za-z_]-?(\d+(?:\.\d+)*)")


def find_other_numbers(pair: Pair) -> tuple[list[str], list[str]]:
    """List the numbers that are missing, and the extra numbers that nothing explains.

    A word of the original explains a number, but not in the place of a missing number above twelve:
    the "five" of "five rescue workers" doesn't turn "every 25 minutes" into every 5.
    """
    ours, theirs = _subtract(pair.original.numbers, find_numbers(pair.text))
    parts = [list(_split_dates(numbers)) for numbers in (ours, theirs)]
    if sum(map(len, parts)) > _MOST_COMPARED:
        return _subtract(*parts)
    _drop_alike(ours, theirs, lambda known, number: is_same_number(known, number, pair))
    if not (ours or theirs):
        return [], []
    missing, extra = _compare_parts(ours, theirs, pair)
    if missing and extra:
        _drop_hours(missing, extra, pair)
        _drop_hours(extra, missing, pair)
        _drop_alike(missing, extra, lambda known, number: _is_equal(known, number, pair))
        _drop_sums(missing, extra, pair)
    if missing:
        other = calendars.find_days(pair.original.text, pair.original.language)
        calendars.drop_converted_dates(pair.text, extra, missing, other)
    if extra:
        other = calendars.find_days(pair.text, pair.writing.tag)
        calendars.drop_converted_dates(pair.original.text, missing, extra, other)
    if missing and extra:
        tag = pair.writing.language
        _drop_alike(missing, extra, lambda a, b: calendars.is_same_year(a, b, tag))
    if all(is_small(number) or calendars.YEAR.fullmatch(number) for number in missing):
        extra = [number for number in extra if not is_explained(number, pair)]
    return missing, extra


def _subtract(ours: Iterable[str], theirs: Iterable[str]) -> tuple[list[str], list[str]]:
    """Give what only the first has, and what only the second has."""
    some, others = Counter(ours), Counter(theirs)
    return list((some - others).elements()), list((others - some).elements())


def _drop_alike(ours: list[str], theirs: list[str], is_alike: Callable[[str, str], bool]) -> None:
    """Take each number of ours that has a counterpart out of both lists."""
    for known in list(ours):
        number = next((number for number in theirs if is_alike(known, number)), None)
        if number is not None:
            ours.remove(known)
            theirs.remove(number)


def is_same_number(known: str, number: str, pair: Pair) -> bool:
    """Say whether two numbers are the same, each in the signs of its language."""
    values = read_original_values(known, pair.original.language)
    return not values.isdisjoint(read_translated_values(number, pair.writing.tag, known))


def _compare_parts(ours: list[str], theirs: list[str], pair: Pair) -> tuple[list[str], list[str]]:
    """Compare numbers without separators; the parts of a date or a decimal may stand apart.

    A phone number may stand in other groups, and a number may belong to a name: SVG-1.1.
    """
    phones = ["".join(_ATOM.findall(" ".join(numbers))).lstrip("0") for numbers in (ours, theirs)]
    if phones[0] == phones[1] and len(phones[0]) >= _SHORTEST_PHONE:
        return [], []
    missing, extra = list(_split_dates(ours)), list(_split_dates(theirs))
    _drop_parts(missing, extra)
    _drop_parts(extra, missing, pair)
    missing, extra = _subtract(missing, extra)
    named = (
        {*_NAMED.findall(pair.text), *calendars.find_roman_numbers(pair.text)} if missing else set()
    )
    return [number for number in missing if number not in named], extra


def _drop_parts(decimals: list[str], others: list[str], pair: Pair | None = None) -> None:
    """Take out decimals whose parts stand apart: 12.30 is 12:30, and 25.4 is April 25 in words."""
    for number in [each for each in decimals if is_decimal(each) and each[-1].isdecimal()]:
        parts = list(_list_atoms(number))
        left = _subtract(parts, others)[0]
        found = _subtract(parts, left)[0]
        if not left or (pair and found and all(is_explained(part, pair) for part in left)):
            decimals.remove(number)
            others[:] = _subtract(others, found)[0]


def _drop_hours(some: list[str], others: list[str], pair: Pair) -> None:
    """Take out an hour that the other text gives by another clock: 3.30 p.m. is 15.30 or 15:30."""
    if not (_CLOCK.search(pair.original.text) or _CLOCK.search(pair.text)):
        return
    for time in (each for each in list(some) if _TIME.fullmatch(each)):
        hour, _, minutes = time.partition(".")
        for other in (str(int(hour) + 12), str(int(hour) - 12), hour):
            left = Counter([f"{other}.{minutes}"]), Counter([other, minutes])
            found = next((each for each in left if minutes and each <= Counter(others)), None)
            if not found and not minutes and other in others and other != hour:
                found = Counter([other])
            if found:
                some.remove(time)
                others[:] = (Counter(others) - found).elements()
                break


def _list_atoms(number: str) -> Iterator[str]:
    """Give each run of digits without zeros before it."""
    return (atom.lstrip("0") or "0" for atom in _ATOM.findall(number))


def _split_dates(numbers: Iterable[str]) -> Iterator[str]:
    """Give a whole number without its separators, a decimal as it is, the parts of a date apart."""
    for number in numbers:
        whole = join_groups(number)
        if whole or is_decimal(number):
            yield whole or number
        else:
            yield from _list_atoms(number)


def _is_equal(known: str, number: str, pair: Pair) -> bool:
    """Say whether a number is the known one beside words such as thousand, million or half."""
    if calendars.is_same_century(known, number, pair.original.text):
        return True
    if number == f"{known}000" and re.search(rf"\b{known}{_TO_THOUSANDS}", pair.original.text):
        return True
    values = read_translated_values(number, pair.writing.tag, known)
    return not _list_amounts(known, pair.original.text, pair.original.language).isdisjoint(
        _list_amounts(number, pair.text, pair.writing.tag, values)
    )


def _drop_sums(missing: list[str], extra: list[str], pair: Pair) -> None:
    """Take out a large number that stands in parts: 3.5 million as "3 million 500 thousand".

    One part may be in words: "a million and 500 thousand".
    """
    scales = [scale for scale in find_scales(pair.text, pair.writing.tag) if scale >= 1_000]
    for known in list(missing):
        amounts = _list_amounts(known, pair.original.text, pair.original.language)
        values = [value for value in amounts if value >= _LEAST_IN_PARTS]
        groups = (*combinations(extra, 1), *combinations(extra, 2)) if values else ()
        for parts in groups:
            listed = (_list_amounts(part, pair.text, pair.writing.tag) for part in parts)
            sums = {sum(each) for each in product(*listed) if all(each)}
            left = [(value - total, total) for value in values for total in sums]
            if any(_is_in_words(rest, total, scales) for rest, total in left) or (
                len(parts) > 1 and any(rest == 0 for rest, _ in left)
            ):
                missing.remove(known)
                extra[:] = (Counter(extra) - Counter(parts)).elements()
                break


def _is_in_words(rest: Decimal, total: Decimal | int, scales: list[Decimal]) -> bool:
    """Say whether the rest of a sum can be a few thousands or millions in words."""
    return rest > 0 and any(total < scale and rest / scale in _SMALL for scale in scales)


def _list_amounts(
    number: str, text: str, tag: str, read: frozenset[Decimal] | None = None
) -> set[Decimal]:
    """List what a number can mean beside the words of its text: 3 beside "half" can mean 3.5."""
    if len(number) > LONGEST_NUMBER:
        return set()
    scales = find_scales(text, tag)
    parts = [Decimal(0), *(scale for scale in scales if scale < 1)]
    values = [value + part for value in read or read_values(number) for part in parts]
    factors = [Decimal(1), *(scale for scale in scales if scale > 1)]
    return {value * factor for value in values for factor in factors}


def is_explained(number: str, pair: Pair) -> bool:
    """Say whether a number can stand for words of the original: a month, an hour, a half."""
    if len(number) > LONGEST_NUMBER:
        return False
    text, language = pair.original.text, pair.original.language
    if is_decimal(number):
        return not find_scales(text, language).isdisjoint(
            value % 1 for value in read_values(number)
        )
    value = int(number)
    # Of other languages the words for numbers aren't known here: those that people write as words.
    if not is_english(language):
        return value <= _MOST_IN_WORDS or set(number[1:]) == {"0"}
    # A date may be written in numbers, and with the year that the original leaves out.
    if (calendars.YEAR.fullmatch(number) or 1 <= value <= 12) and _MONTH.search(text):
        return True
    return any(
        int(lowest) <= value <= int(highest or value)
        and value % int(multiple) == 0
        and re.search(words, text, re.IGNORECASE)
        for words, lowest, highest, multiple in _WORDS
    )


def is_small(number: str) -> bool:
    """Say whether a number is often written as a word."""
    return any(value in _SMALL for value in read_values(number))
