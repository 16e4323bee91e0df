"""Dates that a translation gives in another calendar than its original: Persian, Hijri, Hebrew …

CLDR has the names of these months for few of the languages that use them. So the names stand in
calendar_months.csv, and in calendar_years.csv how far the years of a calendar are from ours.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cache

from letter.files import read_table
from letter.languages.dates import SYRIAN
from letter.languages.declared import find_locale

# Of each month its names, and our day on which the month begins; no day for a month of the moon.
_ROWS = read_table("checks/calendar_months.csv")
# An Arabic keyboard has other letters than a Persian one.
_KEYBOARD = str.maketrans("يكى", "یکی")
_NAMES = "|".join(
    f"(?P<m{row}>{words.translate(_KEYBOARD)})" for row, (words, _) in enumerate(_ROWS)
)
_MONTH = re.compile(rf"(?<![^\W\d_])[ولب]?(?:{_NAMES})(?![^\W\d_]{{4}})")
# With a few letters between: "8ی گوڵانی 2716". Hebrew writes days and years in letters, too.
_DAYS_BEFORE = re.compile(
    r"(?:(?<!\d)(\d{1,2})[^\d.!?]{1,5})?"
    r"(?<!\d)(?:(\d{1,2})|[יכל]?[\"״]?[א-ט]['׳]?)(?!\d)[^\d.!?]{0,10}\Z"
)
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_MONTHS = 12
_PERSIAN = (621, 622)  # how many years ago the calendar began
_NUMBER_AFTER = re.compile(r"[^\d.!?]{0,12}?(\d{1,4})(?!\d)")
_HEBREW_YEAR = re.compile(r"ת[קרש][א-ת]?[\"״][א-ת]")
_YEARS = [
    (languages.split(), range(int(least), int(most) + 1))
    for languages, least, most in read_table("checks/calendar_years.csv")
]
YEAR = re.compile(r"(?:19|20)\d\d")
_CENTURY = re.compile(r"centur|\d00s")
_WORD = re.compile(r"\b[IVX]+\b")
_ROMAN = [tens + ones for tens in ("", "X", "XX") for ones in
          ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")][1:]  # fmt: skip
_SHORT = re.compile(r"\d{1,4}")
_LAST_DAY = 31
_NO_LEAP_YEAR = 2001


def drop_converted_dates(
    text: str, dated: list[str], gregorian: list[str], days: Collection[str]
) -> None:
    """Take out of two lists of numbers what a date in another calendar has in place of ours.

    `dated` are numbers of the text that its counterpart lacks, `gregorian` numbers that stand in
    its counterpart alone, and `days` numbers in dates of the counterpart. A month of the sun fixes
    our day, but for the day that leap years add. A month of the moon fits any day of a date.

    >>> dated, gregorian = ["8", "1395"], ["27", "2016", "45"]
    >>> drop_converted_dates("چهارشنبه ۸ اردیبهشت ۱۳۹۵", dated, gregorian, ["27"])
    >>> dated, gregorian
    ([], ['45'])
    """
    _drop_numeric_dates(text, dated, gregorian, days)
    for day, year, begins in _find_dates(text):
        fits = (each for each in gregorian if begins or each in days)
        known = next((number for number in fits if _is_day(number, day, begins)), None)
        _drop(known, gregorian, str(day), dated)
        known = next((number for number in gregorian if _is_year(number, year)), None)
        _drop(known, gregorian, str(year), dated)


def _drop_numeric_dates(
    text: str, dated: list[str], gregorian: list[str], days: Collection[str]
) -> None:
    """Take out dates of digits alone, in the Persian or Hijri calendar: 1395/2/8 for 27/4/2016."""
    for parts in _NUMERIC_DATE.finditer(text):
        year, month, day = (int(part) for part in parts.group(1, 3, 4))
        if day > _LAST_DAY:
            year, day = day, year
        known = next((number for number in gregorian if _is_year(number, year)), None)
        if known is None or not 1 <= month <= _MONTHS:
            continue
        is_sun = int(known) - year in _PERSIAN
        begins = _ROWS[month - 1][1] if is_sun else ""
        ours = [(str(each.day), str(each.month)) for each in _convert_day(day, begins)]
        found = next((each for each in ours if each[0] in days), None)
        if is_sun and not found:
            continue
        _drop(known, gregorian, str(year), dated)
        for number in found or [each for each in gregorian if each in days]:
            _drop(number, gregorian, "", [])
        for number in (str(day), str(month)):
            _drop(number, dated, "", [])


def _drop(known: str | None, some: list[str], number: str, others: list[str]) -> None:
    """Take a known number out of a list, and the number in its place out of another."""
    if known is not None and known in some:
        some.remove(known)
    if known is not None and number in others:
        others.remove(number)


def find_days(text: str, tag: str) -> set[str]:
    """Find the numbers of a text that can be days of our calendar.

    >>> sorted(find_days("From 25 to 27 April, and 2016-05-03, 12 of 40 men", "en"))
    ['25', '27', '3', '5']
    """
    found = [group for match in _compile_days(tag).finditer(text) for group in match.groups("")]
    found += [part for match in _NUMERIC_DATE.finditer(text) for part in match.group(1, 3, 4)]
    return {str(int(day)) for each in found for day in _DAY.findall(each)}


@cache
def _compile_days(tag: str) -> re.Pattern[str]:
    """Compile what finds the days beside the names that CLDR has for months in a language."""
    tags = [tag, SYRIAN] if tag == "ar" else [tag]
    names = {
        re.escape(name.rstrip("."))
        for locale in filter(None, map(find_locale, tags))
        for widths in locale.months.values()
        for width in ("wide", "abbreviated")
        for name in widths.get(width, {}).values()
    }
    month = "|".join(sorted(names, key=len, reverse=True)) or "(?!)"
    days = r"(?:\d{1,2}[^\d.!?]{1,5}){0,3}"
    before = rf"(?<![\d.,])({days}\d{{1,2}})[^\d\W]{{0,3}}\W{{0,2}}(?:of |de |di |d’|al )?"
    after = rf"[^\d\W]{{0,4}}\W{{0,2}}({days}\d{{1,2}})(?![\d])"
    return re.compile(f"{before}(?:{month})|(?:{month}){after}", re.IGNORECASE)


def is_same_year(gregorian: str, number: str, language: str) -> bool:
    """Say whether a number is a year of ours in a calendar that a language's readers use.

    A year may stand without its century: "the 90s".
    """
    if not (YEAR.fullmatch(gregorian) and _SHORT.fullmatch(number)):
        return False
    difference = int(gregorian) - int(number)
    calendars = any(language in languages and difference in years for languages, years in _YEARS)
    return calendars or gregorian[2:] == number


def is_same_century(known: str, number: str, text: str) -> bool:
    """Say whether two numbers name one century, of which an English text speaks.

    >>> is_same_century("16", "1500", "in the 16th century")
    True
    >>> is_same_century("1400", "15", "in the 1400s")
    True
    """
    if not (_SHORT.fullmatch(known) and _SHORT.fullmatch(number) and _CENTURY.search(text)):
        return False
    return (int(known) - 1) * 100 == int(number) or int(known) == (int(number) - 1) * 100


def find_roman_numbers(text: str) -> set[str]:
    """Find Roman numbers in digits, as many languages write centuries.

    >>> find_roman_numbers("в XXI веке")
    {'21'}
    """
    return {str(_ROMAN.index(word) + 1) for word in _WORD.findall(text) if word in _ROMAN}


def _find_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Find days and years beside the name of a month: 0 for a day or year in letters."""
    text = text.translate(_KEYBOARD)
    has_hebrew_year = _HEBREW_YEAR.search(text) is not None
    for match in _MONTH.finditer(text):
        begins = _ROWS[int((match.lastgroup or "m0")[1:])][1]
        before = _DAYS_BEFORE.search(text, max(match.start() - 24, 0), match.start())
        after = _NUMBER_AFTER.match(text, match.end())
        day, year = int(before[2] or 0) if before else -1, int(after[1]) if after else -1
        if before is None and year <= _LAST_DAY:
            day, year = year, -1
        if has_hebrew_year:
            year = 0
        if before and before[1]:
            yield int(before[1]), -1, begins
        yield day, year, begins


def _is_day(gregorian: str, day: int, begins: str) -> bool:
    """Say whether a number can be our day of a day in a month that begins on the given day."""
    if day < 0 or not _SHORT.fullmatch(gregorian) or int(gregorian) > _LAST_DAY:
        return False
    return not begins or not day or int(gregorian) in [d.day for d in _convert_day(day, begins)]


def _convert_day(day: int, begins: str) -> list[date]:
    """List our days for a day in a month that begins on the given day; none without that day."""
    if not begins:
        return []
    first = date.fromisoformat(f"{_NO_LEAP_YEAR}-{begins}")
    return [first + timedelta(day + more - 1) for more in (0, -1, 1)]


def _is_year(gregorian: str, year: int) -> bool:
    """Say whether a number is a year of ours in any calendar that is known here."""
    if year < 0 or not YEAR.fullmatch(gregorian):
        return False
    return not year or any(int(gregorian) - year in years for _, years in _YEARS)
