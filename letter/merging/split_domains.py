"""The messages of the letter and those of the page parted, which once stood in one catalogue.

Translators still send such files, and git's history has them.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from letter.merging.made_entries import gather_comments
from letter.po.model import NO_SOURCE, Entry, Key, PoFile, is_empty
from letter.source.template import PAGES, make_interface_template


def split_domains(
    po: PoFile, own: Collection[Key], shared: Collection[Key] = ()
) -> tuple[PoFile, PoFile]:
    """Give a file with the letter's messages alone, and one with the page's, in their order.

    `own` are the keys of the letter's messages, `shared` those of the page's that are known beside
    those of today. A message of both stands in both files where a
    reference says so; without references, such a message is the letter's.
    """
    known = {entry.key for entry in make_interface_template()}.union(shared) - set(own)
    pages = tuple(e for e in po.entries if e.key in known or is_of_page(e))
    chosen = {id(entry) for entry in pages if entry.key not in own}
    letters = tuple(entry for entry in po.entries if id(entry) not in chosen)
    return replace(po, entries=letters), replace(po, entries=pages)


def is_of_page(entry: Entry) -> bool:
    """Say whether a reference of an entry names a template of the page."""
    return any(PAGES in reference for reference in entry.references)


def move_messages(target: PoFile, moved: Sequence[Entry]) -> PoFile:
    """Put entries into a catalogue that may have them already; nothing that was said is lost.

    A finished text there stays. The text and the comments that come then stand in an obsolete
    entry, which the next update puts in its place.
    """
    entries = {(entry.key, entry.obsolete): entry for entry in target.entries}
    for entry in moved:
        if is_empty(entry) and not entry.comments:
            continue
        entry = replace(entry, source=NO_SOURCE)
        here = entries.get((entry.key, False))
        if not entry.obsolete and (here is None or (_is_finished(entry) > _is_finished(here))):
            entries[entry.key, False] = entry
            if here is None or (is_empty(here) and not here.comments):
                continue
            entry = here
        older = entries.get((entry.key, True))
        kept = gather_comments(older, None, entry) if older else entry
        entries[entry.key, True] = replace(kept, obsolete=True)
    return replace(target, entries=tuple(entries.values()))


def _is_finished(entry: Entry) -> bool:
    return not (entry.fuzzy or is_empty(entry))
