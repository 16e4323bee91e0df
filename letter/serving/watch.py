"""What keeps prepared answers fresh: a thread that looks at the files whenever one is touched."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from letter.addresses import Address, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from letter.editions.library import Library
    from letter.serving.document_making import Press
    from letter.serving.prepared import PreparedAnswers

LOOK = 1.0  # seconds between two looks where nothing is heard of: some disks tell of no edit
STEP, DEBOUNCE = 5, 20  # milliseconds of quiet after a touch, and the longest wait for them
UNWATCHED = "An edit is only seen within a second, since the files can't be watched: %s"

log = logging.getLogger(__name__)


class Watch:
    """Keeps prepared answers fresh, from `start` until `close` or the end of the process.

    Pages are made anew one by one in a thread, while readers have them as they were.
    """

    def __init__(self, library: Library, press: Press, answers: PreparedAnswers) -> None:
        self._library, self._press, self._answers = library, press, answers
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
            self._end.wait(LOOK)  # the first page of a cold worker comes before all that follows
            for tag in self._answers.shelf.editions:
                if not self._end.is_set():
                    self._answers.renew(Address(Kind.EDITION, tag))
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
        """Renew outdated pages at each touch of a file; return when other folders need a watch."""
        folders = self._library.list_folders()
        for touched in watch_folders(folders, self._end):
            self._bring_up_to_date()
            if touched & folders or self._library.list_folders() != folders:
                return

    def _bring_up_to_date(self) -> None:
        """Make the outdated pages anew, and begin again where an edit comes in between."""
        self._look()
        outdated = self._answers.list_outdated()
        while outdated and not self._end.is_set():
            self._answers.renew(outdated.pop(0))
            if self._look():
                outdated = self._answers.list_outdated()

    def _look(self) -> bool:
        """Take the editions and documents of now; say whether they are others than before."""
        before = self._answers.shelf
        self._answers.shelf = shelf = self._press.furnish(self._library.look_again())
        return shelf.editions is not before.editions or shelf.documents != before.documents


class _End(threading.Event):
    """Set by `set`, or by the end of the main thread, after which Python waits for the others."""

    def is_set(self) -> bool:
        return super().is_set() or not threading.main_thread().is_alive()


def watch_folders(folders: Collection[str], end: threading.Event) -> Iterator[set[str]]:
    """Yield the paths that were touched directly in some folders, and an empty set after each LOOK.

    Where the system can't watch the folders, that is logged, and only empty sets come. The end
    stops the iteration, and so does a folder that is gone.
    """
    try:
        from watchfiles import watch

        for changes in watch(
            *folders,
            watch_filter=None,
            debounce=DEBOUNCE,
            step=STEP,
            stop_event=end,
            rust_timeout=int(LOOK * 1000),
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        ):
            yield {path for _, path in changes}
    except FileNotFoundError:
        return
    except (ImportError, OSError, RuntimeError) as error:
        log.warning(UNWATCHED, error)
        while not end.wait(LOOK):
            yield set()
