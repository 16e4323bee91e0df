"""Reading the letter as a person does, in Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.conftest import Copy

NAMES = {
    "en": ("English", "ltr"),
    "ar": ("العربية", "rtl"),
    "ku": ("Kurdî (Kurmancî)", "ltr"),
    "ckb": ("کوردی (سۆرانی)", "rtl"),
}


@pytest.mark.parametrize("tag", NAMES)
def test_a_reader_chooses_a_language_and_the_site_remembers(
    page: Page, serve: Callable[[Copy], str], copy: Copy, tag: str
) -> None:
    address = serve(copy)
    page.goto(address)
    assert page.url == f"{address}/en/"
    name, direction = NAMES[tag]
    page.get_by_role("navigation").get_by_role("link", name=name).click()
    assert page.url == f"{address}/{tag}/"
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        tag,
        direction,
    ]
    assert page.locator("h1").is_visible()
    assert page.locator(".signatories li").count() == 18
    assert page.locator("nav [aria-current=page]").inner_text().startswith(name)
    page.goto(address)
    assert page.url == f"{address}/{tag}/"


def test_a_catalogue_edited_on_disk_changes_the_page_and_a_broken_one_does_not(
    page: Page, serve: Callable[[Copy], str], copy: Copy
) -> None:
    address = serve(copy)
    page.goto(f"{address}/ku/")
    before = page.locator("article").inner_text()
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    page.reload()
    changed = page.locator("article").inner_text()
    assert "Mala Kurdan" in changed
    assert "Mala Kurdan" not in before
    path = copy.po("ku")
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "broken\n', encoding="utf-8")
    page.reload()
    assert page.locator("article").inner_text() == changed


@pytest.mark.parametrize("tag", NAMES)
def test_a_page_is_one_request_without_errors(
    page: Page, serve: Callable[[Copy], str], copy: Copy, tag: str
) -> None:
    address = serve(copy)
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(f"{address}/{tag}/")
    assert requests == [f"{address}/{tag}/"]
    assert errors == [], "the page keeps to its own security policy"
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none", "styles apply"
