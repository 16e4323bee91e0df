"""How far each language has come, to look at: a table for a terminal, and a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.formats.rendering import render_template
from letter.languages.language import find_language
from letter.po.model import shorten_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from letter.desk.status import Part, Status

BAR = 24  # columns of a bar
INDENT = 8  # columns of a tag
TODO = ("outdated", "unfinished", "untranslated", "withheld")


def draw_status(statuses: Sequence[Status]) -> str:
    """Draw a row for each language, as an SVG that needs no font, script or style sheet."""
    rows = [(status, find_language(status.tag)) for status in statuses]
    return render_template("status.svg", rows=rows) + "\n"


def show_status(statuses: Sequence[Status]) -> str:
    """Show the languages as a table, with a bar for the letter of each."""
    lines = []
    for status in statuses:
        letter, interface = status.letter, status.interface
        counts = f"letter {letter.finished}/{letter.total}"
        counts += f"  interface {interface.finished}/{interface.total}  reviewed {letter.reviewed}"
        total = max(letter.total, 1)
        bar = "█" * (BAR * letter.reviewed // total)
        bar = bar.ljust(BAR * letter.finished // total, "▒").ljust(BAR, "·")
        lines.append(f"{status.tag:<{INDENT}} {bar}  {counts}")
        lines += [f"{'':<{INDENT}} {line}" for line in _list_details(status)]
    return "\n".join([*lines, "█ reviewed  ▒ finished  · shown in English"])


def _list_details(status: Status) -> Iterator[str]:
    """List what there is to do, who translated last, which reviews lapsed, and what is broken."""
    parts = {"letter": status.letter, "interface": status.interface}
    todo = [f"{name}: {told}" for name, part in parts.items() if (told := _count_todo(part))]
    yield "; ".join(todo) or "nothing to do"
    if words := sum(part.words_to_do for part in parts.values()):
        yield f"{words} words to do"
    if status.last_translator:
        yield f"{status.revision_date or 'no date'}, {status.last_translator}"
    for part in parts.values():
        yield from (f"review lapsed: {shorten_text(msgid)}" for msgid in part.lapsed)
    if status.problem:
        yield status.problem


def _count_todo(part: Part) -> str:
    counts = [(getattr(part, name), name) for name in TODO]
    return ", ".join(f"{count} {name}" for count, name in counts if count)
