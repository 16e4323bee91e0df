"""The feed of the desk: whatever editors do, a stream ends in the page that the files give."""

from __future__ import annotations

import gc
import re
import threading
import time
import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letter.desk.desk import Desk
from letter.desk.feed import DeskPage, Feed
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.watch import Watch
from tests.conftest import Copy, copy_letter
from tests.waiting import DEADLINE, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

SITE = Site()
KINDS = ("renamed", "in place", "in two writes", "emptied first", "deleted first", "broken first")
KU = "locales/ku/LC_MESSAGES"
LONG = 100_000  # letters, and bytes


class Reader:
    """Somebody who reads a stream of the desk: the versions that came."""

    def __init__(self, feed: Feed, tag: str) -> None:
        self.versions: list[str] = []
        self.told: set[str] = set()  # what a page says is wrong, first of all
        self._events = feed.stream(tag)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for event in self._events:
            page = event.decode()
            self.told.update(re.findall(r'role="alert">(.*)', page))
            self.versions += re.findall(r"^id: (\w+)$", page, re.MULTILINE)


class Followed:
    """A letter, and the readers of its desk: of all languages, its own, and two others."""

    def __init__(self, copy: Copy) -> None:
        self.copy, self.library = copy, Library(copy.letter, copy.locales)
        self.texts: dict[Path, str] = {}  # of files before their first edit
        self.feed = Feed(Desk(self.library, SITE))
        self.watch = Watch(self.library, self.feed)
        self.watch.start()
        self.readers = {tag: Reader(self.feed, tag) for tag in ("", "en", "ku", "ar")}

    def look(self) -> None:
        """Have the readers have the pages of this moment."""
        self.feed.take(self.library.look_again())
        for tag in self.readers:
            self.feed.read_page(tag)

    def expect_fresh_pages(self) -> None:
        """Wait until the readers have what a new start would show.

        What of the files is known may take a moment; a page of that is never stale.
        """
        pages, fresh, shelf = [], [], None
        while shelf is not self.library.look_again():  # else the watch has looked in between
            self.feed.take(shelf := self.library.look_again())
            pages = [self.feed.read_page(tag) for tag in self.readers]
            fresh = self._read_anew(self.library)
        assert pages == fresh
        fresh = self._read_anew(Library(self.copy.letter, self.copy.locales))
        wanted = [[page.version] for page in fresh if page]
        readers = self.readers.values()
        wait_for(lambda: [reader.versions[-1:] for reader in readers] == wanted, "stale files")

    def _read_anew(self, library: Library) -> list[DeskPage | None]:
        feed = Feed(Desk(library, SITE))
        return [feed.read_page(tag) for tag in self.readers]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    """Files with something to do and to correct; one that is gone is awaited all the while."""
    copy = copy_letter(tmp_path_factory.mktemp("desk"))
    passage = 'msgid ""\n"The international community’s failure'
    copy.edit("ku", passage, f"#, fuzzy\n{passage}")
    (copy.locales / "links.csv").write_text("source,target\n")
    page = copy.po("ku").with_name("interface.po")
    words = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r'(msgstr ".*)%\(number\)s', r"\1", words, count=1), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("letter.editions.awaited_files.PATIENCE", DEADLINE)
        for seconds in ("letter.editions.readings.QUIET", "letter.serving.watch.LOOK"):
            patch.setattr(seconds, 0.1)
        followed = Followed(copy)
        yield followed
        followed.watch.close()
        followed.feed.close()


def save_file(path: Path, text: str, kind: str, look: Callable[[], None]) -> None:
    """Save a file as one of KINDS, which are what editors do; `look` is between their steps."""
    if kind == "renamed":
        new = path.with_name("new~")
        new.write_text(text, encoding="utf-8")
        new.replace(path)
        return
    if kind == "in two writes":
        with path.open("w", encoding="utf-8") as file:
            file.write(text[: len(text) // 2])
            file.flush()
            look()
            file.write(text[len(text) // 2 :])
        return
    if kind == "emptied first":
        path.write_text("")
    elif kind == "deleted first":
        path.unlink()
    elif kind == "broken first":
        path.write_text(text[: len(text) // 2], encoding="utf-8")
    look()
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
            save_file(copy.po("ku"), text.replace("Em fêm nakin", long, 1), "renamed", gc.enable)
            feed.take(library.look_again())
            assert (page := feed.read_page("ku"))
            assert long.encode() in page.html
            if not sizes:
                tracemalloc.start()
            sizes.append(measure_memory())
    finally:
        tracemalloc.stop()
    assert sizes[-1] - sizes[1] < LONG, "three texts take less than one"


@pytest.mark.parametrize("name", ["locales/ku", "locales/glossary.csv", "locales"])
def test_what_is_away_for_a_moment_is_not_missed(followed: Followed, name: str) -> None:
    """As when git checks another branch out, and this one again; no page is another meanwhile."""
    followed.expect_fresh_pages()
    before = {tag: len(reader.versions) for tag, reader in followed.readers.items()}
    place = followed.copy.letter.parent / name
    away = place.rename(followed.copy.letter.with_name("away"))
    followed.look()
    away.rename(place)
    followed.expect_fresh_pages()
    assert before == {tag: len(reader.versions) for tag, reader in followed.readers.items()}


# Which file an edit is of, what is replaced there how often, and by what: all depend on a number.
EDITS: dict[str, tuple[str, str, int, Callable[[int], str]]] = {
    "letter": ("letter.md", "Syria", 1, lambda size: f"Syria{' so' * size}"),
    "words": (f"{KU}/letter.po", "Sûriyê", 1, lambda size: f"Sû{'r' * size}iyê"),
    "marks": (f"{KU}/letter.po", "^#: .*", 0, lambda size: "#, fuzzy" if size else "#:"),
    "page": (f"{KU}/interface.po", "Werger hîn", 1, lambda size: f"We{'r' * size}ger hîn"),
    "lines": (f"{KU}/interface.po", r"\A", 1, lambda size: "# …\n" * size),
    "terms": ("locales/glossary.csv", "Sûriye", 1, lambda size: f"Sû{'r' * size}iye"),
    "links": ("locales/links.csv", r"\Z", 1, lambda size: "x\n" * size),
}
FOLDER = "a new folder"
TAGS = ("de", "no language", "es", "neither")
edits = st.tuples(st.sampled_from(KINDS), st.sampled_from([*EDITS, FOLDER]), st.integers(0, 40))


@given(st.lists(edits, min_size=1, max_size=6))
@example([("renamed", "page", 2)])
@example([("renamed", "lines", 2)])
@example([("renamed", FOLDER, 1)])
@example([("renamed", "marks", 1)])
@settings(max_examples=6)
def test_whatever_is_saved_the_last_page_is_that_of_a_new_start(
    followed: Followed, done: list[tuple[str, str, int]]
) -> None:
    """And no page of a moment between says that a file is gone."""
    for kind, name, size in done:
        if name == FOLDER:
            new = followed.copy.po(TAGS[size % len(TAGS)])
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_text('msgid ""\nmsgstr ""\n')
            continue
        file, old, count, write = EDITS[name]
        path = followed.copy.letter.parent / file
        before = followed.texts.setdefault(path, path.read_text(encoding="utf-8"))
        text = re.sub(old, write(size), before, count=count, flags=re.MULTILINE)
        save_file(path, text, kind, followed.look)
    followed.expect_fresh_pages()
    for reader in followed.readers.values():
        assert all(a != b for a, b in pairwise(reader.versions))
        assert not any("cannot be opened" in told or "gone" in told for told in reader.told)
