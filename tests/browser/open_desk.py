"""A desk that is open in a browser, saves of all the ways that editors know, and what is seen."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from tests.tools import ROOT
from tests.waiting import DEADLINE, find_port

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Copy

WAYS = ("rename", "in place", "in two halves")
PATIENCE = DEADLINE * 1000  # milliseconds
# What is the same on a page that has been open and on one that is loaded anew.
LASTING = """() => {
    const copy = document.documentElement.cloneNode(true);
    copy.removeAttribute("style");
    for (const each of copy.querySelectorAll(".landed")) each.classList.remove("landed");
    for (const each of copy.querySelectorAll("[class='']")) each.removeAttribute("class");
    for (const each of copy.querySelectorAll("[open]")) each.removeAttribute("open");
    copy.querySelector("#said").remove();
    for (const each of copy.querySelectorAll("*")) {
        const sorted = [...each.attributes].sort((one, other) => (one.name < other.name ? -1 : 1));
        for (const { name, value } of sorted) {
            each.removeAttribute(name);
            each.setAttribute(name, value);
        }
    }
    return copy.outerHTML;
}"""


@dataclass
class DeskServer:
    """`scripts/serve.py` over a copy of the letter."""

    copy: Copy
    port: int = field(default_factory=find_port)
    _process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, at the port that it had before."""
        where = (f"--letter={self.copy.letter}", f"--locales={self.copy.locales}")
        command = [sys.executable, str(ROOT / "scripts" / "serve.py"), f"--port={self.port}"]
        self._process = subprocess.Popen([*command, *where], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        told = self._process.stdout.readline() + self._process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/desk/", told)
        assert found, told
        self.port = int(found[1])

    def stop(self) -> None:
        """Stop it, as a closed terminal does."""
        if self._process:
            self._process.terminate()
            self._process.communicate()

    def find(self, path: str) -> str:
        """Give the address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    def load(self, path: str) -> bytes:
        """Load a page as it is now."""
        with urlopen(self.find(path), timeout=DEADLINE) as response:
            return bytes(response.read())


@dataclass
class OpenDesk:
    """A page of the desk, the files that it shows, and what the browser complained of."""

    page: Page
    server: DeskServer
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda told: self.complaints.append(told.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._check_address)

    def _check_address(self, request: Any) -> None:
        if not request.url.startswith((self.server.find("/"), "data:")):
            self.complaints.append(request.url)

    def visit(self, tag: str = "ar") -> None:
        """Open a language's desk, or that of all (""); remember all that a reload would lose."""
        self.page.goto(self.server.find(f"/desk/{tag}/" if tag else "/desk/"))
        self.ask("window.kept = [...document.querySelectorAll('.piece')]")

    def ask(self, expression: str) -> Any:
        """Give what an expression of JavaScript is on the page."""
        return self.page.evaluate(f"() => {{ return {expression} }}")

    def wait(self, condition: str) -> None:
        """Wait until a condition holds on the page."""
        # Playwright's own way evaluates a text in the page, which the page's policy forbids.
        self.page.evaluate(
            f"""() => new Promise((found, fail) => {{
                const end = performance.now() + {PATIENCE};
                const look = () => {{
                    if ({condition}) found();
                    else if (performance.now() > end) fail(Error({condition!r}));
                    else setTimeout(look, 4);
                }};
                look();
            }})"""
        )

    def wait_for(self, text: str) -> None:
        """Wait until the letter holds a text."""
        self.wait(f"document.getElementById('letter').textContent.includes({text!r})")


def save(path: Path, text: str, way: str = "rename") -> None:
    """Save a file as some editors do."""
    if way == "rename":
        other = path.with_name(f".{path.name}.new")
        other.write_text(text, encoding="utf-8")
        other.replace(path)
        return
    with path.open("w", encoding="utf-8") as file:
        if way == "in two halves":
            file.write(text[: len(text) // 2])
            file.flush()
            time.sleep(0.004)  # a slow disk, not a wait: the rest comes in any case
            text = text[len(text) // 2 :]
        file.write(text)
