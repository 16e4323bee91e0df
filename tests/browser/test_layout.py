"""That everybody can see and reach all of a page: sizes, colours, targets, order of focus."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import KINDS
from tests.conftest import TAGS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import WriteSite

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }"""  # WCAG 2.2, 1.4.12

OVERFLOW = """() => {
  const wide = document.documentElement, found = [];
  if (wide.scrollWidth > wide.clientWidth) found.push(`scrolls: ${wide.scrollWidth}`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest('.hidden, .skip')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width && (box.left < -0.5 || box.right > wide.clientWidth + 0.5))
        found.push(`${box.left} to ${box.right}: ${node.data}`);
  }
  return found;
}"""

SIZES = """() => [...document.querySelectorAll('a, summary')]
  .filter(link => !link.matches('.skip') && link.getClientRects().length)
  .map(link => [link.getBoundingClientRect(), link.innerText])
  .filter(([box]) => box.width < 24 || box.height < 24)
  .map(([box, text]) => `${box.width} × ${box.height}: ${text}`)"""

TYPE = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, style = getComputedStyle(node.parentElement);
    if (!/\\p{Script=Arabic}/u.test(node.data) || node.parentElement.closest('.hidden')) continue;
    const bad = parseFloat(style.fontSize) < 18 ? 'font-size'
      : !['normal', '0px'].includes(style.letterSpacing) ? 'letter-spacing'
      : style.fontStyle != 'normal' ? 'font-style'
      : style.textAlign == 'justify' ? 'text-align'
      : style.textTransform != 'none' ? 'text-transform'
      : !style.fontFamily.startsWith('"Noto Naskh Arabic"') ? 'font-family'
      : parseFloat(style.lineHeight) < 1.55 * parseFloat(style.fontSize) ? 'line-height' : '';
    if (bad) found.push(`${bad} of ${node.data}`);
  }
  return found;
}"""

CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const light = color => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part =>
      (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const paper = light(getComputedStyle(document.documentElement).backgroundColor);
  return ['h1', 'p', 'li', 'a', '.at', '.why', '.notice', 'footer'].flatMap(name =>
    [...document.querySelectorAll(name)].slice(0, 1).map(found => {
      const ink = light(getComputedStyle(found).color);
      return [name, (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)];
    }));
}"""


def show_on_phone(page: Page) -> None:
    """Show an open page on the smallest phone, with all unfolded."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")


def open_on_phone(page: Page, address: str) -> None:
    page.goto(address)
    show_on_phone(page)


def read_size(page: Page, selector: str) -> float:
    """Read the size of the letters of the first text that a selector finds, in CSS pixels."""
    size = "found => parseFloat(getComputedStyle(found).fontSize)"
    return float(page.locator(selector).first.evaluate(size))


def add_style(page: Page, style: str) -> None:
    """Add a style as a reader's browser does, past the page's security policy."""
    page.evaluate(
        "style => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);"
        "document.adoptedStyleSheets = [sheet] }",
        style,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_off_or_scrolls_sideways(
    page: Page, pages: dict[str, str], kind: str
) -> None:
    """At 320 px, also with a reader's own spacing and twice the text size, and on wide screens."""
    open_on_phone(page, pages[kind])
    assert page.evaluate(OVERFLOW) == []
    add_style(page, SPACING)
    assert page.evaluate(OVERFLOW) == []
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    add_style(page, f"html {{ font-size: {2 * size}px !important }}")
    assert page.evaluate(OVERFLOW) == []
    for width in (640, 850, 900, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVERFLOW) == [], f"twice the text size at {width} px"
    add_style(page, "")
    for width in (640, 850, 900, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVERFLOW) == [], f"at {width} px"


def test_links_are_large_enough_for_a_thumb_and_arabic_is_set_as_it_needs(
    page: Page, pages: dict[str, str]
) -> None:
    """Links of 24 CSS pixels at least (WCAG 2.2, 2.5.8)."""
    for kind, address in pages.items():
        open_on_phone(page, address)
        assert page.evaluate(SIZES) == [], kind
        assert page.evaluate(TYPE) == [], kind
        page.set_viewport_size({"width": 1200, "height": 640})
        assert page.evaluate(SIZES) == [], kind


