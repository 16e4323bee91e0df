"""Which messages the merge of two branches has, and in which order."""

from collections.abc import Iterable, Set

from letter.merging.message_decisions import list_active
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.source.changes import find_changes


def merge_message_order(base: PoFile, ours: PoFile, theirs: PoFile) -> list[Entry]:
    """List the active messages that the merge of two branches should have, in order.

    Where only one side changed which messages there are, or their order, that side's list is
    taken. Where both did, ours is the frame: a message that either side dropped is dropped, and a
    message that theirs added goes behind the message it stood behind there, else to the start.
    With base `a b c`, ours `a b x` and theirs `a y c`, the merge is `a y x`. A message whose
    translation a side has lost is not dropped while the other side has the message.
    """
    old, mine, other = (list_active(po) for po in (base, ours, theirs))
    frame = _insert_keys(list(mine), old, find_lost(base, ours) & other.keys())
    there = _insert_keys(list(other), old, find_lost(base, theirs) & mine.keys())
    if there == list(old):
        merged = frame
    elif frame == list(old):
        merged = there
    else:
        merged = [key for key in frame if key in there or key not in old]
        merged = _insert_keys(merged, there, set(there) - old.keys())
    return [mine.get(key) or other[key] for key in merged]


def _insert_keys(keys: list[Key], order: Iterable[Key], wanted: Set[Key]) -> list[Key]:
    """Insert the wanted keys that a list lacks behind the nearest before them in another order."""
    merged, present = list(keys), set(keys)
    last: Key | None = None  # the nearest before that the list has
    for key in order:
        if key in wanted and key not in present:
            merged.insert(merged.index(last) + 1 if last is not None else 0, key)
            present.add(key)
        if key in present:
            last = key
    return merged


def find_lost(base: PoFile, side: PoFile) -> set[Key]:
    """Find the translated messages of the base that a side has lost without a trace.

    What left the letter is among the obsolete entries. What became another message has brought its
    translation along, or resembles the message it became.
    """
    old, new = list_active(base), list_active(side)
    there = {entry.key for entry in side.entries}
    missing = [e for key, e in old.items() if key not in there and not is_empty(e)]
    texts = {entry.msgstr for entry in side.entries} if missing else set()
    waiting = {entry.previous_msgid for entry in new.values()}
    lost = {e.key for e in missing if e.msgstr not in texts and e.msgid not in waiting}
    if not lost:
        return lost
    msgids = [entry.msgid for entry in old.values()]
    changes = find_changes(msgids, [entry.msgid for entry in new.values()])
    became = {msgids[place] for change in changes for place in change.old}
    return {key for key in lost if key[1] not in became}
