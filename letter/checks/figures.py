"""How a language writes numbers: its decimal sign, its groups of digits, its words like million.

CLDR has the signs and most of the words; scale_words.csv has the words that CLDR lacks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from letter.files import read_table
from letter.languages.declared import find_locale

_NUMERALS = ("latn", "arab", "arabext")  # whose signs a language may use, with any digits
# One sign for all that look alike: spaces, apostrophes, the commas of Arabic and Adlam script.
_ALIKE = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "'": "’", "،": ",", "⹁": ","})
SIGN = re.compile(r"[^\d½¼¾]")
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_GROUPED = re.compile(r"[1-9]\d?(?:,\d\d)+,\d{3}|[1-9]\d{0,2}(?:,\d{3})+")  # the first is India's
_THREE_PLACES = re.compile(r"(?<=[.,٫])\d{3}\Z")
_ZEROS = re.compile(r"0+")
_NO_WORD = re.compile(r"[0\u200e\u200f']")  # in CLDR's patterns: "0 тыс'.'"
_OWN_SCALES = [
    (re.compile(words, re.IGNORECASE), Decimal(value))
    for words, value in read_table("checks/scale_words.csv")
]


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs before decimals, and those between groups of digits."""

    decimal: frozenset[str]
    group: frozenset[str]


_ANY = Signs(frozenset(".,٫"), frozenset(".,٬ ’"))
_ONLY_GROUPS = frozenset("٬ ’")  # no language has these signs before decimals


@cache
def find_signs(tag: str) -> Signs:
    """Find a language's signs in CLDR; of Spanish those of Latin America, too, which differ.

    A language that CLDR lacks may have any signs.
    """
    locales = [*filter(None, map(find_locale, [tag, "es_419"] if tag == "es" else [tag]))]
    symbols = [locale.number_symbols.get(n, {}) for locale in locales for n in _NUMERALS]
    signs = (
        frozenset(each[kind].translate(_ALIKE) for each in symbols if kind in each)
        for kind in ("decimal", "group")
    )
    decimal, group = signs
    return Signs(decimal, group | _ONLY_GROUPS) if locales else _ANY


def normalize_signs(number: str) -> str:
    """Write the signs of a number that look alike in one way.

    >>> normalize_signs("1'250\u202f000")
    '1’250 000'
    """
    return number.translate(_ALIKE)


@lru_cache(maxsize=1_024)
def read_values(number: str) -> frozenset[Decimal]:
    """Read a number by its shape alone: "1,250" can be two numbers, "25.4.2016" is none.

    >>> sorted(map(str, read_values("1,250"))), sorted(map(str, read_values("25.4.2016")))
    (['1.250', '1250'], [])
    >>> sorted(map(str, (*read_values("12,34,567.80"), *read_values("2½"))))
    ['1234567.80', '2.5']
    """
    return frozenset(_read_shapes(normalize_signs(number), _ANY))


@lru_cache(maxsize=1_024)
def read_as_language(number: str, tag: str) -> frozenset[Decimal]:
    """Read a number as readers of a language do; nothing if it has other signs than theirs."""
    return frozenset(_read_shapes(normalize_signs(number), find_signs(tag)))


@lru_cache(maxsize=1_024)
def read_original_values(number: str, tag: str) -> frozenset[Decimal]:
    """Read a number of the original: what its language groups is a whole number, and no decimal."""
    values = read_values(number)
    whole = [value for value in read_as_language(number, tag) if value == int(value)]
    return frozenset(whole) if len(values) > 1 and whole else values


