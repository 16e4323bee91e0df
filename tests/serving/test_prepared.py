"""The prepared bytes in front of the app: the same pages, never late and never torn."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import brotli
import pytest

from app import make_app
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.document_making import DocumentMaker
from letter.serving.prepared import PreparedAnswers, Renewal
from letter.serving.publications import Publication, list_published, publish
from letter.serving.watch import UNWATCHED, Watch
from tests.waiting import DEADLINE, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIEnvironment

    from letter.editions.shelf import Shelf
    from tests.conftest import Copy

pytestmark = pytest.mark.slow

SITE = Site("https://letter.example.org")
WATCHES: list[Watch] = []


@pytest.fixture(autouse=True)
def close_watches() -> Iterator[None]:
    yield
    while WATCHES:
        WATCHES.pop().close()


def make_front(
    copy: Copy, kind: type[Library] = Library, maker: DocumentMaker | None = None
) -> PreparedAnswers:
    library = kind(copy.letter, copy.locales)
    maker = maker or DocumentMaker(SITE, ())
    front = PreparedAnswers(library.read_shelf(), SITE, lambda: make_app(library, SITE, maker))
    WATCHES.append(Watch(library, Renewal(maker, front)))
    WATCHES[-1].start()
    return front


def ask(
    front: PreparedAnswers, path: str, query: str | None = "", **headers: str
) -> tuple[str, dict[str, str], bytes]:
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": headers.pop("method", "GET"),
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        **({} if query is None else {"QUERY_STRING": query}),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    got: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, pairs: list[tuple[str, str]], _: object = None
    ) -> Callable[[bytes], object]:
        got.append((status, pairs))
        return lambda data: None

    chunks = front(environ, start)
    body = b"".join(chunks)
    if close := getattr(chunks, "close", None):
        close()
    return got[0][0], {name.lower(): value for name, value in got[0][1]}, body


def test_every_published_page_is_what_the_app_itself_sends(copy: Copy) -> None:
    front = make_front(copy)
    library = Library(copy.letter, copy.locales)
    client = make_app(library, SITE).test_client()
    for address in list_published(library.read_shelf(), SITE):
        if address.tag != "ar":
            continue
        wanted = client.get(address.path)
        status, headers, body = ask(front, address.path)
        assert (status, body) == ("200 OK", wanted.data)
        for name, value in wanted.headers.items():
            assert name == "Date" or headers[name.lower()] == value


@pytest.mark.parametrize("path", ["/ar/", "/", "/nowhere"])
def test_a_server_may_leave_out_an_empty_query(copy: Copy, path: str) -> None:
    """PEP 3333 allows a variable that is empty to be absent."""
    front = make_front(copy)
    assert ask(front, path, None) == ask(front, path)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("identity", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR;q=1.0, gzip;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000,gzip;q=0", "identity"),
        ("*", "br"),
        ("xbr, notgzip", "identity"),
        ("\x00" * 5000, "identity"),
    ],
)
def test_the_smallest_accepted_coding_is_sent(copy: Copy, accepted: str, coding: str) -> None:
    front = make_front(copy)
    _, plain, whole = ask(front, "/ar/")
    status, headers, body = ask(front, "/ar/", accept_encoding=accepted)
    assert status == "200 OK"
    assert headers.get("content-encoding", "identity") == coding
    assert headers["content-length"] == str(len(body))
    decode = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert decode(body) == whole
    assert (headers["etag"] == plain["etag"]) == (coding == "identity")


def test_what_is_known_already_is_not_sent_again(copy: Copy) -> None:
    front = make_front(copy)
    etag = ask(front, "/ar/", accept_encoding="br")[1]["etag"]
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        status, headers, body = ask(front, "/ar/", accept_encoding="br", if_none_match=known)
        assert (status, body) == ("304 Not Modified", b"")
        assert headers["etag"] == etag
        assert "content-length" not in headers
    assert ask(front, "/ar/", accept_encoding="br", if_none_match='"x"')[0] == "200 OK"


def test_what_others_add_to_an_address_changes_nothing(copy: Copy) -> None:
    """Networks and mail tools add to links that they hand on: the page is prepared all the same."""
    front = make_front(copy)
    for path in ("/ar/", "/ar/with/ku/", "/ar/letter.txt", "/letter.json"):
        plain = ask(front, path, accept_encoding="br")
        for query in ("fbclid=x", "a=b&utm_source=%C3", "withhold", "=&;"):
            assert ask(front, path, query, accept_encoding="br") == plain
    assert ask(front, "/ar/", "fbclid=x&choose")[0] == "302 FOUND"
    assert ask(front, "/ar/", "fbclid=x&with=ku")[0] == "301 MOVED PERMANENTLY"


def test_the_rest_is_the_apps_business(copy: Copy) -> None:
    front = make_front(copy)
    assert ask(front, "/", accept_language="ckb")[1]["location"] == "ckb/"
    assert ask(front, "/kmr/")[0] == "301 MOVED PERMANENTLY"
    assert "set-cookie" in ask(front, "/ar/", "choose")[1]
    assert ask(front, "/ar/", "with=kmr")[1]["location"] == "with/ku/"
    assert ask(front, "/nowhere/")[0] == "404 NOT FOUND"
    status, headers, body = ask(front, "/ar/", method="HEAD")
    assert (status, body) == ("200 OK", b"")
    assert int(headers["content-length"]) > 1000


def test_an_edit_shows_within_moments_and_a_break_does_not(
    copy: Copy, caplog: pytest.LogCaptureFixture
) -> None:
    front = make_front(copy)
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    wait_for(lambda: b"Mala Kurdan" in ask(front, "/ku/")[2])
    changed = ask(front, "/ku/")[2]
    copy.edit("ku", 'msgid "SAY"', 'msgid "SAY')
    copy.edit("ar", 'msgstr "Kurds House"', 'msgstr "بيت الكرد"')
    wait_for(lambda: "بيت الكرد".encode() in ask(front, "/ar/")[2])
    assert ask(front, "/ku/")[2] == changed
    assert len(re.findall(r"ku/LC_MESSAGES/letter\.po:\d+: ", caplog.text)) == 1, "told once"


def test_a_new_language_is_there_however_slowly_its_files_come(copy: Copy) -> None:
    front = make_front(copy)
    assert ask(front, "/nl/")[0] == "404 NOT FOUND"
    folder = copy.locales / "nl"
    folder.mkdir()
    time.sleep(0.1)
    copy.po("nl").parent.mkdir()
    wait_for(lambda: ask(front, "/nl/")[0] == "200 OK")
    copy.po("nl").write_text('msgid ""\nmsgstr ""\n\nmsgid "SAY"\nmsgstr "سای"\n')
    wait_for(lambda: "سای".encode() in ask(front, "/nl/")[2])
    shutil.rmtree(folder)
    wait_for(lambda: ask(front, "/nl/")[0] == "404 NOT FOUND")
    copy.po("nl").parent.mkdir(parents=True)
    wait_for(lambda: ask(front, "/nl/")[0] == "200 OK")


def test_where_nothing_can_be_watched_an_edit_still_shows(
    copy: Copy, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing can for a moment where the name of a file is no text."""
    front = make_front(copy)
    name = os.path.join(os.fsencode(copy.locales), b"\xff")  # noqa: PTH118 - paths are text

    def is_told() -> bool:
        with open(name, "w"):  # noqa: PTH123
            return bool(caplog.messages)

    wait_for(is_told)
    assert caplog.messages[0].startswith(UNWATCHED % "Unable to decode path")
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    wait_for(lambda: b"Mala Kurdan" in ask(front, "/ku/")[2])


