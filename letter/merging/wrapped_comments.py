"""Comments that a tool has broken into other lines, as Babel does at 76 characters.

What one version says in a line another may say in several, or break in another place.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from letter.po.unmerged import is_block, split_blocks

# Lines above an entry. Of more, as a hostile file may have, each is a comment of its own, and none
# is ever taken out.
MANY = 200
PLACES = 50  # that are looked at, of two words that follow each other

Remarks = list[tuple[str, tuple[str, ...]]]  # each comment as one text, and the lines it stands in


def says_line(comments: Sequence[str], line: str) -> bool:
    """Say whether comments say what a line says, in one of them or in several in a row."""
    words = _split_letters(line)
    return any(_match_words(comments, start, words) for start in range(len(comments)))


def begins_line(comments: Sequence[str], start: int, line: str) -> bool:
    """Say whether comments from a place on say what a line says."""
    return bool(_match_words(comments, start, _split_letters(line)))


def drop_line(comments: Sequence[str], line: str) -> tuple[str, ...]:
    """Drop what says the same as a line."""
    words, kept, place = _split_letters(line), list[str](), 0
    while place < len(comments):
        stop = _match_words(comments, place, words)
        kept += comments[place : place + 1] if not stop else ()
        place = stop or place + 1
    return tuple(kept)


def _match_words(comments: Sequence[str], start: int, words: Sequence[str]) -> int:
    """Give the place behind the comments from `start` on that say these words, else 0."""
    said: list[str] = []
    for stop in range(start, len(comments)):
        said += _split_letters(comments[stop])
        if said == words:
            return stop + 1
        if not said or said != words[: len(said)]:
            break
    return 0


@lru_cache(maxsize=4_096)
def _split_letters(text: str) -> list[str]:
    """Split a text at its blanks; OmegaT and macOS write some letters in parts."""
    return unicodedata.normalize("NFC", text).split()


def join_broken(lines: Sequence[str], beside: Sequence[str]) -> Remarks:
    """Join the lines that are one line in another version, or break in another place there."""
    known = _list_pairs(beside) if 1 < len(lines) <= MANY else {}
    found: list[tuple[list[str], tuple[str, ...]]] = []  # the words of each, and its lines
    for group in split_blocks(lines):
        words = [word for line in group for word in line.split()]
        head = found[-1][0] if found and not is_block(found[-1][1]) else []
        if head and words and not is_block(group):
            places = known.get((head[-1], words[0]), ())
            if any(_spans_break(line, place, head, words) for line, place in places):
                found[-1] = (head + words, found[-1][1] + group)
                continue
        found.append((words, group))
    return [(" ".join(words), group) for words, group in found]


def _list_pairs(lines: Sequence[str]) -> dict[tuple[str, str], list[tuple[list[str], int]]]:
    """List where two words follow each other in lines, by the two words; a few places of each."""
    places: dict[tuple[str, str], list[tuple[list[str], int]]] = {}
    for line in dict.fromkeys(lines):
        words = line.split()
        for place, pair in enumerate(pairwise(words), 1):
            there = places.setdefault(pair, [])
            if len(there) < PLACES:
                there.append((words, place))
    return places


def _spans_break(words: list[str], place: int, head: list[str], tail: list[str]) -> bool:
    """Say whether the break between two lines is at a place inside another line.

    >>> _spans_break("Which hospital is this?".split(), 2, ["Which", "hospital"], ["is", "this?"])
    True
    """
    left, right = min(place, len(head)), min(len(words) - place, len(tail))
    is_head = words[place - left : place] == head[-left:]
    return is_head and words[place : place + right] == tail[:right]
