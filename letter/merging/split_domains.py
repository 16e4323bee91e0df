"""The messages of the letter and those of the page parted, which once stood in one catalogue.

Translators still send such files, and git's history has them.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache

from letter.languages.folders import INTERFACE, OWN_LOCALES
from letter.merging.made_entries import gather_comments
from letter.po.faults import PoError
from letter.po.model import NO_SOURCE, Entry, Key, PoFile, is_empty
from letter.po.reader import read_po
from letter.source.template import PAGES, make_interface_template

NEARLY_ALL = 0.9  # of the messages in use, as far as a file of the page may lack references


def split_domains(
    po: PoFile, own: Collection[Key], shared: Collection[Key] = ()
) -> tuple[PoFile, PoFile]:
    """Give a file with the letter's messages alone, and one with the page's, in their order.

    `own` are the keys of the letter's messages, `shared` those of the page's that are known beside
    the project's. A message of both stands in both files where a
    reference says so; without references, such a message is the letter's.
    """
    known = _list_page_keys().union(shared) - set(own)
    pages = [entry for entry in po.entries if entry.key in known or is_of_page(entry)]
    strays = _find_strays(po, pages, own)
    chosen = {id(entry) for entry in (*pages, *strays) if entry.key not in own}
    letters = tuple(entry for entry in po.entries if id(entry) not in chosen)
    chosen.update(map(id, pages))
    pages = [entry for entry in po.entries if id(entry) in chosen]
    return replace(po, entries=letters), replace(po, entries=tuple(pages))


def _find_strays(po: PoFile, pages: Sequence[Entry], own: Collection[Key]) -> list[Entry]:
    """Find what no reference names in a file of the page: words that a page had once.

    Such a file has no message of the letter in use, and nearly all that are in use are the page's.
    """
    found = {id(entry) for entry in pages}
    others = [entry for entry in po.entries if id(entry) not in found]
    strays = [entry for entry in others if not entry.references and entry.key not in own]
    live = sum(not entry.obsolete for entry in pages)
    loose = sum(not entry.obsolete for entry in strays)
    has_letter = loose < sum(not entry.obsolete for entry in others)
    return [] if has_letter or live < NEARLY_ALL * (live + loose) or not live else strays


@cache
def _list_page_keys() -> frozenset[Key]:
    """List the messages of the page, those that the project's catalogues still have of once too."""
    keys = {entry.key for entry in make_interface_template()}
    for path in OWN_LOCALES.glob(f"*/{INTERFACE}"):
        with suppress(PoError):
            keys.update(entry.key for entry in read_po(path).entries)
    return frozenset(keys)


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
