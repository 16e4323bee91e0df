"""The parts of an entry, from the comments to the last msgstr, and their lines in the file.

The lines of long strings show the page width of a file.
"""

import re

from letter.po.grammar import ANY_GAP, LINE, LOOSE, QUOTED, split_comment
from letter.po.model import Entry, PoFile
from letter.po.wrap import NO_WRAP, wrap_string

_ORDER = ("comments", "extracted", "references", "flags", "previous", "msgctxt", "msgid")
_KINDS = {"#": "comments", ".": "extracted", ":": "references", "|": "previous"}
_KINDS |= {",": "flags", "=": "flags"}
_KEYWORD = re.compile(
    rf"{QUOTED}|(msgctxt|msgid_plural|msgid|msgstr(?:{ANY_GAP}\[{ANY_GAP}([0-9]++){ANY_GAP}\])?)"
)

DEFAULT_WIDTH = 79  # columns, as gettext has it
# First those of gettext, Weblate (77), Babel (76) and polib (78), then what people set by hand.
_WIDTHS = (79, 77, 76, 78, 80, NO_WRAP, 75, 72, 70, 100, 120)
_UNTOLD = 76  # a string on one line up to this length looks alike at all usual widths
_SAMPLES = 60

Part = str | dict[str, str] | tuple[str, ...]  # a string, the "#|" lines by keyword, or lines


def find_rank(name: str) -> int:
    """Find where a part stands in an entry, by msgcat's order; all forms of msgstr stand last."""
    return _ORDER.index(name) if name in _ORDER else 7 + name.startswith("msgstr")


def list_parts(entry: Entry) -> dict[str, Part]:
    """List the parts that an entry has, in msgcat's order."""
    previous = {
        "msgctxt": entry.previous_msgctxt,
        "msgid": entry.previous_msgid,
        "msgid_plural": entry.previous_msgid_plural,
    }
    parts: dict[str, Part | None] = {
        "comments": entry.comments,
        "extracted": entry.extracted,
        "references": entry.references,
        "flags": entry.flags,
        "previous": {keyword: text for keyword, text in previous.items() if text is not None},
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgid_plural": entry.msgid_plural,
    }
    if entry.msgid_plural is None:
        parts["msgstr"] = "".join(entry.msgstr[:1])
    else:
        parts |= {f"msgstr[{number}]": text for number, text in enumerate(entry.msgstr)}
    return {name: part for name, part in parts.items() if part or part == ""}


def split_parts(text: str) -> list[tuple[str, str]]:
    """Split the text of an entry into its parts, each with its lines; blank lines have no name.

    A part may come several times: comments of one kind need not stand together.

    >>> split_parts('# said\\nmsgid "a"\\nmsgstr "b"\\n')
    [('comments', '# said\\n'), ('msgid', 'msgid "a"\\n'), ('msgstr', 'msgstr "b"\\n')]
    """
    head = LOOSE.match(text)
    body = head.end() if head else 0
    starts = [found for found in _KEYWORD.finditer(text, body) if found[1]]
    places = [_find_indent(text, found.start()) for found in starts]
    parts: list[tuple[str, str]] = []
    for line in LINE.findall(text[: places[0]]) if places else ():
        kind = split_comment(line.rstrip("\r\n"))[0]
        parts += [(_KINDS.get(kind, ""), line)]
    for found, start, end in zip(starts, places, [*places[1:], len(text)], strict=True):
        name = f"msgstr[{int(found[2])}]" if found[2] else found[1]
        parts.append((name, text[start:end]))
    return parts


def _find_indent(text: str, position: int) -> int:
    """Find the start of a keyword's line if only blanks and #~ stand before the keyword."""
    start = text.rfind("\n", 0, position) + 1
    return position if text[start:position].strip(" \t\r\f\v#~") else start


def find_width(po: PoFile) -> int:
    """Find the page width at which a file's strings are wrapped, in columns, or NO_WRAP.

    No file says so. The width is the candidate at which the most of the file's long strings, as
    msgcat wraps them, are as they stand in the file; DEFAULT_WIDTH if none is at any.
    """
    samples = [
        (entry, name, value, raw.replace("\r\n", "\n"))
        for entry in po.as_read
        for values in (list_parts(entry),)
        for name, raw in split_parts(entry.source.text)
        if isinstance(value := values.get(name), str)
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
