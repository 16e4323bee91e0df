"""The picture of how far each language has come: an SVG that needs no font, script or style sheet.

All lengths are in CSS pixels.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from letter.languages.language import find_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from letter.desk.status import Status

WIDTH, ROW, FOOT = 640, 34, 44  # of the picture; of a language; below the languages
LEFT, BAR = 190, 330  # where the bars begin, and how long they are
PAPER, INK, GREY = "#fdfcf9", "#1d1b18", "#5c564c"
REVIEWED, TRANSLATED, IN_ENGLISH = "#4f6f52", "#b9a06a", "#e4dfd3"
KEY = {REVIEWED: "reviewed", TRANSLATED: "translated", IN_ENGLISH: "in English"}


def draw_status(statuses: Sequence[Status]) -> str:
    """Draw a row for each language, and the key of the colours below."""
    height = ROW * len(statuses) + FOOT
    title = "; ".join(
        f"{s.tag}: {s.letter.finished} of {s.letter.total} passages, {s.letter.reviewed} reviewed"
        for s in statuses
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" role="img" font-family="system-ui, sans-serif" font-size="14">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" rx="6" fill="{PAPER}"/>',
    ]
    for row, status in enumerate(statuses):
        lines += _draw_language(status, ROW * row + 12)
    for column, colour in enumerate(KEY):
        lines += _draw_key(colour, LEFT + 120 * column, height - 24)
    return "\n".join([*lines, "</svg>", ""])


def _draw_language(status: Status, y: int) -> Iterator[str]:
    """Draw a name, three bars over each other, and the count."""
    letter, language = status.letter, find_language(status.tag)
    total = max(letter.total, 1)
    translated, reviewed = BAR * letter.finished // total, BAR * letter.reviewed // total
    anchor = "start" if language.direction == "rtl" else "end"  # where the text ends on the left
    yield (
        f'<text x="{LEFT - 12}" y="{y + 15}" text-anchor="{anchor}"'
        f' direction="{language.direction}" fill="{INK}">{escape(status.name)}</text>'
    )
    for width, colour in ((BAR, IN_ENGLISH), (translated, TRANSLATED), (reviewed, REVIEWED)):
        yield f'<rect x="{LEFT}" y="{y}" width="{width}" height="20" fill="{colour}"/>'
    count = f"{letter.finished} / {letter.total}"
    yield f'<text x="{LEFT + BAR + 12}" y="{y + 15}" fill="{INK}">{count}</text>'


def _draw_key(colour: str, x: int, y: int) -> Iterator[str]:
    yield f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>'
    yield f'<text x="{x + 18}" y="{y + 11}" font-size="12" fill="{GREY}">{KEY[colour]}</text>'
