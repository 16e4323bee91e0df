"""Checks of length, sentences and final marks against what is usual in the catalogue itself."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from letter.checks.texts import Pair

_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Inc|Ltd|Co|etc|vs|approx|[eE]\.g|[iI]\.e|a\.k\.a)\."
    r"|\bno\.(?=\s*[\[(]?\d)|(?<![\w\u064b-\u0655\u0670])\w\.|(?:^|\n)[ \t]*\d+\."
)
_SENTENCE_END = re.compile("(?<![.!?؟۔。।…])[.!?؟۔。।…]++[\"'”“„’‘»«)\\]*_`›‹]*+(?=\\s|$)")
_CLAUSE_END = re.compile("[;؛:](?=\\s|$)")
_FINAL = re.compile("[.!?:؟۔。।…؛;][\"'”“„’‘»«)\\]*_`›‹\\s]*$")
_CODE = re.compile(r"`[^`]*`")

SHORTEST = 20  # characters of English below which a length says nothing
_FEW = 3  # other messages below which a catalogue has no habits yet


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual in one catalogue.

    `ratio` is the median of log(translation / English) in characters, `spread` its median absolute
    deviation; the others count messages that have something, and those that keep it.
    """

    ratio: float
    spread: float
    sentences: tuple[int, int]
    finals: tuple[int, int]


def learn_habits(pairs: Sequence[Pair]) -> Habits:
    """Learn from the finished messages of a catalogue; a handful of wrong ones changes nothing."""
    ratios = [_measure_ratio(pair) for pair in pairs if len(pair.english.text) >= SHORTEST]
    middle = median(ratios) if len(ratios) >= _FEW else 0.0
    spread = median(abs(ratio - middle) for ratio in ratios) if len(ratios) >= _FEW else 0.3
    several = [counts for pair in pairs if (counts := _count_sentences(pair))[0] > 1]
    closed = [pair for pair in pairs if _ends(pair.english.text)]
    return Habits(
        middle,
        spread,
        (len(several), sum(english == translated for english, translated, _ in several)),
        (len(closed), sum(_ends(pair.text) for pair in closed)),
    )


def _measure_ratio(pair: Pair) -> float:
    return math.log(max(len(pair.text), 1) / max(len(pair.english.text), 1))


def _count_sentences(pair: Pair) -> tuple[int, int, int]:
    """Count the sentences of the English and the translation, and its clauses beyond those."""
    counts, clauses = [], []
    for text in (pair.english.text, pair.text):
        plain = _ABBREVIATION.sub(" ", _CODE.sub("x", text))
        counts.append(len(_SENTENCE_END.findall(plain)))
        clauses.append(len(_CLAUSE_END.findall(plain)))
    return counts[0], counts[1], max(clauses[1] - clauses[0], 0)


def _ends(text: str) -> bool:
    return _FINAL.search(text) is not None


def _keeps(habit: tuple[int, int], own: bool, share: float) -> bool:
    """Say whether the other messages of the catalogue keep something nearly always."""
    others, kept = habit[0] - 1, habit[1] - own
    return others >= _FEW and kept >= share * others


def find_odd_length(pair: Pair, habits: Habits) -> Iterator[str]:
    """Find a translation far longer or shorter than usual here; the longer the text, the surer."""
    length = len(pair.english.text)
    if length < SHORTEST:
        return
    off = _measure_ratio(pair) - habits.ratio
    limit = 0.3 + 5 / math.sqrt(length)
    limit = max(limit, min(6 * habits.spread, 0.3 + 8 / math.sqrt(length)))
    if abs(off) > limit:
        times = math.exp(abs(off))
        word, what = ("longer", "added") if off > 0 else ("shorter", "missing")
        yield (
            f"this is {times:.1f} times {word} than such a text usually is in this file: "
            f"is something {what}?"
        )


def find_odd_sentences(pair: Pair, habits: Habits) -> Iterator[str]:
    """Find a translation with fewer or more sentences than the English, if that isn't usual."""
    english, translated, clauses = _count_sentences(pair)
    if english == translated or max(english, translated) < 2 or not english:
        return
    if translated < english <= translated + clauses and not _keeps(habits.sentences, False, 1):
        return
    off = _measure_ratio(pair) - habits.ratio
    strict = _keeps(habits.sentences, False, 0.85)
    much = abs(english - translated) >= max(2, english / 3)
    evident = off < -0.3 if translated < english else off > 0.3
    if (strict and english > 1) or (much and evident):
        what = "missing" if translated < english else "added"
        yield f"the English has {english} sentences, this has {translated}: is one {what}?"


def find_lost_final(pair: Pair, habits: Habits) -> Iterator[str]:
    """Find a sentence that ends without a mark, if the others of the catalogue end with theirs."""
    if not _ends(pair.english.text) or _ends(pair.text):
        return
    if _keeps(habits.finals, False, 0.9):
        mark = pair.english.text.rstrip("\"'”’»)*_` \n")[-1:]
        mark = {"?": "؟", ";": "؛"}.get(mark, mark) if pair.writing.is_arabic else mark
        yield f"the English ends in “{mark}”, this doesn't: add the mark"
