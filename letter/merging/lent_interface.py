"""What readers of a language have of the page's words without its catalogue beside the letter."""

from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from letter.languages.folders import list_interfaces
from letter.languages.language import is_english
from letter.merging.update import Update
from letter.po.faults import PoError
from letter.po.model import Key, PoFile, is_empty, is_finished
from letter.po.reader import read_po
from letter.source.template import make_interface_template


def list_lent(locales: Path, tag: str) -> set[Key]:
    """List the page's messages that other catalogues than a language's own have finished.

    These are the project's, and those of the language's parents. The page is made in English. A
    catalogue that can't be read lends nothing.
    """
    if is_english(tag):
        return {entry.key for entry in make_interface_template()}
    found: set[Key] = set()
    _own, *others = list_interfaces(locales, [tag])[tag]
    for path in others:
        if path.exists():
            try:
                entries = read_po(path).entries
            except PoError:
                continue
            found |= {e.key for e in entries if is_finished(e)}
    return found


def leave_lent(
    before: PoFile, after: PoFile, update: Update, lent: Set[Key]
) -> tuple[PoFile, Update]:
    """Take out of an updated catalogue what is new there, says nothing, and is lent already."""
    known = {entry.key for entry in before.entries}
    out = {
        entry.key: len(entry.msgid.split())
        for entry in after.entries
        if entry.key in lent - known and is_empty(entry) and not (entry.obsolete or entry.comments)
    }
    entries = tuple(e for e in after.entries if e.obsolete or e.key not in out)
    gone = {msgid for _, msgid in out}
    new = [msgid for msgid in update.new if msgid not in gone]
    words = update.words_to_do - sum(out.values())
    return replace(after, entries=entries), replace(update, new=new, words_to_do=words)
