"""The whole letter as a folder of files that any host can carry.

A new folder is made beside the old one, with hard links to what hasn't changed, and takes its place
in one step: whatever happens half-way, the old site stays whole.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from letter.errors import OneLetterError
from letter.export.caddy import write_snippet
from letter.export.netlify import write_headers, write_redirects
from letter.export.nginx import write_answers, write_maps
from letter.export.rules import find_file, make_rules
from letter.files import explain_refusal, lock_folder, make_folder, replace_folder
from letter.formats.page import render_chooser, render_missing
from letter.serving.codings import CODINGS, SUFFIXES, encode_body
from letter.serving.publications import list_published, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from letter.editions.library import Shelf
    from letter.formats.site import Site

MARKER = ".letter-export"  # says that a folder is an export, which may be replaced
DRAFT = ".letter-export-"  # in the names of folders that are not finished
COMPRESSED = {".html", ".txt", ".xml", ".json"}


class ExportError(OneLetterError):
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
    published = []
    for path, query in list_published(shelf, site):
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
    yield MARKER, b"This folder is written by scripts/export.py, which replaces it whole.\n"


def export_site(
    shelf: Shelf,
    site: Site,
    images: Path,
    destination: Path,
    tell: Callable[[str], object] = lambda name: None,
) -> Export:
    """Write the site; only what changed is written, and what is gone is removed.

    `tell` is called with the name of each file that is to be written. Another export beside it is
    waited for, and what a killed one left is removed. Raises ExportError for a folder with other
    things in it, where the disk refuses, and while a file of the letter's can't be read, which
    would show English in the place of a good translation: the old site is whole then.
    """
    refuse_broken(shelf)
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
            return _replace(draft, destination, list_files(shelf, site, images), tell)
    except OSError as error:
        name = str(error.filename or destination).replace(str(draft), str(destination), 1)
        raise ExportError(f"{name}: {explain_refusal(error)}: the site is as it was") from error


def refuse_broken(shelf: Shelf) -> None:
    """Raise ExportError while a file of the letter's can't be read."""
    if problems := [e.problem for e in shelf.editions.values() if e.problem]:
        told = "\n".join(problems)
        raise ExportError(f"{told}\nThe site is as it was: mend this first.")


def _remove_drafts(destination: Path) -> None:
    """Remove what exports left that were killed; whoever holds the lock knows that none runs."""
    ours = re.compile(re.escape(f".{destination.name}{DRAFT}") + "[0-9a-f]{8}(-old)?")
    for path in destination.parent.iterdir():
        if ours.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _replace(
    draft: Path,
    destination: Path,
    files: Iterable[tuple[str, bytes]],
    tell: Callable[[str], object],
) -> Export:
    try:
        draft.mkdir()
        export = _fill(draft, destination, files, tell)
        if export.written or export.removed:
            if destination.exists():
                shutil.copymode(destination, draft)
            replace_folder(draft, destination)
        return export
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(
    draft: Path, old: Path, files: Iterable[tuple[str, bytes]], tell: Callable[[str], object]
) -> Export:
    export = Export()
    before = {path.relative_to(old) for path in old.rglob("*") if path.is_file()}
    for name, body in files:
        codings = CODINGS if Path(name).suffix in COMPRESSED else ()
        forms = {name: "identity"} | {name + SUFFIXES[coding]: coding for coding in codings}
        is_kept = before.issuperset(map(Path, forms)) and (old / name).read_bytes() == body
        if not is_kept:
            tell(name)
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
