"""An edition as a tagged PDF that can be read aloud, searched and copied from (ISO 14289-1)."""

import functools
import logging
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letter.editions.edition import Edition
from letter.formats.documents import list_dates, make_mark, read_images, render_document
from letter.formats.fonts import NO_PANGO, NO_WEASYPRINT, MissingLibraryError, find_font
from letter.formats.frame import Frame
from letter.formats.rendering import STATIC
from letter.formats.site import Site
from letter.languages.header_facts import HeaderFacts
from letter.languages.language import find_language

VARIANT = "pdf/ua-1"
# Of the letter's words, in points: the usual size, the least, and one between. Arabic letters are
# small for their size.
SIZES = {"ltr": (11.5, 10, 10.5), "rtl": (12, 11, 11.5)}
MANY_PAGES = 4  # which no size brings onto one sheet of paper


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a PDF is made from, but for the fonts: its language, and HTML with its images."""

    tag: str
    source: str  # the tag of the letter's own language
    direction: str  # "ltr" or "rtl"
    html: str

    @property
    def mark(self) -> str:
        """The digest by which the PDF is known, in its identifier (ISO 32000-1 §14.4)."""
        fonts = [path for *_, path in _find_fonts(self.tag, self.source)]
        return make_mark("weasyprint", (self.tag, self.html), (Path(__file__), *fonts))


def print_sheet(sheet: Sheet) -> bytes:
    """Print a PDF/UA-1.

    Two calls give the same bytes. Text in another language than the document's bears that language
    in its tag: WeasyPrint drops `lang`, so `_mark_texts` puts languages in before the file is
    written. Text copies out in its order, but for lines with vowel signs: readers of PDFs guess
    their order from the places of the signs, and some guess wrong. The tag of such a line says its
    text. Raises MissingLibraryError where WeasyPrint, Pango or a font is missing.
    """
    document = _lay_out(sheet)
    pages: list[dict[int, Any]] = []
    for page in document.pages:
        # Not also for what is within a link, which would be an annotation without a Link tag.
        page.links[:] = [link for link in page.links if link[3].element_tag == "a"]
        page.paint = functools.partial(_paint_page, page.paint, pages)
    written: bytes = document.write_pdf(
        finisher=functools.partial(_mark_texts, pages, sheet.tag),
        pdf_variant=VARIANT,
        pdf_identifier=sheet.mark.encode(),
    )
    return written


def _lay_out(sheet: Sheet) -> Any:
    """Lay out the pages of a sheet, at a smaller size than usual where that saves a page.

    A letter of one page is laid out once, as is one of MANY_PAGES; others twice or three times.
    """
    weasyprint = _import_weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data", "file"))
    html = weasyprint.HTML(string=sheet.html, url_fetcher=fetcher)

    def lay_out(size: float) -> Any:
        style = weasyprint.CSS(string=f":root {{ font-size: {size}pt }}")
        return html.render(stylesheets=[style], pdf_variant=VARIANT)

    usual, least, middle = SIZES[sheet.direction]
    largest = lay_out(usual)
    if not 1 < len(largest.pages) < MANY_PAGES:
        return largest
    smallest = lay_out(least)
    if len(smallest.pages) == len(largest.pages):
        return largest
    between = lay_out(middle)
    return between if len(between.pages) == len(smallest.pages) else smallest


def _import_weasyprint() -> Any:
    try:
        import weasyprint.urls
    except ImportError as error:
        raise MissingLibraryError(NO_WEASYPRINT) from error
    except OSError as error:
        raise MissingLibraryError(f"{NO_PANGO}: {error}") from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def fill_sheet(edition: Edition, site: Site) -> Sheet:
    """Put together what an edition's PDF is made from, and its address, day and QR code.

    The HTML needs no other file but the fonts. Raises MissingLibraryError where a font is missing.
    """
    tag, source = edition.language.tag, edition.source.tag
    images = frozenset(read_images(edition.letter))
    html = render_document(
        "document.html",
        Frame(edition.letter, images, own=tag, scrolls=False),
        edition=edition,
        dates=list_dates(edition),
        fonts=_find_fonts(tag, source),
        style=(STATIC / "document.css").read_text(encoding="utf-8"),
        link=site.share(tag),
        report=site.report_edition,
    )
    return Sheet(tag, source, edition.language.direction, html)


def _find_fonts(tag: str, source: str) -> Iterator[tuple[str, int, Path]]:
    """Find a document's fonts, each with the family and the weight that the styles know it by."""
    for family, known in (("Own", tag), ("Source", source)):
        for number, weight in ((400, "Regular"), (700, "Bold")):
            yield family, number, find_font(find_language(known, HeaderFacts(known)), weight)


def _paint_page(paint: Any, pages: list[dict[int, Any]], stream: Any, *options: Any) -> None:
    """Paint a page, and keep the box of each marked content, by its number on the page."""
    paint(stream, *options)
    pages.append({kid["mcid"]: box for box, kid in stream._tags.items()})  # noqa: SLF001  said nowhere else


def _mark_texts(pages: list[dict[int, Any]], own: str, _document: Any, pdf: Any) -> None:
    """Put into the structure what WeasyPrint leaves out (ISO 32000-1 §14.9.2 and §14.9.4).

    WeasyPrint leaves out the language of a text in another language than the document's. It leaves
    out the characters of a line with signs above or below its letters: the signs stand apart from
    the letters on the page. The parent tree has, for each page, the elements that own the page's
    marked contents, in the order of the contents' numbers.
    """
    import pydyf

    objects = {thing.reference: thing for thing in pdf.objects if thing.number}
    root = objects[pdf.catalog["StructTreeRoot"]]
    numbers = objects[root["ParentTree"]]["Nums"]
    for page, boxes in enumerate(pages):
        owners = numbers[2 * page + 1]
        for number, box in boxes.items():
            owner, language = objects[owners[number]], box.style["lang"]
            text = getattr(box, "text", "")
            if language and language != own:
                owner["Lang"] = pydyf.String(language)
            if owner["S"] == "/Span" and any(map(unicodedata.combining, text)):
                owner["ActualText"] = pydyf.String(text)
