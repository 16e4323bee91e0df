"""The whole letter as a folder of files: for any host, or to be opened from a disk.

A new folder is made beside the old one, with hard links to what hasn't changed, and takes the old
one's place in one step: whatever happens half-way, the old site stays whole.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from letter.addresses import ANCHOR, MEDIA, MISSING, Address, Kind, find_file
from letter.errors import OneLetterError
from letter.export.host_files import write_host_files
from letter.files import (
    explain_refusal,
    hold_folder,
    make_folder,
    replace_folder,
    sync_folder,
)
from letter.formats.page import render_chooser, render_missing
from letter.serving.codings import CODINGS, SUFFIXES, encode_body
from letter.serving.publications import list_published, publish

if TYPE_CHECKING:
    from letter.editions.shelf import Shelf
    from letter.formats.site import Site

Files = Mapping[str, Callable[[], bytes]]  # what makes each file, by its path from the top
Tell = Callable[[str, int, int], None]  # a file to be written: its path, its number, of all

MARKER = ".letter-export"  # says that a folder is an export, which may be replaced
COMPRESSED = (".html", ".txt", ".xml", ".json")  # files that stand beside their compressed forms

_PASSAGE = re.compile(rf"[^/]+/{ANCHOR}/index\.html")
_MARK = "This folder is written by scripts/export.py, which replaces it whole.\n"


class ExportError(OneLetterError):
    """A site that couldn't be written; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Export:
    """What an export did: how many files it wrote, kept from the old site, and left out."""

    written: int
    kept: int
    removed: int


def list_files(shelf: Shelf, site: Site, images: Path) -> Files:
    """List every file of the site but the compressed forms; `images` is the folder of pictures.

    A site to be opened from a disk has no files for hosts: neither pages for wrong addresses nor
    rules.
    """
    files: dict[str, Callable[[], bytes]] = {
        MARKER: _MARK.encode,
        find_file(Kind.CHOICE): lambda: render_chooser(shelf, site).encode(),
    }
    for address in list_published(shelf, site):
        files[find_file(address.path)] = partial(_publish_body, shelf, site, address)
    for name in sorted(map(unquote, shelf.letter.images)):
        files[find_file(MEDIA + name)] = (images / name).read_bytes
    if site.disk:
        return files
    for tag, edition in shelf.editions.items():
        # Nobody knows at which depth such a page is shown, nor where a copy of the site lies: whole
        # addresses hold everywhere, and lead from a copy to the letter itself.
        missing = render_missing(edition, shelf, site, site.join("")).encode
        files[find_file(Kind.EDITION.write_path(tag) + MISSING)] = missing
        if edition.is_source:
            files[MISSING] = missing
    return files | {name: text.encode for name, text in write_host_files(shelf, site)}


def _publish_body(shelf: Shelf, site: Site, address: Address) -> bytes:
    publication = publish(shelf, site, address)
    assert publication, f"{address.path} is listed as published"
    return publication.body


def export_site(
    shelf: Shelf, site: Site, images: Path, destination: Path, tell: Tell = lambda *_: None
) -> Export:
    """Write the site; only what changed is written, and what is gone is removed.

    `tell` is called after each file that was written. Another export into the same folder is waited
    for, and what a killed export left is removed. Raises ExportError for a folder with other
    things in it, where the disk refuses, and while a file of the letter's can't be read, since
    English would then stand in the place of a good translation. The old site is whole after any.
    """
    refuse_broken(shelf)
    destination = destination.resolve()
    if destination.is_mount():
        hint = f"choose a folder in it, such as {destination / 'site'}"
        raise ExportError(f"{destination}: is a disk of its own, which can't be replaced: {hint}")
    room = destination.with_name(f".{destination.name}{MARKER}")
    draft = room / destination.name
    try:
        with make_folder(destination.parent), hold_folder(room):
            has_files = destination.exists() and any(destination.iterdir())
            if has_files and not (destination / MARKER).is_file():
                raise ExportError(f"{destination}: has other files in it: choose a new folder")
            files = list_files(shelf, site, images)
            export = _fill_draft(draft, destination, files, () if site.disk else CODINGS, tell)
            if export.written or export.removed:
                if destination.exists():
                    shutil.copymode(destination, draft)
                replace_folder(draft, destination)
            return export
    except OSError as error:
        name = str(error.filename or destination)
        for path in (draft, room):
            name = name.replace(str(path), str(destination), 1)
        raise ExportError(f"{name}: {explain_refusal(error)}: the site is as it was") from error


def refuse_broken(shelf: Shelf) -> None:
    """Raise ExportError while a file of the letter's, or their folder, can't be read."""
    if problems := [*shelf.unusable, *(e.problem for e in shelf.editions.values() if e.problem)]:
        told = "\n".join(problems)
        raise ExportError(f"{told}\nThe site is as it was: mend this first.")


def _fill_draft(
    draft: Path, old: Path, files: Files, codings: tuple[str, ...], tell: Tell
) -> Export:
    """Write the new folder, with links to what stays as it is in the old one.

    Pages are rendered one at a time, but compressed and written by all processors.
    """
    before = {path.relative_to(old).as_posix() for path in old.rglob("*") if path.is_file()}
    written: set[str] = set()
    kept: set[str] = set()

    def put(name: str) -> tuple[dict[str, str], bool]:
        body = files[name]()
        forms = {name: "identity"}
        if name.endswith(COMPRESSED):
            forms |= {name + SUFFIXES[coding]: coding for coding in codings}
        is_kept = forms.keys() <= before and (old / name).read_bytes() == body
        is_quick = bool(_PASSAGE.fullmatch(name))
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        for form, coding in forms.items():
            if not (is_kept and _link_file(old / form, draft / form)):
                with _name_file(draft / form):
                    (draft / form).write_bytes(encode_body(body, coding, is_quick=is_quick))
        return forms, is_kept

    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for number, (forms, is_kept) in enumerate(pool.map(put, files), 1):
            (kept if is_kept else written).update(forms)
            if not is_kept:
                tell(next(iter(forms)), number, len(files))
    finally:
        pool.shutdown(cancel_futures=True)
    _sync_draft(draft, written)
    return Export(len(written), len(kept), len(before - written - kept))


def _link_file(old: Path, new: Path) -> bool:
    """Give a file a second name; say whether its disk can (a memory stick can't)."""
    with suppress(OSError):
        os.link(old, new)
        return True
    return False


def _sync_draft(draft: Path, written: Collection[str]) -> None:
    """Have all that was written outlast a power failure; all at once is quicker than one by one."""
    for name in written:
        with _name_file(draft / name), (draft / name).open("rb") as file:
            os.fsync(file.fileno())
    for folder, _, _ in os.walk(draft):
        sync_folder(Path(folder))


@contextmanager
def _name_file(path: Path) -> Iterator[None]:
    """Have an error of the disk name the file."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, explain_refusal(error), str(path)) from error
