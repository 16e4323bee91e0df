"""The feed of the desk: whatever editors do, a stream ends in the page that the files give."""

from __future__ import annotations

import gc
import re
import threading
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letter.desk.desk import Desk
from letter.desk.feed import Feed
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.watch import Watch
from tests.conftest import Copy, copy_letter
from tests.hosts.live import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

SITE = Site()
KINDS = ("renamed", "in place", "in two writes", "emptied first", "deleted first", "broken first")
LONG = 100_000  # letters, and bytes


class Reader:
    """Somebody who reads a stream of the desk: the versions that came."""

    def __init__(self, feed: Feed, tag: str) -> None:
        self.versions: list[str] = []
        self._events = feed.stream(tag)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for event in self._events:
            self.versions += re.findall(r"^id: (\w+)$", event.decode(), re.MULTILINE)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Copy, Reader]]:
    """A reader of the Kurmanji desk, and the files that it follows."""
    copy = copy_letter(tmp_path_factory.mktemp("desk"))
    library = Library(copy.letter, copy.locales)
    feed = Feed(Desk(library, SITE))
    watch = Watch(library, feed)
    watch.start()
    yield copy, Reader(feed, "ku")
    watch.close()
    feed.close()


def find_version(copy: Copy) -> str:
    """Give the version of the page that a new start would show."""
    page = Feed(Desk(Library(copy.letter, copy.locales), SITE)).read_page("ku")
    assert page
    return page.version


def save_file(path: Path, text: str, kind: str) -> None:
    """Save a file as one of KINDS, which are what editors do."""
    if kind == "renamed":
        new = path.with_name("new~")
        new.write_text(text, encoding="utf-8")
        new.replace(path)
        return
    if kind == "in two writes":
        with path.open("w", encoding="utf-8") as file:
            file.write(text[: len(text) // 2])
            file.flush()
            file.write(text[len(text) // 2 :])
        return
    if kind == "emptied first":
        path.write_text("")
    elif kind == "deleted first":
        path.unlink()
    elif kind == "broken first":
        path.write_text(text[: len(text) // 2], encoding="utf-8")
    path.write_text(text, encoding="utf-8")


def test_a_stream_without_news_says_that_it_lives(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nobody would notice that its reader is gone; looks at the files are no news."""
    monkeypatch.setattr("letter.serving.watch.LOOK", 0.02)
    monkeypatch.setattr("letter.desk.feed.HEARTBEAT", 0.1)
    library = Library(copy.letter, copy.locales)
    feed = Feed(Desk(library, SITE))
    watch = Watch(library, feed)
    watch.start()
    events = feed.stream("ku")
    start = time.monotonic()
    assert next(events).startswith(b"retry:")
    assert next(events).startswith(b"id: ")
    assert next(events) == b":\n\n"
    assert time.monotonic() - start > 0.1
    watch.close()
    feed.close()
    assert list(events) == []


def test_a_folder_that_is_away_takes_the_desk_along_until_it_is_back(
    read: tuple[Copy, Reader],
) -> None:
    copy, reader = read
    folder = copy.po("ku").parent.parent
    away = folder.rename(copy.letter.with_name("away"))
    text = (away / "LC_MESSAGES" / "letter.po").read_text(encoding="utf-8")
    time.sleep(0.2)  # in which git checks something out
    away.rename(folder)
    save_file(copy.po("ku"), text.replace("Sûriyê", "Sûriyeyê"), "in place")
    wanted = find_version(copy)
    wait_for(lambda: reader.versions[-1:] == [wanted], "a stale page stays")


saves = st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.booleans())


@given(st.lists(saves, min_size=1, max_size=6))
@settings(max_examples=8)
def test_whatever_is_saved_the_last_page_is_that_of_a_new_start(
    read: tuple[Copy, Reader], done: list[tuple[str, int, bool]]
) -> None:
    copy, reader = read
    texts = {path: path.read_text(encoding="utf-8") for path in (copy.letter, copy.po("ku"))}
    for kind, size, is_letter in done:
        path = copy.letter if is_letter else copy.po("ku")
        old, new = (
            ("Syria", f"Syria{' so' * size}") if is_letter else ("Sûriyê", f"Sû{size * 'r'}iyê")
        )
        save_file(path, texts[path].replace(old, new, 1), kind)
    wanted = find_version(copy)
    wait_for(lambda: reader.versions[-1:] == [wanted], "a stale page stays")
    assert all(a != b for a, b in zip(reader.versions, reader.versions[1:], strict=False))
    for path, text in texts.items():
        save_file(path, text, "renamed")


def measure_memory() -> int:
    """Measure the bytes of all objects made since tracemalloc was started."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_many_saves_leave_nothing_behind(copy: Copy) -> None:
    """No text of them all is kept, either: a translator saves thousands in a day.

    Each text is so long that other things that are kept are nothing beside it. None has numbers:
    the last sixteen texts of messages with numbers are kept.
    """
    library = Library(copy.letter, copy.locales)
    feed = Feed(Desk(library, SITE))
    text = copy.po("ku").read_text(encoding="utf-8")
    sizes: list[int] = []
    try:
        for letter in "bcdfg":
            long = letter * LONG
            save_file(copy.po("ku"), text.replace("Em fêm nakin", long, 1), "renamed")
            feed.take(library.look_again())
            assert (page := feed.read_page("ku"))
            assert long.encode() in page.html
            if not sizes:
                tracemalloc.start()
            sizes.append(measure_memory())
    finally:
        tracemalloc.stop()
    assert sizes[-1] - sizes[1] < LONG, "three texts take less than one"
