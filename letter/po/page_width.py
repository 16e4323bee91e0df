"""The page width of a PO file, which its strings of several lines show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.po.parts import list_parts, split_parts
from letter.po.wrap import NO_WRAP, wrap_string

if TYPE_CHECKING:
    from letter.po.model import Entry, PoFile


DEFAULT_WIDTH = 79
WIDTHS = (79, 77, 76, 78, 80, NO_WRAP, 75, 72, 70, 100, 120)


def find_width(po: PoFile) -> int:
    """Find the page width at which a file's strings are wrapped, in columns, or NO_WRAP.

    It is the candidate that gives most of the file's strings of several lines as they stand.
    """
    samples: list[tuple[Entry, str, str, str]] = []
    for entry in po.read:
        values = list_parts(entry)
        for name, raw in split_parts(entry.source.text):
            value = values.get(name)
            if isinstance(value, str) and (raw.count("\n") > 1 or len(raw) > min(WIDTHS[:5])):
                samples.append((entry, name, value, raw.replace("\r\n", "\n")))
    samples = samples[:: len(samples) // 60 + 1]
    best, most = DEFAULT_WIDTH, 0
    for width in WIDTHS:
        hits = sum(
            wrap_string(name, value, width, "#~ " if entry.obsolete else "", entry.flags) == raw
            for entry, name, value, raw in samples
        )
        if hits > most:
            best, most = width, hits
        if hits == len(samples):
            break
    return best
