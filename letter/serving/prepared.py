"""A WSGI layer in front of the app that answers what is published from prepared bytes.

A page is made when it is first asked for, and kept in each coding; `Renewal` keeps it fresh.
The app is loaded at the first request that needs it: a choice, a redirect, an error.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from letter.addresses import (
    CARD,
    CHOOSABLE,
    CHOOSE,
    FORMER_PAIR,
    PAPER,
    PARSED,
    Address,
    Kind,
    parse_path,
)
from letter.serving.codings import CODINGS, choose_coding, encode_body
from letter.serving.publications import Publication, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from letter.editions.edition import Edition
    from letter.editions.shelf import Shelf
    from letter.formats.site import Site
    from letter.serving.document_making import DocumentMaker

MEMORY = 64 * 1024 * 1024  # bytes of prepared answers, after which the oldest are dropped

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """One coding of a page, ready to be sent."""

    etag: str
    headers: list[tuple[str, str]]
    not_modified: list[tuple[str, str]]
    chunks: list[bytes]


@dataclass(frozen=True, slots=True)
class _Page:
    """What is kept of an address; the same editions and documents give the same page.

    An edition that is equal to another may still be of other images: only itself is the same.
    """

    address: Address
    editions: Mapping[str, Edition]
    documents: Mapping[str, bytes] | None  # of its own edition, if the page names or holds them
    publication: Publication
    answers: Mapping[str, Answer]  # by coding
    size: int  # bytes of all answers


class PreparedAnswers:
    """Answers GET and HEAD of published pages, and hands everything else to the app.

    `shelf` is what pages are made from. Readers have a page as it was until it is renewed.
    """

    def __init__(self, shelf: Shelf, site: Site, make_app: Callable[[], WSGIApplication]) -> None:
        self.shelf = shelf
        self._site, self._find_app = site, cache(make_app)
        self._pages: dict[str, _Page] = {}  # by path, the oldest first
        self.size = 0
        self._lock = threading.Lock()  # of the two above

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            return self._find_app()(environ, start_response)
        # PEP 3333 allows both variables to be absent when they are empty.
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING")
        if query and _is_for_app(path, query):
            return self._find_app()(environ, start_response)
        page = self._pages.get(path)
        if page is None:
            address = parse_path(path)
            page = self._prepare(address) if address and address.path == path else None
            if page is None:
                # Others than ASCII paths are bytes here, which the app has to decode first.
                if path and path.isascii():
                    environ[PARSED] = address
                return self._find_app()(environ, start_response)
        answer = page.answers[choose_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and (answer.etag in known or known.strip() == "*"):
            start_response("304 Not Modified", answer.not_modified)
            return []  # granian sends a list at once, and anything else piece by piece
        start_response("200 OK", answer.headers)
        return answer.chunks if method == "GET" else []

    def list_outdated(self) -> list[Address]:
        """List the addresses of pages whose editions or documents have changed on the shelf.

        Pages whose own text was edited come first.
        """
        shelf = self.shelf

        def is_other_text(page: _Page) -> bool:
            tag = page.address.tag
            return page.editions.get(tag) is shelf.editions.get(tag)

        with self._lock:
            pages = list(self._pages.values())
        outdated = [
            page
            for page in pages
            if page.editions is not shelf.editions
            or page.documents != _find_documents(shelf, page.address)
        ]
        return [page.address for page in sorted(outdated, key=is_other_text)]

    def renew(self, address: Address) -> None:
        """Make a page of what the shelf has now; drop it if nothing stands there any more."""
        shelf = self.shelf
        try:
            if self._prepare(address) is None:
                with self._lock:
                    self._drop(address.path)
        except Exception:  # whatever it was, readers keep what they have
            log.exception("%s can't be made anew", address.path)
            with self._lock:
                if page := self._pages.get(address.path):
                    documents = _find_documents(shelf, address)
                    page = replace(page, editions=shelf.editions, documents=documents)
                    self._pages[address.path] = page

    def _prepare(self, address: Address) -> _Page | None:
        """Make a page and keep it; None where there is none."""
        shelf = self.shelf
        found = publish(shelf, self._site, address)
        if found is None:
            return None
        before = self._pages.get(address.path)
        is_same = before and before.publication == found
        answers = before.answers if before and is_same else _make_answers(found)
        size = sum(len(answer.chunks[0]) for answer in answers.values())
        documents = _find_documents(shelf, address)
        page = _Page(address, shelf.editions, documents, found, answers, size)
        with self._lock:
            if shelf is self.shelf:  # else an edit came in between
                self._drop(address.path)
                while self._pages and self.size + page.size > MEMORY:
                    self._drop(next(iter(self._pages)))
                self._pages[address.path] = page
                self.size += page.size
        return page

    def _drop(self, path: str) -> None:
        page = self._pages.pop(path, None)
        self.size -= page.size if page else 0


class Renewal:
    """Follows a watch: makes outdated pages anew, while readers have them as they were.

    It begins with the page of each edition, which somebody will ask for.
    """

    def __init__(self, maker: DocumentMaker, answers: PreparedAnswers) -> None:
        self._maker, self._answers = maker, answers
        self._outdated = [Address(Kind.EDITION, tag) for tag in answers.shelf.editions]

    def take(self, shelf: Shelf) -> None:
        """Take the editions and documents of now; where they are others, list pages again."""
        before = self._answers.shelf
        self._answers.shelf = shelf = self._maker.add_documents(shelf)
        if shelf.editions is not before.editions or shelf.documents != before.documents:
            self._outdated = []

    def make_next(self) -> bool:
        """Make one outdated page anew; False where there was none."""
        self._outdated = self._outdated or self._answers.list_outdated()
        if self._outdated:
            self._answers.renew(self._outdated.pop(0))
            return True
        return False


def _is_for_app(path: str, query: str) -> bool:
    """Say whether a page's query asks for something, unlike what is added to links (`fbclid`).

    No address but an edition's or a passage's has a query that means anything.
    """
    names = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    address = parse_path(path) if names & {CHOOSE, FORMER_PAIR} else None
    return address is not None and address.kind in CHOOSABLE


def _find_documents(shelf: Shelf, address: Address) -> Mapping[str, bytes] | None:
    """Find the documents that the page at an address names or holds."""
    pages = (Kind.EDITION, Kind.PAIR, Kind.PASSAGE)
    is_of_documents = address.kind in pages or address.name in (PAPER, CARD)
    return shelf.documents.get(address.tag) if is_of_documents else None


def _make_answers(found: Publication) -> Mapping[str, Answer]:
    """Make the answer of each coding; the same for all where the body is compressed in itself."""
    plain = _make_answer(found, "identity")
    if found.is_compressed:
        return dict.fromkeys(("identity", *CODINGS), plain)
    return {"identity": plain} | {coding: _make_answer(found, coding) for coding in CODINGS}


def _make_answer(found: Publication, coding: str) -> Answer:
    body = encode_body(found.body, coding, is_quick=found.is_passage)
    etag = found.etag if coding == "identity" else f"{found.etag}-{coding}"
    headers = [*found.headers, ("ETag", f'"{etag}"')]
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    not_modified = [pair for pair in headers if not pair[0].startswith("Content-")]
    return Answer(f'"{etag}"', [*headers, ("Content-Length", str(len(body)))], not_modified, [body])
