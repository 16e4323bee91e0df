"""The messages of the letter and those of the page parted, which once stood in one catalogue.

Translators still send such files, and git's history has them.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache

from letter.languages.folders import INTERFACE
from letter.paths import OWN_LOCALES
from letter.po.faults import PoError
from letter.po.model import Entry, Key, PoFile
from letter.po.reader import read_po
from letter.source.message_kinds import is_of_page
from letter.source.template import make_interface_template

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
