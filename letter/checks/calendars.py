"""Dates that a translation gives in another calendar than its original: Persian, Hijri, Hebrew …

CLDR has the names of these months for few of the languages that use them. So the names stand in
calendar_months.csv, and in calendar_years.csv how far the years of a calendar are from ours.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from letter.checks.texts import read_table

# Of each month its names, and our day on which the month begins; no day for a month of the moon.
_ROWS = read_table("calendar_months.csv")
_NAMES = "|".join(f"(?P<m{row}>{words})" for row, (words, _) in enumerate(_ROWS))
_MONTH = re.compile(rf"(?<![^\W\d_])[ولب]?(?:{_NAMES})(?![^\W\d_]{{4}})")
# With a few letters between: "8ی گوڵانی 2716". Hebrew writes days and years in letters, too.
_DAY_BEFORE = re.compile(r"(?<!\d)(?:(\d{1,2})|[יכל]?[\"״]?[א-ט]['׳]?)(?!\d)[^\d.!?]{0,10}\Z")
_NUMBER_AFTER = re.compile(r"[^\d.!?]{0,12}?(\d{1,4})(?!\d)")
_HEBREW_YEAR = re.compile(r"ת[קרש][א-ת]?[\"״][א-ת]")
_YEARS = [
    (languages.split(), range(int(least), int(most) + 1))
    for languages, least, most in read_table("calendar_years.csv")
]
_YEAR = re.compile(r"(?:19|20)\d\d")
_CENTURY = re.compile(r"centur|\d00s")
_WORD = re.compile(r"\b[IVX]+\b")
_ROMAN = [tens + ones for tens in ("", "X", "XX") for ones in
          ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")][1:]  # fmt: skip
_SHORT = re.compile(r"\d{1,4}")
_LAST_DAY = 31
_NO_LEAP_YEAR = 2001


def drop_converted_dates(text: str, dated: list[str], gregorian: list[str]) -> None:
    """Take out of two lists of numbers what a date in another calendar has in place of ours.

    `dated` are numbers of the text that its counterpart lacks, `gregorian` numbers that stand in
    its counterpart alone. A month of the sun fixes our day, but for the day that leap years add. A
    month of the moon fits any day.

    >>> dated, gregorian = ["8", "1395"], ["27", "2016", "45"]
    >>> drop_converted_dates("چهارشنبه ۸ اردیبهشت ۱۳۹۵", dated, gregorian)
    >>> dated, gregorian
    ([], ['45'])
    """
    for day, year, begins in _find_dates(text):
        known = next((number for number in gregorian if _is_day(number, day, begins)), None)
        if known is not None:
            gregorian.remove(known)
        if known is not None and str(day) in dated:
            dated.remove(str(day))
        known = next((number for number in gregorian if _is_year(number, year)), None)
        if known is not None:
            gregorian.remove(known)
        if known is not None and str(year) in dated:
            dated.remove(str(year))


def is_same_year(gregorian: str, number: str, language: str) -> bool:
    """Say whether a number is a year of ours in a calendar that a language's readers use.

    A year may stand without its century: "the 90s".
    """
    if not (_YEAR.fullmatch(gregorian) and _SHORT.fullmatch(number)):
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
    for match in _MONTH.finditer(text):
        begins = _ROWS[int((match.lastgroup or "m0")[1:])][1]
        before = _DAY_BEFORE.search(text, max(match.start() - 16, 0), match.start())
        after = _NUMBER_AFTER.match(text, match.end())
        day, year = int(before[1] or 0) if before else -1, int(after[1]) if after else -1
        if before is None and year <= _LAST_DAY:
            day, year = year, -1
        if _HEBREW_YEAR.search(text):
            year = 0
        yield day, year, begins


def _is_day(gregorian: str, day: int, begins: str) -> bool:
    """Say whether a number can be our day of a day in a month that begins on the given day."""
    if day < 0 or not _SHORT.fullmatch(gregorian) or int(gregorian) > _LAST_DAY:
        return False
    if not begins or not day:
        return True
    first = date.fromisoformat(f"{_NO_LEAP_YEAR}-{begins}")
    days = (first + timedelta(day + more - 1) for more in (-1, 0, 1))
    return int(gregorian) in [each.day for each in days]


def _is_year(gregorian: str, year: int) -> bool:
    """Say whether a number is a year of ours in any calendar that is known here."""
    if year < 0 or not _YEAR.fullmatch(gregorian):
        return False
    return not year or any(int(gregorian) - year in years for _, years in _YEARS)
