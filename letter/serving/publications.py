"""Everything that is published under an address: the same bytes for the app and for an export."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from letter.addresses import JSON, MEDIA_TYPES, find_media_type
from letter.formats.page import make_security_policy, render_edition, render_passage
from letter.formats.sitemap import write_robots, write_sitemap
from letter.formats.text import write_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.editions.edition import Edition
    from letter.editions.library import Shelf
    from letter.formats.site import Site

CACHE = "public, max-age=300, stale-while-revalidate=86400"
NO_CACHE = "private, no-store"
VARY_CHOICE = "Accept-Language, Cookie"  # of answers that depend on the reader's language
# The one file carries its styles and pictures in itself, and is the same wherever it is opened.
BUNDLE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Safari and older Chromiums hold the page that they show a PDF in to these rules: <embed>, styles.
DOCUMENT_POLICY = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SHARED = ("Access-Control-Allow-Origin", "*")  # partners' pages may read the data (Fetch §3.2)
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
    def is_compressed(self) -> bool:
        """Whether it is compressed in itself, so that another coding would only cost time."""
        return self.media_type in (MEDIA_TYPES[name] for name in (".epub", ".pdf", ".png"))

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers that every host should send with it, but for what depends on its coding."""
        return [
            ("Content-Type", self.media_type),
            *((("Content-Language", ", ".join(self.languages)),) if self.languages else ()),
            ("Cache-Control", CACHE),
            ("Vary", "Accept-Encoding"),
            *([SHARED] if self.media_type == JSON else []),
            *list_security_headers(self.policy),
        ]


def list_security_headers(policy: str = "") -> list[tuple[str, str]]:
    """List the security headers of every answer; `policy` takes the place of the pages' own."""
    return [("Content-Security-Policy", policy or make_security_policy()), *SECURITY]


def publish(shelf: Shelf, site: Site, path: str, query: str = "") -> Publication | None:
    """Make what stands at a path below the site's prefix; None where there is nothing.

    The only query is `with=<tag>`, for two editions side by side.
    """
    if path in _list_whole(site):
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
    message = next((m for m in shelf.letter.messages if rest == f"{m.anchor}/"), None)
    if message is None:
        return _publish_form(edition, shelf, site, rest)
    languages = [first, *(tag for tag in shelf.editions if tag != first)]
    return _make(".html", languages, render_passage(edition, message, shelf, site))


def list_published(shelf: Shelf, site: Site) -> Iterator[tuple[str, str]]:
    """List every path and query at which something stands, in the order of the switcher."""
    yield from ((path, "") for path in _list_whole(site))
    for tag in shelf.editions:
        yield f"/{tag}/", ""
        yield f"/{tag}/letter.txt", ""
        yield f"/{tag}/letter.epub", ""
        for name in shelf.documents.get(tag, {}):
            yield f"/{tag}/{name}", ""
        for message in shelf.letter.messages:
            yield f"/{tag}/{message.anchor}/", ""
        for other in shelf.editions:
            if other != tag:
                yield f"/{tag}/", f"with={other}"


def _list_whole(site: Site) -> tuple[str, ...]:
    """List what isn't of one edition; search engines want whole addresses."""
    found = ("/sitemap.xml", "/robots.txt") if site.origin else ()
    return ("/letter.html", "/letter.json", "/letter.schema.json", *found)


def _publish_whole(shelf: Shelf, site: Site, path: str) -> Publication:
    """Make what holds all languages: one HTML file for everywhere, or data for programs."""
    languages = tuple(shelf.editions)
    if path == "/sitemap.xml":
        return Publication(find_media_type(path), (), write_sitemap(shelf, site).encode())
    if path == "/robots.txt":
        return Publication(find_media_type(path), (), write_robots(site).encode())
    if path == "/letter.json":
        from letter.formats.letter_json import make_letter_data

        text = json.dumps(make_letter_data(shelf, site), ensure_ascii=False, indent=1)
        return Publication(find_media_type(path), languages, text.encode())
    if path == "/letter.schema.json":
        from letter.formats.letter_json import SCHEMA

        return Publication(find_media_type(path), (), json.dumps(SCHEMA, indent=1).encode())
    from letter.formats.bundle import write_bundle

    text = write_bundle(shelf, site)
    return Publication(find_media_type(path), languages, text.encode(), BUNDLE_POLICY)


def _publish_form(edition: Edition, shelf: Shelf, site: Site, name: str) -> Publication | None:
    """Make an edition as one file to hand on; a document only where the shelf has it."""
    tag, languages = edition.language.tag, edition.content_languages
    if name == "letter.txt":
        address = site.origin + site.address(tag) if site.origin else ""
        return _make(".txt", languages, write_text(edition, address))
    if name == "letter.epub":
        from letter.formats.epub import write_epub

        return Publication(find_media_type(name), tuple(languages), write_epub(edition, site))
    if body := shelf.documents.get(tag, {}).get(name):
        return Publication(find_media_type(name), tuple(languages), body, DOCUMENT_POLICY)
    return None


def _publish_page(
    edition: Edition, shelf: Shelf, site: Site, beside: Edition | None = None
) -> Publication:
    languages = edition.content_languages + (beside.content_languages if beside else [])
    return _make(".html", languages, render_edition(edition, shelf, site, beside))


def _make(suffix: str, languages: list[str], text: str) -> Publication:
    kept = tuple(dict.fromkeys(languages))
    return Publication(MEDIA_TYPES[suffix], kept, text.encode())
