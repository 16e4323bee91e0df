"""Checks of length, sentences and final marks against what is usual in the same catalogue."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import median

from letter.checks.spelling import ARABIC_MARKS, LATIN_MARKS
from letter.checks.texts import CODE, VOWEL_SIGNS, Pair, read_table

# By language: what ends in a full stop that ends no sentence.
_ABBREVIATIONS = {
    language: words.split()
    for languages, words in read_table("abbreviations.csv")
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


def learn_habits(pairs: Sequence[Pair]) -> Habits:
    """Learn from the finished messages of a catalogue; a handful of wrong ones changes nothing."""
    ratios = [_measure_ratio(pair) for pair in pairs if len(pair.original.text) >= _SHORTEST]
    middle = median(ratios) if len(ratios) >= _FEW else 0.0
    spread = median(abs(ratio - middle) for ratio in ratios) if len(ratios) >= _FEW else 0.3
    counts = map(_compare_sentences, pairs)
    sentences = [english == translated for english, translated in counts if english > 1]
    closed = [pair for pair in pairs if _FINAL.search(pair.original.text)]
    finals = [_FINAL.search(pair.text) is not None for pair in closed]
    return Habits(middle, spread, _measure_share(sentences), _measure_share(finals))


def _measure_share(kept: Sequence[bool]) -> float:
    """Measure which share of the other messages keep what a message loses; 0 for too few others."""
    others = len(kept) - 1
    return sum(kept) / others if others >= _FEW else 0.0


def _measure_ratio(pair: Pair) -> float:
    return math.log(max(len(pair.text), 1) / max(len(pair.original.text), 1))


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


def find_odd_length(pair: Pair, habits: Habits) -> Iterator[str]:
    """Find a translation far longer or shorter than the catalogue's translations usually are.

    A long text is found at a smaller difference than a short text.
    """
    length = len(pair.original.text)
    if length < _SHORTEST:
        return
    off = _measure_ratio(pair) - habits.ratio
    limit = _limit_length(length, habits)
    if abs(off) > limit:
        times = math.exp(abs(off))
        word, what = ("longer", "added") if off > 0 else ("shorter", "missing")
        usual = "than such a text usually is in this file"
        yield f"this is {times:.1f} times {word} {usual}: is something {what}?"


def _limit_length(length: int, habits: Habits) -> float:
    """Say how far off a length may be, as the logarithm of a factor, by the original's length."""
    # The lengths of short texts scatter: the limit shrinks with the root of the length, to a factor
    # of e^0.3. In a catalogue whose lengths scatter more than others' it is wider.
    limit = 0.3 + 5 / math.sqrt(length)
    return max(limit, min(6 * habits.spread, 0.3 + 8 / math.sqrt(length)))


def find_cut_off(pair: Pair, habits: Habits) -> Iterator[str]:
    """Find a text that breaks off: far too short, and without the mark at its end."""
    length = len(pair.original.text)
    off = _measure_ratio(pair) - habits.ratio
    is_short = length >= _SHORTEST and off < -max(_limit_length(length, habits), math.log(1.5))
    if is_short and any(find_lost_final(pair, habits)):
        text = f"has neither its last mark nor its usual length (it is {math.exp(-off):.1f} times"
        yield f"this {text} shorter): is its end missing?"


def find_odd_sentences(pair: Pair, habits: Habits) -> Iterator[str]:
    """Find a translation with two sentences fewer or more than the original, if that isn't usual.

    One sentence more or less is a translator's freedom, or an abbreviation that nobody knows.
    """
    english, translated = _compare_sentences(pair)
    if abs(english - translated) < 2 or not english:
        return
    # A translator may join two sentences by a semicolon or a colon, unless all others keep theirs.
    if translated < english <= translated + _count_clauses(pair) and habits.sentences < 1:
        return
    off = _measure_ratio(pair) - habits.ratio
    are_many = abs(english - translated) >= english / 3
    is_length_odd = off < -0.3 if translated < english else off > 0.3
    if habits.sentences >= 0.85 or (are_many and is_length_odd):
        what = "missing" if translated < english else "added"
        count = f"{english} sentence{'' if english == 1 else 's'}"
        yield f"the original has {count}, this has {translated}: are some {what}?"


def find_lost_final(pair: Pair, habits: Habits) -> Iterator[str]:
    """Find a sentence that ends without a mark, if the others of the catalogue end with theirs."""
    final = _FINAL.search(pair.original.text)
    if final and not _FINAL.search(pair.text) and habits.finals >= 0.9:
        mark = final[0][0]
        mark = (ARABIC_MARKS if pair.writing.is_arabic else LATIN_MARKS).get(mark, mark)
        yield f"the original ends in “{mark}”, this doesn't: add the mark, or the end"
