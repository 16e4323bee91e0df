"""Writing one entry: the lines of every part that did not change are as they were read."""

from letter.po.grammar import LINE, STRING, read_string, split_comment, split_flags
from letter.po.model import Entry, is_header
from letter.po.parts import DEFAULT_WIDTH, find_rank, list_parts, split_parts
from letter.po.wrap import wrap_string


def format_entry(entry: Entry, original: Entry | None, width: int, newline: str) -> str:
    """Format an entry; the original is the entry as it was read, None for a new entry."""
    if original == entry:
        return original.source.text
    new, old = list_parts(entry), list_parts(original) if original else {}
    pieces = split_parts(original.source.text) if original else []
    if original is None or original.obsolete != entry.obsolete:
        # In an obsolete entry "#~" starts all lines but the translator's comments, which stay.
        pieces = [(name, raw) for name, raw in pieces if name == "comments"]
        if entry.obsolete:  # as msgmerge does
            new = {name: new[name] for name in new if name not in ("references", "extracted")}
    added = [name for name in new if name not in {part for part, _ in pieces}]
    texts: list[str] = []
    written: set[str] = set()
    for name, raw in pieces:
        # A part that was not there goes above the first part that msgcat has below.
        while added and find_rank(added[0]) < find_rank(name) and name:
            _add_text(texts, _write_part(entry, added.pop(0), [], width, newline), newline)
        if not name or (name in new and old.get(name) == new[name]):
            texts.append(raw)
        elif name in new and name not in written:
            # All lines of a part are written where the first of them stood.
            lines = [line for part, line in pieces if part == name]
            _add_text(texts, _write_part(entry, name, lines, width, newline), newline)
            written.add(name)
    for name in added:
        _add_text(texts, _write_part(entry, name, [], width, newline), newline)
    return "".join(texts)


def _add_text(texts: list[str], text: str, newline: str) -> None:
    """Add new lines behind others; the last line so far may lack its line ending."""
    if texts and not texts[-1].endswith("\n"):
        texts[-1] = texts[-1].rstrip(" \t") + newline
    texts.append(text)


def _write_part(entry: Entry, name: str, raw: list[str], width: int, newline: str) -> str:
    """Write one part of an entry anew; lines that the part had and that still hold are kept."""
    if name == "comments":
        return _write_comments("#", entry.comments, raw, newline)
    if name == "extracted":
        return _write_comments("#.", entry.extracted, raw, newline)
    if name == "references":
        return _write_references(entry.references, width or DEFAULT_WIDTH, newline)
    if name == "flags":
        return _write_flags(entry.flags, raw, newline)
    part = list_parts(entry)[name]
    if raw and is_header(entry):
        return _write_header(str(part), raw[0], width, newline)
    strings = part if isinstance(part, dict) else {name: str(part)}
    prefix = "#~ " if entry.obsolete else ""
    if name == "previous":
        prefix = "#~| " if entry.obsolete else "#| "
    lines = [wrap_string(word, said, width, prefix, entry.flags) for word, said in strings.items()]
    return "".join(lines).replace("\n", newline)


def _write_comments(mark: str, lines: tuple[str, ...], raw: list[str], newline: str) -> str:
    """Write lines of comments; a line that was there before is written as it was."""
    old: dict[str, str] = {}
    for line in raw:
        rest = split_comment(line.rstrip("\r\n"))[1]
        old.setdefault(rest.removeprefix(" "), line)
    return "".join(
        old.get(line) or (f"{mark} {line}" if line else mark) + newline
        for text in lines
        for line in text.split("\n")
    )


def _write_references(references: tuple[str, ...], width: int, newline: str) -> str:
    """Write "#:" lines within the page width, which msgcat counts in bytes here, not in columns."""
    lines, line = list[str](), "#:"
    for reference in references:
        size = len(reference.encode("utf-8", "replace"))
        if line != "#:" and len(line.encode("utf-8", "replace")) + 1 + size > width:
            lines.append(line)
            line = "#:"
        line += " " + reference
    return "".join(text + newline for text in [*lines, line])


def _write_flags(flags: tuple[str, ...], raw: list[str], newline: str) -> str:
    """Write the lines of flags: each old line without the flags that went, and then the new flags.

    New flags go to the first "#," line, where "fuzzy" comes first, as msgcat has it.
    """
    left = sorted(flags, key=lambda flag: flag != "fuzzy")
    lines: list[tuple[str, list[str], str | None]] = []
    for line in raw:
        kind, rest = split_comment(line.rstrip("\r\n"))
        items = split_flags(rest)
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
    """Write the fields of a header; the lines of a field that was there before stay.

    A field may be written over several lines, and several pieces may stand on a line. Pieces are
    put together until their text ends in a newline, which is the end of the field.
    """
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
