"""Checks of length, sentences and final marks against what is usual in the same catalogue.

Each gives a sentence for the translator, or "".
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import median

from letter.checks.spelling import ARABIC_MARKS, LATIN_MARKS
from letter.checks.texts import CODE, VOWEL_SIGNS, Pair
from letter.files import read_table

# By language: what ends in a full stop that ends no sentence.
_ABBREVIATIONS = {
    language: words.split()
    for languages, words in read_table("checks/abbreviations.csv")
    for language in languages.split()
}
_CLOSES = "\"'”“„’‘»«)\\]*_`›‹"  # what may follow the mark at the end of a sentence
# A mark before lower case ends nothing. A full stop after a digit ("25. April") or an abbreviation,
# which is marked by _DOT, may end something.
_DOT = "\u2024"
_SENTENCE_END = re.compile(
    f"(?<![.!?؟۔。।…])(?!(?<=\\d)\\.\\s+\\S)[.!?؟۔。।…]++[{_CLOSES}]*+(?=\\s+(\\S)|\\s*$)"
)
_MAYBE_END = re.compile(f"(?:(?<=\\d)\\.|{_DOT})[{_CLOSES}]*+(?=\\s+(\\S))")
_NO_END = re.compile(rf"(?<![\w%{VOWEL_SIGNS}])\w\.|(?:^|\n)[ \t]*\d+\.")  # initials, lists
_CLAUSE_END = re.compile("[;؛:](?=\\s|$)")
_FINAL = re.compile(f"[.!?:؟۔。।…؛;][{_CLOSES}\\s]*$")

_SHORTEST = 20  # characters of the original below which a length says nothing
_LEAST = 0.3  # log of a factor by which any length may be off
_FEW = 3  # other messages below which a catalogue has no habits yet


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual in one catalogue.

    `ratio` is the median of log(translation / original) in characters, `spread` the median absolute
    deviation from that median. `sentences` is the share of the messages of several sentences that
    have as many in the translation, `finals` of those ending in a mark that end so there, too.
    """

    ratio: float
    spread: float
    sentences: float
    finals: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """A translation's length, sentences and end beside its original's.

    `ratio` is log(translation / original) in characters. `sentences` are the original's and the
    translation's, as alike as they may be, and `clauses` those that the original has not. `mark` is
    the last of the original as the translation writes such a mark, "" where there is none.
    """

    length: int  # of the original, in characters
    ratio: float
    sentences: tuple[int, int]
    clauses: int
    mark: str
    is_closed: bool  # whether the translation ends in a mark


def measure_proportion(pair: Pair) -> Proportion:
    """Measure what habits are learned from, and held against."""
    original = pair.original.text
    final = _FINAL.search(original)
    mark = final[0][0] if final else ""
    return Proportion(
        len(original),
        math.log(max(len(pair.text), 1) / max(len(original), 1)),
        _compare_sentences(pair),
        _count_clauses(pair),
        (ARABIC_MARKS if pair.writing.is_arabic else LATIN_MARKS).get(mark, mark),
        _FINAL.search(pair.text) is not None,
    )


def learn_habits(finished: Sequence[Proportion]) -> Habits:
    """Learn from the finished messages of a catalogue; a handful of wrong ones changes nothing."""
    ratios = [each.ratio for each in finished if each.length >= _SHORTEST]
    middle = median(ratios) if len(ratios) >= _FEW else 0.0
    spread = median(abs(ratio - middle) for ratio in ratios) if len(ratios) >= _FEW else 0.3
    counts = [each.sentences for each in finished]
    sentences = [english == translated for english, translated in counts if english > 1]
    finals = [each.is_closed for each in finished if each.mark]
    return Habits(middle, spread, _measure_share(sentences), _measure_share(finals))


def _measure_share(kept: Sequence[bool]) -> float:
    """Measure which share of the other messages keep what a message loses; 0 for too few others."""
    others = len(kept) - 1
    return sum(kept) / others if others >= _FEW else 0.0


def _compare_sentences(pair: Pair) -> tuple[int, int]:
    """Count the sentences of the original and of the translation, as alike as they may be."""
    low, high = _count_known(pair.original.text, pair.original.language)
    fewest, most = _count_sentences(pair.text, pair.writing.language)
    if most < low:
        return low, most
    return (high, fewest) if fewest > high else (max(low, fewest),) * 2


