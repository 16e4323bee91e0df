"""Where passages stand whose address was given out before the letter changed: locales/moved.csv.

The address of a passage is made from its words, so an edit gives the passage another. Each row of
the file leads one address on: `old,new,date`. Two branches that add rows are merged by keeping all
lines (gitattributes(5), union), so rows and the header may stand there more than once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from letter.addresses import ANCHOR
from letter.languages.dates import is_day
from letter.source.letter import Letter
from letter.source.letter_faults import LetterFault, explain_encoding, refuse_faults

MOVED = "moved.csv"  # beside the catalogues of a letter

_COLUMNS = ["old", "new", "date"]
# The newest moves that are kept: each is a page in every language, or on every edition's own page.
MOST_MOVES = 500
_LONGEST = 1_000_000  # bytes: seventy branches with so many moves each, merged
_EXAMPLE = "pbeox35z,pqk2m7aa,2016-05-04"


@dataclass(frozen=True, slots=True)
class Move:
    """That a passage has another address since a day (ISO 8601): its old anchor and its new one."""

    old: str
    new: str
    date: str


def read_moves(path: Path) -> tuple[Move, ...]:
    """Read the rows of the file, each once; LetterError names every line that is no row."""
    rows: list[Move | LetterFault] = []
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
        if len(data) > _LONGEST:
            rows.append(LetterFault(1, f"is larger than {_LONGEST:,} bytes: shorten it"))
        else:
            rows += _read_rows(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        rows.append(explain_encoding(error, "table as CSV"))
    except OSError as error:
        rows.append(LetterFault(1, f"can't be read: {error.strerror}"))
    refuse_faults(str(path), [row for row in rows if isinstance(row, LetterFault)], frozenset())
    return tuple(dict.fromkeys(row for row in rows if isinstance(row, Move)))


def _read_rows(text: str) -> Iterator[Move | LetterFault]:
    has_header = False
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip(' \r"') for cell in re.split("[,;\t]", line)]
        if not any(cells):
            continue
        if not has_header and cells != _COLUMNS:
            told = f"lacks the names of its columns: begin with {','.join(_COLUMNS)}"
            yield LetterFault(number, told)
        elif cells != _COLUMNS:
            yield _read_row(number, cells)
        has_header = True


def _read_row(number: int, cells: Sequence[str]) -> Move | LetterFault:
    if len(cells) == len(_COLUMNS):
        move = Move(*cells)
        anchors = {each for each in (move.old, move.new) if re.fullmatch(ANCHOR, each)}
        if is_day(move.date) and len(anchors) == 2:
            return move
    told = f"is no row such as {_EXAMPLE}: write it so, or take it out"
    return LetterFault(number, told)


def write_moves(moves: Sequence[Move]) -> bytes:
    """Write the file."""
    rows = [_COLUMNS, *([move.old, move.new, move.date] for move in moves)]
    return "".join(f"{','.join(row)}\n" for row in rows).encode()


def follow_moves(moves: Sequence[Move], letter: Letter) -> dict[str, Move]:
    """Find to which passage of the letter each old address leads in the end, by the old anchor.

    Of several rows of an address that lead to a passage, the latest counts. The date is that of the
    last edit on the way. An anchor that is in the letter leads nowhere else, so a circle of rows
    does no harm. An address whose passage is gone leads nowhere.
    """
    present = {message.anchor for message in letter.messages}
    found = {each.anchor: Move(each.anchor, each.anchor, "") for each in letter.passages}
    newest = sorted(_keep_newest(moves), key=attrgetter("date", "old", "new"), reverse=True)
    rows = [row for row in newest if row.old not in present]
    while row := next((row for row in rows if row.new in found), None):
        goal = found[row.new]
        found[row.old] = Move(row.old, goal.new, max(row.date, goal.date))
        rows = [other for other in rows if other.old != row.old]
    return {old: move for old, move in found.items() if old not in present}


def _keep_newest(moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(sorted(moves, key=attrgetter("date"))[-MOST_MOVES:])


def add_moves(
    moves: Sequence[Move], became: Mapping[str, str], letter: Letter, day: str
) -> tuple[Move, ...]:
    """Add a row for each old anchor that doesn't lead to a passage yet; the same rows if none.

    `became` gives the new anchor of each old one. Where a row is added, rows whose old anchor is in
    the letter again are taken out: an edit that was taken back would close a circle. Of all rows
    the newest MOST_MOVES remain, in the order of their dates.
    """
    present = {message.anchor for message in letter.messages}
    known = present | follow_moves(moves, letter).keys()
    added = {old: Move(old, new, day) for old, new in became.items() if old not in known}
    if not added:
        return tuple(moves)
    kept = (move for move in moves if move.old not in present and move.old not in added)
    return _keep_newest((*kept, *added.values()))
