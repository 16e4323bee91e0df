"""Three versions of one entry made into one: the base, ours, and theirs.

Ours stands in the catalogue; theirs comes from another branch or from a translator. What theirs
changed since the base is taken where ours did not change. Where both changed, ours stands, since
readers have seen it, and the text of theirs becomes a comment for a person to compare: nothing
that anyone wrote is thrown away, and no finished text is made of two. A text that a side has lost
is given back to that side first: a text always beats nothing, and a copy of the original.
"""

from dataclasses import replace
from enum import StrEnum

from letter.merging.comment_merge import drop_own_quotes, merge_comments
from letter.merging.entry_changes import (
    find_marks,
    has_same_text,
    has_seen,
    is_changed,
    is_same,
    put_text,
    restore_text,
    says_same,
)
from letter.merging.wrapped_comments import says_line
from letter.po.marks import quote_earlier, quote_other, strip_marks
from letter.po.model import Entry, is_blank, is_empty
from letter.po.untranslated import Worth, is_joined, measure_worth, split_joined


class Verdict(StrEnum):
    """What became of an entry that a side changed, or of a text that a side lost."""

    TAKEN = "taken"
    CONFLICT = "conflict"
    OUTDATED = "outdated"
    SUPERSEDED = "superseded"
    GONE = "gone"
    KEPT = "kept"
    COPIED = "copied"
    WITHDRAWN = "withdrawn"
    UNSURE = "unsure"


REASONS = {  # why a person should look at an entry, where one should
    Verdict.CONFLICT: "changed here too: both texts are in the entry, choose one",
    Verdict.OUTDATED: "the original has changed since: the entry is marked fuzzy",
    Verdict.SUPERSEDED: "the original has changed, and is translated anew: kept as a comment",
    Verdict.GONE: "no longer in the letter: kept among the obsolete entries",
    Verdict.KEPT: "emptied or left out: kept; to withdraw a text, mark it fuzzy",
    Verdict.COPIED: "the original again: the translation is kept; to keep the original as it "
    "is, write “# Meant so: english” above it",
    Verdict.WITHDRAWN: "withdrawn: marked fuzzy, so that readers see the English",
    Verdict.UNSURE: "fuzzy in one of catalogue and file, finished in the other, and which is later "
    "is not known: left as it is in the catalogue, decide there",
}

NOTHING_TAKEN = (Verdict.KEPT, Verdict.COPIED, Verdict.UNSURE)

Merged = tuple["Entry", Verdict | None]  # no verdict where there is nothing to say


def merge_entry(base: Entry | None, ours: Entry, theirs: Entry | None) -> Merged:
    """Merge one message, which all three versions have under the same msgid.

    `base` and `theirs` are None where that side lacks the entry.
    """
    if theirs is None:
        return ours, None
    mine, other = restore_text(base, ours), restore_text(base, theirs)
    comments = merge_comments(base, ours, theirs)
    kept = mine
    if comments != strip_marks(mine.comments):
        kept = replace(mine, comments=comments + find_marks(mine.comments))
    if says_same(mine, other) or not _has_say(base, mine, other):
        merged, verdict = kept, Verdict.TAKEN if kept.comments != ours.comments else None
    elif mine.obsolete:
        merged, verdict = _merge_obsolete(base, mine, other, kept), Verdict.GONE
    else:
        merged, verdict = _merge_texts(base, mine, other, kept)
    if verdict in (None, Verdict.TAKEN):
        verdict = _find_loss(base, ours, theirs, merged) or verdict
    if verdict is Verdict.TAKEN and merged.fuzzy and not (ours.fuzzy or is_empty(ours)):
        verdict = Verdict.WITHDRAWN
    return drop_own_quotes(_keep_waiting(base, mine, other, merged)), verdict


def _has_say(base: Entry | None, mine: Entry, other: Entry) -> bool:
    """Say whether theirs has a text, and it is new, or ours has less of one or an outdated one."""
    worth = measure_worth(other)
    if worth is Worth.NOTHING or is_changed(base, other):
        return worth is not Worth.NOTHING
    is_older = _is_outdated(mine) and not other.fuzzy
    return is_older or measure_worth(mine) < worth


def _find_loss(base: Entry | None, ours: Entry, theirs: Entry, merged: Entry) -> Verdict | None:
    """Say whether a translation stands only because a side's loss was not followed.

    Editors empty what is fuzzy, and platforms fill it in. A copy of an earlier English took the
    place of a translation that was finished then.
    """
    if base is None or not says_same(base, merged) or base.obsolete:
        return None
    sides = [side for side in (ours, theirs) if not has_same_text(side, base)]
    losers = [side for side in sides if measure_worth(side) < measure_worth(base)]
    if not losers or measure_worth(base) is not Worth.WHOLE:
        return None
    if all(measure_worth(side) is Worth.COPY for side in losers):
        is_told = not base.fuzzy or all(map(_is_outdated, losers))
        return Verdict.COPIED if is_told else None
    return None if base.fuzzy else Verdict.KEPT


def _keep_waiting(base: Entry | None, mine: Entry, other: Entry, merged: Entry) -> Entry:
    """Keep a text that waited as a comment, where a text made from another English now waits.

    Nobody has chosen between the two. A new text made from the same English is an edit.
    """
    if base is None or not (base.fuzzy and merged.fuzzy and _is_outdated(merged)):
        return merged
    is_edit = is_same(base.previous_msgid or "", merged.previous_msgid or "")
    is_there = has_same_text(mine, base) or has_same_text(other, base)
    if is_edit or not is_there or has_same_text(base, merged) or measure_worth(base) <= Worth.COPY:
        return merged
    return _comment(merged, quote_earlier(base))


