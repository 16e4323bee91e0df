"""Waiting for what a test has started, never longer than a deadline, and a port to start it on."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE = 240  # seconds: far more than anything takes, for a machine that does much else


def wait_for(what: Callable[[], object], told: str = "nothing happened") -> None:
    """Wait until something is so, with a deadline that no machine should reach."""
    end = time.monotonic() + DEADLINE
    while not what():
        assert time.monotonic() < end, told
        time.sleep(0.02)


def find_port() -> int:
    """Find a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
