"""What an edit of the letter did to its messages: which vanished message became which new one.

Only messages that vanished are compared with messages that are new. Common words decide. The place
between unchanged neighbours speaks for a match as well: an edited paragraph stays in its place.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from heapq import nlargest
from itertools import groupby

from letter.source.words import is_comparable, split_words

# How similar two texts must be, 0…1, for the one to count as the other edited. The numbers are
# chosen on the history of a translated book; scripts/bench shows what they get wrong and miss.
SIMILAR = 0.6
SIMILAR_IN_PLACE = 0.35  # between the same unchanged neighbours on both sides
SIMILAR_BESIDE = 0.5  # with the same unchanged neighbour on one side
PLACE_BONUS = 0.1  # what each of those neighbours adds when two matches compete
PART_INSIDE = 0.7  # how much of a part has to stand in the whole that was split or merged
WHOLE_COVERED = 0.75  # how much of the whole its parts have to cover

CANDIDATES = 8  # how many of the vanished messages with the rarest common words are compared
# How much is compared at most, in about a second: each of 4,000 passages may have changed.
MOST_WORK = 1_000_000
SHORT = 40  # characters; in a short text letters count too, since one word is much of it


class Kind(StrEnum):
    """What happened to a message that vanished."""

    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Change:
    """Vanished messages that became new messages: one edited, one in parts, or several as one."""

    kind: Kind
    old: tuple[int, ...]  # indices into the texts given to find_changes; several if MERGED
    new: tuple[int, ...]  # several if SPLIT


def find_changes(
    old: Sequence[str], new: Sequence[str], fresh: Sequence[int] | None = None
) -> list[Change]:
    """Find which texts of the old order became which texts of the new order.

    `fresh` are the indices of the new texts in question; if not given, all texts that the old order
    lacks. Each text takes part in one change at most. The time grows with the number of changes,
    not with its square, since each text is compared with a few candidates only. Of far more changes
    than an edit makes, none is found: every text is gone, or new.

    >>> find_changes(["A title", "We write to you", "The end"], ["A title", "We wrote to you"])
    [Change(kind=<Kind.EDITED: 'edited'>, old=(1,), new=(1,))]
    """
    in_old, in_new = set(old), set(new)
    if fresh is None:
        fresh = [j for j, text in enumerate(new) if text not in in_old]
    unknown = set(fresh)
    kept = in_old & {text for j, text in enumerate(new) if j not in unknown}
    before = _Side(old, [i for i, text in enumerate(old) if text not in in_new], kept)
    after = _Side(new, fresh, kept)
    pairs: list[Pair] = []
    work = 0
    for j in after.places:
        work += _compare_candidates(before, after, j, pairs)
        if work > MOST_WORK:
            return []
    splits = _find_parted(before, after, pairs, Kind.SPLIT)
    turned = [(score, sides, j, i) for score, sides, i, j in pairs]
    merges = _find_parted(after, before, turned, Kind.MERGED)
    return _choose_changes(splits + merges, pairs)


def measure_similarity(one: Sequence[str], other: Sequence[str], needed: float = 0.0) -> float:
    """Say how much of two texts' words is common and in the same order, 0…1.

    The answer is 0, without a look at the order, where even the best order can't reach `needed`,
    and where the look would take seconds.
    """
    total = len(one) + len(other)
    if not total:
        return 1.0
    if 2 * _count_common_words(one, other, needed * total / 2) < needed * total:
        return 0.0
    if not is_comparable(one, other):
        return 0.0
    # autojunk takes the frequent words of a long text for noise and loses real matches.
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _count_common_words(one: Sequence[str], other: Sequence[str], needed: float) -> int:
    """Count the words that two texts have in common; roughly where they are fewer than needed.

    Most pairs have far fewer, which a look at the different words tells many times faster.
    """
    most = sum(map(set(other).__contains__, one))
    return most if most < needed else (Counter(one) & Counter(other)).total()


Neighbour = str | None  # an unchanged text beside a place; None at either end
Pair = tuple[float, int, int, int]  # similarity, sides with the same neighbour, old and new index


class _Side:
    """The letter before or after an edit: the changed texts, their words, and their neighbours."""

    def __init__(self, texts: Sequence[str], indices: Sequence[int], kept: set[str]) -> None:
        self.words = {i: split_words(texts[i]) for i in indices}
        self.texts = texts
        self.places = _find_neighbours(texts, indices, kept)
        self.by_neighbour: dict[tuple[int, Neighbour], list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for i in indices:
            for end in (0, 1):
                self.by_neighbour[end, self.places[i][end]].append(i)
            for word in set(self.words[i]):
                self.by_word[word].append(i)

    def list_candidates(self, words: Sequence[str], place: tuple[Neighbour, Neighbour]) -> set[int]:
        """List the texts worth comparing: in the same place, or with rare words in common."""
        near = self.by_neighbour[0, place[0]][:CANDIDATES]
        near = near + self.by_neighbour[1, place[1]][-CANDIDATES:]
        common = max(CANDIDATES, len(self.words) // 20)
        weights: dict[int, int] = defaultdict(int)  # a Counter is slow at what it lacks
        for word in set(words):
            holders = self.by_word.get(word, ())
            if 0 < len(holders) <= common:
                weight = 1 + 64 // len(holders)  # a rare word tells more
                for i in holders:
                    weights[i] += weight
        return {*near, *nlargest(CANDIDATES, weights, key=weights.__getitem__)}


def _find_neighbours(
    texts: Sequence[str], indices: Sequence[int], kept: set[str]
) -> dict[int, tuple[Neighbour, Neighbour]]:
    """Find the nearest unchanged text before and after each index."""
    wanted = set(indices)
    fixed = [i for i, text in enumerate(texts) if text in kept and i not in wanted]
    neighbours = [None, *(texts[i] for i in fixed), None]
    behind = {i: bisect(fixed, i) for i in indices}  # how many of the fixed stand before each
    return {i: (neighbours[count], neighbours[count + 1]) for i, count in behind.items()}


def _compare_candidates(before: _Side, after: _Side, j: int, pairs: list[Pair]) -> int:
    """Score the new text with the index `j` against each old text that it may come from.

    Only pairs that are similar enough are added to `pairs`. The work that was done is given.
    """
    work = 0
    for i in before.list_candidates(after.words[j], after.places[j]):
        one, other = before.words[i], after.words[j]
        sides = sum(one == two for one, two in zip(before.places[i], after.places[j], strict=True))
        needed = (SIMILAR, SIMILAR_BESIDE, SIMILAR_IN_PLACE)[sides]
        score = measure_similarity(one, other, needed)
        work += 30 + 2 * (len(one) + len(other)) if score else 2
        if len(before.texts[i]) <= SHORT and len(after.texts[j]) <= SHORT:
            letters = SequenceMatcher(None, before.texts[i], after.texts[j], autojunk=False)
            score = max(score, letters.ratio() - 0.1)
            work += 30
        if score >= needed:
            pairs.append((score, sides, i, j))
    return work


def _find_parted(
    wholes: _Side, parts: _Side, pairs: Sequence[Pair], kind: Kind
) -> list[tuple[float, Change]]:
    """Find the wholes that neighbouring parts cover better together than any text does alone.

    The pairs have the index of the whole third: for MERGED, old and new are turned.
    """
    inside: dict[int, list[int]] = defaultdict(list)
    for part, words in parts.words.items():
        for whole in wholes.list_candidates(words, parts.places[part]):
            if len(words) < len(wholes.words[whole]) and _is_inside(words, wholes.words[whole]):
                inside[whole].append(part)
    alone: dict[int, float] = defaultdict(float)
    for score, _, whole, _ in pairs:
        alone[whole] = max(alone[whole], score)
    found = []
    for whole, members in inside.items():
        for run in _find_runs(sorted(members)):
            joined = [word for part in run for word in parts.words[part]]
            score = measure_similarity(wholes.words[whole], joined, WHOLE_COVERED)
            if score >= WHOLE_COVERED and score > alone[whole]:
                old, new = ((whole,), run) if kind is Kind.SPLIT else (run, (whole,))
                found.append((score + 2 * PLACE_BONUS, Change(kind, old, new)))
    return found


def _is_inside(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Say whether PART_INSIDE of a part's words stand in a whole, in any order."""
    needed = PART_INSIDE * len(part)
    return _count_common_words(part, whole, needed) >= needed


def _find_runs(indices: Sequence[int]) -> list[tuple[int, ...]]:
    """Give the runs of at least two consecutive indices.

    >>> _find_runs([1, 2, 4, 6, 7, 8])
    [(1, 2), (6, 7, 8)]
    """
    # Where indices are consecutive, index and count grow alike.
    groups = groupby(enumerate(indices), lambda pair: pair[1] - pair[0])
    runs = [tuple(i for _, i in group) for _, group in groups]
    return [run for run in runs if len(run) > 1]


def _choose_changes(parted: list[tuple[float, Change]], pairs: Sequence[Pair]) -> list[Change]:
    """Choose the changes with the best scores; no text takes part in two changes."""
    edits = [
        (score + PLACE_BONUS * sides, Change(Kind.EDITED, (i,), (j,)))
        for score, sides, i, j in pairs
    ]
    used_old: set[int] = set()
    used_new: set[int] = set()
    chosen = []
    for _, change in sorted(parted + edits, key=lambda found: (-found[0], found[1].new)):
        if used_old.isdisjoint(change.old) and used_new.isdisjoint(change.new):
            used_old.update(change.old)
            used_new.update(change.new)
            chosen.append(change)
    return sorted(chosen, key=lambda change: change.new)
