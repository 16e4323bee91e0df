"""A WSGI layer in front of the app that answers what is published from prepared bytes.

The app behind it is loaded at the first request that needs it: a choice, a redirect, an error.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from letter.library import Library
from letter.page import Site
from letter.press import Press
from letter.publish import Publication, publish
from letter.watch import Watch

try:
    import brotli
except ImportError:  # an extra: without it pages are sent gzipped
    brotli = None

if TYPE_CHECKING:
    from letter.library import Shelf

MEMORY = 64 * 1024 * 1024  # bytes of prepared answers, after which all are made anew
CODINGS = ("br", "gzip") if brotli else ("gzip",)
BROTLI_AT_ONCE, BROTLI_BEST = 5, 11  # under a millisecond, and some 30 ms in the background

_WEIGHT_0 = re.compile(r";\s*q=0(?:\.0*)?\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class Answer:
    """One coding of a page, ready to be sent."""

    etag: str
    headers: list[tuple[str, str]]
    not_modified: list[tuple[str, str]]
    chunks: list[bytes]


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
        self._watch = Watch()
        self._is_touched = self._watch.is_touched
        self._shelf: Shelf = self._press.furnish(library.read_shelf())
        self._watch.add(library.list_folders())
        self._answers: dict[tuple[str, str], dict[str, Answer]] = {}
        self._size = 0
        self._background = ThreadPoolExecutor(max_workers=1)
        self._codings: dict[str, str] = {}
        self._press.on_ready = lambda: self._refresh(wait=True)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        if self._is_touched():
            self._refresh()
        method = environ["REQUEST_METHOD"]
        answers = self._answers.get((environ["PATH_INFO"], environ["QUERY_STRING"]))
        if answers is None or (method != "GET" and method != "HEAD"):
            found = self._prepare(environ["PATH_INFO"], environ["QUERY_STRING"])
            if found is None or method not in ("GET", "HEAD"):
                return self._ask_app(environ, start_response)
            answers = found
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        answer = answers[self._codings.get(accepted) or self._choose_coding(accepted)]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and (answer.etag in known or known.strip() == "*"):
            start_response("304 Not Modified", answer.not_modified)
            return ()
        start_response("200 OK", answer.headers)
        return answer.chunks if method == "GET" else ()

    def _refresh(self, wait: bool = False) -> None:
        """Read what was touched; while one thread does, the others go on with what there was."""
        if not self._lock.acquire(blocking=wait):
            return
        try:
            self._watch.forget()
            shelf = self._press.furnish(self._library.read_shelf())
            if shelf is not self._shelf:
                self._watch.add(self._library.list_folders())
                self._shelf, self._answers, self._size = shelf, {}, 0
        finally:
            self._lock.release()

    def _prepare(self, path: str, query: str) -> dict[str, Answer] | None:
        shelf = self._shelf
        found = publish(shelf, self._site, path, query)
        if found is None:
            return None
        codings = {coding: coding for coding in ("identity", *CODINGS)}
        if found.is_compressed:
            codings = dict.fromkeys(codings, "identity")
        answers = {
            accepted: _make_answer(found, coding, BROTLI_AT_ONCE)
            for accepted, coding in codings.items()
        }
        if self._size > MEMORY:
            self._answers, self._size = {}, 0
        if shelf is self._shelf:
            self._answers[path, query] = answers
            self._size += sum(len(answer.chunks[0]) for answer in answers.values())
            if brotli and not found.is_compressed:
                self._background.submit(self._improve, answers, found)
        return answers

    def _improve(self, answers: dict[str, Answer], found: Publication) -> None:
        """Put the best compression in the place of the quick one."""
        answers["br"] = _make_answer(found, "br", BROTLI_BEST)

    def _choose_coding(self, accepted: str) -> str:
        """Choose the smallest coding that a client takes (RFC 9110 §12.5.3)."""
        chosen = "identity"
        for coding in reversed(CODINGS):
            match = re.search(rf"(?:^|,)\s*(?:{coding}|\*)\s*(?:;|,|$)", accepted.lower())
            if match and not _WEIGHT_0.match(accepted, match.end() - 1):
                chosen = coding
        if len(self._codings) < 1000:  # clients send a handful; anyone may send any
            self._codings[accepted] = chosen
        return chosen

    def _ask_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._app is None:
            self._app = self._make_app()
        return self._app(environ, start_response)


def _make_answer(found: Publication, coding: str, quality: int) -> Answer:
    body = encode_body(found.body, coding, quality)
    etag = found.etag if coding == "identity" else f"{found.etag}-{coding}"
    headers = [*found.headers, ("ETag", f'"{etag}"')]
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    not_modified = [pair for pair in headers if not pair[0].startswith("Content-")]
    return Answer(f'"{etag}"', [*headers, ("Content-Length", str(len(body)))], not_modified, [body])


def encode_body(body: bytes, coding: str, quality: int = BROTLI_BEST) -> bytes:
    """Encode a body as one of CODINGS, or not at all as "identity"; always to the same bytes."""
    if coding == "gzip":
        return gzip.compress(body, 9, mtime=0)
    if coding == "br":
        return bytes(brotli.compress(body, quality=quality))
    return body
