"""How long something takes, whatever else the machine does at the time."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Fail where something takes this thread more than so many seconds of a processor.

    Tests give ten times what is usual, or more: a limit is to be reached by what grows with the
    square of its input, and by no slow machine.
    """
    start = time.thread_time()
    yield
    assert time.thread_time() - start < seconds, "seconds of a processor"
