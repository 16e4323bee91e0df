"""Which catalogue a sent file belongs to, where its header names no language or a wrong one."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from letter.languages.language import LanguageError
from letter.languages.matching import match_language
from letter.po.header import header_fields
from letter.po.model import is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from letter.po.model import PoFile

# How much more alike two texts must be than the next best, as a cosine of their pairs of letters.
CLEARLY = 0.05


def find_sent_language(sent: PoFile, catalogues: Mapping[str, PoFile]) -> str:
    """Find the tag of the catalogue that a file belongs to: by its header, else by its text.

    LanguageError where neither tells, or where the text is clearly another language's than
    the header says: people translate into the file that they have at hand.
    """
    declared = header_fields(sent).get("Language", "")
    tag = match_language(declared, list(catalogues)) if declared else None
    letters = _count_letters(sent)
    scores = {tag: _compare_counts(letters, _count_letters(po)) for tag, po in catalogues.items()}
    likeliest = max(scores, key=lambda tag: scores[tag], default="")
    if tag in scores:
        if scores[likeliest] - scores[tag] >= CLEARLY:
            raise LanguageError(
                f"{sent.path}: its header says {declared}, its text looks like {likeliest}: say "
                "which it is with --language"
            )
        return tag
    next_best = max((score for tag, score in scores.items() if tag != likeliest), default=0.0)
    if scores and scores[likeliest] - next_best >= CLEARLY:
        return likeliest
    raise LanguageError(
        f"{sent.path}: its header names no language that there is a catalogue of "
        f"({', '.join(catalogues)}): say which one with --language"
    )


def _count_letters(po: PoFile) -> Counter[str]:
    """Count the translations' pairs of neighbouring letters, which differ even within a script."""
    letters: Counter[str] = Counter()
    for entry in po.entries:
        if not is_empty(entry) and entry.msgstr[0] != entry.msgid:
            text = entry.msgstr[0].lower()
            letters.update(a + b for a, b in pairwise(text) if a.isalpha())
    return letters


def _compare_counts(one: Counter[str], other: Counter[str]) -> float:
    """Give the cosine of two counts, 0…1."""
    product = sum(count * other[pair] for pair, count in one.items())
    size = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return product / size if size else 0.0
