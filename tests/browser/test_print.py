"""What comes out of a printer: the letter, and how to find it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import REPORT
from tests.conftest import TAGS
from tests.paper import measure_words, split_pages

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Serve
    from tests.conftest import Copy


@pytest.mark.parametrize("kind", [*TAGS, "partly ar", "partly ku", "partly ckb"])
def test_an_edition_is_one_sheet_of_paper_in_letters_that_can_be_read(
    page: Page, pages: dict[str, str], kind: str
) -> None:
    page.goto(pages[kind])
    printed = page.pdf(prefer_css_page_size=True)
    words = split_pages(printed)
    assert len(words) == (1 if kind in ("en", "ar", "ku") else 2)
    for name in ("Syria Solidarity UK", "Kurds House", pages[kind]):
        assert name in words[-1], "the names stand together, and with the address"
    size, _ = measure_words(printed).most_common(1)[0]
    assert size >= (11 if page.evaluate("document.dir") == "rtl" else 10)
    assert re.search(rb"/MediaBox\s*\[0 0 59[45]\S* 84[12]", printed)
    if kind == "partly ckb":  # the longest
        assert len(split_pages(page.pdf(format="Letter"))) == 2


@pytest.mark.parametrize("kind", ["en beside ckb", "partly ckb beside ar"])
def test_two_editions_stand_side_by_side_on_paper(
    page: Page, pages: dict[str, str], kind: str
) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})  # of A4 within its margins
    page.goto(pages[kind])
    own, beside = (page.locator("h1").nth(number).bounding_box() for number in (0, 1))
    assert own
    assert beside
    assert abs(own["y"] - beside["y"]) < 2, "the same passage is on one line"
    assert abs(own["x"] - beside["x"]) > 300
    sizes = measure_words(page.pdf(prefer_css_page_size=True))
    assert max(size for size, count in sizes.items() if count > 200) <= 11


@pytest.mark.parametrize("tag", TAGS)
def test_paper_has_the_letter_and_its_address_and_nothing_to_click(
    page: Page, pages: dict[str, str], tag: str
) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(pages[tag])
    shown = page.locator("body").inner_text()
    assert pages[tag] in shown
    assert REPORT in shown
    for name in ("nav", ".skip", ".at", ".links"):
        for found in page.locator(name).all():
            assert not found.is_visible(), name
    for name in ("h1", ".qr", ".address", ".signatories li"):
        assert page.locator(name).first.is_visible(), name
    box = page.locator(".qr").bounding_box()
    assert box
    assert box["width"] == box["height"] >= 75, "20 mm, which a phone reads from a wall"
    columns = "found => new Set([...found.children].map(one => one.getBoundingClientRect().left "
    columns += "+ (document.dir == 'rtl' ? one.getBoundingClientRect().width : 0))).size"
    assert page.locator(".signatories ul").evaluate(columns) == 3
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
    assert not page.locator(".address").last.is_visible()


@pytest.mark.parametrize("tag", ["ar", "ckb", "ku"])
def test_an_outdated_translation_takes_no_more_paper_than_the_letter(
    page: Page, serve: Serve, copy: Copy, tag: str
) -> None:
    """Of each passage paper shows what is true now, and says so; the earlier one is on the page."""
    po = copy.po(tag)
    was = r'\n\n#, fuzzy\n#| msgid "An older text"\nmsgid'
    po.write_text(re.sub(r"\n\n(?:#.*\n)*msgid", was, po.read_text("utf-8")), encoding="utf-8")
    page.goto(f"{serve(copy)}/{tag}/")
    assert page.locator("details.why").count() == 6
    page.locator("details.why summary").first.click()
    assert len(split_pages(page.pdf(prefer_css_page_size=True))) <= 2
    page.emulate_media(media="print")
    assert not page.locator("details.why").first.is_visible()


@pytest.mark.parametrize("tag", TAGS)
def test_paper_says_once_what_is_a_draft_and_leaves_room_below_the_title(
    page: Page, pages: dict[str, str], tag: str
) -> None:
    page.emulate_media(media="print")
    page.goto(pages[tag])
    if tag != "en":
        words = page.locator(".notice p").first.inner_text()
        page.locator("footer summary").evaluate("found => found.parentElement.open = true")
        assert page.locator("body").inner_text().count(words) == 1
    title, date = (page.locator(each).bounding_box() for each in ("h1", "h1 + .date"))
    assert title
    assert date
    assert date["y"] >= title["y"] + title["height"]
