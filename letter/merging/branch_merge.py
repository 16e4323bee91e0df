"""Two branches' versions of one catalogue made into one, entry by entry, never by lines."""

from dataclasses import dataclass

from letter.merging.entry_merge import Verdict
from letter.merging.header_merge import merge_headers
from letter.merging.known_messages import spell_alike
from letter.merging.message_decisions import list_active
from letter.merging.message_order import merge_message_order
from letter.merging.three_way import explain_outcomes, reconcile_catalogues
from letter.po.model import Key, PoFile
from letter.source.message_kinds import PAGES


@dataclass(frozen=True, slots=True)
class BranchMerge:
    """The merged catalogue, and what a person should look at there, a line for each."""

    po: PoFile
    told: tuple[str, ...]
    has_conflict: bool  # whether some entry has two texts, for a person to choose


def merge_branches(base: PoFile, ours: PoFile, theirs: PoFile) -> BranchMerge:
    """Merge two branches, whose catalogues may have other messages in another order."""
    base, theirs = spell_alike(base, ours), spell_alike(theirs, ours, base)
    messages = merge_message_order(base, ours, theirs)
    merged, outcomes = reconcile_catalogues(base, ours, theirs, messages)
    told = []
    moved = _find_moved(base, ours) | _find_moved(base, theirs)
    count = sum(not entry.obsolete and entry.key in moved for entry in merged.entries)
    if count:
        told.append(f"{ours.path}: {_tell_moved(count)}")
        here = {msgid for _, msgid in moved}
        outcomes = [o for o in outcomes if o.verdict is not Verdict.KEPT or o.msgid not in here]
    told += explain_outcomes(outcomes, ours.path)
    has_conflict = any(outcome.verdict is Verdict.CONFLICT for outcome in outcomes)
    return BranchMerge(merge_headers(base, merged, theirs), tuple(told), has_conflict)


def _find_moved(base: PoFile, side: PoFile) -> set[Key]:
    """Find the messages of the page in the base that moved to interface.po on a side.

    They moved together: where one of them is still in the letter's catalogue, none did. A message
    that is the letter's as well stays there.
    """
    found = {key: entry.references for key, entry in list_active(base).items()}
    pages = {key for key, places in found.items() if places and all(PAGES in at for at in places)}
    return pages if pages.isdisjoint(list_active(side)) else set()


def _tell_moved(count: int) -> str:
    """Say what to do about messages of the page that one side brings back."""
    there = "message of the page stands" if count == 1 else "messages of the page stand"
    return (
        f"{count} {there} in interface.po on one side, and here on the other: kept here; "
        "run scripts/update.py, which moves all of them there"
    )
