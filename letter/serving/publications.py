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
    CARD,
    DATA,
    JSON,
    MEDIA_TYPES,
    PAPER,
    ROBOTS,
    SCHEMA,
    SIGNATORIES,
    SITEMAP,
    TEXT,
    TEXTS,
    WHOLE,
    Address,
    Kind,
    find_media_type,
)
from letter.formats.page import make_security_policy, render_edition, render_pair, render_passage
from letter.formats.policies import BUNDLE_POLICY, DOCUMENT_POLICY
from letter.formats.rendering import STATIC, render_template
from letter.formats.site import MANY_PASSAGES, has_passage_pages, list_beside
from letter.formats.text import write_text
from letter.languages.matching import match_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from letter.editions.edition import Edition
    from letter.editions.shelf import Shelf
    from letter.formats.site import Site
    from letter.source.letter import Letter

    _Content = tuple[str | bytes, Iterable[str]]  # what stands there, and the tags of its languages

CACHE = "public, max-age=300, stale-while-revalidate=86400"
NO_CACHE = "private, no-store"
VARY_CHOICE = "Accept-Language, Cookie"  # of answers that depend on the reader's language
VARY_MISSING = f"{VARY_CHOICE}, Accept-Encoding"  # of pages that tell of a wrong address
POLICIES = {BUNDLE: BUNDLE_POLICY, PAPER: DOCUMENT_POLICY, CARD: DOCUMENT_POLICY}
SHARED = ("Access-Control-Allow-Origin", "*")  # partners' pages may read the data (Fetch §3.2)
# What a page could ask a reader for: where he is, what is seen and heard there, what is on his
# screen, his devices and his money. No page ever does; whoever got a script into one couldn't.
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", PERMISSIONS),
)


@dataclass(frozen=True)
class Publication:
    """What stands at one address; `languages` are the tags of its languages, its own first."""

    media_type: str
    languages: tuple[str, ...]
    body: bytes
    security: tuple[tuple[str, str], ...]  # headers
    is_passage: bool = False  # of such pages there are many, and none is read often

    @cached_property
    def etag(self) -> str:
        """The strong validator of the uncompressed bytes (RFC 9110 §8.8.3), without quotes."""
        return hashlib.sha256(self.body).hexdigest()[:20]

    @property
    def is_compressed(self) -> bool:
        """Whether the body is compressed in itself, so that another coding would only cost time."""
        return self.media_type in (MEDIA_TYPES[name] for name in (".epub", ".pdf", ".png"))

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers that every host sends with the body, but for the headers of a coding."""
        return [
            ("Content-Type", self.media_type),
            *((("Content-Language", ", ".join(self.languages)),) if self.languages else ()),
            ("Cache-Control", CACHE),
            ("Vary", "Accept-Encoding"),
            *([SHARED] if self.media_type == JSON else []),
            *self.security,
        ]


def list_security_headers(site: Site) -> list[tuple[str, str]]:
    """List the security headers of every answer, but for the Content-Security-Policy.

    Strict-Transport-Security holds for the whole host, whatever else is there, and nobody can call
    the header back, so it is sent only where somebody has asked for it.
    """
    is_strict = site.hsts and site.is_secure
    strict = ("Strict-Transport-Security", f"max-age={site.hsts}")
    return [*SECURITY, strict] if is_strict else [*SECURITY]


def publish(shelf: Shelf, site: Site, address: Address) -> Publication | None:
    """Make what stands at an address; None where there is nothing.

    The address has to be the one that `find_meant` gives: with tags of editions that there are.
    """
    edition = shelf.editions.get(address.tag)
    if address.kind is Kind.WHOLE:
        made = _write_whole(shelf, site, address.path)
    else:
        made = _write_part(edition, shelf, site, address) if edition else None
    if made is None:
        return None
    body, tags = made
    policy = POLICIES.get(address.path if address.kind is Kind.WHOLE else address.name)
    secured = ("Content-Security-Policy", policy or make_security_policy())
    return Publication(
        find_media_type(address.path),
        tuple(dict.fromkeys(tags)),
        body.encode() if isinstance(body, str) else body,
        (secured, *list_security_headers(site)),
        address.kind is Kind.PASSAGE,
    )


def list_published(shelf: Shelf, site: Site) -> Iterator[Address]:
    """List every address at which something stands, in the order of the switcher."""
    yield from (Address(Kind.WHOLE, name=path[1:]) for path in _list_whole(site))
    for tag, edition in shelf.editions.items():
        yield Address(Kind.EDITION, tag)
        for name in (*TEXTS, *shelf.documents.get(tag, {})):
            yield Address(Kind.FORM, tag, name)
        if has_passage_pages(shelf.letter):
            for anchor in (*(each.anchor for each in shelf.letter.passages), *shelf.moved):
                yield Address(Kind.PASSAGE, tag, anchor)
        for other in list_beside(edition, shelf, site):
            yield Address(Kind.PAIR, tag, other.language.tag)


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


def find_fragment(address: Address, letter: Letter) -> str:
    """Find the place on an edition's page to which an address of a passage leads; "" for a page.

    In a letter whose passages have no pages, each address of that form leads to the place that it
    names: a host of files can't know which places there are.
    """
    if address.kind is not Kind.PASSAGE:
        return ""
    if address.name in list_former_pages(letter):
        return SIGNATORIES + address.tag
    return "" if has_passage_pages(letter) else address.name


def list_former_pages(letter: Letter) -> list[str]:
    """List the anchors of names, which once had pages; none of more names than ever had."""
    names = [message.anchor for message in letter.messages if message.is_name]
    return names if len(names) <= MANY_PASSAGES else []


def _list_whole(site: Site) -> tuple[str, ...]:
    """List what isn't of one edition; search engines want whole addresses."""
    return WHOLE if site.base_url else (BUNDLE, DATA, SCHEMA)


