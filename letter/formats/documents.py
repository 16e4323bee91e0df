"""The day, the pictures and the mark in a document; and the one file with all editions."""

import base64
import hashlib
import importlib.metadata
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from letter.addresses import IMAGE_SUFFIXES, find_media_type
from letter.editions.edition import Edition
from letter.editions.shelf import Shelf
from letter.formats.frame import Frame
from letter.formats.rendering import read_styles, render_template
from letter.formats.site import Site, SiteError
from letter.source.letter import Letter

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # what a ZIP file, and so an EPUB, can say


def make_mark(library: str, texts: Sequence[str], files: Iterable[Path]) -> str:
    """Digest all that a document is made from, as 32 hexadecimal digits for the document to bear.

    A document is made from its texts, and by a library, by modules and with fonts. A document that
    bears the same mark needn't be made again.
    """
    try:
        version = importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:  # it was put there without being installed
        version = ""
    parts = [library, version, *texts]
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(set(files))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def read_epoch() -> datetime | None:
    """Read SOURCE_DATE_EPOCH (reproducible-builds.org); SiteError if it is no number of seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        told = f"SOURCE_DATE_EPOCH is {epoch!r}: write a number of seconds since 1970, or nothing"
        raise SiteError(told) from error


def list_dates(edition: Edition) -> tuple[str, str]:
    """Give the dates when the letter was written and the edition last changed; "" for unknown ones.

    Dates are as precise as they are known (ISO 8601). The edition changes with the letter and with
    its file.
    """
    settings = edition.letter.settings
    return settings.date, max(settings.updated or settings.date, edition.day)


def choose_day(edition: Edition) -> datetime:
    """Say which moment a file bears that has to bear one, for programs: it is shown to no reader.

    SOURCE_DATE_EPOCH, or else when the edition changed, or else the first day that a ZIP file can
    say.
    """
    changed = list_dates(edition)[1]
    full = changed + "-01" * (2 - changed.count("-"))
    moment = datetime.fromisoformat(f"{full}T00:00:00+00:00") if changed else _EARLIEST
    return max(read_epoch() or moment, _EARLIEST)


def read_images(letter: Letter, types: Sequence[str] = IMAGE_SUFFIXES) -> dict[str, bytes]:
    """Read the letter's images by their address, of files of these types that can be read."""
    folder = Path(letter.path).parent
    paths = {address: folder / unquote(address) for address in sorted(letter.images)}
    found = {address: path for address, path in paths.items() if path.is_file()}
    return {a: path.read_bytes() for a, path in found.items() if path.suffix.lower() in types}


def render_document(template: str, frame: Frame, **values: object) -> str:
    """Render HTML that carries the letter's images in itself, so that it needs no other file."""
    html = render_template(template, frame=frame, slash="/", **values)
    return embed_images(html, frame.letter)


def embed_images(html: str, letter: Letter) -> str:
    """Put the letter's images into a page that shows them, in the place of their addresses."""
    for address, data in read_images(letter).items():
        media_type = find_media_type(unquote(address))
        uri = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
        html = html.replace(f'src="{address}"', f'src="{uri}"')
    return html


def write_bundle(shelf: Shelf, site: Site) -> str:
    """Write one HTML file with every edition in it, for a USB stick or a message.

    The file needs no network and no script: a link to a part of the file chooses the edition that
    shows. The first edition shows until another is chosen. A browser that knows no :has() or no
    styles shows all editions, one below the other.
    """
    return render_document(
        "bundle.html",
        Frame(shelf.letter, frozenset(read_images(shelf.letter))),
        editions=list(shelf.editions.values()),
        source=shelf.source,
        style=read_styles("style.css", "bundle.css"),
        share=site.share,
        report=site.report_edition,
    )
