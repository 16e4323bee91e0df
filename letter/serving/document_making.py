"""The documents of a shelf, which take a second each: for an export, or while readers read."""

from __future__ import annotations

import logging
import os
import stat
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from letter.addresses import CARD, PAPER
from letter.files import write_file
from letter.formats.site import Site, SiteError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from letter.editions.edition import Edition
    from letter.editions.shelf import Shelf

NAMES = {"pdf": PAPER, "card": CARD}
SETTLE = 0.5  # seconds: what is saved twice in a row is printed once, and a start isn't slowed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Made:
    """The document made of an edition, or b"" and the problem that kept it from being made."""

    edition: Edition
    data: bytes = b""
    problem: str = ""


class DocumentMaker:
    """Makes the documents of a shelf in the background, and gives a shelf those that are ready.

    Until the new documents of an edited language are ready, its old ones stay up. A document that
    can't be made is missing until its edition changes, and a problem that several have is logged
    once. `names` is what to make; None means all that can be made here. `folder` keeps documents
    for the other workers, and for a start later on.
    """

    def __init__(
        self, site: Site, names: Sequence[str] | None = None, folder: Path | None = None
    ) -> None:
        self._site, self._names, self._folder = site, names, folder
        self._lock = threading.Lock()
        self._wanted: Shelf | None = None  # whose documents are to be made
        self._made: dict[tuple[str, str], _Made] = {}  # by tag and name
        self._latest: Shelf | None = None
        self._is_at_work = False

    def add_documents(self, shelf: Shelf) -> Shelf:
        """Give a shelf with the documents that are ready, and begin to make those it lacks.

        The shelf is the same object as long as nothing has changed.
        """
        if self._names is not None and not self._names:
            return shelf
        documents: dict[str, dict[str, bytes]] = {}
        with self._lock:
            if shelf is not self._wanted:
                self._wanted = shelf
                if not self._is_at_work:
                    threading.Thread(target=self._run, name="documents", daemon=True).start()
                    self._is_at_work = True
            for (tag, name), made in self._made.items():
                edition = shelf.editions.get(tag)
                if made.data and edition and edition.is_begun:
                    documents.setdefault(tag, {})[name] = made.data
            before = self._latest
            # Not by value: the letter may say the same and hold another picture.
            if before and before.editions is shelf.editions and before.documents == documents:
                return before
            self._latest = latest = replace(shelf, documents=documents)
            return latest

    def _run(self) -> None:
        """Make documents until the shelf that is wanted has its own; a thread's whole life."""
        while True:
            time.sleep(SETTLE)
            shelf = self._wanted
            try:
                if shelf:
                    self._make_all(shelf)
            except Exception:  # whatever it was, the next edit may mend it
                log.exception("The documents can't be made")
            with self._lock:
                if shelf is self._wanted:
                    self._is_at_work = False
                    return

    def _make_all(self, shelf: Shelf) -> None:
        """Make what is missing, until another shelf is wanted."""
        for edition, name in _list_wanted(shelf, self._names):
            if shelf is not self._wanted:
                return
            made = self._make(edition, name)
            with self._lock:
                self._made[edition.language.tag, name] = made
        with self._lock:
            self._made = {key: made for key, made in self._made.items() if key[0] in shelf.editions}

    def _make(self, edition: Edition, name: str) -> _Made:
        """Make a document, unless it is there and would become the same."""
        from letter.formats.printer import DocumentError, print_document

        tag = edition.language.tag
        made = self._made.get((tag, name))
        if made and made.edition is edition:
            return made
        kept = self._folder / f"{tag}-{name}" if self._folder else None
        olds = [made.data if made else b"", _read_old(kept)]
        try:
            data = print_document(edition, self._site, name, olds)
        except DocumentError as error:
            problem = str(error)
            if all(each.problem != problem for each in self._made.values()):
                log.warning("no %s/%s: %s", tag, name, problem)
            return _Made(edition, problem=problem)
        except Exception as error:  # over a text that nobody foresaw; others may be made
            log.exception("no %s/%s", tag, name)
            return _Made(edition, problem=repr(error))
        if kept:
            with suppress(OSError):
                write_file(kept, data)
        return _Made(edition, data)


def make_documents(
    shelf: Shelf, site: Site, names: Sequence[str], old: Path, tell: Callable[[str, int, int], None]
) -> tuple[Mapping[str, Mapping[str, bytes]], Mapping[str, list[str]]]:
    """Make all documents of a shelf, and say which couldn't be made, by the reason.

    A document of the `old` site is taken again if it is of the same edition. `tell` is called with
    the name of each file ("ar/letter.pdf"), its number and how many there are, before it is made.
    """
    from letter.formats.printer import DocumentError, print_document

    documents: dict[str, dict[str, bytes]] = {}
    problems: dict[str, list[str]] = {}
    wanted = _list_wanted(shelf, names)
    for number, (edition, name) in enumerate(wanted, 1):
        tag = edition.language.tag
        path = f"{tag}/{name}"
        tell(path, number, len(wanted))
        try:
            data = print_document(edition, site, name, [_read_old(old / path)])
        except DocumentError as error:
            problems.setdefault(str(error), []).append(path)
        else:
            documents.setdefault(tag, {})[name] = data
    return documents, problems


def _list_wanted(shelf: Shelf, names: Sequence[str] | None) -> list[tuple[Edition, str]]:
    """List the documents of a shelf; None means all for which the libraries are installed."""
    from letter.formats.fonts import explain_missing

    if names is None:
        names = [name for form, name in NAMES.items() if not explain_missing(form)]
    editions = [edition for edition in shelf.editions.values() if edition.is_begun]
    return [(edition, name) for edition in editions for name in names]


def _read_old(path: Path | None) -> bytes:
    """Read what an earlier export or another worker has made; b"" if there is nothing."""
    return path.read_bytes() if path and path.is_file() else b""


def find_folder() -> Path | None:
    """Give the folder that the workers of one user share for documents; None if there can't be one.

    The folder is in the system's folder for temporary files, where others could put a folder of
    that name first: it is taken only if this user owns it and nobody else may enter.
    """
    folder = Path(tempfile.gettempdir(), f"letter-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    is_ours = status.st_uid == os.getuid() and status.st_mode == stat.S_IFDIR | 0o700
    return folder if is_ours else None


def choose_names(wanted: str | None) -> Sequence[str] | None:
    """Read which documents are wanted: "pdf,card", "none", or nothing for all that are possible.

    Raises SiteError if `wanted` says anything else.
    """
    if not wanted:
        return None
    forms = [form.strip() for form in wanted.split(",")] if wanted != "none" else []
    if not all(form in NAMES for form in forms):
        raise SiteError(f"{wanted!r} are no documents: write pdf, card, pdf,card or none")
    return [name for form, name in NAMES.items() if form in forms]
