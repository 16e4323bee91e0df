"""A passage's page: what it is quoted by, where it leads, and that its old address still works."""

from __future__ import annotations

import functools
import random
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import brotli
import pytest

from letter.source.letter import read_letter
from letter.source.moved_passages import MOST_MOVES, read_moves
from scripts import export, update

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Serve
    from tests.conftest import Copy, WriteSite

LETTER = """---
date: 2016-05
updated: 2016-05-04
publisher: People in Need
---
# The title

First words
in *two* lines.

Second words, which have so many letters that nobody who sees the page on a network of friends {}.

The end.
"""
LONG = "can be shown all of them at once, since there are more of them than a hundred and sixty"
AR = """msgid "The title"
msgstr "العنوان"

msgid "First words in *two* lines."
msgstr "كلمات *أولى*."
"""
UNREVIEWED = "لم يراجع أحد هذه الترجمة بعد."
BASE = "https://example.org/aleppo"
NOTICE = "This passage was changed after its address was given out"


def get_head(site: Copy, path: str) -> dict[str, str]:
    page = site.client(BASE).get(path).text
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page)
    return dict(found) | {"title": re.findall(r"<title[^>]*>(.*?)</title>", page)[0]}


def test_a_passage_is_shared_by_its_own_words(write_site: WriteSite) -> None:
    site = write_site(LETTER.format(LONG), ar=AR)
    title, first, second, _ = (each.anchor for each in read_letter(site.letter).passages)
    head = get_head(site, f"/en/{second}/")
    assert head["title"] == head["og:title"] == "The title — passage 2"
    assert head["og:type"] == "article"
    assert head["og:url"] == f"{BASE}/en/{second}/"
    assert head["og:description"] == head["description"]
    assert head["description"].startswith("Second words, which")
    assert head["description"].endswith(" more of them…")
    assert get_head(site, f"/en/{title}/")["title"] == "The title"
    assert get_head(site, f"/ar/{first}/")["description"] == "كلمات أولى."
    assert get_head(site, f"/ar/{second}/")["description"].startswith("\u2068Second")


@pytest.mark.parametrize(
    ("tag", "number", "quoted"),
    [
        ("en", 1, ["First words in two lines.", "The title, May 4, 2016, People in Need"]),
        (
            "ar",
            1,
            ["كلمات أولى.", "العنوان، 4 أيار 2016، \u2068People in Need\u2069", UNREVIEWED],
        ),
        ("ar", 3, ["\u2068The end.\u2069", "العنوان، 4 أيار 2016، \u2068People in Need\u2069"]),
        ("en", 0, ["The title", "May 4, 2016, People in Need"]),
    ],
)
def test_a_click_selects_a_whole_citation(
    page: Page, write_site: WriteSite, tag: str, number: int, quoted: list[str]
) -> None:
    site = write_site(LETTER.format("can"), ar=AR)
    path = f"/{tag}/{read_letter(site.letter).passages[number].anchor}/"
    page.set_content(site.client(BASE).get(path).text)
    page.locator(".quote").click()
    selected = page.evaluate("getSelection().toString()")
    assert selected.split("\n") == [*quoted, f"{BASE}{path}"]


def test_a_reader_goes_from_passage_to_passage_and_stays_in_another_language(
    page: Page, serve: Serve, write_site: WriteSite
) -> None:
    site = write_site(LETTER.format("can"), ar=AR)
    anchors = [each.anchor for each in read_letter(site.letter).passages]
    address = serve(site)
    page.goto(f"{address}/en/{anchors[0]}/")
    assert page.locator("h1").inner_text() == "The title"
    for number, anchor in enumerate(anchors[1:], 1):
        page.locator("a[rel=next]").click()
        assert page.url == f"{address}/en/{anchor}/"
        assert page.locator("h1").inner_text() == f"Passage {number}"
    assert page.locator("a[rel=next]").count() == 0
    page.locator("a[rel=prev]").click()
    page.get_by_role("navigation").get_by_role("link", name="العربية").click()
    page.wait_for_url(f"{address}/ar/{anchors[2]}/")
    page.get_by_role("link", name="العنوان", exact=True).click()
    assert page.url == f"{address}/ar/#{anchors[2]}"
    page.goto(address)
    assert page.url == f"{address}/ar/"


