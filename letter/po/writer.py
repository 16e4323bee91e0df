"""Writing PO files: the bytes of an entry that did not change are written as they were read.

In an entry that did change, so are the lines of each part that did not. What is written new is in
the form of GNU msgcat 0.21, with the file's own line endings and page width.
"""

from __future__ import annotations

import codecs
from bisect import bisect_left
from typing import TYPE_CHECKING

from letter.files import write_file
from letter.po.entry_writer import format_entry
from letter.po.faults import Fault, PoError
from letter.po.page_width import find_width

if TYPE_CHECKING:
    from pathlib import Path

    from letter.po.model import Entry, PoFile


def format_po(po: PoFile) -> bytes:
    """Format a file as bytes: what did not change since it was read is as it was, byte for byte.

    Entries may have been changed, added, dropped, made obsolete, revived or put in another order.
    Raises PoError if a text has characters that the file's charset lacks.
    """
    text = "".join(_lay_out(po))
    try:
        if po.raw_lines:
            lines = text.split("\n")
            data = b"\n".join(
                [po.raw_lines.get(line) or line.encode(po.encoding) for line in lines]
            )
        else:
            data = text.encode(po.encoding)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1 if error.object == text else 1
        told = (
            f"“{error.object[error.start]}” cannot be written in {po.encoding.upper()}, the charset"
            " that the header names: convert the file to UTF-8."
        )
        raise PoError(po.path, (Fault(line, told),)) from error
    return (codecs.BOM_UTF8 if po.bom else b"") + data


def write_po(path: Path, po: PoFile) -> None:
    """Write a PO file to disk, whole or not at all; nothing is written if no byte changed."""
    write_file(path, format_po(po))


def _lay_out(po: PoFile) -> list[str]:
    """Lay out entries and the loose text between them, the parts of the file's whole text."""
    places = {id(entry.source): place for place, entry in enumerate(po.read)}
    items = _order_entries(po)
    old = [places.pop(id(item.source), None) for item in items]
    if old == list(range(len(po.read))) and items == list(po.read):
        return [*(entry.source.before + entry.source.text for entry in po.read), po.tail]
    width = find_width(po)
    kept = _find_kept([place for place in old if place is not None])
    parts: list[str] = []
    last: int | None = -1  # the place of the entry before, None if it was moved or added
    loose_from = 0  # the first entry whose loose text is not written yet
    for item, place in zip(items, old, strict=True):
        settled = place if place in kept else None
        upto = loose_from if settled is None else settled + 1
        loose = [entry.source.before for entry in po.read[loose_from:upto]]
        moved = settled is None or last is None
        parts.append(_join_loose(loose, moved, po.newline, parts))
        original = None if place is None else po.read[place]
        parts.append(format_entry(item, original, width, po.newline))
        loose_from, last = max(upto, loose_from), settled
    rest = [entry.source.before for entry in po.read[loose_from:]]
    parts.append(_join_loose([*rest, po.tail], last is None, po.newline, parts, at_end=True))
    return parts


def _order_entries(po: PoFile) -> list[Entry]:
    """Put the header back among the entries: first, or behind the entry it stood behind."""
    entries = list(po.entries)
    if po.header is None:
        return entries
    place = next((n for n, entry in enumerate(po.read) if entry.source is po.header.source), 0)
    neighbour = po.read[place - 1].source if place else None
    after = [n for n, entry in enumerate(entries) if neighbour and entry.source is neighbour]
    entries.insert(after[0] + 1 if after else 0, po.header)
    return entries


def _find_kept(places: list[int]) -> set[int]:
    """Find the most entries that still stand in their old order: the longest rising subsequence."""
    ends: list[int] = []
    chains: list[tuple[int, object]] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at:] = [place, *ends[at + 1 :]] if at < len(ends) else [place]
        chains[at : at + 1] = [(place, chains[at - 1] if at else None)]
    kept = set()
    link: object = chains[-1] if chains else None
    while isinstance(link, tuple):
        place, link = link
        kept.add(place)
    return kept


def _join_loose(
    loose: list[str], moved: bool, newline: str, parts: list[str], at_end: bool = False
) -> str:
    """Join loose texts that now stand between two entries; where one moved, by one blank line."""
    spoken = [text for text in loose[:-1] if text.strip()]
    if not moved:
        return "".join(spoken if spoken and not loose[-1].strip() else [*spoken, *loose[-1:]])
    spoken = [text.strip("\r\n") for text in loose if text.strip()]
    written = "".join(parts[-1:])
    gap = "" if not written else newline if written.endswith("\n") else newline * 2
    if not spoken:
        return gap.removesuffix(newline) if at_end else gap
    return gap + (newline * 2).join(spoken) + newline * (1 if at_end else 2)
