"""Letters of every other shape: the page holds them all."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from letter.source.letter import parse_letter
from tests.browser.test_layout import OVERFLOW, SPACING, TYPE, add_style, open_on_phone
from tests.conftest import Copy
from tests.paper import split_pages
from tests.tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from letter.source.blocks import Message
    from tests.browser.conftest import Serve

WORD = "muvaffakiyetsizlestiricilestiriveremeyebileceklerimizdenmissin"
LINK = "https://example.org/" + "a-long-address-" * 12
SENTENCE = "We are being left to die as the world watches, and we ask the world to act. "
SIGNED = "# Letter\n\nWe ask.\n\n<!-- signatories -->\n"

SHAPES = {
    "three": SIGNED + "".join(f"- Person {number}\n" for number in range(3)),
    "three-hundred": SIGNED + "".join(f"- Organisation number {n}\n" for n in range(300)),
    "nobody": "# Letter\n\nWe ask.\n",
    "one-paragraph": "We ask.\n",
    "blocks": "# Letter\n\n## Why\n\n> We saw it.\n>\n> > They told us.\n>\n> - *One*\n> - Two\n\n"
    "### And when\n\n1. First\n   - Inner\n     - Innermost\n       1. Number\n\n2. Second\n\n"
    "   More of the second\n\n7. Third\n\n***\n\n    code --with=an-option\n\n"
    "Some `code` and **strong** and *soft* words,\\\non two lines.\n\nAnd a *soft* word.\n\n"
    "![The city as it was](city.png)\n\n" + SIGNED.partition("We ask.\n\n")[2] + "- A & B < C\n",
    "long-words": f"# {WORD}\n\n{WORD} {LINK}\n\n> - > {WORD}\n\n- {WORD}\n\n"
    f"1. - {WORD}\n\n    {LINK}\n\n`{WORD}{WORD}` [{LINK}]({LINK})\n\n## {WORD}\n",
    "five-thousand-words": "# Letter\n\n"
    + "\n\n".join(f"{number}. {SENTENCE * 10}" for number in range(30)),
}


def translate_message(message: Message) -> str:
    """Make a text of the same shape in Arabic, and long words of long words."""
    words = message.msgid.split()
    if not all(word.strip("*,").isalpha() or word in ("&", "<", "**") for word in words):
        return ""
    return " ".join(
        "ي" * len(word) if word == WORD else re.sub("[^*]+", "كلمة", word) for word in words
    )


def write_shape(folder: Path, shape: str) -> Copy:
    """Write a letter of SHAPES, with an Arabic catalogue of its plainest passages."""
    copy = Copy(folder / "letter.md", folder / "locales")
    copy.letter.write_text(SHAPES[shape], encoding="utf-8")
    shutil.copy(ROOT / "tests" / "browser" / "city.png", folder)
    copy.po("ar").parent.mkdir(parents=True)
    entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
    entries += [
        f'msgid "{message.msgid}"\nmsgstr "{text}"\n'
        for message in parse_letter(SHAPES[shape]).messages
        if (text := translate_message(message))
    ]
    copy.po("ar").write_text("\n".join(entries), encoding="utf-8")
    return copy


@pytest.mark.parametrize("shape", SHAPES)
def test_any_letter_stays_within_its_page(
    page: Page, serve: Serve, tmp_path: Path, shape: str
) -> None:
    address = serve(write_shape(tmp_path, shape))
    for path in ("en/", "ar/", "ar/with/en/"):
        open_on_phone(page, f"{address}/{path}")
        assert page.evaluate(OVERFLOW) == [], path
        add_style(page, SPACING + "html { font-size: 32px !important }")
        assert page.evaluate(OVERFLOW) == [], f"{path} with larger text"
        add_style(page, "")
        assert page.evaluate(TYPE) == [], path
        page.set_viewport_size({"width": 1200, "height": 800})
        assert page.evaluate(OVERFLOW) == [], f"{path} on a wide screen"


def test_three_hundred_sign_on_few_sheets(page: Page, serve: Serve, tmp_path: Path) -> None:
    page.goto(serve(write_shape(tmp_path, "three-hundred")) + "/en/")
    assert page.locator(".signatories li").count() == 300
    assert len(split_pages(page.pdf(prefer_css_page_size=True))) <= 5


def test_a_letter_that_nobody_signed_has_no_list_of_names(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    page.goto(serve(write_shape(tmp_path, "nobody")) + "/en/")
    assert page.locator(".signatories, h2, li li").count() == 0


def test_a_picture_keeps_within_the_page_and_its_own_proportions(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    open_on_phone(page, serve(write_shape(tmp_path, "blocks")) + "/en/")
    image = page.locator("img")
    assert image.get_attribute("alt") == "The city as it was"
    box = image.bounding_box()
    assert box
    assert 200 < box["width"] <= 320
    assert box["width"] == pytest.approx(2 * box["height"], rel=0.02)
