"""Translators' comments of three versions of an entry made into one list: what either said stays.

A file may lose comments on its way, and an editor may break them into other lines; neither is a
person's word. So a review is never taken out, since a review lapses by its digest. A text that a
comment keeps goes only with a person who was at that very entry. What an earlier merge could not
read is one comment, whatever lines are in it.
"""

from collections.abc import Sequence
from dataclasses import replace

from letter.merging.entry_changes import is_changed
from letter.po.marks import REVIEWED, find_reviews, keeps_text, strip_marks
from letter.po.model import Entry, PoFile, is_empty
from letter.po.unmerged import filter_words, is_block, list_words, split_blocks
from letter.po.untranslated import JOINT

Remarks = list[tuple[str, tuple[str, ...]]]  # each comment as one text, and the lines it stands in


def merge_comments(base: Entry | None, ours: Entry, theirs: Entry) -> tuple[str, ...]:
    """Merge comments, without our marks: what a side added stays, what a person took out goes."""
    old, mine, other = (strip_marks(side.comments) if side else () for side in (base, ours, theirs))
    if old == mine == other:
        return mine
    other = filter_words(other, lambda line: JOINT not in line)  # msgcat's, above each file's
    words = [list_words(lines) for lines in (old, mine, other)]
    before, here, there = (
        _join_broken(lines, [line for n, said in enumerate(words) if n != place for line in said])
        for place, lines in enumerate((old, mine, other))
    )
    gone = _find_taken_out(base, ours, before, here) | _find_taken_out(base, theirs, before, there)
    kept = [(text, lines) for text, lines in here if text not in gone]
    said = {"", *(text for text, _ in kept), *gone}
    for text, lines in (*there, *before):
        if text not in said:
            said.add(text)
            kept.append((text, lines))
    return tuple(line for _, lines in kept for line in lines)


def _join_broken(lines: Sequence[str], beside: Sequence[str]) -> Remarks:
    """Join the lines that are one line in another version, or break in another place there."""
    remarks: Remarks = []
    for group in split_blocks(lines):
        if is_block(group):
            remarks.append((" ".join(group), group))
            continue
        (line,) = group
        text = " ".join(line.split())
        is_after = remarks and not is_block(remarks[-1][1])
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


def _find_taken_out(base: Entry | None, side: Entry, before: Remarks, here: Remarks) -> set[str]:
    """Find the comments of the base that a person took out of a side.

    A reviewer's earlier review goes where a side has a new one of the same reviewer. Nobody was at
    an entry that is empty or gone, or to which the translation of another message has come since:
    an editor or a platform lost the entry with its comments.
    """
    said = {text for text, _ in here}
    again = {reviewer for text in said for reviewer in _list_reviewers(text)}
    is_from_here = side.previous_msgid in (None, base.previous_msgid if base else None)
    is_touched = is_changed(base, side) and not is_empty(side) and is_from_here
    return {
        text
        for text, _ in before
        if text
        and text not in said
        and set(_list_reviewers(text)) <= again
        and (is_touched or not keeps_text(text))
    }


def _list_reviewers(text: str) -> list[str]:
    """List the reviewers whose reviews stand in a comment, whether the reviews hold or not."""
    if REVIEWED not in text or is_block((text,)):
        return []
    holding, lapsed = find_reviews(Entry("", comments=(text,)))
    return [review.reviewer for review in (*holding, *lapsed)]


def restore_comments(base: PoFile, side: PoFile) -> PoFile:
    """Give a file that has lost all comments of its entries those of the base back.

    An editor that drops comments is not a person who takes each of them out.
    """
    if any(strip_marks(entry.comments) for entry in side.entries):
        return side
    known = {entry.full_key: strip_marks(entry.comments) for entry in base.entries}
    entries = (
        replace(entry, comments=known.get(entry.full_key, ()) + entry.comments)
        for entry in side.entries
    )
    return replace(side, entries=tuple(entries))
