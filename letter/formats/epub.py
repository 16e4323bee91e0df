"""An edition as a book: EPUB 3.3, which epubcheck finds nothing wrong with."""

import io
import re
import uuid
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from letter.addresses import find_media_type
from letter.editions.edition import Edition
from letter.formats.documents import choose_day, list_dates, read_images
from letter.formats.frame import Frame
from letter.formats.rendering import STATIC, render_template
from letter.formats.site import Site

# EPUB 3.3 §3.2 asks for a fallback for every other type, AVIF among them: its words stand alone.
CORE_TYPES = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

_LANG = re.compile(r' lang="([A-Za-z0-9-]+)"')
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2


def write_epub(edition: Edition, site: Site) -> bytes:
    """Write an edition as an EPUB that turns its pages in its own direction.

    Two calls give the same bytes. An image that can't be read leaves its words. So does an image
    of a type that not every reading system must know.
    """
    images = read_images(edition.letter, CORE_TYPES)
    names = {
        address: f"image-{number}{Path(unquote(address)).suffix.lower()}"
        for number, address in enumerate(images, 1)
    }
    values = _list_values(edition, site, names)
    html = _render_xhtml("book.html", values)
    for address, name in names.items():
        html = html.replace(f'src="{address}"', f'src="{name}"')
    files = {
        "META-INF/container.xml": (STATIC / "container.xml").read_bytes(),
        "book/package.opf": _render_xml("package.opf", values).encode(),
        "book/contents.xhtml": _render_xhtml("contents.html", values).encode(),
        "book/letter.xhtml": html.encode(),
        "book/book.css": (STATIC / "book.css").read_bytes(),
    } | {f"book/{name}": images[address] for address, name in names.items()}
    return _pack_files(files, choose_day(edition))


def _list_values(edition: Edition, site: Site, names: Mapping[str, str]) -> dict[str, object]:
    """List what the templates of the book are filled with; `names` are the images' in the book."""
    link = site.share(edition.language.tag)
    # The name that the same letter in the same language always has.
    own = link or f"{edition.letter.title.msgid}#{edition.language.tag}"
    return {
        "edition": edition,
        "link": link,
        "report": site.report_edition,
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, own),
        "title": edition.title.words,
        "day": choose_day(edition),
        "date": list_dates(edition)[0],
        "images": [(name, find_media_type(name)) for name in names.values()],
        "frame": Frame(
            edition.letter,
            frozenset(names),
            own=edition.language.tag,
            has_all_ids=True,
            scrolls=False,
            xhtml=True,
        ),
        "slash": "/",
    }


def _render_xml(template: str, values: Mapping[str, object]) -> str:
    """Render a template without the characters that XML forbids."""
    return _NOT_XML.sub("", render_template(template, **values).lstrip())


def _render_xhtml(template: str, values: Mapping[str, object]) -> str:
    """Render a template of HTML as XHTML, which names languages in an attribute of its own."""
    return _LANG.sub(r' lang="\1" xml:lang="\1"', _render_xml(template, values))


def _pack_files(files: dict[str, bytes], day: datetime) -> bytes:
    """Pack a book; its type comes first and uncompressed (EPUB 3.3 §4.2.2)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in {"mimetype": b"application/epub+zip", **files}.items():
            info = zipfile.ZipInfo(name, day.timetuple()[:6])
            info.create_system = 3  # or the machine's own would be written
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(info, data, compresslevel=9)
    return target.getvalue()
