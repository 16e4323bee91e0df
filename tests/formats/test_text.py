"""The letter as plain text, which is read in mails and messages."""

import pytest

from letter.formats.text import RIGHT_TO_LEFT_MARK
from letter.source.markdown import plain_text
from tests.conftest import TAGS, Copy, WriteSite
from tests.formats.test_page import is_balanced

BLOCKS = """# Title

## Part

> Seen.
>
> > Told.

- One
- Two
  - Inner

3. Third
4. Fourth

   More

***

    code --with=an-option

Line one\\
line two, with *soft* and [a link](https://example.org) words.
"""

TEXT = """Title

Part

> Seen.

> > Told.

• One
• Two
  • Inner

3. Third

4. Fourth

   More

* * *

    code --with=an-option

Line one
line two, with soft and a link words.
"""


def get_text(copy: Copy, tag: str, base_url: str = "") -> str:
    response = copy.client(base_url).get(f"/{tag}/letter.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return response.text


@pytest.mark.parametrize("tag", TAGS)
def test_all_passages_are_there_in_order(copy: Copy, tag: str) -> None:
    text, at = get_text(copy, tag), 0
    for passage in copy.read_shelf().editions[tag].passages.values():
        at = text.index(plain_text(passage.text), at) + 1
    assert text.count("• ") == 18


@pytest.mark.parametrize("tag", TAGS)
def test_lines_of_a_right_to_left_edition_begin_with_a_mark(copy: Copy, tag: str) -> None:
    lines = filter(None, get_text(copy, tag, "https://example.org").split("\n"))
    marked = [line.startswith(RIGHT_TO_LEFT_MARK) for line in lines]
    assert all(marked) if tag in ("ar", "ckb") else not any(marked)


@pytest.mark.parametrize("tag", TAGS)
def test_isolates_are_balanced_on_every_line(copy: Copy, tag: str) -> None:
    if tag != "en":
        copy.po(tag).write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    lines = get_text(copy, tag).split("\n")
    assert [line for line in lines if not is_balanced(line)] == []
    assert any("\u2068" in line for line in lines) == (tag != "en")


def test_a_foreign_passage_of_two_lines_is_isolated_line_by_line(write_site: WriteSite) -> None:
    text = get_text(write_site("One\\\ntwo\n\nNow\n", ar='msgid "Now"\nmsgstr "الآن"\n'), "ar")
    _, _, letter = text.rstrip("\n").partition("]\n\n")
    assert letter == "\u200f\u2068One\u2069\n\u200f\u2068two\u2069\n\n\u200fالآن"


def test_the_address_stands_at_the_end(copy: Copy) -> None:
    text = get_text(copy, "ar", "https://example.org/x")
    assert text.endswith("\n\u200fhttps://example.org/x/ar/\n")
    assert "\n\n\n" not in text
    text = get_text(copy, "ar")
    assert "http" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_kind_of_block_can_be_told_apart(write_site: WriteSite) -> None:
    assert get_text(write_site(BLOCKS), "en").rstrip("\n") + "\n" == TEXT
