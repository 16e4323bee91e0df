"""Sides of a merge that would keep a server busy for minutes: all they say is kept, and soon."""

from collections.abc import Callable

import pytest

from letter.merging.branch_merge import merge_branches
from letter.po.writer import format_po
from tests.merging.examples import catalogue, entry
from tests.processor_time import limit_time

SIDES = ("a", "b", "c")


def chatter(side: str) -> str:
    """Comments of a few common words, which differ on each side."""
    lines = (f"# word{n * 7 % 50} word{n * 3 % 40} {side} word{n % 30}\n" for n in range(1_500))
    return entry("Home.", side, "".join(lines))


def repeat(side: str) -> str:
    """Long comments of the same words, of which each begins elsewhere."""
    words = " ".join(f"w{n % 7}" for n in range(500))
    return entry("Home.", side, "".join(f"# {words[ord(side) :]} {n}\n" for n in range(150)))


def lengthen(side: str) -> str:
    """One message of two words, again and again."""
    return entry(f"{side} {'on and ' * 10_000}{side}", side)


@pytest.mark.parametrize("make", [chatter, repeat, lengthen])
def test_a_hostile_side_is_merged_soon_and_keeps_all(
    make: Callable[[str], str],
) -> None:
    base, ours, theirs = (catalogue(make(side)) for side in SIDES)
    with limit_time(10):
        merged = format_po(merge_branches(base, ours, theirs).po).decode()
    for side in (ours, theirs):
        for each in side.entries:
            assert all(line in merged for line in each.comments)
            assert each.msgstr[0][:60] in merged
