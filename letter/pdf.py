"""An edition as a tagged PDF that can be read aloud, searched and copied from (ISO 14289-1)."""

from __future__ import annotations

import functools
import hashlib
import logging
import unicodedata
from pathlib import Path
from typing import Any

import segno
from markupsafe import Markup

from letter.documents import (
    MissingLibraryError,
    choose_day,
    embed_images,
    find_font,
    read_images,
    render_document,
)
from letter.edition import Edition
from letter.messages import render_message
from letter.page import Site

STYLE = Path(__file__).parent / "static" / "document.css"
VARIANT = "pdf/ua-1"


def write_pdf(edition: Edition, site: Site) -> bytes:
    """Write an edition as PDF/UA-1, with its address, its day and a QR code at the end.

    Two calls give the same bytes. Each piece of text bears its language, in a tag of its own where
    it isn't the document's: WeasyPrint drops `lang`, so it is put in before the file is written.
    Text copies out in its order, but of a line with vowel signs readers of PDFs guess the order
    from the signs' places, and some guess wrong; what such a line says stands in its tag.
    Raises MissingLibraryError where WeasyPrint, Pango or a font is missing.
    """
    weasyprint = _import_weasyprint()
    html = _render_html(edition, site)
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data", "file"))
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(pdf_variant=VARIANT)
    pages: list[dict[int, Any]] = []
    for page in document.pages:
        page.paint = functools.partial(_paint_page, page.paint, pages)
    written: bytes = document.write_pdf(
        finisher=functools.partial(_mark_texts, pages, edition.language.tag),
        pdf_variant=VARIANT,
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )
    return written


def _import_weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.urls
    except ImportError as error:
        raise MissingLibraryError(
            "a PDF needs WeasyPrint: install it with pip install 'one-letter[pdf]'"
        ) from error
    except OSError as error:
        raise MissingLibraryError(
            "a PDF needs the library Pango: install it "
            f"(on Debian the packages libpango-1.0-0 and libpangoft2-1.0-0): {error}"
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def _render_html(edition: Edition, site: Site) -> str:
    images = read_images(edition.letter)
    known = frozenset(images)
    link = site.origin + site.address(edition.language.tag) if site.origin else ""
    html = render_document(
        "document.html",
        edition=edition,
        day=choose_day(edition).date().isoformat(),
        style=_write_fonts(edition) + STYLE.read_text(encoding="utf-8"),
        ids={},
        render=lambda passage: Markup(render_message(passage.text, known)),
        link=link,
        qr_code=segno.make_qr(link, error="m").svg_data_uri(border=0) if link else "",
    )
    return embed_images(html, images)


def _write_fonts(edition: Edition) -> str:
    """Name the font files themselves: of two fonts with one name, fontconfig may take another."""
    faces = []
    for family, language in (("Own", edition.language), ("Source", edition.interface.source)):
        for number, weight in ((400, "Regular"), (700, "Bold")):
            address = find_font(language, weight).as_uri()
            face = f'font-family: {family}; font-weight: {number}; src: url("{address}")'
            faces.append(f"@font-face {{ {face} }}\n")
    return "".join(faces)


def _paint_page(paint: Any, pages: list[dict[int, Any]], stream: Any, *options: Any) -> None:
    """Paint a page, and keep the box of each marked content, by its number on the page."""
    paint(stream, *options)
    pages.append({kid["mcid"]: box for box, kid in stream._tags.items()})


def _mark_texts(pages: list[dict[int, Any]], own: str, _document: Any, pdf: Any) -> None:
    """Put into the structure what WeasyPrint leaves out (ISO 32000-1 §14.9.2 and §14.9.4).

    That is the language of each text in another one, and the characters of each line with signs
    above or below its letters, which stand apart from them on the page. The parent tree has, for
    each page, the elements that own its marked contents, in their order.
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
