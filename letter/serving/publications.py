"""Everything that is published under an address: the same bytes for the app and for an export."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from letter.addresses import (
    BOOK,
    BUNDLE,
    DATA,
    JSON,
    MEDIA_TYPES,
    ROBOTS,
    SCHEMA,
    SITEMAP,
    TEXT,
    WHOLE,
    Address,
    Kind,
    find_media_type,
)
from letter.formats.page import (
    make_security_policy,
    render_edition,
    render_pair,
    render_passage,
)
from letter.formats.sitemap import write_robots, write_sitemap
from letter.formats.text import write_text
from letter.languages.matching import match_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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


def publish(shelf: Shelf, site: Site, address: Address) -> Publication | None:
    """Make what stands at an address; None where there is nothing.

    The address has to be the one that `find_meant` gives: with tags of editions that there are.
    """
    if address.kind is Kind.WHOLE:
        return _publish_whole(shelf, site, address.path)
    edition = shelf.editions.get(address.tag)
    if edition is None:
        return None
    match address.kind:
        case Kind.EDITION:
            text = render_edition(edition, shelf, site)
            return _publish_text(".html", edition.content_languages, text)
        case Kind.PAIR:
            return _publish_pair(edition, shelf, site, address.name)
        case Kind.PASSAGE:
            return _publish_passage(edition, shelf, site, address.name)
        case Kind.FORM:
            return _publish_form(edition, shelf, site, address.name)
        case _:
            return None


def list_published(shelf: Shelf, site: Site) -> Iterator[Address]:
    """List every address at which something stands, in the order of the switcher."""
    yield from (Address(Kind.WHOLE, name=path[1:]) for path in _list_whole(site))
    for tag in shelf.editions:
        yield Address(Kind.EDITION, tag)
        for name in (TEXT, BOOK, *shelf.documents.get(tag, {})):
            yield Address(Kind.FORM, tag, name)
        for message in shelf.letter.messages:
            yield Address(Kind.PASSAGE, tag, message.anchor)
        for other in shelf.editions:
            if other != tag:
                yield Address(Kind.PAIR, tag, other)


def find_meant(address: Address, available: Collection[str]) -> Address | None:
    """Find the address that is meant where an edition is called by another name ("kmr", "AR").

    An edition beside itself is the edition alone. None where no such edition is available.
    """
    tag = match_language(address.tag, available) if address.tag else ""
    if tag is None:
        return None
    if address.kind is not Kind.PAIR:
        return replace(address, tag=tag)
    other = match_language(address.name, available)
    if other is None:
        return None
    return Address(Kind.EDITION, tag) if other == tag else Address(Kind.PAIR, tag, other)


def _list_whole(site: Site) -> tuple[str, ...]:
    """List what isn't of one edition; search engines want whole addresses."""
    return WHOLE if site.base_url else (BUNDLE, DATA, SCHEMA)


def _publish_whole(shelf: Shelf, site: Site, path: str) -> Publication | None:
    """Make what holds all languages: one HTML file for everywhere, or data for programs."""
    if path not in _list_whole(site):
        return None
    languages: tuple[str, ...] = ()
    policy = ""
    if path == SITEMAP:
        body = write_sitemap(shelf, site).encode()
    elif path == ROBOTS:
        body = write_robots(site).encode()
    elif path == SCHEMA:
        from letter.formats.letter_json import read_schema

        body = read_schema()
    elif path == DATA:
        from letter.formats.letter_json import make_letter_data

        languages = tuple(shelf.editions)
        data = make_letter_data(shelf, site)
        body = json.dumps(data, ensure_ascii=False, indent=1).encode()
    else:
        from letter.formats.bundle import write_bundle

        languages, policy = tuple(shelf.editions), BUNDLE_POLICY
        body = write_bundle(shelf, site).encode()
    return Publication(find_media_type(path), languages, body, policy)


def _publish_pair(edition: Edition, shelf: Shelf, site: Site, other: str) -> Publication | None:
    beside = shelf.editions.get(other)
    if beside is None or beside is edition:
        return None
    text = render_pair(edition, beside, shelf, site)
    return _publish_text(".html", edition.content_languages + beside.content_languages, text)


def _publish_passage(edition: Edition, shelf: Shelf, site: Site, anchor: str) -> Publication | None:
    message = next((each for each in shelf.letter.messages if each.anchor == anchor), None)
    if message is None:
        return None
    languages = [edition.language.tag, *shelf.editions]
    return _publish_text(".html", languages, render_passage(edition, message, shelf, site))


def _publish_form(edition: Edition, shelf: Shelf, site: Site, name: str) -> Publication | None:
    """Make an edition as one file to hand on; a document only where the shelf has it."""
    tag, languages = edition.language.tag, edition.content_languages
    if name == TEXT:
        return _publish_text(".txt", languages, write_text(edition, site.share(tag)))
    if name == BOOK:
        from letter.formats.epub import write_epub

        return Publication(find_media_type(name), tuple(languages), write_epub(edition, site))
    if body := shelf.documents.get(tag, {}).get(name):
        return Publication(find_media_type(name), tuple(languages), body, DOCUMENT_POLICY)
    return None


def _publish_text(suffix: str, languages: list[str], text: str) -> Publication:
    return Publication(MEDIA_TYPES[suffix], tuple(dict.fromkeys(languages)), text.encode())
