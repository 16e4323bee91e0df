"""Tables for people: the first column to the left, figures to the right."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GOALS = ["", "median", "of all rounds", "goal", ""]  # the headings of `show_measure`


def print_table(title: str, rows: Sequence[Sequence[str]]) -> None:
    """Print a title and below it rows of equal length, of which the first names the columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n{title}")
    for first, *others in rows:
        print("  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]))


def show_measure(label: str, values: Sequence[float], goal: str = "") -> list[str]:
    """Show what was measured in a row of a table: median, spread, and whether the goal is met."""
    median = statistics.median(values)
    sign, _, bound = goal.partition(" ")
    met = not goal or (median >= float(bound) if sign == "≥" else median <= float(bound))
    spread = f"{min(values):.2f} … {max(values):.2f}"
    return [label, f"{median:.2f}", spread, goal, "" if met else "missed"]
