"""Word from the system that a file was touched, at a microsecond a question (Linux inotify)."""

from __future__ import annotations

import ctypes
import os
import select
import sys
from collections.abc import Iterable
from pathlib import Path

# inotify(7): modified, attributes, closed after writing, moved, created, deleted, gone itself.
_EVENTS = 0x2 | 0x4 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400


class Watch:
    """Says whether anything in some folders has been touched since it was last asked.

    Where the system has no inotify, or no more watches, it always says so, and whoever asks has to
    look at the files.
    """

    def __init__(self) -> None:
        self._handle = -1
        self._poll = select.poll() if hasattr(select, "poll") else None
        if sys.platform == "linux" and self._poll:
            self._system = ctypes.CDLL(None, use_errno=True)
            self._handle = self._system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if self._handle >= 0:
                self._poll.register(self._handle, select.POLLIN)

    def add(self, folders: Iterable[Path]) -> None:
        """Watch more folders; one that is watched already costs nothing."""
        for folder in folders:
            if self._handle < 0:
                return
            watched = self._system.inotify_add_watch(self._handle, os.fsencode(folder), _EVENTS)
            if watched < 0 and folder.is_dir():
                self.close()

    def is_touched(self) -> bool:
        """Say whether anything was touched since the last `forget`."""
        try:
            return self._handle < 0 or bool(self._poll and self._poll.poll(0))
        except RuntimeError:  # another thread is asking at this moment, and will be told
            return False

    def forget(self) -> None:
        """Take note of all that was touched until now."""
        while self._handle >= 0:
            try:
                os.read(self._handle, 65536)
            except BlockingIOError:
                return

    def close(self) -> None:
        """Stop watching."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
