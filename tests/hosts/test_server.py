"""A real server of several processes, while files change, workers die and it is stopped."""

from __future__ import annotations

import gzip
import http.client
import os
import random
import re
import shutil
import signal
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import brotli
import pytest

from letter.addresses import Address, Kind, parse_path
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.publications import publish
from tests.hosts.live import BASE, Live, ask, read_all, serve, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Copy

pytestmark = pytest.mark.slow

PATHS = ("/en/", "/ar/", "/ku/", "/fa/", "/ku/with/ar/", "/en/letter.txt", "/letter.json")
LOAD = 4.0  # seconds
DECODE = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FARSI = HEADER + 'msgid "SAY"\nmsgstr "سای"\n'
BROKEN = 'msgid "broken\n'

Legal = dict[str, dict[bytes, str]]  # of each path, every body that may be there, and its ETag


def make_versions(copy: Copy) -> dict[Path, list[str]]:
    """Two versions each of the letter and of two catalogues."""
    edits = {
        copy.letter: ("Kurds House", "Kurds’ House"),
        copy.po("ku"): ('msgstr "Kurds House"', 'msgstr "Mala Kurdan"'),
        copy.po("ar"): ("زاد", "زادنا"),
    }
    versions = {}
    for path, (old, new) in edits.items():
        text = path.read_text(encoding="utf-8")
        assert old in text
        versions[path] = [text, text.replace(old, new)]
    return versions


def find_legal(copy: Copy, versions: dict[Path, list[str]]) -> Legal:
    """Make every whole edition there can be, from every version of every file."""
    library = Library(copy.letter, copy.locales)
    legal: Legal = {path: {} for path in PATHS}
    for farsi in (None, BROKEN, FARSI):
        if farsi:
            copy.po("fa").parent.mkdir(parents=True, exist_ok=True)
            copy.po("fa").write_text(farsi, encoding="utf-8")
        for number in range(8):
            for bit, (path, texts) in enumerate(versions.items()):
                path.write_text(texts[number >> bit & 1], encoding="utf-8")
            for place in PATHS:
                address = parse_path(place)
                assert address
                if found := publish(library.read_shelf(), Site(BASE), address):
                    legal[place][found.body] = found.etag
    shutil.rmtree(copy.locales / "fa")
    for path, texts in versions.items():
        path.write_text(texts[0], encoding="utf-8")
    return legal


class Reader(threading.Thread):
    """A client that asks as fast as it can and checks all that it gets."""

    def __init__(self, live: Live, legal: Legal, seed: int) -> None:
        super().__init__()
        self.connection = live.connect()
        self.legal, self.random = legal, random.Random(seed)
        self.stop = threading.Event()
        self.faults: list[Exception] = []
        self.seen: set[tuple[str, int]] = set()
        self.answered = 0

    def run(self) -> None:
        known: dict[tuple[str, str], str] = {}
        while not self.stop.is_set():
            path, coding = self.random.choice(tuple(self.legal)), self.random.choice(tuple(DECODE))
            headers = {"Accept-Encoding": coding}
            if self.random.random() < 0.5:
                headers["If-None-Match"] = known.get((path, coding), '"none"')
            try:
                self.check(path, coding, headers, known)
            except Exception as error:  # noqa: BLE001 - any is a fault
                error.add_note(f"{path} {headers}")
                self.faults.append(error)
                self.connection.close()
        self.connection.close()

    def check(
        self, path: str, coding: str, headers: dict[str, str], known: dict[tuple[str, str], str]
    ) -> None:
        answer = ask(self.connection, path, headers)
        self.answered += 1
        self.seen.add((path, answer.status))
        if answer.status == 404 and path == "/fa/":
            assert answer.body.endswith(b"</html>\n") or answer.body.endswith(b"</html>")
            return
        etag = answer.headers["ETag"]
        if answer.status == 304:
            assert (answer.body, etag) == (b"", headers["If-None-Match"])
            return
        assert answer.status == 200, answer.status
        assert answer.headers["Content-Length"] == str(len(answer.body))
        found = answer.headers.get("Content-Encoding", "identity")
        assert found in (coding, "identity")
        body = DECODE[found](answer.body)
        assert body in self.legal[path], "a page that never was"
        suffix = "" if found == "identity" else f"-{found}"
        assert etag == f'"{self.legal[path][body]}{suffix}"'
        known[path, coding] = etag


