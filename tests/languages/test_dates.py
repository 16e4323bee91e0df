"""Dates as languages write them."""

import pytest

from letter.languages.dates import write_date
from letter.languages.language import find_language


@pytest.mark.parametrize(
    ("tag", "month", "day"),
    [
        ("fr", "mai 2016", "4 mai 2016"),
        ("ckb", "ئایاری 2016", "4ی ئایاری 2016"),
        ("ckb-IR", "ئایاری 2016", "4ی ئایاری 2016"),
        ("ku", "gulan 2016", "4ê gulana 2016an"),
        ("ba", "2016-05", "2016-05-04"),
        ("az-Arab", "2016-05", "2016-05-04"),
    ],
)
def test_a_date_has_the_names_of_months_that_a_language_has(tag: str, month: str, day: str) -> None:
    language = find_language(tag)
    assert write_date("2016-05", language).lower() == month
    assert write_date("2016-05-04", language) == day
