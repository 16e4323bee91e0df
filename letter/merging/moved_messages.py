"""Messages of the page that come into the interface's catalogue from that of the letter.

An old branch or an old file brings them back there, with texts that may be newer or older than
those of the interface.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from letter.merging.base_version import read_history
from letter.merging.entry_changes import has_same_text
from letter.merging.entry_merge import Merged, Verdict, merge_entry
from letter.merging.made_entries import gather_comments
from letter.merging.message_decisions import list_active
from letter.merging.three_way import Outcome, name_entries
from letter.po.model import NO_SOURCE, Entry, Key, PoFile, is_empty, is_finished

Active = Mapping[Key, Entry]


@dataclass(frozen=True, slots=True)
class Versions:
    """The committed versions in which the page's texts stood, the oldest first."""

    once: tuple[Active, ...] = ()  # of the letter's catalogue
    since: tuple[Active, ...] = ()  # of the interface's


def read_both_histories(catalogue: Path, interface: Path) -> Versions:
    """Read the versions; none where an older one may be missing, which may be the base."""
    once = read_history(catalogue)
    if once.lack:
        return Versions()
    # git follows the interface into the catalogue, from which it was made, and on to old branches.
    known = [po.entries for po in once.versions]
    since = [po for po in read_history(interface).versions if po.entries not in known]
    return Versions(*(tuple(map(list_active, each)) for each in (once.versions, since)))


def move_messages(
    target: PoFile, moved: Sequence[Entry], read: Callable[[], Versions] = Versions
) -> tuple[PoFile, list[Outcome]]:
    """Put entries into a catalogue that may have them already; nothing that was said is lost.

    Of two finished texts the newer is taken where the versions that `read` gives show which is
    newer; else both are kept, for a person to choose. A text that isn't finished never replaces
    one that is. The text and the comments that come then stand in an obsolete entry, which the next
    update puts in its place. The outcomes name what a person should look at.
    """
    entries, here = name_entries(target), list_active(target)
    disputed = {e.key for e in moved if not e.obsolete and _is_disputed(here.get(e.key), e)}
    versions = read() if disputed else Versions()
    outcomes = []
    for entry in moved:
        entry = replace(entry, source=NO_SOURCE)
        if entry.key in disputed and not entry.obsolete:
            base = _find_common(entry, moved, versions)
            settled, verdict = _settle(base, here[entry.key], entry)
            entries[entry.key, False] = settled
            if verdict and verdict is not Verdict.TAKEN:
                outcomes.append(Outcome(entry.msgid, verdict))
        elif entry.comments or not is_empty(entry):
            _put(entries, entry)
    return replace(target, entries=tuple(entries.values())), outcomes


def _put(entries: dict[tuple[Key, bool], Entry], entry: Entry) -> None:
    """Put an entry where no finished text is in its place, else among the obsolete ones."""
    here = entries.get((entry.key, False))
    if not entry.obsolete and (here is None or (is_finished(entry) > is_finished(here))):
        entries[entry.key, False] = entry
        if here is None or (is_empty(here) and not here.comments):
            return
        entry = here
    older = entries.get((entry.key, True))
    kept = gather_comments(older, None, entry) if older else entry
    entries[entry.key, True] = replace(kept, obsolete=True)


def _is_disputed(here: Entry | None, entry: Entry) -> bool:
    """Say whether two texts are finished and differ, or one text was confirmed or withdrawn."""
    if here is None or is_empty(here) or is_empty(entry):
        return False
    if has_same_text(here, entry):
        is_outdated = here.previous_msgid is not None or entry.previous_msgid is not None
        return here.fuzzy != entry.fuzzy and not is_outdated
    return not (here.fuzzy or entry.fuzzy)


def _settle(base: Entry | None, here: Entry, entry: Entry) -> Merged:
    """Merge an entry of the interface with the one that comes.

    Where nothing shows which is later, a text that was withdrawn here stays so, and one that was
    withdrawn there is withdrawn: readers see no text that somebody took back.
    """
    if base is None and here.fuzzy:
        return merge_entry(entry, here, entry)[0], Verdict.UNSURE
    if base is None and entry.fuzzy:
        base = here
    return merge_entry(base, here, entry)


def _find_common(entry: Entry, moved: Sequence[Entry], versions: Versions) -> Entry | None:
    """Find what an entry that comes began with; None where no version shows what.

    What the interface had once is older than what the interface has. Else the base is looked for
    before the entry first stood in git, in the version with most in common with all that comes,
    of several the oldest, as `find_base` does.
    """
    if any(_has_state(po, entry) for po in versions.since):
        return entry
    earlier = list(takewhile(lambda po: not _has_state(po, entry), versions.once))
    scores = [sum(_has_state(po, each) for each in moved if not each.obsolete) for po in earlier]
    if not any(scores):
        return None
    base = earlier[scores.index(max(scores))].get(entry.key)
    return None if base is None or is_empty(base) else base


def _has_state(po: Active, entry: Entry) -> bool:
    known = po.get(entry.key)
    return known is not None and known.fuzzy == entry.fuzzy and has_same_text(known, entry)
