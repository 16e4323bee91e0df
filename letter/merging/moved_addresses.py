"""Which new address the old address of a passage leads to, after an edit of the letter."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from letter.merging.base_version import read_versions
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import parse_po
from letter.source.blocks import make_anchor
from letter.source.changes import find_changes
from letter.source.letter import Letter
from letter.source.message_kinds import is_name
from letter.source.moved_passages import add_moves, read_moves, write_moves
from letter.source.template import TEMPLATE


def list_texts(po: PoFile) -> tuple[str, ...]:
    """List the msgids of a file in its order, but neither obsolete ones nor signatories' names."""
    return tuple(entry.msgid for entry in po.entries if not (entry.obsolete or is_name(entry)))


def find_moved(before: Iterable[Sequence[str]], letter: Letter) -> dict[str, str]:
    """Find which anchors became which anchor of a passage, from the texts of the letter before.

    The first of several lists that has a text decides on the text. Of a passage that was split, it
    is the first part.
    """
    texts = [message.msgid for message in letter.messages if not message.is_name]
    passages = {message.msgid for message in letter.passages}
    known = {message.msgid for message in letter.messages}
    moved: dict[str, str] = {}
    for old in before:
        vanished = set(old) - known
        for change in find_changes(old, texts) if vanished else ():
            new = texts[change.new[0]]
            for msgid in (old[i] for i in change.old):
                if msgid in vanished and new in passages:
                    moved[make_anchor(msgid)] = make_anchor(new)
        known |= vanished
    return moved


def drop_unpublished(
    template: Path, once: Sequence[str], others: Iterable[Sequence[str]], letter: Letter
) -> list[Sequence[str]]:
    """Leave out of the catalogues' texts (`others`) those that never were a passage of the letter.

    An editor or a person may have changed a msgid. What the template said before (`once`) was the
    letter's, and what git's versions of the template say; where git lacks some, what all say.
    """
    others = list(filter(None, others))
    odd = set[str]().union(*others).difference(once, (each.msgid for each in letter.messages))
    if odd:
        versions, lack = read_versions(template, "the template")
        for data in versions:
            with suppress(PoError):
                odd.difference_update(list_texts(parse_po(data, str(template))))
        if lack:
            odd = {text for text in odd if not all(text in texts for texts in others)}
    return [[text for text in texts if text not in odd] for texts in others]


def plan_moves(
    path: Path, once: Sequence[str], others: Iterable[Sequence[str]], letter: Letter, now: datetime
) -> tuple[bytes, int]:
    """Give what the file of moved passages should hold, and how many rows are new.

    `once` are the texts of the template before, if it changed; `others` those of the catalogues. No
    row is new where nothing moved; the file then stays as it is. LetterError where the file is
    there and can't be read: its rows would be lost.
    """
    moves = read_moves(path) if path.exists() else ()
    before = [once, *drop_unpublished(path.with_name(TEMPLATE), once, others, letter)]
    more = add_moves(moves, find_moved(before, letter), letter, now.date().isoformat())
    return write_moves(more), len(set(more) - set(moves))
