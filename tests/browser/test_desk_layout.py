"""The desk on narrow screens and in forced colours: pages from a disk, since no script matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letter.desk.desk import Desk
from letter.editions.library import Library
from letter.formats.site import Site
from tests.conftest import copy_letter

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Copy


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A letter whose Arabic file lost nine quotation marks; the Kurmanji one has a long name."""
    copy = copy_letter(tmp_path_factory.mktemp("desk"))
    lines = copy.po("ar").read_text(encoding="utf-8").split("\n")
    texts = [place for place, line in enumerate(lines) if line.startswith('msgstr "')][-9:]
    for place in texts:
        lines[place] = lines[place].rstrip('"')
    copy.po("ar").write_text("\n".join(lines), encoding="utf-8")
    copy.edit("ku", "Last-Translator: ", f"Last-Translator: {'Zîn ' * 300}")
    return copy


def open_desk(page: Page, copy: Copy, folder: Path, tag: str) -> Page:
    """Open a language's desk."""
    page.unroute_all()
    path = folder / "desk.html"
    html = Desk(Library(copy.letter, copy.locales), Site()).render(tag) or ""
    path.write_text(html.replace("<script>", '<script type="text/plain">'), encoding="utf-8")
    page.goto(path.as_uri())
    return page


@pytest.fixture
def open_page(page: Page, broken: Copy, tmp_path: Path) -> Page:
    """The desk of the broken file."""
    return open_desk(page, broken, tmp_path, "ar")


def test_a_file_of_many_faults_leaves_room_for_the_letter(open_page: Page) -> None:
    open_page.set_viewport_size({"width": 320, "height": 700})
    strip = open_page.locator(".strip")
    assert strip.locator("summary").first.text_content() == "and 8 more"
    assert strip.evaluate("strip => strip.offsetHeight") < 350
    open_page.locator(".more summary").click()
    assert open_page.locator(".more li").count() == 8
    assert open_page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_panels_of_the_strip_are_seen_whole(open_page: Page) -> None:
    panels = open_page.locator(".strip details")
    assert panels.count() == 3
    for width in (320, 360, 480, 1280):
        open_page.set_viewport_size({"width": width, "height": 700})
        for details in panels.all():
            details.evaluate("details => { details.open = true }")
            box = details.locator("> :last-child").bounding_box()
            assert box
            assert 0 <= box["x"] <= width - box["width"]


def test_an_open_panel_leaves_the_others_within_reach(open_page: Page) -> None:
    for width, height in ((320, 640), (360, 640), (1280, 700)):
        open_page.set_viewport_size({"width": width, "height": height})
        for own, other in (("and 8 more", "Languages"), ("and 8 more", "Keys")):
            open_page.get_by_text(own).click()
            panel = open_page.locator(".more ul").bounding_box()
            assert panel
            assert panel["y"] + panel["height"] <= height
            open_page.locator(".strip summary").get_by_text(other).click()
            assert open_page.locator(".strip details[open]").count() == 1
            assert open_page.locator(".more[open]").count() == 0


def test_a_name_of_any_length_leaves_room_for_the_letter(
    page: Page, broken: Copy, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    strip = open_desk(page, broken, tmp_path, "ku").locator(".strip")
    assert strip.evaluate("strip => strip.offsetHeight") < 200
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    links = page.locator(":is(.strip, .about, .below, .margin) a:visible")
    assert min(links.evaluate_all("all => all.map(each => each.offsetHeight)")) >= 24  # WCAG 2.5.8


def test_a_print_of_all_languages_breaks_no_words(page: Page, broken: Copy, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 673, "height": 900})  # A4 within its margins
    page.emulate_media(media="print")
    cells = open_desk(page, broken, tmp_path, "").locator(":is(th, td):not(:last-child)")
    assert cells.count() > 20
    lines = cells.evaluate_all(
        """cells => cells.flatMap(({ firstChild: text }) =>
            [...(text.data ?? "").matchAll(/\\S+/g)].map(({ index, 0: word }) => {
                const range = new Range();
                range.setStart(text, index);
                range.setEnd(text, index + word.length);
                return range.getClientRects().length;
            })
        )"""
    )
    page.emulate_media(media="screen")
    assert set(lines) == {1}


def test_what_is_wrong_stays_in_sight_in_a_low_window(open_page: Page) -> None:
    """Such as one below an editor, or of 768 pixels at 200 %."""
    for width, height in ((320, 256), (640, 384), (1200, 400)):
        open_page.set_viewport_size({"width": width, "height": height})
        cut_off = open_page.locator("#cut-off")
        cut_off.evaluate("told => { told.hidden = false }")
        assert cut_off.evaluate("told => told.scrollHeight <= told.clientHeight"), "it is cut"
        assert not open_page.locator(".broken").is_visible(), "which may be old, too"
        open_page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
        bars = [open_page.locator(name).bounding_box() for name in (".faults", ".bar")]
        (top, high), (low, _) = [(box["y"], box["height"]) for box in bars if box]
        assert top == 0
        assert high < 0.6 * height
        assert low < 0, "there is no room for the rest"
        cut_off.evaluate("told => { told.hidden = true }")
        open_page.locator(".more summary").click()
        panel = open_page.locator(".more ul").bounding_box()
        assert panel
        assert 0 <= panel["y"] < height - 24
        open_page.locator(".more summary").click()


def test_a_passage_that_changed_is_marked_in_forced_colours(open_page: Page) -> None:
    open_page.emulate_media(forced_colors="active")
    words = open_page.locator(".piece > .words").first
    words.evaluate("words => words.parentElement.classList.add('landed')")
    assert words.evaluate("words => getComputedStyle(words).outlineStyle") == "solid"
    open_page.emulate_media(forced_colors="none")
