"""The order in which Chromium shows phone numbers, hashtags and the like in right-to-left texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letter.source.markdown import render_message
from letter.source.plain_runs import lay_runs
from tests.turned_runs import RIGHT, TURNED, TURNED_IN_ARABIC, WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Serve
    from tests.conftest import WriteSite

# The characters of each of the elements, from left to right.
READ = """
elements => elements.map(element => {
  element.style.whiteSpace = "pre";
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
  for (let node; node = walker.nextNode();) [...node.data].forEach((char, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getClientRects()[0];
    if (box && box.width) found.push([box.left, char]);
  });
  return found.sort((one, other) => one[0] - other[0]).map(each => each[1]).join("");
})"""
STYLE = "<style>p { width: 60em; font-family: monospace }</style>"


def read_order(page: Page, tag: str, texts: list[str]) -> list[str]:
    """Show paragraphs, and read between the words of each what stands there from left to right."""
    before, after = WORDS[tag]
    marks = f' lang="{tag}" dir="rtl"'
    page.set_content(STYLE + "".join(f"<p{marks}>{text}</p>" for text in texts))
    shown = page.eval_on_selector_all("p", READ)
    return [each.split(after[::-1])[1].split(before[::-1])[0].strip() for each in shown]


@pytest.mark.parametrize("tag", WORDS)
def test_it_is_that_of_reading(page: Page, tag: str) -> None:
    before, after = WORDS[tag]
    runs = [*TURNED, *TURNED_IN_ARABIC, *RIGHT]
    texts = [f"{before} {run} {after}" for run in runs]
    bare = read_order(page, tag, texts)
    turned = [run for run, shown in zip(runs, bare, strict=True) if shown != run]
    assert set(TURNED) <= set(turned), "or these needed no isolates"
    if tag in ("ar", "ckb"):
        assert set(TURNED_IN_ARABIC) - {"۰۲۱-۸۸۸۸۱۲۳۴"} <= set(turned)
    html = read_order(page, tag, [render_message(text, direction="rtl") for text in texts])
    plain = read_order(page, tag, [lay_runs(text, "rtl") for text in texts])
    for run, alone, *shown in zip(runs, bare, html, plain, strict=True):
        assert shown == [alone if run in RIGHT else run] * 2


@pytest.mark.parametrize("tag", ["ar", "ckb", "he"])
def test_a_page_shows_a_letters_phone_numbers_and_hashtags_right(
    page: Page, serve: Serve, write_site: WriteSite, tag: str
) -> None:
    before, after = WORDS[tag]
    text = f"{before} +963 11 555 1234. {after} #SaveAleppo, @whitehelmets."
    letter = f"---\nlanguage: {tag}\n---\n# {before} #SaveAleppo\n\n{text}\n"
    page.goto(f"{serve(write_site(letter))}/{tag}/")
    [title] = page.eval_on_selector_all("h1", READ)
    [shown] = page.eval_on_selector_all("article > p:not(.date)", READ)
    assert title == f"#SaveAleppo {before[::-1]}"
    assert f"+963 11 555 1234 {before[::-1]}" in shown
    assert "#SaveAleppo, @whitehelmets" in shown


@pytest.mark.parametrize("tag", ["ar", "ckb", "he"])
def test_code_on_a_page_is_shown_from_left_to_right(
    page: Page, serve: Serve, write_site: WriteSite, tag: str
) -> None:
    before, after = WORDS[tag]
    letter = f"---\nlanguage: {tag}\n---\n# {before}\n\n{before} `C++` {after}\n\n    f(x);\n"
    page.goto(f"{serve(write_site(letter))}/{tag}/")
    assert page.eval_on_selector_all("article code", READ) == ["C++", "f(x);"]


@pytest.mark.parametrize("run", ["#أنقذوا_حلب", "#הצילו", "#ئازادی"])
def test_a_hashtag_from_right_to_left_begins_at_its_right(page: Page, run: str) -> None:
    page.set_content(STYLE + f'<p lang="ku">Bes e, {render_message(run)}!</p>')
    assert page.eval_on_selector_all("p", READ) == [f"Bes e, {run[::-1]}!"]
