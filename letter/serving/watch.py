"""Word from the system that a file was touched (Linux inotify)."""

from __future__ import annotations

import ctypes
import logging
import os
import select
import struct
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# inotify(7): modified, attributes, closed after writing, moved, created, deleted, gone itself;
# of folders only.
_EVENTS = 0x2 | 0x4 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x1000000
_EVENT = struct.Struct("iIII")  # the folder, what happened, a number, and the length of the name
_MODIFIED, _ENDED = 0x2, 0x8 | 0x40 | 0x200  # closed after writing, moved away, deleted
_TICK = 1.0  # seconds between two looks at the files where the system doesn't tell
_LOOK_ANYWAY = 10  # times _TICK: it doesn't tell of what another machine does to a shared disk
_SETTLE = 0.01  # seconds: editors write in several steps, and commands several files
_PATIENCE = 10  # times _SETTLE
_WRITING = 200  # times _SETTLE, for a file that somebody has open and has written to
_NO_WATCHES = (
    "The system has no watches left (fs.inotify.max_user_watches), so an edited file is only seen "
    "within a second: raise the limit to have it seen at once."
)

log = logging.getLogger(__name__)


class Watch:
    """Tells one thread when anything in some folders has been touched.

    Where the system has no inotify, or no more watches, it says so every second, and whoever waits
    has to look at the files.
    """

    def __init__(self) -> None:
        self._handle = -1
        self._poll = select.poll() if hasattr(select, "poll") else None
        self._closed = threading.Event()
        self._known: set[int] = set()  # a folder that is made anew is a new number to the system
        if sys.platform == "linux" and self._poll:
            self._system = ctypes.CDLL(None, use_errno=True)
            self._handle = self._system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if self._handle >= 0:
                self._poll.register(self._handle, select.POLLIN)

    def add(self, folders: Iterable[Path]) -> bool:
        """Watch folders; say whether any of them wasn't watched until now.

        Something may have been touched in such a one before: look at it again.
        """
        before = len(self._known)
        for folder in folders:
            if self._handle < 0:
                return False
            watched = self._system.inotify_add_watch(self._handle, os.fsencode(folder), _EVENTS)
            if watched >= 0:
                self._known.add(watched)
            elif folder.is_dir():
                log.warning("%s", _NO_WATCHES)
                self._give_up()
        return len(self._known) > before

    def is_touched(self) -> bool:
        """Say whether the next `wait` will return at once."""
        if self._handle < 0:
            return False
        glance = select.poll()  # of its own: while one thread waits, another may not use the same
        glance.register(self._handle, select.POLLIN)
        return bool(glance.poll(0))

    def wait(self) -> bool:
        """Wait until something is touched and then left alone for a moment; False once closed.

        What is touched from now on will be told by the next `wait`.
        """
        for _ in range(_LOOK_ANYWAY):
            if self._handle < 0 or self._poll is None:
                self._closed.wait(_TICK)
                break
            if self._poll.poll(_TICK * 1000):
                self._settle()
                break
            if self._closed.is_set():
                break
        if self._closed.is_set():
            self._give_up()
        return not self._closed.is_set()

    def close(self) -> None:
        """Have the thread that waits stop within a second."""
        self._closed.set()

    def _settle(self) -> None:
        """Wait until nothing is touched for a moment, and what is being written to is closed."""
        written: set[tuple[int, bytes]] = set()
        for count in range(_WRITING):
            self._take_note(written)
            quiet = not (self._poll and self._poll.poll(_SETTLE * 1000))
            if not written and (quiet or count >= _PATIENCE):
                break
        self._take_note(written)

    def _take_note(self, written: set[tuple[int, bytes]]) -> None:
        """Read what happened; keep which files were written to and not closed, moved or deleted."""
        while True:
            try:
                events = os.read(self._handle, 65536)
            except BlockingIOError:
                return
            while events:
                folder, what, _, length = _EVENT.unpack_from(events)
                file = folder, events[_EVENT.size : _EVENT.size + length]
                if what & _MODIFIED:
                    written.add(file)
                elif what & _ENDED:
                    written.discard(file)
                events = events[_EVENT.size + length :]

    def _give_up(self) -> None:
        if self._handle >= 0:
            if self._poll:
                self._poll.unregister(self._handle)
            os.close(self._handle)
            self._handle = -1
