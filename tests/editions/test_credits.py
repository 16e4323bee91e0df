"""Who is named as a translator: people, and no placeholder of a tool."""

import pytest

from letter.editions.catalogue import make_catalogue
from letter.languages.language import find_language
from letter.po.reader import parse_po


@pytest.mark.parametrize(
    ("top", "last", "names"),
    [
        ("Zîn <zin@example.org>, 2026.", "T <t@example.org>", ("Zîn", "T")),
        ("FULL NAME <EMAIL@ADDRESS>, YEAR.", "FULL NAME <EMAIL@ADDRESS>", ()),
        ("FIRST AUTHOR <EMAIL@ADDRESS>, 2026.", "Automatically generated", ()),
        ("Zîn Ozan <EMAIL@ADDRESS>, 2026.", "LANGUAGE <LL@li.org>", ("Zîn Ozan",)),
    ],
)
def test_a_placeholder_is_in_no_credit(top: str, last: str, names: tuple[str, ...]) -> None:
    text = f'# {top}\nmsgid ""\nmsgstr "Last-Translator: {last}\\n"\n\nmsgid "A"\nmsgstr "B"\n'
    po = parse_po(text.encode(), "letter.po")
    assert make_catalogue(find_language("ku"), po).translators == names