def _merge_obsolete(base: Entry | None, mine: Entry, other: Entry, kept: Entry) -> Entry:
    """Merge two translations of a message that left the letter."""
    if measure_worth(other) <= Worth.COPY:
        return kept
    if is_changed(base, mine) or measure_worth(other) < measure_worth(mine):
        return _comment(kept, quote_earlier(other))
    return put_text(kept, other)


# How two translations are merged of which theirs is new:
#
# | the first that applies                           | text of | verdict    | other text |
# |--------------------------------------------------|---------|------------|------------|
# | theirs is worth less: a copy of the original     | ours    | –          |            |
# | ours was chosen, or waits, beside theirs         | ours    | –          |            |
# | another number of plural forms                   | ours    | conflict   | comment    |
# | theirs is worth less: pieces, msgcat's or forms  | ours    | conflict   | comment ²  |
# | theirs are pieces that msgcat joined             | theirs  | conflict   | comment ²  |
# | ours as in the base, nothing or a copy           | theirs  | taken ¹    |            |
# | ours are pieces, theirs is whole                 | theirs  | conflict   | comment ²  |
# | theirs was chosen, or waits, beside ours         | theirs  | taken      | comment    |
# | same text, one fuzzy, one confirmed              | –       | confirmed  |            |
# | one of an earlier original, the other finished   | new     | superseded | comment    |
# | all else                                         | ours    | conflict   | comment    |
#
# ¹ outdated, and fuzzy, where theirs is a translation of an earlier original. Such a text has a
# previous msgid: bringing theirs to the messages of ours has put it there. It never replaces a
# finished translation of the original of today. (After a minor edit, what was finished before
# comes as finished.)
# ² each piece in a comment of its own; where a piece has to stand, the first waits as fuzzy.


def _merge_texts(base: Entry | None, mine: Entry, other: Entry, kept: Entry) -> Merged:
    """Merge two translations of which theirs is new; `kept` is ours with the merged comments."""
    worth, worth_here = measure_worth(other), measure_worth(mine)
    seen = has_seen(base, mine, other), has_seen(base, other, mine)
    if (worth < worth_here and worth is not Worth.PIECES) or (
        worth <= worth_here and seen == (True, False)
    ):
        return kept, None
    if worth < worth_here or len(other.msgstr) != len(mine.msgstr):
        return _mark_conflict(kept, other)
    taken = put_text(kept, other)
    is_late = _is_outdated(other) and not mine.fuzzy
    if worth_here <= Worth.COPY or not (is_changed(base, mine) or is_late):
        if is_joined(other):
            return _take_pieces(kept, other)
        return taken, Verdict.OUTDATED if _is_outdated(other) else Verdict.TAKEN
    if worth > worth_here:
        merged, verdict = _mark_conflict(taken, mine)
        return merged, verdict or Verdict.TAKEN
    if seen == (False, True):
        return taken, Verdict.TAKEN
    if has_same_text(mine, other):
        return (kept, None) if other.fuzzy else (taken, Verdict.TAKEN)
    return _merge_new_texts(mine, other, kept)


def _merge_new_texts(mine: Entry, other: Entry, kept: Entry) -> Merged:
    """Merge two translations that differ, are worth the same, and are both new."""
    taken = put_text(kept, other)
    if _is_outdated(other) and not mine.fuzzy:
        merged, verdict = _supersede(kept, other)
        return merged, None if merged is kept else verdict  # it may be there from an earlier time
    if _is_outdated(mine) and not other.fuzzy:
        return _supersede(taken, mine)
    return _mark_conflict(kept, other)


def _is_outdated(entry: Entry) -> bool:
    return entry.previous_msgid is not None


def _supersede(new: Entry, earlier: Entry) -> Merged:
    """Merge a translation of today's original with a new translation of an earlier original."""
    return _comment(new, quote_earlier(earlier)), Verdict.SUPERSEDED


def _take_pieces(kept: Entry, other: Entry) -> Merged:
    """Take what msgcat joined: the first piece waits as fuzzy, the others are comments."""
    first, *_ = split_joined(other)
    flags = other.flags if other.fuzzy else ("fuzzy", *other.flags)
    taken = put_text(kept, replace(other, msgstr=first, flags=flags))
    return _mark_conflict(taken, other)[0], Verdict.CONFLICT


def _mark_conflict(standing: Entry, other: Entry) -> Merged:
    """Keep both texts, for a person to choose.

    A finished text does not wait for one that is worth less.
    """
    texts = (replace(other, msgstr=text) for text in split_joined(other))
    told = [quote_other(text) for text in texts if not _has_forms(standing, text)]
    if not told:
        return standing, None
    if not standing.fuzzy and measure_worth(other) >= measure_worth(standing):
        standing = replace(standing, flags=("fuzzy", *standing.flags))
    for line in told:
        standing = _comment(standing, line)
    return standing, Verdict.CONFLICT


def _has_forms(entry: Entry, other: Entry) -> bool:
    """Say whether an entry has each form of another translation, which may lack some."""
    forms = zip(entry.msgstr, other.msgstr, strict=False)
    is_there = all(is_blank(text) or is_same(form, text) for form, text in forms)
    return is_there and len(entry.msgstr) == len(other.msgstr)


def _comment(entry: Entry, line: str) -> Entry:
    if says_line(entry.comments, line):
        return entry
    return replace(entry, comments=(*entry.comments, line))
