"""Right-to-left plain text in the browsers' own view of text, and pasted where lines run right.

A browser draws the published text, and then the same text without the marks that lay its lines,
with the direction said in HTML instead: both pictures are the same if every character lies right.
"""

from __future__ import annotations

import base64
import functools
import http.server
import io
import json
import os
import re
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageChops

from tests.tools import require_tool
from tests.waiting import find_port, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import WriteSite

LETTER = """---
language: ar
date: 2016-05
publisher: دار (حلب)
contact: letter@example.org
sign: https://example.org/sign/
---
# «إننا نموت والعالم يتفرج.»

بقي في حلب 250,000 شخص (منهم 200 طبيب)، وقال «لا!».[^1]

1. أولاً:
   - ثانياً!

> قالوا.
>
> > «ثالثاً.»

    print("no words", [1, 2])

<!-- signatories -->
- زيتون.
- SAY!

[^1]: رابعاً (2016).
"""
Run = Callable[..., Any]  # runs JavaScript with arguments, as WebDriver does
# Where the lines stand depends on the program; the test is about the order within them.
VIEW = """
  const [words] = arguments, pre = document.querySelector("pre"), style = getComputedStyle(pre);
  pre.style.textAlign = style.unicodeBidi == "plaintext" ? "right" : "left";
  pre.style.unicodeBidi = "isolate";
  pre.dir = "rtl";
  pre.textContent = words;"""
PASTE = """
  const [words, direction] = arguments, area = document.createElement("textarea");
  area.dir = direction;
  area.style = "width: 90vw; height: 90vh; overflow: hidden; resize: none; text-align: left";
  area.value = words;
  document.body.replaceChildren(area);"""


class Host(http.server.SimpleHTTPRequestHandler):
    """A host of files that names no charset."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def text(write_site: WriteSite, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A right-to-left letter as text, and its address on a host of files."""
    answer = write_site(LETTER).client("https://example.org").get("/ar/letter.txt")
    # WebKit puts vowel signs at another height as soon as the direction of a line changes.
    published = re.sub("[\u064b-\u0652]", "", answer.data.decode())
    (tmp_path / "letter.txt").write_text(published, "utf-8")
    handler = functools.partial(Host, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield published.removeprefix("\ufeff"), f"http://127.0.0.1:{server.server_port}/letter.txt"
        server.shutdown()


def compare_order(text: str, run: Run, draw: Callable[[], bytes]) -> None:
    """See that the text lies right in the browser's view, which is open, and where it is pasted."""
    bare = re.sub("(?m)^\u200f(?:\u2067(.*)\u2069)?", r"\1", text)
    assert run("return document.querySelector('pre').textContent") == text
    drawn = draw()
    run(VIEW, bare)
    assert count_moved(drawn, draw()) < 20, "in the browser's view of text"
    run(PASTE, text, "ltr")
    drawn = draw()
    run(PASTE, bare, "rtl")
    assert count_moved(drawn, draw()) < 20, "pasted where lines run from left to right"


def count_moved(one: bytes, other: bytes) -> int:
    """How many pixels differ by more than the edges of letters do, which may lie between pixels."""
    images = [Image.open(io.BytesIO(each)).convert("L") for each in (one, other)]
    return sum(ImageChops.difference(*images).histogram()[128:])


def test_it_lies_right_in_chromium(page: Page, text: tuple[str, str]) -> None:
    page.goto(text[1])
    run = "([script, ...values]) => new Function(script)(...values)"
    compare_order(text[0], lambda *call: page.evaluate(run, list(call)), page.screenshot)


@contextmanager
def run_quietly(*command: str, **options: Any) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, **options) as process:
        try:
            yield
        finally:
            process.terminate()


def wait_for_answer(call: Callable[[], Any]) -> Any:
    """Call until a server answers, and give the answer."""
    found: list[Any] = []

    def is_answered() -> bool:
        with suppress(ConnectionError, urllib.error.URLError):
            found.append(call())
        return bool(found)

    wait_for(is_answered)
    return found[0]


def test_it_lies_right_in_firefox(text: tuple[str, str], tmp_path: Path) -> None:
    """Over Marionette, Firefox's own protocol: JSON, and its length before it."""
    program, port = require_tool("firefox-esr"), find_port()
    (tmp_path / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
    with (
        run_quietly(program, "--headless", "--marionette", "--profile", str(tmp_path)),
        wait_for_answer(lambda: socket.create_connection(("127.0.0.1", port))) as link,
    ):
        answers = link.makefile("rb")

        def read() -> Any:
            return json.loads(answers.read(int(b"".join(iter(lambda: answers.read(1), b":")))))

        def send(name: str, **values: object) -> Any:
            message = json.dumps([0, 1, f"WebDriver:{name}", values])
            link.sendall(f"{len(message)}:{message}".encode())
            *_, error, result = read()
            assert error is None
            return result.get("value")

        read()
        send("NewSession")
        send("Navigate", url=text[1])
        compare_order(
            text[0],
            lambda script, *values: send("ExecuteScript", script=script, args=values),
            lambda: base64.b64decode(send("TakeScreenshot", full=False)),
        )


def test_it_lies_right_in_webkit(text: tuple[str, str]) -> None:
    """Over WebDriver, in WebKitGTK's own small browser."""
    program, port = require_tool("WebKitWebDriver"), find_port()
    reading, writing = os.pipe()
    display = (require_tool("Xvfb"), "-displayfd", str(writing))
    with run_quietly(*display, pass_fds=[writing]), os.fdopen(reading) as told:
        environment = os.environ | {"DISPLAY": f":{told.readline().strip()}"}
        with run_quietly(program, f"--port={port}", env=environment):

            def send(path: str, method: str = "POST", **values: object) -> Any:
                address = f"http://127.0.0.1:{port}/session{path}"
                body = json.dumps(values).encode() if method == "POST" else None
                with urllib.request.urlopen(
                    urllib.request.Request(address, body, method=method)
                ) as answer:
                    return json.load(answer)["value"]

            own = "/" + wait_for_answer(lambda: send("", capabilities={}))["sessionId"]
            send(f"{own}/url", url=text[1])
            compare_order(
                text[0],
                lambda script, *values: send(f"{own}/execute/sync", script=script, args=values),
                lambda: base64.b64decode(send(f"{own}/screenshot", "GET")),
            )
            send(own, "DELETE")
