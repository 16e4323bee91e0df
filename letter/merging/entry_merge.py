"""Three versions of one entry made into one: the base, ours, and theirs.

Ours stands in the catalogue; theirs comes from another branch or from a translator. What theirs
changed since the base is taken where ours did not change. Where both changed, ours stands, since
readers have seen it, and the text of theirs becomes a comment for a person to compare: nothing
that anyone wrote is thrown away, and no finished text is made of two.
"""

from dataclasses import replace
from enum import StrEnum

from letter.merging.comment_merge import merge_comments
from letter.po.marks import quote_earlier, quote_other
from letter.po.model import Entry, is_empty


class Verdict(StrEnum):
    """What became of an entry that the other side changed."""

    TAKEN = "taken"
    CONFLICT = "conflict"
    OUTDATED = "outdated"
    SUPERSEDED = "superseded"
    GONE = "gone"


REASONS = {  # why a person should look at an entry, where one should
    Verdict.CONFLICT: "changed here too: both texts are in the entry, which is marked fuzzy",
    Verdict.OUTDATED: "the English has changed since: the entry is marked fuzzy",
    Verdict.SUPERSEDED: "the English has changed, and is translated anew: kept as a comment",
    Verdict.GONE: "no longer in the letter: kept among the obsolete entries",
}

Merged = tuple["Entry", Verdict | None]  # no verdict where theirs has nothing to say


def merge_entry(base: Entry | None, ours: Entry, theirs: Entry | None) -> Merged:
    """Merge one message, which all three versions have under the same msgid.

    `base` and `theirs` are None where that side lacks the entry.
    """
    if theirs is None:
        return ours, None
    kept = replace(ours, comments=merge_comments(base, ours, theirs))
    # An emptied entry takes nothing away: OmegaT empties every fuzzy one by itself.
    if is_empty(theirs) or not is_changed(base, theirs) or _say(ours) == _say(theirs):
        return kept, Verdict.TAKEN if kept.comments != ours.comments else None
    if ours.obsolete:
        if is_changed(base, ours):
            return _comment(kept, quote_earlier(theirs)), Verdict.GONE
        return replace(kept, msgstr=theirs.msgstr), Verdict.GONE
    return _merge_texts(base, ours, theirs, kept)


def _merge_texts(base: Entry | None, ours: Entry, theirs: Entry, kept: Entry) -> Merged:
    """Merge two translations of which theirs is new; `kept` is ours with the merged comments.

    | the first that applies                           | text of | verdict    | other text |
    |--------------------------------------------------|---------|------------|------------|
    | another number of plural forms                   | ours    | conflict   | comment    |
    | ours empty or as in the base                     | theirs  | taken ¹    |            |
    | same text, theirs fuzzy                          | ours    | –          |            |
    | same text, theirs confirmed                      | theirs  | taken      |            |
    | theirs of an earlier English, ours finished:     |         |            |            |
    | – with the base's text (a minor edit)            | theirs  | taken      |            |
    | – with a new text                                | ours    | superseded | comment    |
    | all else                                         | ours    | conflict   | comment    |

    ¹ outdated, and fuzzy, where theirs is a translation of an earlier English. Such a text has a
    previous msgid: bringing theirs to the messages of ours has put it there. It never replaces a
    finished translation of the English of today, except after a minor edit, which let the
    translation of the earlier English stand.
    """
    if len(theirs.msgstr) != len(ours.msgstr):
        return _mark_conflict(kept, theirs)
    is_outdated = theirs.previous_msgid is not None
    taken = replace(theirs, comments=kept.comments, source=ours.source)
    if is_empty(ours) or not is_changed(base, ours):
        return taken, Verdict.OUTDATED if is_outdated else Verdict.TAKEN
    if ours.msgstr == theirs.msgstr:
        if not theirs.fuzzy:
            return taken, Verdict.TAKEN
        return kept, Verdict.TAKEN if kept.comments != ours.comments else None
    if is_outdated and not ours.fuzzy:
        if base is not None and base.msgstr == ours.msgstr:
            return replace(kept, msgstr=theirs.msgstr), Verdict.TAKEN
        return _comment(kept, quote_earlier(theirs)), Verdict.SUPERSEDED
    return _mark_conflict(kept, theirs)


def _mark_conflict(kept: Entry, theirs: Entry) -> Merged:
    """Keep both texts, for a person to choose; a person who has chosen is not asked again."""
    told = quote_other(theirs)
    if told in kept.comments:
        return kept, None
    flags = kept.flags if kept.fuzzy else ("fuzzy", *kept.flags)
    return replace(_comment(kept, told), flags=flags), Verdict.CONFLICT


def _comment(entry: Entry, line: str) -> Entry:
    if line in entry.comments:
        return entry
    return replace(entry, comments=(*entry.comments, line))


def is_changed(base: Entry | None, entry: Entry) -> bool:
    """Say whether a side translated, changed or confirmed an entry since the base."""
    return not is_empty(entry) if base is None else _say(base) != _say(entry)


def _say(entry: Entry) -> tuple[tuple[str, ...], bool, str | None]:
    """Give what a person says with an entry: its text, whether it waits, and for which English.

    The previous msgid is a part: who confirms a translation, and meets it again as fuzzy since
    its English changed once more, has changed the previous msgid alone.
    """
    return entry.msgstr, entry.fuzzy, entry.previous_msgid if entry.fuzzy else None
