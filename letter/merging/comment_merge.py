"""Translators' comments of three versions of an entry made into one list: what either said stays.

A file may lose comments on its way, and an editor may break them into other lines; neither is a
person's word. So a review is never taken out, since a review lapses by its digest. A text that a
comment keeps goes only with a person who finished that very entry, and whose side has the text
nowhere. What an earlier merge could not read is one comment, whatever lines are in it.
"""

import unicodedata
from dataclasses import replace

from letter.merging.entry_changes import is_changed
from letter.merging.wrapped_comments import MANY, Remarks, drop_line, join_broken
from letter.po.marks import (
    REVIEWED,
    find_reviews,
    keeps_text,
    quote_earlier,
    quote_other,
    split_kept_text,
    strip_marks,
)
from letter.po.model import Entry, PoFile, is_empty
from letter.po.unmerged import filter_words, is_block, list_words
from letter.po.untranslated import JOINT


def merge_comments(base: Entry | None, ours: Entry, theirs: Entry) -> tuple[str, ...]:
    """Merge comments, without our marks: what a side added stays, what a person took out goes."""
    old, mine, other = (strip_marks(side.comments) if side else () for side in (base, ours, theirs))
    if old == mine == other:
        return mine
    other = filter_words(other, lambda line: JOINT not in line)  # msgcat's, above each file's
    words = [list_words(lines) for lines in (old, mine, other)]
    quotes = [line for side in (base, ours, theirs) if side for line in _quote_text(side)]
    before, here, there = (
        join_broken(
            lines, quotes + [line for n, said in enumerate(words) if n != place for line in said]
        )
        for place, lines in enumerate((old, mine, other))
    )
    gone: set[str] = set()
    if max(map(len, (old, mine, other))) <= MANY:
        gone = _find_taken_out(base, ours, before, here)
        gone |= _find_taken_out(base, theirs, before, there)
    kept = [(text, lines) for text, lines in here if text not in gone]
    said = {"", *(text for text, _ in kept), *gone}
    for text, lines in (*there, *before):
        if text not in said:
            said.add(text)
            kept.append((text, lines))
    return tuple(line for _, lines in kept for line in lines)


def _find_taken_out(base: Entry | None, side: Entry, before: Remarks, here: Remarks) -> set[str]:
    """Find the comments of the base that a person took out of a side.

    A reviewer's earlier review goes where a side has a new one of the same reviewer. Nobody has
    read what an entry keeps where the entry is as in the base, empty or fuzzy: an editor or a
    platform lost the comments. A text that the side has is not taken out.
    """
    said = {text for text, _ in here}
    again = {reviewer for text in said for reviewer in _list_reviewers(text)}
    texts = _list_kept_texts(*said, quote_other(side))
    is_read = is_changed(base, side) and not (side.fuzzy or is_empty(side))
    return {
        text
        for text, _ in before
        if text
        and text not in said
        and set(_list_reviewers(text)) <= again
        and not (keeps_text(text) and not (is_read and texts.isdisjoint(_list_kept_texts(text))))
    }


def _list_kept_texts(*comments: str) -> set[str]:
    """List the translations that comments keep, under whatever name."""
    texts = (split_kept_text(line)[1] for line in comments if keeps_text(line))
    return {" ".join(unicodedata.normalize("NFC", text).split()) for text in texts}


def _quote_text(entry: Entry) -> tuple[str, str]:
    """Quote the text of an entry as a comment does that keeps the text."""
    return quote_other(entry), quote_earlier(entry)


def drop_own_quotes(entry: Entry) -> Entry:
    """Drop the comments that keep the text which the entry has as its own."""
    comments = entry.comments
    for line in _quote_text(entry) if any(map(keeps_text, comments)) else ():
        comments = drop_line(comments, line)
    return entry if comments == entry.comments else replace(entry, comments=comments)


def _list_reviewers(text: str) -> list[str]:
    """List the reviewers whose reviews stand in a comment, whether the reviews hold or not."""
    if REVIEWED not in text or is_block((text,)):
        return []
    holding, lapsed = find_reviews(Entry("", comments=(text,)))
    return [review.reviewer for review in (*holding, *lapsed)]


def restore_comments(base: PoFile, side: PoFile) -> PoFile:
    """Give a file that has lost all comments of its entries those of the base back.

    An editor that drops comments is not a person who takes each of them out. But a person may take
    out the only one, for somebody's safety: what stood above one entry comes back only where the
    comments above the header are lost as well. Nor is a restored comment a sign that anybody has
    read the comment: `has_seen` counts none that the base has.
    """
    if any(strip_marks(entry.comments) for entry in side.entries):
        return side
    known = {entry.full_key: strip_marks(entry.comments) for entry in base.entries}
    lost = [entry.full_key for entry in side.entries if known.get(entry.full_key)]
    if not lost or (len(lost) == 1 and not _has_lost_header(base, side)):
        return side
    entries = (
        replace(entry, comments=known.get(entry.full_key, ()) + entry.comments)
        for entry in side.entries
    )
    return replace(side, entries=tuple(entries))


def _has_lost_header(base: PoFile, side: PoFile) -> bool:
    """Say whether a file has lost its header, or every comment that the base has above its own."""
    if side.header is None:
        return True
    said = set(filter(str.strip, base.header.comments)) if base.header else set()
    return bool(said) and said.isdisjoint(side.header.comments)
