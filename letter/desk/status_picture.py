"""The picture of how far each language has come: an SVG that needs no font, script or style sheet.

All lengths are in CSS pixels.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from letter.languages.language import find_language

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            f' width="{WIDTH}" height="{height}" role="img" font-family="system-ui, sans-serif"'
            ' font-size="14">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{height}" rx="6" fill="{PAPER}"/>',
            *(_draw_language(status, ROW * n + 12) for n, status in enumerate(statuses)),
            *(_draw_key(colour, LEFT + 120 * n, height - 24) for n, colour in enumerate(KEY)),
            "</svg>",
            "",
        ]
    )


def _draw_language(status: Status, y: int) -> str:
    """Draw a name, three bars over each other, and the count."""
    letter = status.letter
    total = max(letter.total, 1)
    bars = {
        IN_ENGLISH: BAR,
        TRANSLATED: BAR * letter.finished // total,
        REVIEWED: BAR * letter.reviewed // total,
    }
    direction = find_language(status.tag).direction
    anchor = "start" if direction == "rtl" else "end"  # where the text ends on the left
    return "\n".join(
        [
            f'<text x="{LEFT - 12}" y="{y + 15}" text-anchor="{anchor}" direction="{direction}"'
            f' fill="{INK}">{escape(status.name)}</text>',
            *(
                f'<rect x="{LEFT}" y="{y}" width="{width}" height="20" fill="{colour}"/>'
                for colour, width in bars.items()
            ),
            f'<text x="{LEFT + BAR + 12}" y="{y + 15}" fill="{INK}">'
            f"{letter.finished} / {letter.total}</text>",
        ]
    )


def _draw_key(colour: str, x: int, y: int) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>\n'
        f'<text x="{x + 18}" y="{y + 11}" font-size="12" fill="{GREY}">{KEY[colour]}</text>'
    )
