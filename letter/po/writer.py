"""Writing PO files: the bytes of an entry that did not change are written as they were read.

In an entry that did change, so are the lines of each part that did not. What is written new is in
the form of GNU msgcat 0.21, with the file's own line endings and page width.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from letter.files import write_file
from letter.po.faults import QUOTED, Fault, PoError
from letter.po.reader import (
    ANY_GAP,
    LINE,
    LOOSE,
    STRING,
    Entry,
    PoFile,
    Source,
    is_header,
    read_string,
    split_comment,
)
from letter.po.wrap import NO_WRAP, wrap_string

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_WIDTH = 79
WIDTHS = (79, 77, 76, 78, 80, NO_WRAP, 75, 72, 70, 100, 120)
_KEYWORD = re.compile(
    rf"{QUOTED}|(msgctxt|msgid_plural|msgid|msgstr(?:{ANY_GAP}\[{ANY_GAP}([0-9]++){ANY_GAP}\])?)"
)


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
        return [
            part
            for entry in po.read
            if (source := entry.source)
            for part in (source.before, source.text)
        ] + [po.tail]
    width = find_width(po)
    kept = _find_kept([place for place in old if place is not None])
    parts: list[str] = []
    last: int | None = -1  # the place of the entry before, None if it was moved or added
    loose_from = 0  # the first entry whose loose text is not written yet
    for item, place in zip(items, old, strict=True):
        settled = place if place in kept else None
        upto = loose_from if settled is None else settled + 1
        loose = [_find_source(entry).before for entry in po.read[loose_from:upto]]
        moved = settled is None or last is None
        parts.append(_join_loose(loose, moved, po.newline, parts))
        original = None if place is None else po.read[place]
        parts.append(_format_entry(item, original, width, po.newline))
        loose_from, last = max(upto, loose_from), settled
    rest = [_find_source(entry).before for entry in po.read[loose_from:]]
    parts.append(_join_loose([*rest, po.tail], last is None, po.newline, parts, at_end=True))
    return parts


def _find_source(entry: Entry) -> Source:
    return entry.source or Source("", "")


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


def find_width(po: PoFile) -> int:
    """Find the page width at which a file's strings are wrapped, in columns, or NO_WRAP.

    It is the candidate that gives most of the file's strings of several lines as they stand.
    """
    samples: list[tuple[Entry, str, str, str]] = []
    for entry in po.read:
        values = _list_parts(entry)
        for name, raw in _split_parts(_find_source(entry).text):
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


_RANKS = {
    name: rank
    for rank, name in enumerate(
        ("comments", "extracted", "references", "flags", "previous", "msgctxt", "msgid")
    )
}
_KINDS = {
    "#": "comments",
    ".": "extracted",
    ":": "references",
    "|": "previous",
    ",": "flags",
    "=": "flags",
}
_Value = str | tuple[str | None, ...]


def _find_rank(name: str) -> int:
    return _RANKS.get(name, 7 if name == "msgid_plural" else 8)


def _list_parts(entry: Entry) -> dict[str, _Value]:
    """List the parts of an entry that it has, in msgcat's order."""
    previous = entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural
    parts: dict[str, _Value | None] = {
        "comments": entry.comments,
        "extracted": entry.extracted,
        "references": entry.references,
        "flags": entry.flags,
        "previous": None if previous == (None, None, None) else previous,
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgid_plural": entry.msgid_plural,
    }
    if entry.msgid_plural is None:
        parts["msgstr"] = "".join(entry.msgstr[:1])
    else:
        parts |= {f"msgstr[{number}]": text for number, text in enumerate(entry.msgstr)}
    return {name: value for name, value in parts.items() if value is not None and value != ()}


def _split_parts(text: str) -> list[tuple[str, str]]:
    """Split the source of an entry into its parts, each with its lines; "" names blank lines."""
    starts = [found for found in _KEYWORD.finditer(text, _find_body(text)) if found[1]]
    places = [_find_indent(text, found.start()) for found in starts]
    parts: list[tuple[str, str]] = []
    for line in LINE.findall(text[: places[0]]) if places else ():
        kind = split_comment(line.rstrip("\r\n"))[0]
        parts += [(_KINDS.get(kind, ""), line)]
    for found, start, end in zip(starts, places, [*places[1:], len(text)], strict=True):
        name = f"msgstr[{int(found[2])}]" if found[2] else found[1]
        parts.append((name, text[start:end]))
    return parts


def _find_body(text: str) -> int:
    """Find where the comments above a message end."""
    head = LOOSE.match(text)
    return head.end() if head else 0


def _find_indent(text: str, position: int) -> int:
    """Find the start of a keyword's line if nothing but blanks and #~ stand before it."""
    start = text.rfind("\n", 0, position) + 1
    return position if text[start:position].strip(" \t\r\f\v#~") else start


