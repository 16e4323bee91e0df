"""The comments above a message: which belong to its entry, and what each of them says."""

from __future__ import annotations

import re
from typing import NamedTuple

from letter.po.grammar import PREVIOUS
from letter.po.strings import read_string

_BLANKS = re.compile(r"\n(?:[ \t\r\f\v]*\n)+")
_SPECIAL = re.compile(r"^[ \t\r\f\v]*#[.:,=|~]", re.MULTILINE)
# A file's name with a blank in it stands between the isolates FSI and PDI (gettext manual, "#:").
_REFERENCE = re.compile("(?:\u2068[^\u2069]*\u2069|\\S)+")


class Comments(NamedTuple):
    """What the comments of an entry say, in the order of the fields of Entry."""

    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous_msgctxt: str | None = None
    previous_msgid: str | None = None
    previous_msgid_plural: str | None = None


NO_COMMENTS = Comments()


def find_first_comment(head: str) -> int:
    """Find where the comments of an entry start in all that stands above its message.

    A block of plain comments with a blank line below is loose text. A block with a flag, a
    reference or another special comment belongs to the entry, with all below, as for gettext.

    >>> find_first_comment("# loose\\n\\n# of the entry\\n")
    9
    """
    special = _SPECIAL.search(head)
    end = special.start() + 1 if special else len(head)
    start = 0
    for blanks in _BLANKS.finditer(head):
        if blanks.end() <= end:
            start = blanks.end()
    return start


def read_comments(head: str) -> Comments:
    """Read the lines of comments above a message: all kinds of lines that start with #."""
    comments: list[str] = []
    extracted: list[str] = []
    references: list[str] = []
    flags: list[str] = []
    previous: list[str] = []
    for line in head.split("\n"):
        kind, rest = split_comment(line)
        if kind == ":":
            references += _REFERENCE.findall(rest) if "\u2068" in rest else rest.split()
        elif kind == ".":
            extracted.append(rest[1:] if rest[:1] == " " else rest)
        elif kind == "," or kind == "=":
            flags += split_flags(rest)
        elif kind == "|":
            previous.append(rest)
        elif kind:
            comments.append(rest[1:] if rest[:1] == " " else rest)
    said = tuple(comments), tuple(extracted), tuple(references), tuple(flags)
    return Comments(*said, *_read_previous(previous)) if previous else Comments(*said)


def split_comment(line: str) -> tuple[str, str]:
    """Split a line of comments into its kind, one of ``: . , = | #``, and the rest.

    >>> split_comment("#: letter.md"), split_comment("#~| msgid"), split_comment("#! odd")
    ((':', ' letter.md'), ('|', ' msgid'), ('#', '! odd'))
    """
    if line[:1] != "#" or line[-1:] == "\r" or line[1:2] == "~":
        line = line.strip(" \t\r\f\v")
        if line[:2] == "#~":
            line = "#" + line[2:] if line[2:3] == "|" else line[2:].lstrip(" \t\r\f\v")
    kind = line[1:2]
    if kind and kind in ":.,=|":
        return kind, line[2:]
    return line[:1], line[1:]


def split_flags(rest: str) -> list[str]:
    """Split a line of flags behind its mark, "#," or "#="."""
    return [flag for item in rest.split(",") if (flag := item.strip())]


def _read_previous(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Read the context, msgid and plural of "#|" lines; what cannot be read counts as absent.

    Babel breaks such lines between words, inside the quotation marks.
    """
    for glue in ("\n", ""):
        if found := PREVIOUS.fullmatch(glue.join(lines)):
            context, msgid, plural = (part and read_string(part) for part in found.groups())
            return context, msgid, plural
    return None, None, None
