"""A letter in French with a table, footnotes, contents and 300 names, read by a person."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pytest

from app import create_app
from letter.formats.documents import write_bundle
from letter.formats.site import Site
from tests.browser.conftest import serve_app
from tests.browser.test_checkers import AXE, load_axe
from tests.browser.test_language_marks import NESTED
from tests.browser.test_layout import CONTRAST, SIZES, TYPE, add_style, open_on_phone, show_on_phone
from tests.french_letter import write_french_letter
from tests.paper import split_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

PATHS = ("fr/", "ar/", "en/", "ar/with/fr/", "fr/with/ar/")

SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

# How far from the edge of its paragraph a link begins that is the first of its line, in pixels.
INDENTS = """() => [...document.querySelectorAll('.publisher a')].flatMap(link => {
  const own = link.getBoundingClientRect(), around = link.parentElement.getBoundingClientRect();
  const range = document.createRange(), middle = (own.top + own.bottom) / 2;
  range.selectNodeContents(link.parentElement);
  const is_first = ![...range.getClientRects()].some(other => other.width > 1
    && other.left < own.left - 1 && other.top < middle && middle < other.bottom);
  return is_first ? [Math.round(own.left - around.left)] : [];
})"""

# Text that the page shows in letters of another script than its nearest language has.
UNMARKED = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data, at = walker.currentNode.parentElement;
    if (at.closest('bdi:not([lang])')) continue;
    const lang = at.closest('[lang]').lang, dir = getComputedStyle(at).direction;
    const letters = text.replace(/\\p{P}/gu, '');
    const is = script => new RegExp(`\\\\p{Script=${script}}`, 'u').test(letters);
    if (is('Arabic') && (!['ar', ''].includes(lang) || dir != 'rtl')
      || is('Latin') && (!['fr', 'en', ''].includes(lang) || dir != 'ltr'))
      found.push(`${lang} ${dir}: ${text.trim()}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    copy = write_french_letter(tmp_path_factory.mktemp("french"))
    with serve_app(lambda address: create_app(copy.letter, copy.locales, address)) as address:
        yield address


@pytest.mark.parametrize("path", PATHS)
def test_the_page_stays_put_and_the_table_scrolls_in_its_box(
    page: Page, address: str, path: str
) -> None:
    open_on_phone(page, f"{address}/{path}")
    assert not page.evaluate(SCROLLS)
    box = page.locator(".table").first
    assert box.evaluate("found => found.scrollWidth > found.clientWidth"), "it is a wide table"
    box.focus()
    assert box.evaluate("found => document.activeElement == found"), "and by the keyboard, too"
    add_style(page, "html { font-size: 36px !important }")
    assert not page.evaluate(SCROLLS), "with larger text"
    page.set_viewport_size({"width": 1280, "height": 800})
    add_style(page, "")
    assert not page.evaluate(SCROLLS)
    assert not box.evaluate("found => found.scrollWidth > found.clientWidth")


@pytest.mark.parametrize("path", PATHS)
def test_every_text_is_marked_with_its_language(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    assert page.evaluate(UNMARKED) == []
    assert page.evaluate(NESTED) == []
    show_on_phone(page)
    assert page.evaluate(SIZES) == []
    assert page.evaluate(TYPE) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert all(ratio >= 4.5 for _, ratio in page.evaluate(CONTRAST))


@pytest.mark.parametrize("path", ["fr/", "ar/", "ar/with/fr/"])
def test_a_reader_goes_to_a_footnote_and_back(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    mark = page.locator(".note a").first
    mark.click()
    law = "قانون" if path.startswith("ar") else "Loi"
    assert law in page.locator(":target").inner_text()
    back = page.locator(":target .back").first
    name = "العودة إلى النص" if path.startswith("ar") else "Retour au texte"
    assert name in (back.get_attribute("aria-label") or "")
    back.click()
    assert page.evaluate("document.querySelector(':target').textContent") == "1"
    assert mark.evaluate("found => found.matches(':target')")


@pytest.mark.parametrize(("path", "words"), [("fr/", "plus bas"), ("ar/", "أدناه")])
def test_a_link_within_the_letter_leads_to_its_heading_in_every_language(
    page: Page, address: str, path: str, words: str
) -> None:
    page.goto(f"{address}/{path}")
    page.get_by_role("link", name=words).click()
    found = page.locator("h2:target").inner_text()
    assert found.startswith(("Ce que nous demandons", "ما نطالب به"))


def test_the_contents_are_folded_on_a_phone_and_open_where_there_is_room(
    page: Page, address: str
) -> None:
    page.emulate_media(reduced_motion="no-preference")  # the letter glides to its headings
    page.goto(f"{address}/ar/")
    first = page.locator(".contents a").first
    assert not first.is_visible()
    page.locator(".contents summary").click()
    assert first.is_visible()
    page.goto(f"{address}/fr/")
    page.set_viewport_size({"width": 1200, "height": 800})
    assert first.is_visible()
    first.click()
    assert page.locator("h2:target").inner_text().startswith("Ce qui est arrivé")


@pytest.mark.parametrize(
    ("path", "width", "columns"), [("fr/", 360, 2), ("ar/", 360, 2), ("fr/", 1280, 3)]
)
def test_three_hundred_names_stand_in_columns(
    page: Page, address: str, path: str, width: int, columns: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{path}")
    lefts = (
        "found => new Set([...found.children].map(one => one.getBoundingClientRect().left)).size"
    )
    assert page.locator(".many > ul").evaluate(lefts) == columns
    assert page.locator(".many li").count() == 300
    assert len(split_pages(page.pdf(prefer_css_page_size=True))) <= 6


def test_paper_says_where_to_sign_and_who_is_responsible(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}/fr/")
    for words in ("https://example.org/signer", "eau@example.org", "mentions-legales"):
        assert page.locator("bdi.address", has_text=words).is_visible()
    assert page.locator(".logo img").is_visible()
    assert not page.locator(".contents").is_visible()


@pytest.mark.parametrize("path", ["fr/", "ar/"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_logo_stands_clear_of_the_notice_and_the_title(
    page: Page, address: str, path: str, media: Literal["screen", "print"]
) -> None:
    page.emulate_media(media=media)
    page.goto(f"{address}/{path}")
    found = page.locator(".notice, .logo img, article h1").all()
    boxes = [box for each in found if (box := each.bounding_box())]
    assert len(boxes) == (2 if path == "fr/" else 3)
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] + 5 < below["y"]


def test_a_link_at_the_beginning_of_a_line_is_not_indented(page: Page, address: str) -> None:
    page.goto(f"{address}/fr/")
    indents: list[int] = []
    for width in range(240, 400, 20):
        page.set_viewport_size({"width": width, "height": 740})
        indents += page.evaluate(INDENTS)
    assert set(indents) == {0}


def test_on_paper_a_heading_stays_with_its_passage(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 673, "height": 1017})  # of A4 within its margins
    page.emulate_media(media="print")
    page.goto(f"{address}/ar/")
    page.evaluate("document.querySelectorAll('.signatories').forEach(found => found.remove())")
    box = page.get_by_role("heading", name="À Rochefort").bounding_box()
    assert box
    room = 1017 - int(box["y"])
    pages = set()
    for height in range(room - 120, room + 24, 24):  # pixels; the heading moves over the edge
        add_style(page, f".table {{ padding-block-end: {height}px }}")
        printed = split_pages(page.pdf(prefer_css_page_size=True))
        both = [[words in each for each in printed] for words in ("À Rochefort", "La mairie n’a")]
        assert both[0] == both[1], height
        pages.add(both[0].index(True))
    assert pages == {0, 1}


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_in_it(page: Page, address: str, tools: Path, path: str) -> None:
    page.goto(f"{address}/{path}")
    load_axe(page, tools)
    assert page.evaluate(AXE) == []


def test_links_in_the_one_file_stay_in_their_edition(page: Page, tmp_path: Path) -> None:
    shelf = write_french_letter(tmp_path).read_shelf()
    file = tmp_path / "letter.html"
    file.write_text(write_bundle(shelf, Site()), encoding="utf-8")
    page.unroute("**/*")
    page.goto(f"file://{file}#ar")
    shown = page.locator(".edition:visible")
    assert shown.get_attribute("id") == "ar"
    shown.get_by_role("link", name="أدناه").click()
    assert page.locator("h2:target").inner_text() == "ما نطالب به"
    assert shown.get_attribute("id") == "ar"
    shown.locator(".note a").first.click()
    assert page.locator(":target .back").first.is_visible()
    assert shown.get_attribute("id") == "ar"
    weight = "getComputedStyle(document.querySelector('nav a[href=\"#ar\"]')).fontWeight"
    assert page.evaluate(weight) == "700"