@contextmanager
def read_at_full_speed(live: Live, legal: Legal, count: int = 4) -> Iterator[list[Reader]]:
    readers = [Reader(live, legal, seed) for seed in range(count)]
    for reader in readers:
        reader.start()
    try:
        yield readers
    finally:
        for reader in readers:
            reader.stop.set()
        for reader in readers:
            reader.join()


def replace(path: Path, text: str) -> None:
    """Save a file as most editors do: another one takes its place."""
    draft = path.with_name(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def overwrite(path: Path, text: str) -> None:
    """Save a file as some editors do: it is emptied, and then written."""
    with path.open("wb", buffering=0) as file:
        file.write(text.encode())


def list_edits(copy: Copy, versions: dict[Path, list[str]]) -> list[Callable[[], object]]:
    """List what people do to the files, in an order that leaves all good and Farsi there."""
    farsi, ku, ar, aside = copy.locales / "fa", copy.po("ku"), copy.po("ar"), copy.locales / ".fa"

    def come() -> None:
        copy.po("fa").parent.mkdir(parents=True)
        copy.po("fa").write_text(FARSI, encoding="utf-8")

    return [
        lambda: replace(ku, versions[ku][1]),
        lambda: overwrite(ar, versions[ar][1]),
        come,
        lambda: overwrite(ku, BROKEN),
        lambda: replace(copy.letter, versions[copy.letter][1]),
        lambda: overwrite(ku, versions[ku][0]),
        lambda: replace(ar, BROKEN),
        lambda: farsi.rename(aside),
        lambda: replace(ar, versions[ar][0]),
        lambda: ku.unlink(),
        lambda: replace(copy.letter, "<b>broken</b>"),
        lambda: aside.rename(farsi),
        lambda: ku.write_text(versions[ku][1], encoding="utf-8"),
        lambda: shutil.rmtree(farsi),
        lambda: replace(copy.letter, versions[copy.letter][0]),
        come,
    ]


def test_no_page_is_torn_or_fails_while_files_change_under_full_load(copy: Copy) -> None:
    versions = make_versions(copy)
    legal = find_legal(copy, versions)
    assert [len(legal[path]) for path in PATHS[:4]] == [6, 12, 9, 4]
    with serve(copy) as live:
        end = time.monotonic() + LOAD
        with read_at_full_speed(live, legal) as readers:
            edits = list_edits(copy, versions)
            while True:
                for edit in edits:
                    edit()
                    time.sleep(0.05)
                if time.monotonic() > end:
                    break
                shutil.rmtree(copy.locales / "fa")
        final = Library(copy.letter, copy.locales).read_shelf()
        wanted = {
            tag: publish(final, Site(BASE), Address(Kind.EDITION, tag)) for tag in final.editions
        }
        for tag, page in wanted.items():
            assert page
            wait_for(
                lambda tag=tag, page=page: all(  # type: ignore[misc]
                    live.ask(f"/{tag}/").body == page.body for _ in range(8)
                ),
                f"/{tag}/ doesn't become what the files are",
            )
        assert b'"status":"ok"' in live.ask("/healthz").body
        assert "Traceback" not in live.read_log()
    assert [(e, e.__notes__) for reader in readers for e in reader.faults] == []
    seen = set.union(*(reader.seen for reader in readers))
    assert seen > {("/fa/", 404), ("/ku/", 200)}
    assert 304 in {status for _, status in seen}


@pytest.mark.parametrize("name", ["catalogue", "letter"])
def test_a_file_that_is_still_being_written_is_not_published(copy: Copy, name: str) -> None:
    """A slow disk or a copy over the net: the first half of a file is a whole file, too."""
    path = copy.po("ku") if name == "catalogue" else copy.letter
    text = path.read_bytes()
    half = text.index(b"\n\n", len(text) // 2) + 2
    with serve(copy) as live:
        before = live.ask("/ku/").body
        with path.open("wb", buffering=0) as file:
            file.write(text[:half])
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                assert live.ask("/ku/").body == before
            file.write(text[half:])
        assert live.ask("/ku/").body == before


def test_a_killed_worker_is_replaced_and_the_others_answer_meanwhile(copy: Copy) -> None:
    with serve(copy) as live:
        page = live.ask("/ar/").body
        first = live.list_workers()
        assert len(first) == 2
        for pid in first:
            workers = live.list_workers()
            os.kill(pid, signal.SIGKILL)
            answered = 0
            while answered < 20 or len(live.list_workers()) == len(workers):
                assert live.process.poll() is None, live.read_log()
                try:
                    assert live.ask("/ar/").body == page
                    answered += 1
                except (ConnectionError, http.client.HTTPException):
                    continue  # it was on its way to the worker that died
        assert all(live.ask("/ar/").body == page for _ in range(20)), "from new workers only"
        live.process.terminate()
        assert live.process.wait(60) == 0


def test_a_stopped_server_finishes_what_it_has_begun(write_site: Callable[..., Copy]) -> None:
    """An image too big for the system's buffers is on its way when the server is told to stop."""
    site = write_site("# Title\n\n![Us](us.png)\n", ar="")
    wanted = random.Random(0).randbytes(8_000_000)
    (site.letter.parent / "us.png").write_bytes(wanted)
    with serve(site) as live, ExitStack() as held:
        request = b"GET /media/us.png HTTP/1.1\r\nHost: x\r\n\r\n"
        slow = [live.open_socket(held, request, buffer=65536) for _ in range(4)]
        begun = [client.recv(100) for client in slow]
        idle = live.open_socket(held)
        page = live.ask("/en/")
        with read_at_full_speed(live, {"/en/": {page.body: page.headers["ETag"][1:-1]}}) as readers:
            wait_for(lambda: all(reader.answered > 20 for reader in readers), "no answers")
            live.process.terminate()
            rest = [read_all(client) for client in slow]
            assert live.process.wait(60) == 0
        for start, more in zip(begun, rest, strict=True):
            head, _, body = (start + more).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            assert body == wanted
        assert read_all(idle) == b""
        with pytest.raises(ConnectionError):
            live.ask("/ar/")
    faults = [fault for reader in readers for fault in reader.faults]
    assert [fault for fault in faults if not isinstance(fault, ConnectionError)] == []


def test_health_names_a_broken_file_and_the_log_says_it_once_a_worker(copy: Copy) -> None:
    with serve(copy) as live:
        good = live.ask("/ar/").body
        text = copy.po("ar").read_text(encoding="utf-8")
        line = text[: text.index('msgid "SAY"')].count("\n") + 1
        replace(copy.po("ar"), text.replace('msgid "SAY"', 'msgid "SAY', 1))
        told = f"{copy.po('ar')}:{line}: "

        def is_degraded() -> bool:
            answer = live.ask("/healthz")
            assert answer.status == 200
            return b'"status":"degraded"' in answer.body and told.encode() in answer.body

        wait_for(lambda: all(is_degraded() for _ in range(10)), "it is not told")
        for _ in range(100):
            assert live.ask("/ar/").body == good
        lines = [found for found in live.read_log().splitlines() if told in found]
        assert len(lines) == 2, "by each of the two workers"
        assert re.search(r"letter\.po:\d+: This line has an opening quotation mark", lines[0])
        replace(copy.po("ar"), text)
        wait_for(lambda: not any(is_degraded() for _ in range(10)), "it stays degraded")
