"""How a language writes numbers: its decimal sign, its groups of digits, its words like million.

CLDR has the signs and most of the words; scale_words.csv has the words that CLDR lacks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale

from letter.checks.texts import read_table
from letter.languages.declared import list_known
from letter.languages.matching import fold_tag

_NUMERALS = ("latn", "arab", "arabext")  # whose signs a language may use, with any digits
# One sign for all that look alike: spaces, apostrophes, and the comma of Arabic text.
_ALIKE = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "'": "’", "،": ","})
_SIGN = re.compile(r"[^\d½¼¾]")
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_ONLY_GROUPS = frozenset(" ’٬")  # no language has these signs before decimals
_DECIMALS = frozenset(".,٫")
_GROUPED = re.compile(r"[1-9]\d?(?:,\d\d)+,\d{3}|[1-9]\d{0,2}(?:,\d{3})+")  # the first is India's
_OWN_SCALES = [(re.compile(words, re.IGNORECASE), Decimal(value)) for words, value in
               read_table("scale_words.csv")]  # fmt: skip
_ZEROS = re.compile(r"0+")


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs before decimals and between groups of digits in a language; empty if unknown."""

    decimal: frozenset[str] = frozenset()
    group: frozenset[str] = frozenset()


@cache
def find_signs(tag: str) -> Signs:
    """Find a language's signs in CLDR, with those of Latin America, which differ from Spain's."""
    language = list_known().get(fold_tag(tag))
    names = [language, *([f"{language}_419"] if language == "es" else [])] if language else []
    decimal, group = set[str](), set[str]()
    for name in names:
        symbols = Locale.parse(name).number_symbols
        for numerals in _NUMERALS:
            decimal.add(symbols.get(numerals, {}).get("decimal", "").translate(_ALIKE))
            group.add(symbols.get(numerals, {}).get("group", "").translate(_ALIKE))
    return Signs(frozenset(decimal - {""}), frozenset(group - {""}))


def normalize_signs(number: str) -> str:
    """Write the signs of a number that look alike in one way.

    >>> normalize_signs("1'250\u202f000")
    '1’250 000'
    """
    return number.translate(_ALIKE)


@lru_cache(maxsize=4_096)
def read_values(number: str) -> frozenset[Decimal]:
    """Read a number by its shape alone: "1,250" can be two numbers, "25.4.2016" is none.

    >>> sorted(map(str, read_values("1,250"))), sorted(map(str, read_values("25.4.2016")))
    (['1.250', '1250'], [])
    >>> sorted(map(str, (*read_values("12,34,567.80"), *read_values("2½"))))
    ['1234567.80', '2.5']
    """
    return frozenset(_read_shapes(normalize_signs(number), _DECIMALS, None))


@lru_cache(maxsize=4_096)
def read_as_language(number: str, tag: str) -> frozenset[Decimal]:
    """Read a number as readers of a language do; nothing if the language has not such signs."""
    signs = find_signs(tag)
    if not signs.decimal:
        return read_values(number)
    group = signs.group | _ONLY_GROUPS
    return frozenset(_read_shapes(normalize_signs(number), signs.decimal, group))


@lru_cache(maxsize=4_096)
def read_original_values(number: str, tag: str) -> frozenset[Decimal]:
    """Read a number of the original: what its language groups is a whole number, and no decimal."""
    values = read_values(number)
    whole = {value for value in read_as_language(number, tag) if value == int(value)}
    return frozenset(whole) if len(values) > 1 and whole else values


def _read_shapes(
    number: str, decimals: frozenset[str], groups: frozenset[str] | None
) -> Iterator[Decimal]:
    """Read a number as digits in groups, and as digits with decimals, where its shape can be so."""
    bare = number.rstrip("½¼¾ ")
    if bare != number:
        if bare.isdecimal():
            yield Decimal(f"{bare}{_FRACTIONS[number[-1]]}")
        return
    signs = _SIGN.findall(number)
    if not signs:
        yield Decimal(number)
        return
    if _is_grouped(number, signs[0], groups):
        yield Decimal(_SIGN.sub("", number))
    whole, sign, fraction = number.rpartition(signs[-1])
    others = signs[:-1]
    is_last = sign in decimals and sign not in others
    if is_last and (not others or _is_grouped(whole, others[0], groups)):
        yield Decimal(f"{_SIGN.sub('', whole)}.{fraction}")


def _is_grouped(number: str, sign: str, groups: frozenset[str] | None) -> bool:
    """Say whether one sign groups the digits of a number: by threes, or as in India."""
    is_sign = sign != "٫" if groups is None else sign in groups
    is_alone = sign == "," or "," not in number
    return is_sign and is_alone and _GROUPED.fullmatch(number.replace(sign, ",")) is not None


def is_decimal(number: str) -> bool:
    """Say whether a number can only be one with decimals, by its shape.

    >>> is_decimal("3.5"), is_decimal("250,000"), is_decimal("25.4.2016"), is_decimal("2½")
    (True, False, False, True)
    """
    values = read_values(number)
    return (bool(values) and _SIGN.search(number) is not None and join_groups(number) == "") or (
        number[-1] in "½¼¾"
    )  # fmt: skip


def join_groups(number: str) -> str:
    """Give a whole number without signs between its digits; "" for any other.

    >>> join_groups("250,000"), join_groups("3.5")
    ('250000', '')
    """
    wholes = [value for value in read_values(number) if value.as_tuple().exponent == 0]
    return f"{max(wholes):.0f}" if wholes else ""


@cache
def _list_scales(tag: str) -> list[tuple[re.Pattern[str], Decimal]]:
    """List CLDR's words for thousand, million … in a language, with what each multiplies by."""
    language = list_known().get(fold_tag(tag))
    found = {}
    formats = Locale.parse(language).compact_decimal_formats if language else {}
    for plurals in formats.values():
        for patterns in plurals.values():
            for power, pattern in patterns.items():
                word = re.sub(r"[\u200e\u200f\s']", "", _ZEROS.sub("", pattern.pattern)).rstrip(".")
                zeros = _ZEROS.search(pattern.pattern)
                if zeros and word and not (len(word) == 1 and word.isascii()):
                    found[word] = Decimal(power) / 10 ** (len(zeros[0]) - 1)
    return [(_compile_word(word), value) for word, value in found.items() if value > 1]


def _compile_word(word: str) -> re.Pattern[str]:
    """Compile what finds a word: a short one whole, a long one in a compound or inflected, too."""
    is_short = len(word) < 4 and word.lower() != word.upper()
    bounds = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    text = re.escape(word)
    return re.compile(text.join(bounds) if is_short else text, re.IGNORECASE)


@lru_cache(maxsize=1_024)
def find_scales(text: str, tag: str) -> frozenset[Decimal]:
    """Find what the words of a text multiply numbers by, or add to numbers if it is below one."""
    scales = (*_list_scales(tag), *_OWN_SCALES)
    return frozenset(value for words, value in scales if words.search(text))
