"""A real server of several processes, while files change, workers die and it is stopped."""

from __future__ import annotations

import http.client
import itertools
import os
import random
import signal
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letter.addresses import Address, Kind, parse_path
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.publications import publish
from tests.hosts.live import BASE, DECODE, PATIENT, Answer, Live, ask, read_all, serve
from tests.waiting import DEADLINE, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Copy

pytestmark = pytest.mark.slow

PATHS = ("/en/", "/ar/", "/ku/", "/ckb/", "/ku/with/ar/", "/en/letter.txt", "/letter.json")
LOAD = 4.0  # seconds

Legal = dict[str, dict[bytes, str]]  # of each path, every body that may be there, and its ETag
Edit = tuple[Path, str, str]  # a file, and its text in two versions


def list_edits(copy: Copy) -> list[Edit]:
    """List an edit each of the letter and of two catalogues."""
    changes = (
        (copy.letter, "Kurds House", "Kurds’ House"),
        (copy.po("ku"), 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"'),
        (copy.po("ar"), "زاد", "زادنا"),
    )
    texts = [(path, path.read_text(encoding="utf-8"), old, new) for path, old, new in changes]
    return [(path, text, text.replace(old, new)) for path, text, old, new in texts]


def find_legal(copy: Copy, edits: list[Edit]) -> Legal:
    """Make every whole page there can be, of every version of every file; then all is as before."""
    legal: Legal = {path: {} for path in PATHS}
    sorani, aside = copy.locales / "ckb", copy.letter.with_name("aside")
    for here, there in ((sorani, aside), (aside, sorani)):
        here.rename(there)
        for versions in itertools.product(*([new, old] for _, old, new in edits)):
            for (path, *_), text in zip(edits, versions, strict=True):
                path.write_text(text, encoding="utf-8")
            shelf = Library(copy.letter, copy.locales).read_shelf()
            for place in PATHS:
                address = parse_path(place)
                assert address
                if found := publish(shelf, Site(BASE), address):
                    legal[place][found.body] = found.etag
    return legal


def keep_reading(live: Live, legal: Legal, seed: int, reading: Reading) -> None:
    """Ask as fast as can be and check all that comes."""
    chance = random.Random(seed)
    known: dict[tuple[str, str], str] = {}
    with closing(live.connect()) as connection:
        while not reading.end.is_set():
            path, coding = chance.choice(tuple(legal)), chance.choice(tuple(DECODE))
            headers = {"Accept-Encoding": coding}
            if chance.random() < 0.5:
                headers["If-None-Match"] = known.get((path, coding), '"none"')
            answer = ask(connection, path, headers)
            reading.seen.add((path, answer.status))
            if answer.status != 404 or path != "/ckb/":
                known[path, coding] = check_answer(answer, headers, legal[path])


def check_answer(answer: Answer, asked: dict[str, str], legal: dict[bytes, str]) -> str:
    """Check that an answer is a whole page that may be there; give its ETag."""
    etag = answer.headers["ETag"]
    if answer.status == 304:
        assert (answer.body, etag) == (b"", asked["If-None-Match"])
        return etag
    assert answer.status == 200
    assert answer.headers["Content-Length"] == str(len(answer.body))
    coding = answer.headers.get("Content-Encoding", "identity")
    assert coding in (asked["Accept-Encoding"], "identity")
    body = DECODE[coding](answer.body)
    assert body in legal, "a page that never was"
    suffix = "" if coding == "identity" else f"-{coding}"
    assert etag == f'"{legal[body]}{suffix}"'
    return etag


@dataclass(frozen=True)
class Reading:
    """What several readers do at a time, until the end."""

    readers: list[Future[None]] = field(default_factory=list)
    seen: set[tuple[str, int]] = field(default_factory=set)  # paths and statuses
    end: threading.Event = field(default_factory=threading.Event)

    def lacks_something(self) -> bool:
        """Say whether all read on, and no page, none that was gone or none that was known came."""
        wanted = {("/ku/", 200), ("/ckb/", 404), ("/en/", 304)}
        return not (self.seen >= wanted or any(reader.done() for reader in self.readers))


@contextmanager
def read_at_full_speed(live: Live, legal: Legal) -> Iterator[Reading]:
    reading = Reading()
    with ThreadPoolExecutor(4) as pool:
        try:
            for seed in range(4):
                reading.readers.append(pool.submit(keep_reading, live, legal, seed, reading))
            yield reading
        finally:
            reading.end.set()


def replace(path: Path, text: str) -> None:
    """Save a file as most editors do: another one takes its place."""
    draft = path.with_name(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def list_harm(copy: Copy, edits: list[Edit]) -> list[Callable[[], object]]:
    """List what people do to the files, one thing after another; at the end all is as it was."""
    harm: list[Callable[[], object]] = []
    for path, old, new in edits:
        harm += [
            partial(replace, path, new),
            partial(replace, path, "<b>broken</b>"),
            partial(path.write_text, new),  # as some editors save: it is emptied, and then written
            path.unlink,
            partial(path.write_text, old),
        ]
    sorani, aside = copy.locales / "ckb", copy.letter.with_name("aside")
    return [*harm, partial(sorani.rename, aside), *harm, partial(aside.rename, sorani)]


def test_no_page_is_torn_or_fails_while_files_change_under_full_load(copy: Copy) -> None:
    edits = list_edits(copy)
    legal = find_legal(copy, edits)
    assert [len(legal[path]) for path in PATHS[:4]] == [4, 8, 6, 2]
    with serve(copy, target=PATIENT) as live:
        start = time.monotonic()
        with read_at_full_speed(live, legal) as reading:
            while time.monotonic() < start + (DEADLINE if reading.lacks_something() else LOAD):
                for change in list_harm(copy, edits):
                    change()
                    time.sleep(0.05)
        shelf = Library(copy.letter, copy.locales).read_shelf()
        for tag in shelf.editions:
            page = publish(shelf, Site(BASE), Address(Kind.EDITION, tag))
            assert page
            wait_for(
                lambda path=f"/{tag}/", page=page: all(  # type: ignore[misc]
                    live.ask(path).body == page.body for _ in range(8)
                ),
                f"/{tag}/ doesn't become what the files are",
            )
        wait_for(lambda: all(b'"status":"ok"' in live.ask("/healthz").body for _ in range(8)))
        assert "Traceback" not in live.read_log()
    for reader in reading.readers:
        reader.result()
    assert not reading.lacks_something(), reading.seen


def test_a_letter_that_is_still_being_written_is_not_published(copy: Copy) -> None:
    """A slow disk or a copy over the net: the first half of a file is a whole file, too."""
    text = copy.letter.read_bytes()
    half = text.index(b"\n\n", len(text) // 2) + 2
    with serve(copy, target=PATIENT) as live:
        before = live.ask("/ku/").body
        with copy.letter.open("wb", buffering=0) as file:
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
        assert live.process.wait(DEADLINE) == 0


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
        legal = {"/en/": {page.body: page.headers["ETag"][1:-1]}}
        with read_at_full_speed(live, legal) as reading:
            time.sleep(0.5)
            live.process.terminate()
            rest = [read_all(client) for client in slow]
            assert live.process.wait(DEADLINE) == 0
        for start, more in zip(begun, rest, strict=True):
            head, _, body = (start + more).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            assert body == wanted
        assert read_all(idle) == b""
        with pytest.raises(ConnectionError):
            live.ask("/ar/")
    assert all(isinstance(reader.exception(), ConnectionError) for reader in reading.readers)
