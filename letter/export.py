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

from letter.caddy import write_snippet
from letter.front import CODINGS, encode_body
from letter.library import Shelf
from letter.netlify import write_headers, write_redirects
from letter.nginx import SUFFIXES, write_answers, write_maps
from letter.page import Site, render_chooser, render_missing
from letter.publish import list_published, publish
from letter.rules import find_file, make_rules

MARKER = ".letter-export"  # says that a folder is an export, which may be replaced
COMPRESSED = {".html", ".txt", ".xml", ".json"}

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
    published = []
    for path, query in list_published(shelf):
        found = publish(shelf, site, path, query)
        if found is not None:
            published.append((path, query, found))
            yield find_file(path, query).removeprefix("/"), found.body
    for tag, edition in shelf.editions.items():
        missing = render_missing(edition, shelf, site).encode()
        yield f"{tag}/404.html", missing
        if edition.is_source:
            yield "404.html", missing
    for image in sorted(shelf.letter.images):
        yield f"media/{unquote(image)}", (images / unquote(image)).read_bytes()
    rules = make_rules(shelf, site, published, CODINGS)
    yield ".hosts/nginx-maps.conf", write_maps(rules).encode()
    yield ".hosts/nginx-answers.conf", write_answers(rules).encode()
    yield ".hosts/Caddyfile", write_snippet(rules).encode()
    yield "_headers", write_headers(rules).encode()
    yield "_redirects", write_redirects(rules).encode()
    if site.origin:
        yield "sitemap.xml", write_sitemap(shelf, site).encode()
        address = f"{site.origin}{site.address()}sitemap.xml"
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}\n".encode()
    yield MARKER, b"This folder is written by scripts/export.py, which replaces it whole.\n"


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
        codings = CODINGS if Path(name).suffix in COMPRESSED else ()
        names = [name, *(name + SUFFIXES[coding] for coding in codings)]
        if all((old / known).is_file() for known in names) and (old / name).read_bytes() == body:
            for known in names:
                (draft / known).parent.mkdir(parents=True, exist_ok=True)
                os.link(old / known, draft / known)
            export.kept += len(names)
        else:
            tell(name)
            for known, coding in zip(names, ("identity", *codings), strict=True):
                _write(draft / known, encode_body(body, coding))
            export.written += len(names)
        before -= set(map(Path, names))
    export.removed = len(before)
    return export


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
