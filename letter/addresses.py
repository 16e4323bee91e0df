"""Every address of the site: what it is, how it is written and read, and how pages link to it.

Paths stand below the address of the whole site and begin with a slash: "/ar/", "/ar/letter.txt".
Only strings are looked at here: whether there is such an edition or passage, `serving` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

# The media types of all files that are published, by their suffix (IANA's registry). The machine's
# own table (mimetypes) is not asked: it differs from machine to machine, and may lack .webp.
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
JSON = MEDIA_TYPES[".json"]
IMAGE_SUFFIXES = tuple(suffix for suffix, kind in MEDIA_TYPES.items() if kind.startswith("image/"))

MEDIA = "/media/"  # the folder of the letter's own pictures
TEXT, BOOK, PAPER, CARD = "letter.txt", "letter.epub", "letter.pdf", "card.png"
TEXTS = (TEXT, BOOK)  # of every edition
FORMS = (*TEXTS, PAPER, CARD)  # and those that an edition has where their programs are installed
BUNDLE, DATA, SCHEMA = "/letter.html", "/letter.json", "/letter.schema.json"
SITEMAP, ROBOTS = "/sitemap.xml", "/robots.txt"
WHOLE = (BUNDLE, DATA, SCHEMA, SITEMAP, ROBOTS)  # of all editions
SIGNATORIES = "signatories-"  # and the tag of an edition: the place of the names on its page
MISSING = "404.html"  # of an export alone: at its top, and in each edition's folder

CHOOSE = "choose"  # the query by which a reader chooses an edition, so that the site remembers it
FORMER_PAIR = "with"  # the query that two editions side by side had before they had a path

PARSED = "letter.address"  # under which a layer in front hands an Address on (PEP 3333 environ)

ANCHOR = "p[a-z2-7]{7}"  # the pattern of a passage's name: source.blocks makes it


class Kind(StrEnum):
    """What stands at an address; its value is the pattern of its path."""

    CHOICE = "/"  # leads to an edition, or lists them all
    EDITION = "/{tag}/"
    PAIR = "/{tag}/with/{name}/"  # two editions side by side
    PASSAGE = "/{tag}/{name}/"  # one passage in all languages, or what leads to it on its page
    FORM = "/{tag}/{name}"  # an edition as a file to hand on
    WHOLE = "/{name}"  # a file of all editions
    IMAGE = "/media/{name}"  # one of the letter's own pictures
    HEALTH = "/healthz"  # of the app alone

    def write_path(self, tag: str = "", name: str = "") -> str:
        """Write the path of an address of this kind, with the slash at its end that pages have."""
        return self.format(tag=tag, name=name)


CHOOSABLE = (Kind.EDITION, Kind.PASSAGE)  # pages at which a reader may choose a language


@dataclass(frozen=True, slots=True)
class Address:
    """An address, taken apart.

    `tag` names an edition, as it was written: it may be another name of it ("kmr"). `name` is the
    other edition's tag, a passage's anchor, or a file's name.

    >>> Address(Kind.PAIR, "ar", "ku").path
    '/ar/with/ku/'
    """

    kind: Kind
    tag: str = ""
    name: str = ""

    @property
    def path(self) -> str:
        """The path that the address has."""
        return self.kind.write_path(self.tag, self.name)


def parse_path(path: str) -> Address | None:
    """Take a path apart; None where nothing can stand. A page's last slash may be missing.

    >>> parse_path("/ar/with/ku") == Address(Kind.PAIR, "ar", "ku")
    True
    >>> parse_path("/ar/nothing/at/all") is None
    True
    """
    if path in (Kind.CHOICE, Kind.HEALTH):
        return Address(Kind(path))
    if path.startswith(MEDIA) and path != MEDIA:
        return Address(Kind.IMAGE, name=path.removeprefix(MEDIA))
    if path in WHOLE:
        return Address(Kind.WHOLE, name=path[1:])
    match path.removesuffix("/").split("/"):
        case ["", tag] if tag:
            return Address(Kind.EDITION, tag)
        case ["", tag, "with", other] if tag and other:
            return Address(Kind.PAIR, tag, other)
        case ["", tag, name] if tag and re.fullmatch(ANCHOR, name):
            return Address(Kind.PASSAGE, tag, name)
        case ["", tag, name] if tag and name in FORMS and not path.endswith("/"):
            return Address(Kind.FORM, tag, name)
    return None


def relate(here: str, there: str) -> str:
    """Write the link from one path to another, the same wherever the site stands.

    >>> relate("/ar/", "/ku/"), relate("/ar/", "/ar/letter.txt"), relate("/ar/", "/ar/")
    ('../ku/', 'letter.txt', './')
    """
    start, goal = here.split("/")[:-1], there.split("/")
    common = 0
    while common < min(len(start), len(goal) - 1) and start[common] == goal[common]:
        common += 1
    return "../" * (len(start) - common) + "/".join(goal[common:]) or "./"


def find_file(path: str) -> str:
    """Say in which file of an export a path stands, from the export's top.

    >>> find_file("/ar/"), find_file("/letter.json")
    ('ar/index.html', 'letter.json')
    """
    return (f"{path}index.html" if path.endswith("/") else path).removeprefix("/")


def find_media_type(path: str) -> str:
    """Find the media type of a file, or of the page at a path that ends in a slash."""
    return MEDIA_TYPES[PurePosixPath(path).suffix.lower() or ".html"]
