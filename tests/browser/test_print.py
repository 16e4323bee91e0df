"""What comes out of a printer: the letter, and how to find it again."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TAGS
from tests.tools import require_tool

if TYPE_CHECKING:
    from playwright.sync_api import Page


def count_pages(pdf: bytes) -> int:
    """Count the pages of a PDF file as Chromium writes it, each page an object of its own."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def split_pages(pdf: bytes) -> list[str]:
    """Give the words on each page of a PDF file."""
    command = [require_tool("pdftotext"), "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode().removesuffix("\f").split("\f")


@pytest.mark.parametrize("tag", TAGS)
def test_the_letter_fits_two_sheets(page: Page, pages: dict[str, str], tag: str) -> None:
    page.goto(pages[tag])
    for format_ in ("A4", "Letter"):
        pdf = page.pdf(format=format_, prefer_css_page_size=format_ == "A4")
        assert 1 <= count_pages(pdf) <= 2, format_
    assert re.search(rb"/MediaBox\s*\[0 0 59[45]\S* 84[12]", page.pdf(prefer_css_page_size=True))


@pytest.mark.parametrize("tag", TAGS)
def test_paper_has_the_letter_and_its_address_and_nothing_to_click(
    page: Page, pages: dict[str, str], tag: str
) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(pages[tag])
    shown = page.locator("body").inner_text()
    assert pages[tag] in shown
    if tag != "en":
        assert re.search(r"\b20\d\d-\d\d-\d\d\b", shown), "the day of the translation"
    for name in ("nav", ".skip", ".at", ".links", "footer a"):
        for found in page.locator(name).all():
            assert not found.is_visible(), name
    for name in ("h1", ".qr", ".address", ".signatories li"):
        assert page.locator(name).first.is_visible(), name
    box = page.locator(".qr").bounding_box()
    assert box
    assert box["width"] == box["height"] >= 75, "20 mm, which a phone reads from a wall"
    columns = "found => new Set([...found.children].map(one => one.getBoundingClientRect().left "
    columns += "+ (document.dir == 'rtl' ? one.getBoundingClientRect().width : 0))).size"
    assert page.locator(".signatories ul").evaluate(columns) == 2
    ink = "[getComputedStyle(document.body).color, "
    ink += "getComputedStyle(document.documentElement).backgroundColor]"
    assert page.evaluate(ink) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], "ink on paper"


def test_paper_still_says_what_the_translation_is(page: Page, pages: dict[str, str]) -> None:
    page.emulate_media(media="print")
    page.goto(pages["partly ar"])
    assert page.locator(".notice").is_visible()
    assert page.locator("small.why").first.is_visible()


def test_the_screen_shows_no_qr_code(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["ar"])
    assert not page.locator(".qr").is_visible()
    assert not page.locator(".address").is_visible()
