"""What keeps editions fresh: a thread that looks at the files whenever one is touched."""

from __future__ import annotations

import logging
import os
import threading
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from letter.editions.library import Library
    from letter.editions.shelf import Shelf

LOOK = 1.0  # seconds between two looks where nothing is heard of: some disks tell of no edit
STEP, DEBOUNCE = 5, 20  # milliseconds of quiet after a touch, and the longest wait for them
UNWATCHED = "An edit is only seen within a second where the files can't be watched: %s"

log = logging.getLogger(__name__)


class Follower(Protocol):
    """Somebody who is told of the editions at each touch of a file."""

    def take(self, shelf: Shelf) -> None:
        """Take the editions of now, which may be the same as before."""

    def make_next(self) -> bool:
        """Make the next page that is to be made now; False where there is none."""


class Watch:
    """Keeps a library fresh, from `start` until `close` or the end of the process.

    Followers do their work in the thread of the watch, part by part: after each part they take the
    editions of then. The thread begins `delay` seconds after the start.
    """

    def __init__(self, library: Library, *followers: Follower, delay: float = 0) -> None:
        self._library, self._followers, self._delay = library, followers, delay
        self._end = _End()

    def start(self) -> None:
        """Begin, in the process that answers: a thread does not survive a fork."""
        self._look()
        self._library.is_kept = True
        # Not a daemon: Python would end its thread inside watchfiles' Rust, which aborts then.
        threading.Thread(target=self._run, name="watch").start()

    def close(self) -> None:
        """Have the thread end within a second; pages stay as they are then."""
        self._end.set()

    def _run(self) -> None:
        """Keep up with the files; the thread's whole life."""
        try:
            self._end.wait(self._delay)
            told = ""
            while not self._end.is_set():
                try:
                    self._keep_up()
                except Exception as error:  # whatever it was, the next edit may mend it
                    if told != repr(error):
                        told = repr(error)
                        log.exception("The pages can't be brought up to date")
                    self._end.wait(LOOK)
        finally:
            self._library.is_kept = False

    def _keep_up(self) -> None:
        """Look at each touch of a file; return when other folders need a watch."""
        self._look()
        self._work()
        folders = self._library.list_folders()
        for touched in watch_folders(folders, self._end):
            self._look()
            self._work()
            if touched & folders or self._library.list_folders() != folders:
                return

    def _work(self) -> None:
        """Have the followers do all there is to do, with the editions of the moment."""
        while not self._end.is_set() and any(each.make_next() for each in self._followers):
            self._look()

    def _look(self) -> None:
        """Have the followers take the editions of now."""
        shelf = self._library.look_again()
        for follower in self._followers:
            follower.take(shelf)


class _End(threading.Event):
    """Set by `set`, or by the end of the main thread, after which Python waits for the others."""

    def is_set(self) -> bool:
        return super().is_set() or not threading.main_thread().is_alive()


@cache
def _tell_strange(folder: str) -> None:
    """Log that a folder and what is in there aren't watched; once for each folder."""
    log.warning(UNWATCHED, f"{folder}: the name isn't UTF-8")


def watch_folders(folders: Collection[str], end: threading.Event) -> Iterator[set[str]]:
    """Yield the paths that were touched directly in some folders, and an empty set after each LOOK.

    Where the system can't watch the folders, that is logged, and only empty sets come. watchfiles
    takes names in UTF-8 alone: other folders aren't watched. The iteration is stopped by the end,
    by a folder that is gone, and by a touch of a file with another name.
    """
    is_watching = False
    named = [each for each in folders if os.fsencode(each) == each.encode(errors="replace")]
    strange = set(folders).difference(named)
    for folder in strange:
        if os.path.dirname(folder) not in strange:  # noqa: PTH120  paths of the system, as text
            _tell_strange(folder)
    try:
        from watchfiles import watch

        for changes in watch(
            *named,
            watch_filter=None,
            debounce=DEBOUNCE,
            step=STEP,
            stop_event=end,
            rust_timeout=int(LOOK * 1000),
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        ):
            is_watching = True
            yield {path for _, path in changes}
    except FileNotFoundError:
        return
    except (ImportError, OSError, RuntimeError) as error:
        log.warning(UNWATCHED, error)
        while not end.wait(LOOK):
            yield set()
            if is_watching:
                return
