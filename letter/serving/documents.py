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

from letter.files import write_file
from letter.formats.site import Site, SiteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from letter.editions.catalogue import Catalogue
    from letter.editions.library import Shelf
    from letter.formats.printer import Job
    from letter.source.letter import Letter

NAMES = {"pdf": "letter.pdf", "card": "card.png"}
SETTLE = 0.5  # seconds: what is saved twice in a row is printed once, and a start isn't slowed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of a job: the document, or None."""

    mark: str
    data: bytes | None


class Press:
    """Makes the documents of a shelf in the background, and gives it those that are ready.

    Until the new ones of an edited language are ready, its old ones stay up. One that can't be made
    is logged once, and is missing until its edition changes. `names` is what to make; None means
    all that can be made here. `on_ready` is called, from another thread, when there is more.
    `folder` keeps them for the other workers, and for a start later on.
    """

    def __init__(
        self, site: Site, names: Sequence[str] | None = None, folder: Path | None = None
    ) -> None:
        self.on_ready: Callable[[], object] = lambda: None
        self._site, self._names, self._folder = site, names, folder
        self._lock = threading.Lock()
        self._bare: Shelf | None = None
        self._furnished: Shelf | None = None
        self._made: dict[str, dict[str, _Made]] = {}
        self._done: dict[str, tuple[Letter, Catalogue]] = {}
        self._told: set[str] = set()
        self._thread: threading.Thread | None = None

    def furnish(self, shelf: Shelf) -> Shelf:
        """Give a shelf with the documents that are ready; those it lacks are being made from now.

        As long as nothing changed, it is the same shelf every time.
        """
        if self._names is not None and not self._names:
            return shelf
        with self._lock:
            if shelf is not self._bare or self._furnished is None:
                self._bare = shelf
                self._furnished = self._put_in(shelf)
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="press", daemon=True)
                    self._thread.start()
            return self._furnished

    def _put_in(self, shelf: Shelf) -> Shelf:
        known = shelf.editions
        self._made = {
            tag: made
            for tag, made in self._made.items()
            if tag in known and known[tag].is_alternate
        }
        documents = {
            tag: {
                name: data for name in NAMES.values() if name in made and (data := made[name].data)
            }
            for tag, made in self._made.items()
        }
        return replace(shelf, documents=documents)

    def _run(self) -> None:
        while True:
            time.sleep(SETTLE)
            shelf = self._bare
            if shelf:
                self._make(shelf)
            with self._lock:
                if shelf is self._bare:
                    self._thread = None
                    return

    def _make(self, shelf: Shelf) -> None:
        """Make what is missing; where an edit comes in between, `_run` begins again with it."""
        from letter.formats.printer import print_documents

        for job, answer in print_documents(self._list_jobs(shelf)):
            if isinstance(answer, str) and answer not in self._told:
                self._told.add(answer)
                log.warning("no %s/%s: %s", job.tag, job.name, answer)
            elif not isinstance(answer, str):
                self._keep(job, answer)
            self._take(job, None if isinstance(answer, str) else answer, shelf)
            if shelf is not self._bare:
                return

    def _take(self, job: Job, data: bytes | None, shelf: Shelf) -> None:
        with self._lock:
            self._made.setdefault(job.tag, {})[job.name] = _Made(job.mark, data)
            self._furnished = self._put_in(self._bare or shelf)
        self.on_ready()

    def _find_kept(self, job: Job) -> bytes | None:
        """Find what another worker has made of the same inputs."""
        try:
            data = (self._folder / f"{job.tag}-{job.name}").read_bytes() if self._folder else b""
        except OSError:
            return None
        return data if job.mark.encode() in data else None

    def _keep(self, job: Job, data: bytes) -> None:
        if self._folder:
            with suppress(OSError):
                write_file(self._folder / f"{job.tag}-{job.name}", data)

    def _list_jobs(self, shelf: Shelf) -> Iterator[Job]:
        from letter.formats.printer import prepare_job

        names = list_possible() if self._names is None else self._names
        for tag, edition in shelf.editions.items():
            letter, catalogue = self._done.get(tag, (None, None))
            if letter is edition.letter and catalogue is edition.catalogue:
                continue
            for name in names if edition.is_alternate else ():
                job = prepare_job(edition, self._site, name)
                made = self._made.get(tag, {}).get(name)
                if made is not None and made.mark == job.mark:
                    continue
                if not job.problem and (kept := self._find_kept(job)):
                    self._take(job, kept, shelf)
                else:
                    yield job
            self._done[tag] = edition.letter, edition.catalogue


def make_documents(
    shelf: Shelf,
    site: Site,
    names: Sequence[str],
    read_old: Callable[[str], bytes],
    tell: Callable[[str], object],
) -> tuple[Mapping[str, Mapping[str, bytes]], Mapping[str, list[str]]]:
    """Make all documents of a shelf, and say which couldn't be made, by the reason.

    `read_old` gives what a file such as "ar/letter.pdf" was before, or b"": if it is of the same
    edition, it is taken again. `tell` is called with the name of each file that is to be made.
    """
    from letter.formats.printer import prepare_job, print_documents

    documents: dict[str, dict[str, bytes]] = {}
    problems: dict[str, list[str]] = {}

    def list_jobs() -> Iterator[Job]:
        for tag, edition in shelf.editions.items():
            for name in names if edition.is_alternate else ():
                job = prepare_job(edition, site, name)
                old = read_old(f"{tag}/{name}")
                if job.mark.encode() in old:
                    documents.setdefault(tag, {})[name] = old
                else:
                    tell(f"{tag}/{name}")
                    yield job

    for job, answer in print_documents(list_jobs()):
        if isinstance(answer, str):
            problems.setdefault(answer, []).append(f"{job.tag}/{job.name}")
        else:
            documents.setdefault(job.tag, {})[job.name] = answer
    return documents, problems


def find_folder() -> Path | None:
    """Give the folder that the workers of one user share for documents; None if there can't be one.

    It is in the system's folder for temporary files, where others could put one of that name first:
    it has to be ours, and ours alone.
    """
    if not hasattr(os, "getuid"):
        return None
    folder = Path(tempfile.gettempdir(), f"letter-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    ours = status.st_uid == os.getuid() and stat.S_IMODE(status.st_mode) == 0o700
    return folder if ours and stat.S_ISDIR(status.st_mode) else None


def choose_names(wanted: str | None) -> Sequence[str] | None:
    """Read which documents are wanted: "pdf,card", "none", or nothing for all that are possible.

    SiteError if it says anything else.
    """
    if not wanted:
        return None
    forms = [form.strip() for form in wanted.split(",")] if wanted != "none" else []
    if not all(form in NAMES for form in forms):
        raise SiteError(f"{wanted!r} are no documents: write pdf, card, pdf,card or none")
    return [name for form, name in NAMES.items() if form in forms]


def list_possible() -> Sequence[str]:
    """List the documents for which the libraries are installed."""
    from letter.formats.documents import explain_missing

    return [name for form, name in NAMES.items() if not explain_missing(form)]
