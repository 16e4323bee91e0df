"""The file that leads old addresses of passages on, as people and git leave it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from letter.source.letter import parse_letter
from letter.source.letter_faults import LetterError
from letter.source.moved_passages import (
    MOST_MOVES,
    Move,
    add_moves,
    follow_moves,
    read_moves,
    write_moves,
)

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
        f"\ufeff{HEADER}{A},{B},{SOME}\r\n{B},{C},{LATER}\r\n".replace(",", ";"),
        f'{HEADER}{A},{B},{SOME}\n"{B}","{C}","{LATER}"\n'.replace(",", "\t"),
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
        (f"{HEADER}{A}|{B}|{SOME}\n", 2, "is no row such as"),
        (f"old,now,day\n{A},{B},{SOME}\n", 1, "begin with old,new,date"),
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
    assert "\n" not in str(error.value), "one fault, one line"


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


def test_of_two_rows_of_an_address_the_latest_counts() -> None:
    moves = [Move(A, TEXT, LATER), Move(A, MORE, SOME), Move(B, MORE, LATER), Move(B, A, SOME)]
    for rows in (moves, moves[::-1]):
        found = follow_moves(rows, LETTER)
        assert found == {A: Move(A, TEXT, LATER), B: Move(B, MORE, LATER)}
    same_day = [Move(A, TEXT, SOME), Move(A, MORE, SOME)]
    assert follow_moves(same_day, LETTER) == follow_moves(same_day[::-1], LETTER)


def test_the_newest_rows_are_kept_and_lead_on(tmp_path: Path) -> None:
    """However many there are: each is a page in every language."""
    old = [f"p{''.join(each)}" for each in product("abcd", repeat=7)][: 3 * MOST_MOVES]
    moves = [Move(each, TEXT, f"20{25 - place // 100:02}-01-01") for place, each in enumerate(old)]
    found = follow_moves(moves, LETTER)
    assert found.keys() == {*old[:MOST_MOVES]}
    kept = add_moves(moves, {MORE: TEXT, "pzzzzzzz": TEXT}, LETTER, LATER)
    assert len(kept) == MOST_MOVES
    assert kept[-2:] == (moves[99], Move("pzzzzzzz", TEXT, LATER)), "in the order of their dates"
    path = tmp_path / "moved.csv"
    path.write_bytes(write_moves(moves[:MOST_MOVES]) * 60)
    assert read_moves(path) == tuple(moves[:MOST_MOVES]), "also after very many merges"


def test_an_edit_that_is_taken_back_makes_no_circle() -> None:
    moves = add_moves([Move(C, TEXT, SOME), Move(TEXT, A, SOME)], {A: TEXT}, LETTER, LATER)
    assert moves == (Move(C, TEXT, SOME), Move(A, TEXT, LATER))
    assert add_moves(moves, {A: TEXT}, LETTER, "2026-12-01") == moves
    circle = [Move(TEXT, A, SOME), Move(A, B, SOME), Move(B, A, SOME), Move(B, TEXT, LATER)]
    assert follow_moves(circle, LETTER).keys() == {A, B}
    assert follow_moves(circle[:3], LETTER) == {}
