"""Comments that a tool has broken into other lines, as Babel does at 76 characters.

What one version says in a line another may say in several, or break in another place.
"""

import unicodedata
from collections.abc import Sequence

from letter.po.unmerged import is_block, split_blocks

MANY = (
    200  # lines above an entry; of more, as a hostile file may have, each is a comment of its own
)

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


def _split_letters(text: str) -> list[str]:
    """Split a text at its blanks; OmegaT and macOS write some letters in parts."""
    return unicodedata.normalize("NFC", text).split()


def join_broken(lines: Sequence[str], beside: Sequence[str]) -> Remarks:
    """Join the lines that are one line in another version, or break in another place there."""
    remarks: Remarks = []
    for group in split_blocks(lines):
        if is_block(group):
            remarks.append((" ".join(group), group))
            continue
        (line,) = group
        text = " ".join(line.split())
        is_after = remarks and not is_block(remarks[-1][1]) and len(lines) <= MANY
        if is_after and any(_spans_break(other, remarks[-1][0], text) for other in beside):
            before, broken = remarks.pop()
            remarks.append((f"{before} {text}", (*broken, line)))
        else:
            remarks.append((text, (line,)))
    return remarks


def _spans_break(line: str, before: str, after: str) -> bool:
    """Say whether the break between two lines is inside another line.

    >>> _spans_break("Which hospital is this?", "Which hospital", "is this?")
    True
    """
    words, head, tail = line.split(), before.split(), after.split()
    for place in range(1, len(words)) if head and tail else ():
        left, right = min(place, len(head)), min(len(words) - place, len(tail))
        if words[place - left : place] == head[-left:] and (
            words[place : place + right] == tail[:right]
        ):
            return True
    return False