def _write_whole(shelf: Shelf, site: Site, path: str) -> _Content | None:
    """Write what is of all editions: one HTML file for everywhere, or data for programs."""
    if path not in _list_whole(site):
        return None
    if path == SITEMAP:
        return _write_sitemap(shelf, site), ()
    if path == ROBOTS:  # all may be read (RFC 9309); the file counts at the top of a host only
        return f"User-agent: *\nAllow: /\nSitemap: {site.join(SITEMAP)}\n", ()
    if path == SCHEMA:
        return (STATIC / "letter.schema.json").read_bytes(), ()
    if path == DATA:
        from letter.formats.letter_json import make_letter_data

        data = make_letter_data(shelf, site)
        return json.dumps(data, ensure_ascii=False, indent=1), shelf.editions
    from letter.formats.documents import write_bundle

    return write_bundle(shelf, site), shelf.editions


def _write_sitemap(shelf: Shelf, site: Site) -> str:
    """Write the list of all editions that search engines should know of (sitemaps.org)."""
    from letter.formats.documents import list_dates  # which few other pages need

    editions = [edition for edition in shelf.editions.values() if edition.is_indexed]
    values = {"editions": editions, "whole": site.join, "list_dates": list_dates}
    return render_template("sitemap.xml", **values) + "\n"


def _write_part(edition: Edition, shelf: Shelf, site: Site, address: Address) -> _Content | None:
    """Write what is of one edition: a page of its own, or a file to hand on."""
    tags = edition.content_languages
    match address.kind:
        case Kind.EDITION:
            return render_edition(edition, shelf, site), tags
        case Kind.PAIR:
            for beside in list_beside(edition, shelf, site):
                if beside.language.tag == address.name:
                    page = render_pair(edition, beside, shelf, site)
                    return page, tags + beside.content_languages
        case Kind.PASSAGE if has_passage_pages(shelf.letter):
            move = shelf.moved.get(address.name)
            for message in shelf.letter.passages:
                if message.anchor == (move.new if move else address.name):
                    page = render_passage(edition, message, shelf, site, move)
                    return page, [address.tag, *shelf.editions]
        case Kind.FORM if body := _write_form(edition, shelf, site, address.name):
            return body, tags
    return None


def _write_form(edition: Edition, shelf: Shelf, site: Site, name: str) -> str | bytes | None:
    """Write an edition as one file; a document that takes long is taken from the shelf."""
    tag = edition.language.tag
    if name == TEXT:
        return write_text(edition, site.share(tag))
    if name == BOOK:
        from letter.formats.epub import write_epub

        return write_epub(edition, site)
    return shelf.documents.get(tag, {}).get(name)
