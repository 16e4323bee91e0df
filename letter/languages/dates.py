"""Dates as letters give them, a year, a month or a day, and as a language writes them."""

import re
from dataclasses import dataclass
from datetime import date

from babel import Locale

from letter.languages.language import Language

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_NUMBER_OF_MONTH = re.compile(r"\bM[0-9]{2}\b")  # CLDR's root, where a language has no names
SYRIAN = "ar_SY"  # CLDR's Arabic has the months' names of Egypt
# By language, what CLDR gets wrong: case endings stand alone, and the root's order of both.
_MONTHS = {"ku": "MMMM y", "ckb": "MMMMی y"}


@dataclass(frozen=True, slots=True)
class Date:
    """A date that a text of the page writes in its own language."""

    text: str


def is_date(text: str) -> bool:
    """Say whether a text is a day that there is, or a month or a year (ISO 8601).

    >>> is_date("2016-05"), is_date("2016-02-30"), is_date("16-5")
    (True, False, False)
    """
    return _read_date(text) is not None


def is_day(text: str) -> bool:
    """Say whether a text is a day that there is (ISO 8601).

    >>> is_day("2016-05-04"), is_day("2016-05")
    (True, False)
    """
    return text.count("-") == 2 and is_date(text)


def write_date(text: str, language: Language) -> str:
    """Write a date as a language does, in CLDR's long form and in the digits 0 to 9.

    A text that is no date stays as it is, and so does every date where CLDR lacks the language or
    the language's names of months.

    >>> from letter.languages.language import find_language
    >>> write_date("2016-05", find_language("en")), write_date("2016-05-04", find_language("ar"))
    ('May 2016', '4 أيار 2016')
    """
    from babel.dates import format_date  # takes 15 ms, and most commands write no date

    day = _read_date(text)
    if day is None or language.locale is None:
        return text
    locale = Locale.parse(SYRIAN) if language.folder == "ar" else language.locale
    skeleton = ("y", "yMMMM", "")[text.count("-")]
    own = _MONTHS.get(locale.language) if skeleton == "yMMMM" else None
    pattern = own or (str(locale.datetime_skeletons[skeleton]) if skeleton else "long")
    written = format_date(day, pattern, locale)
    return text if _NUMBER_OF_MONTH.search(written) else written


def _read_date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return None