@pytest.mark.parametrize("tag", TAGS)
def test_a_line_has_60_to_70_letters_on_a_wide_screen(
    page: Page, pages: dict[str, str], tag: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(pages[tag])
    mean = page.evaluate("""() => {
      const text = [...document.querySelectorAll('article p:not(.date)')]
        .map(found => found.firstChild).sort((a, b) => b.length - a.length)[0];
      const range = document.createRange(), lines = {};
      for (let at = 0; at < text.length; at++) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const line = Math.round(range.getBoundingClientRect().bottom / 8);
        if (!/\\p{M}/u.test(text.data[at])) lines[line] = (lines[line] || 0) + 1;
      }
      const counts = Object.values(lines).slice(0, -1).filter(count => count > 9);
      return counts.reduce((sum, count) => sum + count) / counts.length;
    }""")
    assert 58 <= mean <= 72


@pytest.mark.parametrize("kind", ["en", "partly ar", "passage ar", "ar beside ku"])
def test_focus_follows_the_order_of_reading(page: Page, pages: dict[str, str], kind: str) -> None:
    """From line to line, and in each line from its beginning: in Arabic from right to left."""
    page.goto(pages[kind])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").is_visible()
    for _ in range(page.locator("a:not(.skip):visible, summary:visible").count()):
        page.keyboard.press("Tab")
        page.evaluate("(window.reached ??= []).push(document.activeElement)")
    boxes: list[dict[str, Any]] = page.evaluate(
        "() => (document.activeElement.blur(), window.reached).map(found => ({"
        "...found.getBoundingClientRect().toJSON(), text: found.innerText, tag: found.tagName}))"
    )
    assert {box["tag"] for box in boxes} <= {"A", "SUMMARY"}
    assert len({(box["x"], box["y"]) for box in boxes}) == len(boxes), "nothing is reached twice"
    rtl = page.evaluate("document.documentElement.dir") == "rtl"
    for before, after in pairwise(boxes):
        same_line = min(before["bottom"], after["bottom"]) - max(before["top"], after["top"]) > 8
        onward = after["right"] <= before["left"] + 1 if rtl else after["left"] >= before["right"]
        below = after["top"] > before["top"]
        assert onward if same_line else below, f"{after['text']} comes after {before['text']}"


def test_a_reader_without_a_mouse_skips_to_the_letter(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["ckb"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["en", "partly ar"])
def test_text_can_be_read_in_forced_and_high_contrast(
    page: Page, pages: dict[str, str], kind: str, scheme: Any
) -> None:
    page.goto(pages[kind])
    heading = page.locator("h1")
    for contrast, forced, least in (("more", "none", 7), ("no-preference", "active", 7)):
        page.emulate_media(color_scheme=scheme, contrast=contrast, forced_colors=forced)  # type: ignore[arg-type]
        for name, ratio in page.evaluate(CONTRAST):
            assert ratio >= (4.5 if name == "a" else least), f"{name} with {contrast}, {forced}"
        box = heading.bounding_box()
        assert box
        shown = page.screenshot(clip=box)
        page.evaluate("document.querySelector('h1').style.visibility = 'hidden'")
        assert page.screenshot(clip=box) != shown, "there is something to see"
        page.evaluate("document.querySelector('h1').style.visibility = ''")


def test_changed_words_differ_by_more_than_colour(page: Page, pages: dict[str, str]) -> None:
    page.emulate_media(forced_colors="active")
    open_on_phone(page, pages["partly ar"])
    lines = "found => getComputedStyle(found).textDecorationLine"
    assert page.locator("del").first.evaluate(lines) == "line-through"
    assert page.locator("ins").first.evaluate(lines) == "underline"


def test_what_folds_shows_that_it_does(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["partly ar"])
    summary = page.locator("summary").first
    assert summary.evaluate("found => getComputedStyle(found).display") == "list-item"


def test_nothing_moves_for_those_who_do_not_want_it(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["en"])
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    for motion, expected in (("reduce", "auto"), ("no-preference", "smooth")):
        page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
        assert page.evaluate(behaviour) == expected
    moving = "[...document.querySelectorAll('*')].filter(found => { const style = "
    moving += "getComputedStyle(found); return style.transitionDuration != '0s' "
    moving += "|| style.animationName != 'none' }).length"
    assert page.evaluate(moving) == 0


def test_a_language_has_one_size_wherever_it_stands(page: Page, pages: dict[str, str]) -> None:
    """In either column, as a page's own language and as another, and in the list of languages."""
    found: dict[tuple[int, str], list[float]] = {}
    home = pages["ar"].removesuffix("/ar/")
    for path in (*(f"/{tag}/" for tag in TAGS), "/ar/with/ku/", "/en/with/ckb/", "/ckb/with/ar/"):
        page.goto(home + path)
        own, *others = path.strip("/").split("/with/")
        column = "article > [role=group]:not([lang])" if others else "article"
        places = [(own, f"{column} > p:not(.date)")]
        places += [(tag, f"article > [lang={tag}] > p:not(.date)") for tag in others]
        places += [(tag, f"nav [lang={tag}]") for tag in TAGS]
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            for tag, place in places:
                found.setdefault((width, tag), []).append(read_size(page, place))
    for where, sizes in found.items():
        assert max(sizes) - min(sizes) < 1, where
    for width in (360, 1280):
        kurmanji, arabic = max(found[width, "ku"]), min(found[width, "ar"])
        assert arabic >= 18
        assert kurmanji + 1 < arabic < kurmanji * 1.15


def test_a_heading_has_the_lines_of_its_language_on_any_page(
    page: Page, write_site: WriteSite
) -> None:
    client = write_site("# A title\n\n## A part\n\nWords\n", de="", ar="").client()
    lines = "found => found.map(getComputedStyle).map(s => [s.lineHeight, s.fontSize])"
    for path in ("en/", "de/", "ar/", "ar/with/de/"):
        page.set_content(client.get(f"/{path}").text)
        found = page.locator("h1, h2").evaluate_all(lines)
        ratios = {round(float(line[:-2]) / float(size[:-2]), 2) for line, size in found}
        assert ratios == {1.3}, path