@lru_cache(maxsize=1_024)
def read_translated_values(number: str, tag: str, known: str) -> frozenset[Decimal]:
    """Read a number of a translation beside the number of the original that it may stand for.

    Where three digits follow the only sign, these are decimals if the original has three, too, or
    if the language has that sign before decimals and the digits aren't filled up: not "1,500".

    >>> read_translated_values("250.000", "de", "250")
    frozenset({Decimal('250000')})
    >>> sorted(map(str, read_translated_values("3,125", "de", "3125")))
    ['3.125', '3125']
    """
    values = read_values(number)
    if len(values) < 2 or _THREE_PLACES.search(known):
        return values
    own = read_as_language(number, tag) if not number.endswith("0") else frozenset()
    return frozenset(value for value in values if _is_whole(value) or value in own)


def _read_shapes(number: str, signs: Signs) -> Iterator[Decimal]:
    """Read a number as digits in groups, and as digits with decimals, where its shape can be so."""
    if number[-1] in _FRACTIONS:
        for value in _read_shapes(number[:-1].rstrip(), signs):
            if _is_whole(value):
                yield Decimal(f"{value:f}{_FRACTIONS[number[-1]]}")
        return
    *others, last = SIGN.findall(number) or [""]
    if not last or _is_grouped(number, signs):
        yield Decimal(SIGN.sub("", number))
    whole, _, fraction = number.rpartition(last or " ")
    if last in signs.decimal and last not in others and (not others or _is_grouped(whole, signs)):
        yield Decimal(f"{SIGN.sub('', whole)}.{fraction}")


def _is_grouped(number: str, signs: Signs) -> bool:
    """Say whether one sign groups the digits of a number: by threes, or as in India."""
    between = set(SIGN.findall(number))
    if len(between) != 1 or not between <= signs.group:
        return False
    return _GROUPED.fullmatch(SIGN.sub(",", number)) is not None


def _is_whole(value: Decimal) -> bool:
    """Say whether a number was read without decimals: 4 is whole, and 4.0 isn't."""
    return value.as_tuple().exponent == 0


def is_decimal(number: str) -> bool:
    """Say whether a number can only be one with decimals, by its shape.

    >>> is_decimal("3.5"), is_decimal("250,000"), is_decimal("25.4.2016"), is_decimal("2½")
    (True, False, False, True)
    """
    return bool(read_values(number)) and not join_groups(number)


def join_groups(number: str) -> str:
    """Give a whole number without signs between its digits; "" for any other.

    >>> join_groups("250,000"), join_groups("3.5")
    ('250000', '')
    """
    wholes = list(filter(_is_whole, read_values(number)))
    return f"{max(wholes):.0f}" if wholes else ""


@cache
def list_scales(tag: str) -> list[tuple[re.Pattern[str], Decimal]]:
    """List the words for thousand, million, half … in a language, with what each multiplies by."""
    locale = find_locale(tag)
    formats = locale.compact_decimal_formats if locale else {}
    by_plural = [each for plurals in formats.values() for each in plurals.values()]
    found = {}
    for power, pattern in (item for patterns in by_plural for item in patterns.items()):
        positive = pattern.pattern.partition(";")[0]
        word = _NO_WORD.sub("", positive).strip().rstrip(".")
        zeros = _ZEROS.search(positive)
        if zeros and word and not (len(word) == 1 and word.isascii()):
            found[word] = Decimal(power) / 10 ** (len(zeros[0]) - 1)
    words = [(_compile_word(word), value) for word, value in found.items() if value > 1]
    return words + _OWN_SCALES


def _compile_word(word: str) -> re.Pattern[str]:
    """Compile what finds a word: a short one whole, a long one in a compound or inflected, too."""
    is_short = len(word) < 4 and word.lower() != word.upper()
    bounds = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    text = r"\s?".join(map(re.escape, word.split()))
    return re.compile(text.join(bounds) if is_short else text, re.IGNORECASE)


@lru_cache(maxsize=16)  # several checks ask for the same text, one after the other
def find_scales(text: str, tag: str) -> frozenset[Decimal]:
    """Find what the words of a text multiply numbers by, or add to numbers if it is below one."""
    return frozenset(value for words, value in list_scales(tag) if words.search(text))
