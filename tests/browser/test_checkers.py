"""That axe, the Nu HTML checker and Lighthouse find nothing, on every kind of page."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from letter.desk.desk import Desk
from letter.editions.library import Library
from letter.formats.site import Site
from tests.browser.conftest import KINDS
from tests.browser.test_shapes import SHAPES, write_shape
from tests.french_letter import write_french_letter
from tests.tools import require_tool
from tests.waiting import DEADLINE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import Copy

AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`))"""


def load_axe(page: Page, tools: Path, folded: str = "details") -> None:
    """Put axe into a page, past the page's security policy, and open all that folds there."""
    page.evaluate((tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    page.evaluate(f"document.querySelectorAll('{folded}').forEach(found => found.open = true)")


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page: Page, pages: dict[str, str], tools: Path, kind: str) -> None:
    page.goto(pages[kind])
    load_axe(page, tools)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(AXE) == [], scheme


def write_desk(copy: Copy, folder: Path) -> list[Path]:
    """Write the desk's pages of a letter into files; give their paths."""
    shelf, desk = copy.read_shelf(), Desk(Library(copy.letter, copy.locales), Site(), "vscode")
    written = []
    for tag in (*shelf.editions, ""):
        written.append(folder / f"desk-{shelf.letter.settings.language}-{tag or 'all'}.html")
        written[-1].write_text(desk.render(tag) or "")
    return written


def test_axe_finds_nothing_on_the_desk(
    page: Page, partly: Copy, tools: Path, tmp_path: Path
) -> None:
    page.unroute("**/*")  # which keeps a page from files
    for path in write_desk(partly, tmp_path)[1::3]:  # Arabic, and all languages
        page.goto(path.as_uri())
        load_axe(page, tools, "main details")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(AXE) == [], (path.name, scheme)
        page.set_viewport_size({"width": 320, "height": 740})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path.name
        page.emulate_media(media="print")
        assert not page.locator(".strip, .about, .below, .margin").filter(visible=True).count()
        page.emulate_media(media="screen")


def test_the_nu_html_checker_finds_nothing(
    browser: Browser, pages: dict[str, str], partly: Copy, tools: Path, tmp_path: Path
) -> None:
    context = browser.new_context()
    for kind, address in pages.items():
        page = context.request.get(address).text()
        (tmp_path / f"{kind.replace(' ', '-')}.html").write_text(page)
    context.close()
    for shape in SHAPES:
        folder = tmp_path / "shapes" / shape
        folder.mkdir(parents=True)
        client = write_shape(folder, shape).client()
        for number, path in enumerate(("/en/", "/ar/with/en/")):
            (tmp_path / f"{shape}-{number}.html").write_bytes(client.get(path).data)
    french = write_french_letter(tmp_path / "shapes")
    write_desk(partly, tmp_path)
    write_desk(french, tmp_path)
    client = french.client()
    for number, path in enumerate(("/fr/", "/ar/", "/ar/with/fr/")):
        (tmp_path / f"french-{number}.html").write_bytes(client.get(path).data)
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # A short run is done sooner, and with half the work, without Java's second compiler.
    java = "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss8m -jar"
    command = [*java.split(), str(jar), "--Werror", "--format", "gnu"]
    files = sorted(map(str, tmp_path.glob("*.html")))
    found = subprocess.run([*command, *files], capture_output=True, text=True)
    assert found.stdout == ""
    # A letter of one paragraph has no heading to give.
    allowed = "one-paragraph-.*: Article lacks heading"
    assert [line for line in found.stderr.splitlines() if not re.search(allowed, line)] == []


def test_lighthouse_finds_nothing(pages: dict[str, str], tools: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command = [
        "node",
        str(tools / "lighthouse" / "cli" / "index.js"),
        pages["partly ar"],
        "--only-categories=accessibility,seo,best-practices",
        "--output=json",
        f"--output-path={report}",
        "--quiet",
        "--skip-audits=robots-txt",  # it is asked for from inside the page, whose policy forbids it
        "--disable-full-page-screenshot",
        "--no-enable-error-reporting",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = {**os.environ, "CHROME_PATH": require_tool("chromium")}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=DEADLINE)
    result = json.loads(report.read_text(encoding="utf-8"))
    faults = [
        f"{audit['id']}: {audit['title']} {json.dumps(audit.get('details'))[:400]}"
        for audit in result["audits"].values()
        if audit["score"] is not None and audit["score"] < 1
    ]
    assert faults == []
    assert len(result["categories"]) == 3
