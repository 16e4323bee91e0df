"""A real Chromium, and the app running at real addresses: every kind of page that readers see."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app import create_app
from letter.formats.page import render_chooser
from letter.formats.site import Site
from tests.conftest import Copy, copy_letter
from tests.tools import require_checkers
from tests.waiting import DEADLINE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

Serve = Callable[[Copy], str]  # the type of the fixture `serve`

REPORT = "letter@example.org"
KINDS = {  # of pages: which letter, and the path
    "en": ("whole", "/en/"),
    "ar": ("whole", "/ar/"),
    "ku": ("whole", "/ku/"),
    "ckb": ("whole", "/ckb/"),
    "partly ar": ("partly", "/ar/"),
    "partly ku": ("partly", "/ku/"),
    "partly ckb": ("partly", "/ckb/"),
    "ar beside ku": ("whole", "/ar/with/ku/"),
    "en beside ckb": ("whole", "/en/with/ckb/"),
    "partly ckb beside ar": ("partly", "/ckb/with/ar/"),
    "passage ar": ("whole", "/ar/{second}/"),
    "partly passage ku": ("partly", "/ku/{sixth}/"),
    "missing ckb": ("whole", "/ckb/nowhere"),
    "chooser": ("partly", "/index.html"),
}
LACKS = (
    (r'(msgid "SAY"\n)', r"#, fuzzy\n\1"),
    (r'(msgid "Independent Doctors Association"\nmsgstr) .*', r'\1 ""'),
    (r'(msgid ""\n"The international community’s f[^#]*?msgstr) [^#]*?\n\n', r'\1 ""\n\n'),
    (
        r'(msgid ""\n"We do not understand)',
        r'#, fuzzy\n#| msgid "We don’t know why we are being condemned."\n\1',
    ),
)


def _keep_home(route: Route) -> None:
    if "//127.0.0.1:" in route.request.url:
        route.continue_()
    else:
        route.abort()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Page:
    """The one tab of all tests: for a tab of its own, each would wait half a second."""
    tab = browser.new_context(locale="en-US").new_page()
    tab.set_default_timeout(DEADLINE * 1000)
    return tab


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page on a small phone, whose every request beyond this machine is refused.

    It is as good as new: a test detaches the sessions that it opens with Chromium itself. It is as
    for readers who want no motion, for which tests would wait: a second and a half a footnote.
    """
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.emulate_media(
        media="null",
        color_scheme="light",
        contrast="no-preference",
        forced_colors="none",
        reduced_motion="reduce",
    )
    tab.route("**/*", _keep_home)
    yield tab
    tab.unroute_all()
    tab.context.clear_cookies()
    tab.mouse.move(-1, -1)
    tab.goto("about:blank")


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
def serve() -> Iterator[Serve]:
    """Run the app over a copy of the letter and give its address."""
    with ExitStack() as running:

        def start(copy: Copy) -> str:
            app = create_app(copy.letter, copy.locales)
            return running.enter_context(serve_app(lambda _: app))

        yield start


@pytest.fixture(scope="session")
def partly(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The real letter, of which every catalogue lacks one passage of each kind of lack."""
    copy = copy_letter(tmp_path_factory.mktemp("partly"))
    for path in copy.locales.glob("*/LC_MESSAGES/letter.po"):
        text = path.read_text(encoding="utf-8")
        for pattern, new in LACKS:
            text, count = re.subn(pattern, new, text)
            assert count == 1, f"{pattern} matches {count} times in {path}"
        path.write_text(text, encoding="utf-8")
    copy.edit("ckb", 'msgstr "Zaad"', 'msgstr "<b>Zaad</b>"')  # which is withheld
    return copy


def make_partly(partly: Copy, address: str) -> Flask:
    """Make the app of the letter with lacks, and the page at the top of its export."""
    app = partly.client(address, REPORT).application
    chooser = render_chooser(partly.read_shelf(), Site(address))
    app.add_url_rule("/index.html", view_func=lambda: chooser)
    return app


@pytest.fixture(scope="session")
def pages(partly: Copy) -> Iterator[dict[str, str]]:
    """The address of one page of each of KINDS."""
    with (
        serve_app(lambda address: create_app(base_url=address, report=REPORT)) as whole,
        serve_app(lambda address: make_partly(partly, address)) as part,
    ):
        messages = partly.read_shelf().letter.messages
        sites = {"whole": whole, "partly": part}
        yield {
            kind: sites[site] + path.format(second=messages[1].anchor, sixth=messages[5].anchor)
            for kind, (site, path) in KINDS.items()
        }


@pytest.fixture(scope="session")
def tools() -> Path:
    """The checkers of .ci/package.json."""
    return require_checkers()
