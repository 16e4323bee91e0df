"""A mapping whose values are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
S = TypeVar("S")
V = TypeVar("V")


class LazyMapping(Mapping[K, V], Generic[K, S, V]):
    """Makes each value of a source of the same key, once.

    Of a thousand languages a worker is asked for few: making all their translations and passages
    would be half of its start. `make` gives the same for the same source, whichever thread asks.
    """

    __slots__ = ("_made", "_make", "_sources")

    def __init__(self, sources: Mapping[K, S], make: Callable[[S], V]) -> None:
        self._sources, self._make = sources, make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(self._sources[key])
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._sources

    def __iter__(self) -> Iterator[K]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)
