"""The parts of an entry, from the comments to the last msgstr, and their lines in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letter.po.comments import split_comment
from letter.po.grammar import ANY_GAP, LINE, LOOSE, QUOTED

if TYPE_CHECKING:
    from letter.po.model import Entry


_ORDER = ("comments", "extracted", "references", "flags", "previous", "msgctxt", "msgid")
_KINDS = {"#": "comments", ".": "extracted", ":": "references", "|": "previous"}
_KINDS |= {",": "flags", "=": "flags"}
_KEYWORD = re.compile(
    rf"{QUOTED}|(msgctxt|msgid_plural|msgid|msgstr(?:{ANY_GAP}\[{ANY_GAP}([0-9]++){ANY_GAP}\])?)"
)


def find_rank(name: str) -> int:
    """Find where a part stands in an entry, by msgcat's order; all forms of msgstr stand last."""
    return _ORDER.index(name) if name in _ORDER else 7 + name.startswith("msgstr")


def list_parts(entry: Entry) -> dict[str, str | tuple[object, ...]]:
    """List the parts that an entry has, in msgcat's order."""
    parts: dict[str, str | tuple[object, ...] | None] = {
        "comments": entry.comments,
        "extracted": entry.extracted,
        "references": entry.references,
        "flags": entry.flags,
        "previous": tuple(list_previous(entry).items()),
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgid_plural": entry.msgid_plural,
    }
    if entry.msgid_plural is None:
        parts["msgstr"] = "".join(entry.msgstr[:1])
    else:
        parts |= {f"msgstr[{number}]": text for number, text in enumerate(entry.msgstr)}
    return {name: value for name, value in parts.items() if value is not None and value != ()}


def list_previous(entry: Entry) -> dict[str, str]:
    """List what the "#|" lines of an entry say, by keyword."""
    said = {
        "msgctxt": entry.previous_msgctxt,
        "msgid": entry.previous_msgid,
        "msgid_plural": entry.previous_msgid_plural,
    }
    return {keyword: text for keyword, text in said.items() if text is not None}


def split_parts(text: str) -> list[tuple[str, str]]:
    """Split the text of an entry into its parts, each with its lines; blank lines have no name.

    A part may come several times: comments of one kind need not stand together.

    >>> split_parts('# said\\nmsgid "a"\\nmsgstr "b"\\n')
    [('comments', '# said\\n'), ('msgid', 'msgid "a"\\n'), ('msgstr', 'msgstr "b"\\n')]
    """
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
    """Find the start of a keyword's line if only blanks and #~ stand before the keyword."""
    start = text.rfind("\n", 0, position) + 1
    return position if text[start:position].strip(" \t\r\f\v#~") else start