def _count_sentences(text: str, language: str) -> tuple[int, int]:
    """Count the sentences of a text: how many there are at least and at most."""
    plain = _NO_END.sub(_mark_no_end, CODE.sub("x", text))
    pattern = _compile_abbreviations(language.partition("-")[0])
    plain = pattern.sub(rf"\1{_DOT}", plain) if pattern else plain
    sure = [end for end in _SENTENCE_END.finditer(plain) if not (end[1] or "").islower()]
    tail = plain[sure[-1].end() :] if sure else plain
    fewest = len(sure) + any(map(str.isalpha, tail))
    return fewest, fewest + sum(not end[1].islower() for end in _MAYBE_END.finditer(plain))


_count_known = lru_cache(maxsize=4_096)(_count_sentences)  # of originals, once for all languages


def _mark_no_end(found: re.Match[str]) -> str:
    """Take away the full stop of a list or an initial; "e." in Kurmanji may end a sentence."""
    return f"{found[0][0]}{_DOT}" if found[0][0].islower() else " "


def _count_clauses(pair: Pair) -> int:
    """Count the clauses, parted by a semicolon or colon, that the original has not."""
    counts = [len(_CLAUSE_END.findall(text)) for text in (pair.text, pair.original.text)]
    return max(counts[0] - counts[1], 0)


@cache
def _compile_abbreviations(language: str) -> re.Pattern[str] | None:
    """Compile what finds the abbreviations of a language, with their full stops."""
    words = "|".join(map(re.escape, _ABBREVIATIONS.get(language, ())))
    return re.compile(rf"(?<![\w%{VOWEL_SIGNS}])({words})\.") if words else None


def tell_odd_length(one: Proportion, habits: Habits) -> str:
    """Tell of a translation far longer or shorter than the catalogue's translations usually are.

    A long text is found at a smaller difference than a short text.
    """
    off = one.ratio - habits.ratio
    is_long = one.length >= _SHORTEST and abs(off) > _LEAST  # told fast of nearly every text
    if not is_long or abs(off) <= _limit_length(one.length, habits):
        return ""
    word, what = ("longer", "added") if off > 0 else ("shorter", "missing")
    usual = "than such a text usually is in this file"
    return f"this is {math.exp(abs(off)):.1f} times {word} {usual}: is something {what}?"


def _limit_length(length: int, habits: Habits) -> float:
    """Say how far off a length may be, as the logarithm of a factor, by the original's length."""
    # The lengths of short texts scatter: the limit shrinks with the root of the length, to a factor
    # of e^_LEAST. In a catalogue whose lengths scatter more than others' it is wider.
    limit = _LEAST + 5 / math.sqrt(length)
    return max(limit, min(6 * habits.spread, _LEAST + 8 / math.sqrt(length)))


def tell_cut_off(one: Proportion, habits: Habits) -> str:
    """Tell of a text that breaks off: far too short, and without the mark at its end."""
    off = one.ratio - habits.ratio
    is_short = one.length >= _SHORTEST and off < -math.log(1.5)
    if not is_short or off >= -_limit_length(one.length, habits):
        return ""
    if not tell_lost_final(one, habits):
        return ""
    text = f"has neither its last mark nor its usual length (it is {math.exp(-off):.1f} times"
    return f"this {text} shorter): is its end missing?"


def tell_odd_sentences(one: Proportion, habits: Habits) -> str:
    """Tell of a translation with two sentences fewer or more, if that isn't usual.

    One sentence more or less is a translator's freedom, or an abbreviation that nobody knows.
    """
    english, translated = one.sentences
    if abs(english - translated) < 2 or not english:
        return ""
    # A translator may join two sentences by a semicolon or a colon, unless all others keep theirs.
    if translated < english <= translated + one.clauses and habits.sentences < 1:
        return ""
    off = one.ratio - habits.ratio
    are_many = abs(english - translated) >= english / 3
    is_length_odd = off < -0.3 if translated < english else off > 0.3
    if habits.sentences < 0.85 and not (are_many and is_length_odd):
        return ""
    what = "missing" if translated < english else "added"
    count = f"{english} sentence{'' if english == 1 else 's'}"
    return f"the original has {count}, this has {translated}: are some {what}?"


def tell_lost_final(one: Proportion, habits: Habits) -> str:
    """Tell of a sentence that ends without a mark, if the others of the catalogue have theirs."""
    if not one.mark or one.is_closed or habits.finals < 0.9:
        return ""
    return f"the original ends in “{one.mark}”, this doesn't: add the mark, or the end"
