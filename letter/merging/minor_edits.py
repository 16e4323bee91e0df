"""Which edits of the original are minor: corrections that leave a finished translation right.

`scripts/update.py --minor` keeps such a translation finished, and names each edit for a person to
look at. A machine can't tell "now" from "not" by its meaning, so the rules here are narrow.
"""

import re

from letter.source.words import split_words

# What a minor edit leaves alone: numbers with their signs, placeholders, addresses, and every mark
# but those that only part words.
_FIXED = re.compile(
    r"[-+]?\d[\d.,]*|%\(\w+\)s|\]\([^)]*\)|[^\w\s.,;:'’‘“”\"«»–—-]|(?<!\w)[-–](?=\d)"
)
_LONG = 5  # letters; in a word that is no longer, one other letter makes another word


def is_minor(old: str, new: str) -> bool:
    """Say whether only the spelling of words, capitals, or marks between words differ.

    Numbers, signs, links and placeholders must be the same. A word may be respelled inside.

    >>> is_minor("the Goverment acts", "The government acts,")
    True
    >>> is_minor("We left Iran", "We left Iraq"), is_minor("with help", "without help")
    (False, False)
    """
    if _FIXED.findall(old) != _FIXED.findall(new):
        return False
    before, after = _list_words(old), _list_words(new)
    return len(before) == len(after) and all(
        one == other or _is_respelled(one, other) for one, other in zip(before, after, strict=True)
    )


def _is_respelled(one: str, other: str) -> bool:
    """Say whether one word is the other misspelled.

    Two neighbouring letters changed places ("Dier", "Deir"), or one letter is missing, added or
    another in a long word ("goverment"). The word's first and last letters are never touched.
    """
    if one[0] != other[0] or one[-1] != other[-1]:
        return False
    start = _count_common(one, other)
    end = _count_common(one[start:][::-1], other[start:][::-1])
    wrong, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(wrong) == len(right) == 2:
        return wrong == right[::-1]
    is_one_letter = max(len(wrong), len(right)) == 1
    return is_one_letter and min(len(one), len(other)) > _LONG and start > 1 < end


def _count_common(one: str, other: str) -> int:
    """Count the letters that two words begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _list_words(text: str) -> list[str]:
    return [word for word in split_words(text) if word[0].isalpha()]
