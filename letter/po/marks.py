"""Our own marks in the comments of an entry: what became of a message, told to its translator.

A mark that goes once the translation is finished is an extracted comment ("#."), since Poedit and
msgmerge drop flags that they don't know. A translation that has lost its place is kept in a
translator's comment ("# "), which every editor leaves alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.po.model import join_forms

if TYPE_CHECKING:
    from letter.po.model import Entry

CHANGED = "Changed in English: "
_SPLIT_FROM = "Split from an earlier passage: "
_WAS_TRANSLATED = "Translation of that passage: "
_EARLIER = "Earlier translation: "
_OTHER = "Another translation: "


def mark_changed(words: str) -> str:
    """Write the mark of a message whose English changed; the words show how, as wdiff does."""
    return CHANGED + words


def mark_split(whole: Entry) -> tuple[str, str]:
    """Write the marks of a part of a former passage: the whole passage, and its translation."""
    return _SPLIT_FROM + _join_lines(whole.msgid), _WAS_TRANSLATED + _join_lines(whole.msgstr[0])


def is_mark(extracted: str) -> bool:
    """Say whether an extracted comment is a mark of ours, not a note of the letter's authors."""
    return extracted.startswith((CHANGED, _SPLIT_FROM, _WAS_TRANSLATED))


def quote_earlier(entry: Entry) -> str:
    """Write the comment that keeps a translation when a later one has taken its place."""
    return _EARLIER + join_forms(entry)


def quote_other(entry: Entry) -> str:
    """Write the comment that keeps a second translation until a person has chosen between two."""
    return _OTHER + join_forms(entry)


def _join_lines(text: str) -> str:
    return text.replace("\n", " ")
