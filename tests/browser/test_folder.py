"""A folder that `scripts/export.py --disk` wrote, opened from a memory stick without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit

from scripts import export

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import WriteSite

READ_LINKS = "found => found.map(each => each.href || each.src)"
OLD = "poldold2"  # the address of a passage before an edit


def test_every_link_leads_to_a_file_and_nothing_is_asked_of_a_network(
    browser: Browser, write_site: WriteSite, tmp_path: Path
) -> None:
    site = write_site("# Title\n\nText\n\n<!-- signatories -->\n\n- One\n", ar="")
    anchor = site.read_shelf().letter.passages[-1].anchor
    (site.locales / "moved.csv").write_text(f"old,new,date\n{OLD},{anchor},2016-05-04\n")
    folder = tmp_path / "a stick, é" / "letter"
    assert site.run(export, str(folder), "--disk", "--documents=none") == 0
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    seen: set[Path] = set()
    waiting = {folder / "index.html", folder / "ar" / OLD / "index.html"}
    while waiting:
        seen.add(path := waiting.pop())
        page.goto(path.as_uri())
        assert page.locator("main").count() == (path.name != "letter.txt")
        for link in page.eval_on_selector_all("a[href], link[href], img[src]", READ_LINKS):
            address, place = urldefrag(link)
            if urlsplit(address).scheme == "data":
                continue
            there = Path(unquote(urlsplit(address).path))
            assert there.is_file(), f"{path}: {link}"
            assert f' id="{place}"' in there.read_text("utf-8") if place else True, link
            if there.suffix in (".html", ".txt") and there not in seen:
                waiting.add(there)
    context.close()
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data"}
    found = {path.relative_to(folder).as_posix() for path in seen}
    assert found >= {"ar/with/en/index.html", "letter.html", f"en/{anchor}/index.html"}
