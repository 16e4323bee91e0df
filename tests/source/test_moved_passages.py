"""The file that leads old addresses of passages on, as people and git leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from letter.source.letter import parse_letter
from letter.source.letter_faults import LetterError
from letter.source.moved_passages import Move, add_moves, follow_moves, read_moves, write_moves

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "old,new,date\n"
LETTER = parse_letter("# A title\n\nA text.\n\nMore text.\n")
TITLE, TEXT, MORE = (message.anchor for message in LETTER.passages)
A, B, C = "paaaaaaa", "pbbbbbbb", "pccccccc"
SOME, LATER = "2026-11-20", "2026-11-26"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}{A},{B},{SOME}\n{B},{C},{LATER}\n",
        f"{HEADER}{A},{B},{SOME}\n{HEADER}{A},{B},{SOME}\n{B},{C},{LATER}",
        f'\ufeff{HEADER}{A},{B},{SOME}\r\n\r\n"{B}",{C}, {LATER}\r\n'.replace("\n\r", "\r"),
    ],
)
def test_rows_and_headers_may_stand_there_twice(tmp_path: Path, text: str) -> None:
    """As after a merge that keeps all lines of two branches, or in a spreadsheet."""
    path = tmp_path / "moved.csv"
    path.write_bytes(text.encode())
    moves = read_moves(path)
    assert moves == (Move(A, B, SOME), Move(B, C, LATER))
    path.write_bytes(write_moves(moves))
    assert read_moves(path) == moves


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (f"{A},{B},{SOME}\n", 1, "begin with old,new,date"),
        (f"{HEADER}{A},{B},{SOME}\n<<<<<<< HEAD\n", 3, "is no row such as"),
        (f"{HEADER}{A},{B}\n", 2, "is no row such as"),
        (f"{HEADER}{A},{A},{SOME}\n", 2, "is no row such as"),
        (f"{HEADER}{A},{B},2026-11\n", 2, "is no row such as"),
        (f"{HEADER}{A},{B},2026-11-31\n", 2, "is no row such as"),
        (f"{HEADER}{A},https://example.org,{SOME}\n", 2, "is no row such as"),
        (f'{HEADER}"\n\x00,\n', 3, "is no row such as"),
        (f"{HEADER}{A},{B},\udcff\n", 2, "is not UTF-8"),
        (HEADER * 80_000, 1, "is larger than 1,000,000 bytes"),
    ],
)
def test_every_other_row_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    path = tmp_path / "moved.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(LetterError) as error:
        read_moves(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert told in str(error.value)


def test_an_old_address_leads_through_all_edits_to_the_passage_of_now() -> None:
    moves = [Move(A, B, SOME), Move(C, A, SOME), Move(B, TEXT, LATER), Move(TITLE, A, LATER)]
    found = follow_moves([*moves, Move("pddddddd", "peeeeeee", SOME)], LETTER)
    assert found == {old: Move(old, TEXT, LATER) for old in (A, B, C)}


def test_two_branches_that_changed_a_passage_lead_to_one_that_is_there() -> None:
    for moves in (
        [Move(A, B, SOME), Move(A, MORE, LATER)],
        [Move(A, MORE, LATER), Move(A, B, SOME)],
    ):
        assert follow_moves(moves, LETTER) == {A: Move(A, MORE, LATER)}


def test_an_edit_that_is_taken_back_makes_no_circle() -> None:
    moves = add_moves([Move(C, TEXT, SOME), Move(TEXT, A, SOME)], {A: TEXT}, LETTER, LATER)
    assert moves == (Move(C, TEXT, SOME), Move(A, TEXT, LATER))
    assert add_moves(moves, {A: TEXT}, LETTER, "2026-12-01") == moves
    circle = [Move(TEXT, A, SOME), Move(A, B, SOME), Move(B, A, SOME), Move(B, TEXT, LATER)]
    assert follow_moves(circle, LETTER).keys() == {A, B}
    assert follow_moves(circle[:3], LETTER) == {}
