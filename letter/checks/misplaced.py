"""A text under the wrong passage: the translation of another one, or its original."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from letter.checks.findings import quote_start
from letter.checks.texts import Pair
from letter.source.changes import measure_similarity
from letter.source.words import fold_text, split_words

_FEWEST = 5  # words of an original below which two messages can have one translation
_MOST = 20  # places of one text that are looked at: a hostile file may have any number
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
