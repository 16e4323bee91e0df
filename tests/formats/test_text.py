"""The letter as plain text, which is read in mails and messages."""

import pytest

from letter.formats.text import BYTE_ORDER_MARK
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
    assert response.data.startswith(b"\xef\xbb\xbf"), "or a host without a charset garbles it"
    return response.text.removeprefix(BYTE_ORDER_MARK)


@pytest.mark.parametrize("tag", TAGS)
def test_all_passages_are_there_in_order(copy: Copy, tag: str) -> None:
    text, at = get_text(copy, tag), 0
    for passage in copy.read_shelf().editions[tag].passages.values():
        at = text.index(plain_text(passage.text), at) + 1
    assert text.count("• ") == 18


@pytest.mark.parametrize("tag", TAGS)
def test_each_line_of_a_right_to_left_edition_lies_in_an_isolate(copy: Copy, tag: str) -> None:
    lines = list(filter(None, get_text(copy, tag, "https://example.org").split("\n")))
    laid = [line.startswith("\u200f\u2067") and line.endswith("\u2069") for line in lines]
    assert all(laid) if tag in ("ar", "ckb") else not any(laid)
    assert any("\u2066https://example.org/" in line for line in lines) == all(laid)


@pytest.mark.parametrize("tag", TAGS)
def test_isolates_are_balanced_on_every_line(copy: Copy, tag: str) -> None:
    if tag != "en":
        copy.po(tag).write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    lines = get_text(copy, tag).split("\n")
    assert [line for line in lines if not is_balanced(line)] == []
    assert any("\u2068" in line for line in lines) == (tag != "en")


def test_a_foreign_passage_of_two_lines_is_isolated_line_by_line(write_site: WriteSite) -> None:
    text = get_text(write_site("One\\\ntwo\n\nNow\n", ar='msgid "Now"\nmsgstr "الآن"\n'), "ar")
    _, _, letter = text.rstrip("\n").partition("]\u2069\n\n")
    lines = ("\u2068One\u2069", "\u2068two\u2069", "", "الآن")
    assert letter == "\n".join(f"\u200f\u2067{line}\u2069" if line else "" for line in lines)


def test_the_address_stands_at_the_end(copy: Copy) -> None:
    text = get_text(copy, "ar", "https://example.org/x")
    assert text.endswith("\n\u200f\u2067\u2066https://example.org/x/ar/\u2069\u2069\n")
    assert "\n\n\n" not in text
    text = get_text(copy, "ar")
    assert "http" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_kind_of_block_can_be_told_apart(write_site: WriteSite) -> None:
    assert get_text(write_site(BLOCKS), "en").rstrip("\n") + "\n" == TEXT


DATED = """---
title: Water
date: 2025-03
updated: 2025-06-04
publisher: Friends
contact: f@example.org
---
Some words.

<!-- signatories -->
- Zîn
"""
SAID = 'msgid ""\nmsgstr "PO-Revision-Date: {}\\n"\n\nmsgid "Some words."\nmsgstr "Des mots."\n'


def test_dates_publisher_and_names_stand_where_pages_have_them(write_site: WriteSite) -> None:
    text = """Water

Open letter · March 2025 · updated June 4, 2025 · 1 signatory

Some words.

Signatories

• Zîn

Published by \u2068Friends\u2069.
Contact: f@example.org
"""
    assert get_text(write_site(DATED), "en") == text


def test_only_a_phrase_that_is_not_in_the_language_is_isolated(write_site: WriteSite) -> None:
    copy = write_site(DATED, oc="")
    lines = get_text(copy, "oc").split("\n")
    english = "\u2068Open letter\u2069 · març de 2025 · \u2068updated June 4, 2025\u2069"
    assert lines[4].startswith(english), "the language has dates, but no page"


def test_the_translations_day_is_told_apart_and_must_be_one(write_site: WriteSite) -> None:
    copy = write_site(DATED, fr="")
    for day, is_said in (("2026-11-22 10:00+0000", True), ("2026-13-01 10:00+0000", False)):
        copy.po("fr").write_text(SAID.format(day), encoding="utf-8")
        text = get_text(copy, "fr")
        assert ("2026" in text) == is_said
        assert "2026-" not in text
