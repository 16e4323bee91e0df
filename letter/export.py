"""The whole letter as a folder of files that any host can carry.

A new folder is made beside the old one, with hard links to what hasn't changed, and takes its place
in one step: whatever happens half-way, the old site stays whole.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from letter.front import CODINGS, encode_body
from letter.library import Shelf
from letter.page import Site, render_chooser, render_missing
from letter.publish import list_published, list_security_headers, publish

MARKER = ".letter-export"  # says that a folder is an export, which may be replaced
COMPRESSED = {".html", ".txt", ".xml", ".json", ".svg"}
SUFFIXES = {"br": ".br", "gzip": ".gz"}

_EXCHANGE = 2  # renameat2(2): RENAME_EXCHANGE
_HERE = -100  # AT_FDCWD


class ExportError(ValueError):
    """A folder that can't be exported to; the text says why, and what to do."""


@dataclass(slots=True)
class Export:
    """What an export did, in files."""

    written: int = 0
    kept: int = 0
    removed: int = 0


def list_files(shelf: Shelf, site: Site, images: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file of the site, by its path, without its compressed forms."""
    yield "index.html", render_chooser(shelf, site).encode()
    for path, query in list_published(shelf):
        found = publish(shelf, site, path, query)
        if found is not None:
            yield find_file(path, query), found.body
    for tag, edition in shelf.editions.items():
        yield f"404/{tag}.html", render_missing(edition, shelf, site).encode()
    for image in sorted(shelf.letter.images):
        yield f"media/{unquote(image)}", (images / unquote(image)).read_bytes()
    yield "_headers", write_headers().encode()
    yield "_redirects", write_redirects(shelf, site).encode()
    if site.origin:
        yield "sitemap.xml", write_sitemap(shelf, site).encode()
        address = f"{site.origin}{site.address()}sitemap.xml"
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}\n".encode()
    yield MARKER, b"This folder is written by scripts/export.py, which replaces it whole.\n"


def find_file(path: str, query: str) -> str:
    """Say in which file a published address stands."""
    name, tag = path.removeprefix("/"), query.removeprefix("with=")
    name += f"with/{tag}/" if query else ""
    return name + "index.html" if name.endswith("/") else name


def export_site(
    shelf: Shelf,
    site: Site,
    images: Path,
    destination: Path,
    tell: Callable[[str], object] = lambda name: None,
) -> Export:
    """Write the site; only what changed is written, and what is gone is removed.

    `tell` is called with the name of each file that is to be written.
    Raises ExportError for a folder with other things in it, OSError where the disk refuses: the
    old site is whole then.
    """
    destination = destination.resolve()
    has_files = destination.exists() and any(destination.iterdir())
    if has_files and not (destination / MARKER).is_file():
        raise ExportError(f"{destination}: has other files in it: choose a new folder")
    destination.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{destination.name}-", dir=destination.parent))
    try:
        export = _fill(draft, destination, list_files(shelf, site, images), tell)
        if export.written or export.removed:
            draft.chmod(0o755)
            _put_in_place(draft, destination)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return export


def _fill(
    draft: Path, old: Path, files: Iterable[tuple[str, bytes]], tell: Callable[[str], object]
) -> Export:
    export = Export()
    before = {path.relative_to(old) for path in old.rglob("*") if path.is_file()}
    for name, body in files:
        forms = {name: body}
        if (old / name).is_file() and (old / name).read_bytes() == body:
            forms = {
                known: b"" for known in (name, *_name_compressed(name)) if (old / known).exists()
            }
            for known in forms:
                (draft / known).parent.mkdir(parents=True, exist_ok=True)
                os.link(old / known, draft / known)
            export.kept += len(forms)
        else:
            tell(name)
            if Path(name).suffix in COMPRESSED:
                forms |= {name + SUFFIXES[c]: encode_body(body, c) for c in CODINGS}
            for known, data in forms.items():
                _write(draft / known, data)
            export.written += len(forms)
        before -= {Path(known) for known in forms}
    export.removed = len(before)
    return export


def _name_compressed(name: str) -> list[str]:
    return (
        [name + suffix for suffix in SUFFIXES.values()] if Path(name).suffix in COMPRESSED else []
    )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(draft: Path, destination: Path) -> None:
    """Put a folder in the place of another in one step, where the system can (Linux)."""
    if not destination.exists():
        draft.rename(destination)
        return
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        one, other = os.fsencode(draft), os.fsencode(destination)
        if system.renameat2(_HERE, one, _HERE, other, _EXCHANGE) == 0:
            return
    old = draft.with_name(draft.name + "-old")
    destination.rename(old)
    draft.rename(destination)
    shutil.rmtree(old, ignore_errors=True)


def write_headers() -> str:
    """Write the headers of every page for hosts that read a `_headers` file."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in list_security_headers())]
    return "\n".join([*lines, "  Cache-Control: public, max-age=300", ""])


def write_redirects(shelf: Shelf, site: Site) -> str:
    """Write the redirects for hosts that read a `_redirects` file: two editions side by side."""
    lines = [
        f"{site.address(tag)} with={other} {site.address(tag)}with/{other}/ 200"
        for tag in shelf.editions
        for other in shelf.editions
        if other != tag
    ]
    return "\n".join([*lines, ""])


def write_sitemap(shelf: Shelf, site: Site) -> str:
    """Write the sitemap: each edition with something in it, and its alternates (hreflang)."""
    editions = [edition for edition in shelf.editions.values() if edition.is_alternate]
    addresses = {e.language.tag: site.origin + site.address(e.language.tag) for e in editions}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{address}"/>'
        for tag, address in [*addresses.items(), ("x-default", site.origin + site.address())]
    )
    urls = "".join(f"<url><loc>{address}</loc>{links}</url>\n" for address in addresses.values())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{urls}</urlset>\n'
    )
