"""The words of a text, and which of them changed between two versions."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\w+|[^\w\s]")


class Word(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


def split_words(text: str) -> list[str]:
    """Split a text into words and marks, in lower case."""
    return _WORD.findall(text.lower())


def show_changed_words(old: str, new: str) -> str:
    """Show which words changed on one line, as wdiff does.

    >>> show_changed_words("We write to you", "We wrote to you")
    'We [-write-] {+wrote+} to you'
    >>> show_changed_words("We write", "We write to you"), show_changed_words("Now we", "we")
    ('We write {+to you+}', '[-Now-] we')
    >>> show_changed_words("one two three four five six seven", "one two three four five 6 seven")
    '… two three four five [-six-] {+6+} seven'
    >>> show_changed_words("the same", "the same")
    ''
    """
    marks = {Word.REMOVED: "[-{}-]", Word.ADDED: "{{+{}+}}", Word.KEPT: "{}"}
    return " ".join(marks[kind].format(words) for kind, words in list_changed_words(old, new))


def list_changed_words(old: str, new: str, context: int = 4) -> list[tuple[Word, str]]:
    """List the words that changed, in order, with `context` unchanged words on each side.

    A kept "…" stands for words that are left out. Nothing is listed if no word changed.
    """
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    shown: list[tuple[Word, str]] = []
    end = len(after)
    for group in matcher.get_grouped_opcodes(context):
        if group[0][3] > 0:
            shown.append((Word.KEPT, "…"))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                shown.append((Word.KEPT, " ".join(after[j1:j2])))
            else:
                shown += [(Word.REMOVED, " ".join(before[i1:i2]))] * (i2 > i1)
                shown += [(Word.ADDED, " ".join(after[j1:j2]))] * (j2 > j1)
        end = group[-1][4]
    if end < len(after):
        shown.append((Word.KEPT, "…"))
    return shown
