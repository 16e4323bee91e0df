"""Writing PO files: what did not change since a file was read is written byte for byte as it was.

In an entry that did change, the lines of every part that did not are as they were. What is written
anew is in the form of GNU msgcat 0.21, with the file's own line endings and page width.
"""

import codecs
from bisect import bisect_left
from pathlib import Path

from letter.files import write_file
from letter.po.entry_writer import format_entry
from letter.po.faults import Fault, PoError, explain_fault
from letter.po.model import Entry, PoFile
from letter.po.parts import find_width


def write_po(path: Path, po: PoFile) -> None:
    """Write a PO file to disk, whole or not at all; nothing is written if no byte changed."""
    write_file(path, format_po(po))


def format_po(po: PoFile) -> bytes:
    """Format a file as bytes: entries that did not change, and all around them, as they were read.

    Entries may have been changed, added, dropped, made obsolete, revived or put in another order.
    PoError if a text has characters that the file's charset lacks.
    """
    text = "".join(_lay_out(po))
    try:
        data = _encode_lines(po, text) if po.raw_lines else text.encode(po.encoding)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1 if error.object == text else 1
        char, charset = error.object[error.start], po.encoding.upper()
        told = explain_fault("no code", char=char, charset=charset)
        raise PoError(po.path, (Fault(line, told),)) from error
    return (codecs.BOM_UTF8 if po.bom else b"") + data


def _encode_lines(po: PoFile, text: str) -> bytes:
    """Encode a text line by line; a line that stood in the file gets its bytes back.

    Some charsets have two codes for one character (CP932: 8790 and 81E0 for ≒). Encoding knows only
    one of them, and would change lines that nobody touched.
    """
    lines = text.split("\n")
    return b"\n".join([po.raw_lines.get(line) or line.encode(po.encoding) for line in lines])


def _lay_out(po: PoFile) -> list[str]:
    """Lay out the entries and the loose text between them, the parts of the file's whole text.

    Loose text stays with the entries that stand where they stood. The loose text of an entry that
    was dropped or moved stays where it was, above the next entry that did not move.
    """
    places = {id(entry.source): place for place, entry in enumerate(po.as_read)}
    items = _insert_header(po)
    old = [places.pop(id(item.source), None) for item in items]  # None for an added entry
    if old == list(range(len(po.as_read))) and items == list(po.as_read):
        return [*(entry.source.before + entry.source.text for entry in po.as_read), po.tail]
    width = find_width(po)
    kept = _find_unmoved([place for place in old if place is not None])
    parts: list[str] = []
    loose_from = 0  # the place of the first entry whose loose text is not written yet
    is_settled = was_settled = True  # whether an entry is in its old order; the file's start is
    for item, place in zip(items, old, strict=True):
        was_settled, is_settled = is_settled, place in kept
        loose = []
        if place is not None and is_settled:
            loose = [entry.source.before for entry in po.as_read[loose_from : place + 1]]
            loose_from = place + 1
        if is_settled and was_settled:
            parts.append(_join_loose(loose))
        else:
            parts.append(_join_loose_anew(loose, parts, po.newline))
        original = None if place is None else po.as_read[place]
        parts.append(format_entry(item, original, width, po.newline))
    rest = [*(entry.source.before for entry in po.as_read[loose_from:]), po.tail]
    if is_settled:
        return [*parts, _join_loose(rest)]
    return [*parts, _join_loose_anew(rest, parts, po.newline, at_end=True)]


def _insert_header(po: PoFile) -> list[Entry]:
    """Put the header back among the entries: first, or behind the entry it stood behind."""
    entries = list(po.entries)
    if po.header is None:
        return entries
    place = next((n for n, entry in enumerate(po.as_read) if entry.source is po.header.source), 0)
    neighbour = po.as_read[place - 1].source if place else None
    after = [n for n, entry in enumerate(entries) if neighbour and entry.source is neighbour]
    entries.insert(after[0] + 1 if after else 0, po.header)
    return entries


_Run = tuple[int, "_Run | None"]  # the last place of a rising run, and the run before that place


def _find_unmoved(places: list[int]) -> set[int]:
    """Find which entries stay where they are: the longest run of places that rises.

    All other entries count as moved. A shorter run would have more of them lose the loose text and
    the spacing around them.

    >>> _find_unmoved([3, 0, 1, 2])
    {0, 1, 2}
    """
    # Of all rising runs of one length the one that ends lowest can go on with the most places:
    # it alone is remembered, in the order of lengths. So the ends rise too, and can be bisected.
    runs: list[_Run] = []
    for place in places:
        at = bisect_left(runs, place, key=lambda run: run[0])
        runs[at : at + 1] = [(place, runs[at - 1] if at else None)]
    kept = set()
    run = runs[-1] if runs else None
    while run:
        place, run = run
        kept.add(place)
    return kept


def _join_loose(loose: list[str]) -> str:
    """Join the loose texts between two entries that both stand in their old order.

    Several texts are there if entries between the two were dropped or moved. Blank lines go with
    their entry, comments stay; the last text, which is the second entry's own, stays as it was,
    unless the comments have brought blank lines enough.
    """
    spoken = [text for text in loose[:-1] if text.strip()]
    own = loose[-1:] if not spoken or loose[-1].strip() else []
    return "".join([*spoken, *own])


def _join_loose_anew(
    loose: list[str], parts: list[str], newline: str, *, at_end: bool = False
) -> str:
    """Join the loose texts beside an entry that is new or moved, by one blank line, as msgcat does.

    The parts are all that is written above.
    """
    spoken = [text.strip("\r\n") for text in loose if text.strip()]
    written = "".join(parts[-1:])
    gap = "" if not written else newline if written.endswith("\n") else newline * 2
    if not spoken:
        return gap.removesuffix(newline) if at_end else gap
    return gap + (newline * 2).join(spoken) + newline * (1 if at_end else 2)