def test_readers_have_the_old_pages_while_files_are_read(copy: Copy) -> None:
    class SlowLibrary(Library):
        may_read, waits = threading.Event(), threading.Event()
        may_read.set()

        def look_again(self) -> Shelf:
            if not self.may_read.is_set():
                self.waits.set()
            self.may_read.wait(DEADLINE)
            return super().look_again()

    front = make_front(copy, SlowLibrary)
    pages = {path: ask(front, path) for path in ("/ku/", "/ar/", "/")}
    SlowLibrary.may_read.clear()
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    assert SlowLibrary.waits.wait(DEADLINE)
    assert {path: ask(front, path) for path in pages} == pages, "nobody waits"
    SlowLibrary.may_read.set()
    wait_for(lambda: b"Mala Kurdan" in ask(front, "/ku/")[2])


def test_when_memory_is_full_the_oldest_pages_are_made_again(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letter.serving.prepared.MEMORY", 70_000)  # of about four pages
    front = make_front(copy)
    paths = [
        address.path
        for address in list_published(Library(copy.letter, copy.locales).read_shelf(), SITE)
        if address.path.endswith("/")
    ]
    first = {path: ask(front, path)[2] for path in paths}
    assert {path: ask(front, path)[2] for path in paths} == first
    assert front.size <= 70_000
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    wait_for(lambda: b"Mala Kurdan" in ask(front, "/ku/")[2])


def test_a_method_that_is_refused_makes_no_page(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would cost as much as a hundred pages that are asked for."""
    front, makers = make_front(copy), []

    def publish_here(*wanted: Any) -> Publication | None:
        makers.append(threading.current_thread())
        return publish(*wanted)

    monkeypatch.setattr("letter.serving.prepared.publish", publish_here)
    # Not an edition's page, which the watch may have made already.
    assert ask(front, "/ar/with/ku/", method="POST")[0] == "405 METHOD NOT ALLOWED"
    assert threading.current_thread() not in makers, "it was made"


def test_the_first_page_of_a_cold_worker_loads_no_more_than_it_needs() -> None:
    """What only other requests need would make every start slower."""
    code = """
import sys
from app import make_application
front = make_application()
request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/ar/", "QUERY_STRING": ""}
assert b"".join(front(request, lambda *_: None))
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    needless = {
        "flask",  # choices, redirects, errors
        "segno",  # where the site has an address
        "urllib.request",
        "letter.merging",  # commands
        "babel.messages",
        "watchfiles",  # what comes after the first page
    }
    assert needless & set(done.stdout.split()) == set()
