"""What streams of the desk wait for: each touch of a file, and the pages of then."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from letter.languages.matching import match_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.desk.desk import Desk
    from letter.editions.shelf import Shelf

HEARTBEAT = 15.0  # seconds after which a stream writes something, to notice that nobody reads
RETRY = b"retry: 500\n\n"  # milliseconds until a browser whose stream broke off opens another
UNNAMED = b'data-version=""'  # as `Desk.render` leaves the version of its page to be filled in
_VERSION = 16  # hexadecimal digits

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the desk; `version` is the same as long as the page is."""

    version: str
    html: bytes
    event: bytes  # the page as a server-sent event


@dataclass(slots=True)
class _Made:
    """What is known of one page: its last good form, after so many touches, and its error."""

    touches: int = -1
    page: DeskPage | None = None
    told: str = ""  # which error the log tells of already
    lock: threading.Lock = field(default_factory=threading.Lock)  # of the three above


class Feed:
    """Gives the pages of a desk, each made once for all who read it, and streams of them.

    A stream sends whole pages only, so that whoever missed some is right after the next.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: dict[str, _Made] = {}  # by tag, so that no language waits for another
        self._known: set[str] = set()  # tags of all languages so far
        self._touches = 0
        self._touched = threading.Condition()  # of the one above, and of the next
        self._is_closed = False

    def take(self, shelf: Shelf) -> None:
        """Have every stream look whether its page is another now."""
        self._known.update(shelf.editions)
        with self._touched:
            self._touches += 1
            self._touched.notify_all()

    def make_next(self) -> bool:
        """False, since each stream makes the pages that it sends."""
        return False

    def close(self) -> None:
        """End all streams."""
        with self._touched:
            self._is_closed = True
            self._touched.notify_all()

    def read_page(self, tag: str) -> DeskPage | None:
        """Give the page of a language, or of all (""), as the files are now; None if there is none.

        A page that can't be made is told in the log, and the last good one stays.
        """
        made = self._made.get(tag) or _Made()
        with made.lock:
            if made.touches != self._touches:
                made.touches = self._touches
                self._render(tag, made)
            if made.page or made.told:
                self._made.setdefault(tag, made)
            return made.page

    def read_gone(self, tag: str) -> DeskPage | None:
        """Give the page of a language that is gone, which shows it again by itself.

        None where there never was one, since nobody would wait for it.
        """
        return self._make_gone(tag) if tag in self._known else None

    def name_meant(self, tag: str) -> str | None:
        """Name the language that is meant by another name ("kmr", "AR"); None if there is none."""
        return match_language(tag, self._known)

    def stream(self, tag: str, known: str = "") -> Iterator[bytes]:
        """Yield events: each version of a page but the `known` one, until the feed is closed.

        While there is no such edition, a page that says so stands in its place.
        """
        yield RETRY
        due = time.monotonic() + HEARTBEAT
        while not self._is_closed:
            touches = self._touches
            page = self.read_page(tag) or self._make_gone(tag)
            if page and page.version != known:
                known = page.version
                yield page.event
            elif time.monotonic() >= due:
                yield b":\n\n"
            else:
                self._wait(touches, due)
                continue
            due = time.monotonic() + HEARTBEAT

    def _wait(self, touches: int, due: float) -> None:
        """Wait until something was touched since so many touches, or a moment is there."""
        with self._touched:
            self._touched.wait_for(
                lambda: self._is_closed or self._touches != touches, due - time.monotonic()
            )

    def _make_gone(self, tag: str) -> DeskPage | None:
        html = self._desk.render_gone(tag)
        return _make_page(_encode_page(html)) if html else None

    def _render(self, tag: str, made: _Made) -> None:
        """Render a page, unless that is the same or can't be made."""
        try:
            html = _encode_page(self._desk.render(tag) or "")
            version = _sign(html)
            if made.page is None or made.page.version != version:
                made.page = _make_page(html, version) if html else None
        except Exception as error:  # whatever it was, the next edit may mend it
            if made.told != repr(error):
                made.told = repr(error)
                log.exception("The desk %s can't be brought up to date", tag)
        else:
            made.told = ""


def _encode_page(html: str) -> bytes:
    """Encode a page; the name of a file may be no text (PEP 383)."""
    return html.encode(errors="backslashreplace")


def _sign(html: bytes) -> str:
    return hashlib.sha256(html).hexdigest()[:_VERSION]


def _make_page(html: bytes, version: str = "") -> DeskPage:
    r"""Name a page's version in the page, and write the page as an event (HTML standard §9.2.6).

    >>> _make_page(b'<body data-version="">\n', "v1").event
    b'id: v1\ndata: <body data-version="v1">\ndata: \n\n'
    """
    version = version or _sign(html)
    html = html.replace(UNNAMED, b'data-version="%b"' % version.encode(), 1)
    lines = html.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\ndata: ")
    return DeskPage(version, html, b"id: %b\ndata: %b\n\n" % (version.encode(), lines))
