"""Check of the signs between the digits of a number: which is the decimal sign of a language?"""

import re
from collections.abc import Iterator

from letter.checks.figures import (
    SIGN,
    find_scales,
    find_signs,
    is_decimal,
    normalize_signs,
    read_as_language,
    read_original_values,
    read_values,
)
from letter.checks.numbers import offer_numbers
from letter.checks.texts import Pair, find_numbers
from letter.languages.declared import find_locale


def find_foreign_signs(pair: Pair) -> Iterator[str]:
    """Find a number that readers of the language take for another: 250,000 in German is 250.

    In Arabic script all signs are in use. A version or an hour has no decimals.
    """
    if pair.writing.is_arabic or not pair.original.numbers:
        return
    tag, original = pair.writing.tag, pair.original
    known = {
        value: number
        for number in original.numbers
        for value in read_original_values(number, original.language)
    }
    for number in dict.fromkeys(find_numbers(pair.text)):
        own, shapes = read_as_language(number, tag), read_values(number)
        meant = next((value for value in shapes if value in known), None)
        if meant is None or not own.isdisjoint(known) or not _has_misleading_sign(number, tag):
            continue
        if not is_decimal(number) or _is_quantity(number, pair):
            told = f"{number} can be misread, {_advise_signs(number, tag)}"
            yield f"{told}, {offer_numbers([known[meant]], [number])}"


def _is_quantity(number: str, pair: Pair) -> bool:
    """Say whether a sign such as % or $ stands beside a decimal, or its text has a word for size.

    Others may be a version, a section or an hour.
    """
    beside = rf"[$€£¥₺]\s?{re.escape(number)}(?!\d)|(?<!\d){re.escape(number)}\s?[%$€£¥₺]"
    scales = find_scales(pair.original.text, pair.original.language)
    return bool(re.search(beside, pair.text)) or any(scale > 1 for scale in scales)


def _has_misleading_sign(number: str, tag: str) -> bool:
    """Say whether a number has decimals' sign between its groups, or no such sign before decimals.

    >>> _has_misleading_sign("250,000", "de"), _has_misleading_sign("3.5", "de")
    (True, True)
    >>> _has_misleading_sign("250.000", "fr"), _has_misleading_sign("3,5", "fr")
    (False, False)
    """
    last = SIGN.findall(normalize_signs(number))[-1:]
    return bool(last) and (last[0] in find_signs(tag).decimal) != is_decimal(number)


def _advise_signs(number: str, tag: str) -> str:
    """Say how a number is written with the signs that CLDR has for a language.

    >>> _advise_signs("250,000", "tr")
    'since the decimal sign of this language is “,”: write 250.000'
    >>> _advise_signs("1.250,75", "en")
    'since the decimal sign of this language is “.”: write 1,250.75'
    """
    locale = find_locale(tag)
    assert locale is not None, "no number is said to mislead where CLDR lacks the language"
    symbols = locale.number_symbols["latn"]
    *groups, last = SIGN.split(number)
    sign = symbols["decimal" if is_decimal(number) else "group"]
    written = f"{symbols['group'].join(groups)}{sign}{last}"
    return f"since the decimal sign of this language is “{symbols['decimal']}”: write {written}"
