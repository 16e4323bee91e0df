"""A preview is opened from a disk: nothing is asked for, and its own policy lets all of it show."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from letter.desk.preview import make_previews
from letter.formats.site import Site
from letter.merging.sent_files import Known
from tests.tools import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import Copy


def test_a_preview_needs_nothing_but_its_own_file(page: Page, copy: Copy) -> None:
    folder = copy.letter.parent
    shutil.copy(ROOT / "tests" / "browser" / "city.png", folder)
    copy.letter.write_text(f"{copy.letter.read_text(encoding='utf-8')}\n![A city](city.png)\n")
    (preview,) = make_previews(copy.po("ar"), copy.letter, copy.locales, Known(), Site(disk=True))
    path = folder / "preview.html"
    path.write_text(preview.html, encoding="utf-8")
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.unroute_all()
    page.goto(path.as_uri())
    page.wait_for_function("document.images[0]?.naturalWidth > 0")
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert told == []
    assert page.locator(".piece[data-todo]").count() == 1  # the picture's words
    assert page.locator(".margin").first.evaluate("e => getComputedStyle(e).paddingTop") != "0px"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("script").count() == 0
    hostile = "<script>document.title = 'run'</script></body>"
    path.write_text(preview.html.replace("</body>", hostile), encoding="utf-8")
    page.goto(path.as_uri())
    assert page.title() == "Preview: Arabic"
