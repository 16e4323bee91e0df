"""The words of a text, and which of them changed between two versions."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

MOST_PAIRS = 1_000_000  # of equal words in two texts that are compared: a letter's have thousands
_WORD = re.compile(r"\w+|[^\w\s]")
_LEFT_OUT = re.compile(r"(?:^| )…(?: |$)")
_SHOWN = re.compile(r"\[-(?P<removed>.*?)-\](?!\S)|\{\+(?P<added>.*?)\+\}(?!\S)|(?P<kept>\S+)")

# Soft hyphens, joiners, marks of direction: nothing to see, and editors add or drop such.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„‟", '"'))
_SPACES = re.compile(r"\s+")


class Word(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


def split_words(text: str) -> list[str]:
    """Split a text into words and marks, in lower case."""
    return _WORD.findall(text.lower())


def fold_text(text: str) -> str:
    r"""Fold the differences of two texts that mean the same, for comparing: never for showing.

    Curly and straight quotes, all kinds and numbers of spaces, composed and decomposed letters, and
    invisible characters are folded. Letters, digits, hard line breaks and angle quotes stay.

    >>> fold_text(" The\u00a0people’s  cafe\u0301 ") == fold_text("The people's caf\u00e9")
    True
    >>> fold_text("one\ntwo") == fold_text("one two"), fold_text("5²") == fold_text("52")
    (False, False)
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_QUOTES).strip()
    return _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text)


def show_changed_words(old: str, new: str, context: int = 4) -> str:
    """Show which words changed on one line, as wdiff does, with `context` others on each side.

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
    runs = list_changed_words(old, new, context)
    return " ".join(marks[kind].format(words) for kind, words in runs)


def list_changed_words(old: str, new: str, context: int = 4) -> list[tuple[Word, str]]:
    """List the words that changed, in order, with `context` unchanged words on each side.

    A kept "…" stands for words that are left out. Nothing is listed if no word changed. Where a
    look would take seconds, all words count as changed.
    """
    before, after = old.split(), new.split()
    if before != after and not is_comparable(before, after):
        return [(Word.REMOVED, " ".join(before)), (Word.ADDED, " ".join(after))]
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


def is_comparable(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether the order of two texts' words can be compared in less than a second."""
    counts = Counter(one), Counter(other)
    return sum(n * counts[1][word] for word, n in counts[0].items()) <= MOST_PAIRS


def undo_change(shown: str, new: str) -> str | None:
    """Restore the text before a change from its changed words and the text after the change.

    None where `show_changed_words` doesn't show exactly these words for the restored text.

    >>> undo_change("… two three four five [-six-] {+6+} seven", "one two three four five 6 seven")
    'one two three four five six seven'
    >>> undo_change("We [-write-] {+wrote+} to you", "We wrote to them") is None
    True
    """
    after, old, place = new.split(), list[str](), 0
    parts = _LEFT_OUT.split(shown)
    for number, part in enumerate(parts):
        runs = [(found.lastgroup, found[found.lastgroup or 0]) for found in _SHOWN.finditer(part)]
        said, before = (
            [word for kind, run in runs if kind in (Word.KEPT, side) for word in run.split()]
            for side in (Word.ADDED, Word.REMOVED)
        )
        starts = [n for n in range(place, len(after)) if after[n : n + len(said)] == said]
        if number in (0, len(parts) - 1):  # the first part starts the text, the last part ends it
            starts = [0] if number == 0 else [len(after) - len(said)]
        if len(starts) != 1:
            return None
        old += after[place : starts[0]] + before
        place = starts[0] + len(said)
    text = " ".join(old + after[place:])
    return text if show_changed_words(text, new) == shown else None