def _format_entry(entry: Entry, original: Entry | None, width: int, newline: str) -> str:
    """Format an entry, with the lines of every part that is as it was in the file."""
    if original is not None and original == entry:
        return _find_source(original).text
    new = _list_parts(entry)
    if original is None or original.obsolete != entry.obsolete:
        old_lines = [] if original is None else _split_parts(_find_source(original).text)
        if entry.obsolete:  # as msgmerge does
            new.pop("references", None)
            new.pop("extracted", None)
        lines = [line for name, line in old_lines if name == "comments"]
        return "".join(
            _write_part(entry, name, lines if name == "comments" else [], width, newline)
            for name in new
        )
    old = _list_parts(original)
    pieces = _split_parts(_find_source(original).text)
    added = [name for name in new if name not in {part for part, _ in pieces}]
    texts: list[str] = []
    written: set[str] = set()
    for name, raw in pieces:
        while added and _find_rank(added[0]) < _find_rank(name) and name:
            _add_text(texts, _write_part(entry, added.pop(0), [], width, newline), newline)
        if not name or (name in new and old.get(name) == new[name]):
            texts.append(raw)
        elif name in new and name not in written:
            lines = [line for part, line in pieces if part == name]
            _add_text(texts, _write_part(entry, name, lines, width, newline), newline)
            written.add(name)
    for name in added:
        _add_text(texts, _write_part(entry, name, [], width, newline), newline)
    return "".join(texts)


def _add_text(texts: list[str], text: str, newline: str) -> None:
    """Add new lines behind others, the last of which may lack its end."""
    if texts and not texts[-1].endswith("\n"):
        texts[-1] = texts[-1].rstrip(" \t") + newline
    texts.append(text)


def _write_part(entry: Entry, name: str, raw: list[str], width: int, newline: str) -> str:
    """Write one part of an entry anew; of the lines it had, those that still hold are kept."""
    mark = "#~" if entry.obsolete else "#"
    prefix = "#~ " if entry.obsolete else ""
    if name == "comments":
        return _write_comments("#", entry.comments, raw, newline)
    if name == "extracted":
        return _write_comments("#.", entry.extracted, raw, newline)
    if name == "references":
        return _write_references(entry.references, width or DEFAULT_WIDTH, newline)
    if name == "flags":
        return _write_flags(entry.flags, raw, newline)
    if name == "previous":
        previous = {
            "msgctxt": entry.previous_msgctxt,
            "msgid": entry.previous_msgid,
            "msgid_plural": entry.previous_msgid_plural,
        }
        text = "".join(
            wrap_string(keyword, value, width, f"{mark}| ", entry.flags)
            for keyword, value in previous.items()
            if value is not None
        )
        return text.replace("\n", newline)
    value = _list_parts(entry)[name]
    assert isinstance(value, str)
    if raw and is_header(entry):
        return _write_header(value, raw[0], width, newline)
    return wrap_string(name, value, width, prefix, entry.flags).replace("\n", newline)


def _write_comments(mark: str, lines: tuple[str, ...], raw: list[str], newline: str) -> str:
    """Write lines of comments; one that was there before is written as it was."""
    old: dict[str, str] = {}
    for line in raw:
        rest = split_comment(line.rstrip("\r\n"))[1]
        old.setdefault(rest[1:] if rest[:1] == " " else rest, line)
    return "".join(
        old.get(line) or (f"{mark} {line}" if line else mark) + newline
        for text in lines
        for line in text.split("\n")
    )


def _write_references(references: tuple[str, ...], width: int, newline: str) -> str:
    """Write "#:" lines within the page width, which msgcat counts here in bytes."""
    lines, line = list[str](), "#:"
    for reference in references:
        size = len(reference.encode("utf-8", "replace"))
        if line != "#:" and len(line.encode("utf-8", "replace")) + 1 + size > width:
            lines.append(line)
            line = "#:"
        line += " " + reference
    return "".join(text + newline for text in [*lines, line])


def _write_flags(flags: tuple[str, ...], raw: list[str], newline: str) -> str:
    """Write flag lines: old lines without the flags that went, new flags on the first "#," line."""
    left = sorted(flags, key=lambda flag: flag != "fuzzy")
    lines: list[tuple[str, list[str], str | None]] = []
    for line in raw:
        kind, rest = split_comment(line.rstrip("\r\n"))
        items = [item.strip() for item in rest.split(",") if item.strip()]
        kept = [item for item in items if item in left]
        left = [flag for flag in left if flag not in kept]
        if kept:
            lines.append((kind, kept, line if kept == items else None))
    if left:
        place = next((n for n, line in enumerate(lines) if line[0] == ","), None)
        if place is None:
            lines.insert(0, (",", left, None))
        else:
            merged = sorted([*lines[place][1], *left], key=lambda flag: flag != "fuzzy")
            lines[place] = (",", merged, None)
    return "".join(old or f"#{kind} {', '.join(items)}{newline}" for kind, items, old in lines)


def _write_header(value: str, raw: str, width: int, newline: str) -> str:
    """Write the fields of a header; the lines of a field that was there before stay."""
    old: dict[str, str] = {}
    field_text = lines = ""
    for line in LINE.findall(raw)[1:]:
        lines += line
        field_text += "".join(read_string(piece) for piece in STRING.findall(line))
        if field_text.endswith("\n"):
            old.setdefault(field_text, lines)
            field_text = lines = ""
    written = [f'msgstr ""{newline}']
    for text in LINE.findall(value):
        new = wrap_string("msgstr", "\n" + text, width).partition('"\\n"\n')[2]
        written.append(old.get(text) or new.replace("\n", newline))
    return "".join(written)
