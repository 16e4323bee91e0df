"""The page width of a PO file, which its long strings show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.po.parts import list_parts, split_parts
from letter.po.wrap import NO_WRAP, wrap_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.po.model import Entry, PoFile


DEFAULT_WIDTH = 79  # columns, as gettext has it
# First those of gettext, Weblate (77), Babel (76) and polib (78), then what people set by hand.
_WIDTHS = (79, 77, 76, 78, 80, NO_WRAP, 75, 72, 70, 100, 120)
_UNTOLD = 76  # a string on one line up to this length looks alike at all usual widths
_SAMPLES = 60


def find_width(po: PoFile) -> int:
    """Find the page width at which a file's strings are wrapped, in columns, or NO_WRAP.

    No file says so. The width is the candidate at which the most of the file's long strings, as
    msgcat wraps them, are as they stand in the file; DEFAULT_WIDTH if none is at any.
    """
    samples = [
        (entry, name, value, raw.replace("\r\n", "\n"))
        for entry in po.read
        for name, value, raw in _list_strings(entry)
        if raw.count("\n") > 1 or len(raw) > _UNTOLD
    ]
    samples = samples[:: len(samples) // _SAMPLES + 1]
    best, most = DEFAULT_WIDTH, 0
    for width in _WIDTHS:
        hits = sum(
            wrap_string(name, value, width, "#~ " if entry.obsolete else "", entry.flags) == raw
            for entry, name, value, raw in samples
        )
        if hits > most:
            best, most = width, hits
        if hits == len(samples):
            break
    return best


def _list_strings(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """List the strings of an entry: the keyword, the text, and the lines in the file."""
    values = list_parts(entry)
    for name, raw in split_parts(entry.source.text):
        value = values.get(name)
        if isinstance(value, str):
            yield name, value, raw
