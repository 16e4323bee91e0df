"""A WSGI layer in front of the app that answers what is published from prepared bytes.

The app behind it is loaded at the first request that needs it: a choice, a redirect, an error.
When a file is touched, a thread makes the pages anew that readers have asked for, while requests
are answered with what there was; they never wait for it.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from letter.serving.codings import BEST, CODINGS, QUICK, choose_coding, encode_body
from letter.serving.documents import Press
from letter.serving.publications import Publication, publish
from letter.serving.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from letter.editions.library import Library, Shelf
    from letter.formats.site import Site

MEMORY = 64 * 1024 * 1024  # bytes of prepared answers, after which the oldest are dropped
TURN = 0.0005  # seconds that a request waits for its turn while pages are made anew

log = logging.getLogger(__name__)

Address = tuple[str, str]  # a path and a query


@dataclass(frozen=True, slots=True)
class Answer:
    """One coding of a page, ready to be sent."""

    etag: str
    headers: list[tuple[str, str]]
    not_modified: list[tuple[str, str]]
    chunks: list[bytes]


_Quick = tuple[Address, dict[str, Answer], Publication]  # quickly compressed until now


class Front:
    """Answers GET and HEAD of published pages, and hands everything else to the app."""

    def __init__(
        self,
        library: Library,
        site: Site,
        make_app: Callable[[], WSGIApplication],
        press: Press | None = None,
    ) -> None:
        self._library, self._site, self._make_app = library, site, make_app
        self._press = press or Press(site, ())
        self._app: WSGIApplication | None = None
        self._lock = threading.Lock()
        self._shelf: Shelf = library.read_shelf()
        self._watch: Watch | None = None
        self._process = 0  # a server may fork after loading us, and threads stay behind
        self._answers: dict[Address, dict[str, Answer]] = {}
        self._made: dict[Address, tuple[Shelf, int]] = {}  # of which shelf, and its size in bytes
        self._size = 0
        self._waiting: SimpleQueue[_Quick | None] = SimpleQueue()
        self._codings: dict[str, str] = {}
        self._turn = threading.Lock()  # of who brings all up to date
        self._press.on_ready = self._bring_up_to_date

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            return self._ask_app(environ, start_response)
        address = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")  # both optional
        answers = self._answers.get(address) or self._prepare(address)
        if answers is None:
            return self._ask_app(environ, start_response)
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        answer = answers[self._codings.get(accepted) or self._choose_coding(accepted)]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and (answer.etag in known or known.strip() == "*"):
            start_response("304 Not Modified", answer.not_modified)
            return []  # granian sends a list at once, and anything else piece by piece
        start_response("200 OK", answer.headers)
        return answer.chunks if method == "GET" else []

    def close(self) -> None:
        """Have the threads stop within a second; pages stay as they are then."""
        if self._watch:
            self._watch.close()
            self._waiting.put(None)

    def _prepare(self, address: Address) -> dict[str, Answer] | None:
        """Make a page that nobody has asked for yet; None where there is none."""
        self.start()
        shelf = self._shelf
        if found := publish(shelf, self._site, *address):
            return self._keep(address, found, shelf)
        path, query = address
        plain = _strip_query(path, query)
        if plain is None or plain == query:
            return None
        return self._answers.get((path, plain)) or self._prepare((path, plain))

    def start(self) -> None:
        """Start to keep up with the files, in each process once."""
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._watch = watch = Watch()
            self._look_again(watch)
            self._library.is_kept = True
            sys.setswitchinterval(TURN)
            threading.Thread(target=self._keep_up, args=(watch,), daemon=True).start()
            if "br" in CODINGS:
                threading.Thread(target=self._compress, daemon=True).start()

    def _look_again(self, watch: Watch) -> None:
        shelf = self._library.look_again()
        while watch.add(self._library.list_folders()):
            shelf = self._library.look_again()
        self._shelf = self._press.furnish(shelf)

    def _keep_up(self, watch: Watch) -> None:
        """Bring all up to date whenever a file is touched; a thread's whole life."""
        try:
            while watch.wait():
                self._bring_up_to_date()
        finally:
            self._library.is_kept = False

    def _bring_up_to_date(self) -> None:
        """Make the pages anew that were made of older files, or lack a document that is ready."""
        watch = self._watch
        if watch is None:
            return
        with self._turn:
            try:
                self._look_again(watch)
                for address in self._list_outdated():
                    self._make_anew(address)
                    if watch.is_touched():
                        break
            except Exception:  # whatever it was, the next edit may mend it
                log.exception("The pages can't be brought up to date")

    def _list_outdated(self) -> list[Address]:
        """List the pages that were made of older files, those first whose own text changed."""
        shelf = self._shelf

        def is_other(address: Address) -> bool:
            tag = address[0].split("/")[1]
            return self._made[address][0].editions.get(tag) is shelf.editions.get(tag)

        with self._lock:
            outdated = [address for address, (made, _) in self._made.items() if made is not shelf]
            return sorted(outdated, key=is_other)

    def _make_anew(self, address: Address) -> None:
        shelf = self._shelf
        try:
            found = publish(shelf, self._site, *address)
        except Exception:  # readers keep what they have
            log.exception("%s can't be made anew", address[0])
            return
        if found:
            self._keep(address, found, shelf)
        else:
            with self._lock:
                self._drop(address)

    def _keep(self, address: Address, found: Publication, shelf: Shelf) -> dict[str, Answer]:
        codings = {coding: coding for coding in ("identity", *CODINGS)}
        if found.is_compressed:
            codings = dict.fromkeys(codings, "identity")
        answers = {
            accepted: _make_answer(found, coding, QUICK) for accepted, coding in codings.items()
        }
        size = sum(len(answer.chunks[0]) for answer in answers.values())
        with self._lock:
            if shelf is self._shelf:  # else an edit came in between
                self._drop(address)
                while self._made and self._size + size > MEMORY:
                    self._drop(next(iter(self._made)))
                self._answers[address], self._made[address] = answers, (shelf, size)
                self._size += size
                if "br" in CODINGS and not found.is_compressed:
                    self._waiting.put((address, answers, found))
        return answers

    def _drop(self, address: Address) -> None:
        self._answers.pop(address, None)
        _, size = self._made.pop(address, (None, 0))
        self._size -= size

    def _compress(self) -> None:
        """Put the best compression in the place of the quick one; a thread's whole life."""
        if sys.platform == "linux":  # where a thread has a priority of its own
            with suppress(OSError):  # which a service may not be allowed to lower
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        while quick := self._waiting.get():
            address, answers, found = quick
            if self._answers.get(address) is answers:
                answers["br"] = _make_answer(found, "br", BEST)

    def _choose_coding(self, accepted: str) -> str:
        chosen = choose_coding(accepted)
        if len(self._codings) < 1000:  # clients send a handful; anyone may send any
            self._codings[accepted] = chosen
        return chosen

    def _ask_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._app is None:
            self._app = self._make_app()
        return self._app(environ, start_response)


def _strip_query(path: str, query: str) -> str | None:
    """Take out what others add to an address, such as `fbclid`; None if it asks to be kept."""
    is_edition = path.endswith("/") and path.count("/") == 2
    values = dict(reversed(parse_qsl(query, keep_blank_values=True))) if is_edition else {}
    if "choose" in values:
        return None
    return f"with={values['with']}" if values.get("with") else ""


def _make_answer(found: Publication, coding: str, quality: int) -> Answer:
    body = encode_body(found.body, coding, quality)
    etag = found.etag if coding == "identity" else f"{found.etag}-{coding}"
    headers = [*found.headers, ("ETag", f'"{etag}"')]
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    not_modified = [pair for pair in headers if not pair[0].startswith("Content-")]
    return Answer(f'"{etag}"', [*headers, ("Content-Length", str(len(body)))], not_modified, [body])
