"""That every word on a page is marked as what it is: what checkers of HTML can't see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Names of people may be in any script, and an address in the page's own, each isolated by <bdi>.
MISLABELLED = """() => {
  const found = [], arabic = ['ar', 'ckb'], latin = ['en', 'ku'];
  const judge = (text, element) => {
    if (element.closest('bdi:not([lang])')) return;
    const lang = element.closest('[lang]').lang, dir = getComputedStyle(element).direction;
    const wrong = /\\p{Script=Arabic}/u.test(text.replace(/\\p{P}/gu, ''))
        && (!arabic.includes(lang) || dir != 'rtl')
      || /\\p{Script=Latin}/u.test(text) && (!latin.includes(lang) || dir != 'ltr');
    if (wrong) found.push(`${lang} ${dir}: ${text.trim()}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) judge(walker.currentNode.data, walker.currentNode.parentElement);
  for (const element of document.querySelectorAll('[aria-label], [alt], [title]'))
    for (const name of ['aria-label', 'alt', 'title'])
      if (element.hasAttribute(name)) judge(element.getAttribute(name), element);
  judge(document.title.replace(/\\u2068.*?\\u2069/gs, ''), document.querySelector('title'));
  return found;
}"""

NESTED = """() => [...document.querySelectorAll('body [lang]')]
  .filter(found => !found.dir).map(found => found.outerHTML)"""


def list_links(page: Page) -> list[dict[str, Any]]:
    """List the links of a page as screen readers are told of them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        node
        for node in nodes
        if not node["ignored"] and node.get("role", {}).get("value") == "link"
    ]


def test_every_text_fits_its_language_and_direction_and_every_link_has_a_name(
    page: Page, pages: dict[str, str]
) -> None:
    """WCAG 2.2, 2.4.4, 3.1.1 and 3.1.2, as a voice or a font would find the page."""
    for kind, address in pages.items():
        page.goto(address)
        links = list_links(page)
        assert links
        assert [link for link in links if not link["name"]["value"].strip()] == [], kind
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        assert page.evaluate(MISLABELLED) == [], kind
        assert page.evaluate(NESTED) == [], f"{kind}: a language without its direction"


@pytest.mark.parametrize("kind", ["en", "ar", "partly ku", "passage ar", "missing ckb"])
def test_screen_readers_are_told_each_edition_also_in_latin_letters(
    page: Page, pages: dict[str, str], kind: str
) -> None:
    page.goto(pages[kind])
    names = [" ".join(node["name"]["value"].split()) for node in list_links(page)]
    for own, english in (
        ("English", "English"),
        ("العربية", "Arabic"),
        ("کوردی (سۆرانی)", "Kurdish (Sorani)"),
        ("Kurdî (Kurmancî)", "Kurdî (Kurmancî)"),
    ):
        assert any(own in name and english in name for name in names), (own, names)


@pytest.mark.parametrize("kind", ["ar", "partly ku"])
def test_a_passages_link_says_more_than_a_number(
    page: Page, pages: dict[str, str], kind: str
) -> None:
    page.goto(pages[kind])
    word = {"ar": "المقطع", "partly ku": "Beşa"}[kind]
    names = [link["name"]["value"] for link in list_links(page)]
    assert sum(word in name for name in names) == 5, "neither names nor the title have a mark"
