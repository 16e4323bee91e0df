"""Three versions of one entry, or of the header, made into one: the base, ours, and theirs.

Ours stands in the catalogue; theirs comes from another branch or from a translator. What theirs
changed since the base is taken where ours did not change. Where both changed, ours stands, since
readers have seen it, and the text of theirs becomes a comment for a person to compare: nothing
that anyone wrote is thrown away, and no finished text is made of two.
"""

from dataclasses import replace
from enum import StrEnum

from letter.po.header import header_fields, set_header_fields
from letter.po.marks import quote_earlier, quote_other
from letter.po.model import Entry, PoFile, is_empty


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

REVISION, TRANSLATOR = "PO-Revision-Date", "Last-Translator"
# Who translated, and when. Not Language-Team: Lokalize puts its own into every file it saves.
WHO = (REVISION, TRANSLATOR)

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


def merge_comments(base: Entry | None, ours: Entry, theirs: Entry) -> tuple[str, ...]:
    """Merge translators' comments: what either side added stays, what theirs took out goes."""
    old = base.comments if base else ()
    if theirs.comments == old:
        return ours.comments
    kept = [line for line in ours.comments if line in theirs.comments or line not in old]
    kept += [line for line in theirs.comments if line not in kept and line not in old]
    return tuple(kept)


def is_changed(base: Entry | None, entry: Entry) -> bool:
    """Say whether a side translated, changed or confirmed an entry since the base."""
    return not is_empty(entry) if base is None else _say(base) != _say(entry)


def _say(entry: Entry) -> tuple[tuple[str, ...], bool, str | None]:
    """Give what a person says with an entry: its text, whether it waits, and for which English.

    The previous msgid is a part: who confirms a translation, and meets it again as fuzzy since
    its English changed once more, has changed the previous msgid alone.
    """
    return entry.msgstr, entry.fuzzy, entry.previous_msgid if entry.fuzzy else None


def merge_headers(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the header fields that theirs changed since the base and ours did not.

    Where both changed the revision date, the later date wins, and brings its translator along: a
    merge never stops for a date. A file that has lost its header takes no field away.
    """
    if theirs.header is None:
        return ours
    old, mine, other = header_fields(base), header_fields(ours), header_fields(theirs)
    changed: dict[str, str | None] = {
        name: other.get(name)
        for name in {**old, **other}
        if other.get(name) != old.get(name) and mine.get(name) == old.get(name)
    }
    if other.get(REVISION, "") > mine.get(REVISION, ""):
        changed |= {name: other[name] for name in WHO if other.get(name)}
    return merge_header_comments(base, set_header_fields(ours, changed), theirs)


def credit_translator(ours: PoFile, sent: PoFile) -> PoFile:
    """Name in ours who translated a file that was sent, and when, unless ours is later.

    A date that ours has and the file lacks counts as later. No other field is taken, since
    editors fill them as they like.
    """
    mine, other = header_fields(ours), header_fields(sent)
    if other.get(REVISION, "") < mine.get(REVISION, ""):
        return ours
    return set_header_fields(ours, {name: other[name] for name in WHO if other.get(name)})


def merge_header_comments(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the lines that theirs added above the header, and take out what it removed."""
    if ours.header is None or theirs.header is None:
        return ours
    comments = merge_comments(base.header, ours.header, theirs.header)
    return replace(ours, header=replace(ours.header, comments=comments))
