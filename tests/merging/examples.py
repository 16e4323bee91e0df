"""Small catalogues and templates, and a sentence that changes, for tests to write in one line."""

from __future__ import annotations

from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po

HEADER = """\
msgid ""
msgstr ""
"Language: ku\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"
"""
LONG = "We appeal to every government to act now, and to stop the bombs that fall on Aleppo."
LONGER = LONG.replace("every", "any")


def catalogue(*entries: str) -> PoFile:
    """A catalogue of entries as they stand in a file."""
    return parse_po("\n".join([HEADER, *entries]).encode(), "letter.po")


def entry(msgid: str, msgstr: str, before: str = "") -> str:
    """An entry as it stands in a file; `before` are whole lines of comments and flags."""
    return f'{before}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


def template(*msgids: str) -> list[Entry]:
    return [Entry(msgid, references=("letter/letter.md",)) for msgid in msgids]
