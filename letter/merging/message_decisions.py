"""What becomes of each message of a catalogue after the letter changed: decided, not yet done.

A message's translation is looked for under its own msgid, then among the obsolete entries, then
with the messages that left the letter and resemble the message. An entry that is there but empty
counts as not found: a message that left may bring it a translation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from letter.merging.known_messages import find_origin
from letter.merging.minor_edits import is_minor
from letter.po.marks import strip_marks
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.source.changes import Kind, find_changes
from letter.source.message_kinds import is_name
from letter.source.words import show_changed_words


class Fate(StrEnum):
    """What becomes of a message: of the template, or, in the last two, of the old catalogue."""

    KEPT = "kept"  # is there, with a translation or without
    OUTDATED = "outdated"  # its source changed: the old translation waits as fuzzy
    SPLIT = "split"  # was a part of another: shows the whole's translation, and has none
    CORRECTED = "corrected"  # its source had a minor edit: the translation stays finished
    REVIVED = "revived"  # was obsolete, and returns with its translation
    NEW = "new"
    GONE = "gone"  # left the letter: its translation becomes obsolete
    RETIRED = "retired"  # became another message: its translation becomes obsolete too


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one message.

    `entry` is the template's, or the old catalogue's for a message that leaves. `known` is the
    entry whose translation is used or shown, an empty entry where there is none. `words` are the
    changed words, as `show_changed_words` gives them.
    """

    fate: Fate
    entry: Entry
    known: Entry
    words: str = ""


def decide_messages(
    po: PoFile, template: Sequence[Entry], *, minor: bool = False
) -> list[Decision]:
    """Decide on each message: those of the template in its order, then those that leave.

    With `minor`, a minor edit of the source leaves a finished translation finished. A message
    that leaves and whose translation is whole in the message it became needs no decision.
    """
    active = list_active(po)
    obsolete = {entry.key: entry for entry in po.entries if entry.obsolete}
    decided = {
        entry.key: _decide_known(entry, active.get(entry.key), obsolete.get(entry.key))
        for entry in template
    }
    # Those that are left are compared with the messages that left the letter, and with no others:
    # nearly all wrong matches of msgmerge and Babel are with messages that stayed.
    # A signatory's name is never another name edited.
    names = {entry.key for entry in template if is_name(entry)}
    new = [entry for entry in template if entry.key not in names]
    fresh = [j for j, entry in enumerate(new) if is_empty(decided[entry.key].known)]
    old = [e for key, e in active.items() if not (is_name(e) or key in names)]
    became: dict[Key, Fate] = {}  # for a message that leaves, the fate of the message it became
    for change in find_changes([e.msgid for e in old], [e.msgid for e in new], fresh):
        known = [old[i] for i in change.old]
        for entry in (new[j] for j in change.new):
            decision = _decide_changed(entry, known, change.kind, minor=minor)
            decided[entry.key] = decision or decided[entry.key]
            became |= dict.fromkeys((e.key for e in known), decided[entry.key].fate)
    left = [
        Decision(Fate.RETIRED if e.key in became else Fate.GONE, e, e)
        for e in active.values()
        if e.key not in decided and not _has_moved(e, became.get(e.key))
    ]
    return [*decided.values(), *left]


def _decide_known(entry: Entry, active: Entry | None, obsolete: Entry | None) -> Decision:
    """Decide on a message by what the catalogue has under its own msgid, if anything."""
    if active is not None and not is_empty(active):
        if entry.msgid_plural == active.msgid_plural:
            return Decision(Fate.KEPT, entry, active)
        return Decision(Fate.OUTDATED, entry, active, show_change(active, entry))
    if obsolete is None or is_empty(obsolete) or entry.msgid_plural != obsolete.msgid_plural:
        if active is not None:
            return Decision(Fate.KEPT, entry, active)
        return Decision(Fate.NEW, entry, Entry(entry.msgid))
    return Decision(Fate.REVIVED, entry, obsolete)


def _decide_changed(
    entry: Entry, known: Sequence[Entry], kind: Kind, *, minor: bool
) -> Decision | None:
    """Decide on a message that others became; None if any of them lacks a translation."""
    if any(map(is_empty, known)):
        return None
    if kind is Kind.SPLIT:
        return Decision(Fate.SPLIT, entry, known[0])
    whole = _join_entries(known) if kind is Kind.MERGED else known[0]
    if minor and kind is Kind.EDITED and not whole.fuzzy and is_minor_entry(whole, entry):
        words = show_changed_words(whole.msgid, entry.msgid)
        return Decision(Fate.CORRECTED, entry, whole, words)
    return Decision(Fate.OUTDATED, entry, whole, show_change(whole, entry))


def _has_moved(entry: Entry, became: Fate | None) -> bool:
    """Say whether a translation is whole in the message that its message became.

    Fuzzy translations that are joined where passages were merged count as whole. Finished ones do
    not: each is wanted as it was if the merge is taken back.
    """
    return became is Fate.CORRECTED or (entry.fuzzy and became is Fate.OUTDATED)


def show_change(known: Entry, entry: Entry) -> str:
    """Show the changed words since a translation was made; of the plural if only that changed."""
    _, previous, plural = find_origin(known)
    if previous == entry.msgid:
        return show_changed_words(plural or previous, entry.msgid_plural or entry.msgid)
    return show_changed_words(previous, entry.msgid)


def _join_entries(known: Sequence[Entry]) -> Entry:
    """Join entries into one, as if the joined source had been translated so, and confirmed.

    The joined source then is the previous msgid, and its changed words are shown.
    """
    return replace(
        known[0],
        msgid=" ".join(e.msgid for e in known),
        msgid_plural=None,
        msgstr=(" ".join(e.msgstr[0] for e in known),),
        comments=tuple(dict.fromkeys(line for e in known for line in strip_marks(e.comments))),
        flags=tuple(flag for flag in known[0].flags if flag != "fuzzy"),
    )


def is_minor_entry(known: Entry, entry: Entry) -> bool:
    """Say whether a message and its plural had a minor edit."""
    old, new = known.msgid_plural or "", entry.msgid_plural or ""
    return is_minor(known.msgid, entry.msgid) and is_minor(old, new)


def list_active(po: PoFile) -> dict[Key, Entry]:
    """List the entries of a file that are not obsolete, by msgctxt and msgid."""
    return {entry.key: entry for entry in po.entries if not entry.obsolete}
