"""What all documents share: which can be made here, their fonts, their day and their template."""

from __future__ import annotations

import base64
import ctypes
import hashlib
import importlib.metadata
import importlib.util
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from babel import Locale

from letter.addresses import IMAGE_SUFFIXES, find_media_type
from letter.errors import OneLetterError
from letter.formats.site import SiteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from letter.editions.edition import Edition
    from letter.languages.language import Language
    from letter.source.letter import Letter

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
    Path("/Library/Fonts"),
    Path("~/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
INSTALL = ".venv/bin/pip install --no-deps --require-hashes -r"
NO_WEASYPRINT = f"a PDF needs WeasyPrint: install it with {INSTALL} requirements-documents.txt"
NO_PANGO = (
    "a PDF needs the library Pango: install it "
    "(on Debian the packages libpango-1.0-0 and libpangoft2-1.0-0)"
)
NO_PILLOW = f"a share card needs Pillow: install it with {INSTALL} requirements-documents.txt"

# WeasyPrint opens this library itself, under the names that Linux, macOS and Windows have for it.
_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # what a ZIP file, and so an EPUB, can say
_STATIC_FONTS = {
    "Arab": ("NotoNaskhArabic",),
    "Cyrl": ("NotoSerif",),
    "Grek": ("NotoSerif",),
    "Latn": ("NotoSerif",),
} | dict.fromkeys(("Hans", "Hant", "Jpan", "Kore"), ("NotoSerifCJK", "NotoSansCJK"))


class MissingLibraryError(OneLetterError):
    """A document can't be made here; the text says what is missing and how to install it."""


def explain_missing(form: str, language: Language | None = None) -> str:
    """Say what a form, "pdf" or "card", lacks here and how to install it; "" if it lacks nothing.

    With a language, its font is looked for too. Nothing heavy is imported.
    """
    if form == "pdf" and importlib.util.find_spec("weasyprint") is None:
        return NO_WEASYPRINT
    if form == "pdf" and not _has_pango():
        return NO_PANGO
    if form == "card" and importlib.util.find_spec("PIL") is None:
        return NO_PILLOW
    try:
        if language:
            find_font(language)
            find_font(language, "Bold")
    except MissingLibraryError as error:
        return str(error)
    return ""


def find_font(language: Language, weight: str = "Regular") -> Path:
    """Find the Noto font for a language's script; MissingLibraryError if there is none.

    Only static fonts: from a variable one, WeasyPrint writes text that doesn't copy out right.
    """
    script = language.script
    name = (Locale("en").scripts.get(script) or script).replace(" ", "")
    bases = _STATIC_FONTS.get(script, (f"NotoSerif{name}", f"NotoSans{name}"))
    fonts = _index_fonts(FONT_FOLDERS)
    for base in bases:
        for suffix in (".ttf", ".otf", ".ttc"):
            if found := fonts.get(f"{base}-{weight}{suffix}"):
                return found
    package = "fonts-noto-cjk" if "CJK" in bases[0] else "fonts-noto-core"
    raise MissingLibraryError(
        f"there is no font for {language.english_name}: install {bases[0]}-{weight}.ttf "
        f"(on Debian the package {package})"
    )


def make_mark(library: str, texts: Sequence[str], files: Iterable[Path]) -> str:
    """Digest all that a document is made from, as 32 hexadecimal digits for it to bear.

    That is what it says, and the library, the modules and the fonts that make it: a document that
    bears the same mark needn't be made again.
    """
    try:
        version = importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:  # it was put there without being installed
        version = ""
    parts = [library, version, *texts]
    parts += [_digest_file(path) for path in sorted(set(files))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def read_epoch() -> datetime | None:
    """Read SOURCE_DATE_EPOCH (reproducible-builds.org); SiteError if it is no number of seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        told = f"SOURCE_DATE_EPOCH is {epoch!r}: write a number of seconds since 1970, or nothing"
        raise SiteError(told) from error


def choose_day(edition: Edition) -> datetime:
    """Say which moment a document bears: SOURCE_DATE_EPOCH, or else the edition's own day.

    An edition without a day has the first that a ZIP file can say, 1980-01-01, in its place.
    """
    if moment := read_epoch():
        return max(moment, _EARLIEST)
    try:
        return max(datetime.fromisoformat(f"{edition.day}T00:00:00+00:00"), _EARLIEST)
    except ValueError:  # no day, or one such as 2026-13-01, which a person may have typed
        return _EARLIEST


def read_images(letter: Letter, types: Sequence[str] = IMAGE_SUFFIXES) -> dict[str, bytes]:
    """Read the letter's images by their address, of files of these types that can be read."""
    folder = Path(letter.path).parent
    images = {}
    for address in sorted(letter.images):
        path = folder / unquote(address)
        if path.suffix.lower() in types and path.is_file():
            images[address] = path.read_bytes()
    return images


def embed_images(html: str, images: Mapping[str, bytes]) -> str:
    """Put images into HTML that names them by their address, so that it needs no other file."""
    for address, data in images.items():
        media_type = find_media_type(unquote(address))
        uri = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
        html = html.replace(f'src="{address}"', f'src="{uri}"')
    return html


@cache
def _digest_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _has_pango() -> bool:
    for name in _PANGO:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


@cache
def _index_fonts(folders: tuple[Path, ...]) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        try:
            top = folder.expanduser()
        except RuntimeError:  # a service's user has no home
            continue
        for place, below, names in os.walk(top):
            below.sort()
            for name in sorted(names):
                if name.startswith("Noto"):
                    found.setdefault(name, Path(place, name))
    return found
