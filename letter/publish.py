"""Everything that is published under an address: the same bytes for the app and for an export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from letter.edition import Edition
from letter.library import Shelf
from letter.page import Site, make_security_policy, render_edition, render_passage
from letter.text import write_text

CACHE = "public, max-age=300, stale-while-revalidate=86400"
NO_CACHE = "private, no-store"
VARY_CHOICE = "Accept-Language, Cookie"  # of answers that depend on the reader's language
# The one file carries its styles and pictures in itself, and is the same wherever it is opened.
BUNDLE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
)


@dataclass(frozen=True)
class Publication:
    """One address's content and what its headers say of it; `languages` are tags, its own first."""

    media_type: str
    languages: tuple[str, ...]
    body: bytes
    policy: str = ""  # its own Content-Security-Policy, if the pages' one doesn't fit

    @cached_property
    def etag(self) -> str:
        """The strong validator of the uncompressed bytes (RFC 9110 §8.8.3), without quotes."""
        return hashlib.sha256(self.body).hexdigest()[:20]

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers that every host should send with it, but for what depends on its coding."""
        return [
            ("Content-Type", self.media_type),
            ("Content-Language", ", ".join(self.languages)),
            ("Cache-Control", CACHE),
            ("Vary", "Accept-Encoding"),
            *list_security_headers(self.policy),
        ]


def list_security_headers(policy: str = "") -> list[tuple[str, str]]:
    """List the security headers of every answer; `policy` takes the place of the pages' own."""
    return [("Content-Security-Policy", policy or make_security_policy()), *SECURITY]


def is_compressible(media_type: str) -> bool:
    """Say whether a body of this type is sent in a smaller coding; books and pictures are small."""
    return media_type.startswith(("text/", "application/json", "application/xml"))


def publish(shelf: Shelf, site: Site, path: str, query: str = "") -> Publication | None:
    """Make what stands at a path below the site's prefix; None where there is nothing.

    The only query is `with=<tag>`, for two editions side by side.
    """
    if path in ("/letter.html", "/letter.json"):
        return _publish_whole(shelf, site, path) if not query else None
    first, _, rest = path.removeprefix("/").partition("/")
    edition = shelf.editions.get(first)
    if edition is None or not path.startswith(f"/{first}/"):
        return None
    if query:
        name, _, tag = query.partition("=")
        beside = shelf.editions.get(tag) if name == "with" and tag != first else None
        return _publish_page(edition, shelf, site, beside) if beside and not rest else None
    if not rest:
        return _publish_page(edition, shelf, site)
    if rest == "letter.txt":
        address = site.origin + site.address(first) if site.origin else ""
        return _make("text/plain", edition.content_languages, write_text(edition, address))
    if rest == "letter.epub":
        from letter.epub import write_epub

        own = tuple(edition.content_languages)
        return Publication("application/epub+zip", own, write_epub(edition, site))
    message = next((m for m in shelf.letter.messages if rest == f"{m.anchor}/"), None)
    if message is None:
        return None
    languages = [first, *(tag for tag in shelf.editions if tag != first)]
    return _make("text/html", languages, render_passage(edition, message, shelf, site))


def list_published(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """List every path and query at which something stands, in the order of the switcher."""
    yield from (("/letter.html", ""), ("/letter.json", ""))
    for tag in shelf.editions:
        yield f"/{tag}/", ""
        yield f"/{tag}/letter.txt", ""
        yield f"/{tag}/letter.epub", ""
        for message in shelf.letter.messages:
            yield f"/{tag}/{message.anchor}/", ""
        for other in shelf.editions:
            if other != tag:
                yield f"/{tag}/", f"with={other}"


def _publish_whole(shelf: Shelf, site: Site, path: str) -> Publication:
    """Make what holds all languages: one HTML file for everywhere, or data for programs."""
    languages = tuple(shelf.editions)
    if path == "/letter.json":
        from letter.data import make_letter_data

        text = json.dumps(make_letter_data(shelf, site), ensure_ascii=False, indent=1)
        return Publication("application/json", languages, text.encode())
    from letter.bundle import write_bundle

    text = write_bundle(shelf, site)
    return Publication("text/html; charset=utf-8", languages, text.encode(), BUNDLE_POLICY)


def _publish_page(
    edition: Edition, shelf: Shelf, site: Site, beside: Edition | None = None
) -> Publication:
    languages = edition.content_languages + (beside.content_languages if beside else [])
    return _make("text/html", languages, render_edition(edition, shelf, site, beside))


def _make(media_type: str, languages: list[str], text: str) -> Publication:
    kept = tuple(dict.fromkeys(languages))
    return Publication(f"{media_type}; charset=utf-8", kept, text.encode())
