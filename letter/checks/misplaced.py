"""A text under the wrong passage: the translation of another one, or its original."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, islice

from letter.checks import link_addresses, numbers, placeholders
from letter.checks.findings import quote_start
from letter.checks.texts import Original, Pair
from letter.source.changes import measure_similarity
from letter.source.words import fold_text, split_words

_FEWEST = 5  # words of an original below which two messages can have one translation
_MOST = 20  # places of one text that are looked at: a hostile file may have any number
_SURE = 3  # numbers, addresses, placeholders that two originals don't share
_ALIKE = 0.5  # of two originals' words, above which one translation may fit both


def find_other_places(
    pairs: Sequence[Pair], counts: Mapping[int, int]
) -> Iterator[tuple[int, str]]:
    """Find texts that stand under another message, too, where less is wrong with them.

    `counts` has the number of faults by the index of a pair. Where nothing is wrong with a text,
    two messages may have the same translation.
    """
    places = defaultdict[str, list[int]](list)
    for index, pair in enumerate(pairs if counts else ()):
        places[fold_text(pair.text)].append(index)
        places[fold_text(pair.original.text)].append(index)
    for index, count in counts.items():
        pair = pairs[index]
        for other in places[fold_text(pair.text)][:_MOST]:
            if counts.get(other, 0) < count and _is_about_other(pair, pairs[other]):
                words = quote_start(pairs[other].original.text)
                wrong = f"this is the text of another passage, “{words}”"
                yield index, f"{wrong}: put the translation of this one here"
                break


def _is_about_other(pair: Pair, other: Pair) -> bool:
    if min(len(each.original.words) for each in (pair, other)) < _FEWEST:
        return False
    one, two = (split_words(each.original.text) for each in (pair, other))
    return measure_similarity(one, two) < _ALIKE


def find_exchanged(pairs: Sequence[Pair], counts: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """Find two texts with faults that have none where each stands in the other's place.

    Several numbers, addresses or placeholders tell, or one beside lengths that are far off.
    """
    likely = (index for index in counts if len(pairs[index].original.words) >= _FEWEST)
    both = combinations(islice(likely, _MOST), 2)
    found = [(one, other) for one, other in both if _are_exchanged(pairs[one], pairs[other])]
    times = Counter(chain.from_iterable(found))
    for one, other in (each for each in found if all(times[index] == 1 for index in each)):
        for index, place in ((one, other), (other, one)):
            words = quote_start(pairs[place].original.text)
            wrong = f"this text and the one of “{words}” are exchanged"
            yield index, f"{wrong}: put each under its own passage"


def _are_exchanged(one: Pair, other: Pair) -> bool:
    then = replace(one, text=other.text), replace(other, text=one.text)
    off, left = (max(map(_measure_distance, each)) for each in ((one, other), then))
    others = len(_list_facts(one.original) ^ _list_facts(other.original))
    if left > off or others < (1 if left < off / 2 else _SURE):
        return False
    return any(map(_has_other_facts, (one, other))) and not any(map(_has_other_facts, then))


def _measure_distance(pair: Pair) -> float:
    return abs(math.log(len(pair.text) / max(len(pair.original.text), 1)))


def _list_facts(original: Original) -> frozenset[str]:
    return original.addresses | original.placeholders | frozenset(original.numbers)


def _has_other_facts(pair: Pair) -> bool:
    """Say whether a text has other numbers, addresses or placeholders than its original."""
    checks = (
        numbers.find_changed_numbers,
        numbers.find_lost_numbers,
        link_addresses.find_changed_addresses,
        placeholders.find_changed_placeholders,
    )
    return any(True for check in checks for _ in check(pair))
