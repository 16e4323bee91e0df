"""One file with all languages, opened from a disk, with no network and no script."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import brotli
import pytest

from letter.formats.documents import write_bundle
from tests.browser.test_language_marks import MISLABELLED, NESTED
from tests.conftest import TAGS, Copy, WriteSite
from tests.formats.test_pdf import BOX, LETTER, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page


FIND_SHOWN = "[...document.querySelectorAll('.edition')].filter(e => e.offsetHeight).map(e => e.id)"


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on a small phone without a network."""
    page.unroute("**/*")  # which keeps a page from files
    page.set_viewport_size({"width": 320, "height": 640})
    page.context.set_offline(offline=True)
    yield page
    page.context.set_offline(offline=False)


def make_bundle(copy: Copy) -> str:
    return write_bundle(copy.read_shelf(), SITE)


def open_bundle(page: Page, copy: Copy, anchor: str = "") -> None:
    path = copy.letter.parent / "letter.html"
    path.write_text(make_bundle(copy), encoding="utf-8")
    page.goto(path.as_uri() + anchor)


def test_it_comes_with_the_first_round_trip(copy: Copy) -> None:
    data = make_bundle(copy).encode()
    assert len(gzip.compress(data, 9)) <= 14_600
    assert len(brotli.compress(data)) <= 14_600


def test_it_needs_nothing_else(copy: Copy) -> None:
    html = make_bundle(copy)
    assert not re.findall(r"<(?:script|link|iframe|object)|\bsrc=|url\(|@import", html)
    assert make_bundle(copy) == html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_the_first_edition_shows_until_another_is_chosen(page: Page, copy: Copy) -> None:
    open_bundle(page, copy)
    assert page.evaluate(FIND_SHOWN) == ["en"]
    for tag in ("ar", "ku", "ckb", "en"):
        page.locator(f'nav a[href="#{tag}"]').click()
        assert page.evaluate(FIND_SHOWN) == [tag]
        assert page.evaluate("document.activeElement.id") == tag, "a screen reader reads on here"
        assert page.evaluate("scrollY") == 0, "the other languages stay in sight"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        weight = f"getComputedStyle(document.querySelector('nav a[href=\"#{tag}\"]')).fontWeight"
        assert page.evaluate(weight) == "700"


def test_the_keyboard_reaches_every_edition(page: Page, copy: Copy) -> None:
    open_bundle(page, copy)
    for tag in TAGS:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == f"#{tag}"
    page.keyboard.press("Enter")
    assert page.evaluate(FIND_SHOWN) == ["ku"]
    box = page.locator("#ku .address a").bounding_box()
    assert box
    assert box["height"] >= 24, "a target for a thumb"


@pytest.mark.parametrize("anchor", ["#ckb", "#nothing", "#signatories-ar"])
def test_a_link_into_the_file_shows_one_edition(page: Page, copy: Copy, anchor: str) -> None:
    open_bundle(page, copy, anchor)
    expected = {"#ckb": "ckb", "#signatories-ar": "ar"}.get(anchor, "en")
    assert page.evaluate(FIND_SHOWN) == [expected]


def test_without_styles_all_editions_show(page: Page, copy: Copy) -> None:
    open_bundle(page, copy)
    page.evaluate("document.querySelector('style').remove()")
    assert page.evaluate(FIND_SHOWN) == list(TAGS)


def test_paper_gets_the_chosen_edition_alone(page: Page, copy: Copy) -> None:
    open_bundle(page, copy, "#ar")
    page.emulate_media(media="print")
    assert page.evaluate(FIND_SHOWN) == ["ar"]
    assert not page.locator("nav").is_visible()
    assert page.locator("#ar .address").is_visible()


def test_every_text_is_marked_with_the_language_it_is_in(page: Page, copy: Copy) -> None:
    open_bundle(page, copy)
    assert page.evaluate(MISLABELLED) == []
    assert page.evaluate(NESTED) == []


def test_a_partly_translated_edition_says_why(page: Page, write_site: WriteSite) -> None:
    entries = 'msgid "One"\nmsgstr "واحد"\n\n'
    entries += '#, fuzzy\n#| msgid "Too"\nmsgid "Two"\nmsgstr "اثنان"\n'
    copy = write_site("# One\n\nTwo\n\n- Three\n", ar=entries)
    open_bundle(page, copy, "#ar")
    assert page.evaluate(MISLABELLED) == []
    shown = page.locator("#ar").inner_text()
    for words in (
        "لم يراجع أحد هذه الترجمة بعد.",
        "الإنجليزية",
        "لم يُترجم بعد",
    ):
        assert words in shown
    assert page.locator('#ar article [lang="en"][dir="ltr"]').count() == 2


def test_another_letter_carries_its_pictures(page: Page, write_site: WriteSite) -> None:
    copy = write_site(LETTER, ckb='msgid "A box"\nmsgstr "سندوق"\n')
    (copy.letter.parent / "box.svg").write_text(BOX, encoding="utf-8")
    open_bundle(page, copy, "#ckb")
    assert page.evaluate("document.querySelector('#ckb img').naturalWidth") == 9
    assert page.locator("#ckb ol li").count() == 3
    assert page.locator("#ckb blockquote").is_visible()
    assert page.evaluate("document.querySelector('#ckb pre').matches('[lang=en][dir=ltr]')")


def test_a_missing_picture_leaves_its_words(copy: Copy, tmp_path: Path) -> None:
    box = tmp_path / "box.svg"
    box.write_text(BOX, encoding="utf-8")
    copy.letter.write_text("# Hi\n\n![A box](box.svg)\n", encoding="utf-8")
    shelf = copy.read_shelf()
    box.unlink()
    html = write_bundle(shelf, SITE)
    assert "<img" not in html
    assert "A box" in html
