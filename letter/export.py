"""The whole letter as a folder of files that any host can carry.

A new folder is made beside the old one, with hard links to what hasn't changed, and takes its place
in one step: whatever happens half-way, the old site stays whole.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from letter.files import explain_refusal, lock_folder, make_folder, replace_folder
from letter.front import CODINGS, encode_body
from letter.library import Shelf
from letter.page import Site, render_chooser, render_missing
from letter.publish import list_published, list_security_headers, publish

MARKER = ".letter-export"  # says that a folder is an export, which may be replaced
DRAFT = ".letter-export-"  # in the names of folders that are not finished
COMPRESSED = {".html", ".txt", ".xml", ".json", ".svg"}
SUFFIXES = {"br": ".br", "gzip": ".gz"}


class ExportError(ValueError):
    """A site that couldn't be written; the text says why, and what to do."""


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


def export_site(shelf: Shelf, site: Site, images: Path, destination: Path) -> Export:
    """Write the site; only what changed is written, and what is gone is removed.

    Another export beside it is waited for, and what a killed one left is removed. Raises
    ExportError for a folder with other things in it and where the disk refuses: the old site is
    whole then.
    """
    destination = destination.resolve()
    if destination.is_mount():
        hint = f"choose a folder in it, such as {destination / 'site'}"
        raise ExportError(f"{destination}: is a disk of its own, which can't be replaced: {hint}")
    draft = destination.with_name(f".{destination.name}{DRAFT}{secrets.token_hex(4)}")
    try:
        with make_folder(destination.parent), lock_folder(destination.parent):
            has_files = destination.exists() and any(destination.iterdir())
            if has_files and not (destination / MARKER).is_file():
                raise ExportError(f"{destination}: has other files in it: choose a new folder")
            _remove_drafts(destination)
            return _replace(draft, destination, shelf, site, images)
    except OSError as error:
        name = str(error.filename or destination).replace(str(draft), str(destination), 1)
        raise ExportError(f"{name}: {explain_refusal(error)}: the site is as it was") from error


def _remove_drafts(destination: Path) -> None:
    """Remove what exports left that were killed; whoever holds the lock knows that none runs."""
    ours = re.compile(re.escape(f".{destination.name}{DRAFT}") + "[0-9a-f]{8}(-old)?")
    for path in destination.parent.iterdir():
        if ours.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _replace(draft: Path, destination: Path, shelf: Shelf, site: Site, images: Path) -> Export:
    try:
        draft.mkdir()
        export = _fill(draft, destination, shelf, site, images)
        if export.written or export.removed:
            if destination.exists():
                shutil.copymode(destination, draft)
            replace_folder(draft, destination)
        return export
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(draft: Path, old: Path, shelf: Shelf, site: Site, images: Path) -> Export:
    export = Export()
    before = {path.relative_to(old) for path in old.rglob("*") if path.is_file()}
    for name, body in list_files(shelf, site, images):
        codings = CODINGS if Path(name).suffix in COMPRESSED else ()
        forms = {name: "identity"} | {name + SUFFIXES[coding]: coding for coding in codings}
        is_kept = before.issuperset(map(Path, forms)) and (old / name).read_bytes() == body
        for known, coding in forms.items():
            (draft / known).parent.mkdir(parents=True, exist_ok=True)
            if not (is_kept and _link(old / known, draft / known)):
                _write(draft / known, encode_body(body, coding))
        export.kept += len(forms) if is_kept else 0
        export.written += len(forms) if not is_kept else 0
        before -= {Path(known) for known in forms}
    export.removed = len(before)
    return export


def _link(old: Path, new: Path) -> bool:
    """Give a file a second name; say whether its disk can (a memory stick's can't)."""
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OSError(error.errno, explain_refusal(error), str(path)) from error


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
