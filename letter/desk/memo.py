"""Values that are kept as long as nothing that they are made of has changed."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """Keeps values by name; a value is made anew where one of its parts is no longer the same.

    Words, numbers and tuples are the same by value. Other parts are compared by identity: they are
    large, and whoever makes them keeps them, too. Threads that want one value wait for each other,
    and not for those that want another.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[tuple[object, ...], Value]] = {}
        self._locks: dict[Hashable, threading.RLock] = {}

    def find(self, name: Hashable, parts: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Give the value of a name, made of these parts."""
        with self._locks.setdefault(name, threading.RLock()):
            known = self._known.get(name)
            if known is None or not _are_same(known[0], parts):
                known = self._known[name] = parts, make()
            return known[1]

    def recall(self, name: Hashable) -> Value | None:
        """Give the value that a name had last, whatever has changed since."""
        known = self._known.get(name)
        return known[1] if known else None


def _are_same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    """Say whether all parts are the same."""
    return len(before) == len(now) and all(
        one is other or (isinstance(other, str | int | tuple) and one == other)
        for one, other in zip(before, now, strict=True)
    )
