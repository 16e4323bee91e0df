"""Footnotes' marks and links within the letter come through a translation unchanged."""

import pytest

from letter.checks.findings import find_errors
from letter.languages.language import find_language
from letter.po.model import Entry

SOURCE = "We ask[^1] [this](#what-we-ask) and call[^b]."


@pytest.mark.parametrize(
    ("translation", "words"),
    [
        ("نطلب[^1] [هذا](#what-we-ask) ونتصل[^b].", []),
        ("نتصل[^b] و[هذا](#what-we-ask)[^1].", []),
        ("نطلب[^1] [هذا](#what-we-ask) ونتصل.", ["[^b] of a footnote is missing"]),
        ("نطلب[^1] [هذا](#what-we-ask)[^b][^b].", ["[^b] of a footnote stands here more often"]),
        ("نطلب[^١] [هذا](#what-we-ask)[^b].", ["[^1] of a footnote is missing", "[^١] of a foot"]),
        ("نطلب[^1] هذا[^b].", ["the heading #what-we-ask of the source is missing"]),
        (
            "نطلب[^1] [هذا](#ما-نطلب)[^b].",
            ["#what-we-ask of the source is missing", "#ما-نطلب is not in the source"],
        ),
    ],
)
def test_a_mark_or_a_link_that_is_lost_added_or_changed(translation: str, words: list[str]) -> None:
    found = [
        error.text for error in find_errors(Entry(SOURCE, (translation,)), find_language("ar"))
    ]
    assert len(found) == len(words)
    for text, wanted in zip(found, words, strict=True):
        assert wanted in text


def test_a_mark_where_the_source_has_none_and_an_open_strikethrough() -> None:
    language = find_language("fr")
    assert "is not in the source" in find_errors(Entry("One", ("Un[^1]",)), language)[0].text
    assert find_errors(Entry("~~One~~", ("~~Un~~",)), language) == ()
    assert "write “~~Un~~”" in find_errors(Entry("~~One~~", ("~~Un ~~",)), language)[0].text


def test_the_digits_of_marks_and_telephone_links_are_no_numbers() -> None:
    source = "Call [us](tel:+963-11-555)[^12]."
    assert (
        find_errors(Entry(source, ("Appelez-[nous](tel:+963-11-555)[^12].",)), find_language("fr"))
        == ()
    )
