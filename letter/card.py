"""The picture that messengers and networks show when an edition is shared."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from letter.documents import MissingLibraryError, find_font
from letter.edition import Edition, Passage
from letter.languages import Language
from letter.messages import plain_text

WIDTH, HEIGHT = 1200, 630  # pixels: the 1.91 : 1 that Open Graph's readers cut to
LIMIT = 20_000  # bytes, about what a messenger loads at once over a bad network
COLOURS = (16, 12, 10, 8, 6, 4)  # as many as the limit allows
MARGIN = 80
PAPER, INK, QUIET, ACCENT = "#fdfcf9", "#1d1b18", "#5c564c", "#7a2318"
TITLE_SIZES = (78, 70, 62, 54, 47, 41, 36, 31, 27)
TEXT_SIZE, NAME_SIZE = 30, 30
TITLE_BOTTOM, TEXT_BOTTOM = 500, 520
TEXT_LINES = 3  # more would be small print, and as many bytes again
SPACING = {"rtl": 1.6, "ltr": 1.3}  # of a line, in sizes


@dataclass(frozen=True, slots=True)
class Script:
    """How a text is set: its language's own font first, then those of the others."""

    language: Language
    fonts: tuple[Path, ...]

    @property
    def is_rtl(self) -> bool:
        """Whether lines begin at the right."""
        return self.language.direction == "rtl"


def draw_card(edition: Edition) -> bytes:
    """Draw an edition's share card: its title, its first words and its language, as a PNG.

    Two calls give the same bytes. Raises MissingLibraryError where Pillow, its text layout (raqm)
    or a font is missing.
    """
    drawing = _import_pillow()
    image = drawing.Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = drawing.ImageDraw.Draw(image)
    right = edition.language.direction == "rtl"
    canvas.rectangle((WIDTH - 24, 0, WIDTH, HEIGHT) if right else (0, 0, 23, HEIGHT), fill=ACCENT)
    top = _draw_title(canvas, edition)
    messages = edition.letter.messages
    if len(messages) > 1:
        _draw_beginning(canvas, edition, edition.passages[messages[1].msgid], top + 16)
    own = _make_script(edition.language, edition, "Bold")
    top = HEIGHT - MARGIN - NAME_SIZE // 2
    _draw_line(canvas, edition.language.name, own, NAME_SIZE, top, right, ACCENT)
    for colours in COLOURS:
        written = io.BytesIO()
        reduced = image.quantize(colours, dither=drawing.Image.Dither.NONE)
        reduced.save(written, "PNG", optimize=True)
        if written.tell() <= LIMIT:
            break
    return written.getvalue()


def _import_pillow() -> Any:
    try:
        import PIL.features
        import PIL.Image
        import PIL.ImageDraw
        import PIL.ImageFont
    except ImportError as error:
        raise MissingLibraryError(
            "a share card needs Pillow: install it with pip install 'one-letter[card]'"
        ) from error
    if not PIL.features.check("raqm"):
        raise MissingLibraryError(
            "a share card needs Pillow with raqm, which joins Arabic letters: install Pillow's "
            "own wheel with pip install 'one-letter[card]', or Debian's libraqm0"
        )
    return PIL


def _draw_title(canvas: Any, edition: Edition) -> float:
    """Draw the title as large as fits, and say where it ends."""
    passage = edition.title
    script = _make_script(passage.language, edition, "Bold")
    right = edition.language.direction == "rtl"
    text = _clean_text(passage)
    for size in TITLE_SIZES:
        height = size * SPACING[passage.language.direction]
        room = int((TITLE_BOTTOM - MARGIN) / height)
        lines = list(_wrap_text(text, script, size))
        if len(lines) <= room and _fits(lines, script, size):
            break
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1] + "…"]
    for number, line in enumerate(lines):
        _draw_line(canvas, line, script, size, MARGIN + number * height, right, INK)
    return MARGIN + len(lines) * height


def _draw_beginning(canvas: Any, edition: Edition, passage: Passage, top: float) -> None:
    """Draw the letter's first words, as many as there is room for."""
    script = _make_script(passage.language, edition, "Regular")
    height = TEXT_SIZE * SPACING[passage.language.direction]
    room = min(int((TEXT_BOTTOM - top) / height), TEXT_LINES)
    lines = list(_wrap_text(_clean_text(passage), script, TEXT_SIZE))
    if room < 1 or not _fits(lines[:room], script, TEXT_SIZE):
        return
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1].rpartition(" ")[0].rstrip(",;:.،؛") + "…"]
    right = edition.language.direction == "rtl"
    for number, line in enumerate(lines):
        _draw_line(canvas, line, script, TEXT_SIZE, top + number * height, right, QUIET)


def _make_script(language: Language, edition: Edition, weight: str) -> Script:
    source = edition.interface.source
    fonts = [find_font(known, weight) for known in (language, edition.language, source)]
    return Script(language, tuple(dict.fromkeys(fonts)))


def _clean_text(passage: Passage) -> str:
    """Give a passage's words on one line, without invisible marks that no font has."""
    words = " ".join(plain_text(passage.text).split())
    joiners = "\u200c\u200d"
    return "".join(c for c in words if c in joiners or unicodedata.category(c)[0] != "C")


def _wrap_text(text: str, script: Script, size: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _measure_line(longer, script, size) > WIDTH - 2 * MARGIN:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _fits(lines: list[str], script: Script, size: int) -> bool:
    return all(_measure_line(line, script, size) <= WIDTH - 2 * MARGIN for line in lines)


def _measure_line(line: str, script: Script, size: int) -> float:
    return sum(_measure_run(*run, script, size) for run in _split_runs(line, script))


def _measure_run(text: str, font: Path, direction: str, script: Script, size: int) -> float:
    loaded = _load_font(font, size)
    return float(loaded.getlength(text, direction=direction, language=script.language.tag))


def _draw_line(
    canvas: Any, line: str, script: Script, size: int, top: float, right: bool, fill: str
) -> None:
    """Draw a line run by run, in the order of its own direction, at the edition's edge."""
    runs = list(_split_runs(line, script))
    widths = [_measure_run(*run, script, size) for run in runs]
    x = WIDTH - MARGIN - sum(widths) if right else float(MARGIN)
    baseline = top + size * (SPACING[script.language.direction] / 2 + 0.35)
    ordered = list(zip(runs, widths, strict=True))
    for (text, font, direction), width in reversed(ordered) if script.is_rtl else ordered:
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

    Noto's fonts hold one script each; Pillow, unlike a browser, looks for no other by itself.
    """
    chosen: list[tuple[str, Path]] = []
    for char in line:
        has_glyph = [font for font in script.fonts if _has_glyph(font, char)]
        joins = char == " " or unicodedata.category(char)[0] in "MC"
        font = (has_glyph or script.fonts)[0]
        chosen.append((char, chosen[-1][1] if joins and chosen else font))
    runs = []
    for font, group in groupby(chosen, key=lambda pair: pair[1]):
        text = "".join(char for char, _ in group)
        runs.append((text, font, _find_direction(text, script)))
    return tuple(runs)


def _find_direction(text: str, script: Script) -> str:
    """Give a run the direction of its first letter (UAX #9, P2), or that of the line."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return script.language.direction


@cache
def _has_glyph(font: Path, char: str) -> bool:
    loaded = _load_font(font, 24)
    mask, missing = loaded.getmask(char), loaded.getmask("\U000fffff")
    return char == " " or (mask.size, bytes(mask)) != (missing.size, bytes(missing))


@lru_cache(maxsize=64)
def _load_font(path: Path, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)
