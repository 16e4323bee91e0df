"""A real Chromium, and the app running at real addresses: every kind of page that readers see."""

from __future__ import annotations

import re
import shutil
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from letter.editions.catalogue import State
from letter.editions.library import Library, Shelf
from letter.formats.page import make_security_policy, render_edition
from letter.formats.site import Site
from tests.conftest import Copy
from tests.tools import ROOT, require_checkers, require_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from letter.editions.edition import Edition

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
REPORT = "letter@example.org"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it."""
    chromium = require_tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def _keep_home(route: Route) -> None:
    if "//127.0.0.1:" in route.request.url:
        route.continue_()
    else:
        route.abort()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a small phone, whose every request beyond this machine is refused."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-US")
    page = context.new_page()
    page.route("**/*", _keep_home)
    yield page
    context.close()


@contextmanager
def serve_app(make_app: Callable[[str], Flask]) -> Iterator[str]:
    """Run an app that is made once its address is known."""
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    server.app = make_app(address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[[Copy], str]]:
    """Run the app over a copy of the letter and give its address."""
    running = []

    def start(copy: Copy) -> str:
        server = serve_app(lambda _: create_app(copy.letter, copy.locales))
        running.append(server)
        return server.__enter__()

    yield start
    for server in running:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def partly(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The real letter, of which every catalogue lacks one passage of each kind of lack."""
    folder = tmp_path_factory.mktemp("partly")
    shutil.copy(ROOT / "letter" / "letter.md", folder)
    shutil.copytree(ROOT / "locales", folder / "locales")
    copy = Copy(folder / "letter.md", folder / "locales")
    for path in copy.locales.glob("*/LC_MESSAGES/letter.po"):
        text = path.read_text(encoding="utf-8")
        for pattern, new in (
            (r'(msgid "SAY"\n)', r"#, fuzzy\n\1"),
            (r'(msgid "Independent Doctors Association"\nmsgstr) .*', r'\1 ""'),
            (r'(msgid ""\n"The international community’s f[^#]*?msgstr) [^#]*?\n\n', r'\1 ""\n\n'),
            (
                r'(msgid ""\n"We do not understand)',
                r'#, fuzzy\n#| msgid "We don’t know why we are being condemned."\n\1',
            ),
        ):
            text, count = re.subn(pattern, new, text)
            assert count == 1, f"{pattern} matches {count} times in {path}"
        path.write_text(text, encoding="utf-8")
    return copy


def withhold_passages(copy: Copy, tag: str, count: int) -> tuple[Edition, Shelf]:
    """Make an edition of which some passages are withheld because of a mistake in them."""
    shelf = Library(copy.letter, copy.locales).read_shelf()
    edition, source = shelf.editions[tag], shelf.editions["en"].passages
    passages = dict(edition.passages)
    for message in edition.letter.messages[1 : 1 + count]:
        translation = replace(passages[message.msgid].translation, state=State.WITHHELD)
        passages[message.msgid] = replace(
            source[message.msgid],
            state=State.WITHHELD,
            translation=translation,
            attributes=edition.source_attributes,
        )
    return replace(edition, passages=passages), shelf


KINDS = (
    "en",
    "ar",
    "ku",
    "ckb",
    "partly ar",
    "partly ku",
    "withheld ckb",
    "ar beside ku",
    "en beside ckb",
    "partly ckb beside ar",
    "passage ar",
    "partly passage ku",
    "missing ckb",
)


@pytest.fixture(scope="session")
def pages(partly: Copy) -> Iterator[dict[str, str]]:
    """The address of one page of each of KINDS."""

    def make_partly(address: str) -> Flask:
        app = create_app(partly.letter, partly.locales, address, REPORT)
        edition, shelf = withhold_passages(partly, "ckb", 2)

        @app.get("/withheld/ckb/")
        def show_withheld() -> tuple[str, dict[str, str]]:
            policy = {"Content-Security-Policy": make_security_policy()}
            return render_edition(edition, shelf, Site(address, REPORT)), policy

        return app

    with (
        serve_app(lambda address: create_app(base_url=address, report=REPORT)) as whole,
        serve_app(make_partly) as part,
    ):
        messages = Library(partly.letter, partly.locales).read_shelf().letter.messages
        yield {
            **{tag: f"{whole}/{tag}/" for tag in ("en", "ar", "ku", "ckb")},
            "partly ar": f"{part}/ar/",
            "partly ku": f"{part}/ku/",
            "withheld ckb": f"{part}/withheld/ckb/",
            "ar beside ku": f"{whole}/ar/with/ku/",
            "en beside ckb": f"{whole}/en/with/ckb/",
            "partly ckb beside ar": f"{part}/ckb/with/ar/",
            "passage ar": f"{whole}/ar/{messages[1].anchor}/",
            "partly passage ku": f"{part}/ku/{messages[5].anchor}/",
            "missing ckb": f"{whole}/ckb/nowhere",
        }


@pytest.fixture(scope="session")
def tools() -> Path:
    """The checkers of .ci/package.json."""
    return require_checkers()
