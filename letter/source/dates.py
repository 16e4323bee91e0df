"""Dates as letters give them: a year, a month or a day (ISO 8601 with reduced precision)."""

import re
from datetime import date

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def is_date(text: str) -> bool:
    """Say whether a text is a day that there is, or a month or a year.

    >>> is_date("2016-05"), is_date("2016-02-30"), is_date("16-5")
    (True, False, False)
    """
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None
