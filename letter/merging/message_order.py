"""Which messages the merge of two branches has, and in which order; their texts don't matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letter.po.model import Entry, Key, PoFile


def merge_message_order(base: PoFile, ours: PoFile, theirs: PoFile) -> list[Entry]:
    """List the active messages that the merge of two branches should have, in order.

    Where only one side changed which messages there are, or their order, that side's list is
    taken. Where both did, ours is the frame: a message that either side dropped is dropped, and a
    message that theirs added goes behind the message it stood behind there, else to the start.
    With base `a b c`, ours `a b x` and theirs `a y c`, the merge is `a y x`.
    """
    old, mine, other = (list_active(po) for po in (base, ours, theirs))
    if list(other) == list(old):
        return list(mine.values())
    if list(mine) == list(old):
        return list(other.values())
    merged = [key for key in mine if key in other or key not in old]
    present = set(merged)
    last: Key | None = None  # the nearest message before, in theirs, that the merge has
    for key in other:
        if key not in present and key not in old:
            merged.insert(merged.index(last) + 1 if last is not None else 0, key)
            present.add(key)
        if key in present:
            last = key
    return [mine.get(key) or other[key] for key in merged]


def list_active(po: PoFile) -> dict[Key, Entry]:
    """List the entries of a file that are not obsolete, by msgctxt and msgid."""
    return {entry.key: entry for entry in po.entries if not entry.obsolete}
