"""The few facts that CLDR has on a language, read from Babel's files and let go again.

A `babel.Locale` keeps all it has ever read, and what it inherits with it: 0.2 MB a language, which
would be most of a worker's memory with a thousand of them, and twice the time.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale, localedata
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEPT = ("character_order", "languages", "scripts", "territories", "variants", "plural_form")


@dataclass(frozen=True, slots=True)
class Facts:
    """What CLDR says of one language; a name is "" where it has none.

    `plural_rules` are pairs of a category and its condition, () where CLDR has no rule.
    """

    character_order: str
    name: str
    english_name: str
    plural_rules: tuple[tuple[str, str], ...]


@cache
def read_facts(locale: Locale) -> Facts:
    """Read the facts on one of CLDR's locales (about 0.5 ms, once)."""
    identifier = str(locale)
    plural = _look_up(identifier, "plural_form")
    return Facts(
        _look_up(identifier, "character_order"),
        _write_name(locale, identifier),
        _write_name(locale, "en"),
        tuple(plural.rules.items()) if plural else (),
    )


def _write_name(locale: Locale, reader: str) -> str:
    """Write a locale's name as its readers know it, in the form of `Locale.get_display_name`."""
    name = _look_up(reader, "languages", locale.language)
    parts = (
        ("scripts", locale.script),
        ("territories", locale.territory),
        ("variants", locale.variant),
    )
    details = [found for kind, part in parts if part and (found := _look_up(reader, kind, part))]
    return f"{name} ({', '.join(details)})" if name and details else name or ""


def _look_up(identifier: str, *keys: str) -> Any:
    """Find a value in a locale's own data, or in what it inherits from; None if it is nowhere."""
    for data in _list_sources(identifier):
        found: Any = data
        for key in keys:
            found = found.get(key) if found is not None else None
        if found is not None:
            return found
    return None


def _list_sources(identifier: str) -> Iterator[Mapping[str, Any]]:
    """Give a locale's own data, then those of its parents up to the root."""
    while identifier != "root":
        yield _read_own(identifier)
        identifier = _find_parent(identifier)
    yield _read_own("root")


def _find_parent(identifier: str) -> str:
    """Say what a locale inherits from (UTS #35, Parent Locales, with its nonlikelyScript)."""
    if parent := get_global("parent_exceptions").get(identifier):
        return str(parent)
    parent, _, last = identifier.rpartition("_")
    is_script = len(last) == 4 and last.isalpha() and "_" not in parent
    if is_script and f"_{last}_" not in get_global("likely_subtags").get(parent, ""):
        return "root"
    return parent or "root"


@lru_cache(maxsize=8)  # enough for one language, its parents and English
def _read_own(identifier: str) -> Mapping[str, Any]:
    with Path(localedata.resolve_locale_filename(identifier)).open("rb") as file:
        data = _Unpickler(file).load()
    return {key: data[key] for key in _KEPT if key in data}


class _Unpickler(pickle.Unpickler):
    """Reads plural rules, and of all else that isn't plain data only that it is there.

    The patterns of dates and numbers need modules that take 20 ms of a cold worker's start.
    """

    def find_class(self, module: str, name: str) -> Any:
        return super().find_class(module, name) if module == "babel.plural" else _Unread


class _Unread:
    def __init__(self, *_: object) -> None:
        pass
