"""Checks of the numbers of a translation against its original, in the digits of any script."""

import re
from collections import Counter
from collections.abc import Iterator

from letter.checks.texts import Pair, find_numbers, read_table
from letter.languages.language import is_english

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
# Words of English that a translator may write as a number, and which numbers those are: from the
# lowest to the highest, if there is one, the multiples of a number.
_WORDS = read_table("number_words.csv")
_MOST_IN_WORDS = 100
_LONGEST_NUMBER = 15  # digits; a longer number stands for no word
_ATOM = re.compile(r"\d+")


def find_changed_numbers(pair: Pair) -> Iterator[str]:
    """Find a number of the original in whose place another stands, in the digits of any script."""
    if not pair.original.numbers:
        return
    missing, extra = _find_other_numbers(pair)
    if missing and extra:
        numbers = f"the number {', '.join(missing)}, the translation has {', '.join(extra)} instead"
        yield f"the original has {numbers}: write the same number, in the digits you like"


def find_lost_numbers(pair: Pair) -> Iterator[str]:
    """Find numbers above twelve that are missing, or that the original doesn't have."""
    missing, extra = _find_other_numbers(pair)
    if missing and extra and pair.original.numbers:
        return  # find_changed_numbers tells
    for number in missing:
        if not _is_small(number):
            yield f"the number {number} of the original is missing: is it there as a word?"
    for number in extra:
        if not (_is_small(number) or number in pair.original.text or _is_explained(number, pair)):
            yield f"the number {number} is not in the original: is it right?"


def _find_other_numbers(pair: Pair) -> tuple[list[str], list[str]]:
    """List the numbers that are missing, and the extra numbers that nothing explains.

    A word of the original explains a number, but not in the place of a missing number above twelve:
    the "five" of "five rescue workers" doesn't turn "every 25 minutes" into every 5.
    """
    missing, extra = _compare_numbers(pair.original.numbers, find_numbers(pair.text))
    for number in list(extra):
        known = next((known for known in missing if _is_equal(known, number, pair.text)), None)
        if known is not None:
            missing.remove(known)
            extra.remove(number)
    if all(_is_small(number) or _YEAR.fullmatch(number) for number in missing):
        extra = [number for number in extra if not _is_explained(number, pair)]
    return missing, extra


def _compare_numbers(
    english: tuple[str, ...], translation: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """Give the numbers that are missing in a translation and the numbers that are extra there.

    The separators of thousands and decimals make no difference, nor does the order of a date.

    >>> _compare_numbers(("250,000", "27", "25.4.2016"), ("250000", "28", "2016/4/25"))
    (['27'], ['28'])
    """
    if Counter(_split_digits(english)) == Counter(_split_digits(translation)):
        return [], []
    ours, theirs = Counter(_join_digits(english)), Counter(_join_digits(translation))
    return list((ours - theirs).elements()), list((theirs - ours).elements())


def _split_digits(numbers: tuple[str, ...]) -> Iterator[str]:
    """Give each run of digits without zeros before it: 250,000 gives 250 and 0."""
    for number in numbers:
        for atom in _ATOM.findall(number):
            yield atom.lstrip("0") or "0"


def _join_digits(numbers: tuple[str, ...]) -> Iterator[str]:
    """Give each number without its separators; the parts of a date or a decimal one by one."""
    for number in numbers:
        first, *groups = _ATOM.findall(number)
        if all(len(group) == 3 for group in groups):
            yield "".join([first, *groups]).lstrip("0") or "0"
        else:
            yield from _split_digits((number,))


def _is_equal(known: str, number: str, text: str) -> bool:
    """Say whether a number is the known one beside a word such as thousand, million or billion.

    A known year may also stand in the calendar of Iran, which readers may use.
    """
    if any(known == number + "0" * zeros for zeros in (3, 6, 9)) and _MULTIPLIER.search(text):
        return True
    return bool(_YEAR.fullmatch(known)) and int(known) - int(number[:9]) in (621, 622)


def _is_explained(number: str, pair: Pair) -> bool:
    """Say whether a number can stand for a word of the original, a month, a year or an hour."""
    if len(number) > _LONGEST_NUMBER:
        return False
    text, value = pair.original.text, int(number)
    # Of other languages the words for numbers aren't known here: those that people write as words.
    if not is_english(pair.original.language):
        return value <= _MOST_IN_WORDS or set(number[1:]) == {"0"}
    # A date may be written in numbers, and with the year that the original leaves out.
    if (_YEAR.fullmatch(number) or 1 <= value <= 12) and _MONTH.search(text):
        return True
    return any(
        int(lowest) <= value <= int(highest or value)
        and value % int(multiple) == 0
        and re.search(words, text, re.IGNORECASE)
        for words, lowest, highest, multiple in _WORDS
    )


def _is_small(number: str) -> bool:
    """Say whether a number is often written as a word."""
    return len(number) <= 2 and int(number) <= 12
