"""The picture that messengers and networks show when an edition is shared."""

import io
import unicodedata
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from letter.editions.edition import Edition
from letter.formats import card_text
from letter.formats.card_text import MARGIN, SPACING, Script, draw_line, fit_lines, wrap_text
from letter.formats.documents import make_mark
from letter.formats.fonts import INSTALL, NO_PILLOW, MissingLibraryError, find_font
from letter.formats.notices import list_notices, say_date_line
from letter.formats.page import CARD_SIZE
from letter.languages.header_facts import JOINERS, HeaderFacts
from letter.languages.language import ENGLISH, find_language
from letter.source import plain_runs
from letter.source.markdown import plain_line

WIDTH, HEIGHT = CARD_SIZE
LIMIT = 24_000  # bytes, about what a messenger loads at once over a bad network
COLOURS = (16, 12, 10, 8, 6, 4)  # as many as the limit allows
PAPER, INK, QUIET, ACCENT = "#fdfcf9", "#1d1b18", "#5c564c", "#7a2318"
TITLE_SIZES = (78, 70, 62, 54, 47, 41, 36, 31, 27)
DATE_SIZE, TEXT_SIZE, NAME_SIZE, NOTICE_SIZE = 26, 30, 30, 24
TITLE_BOTTOM, TEXT_BOTTOM = 450, 520
CODE = tuple(map(Path, (__file__, card_text.__file__, plain_runs.__file__)))
TEXT_LINES = 3  # more would be small print, and as many bytes again


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card is made from, but for the fonts: texts, and the tags of their languages."""

    tag: str
    source: str  # the letter's own language
    title: str
    title_tag: str
    dated: str  # when the letter was written and how many signed it; "" where nobody knows
    dated_tag: str
    summary: str  # "" where the letter has but a title
    summary_tag: str
    notice: str  # who stands behind the translation; "" on the letter's own card
    notice_tag: str

    @property
    def mark(self) -> str:
        """The digest by which the picture is known, in its text "Source"."""
        tags = (self.tag, self.title_tag, self.dated_tag, self.summary_tag, self.notice_tag)
        scripts = [self.set_script(tag, weight) for tag in tags for weight in ("Regular", "Bold")]
        fonts = [font for script in scripts for font in script.fonts]
        return make_mark("pillow", astuple(self), (*CODE, *fonts))

    def set_script(self, tag: str, weight: str) -> Script:
        """Say in which fonts a text is set; MissingLibraryError where a font is missing."""
        tags = (tag, self.tag, self.source, ENGLISH)  # whose letters stand in names everywhere
        known = [find_language(each, HeaderFacts(each)) for each in tags]
        fonts = [find_font(language, weight) for language in known]
        return Script(known[0], tuple(dict.fromkeys(fonts)))


def fill_card(edition: Edition) -> Card:
    """Put together what an edition's card says."""
    title, summary = edition.title, edition.summary
    dated, dated_tag = say_date_line(edition)
    notice, notice_tag = next(iter(list_notices(edition)), ("", edition.language.tag))
    return Card(
        edition.language.tag,
        edition.source.tag,
        _clean_text(plain_line(title.text)),
        title.language.tag,
        _clean_text(dated),
        dated_tag or edition.language.tag,
        _clean_text(plain_line(summary.text)) if summary is not title else "",
        summary.language.tag,
        _clean_text(notice),
        notice_tag,
    )


def paint_card(card: Card) -> bytes:
    """Paint a card as a PNG; two calls give the same bytes.

    Raises MissingLibraryError where Pillow, its text layout (raqm) or a font is missing.
    """
    drawing = _import_pillow()
    image = drawing.Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = drawing.ImageDraw.Draw(image)
    own = card.set_script(card.tag, "Bold")
    right = own.language.direction == "rtl"
    canvas.rectangle((WIDTH - 24, 0, WIDTH, HEIGHT) if right else (0, 0, 23, HEIGHT), fill=ACCENT)
    top = _draw_title(canvas, card, right=right) + 16
    if card.dated:
        script = card.set_script(card.dated_tag, "Regular")
        _draw_text(canvas, card.dated, script, DATE_SIZE, top, 1, right=right)
        top += DATE_SIZE * SPACING[script.language.direction] + 16
    script = card.set_script(card.summary_tag, "Regular")
    height = TEXT_SIZE * SPACING[script.language.direction]
    room = min(int((TEXT_BOTTOM - top) / height), TEXT_LINES)
    _draw_text(canvas, card.summary, script, TEXT_SIZE, top, room, right=right)
    top = HEIGHT - MARGIN - NAME_SIZE
    draw_line(canvas, own.language.name, own, NAME_SIZE, top, right=right, fill=ACCENT)
    script, top = card.set_script(card.notice_tag, "Regular"), top + NAME_SIZE + 6
    _draw_text(canvas, card.notice, script, NOTICE_SIZE, top, 1, right=right)
    information = drawing.PngImagePlugin.PngInfo()
    information.add_text("Source", card.mark)
    for colours in COLOURS:
        written = io.BytesIO()
        reduced = image.quantize(colours, dither=drawing.Image.Dither.NONE)
        reduced.save(written, "PNG", optimize=True, pnginfo=information)
        if written.tell() <= LIMIT:
            break
    return written.getvalue()


def _import_pillow() -> Any:
    try:
        import PIL.features
        import PIL.Image
        import PIL.ImageDraw
        import PIL.ImageFont
        import PIL.PngImagePlugin
    except ImportError as error:
        raise MissingLibraryError(NO_PILLOW) from error
    if not PIL.features.check("raqm"):
        raise MissingLibraryError(
            "a share card needs Pillow with raqm, which joins Arabic letters: install Pillow's "
            f"own wheel with {INSTALL}, or Debian's libraqm0"
        )
    return PIL


def _draw_title(canvas: Any, card: Card, *, right: bool) -> float:
    """Draw the title as large as it fits, and give the height in pixels at which it ends."""
    script = card.set_script(card.title_tag, "Bold")
    for size in TITLE_SIZES:
        height = size * SPACING[script.language.direction]
        room = int((TITLE_BOTTOM - MARGIN) / height)
        lines = list(wrap_text(card.title, script, size))
        if len(lines) <= room and fit_lines(lines, script, size):
            break
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1] + "…"]
    for number, line in enumerate(lines):
        draw_line(canvas, line, script, size, MARGIN + number * height, right=right, fill=INK)
    return MARGIN + len(lines) * height


def _draw_text(
    canvas: Any, text: str, script: Script, size: int, top: float, room: int, *, right: bool
) -> None:
    """Draw as many of a text's words as `room` lines hold; none where a word is too long."""
    lines = list(wrap_text(text, script, size))
    if room < 1 or not fit_lines(lines[:room], script, size):
        return
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1].rpartition(" ")[0].rstrip(",;:.،؛") + "…"]
    height = size * SPACING[script.language.direction]
    for number, line in enumerate(lines):
        draw_line(canvas, line, script, size, top + number * height, right=right, fill=QUIET)


def _clean_text(words: str) -> str:
    """Leave out the invisible marks that no font has, but not ZWJ and ZWNJ, which shape letters."""
    return "".join(c for c in words if c in JOINERS or unicodedata.category(c)[0] != "C")
