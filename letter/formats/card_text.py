"""The lines of a picture: text in several scripts, each run in a font that has its letters."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from letter.formats.page import CARD_SIZE
from letter.languages.language import Language, find_first_direction
from letter.source.plain_runs import find_runs, part_text

MARGIN = 80  # pixels at each side
LINE = CARD_SIZE[0] - 2 * MARGIN
SPACING = {"rtl": 1.6, "ltr": 1.3}  # of a line, in sizes


@dataclass(frozen=True, slots=True)
class Script:
    """The language and the fonts of a text, the font of the language's own script first."""

    language: Language
    fonts: tuple[Path, ...]


def wrap_text(text: str, script: Script, size: int) -> Iterator[str]:
    """Break a text into lines; a word longer than a line stays whole. `size` is in pixels."""
    line = ""
    for word in _split_words(text, script.language.direction):
        longer = f"{line} {word}".strip()
        if line and _measure_line(longer, script, size) > LINE:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _split_words(text: str, direction: str) -> Iterator[str]:
    """Split a text at its blanks, but for those within a phone number, which stays on one line."""
    for start, end, _ in find_runs(text, direction):
        if not any(map(str.isalpha, text[start:end])):
            text = text[:start] + text[start:end].replace(" ", "\0") + text[end:]
    return (word.replace("\0", " ") for word in text.split())


def fit_lines(lines: list[str], script: Script, size: int) -> bool:
    """Say whether every line fits between the margins."""
    return all(_measure_line(line, script, size) <= LINE for line in lines)


def _measure_line(line: str, script: Script, size: int) -> float:
    return sum(_measure_run(*run, script, size) for run in _split_runs(line, script))


def _measure_run(text: str, font: Path, direction: str, script: Script, size: int) -> float:
    loaded = _load_font(font, size)
    return float(loaded.getlength(text, direction=direction, language=script.language.tag))


def draw_line(
    canvas: Any, line: str, script: Script, size: int, top: float, *, right: bool, fill: str
) -> None:
    """Draw a line run by run, in the order of its own direction, from one of the margins.

    `top` is the height of the line's upper edge in pixels. `right` says which margin is meant.
    """
    runs = list(_split_runs(line, script))
    widths = [_measure_run(*run, script, size) for run in runs]
    x = MARGIN + LINE - sum(widths) if right else float(MARGIN)
    baseline = top + size * (SPACING[script.language.direction] / 2 + 0.35)
    order = -1 if script.language.direction == "rtl" else 1
    for (text, font, direction), width in list(zip(runs, widths, strict=True))[::order]:
        canvas.text(
            (round(x), round(baseline)),
            text,
            fill=fill,
            font=_load_font(font, size),
            anchor="ls",
            direction=direction,
            language=script.language.tag,
        )
        x += width


@lru_cache(maxsize=1_024)
def _split_runs(line: str, script: Script) -> tuple[tuple[str, Path, str], ...]:
    """Split a line where its font changes, into text, font and direction.

    A run has the direction of its first letter, or that of the line where the run has no letter.
    What joins such runs, such as a dot, has the direction of the line (UAX #9, N2).
    Noto's fonts hold one script each. Pillow, unlike a browser, looks for no other font by itself.
    """
    base = script.language.direction
    runs: list[tuple[str, Path, str]] = []
    for part, own in part_text(line, base):
        # Word by word, since groups of Arabic digits would go from right to left all the same.
        words = part.replace(" ", "\0 \0").split("\0") if own else [part]
        found = [pair for word in words for pair in _choose_fonts(word, script)]
        directed = [run for pair in found for run in _direct_run(*pair, own or base)]
        runs += directed[:: -1 if own else 1]  # since the line is drawn from its own end
    return tuple(runs)


def _choose_fonts(text: str, script: Script) -> Iterator[tuple[str, Path]]:
    """Split a text where its font changes."""
    chosen: list[tuple[str, Path]] = []
    for char in text:
        has_glyph = [font for font in script.fonts if _has_glyph(font, char)]
        joins = char == " " or unicodedata.category(char)[0] in "MC"
        font = (has_glyph or script.fonts)[0]
        chosen.append((char, chosen[-1][1] if joins and chosen else font))
    for font, group in groupby(chosen, key=lambda pair: pair[1]):
        yield "".join(char for char, _ in group), font


def _direct_run(text: str, font: Path, base: str) -> Iterator[tuple[str, Path, str]]:
    """Give a run its direction, and what stands between it and the next run that of the line."""
    direction, end = find_first_direction(text) or base, len(text)
    while direction != base and unicodedata.bidirectional(text[end - 1]) in ("ON", "WS"):
        end -= 1
    yield text[:end], font, direction
    if end < len(text):
        yield text[end:], font, base


@cache
def _has_glyph(font: Path, char: str) -> bool:
    loaded = _load_font(font, 24)
    mask, missing = loaded.getmask(char), loaded.getmask("\U000fffff")
    return char == " " or (mask.size, bytes(mask)) != (missing.size, bytes(missing))


@lru_cache(maxsize=64)
def _load_font(path: Path, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)