class _Host(SimpleHTTPRequestHandler):
    """A host of files."""

    def log_message(self, *_: object) -> None:
        pass


def test_an_old_address_works_on_a_host_of_files_and_from_a_disk(
    page: Page, write_site: WriteSite, tmp_path: Path
) -> None:
    site = write_site(LETTER.format("can"), ar=AR)
    assert site.run(update) == 0
    anchor = read_letter(site.letter).passages[1].anchor
    site.change("First words", "The first words")
    assert site.run(update) == 0
    for folder, option in (("host", "--base-url=https://example.org"), ("disk", "--disk")):
        assert site.run(export, str(tmp_path / folder), option, "--documents=none") == 0
    assert anchor not in (tmp_path / "host" / "sitemap.xml").read_text("utf-8")
    handler = functools.partial(_Host, directory=str(tmp_path / "host"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        page.unroute("**/*")  # which keeps a page from files
        for place in (address, f"{tmp_path.as_uri()}/disk"):
            page.goto(f"{place}/en/{anchor}/index.html")
            assert NOTICE in page.locator(".notice").inner_text()
            assert page.locator("section p").first.inner_text() == "The first words in two lines."
            page.get_by_role("link", name="Next passage").click()
            assert page.locator("h1").inner_text() == "Passage 2"
            assert page.locator(".notice").count() == 0
        server.shutdown()


@pytest.fixture
def long_site(write_site: WriteSite) -> Copy:
    """A letter whose passages have no pages, and more old addresses than lead on."""
    texts = [f"Text {number} of many." for number in range(150)]
    site = write_site("# The title\n\n" + "\n\n".join(texts), ar=AR)
    anchors = [each.anchor for each in read_letter(site.letter).passages]
    alphabet, rows = "abcdefghijklmnopqrstuvwxyz", ["old,new,date"]
    for number in range(2 * MOST_MOVES):
        chance = random.Random(number)
        old = "".join(chance.choices(alphabet, k=7))
        day = f"20{10 + 10 * number // MOST_MOVES}-05-04"
        rows.append(f"p{old},{anchors[1 + number % 150]},{day}")
    site.locales.joinpath("moved.csv").write_text("\n".join(rows), "utf-8")
    return site


def test_an_old_place_in_a_long_letter_says_so(page: Page, serve: Serve, long_site: Copy) -> None:
    first, last = read_moves(long_site.locales / "moved.csv")[:: 2 * MOST_MOVES - 1]
    address, tint = serve(long_site), "e => getComputedStyle(e).backgroundColor"
    page.goto(f"{address}/en/{last.old}")
    assert page.url == f"{address}/en/#{last.old}"
    (notice,) = (each for each in page.locator(".moved").all() if each.is_visible())
    assert notice.inner_text().startswith(f"{NOTICE} (May 4, 2029)")
    passage = page.locator(f"[id={last.new}]")
    page.wait_for_function("scrollY > 0")
    assert passage.bounding_box() == page.locator("p:has(> .moved:target)").bounding_box()
    assert passage.evaluate(tint) != page.locator("article > p:not(.date)").first.evaluate(tint)
    assert "was changed" not in page.locator("p").nth(9).inner_text()
    page.goto(f"{address}/ar/#{last.old}")
    assert page.locator(".moved:target").get_attribute("lang") == "ar"
    assert page.locator(f"[id={first.old}]").count() == 0, "the oldest lead nowhere"


def test_old_addresses_hardly_weigh(long_site: Copy, write_site: WriteSite) -> None:
    """Nothing where they have pages, and a bounded part of a long letter's page."""
    moved = long_site.locales / "moved.csv"
    heavy = brotli.compress(long_site.client().get("/en/").data, quality=11)
    moved.rename(moved.with_suffix(".old"))
    light = brotli.compress(long_site.client().get("/en/").data, quality=11)
    assert len(heavy) - len(light) < 10 * MOST_MOVES
    short = write_site(LETTER.format("can"), ar=AR)
    before = short.client().get("/en/").data
    anchor = read_letter(short.letter).passages[1].anchor
    moved.with_suffix(".old").rename(short.locales / "moved.csv")
    with (short.locales / "moved.csv").open("a") as file:
        file.write(f"\npaaaaaaa,{anchor},2036-05-04\n")
    client = short.client()
    assert NOTICE in client.get("/en/paaaaaaa/").text
    assert client.get("/en/").data == before
