"""Reading the letter as a person does, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Serve
    from tests.conftest import Copy

NAMES = {
    "en": ("English", "ltr"),
    "ar": ("العربية", "rtl"),
    "ku": ("Kurdî (Kurmancî)", "ltr"),
    "ckb": ("کوردی (سۆرانی)", "rtl"),
}

BOX = "found => (found = found.getBoundingClientRect(), [found.x, found.y])"


@pytest.mark.parametrize("tag", NAMES)
def test_a_reader_chooses_a_language_and_the_site_remembers(
    page: Page, serve: Serve, copy: Copy, tag: str
) -> None:
    address = serve(copy)
    page.goto(address)
    assert page.url == f"{address}/en/"
    name, direction = NAMES[tag]
    page.get_by_role("navigation").get_by_role("link", name=name).click()
    page.wait_for_url(f"{address}/{tag}/")
    told = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    assert told == [tag, direction]
    assert page.locator("h1").is_visible()
    assert page.locator(".signatories li").count() == 18
    assert page.locator("nav [aria-current=page]").inner_text().startswith(name)
    page.goto(address)
    assert page.url == f"{address}/{tag}/"


@pytest.mark.parametrize("tag", NAMES)
def test_a_page_is_one_request_without_errors(
    page: Page, serve: Serve, copy: Copy, tag: str
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


def test_everything_works_without_scripts(browser: Browser, pages: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto(pages["partly ar"])
    assert not page.locator("details p").first.is_visible()
    page.locator("summary").first.click()
    assert page.locator("details p").first.is_visible()
    page.locator(".at").nth(4).click()
    page.wait_for_url("**/p*/")
    assert page.locator("h1").inner_text() == "المقطع 5"
    mail = page.locator("footer a").get_attribute("href")
    assert mail
    assert mail.startswith("mailto:letter@example.org?subject=")
    page.locator("h2").get_by_role("link", name="Kurdî (Kurmancî)").click()
    page.wait_for_url("**/ku/p*/")
    assert page.locator("html").get_attribute("lang") == "ku"
    page.locator(".links a[href*='#']").click()
    page.wait_for_url("**/ku/#*")
    fifth = page.locator("article p:not(.date)").nth(4)
    assert page.url.partition("#")[2] == fifth.get_attribute("id")
    page.locator("footer a[lang=ckb]").click()
    page.wait_for_url("**/ku/with/ckb/")
    assert page.locator(".pairs > [dir=rtl] h1").count() == 1
    page.locator("nav").get_by_role("link", name="English").click()
    page.wait_for_url("**/en/")
    context.close()


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1200, 2)])
@pytest.mark.parametrize("kind", ["ar beside ku", "en beside ckb", "partly ckb beside ar"])
def test_two_editions_stand_passage_against_passage(
    page: Page, pages: dict[str, str], kind: str, width: int, columns: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(pages[kind])
    groups = page.locator(".pairs > div:not(.both, .heads)").all()
    boxes = [group.bounding_box() for group in groups]
    rtl = page.locator("html").get_attribute("dir") == "rtl"
    assert len(boxes) == 2 * 7, "the notices, the title and the passages"
    for first, second in zip(boxes[2::2], boxes[3::2], strict=True):
        assert first
        assert second
        if columns == 2:
            assert first["y"] == second["y"]
            assert (first["x"] > second["x"]) == rtl, "the page's own language comes first"
        else:
            assert first["y"] < second["y"]
    names = [page.locator(f".heads p:nth-child({number})").inner_text() for number in (1, 2)]
    for number, group in enumerate(groups):
        label = group.get_attribute("aria-labelledby")
        assert bool(label) == bool(group.inner_text()), "who hears of a group finds words in it"
        assert not label or page.locator(f"#{label}").inner_text() == names[number % 2]
    page.evaluate("scrollTo({top: document.body.scrollHeight / 2, behavior: 'instant'})")
    assert page.locator(".heads").evaluate(BOX)[1] == 0, "the names stay in view"
    notices = page.locator(".notice").all()
    assert len(notices) == (1 if kind.startswith("en") else 2), "each says what it is"


def test_names_that_are_the_same_in_both_languages_stand_once(
    page: Page, pages: dict[str, str]
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(pages["ar beside ku"])
    heading = page.get_by_role("heading", name="Îmzekar")
    assert heading.inner_text() == "الموقّعون\xa0· Îmzekar"
    items = [item.inner_text().split("\n") for item in page.locator(".signatories li").all()]
    assert len(items) == 18
    assert items[4:6] == [["زيتون", "Zaytoon"], ["Peace and Justice for Syria"]], "in their order"
    first, second = page.locator(".row", has_text="Zaytoon").locator("> *").all()
    assert first.evaluate(BOX)[1] == second.evaluate(BOX)[1], "side by side"
    assert first.evaluate(BOX)[0] > second.evaluate(BOX)[0]


def test_forty_languages_leave_the_title_on_the_first_screen(
    page: Page, serve: Serve, copy: Copy
) -> None:
    """Those that are finished are in view, and all others are found without a script."""
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    others = "am az bn bs ca cs da de el es et eu fa fi fr gl he hi hr hu id it ja ka kk km lt lv"
    for tag in (*others.split(), *["mk", "nb", "nl", "pl", "pt", "ro", "ru", "sv", "tr"]):
        copy.po(tag).parent.mkdir(parents=True, exist_ok=True)
        copy.po(tag).write_text(header, encoding="utf-8")
    address = serve(copy)
    for tag in NAMES:
        page.goto(f"{address}/{tag}/")
        assert page.locator("h1").evaluate(BOX)[1] < 740 / 3, tag
        assert page.locator("nav li a:visible").count() == 4
    page.locator("nav summary").press("Enter")
    assert page.locator("nav li a:visible").count() == 41
    page.get_by_role("link", name="Türkçe Henüz çevrilmedi").click()
    page.wait_for_url(f"{address}/tr/")
    assert page.locator("nav [aria-current]").is_visible()
    page.get_by_role("list", name="Yan yana").get_by_role("link", name="English").click()
    page.wait_for_url(f"{address}/tr/with/en/")
