"""Where links and images may lead: which schemes, which headings, which pictures."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from letter.addresses import IMAGE_SUFFIXES

LINK_SCHEMES = ("http", "https", "mailto", "tel")

_NUMBER = re.compile(r"tel:\+?[0-9][0-9().-]*")  # RFC 3966 §3, without its parameters


def has_link_scheme(address: str) -> bool:
    """Say whether a link is a whole address of one of LINK_SCHEMES.

    >>> has_link_scheme("https://example.org/"), has_link_scheme("https:x"), has_link_scheme("/x")
    (True, False, False)
    >>> has_link_scheme("tel:+963-11-555-1234"), has_link_scheme("tel:x")
    (True, False)
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # such as "http://["
        return False
    if parts.scheme == "tel":
        return _NUMBER.fullmatch(address) is not None
    target = parts.path if parts.scheme == "mailto" else parts.netloc
    return parts.scheme in LINK_SCHEMES and target != ""


def is_image_address(address: str) -> bool:
    """Say whether an address is a picture's file name, relative to the letter's folder."""
    return is_file_beside(unquote(address), IMAGE_SUFFIXES)


def is_file_beside(name: str, suffixes: Collection[str]) -> bool:
    """Say whether a name is that of a file beside the letter, or in a folder there, of some kind.

    >>> is_file_beside("of/us.CSV", (".csv",)), is_file_beside("../us.csv", (".csv",))
    (True, False)
    """
    path = PurePosixPath(name)
    return (
        re.fullmatch(r"[\w %./()-]+", name) is not None
        and not path.is_absolute()
        and ".." not in path.parts
        and path.suffix.lower() in suffixes
    )


def make_slugs(headings: Iterable[str]) -> list[str]:
    """Make the slug of each heading's plain words, by which the letter links it, as GitHub does.

    >>> make_slugs(["What we ask!", "Ce qu’on demande", "What we ask"])
    ['what-we-ask', 'ce-quon-demande', 'what-we-ask-1']
    """
    slugs: dict[str, int] = {}
    for heading in headings:
        kept = (c for c in heading.lower() if c in " -" or _is_of_word(c))
        slug = own = "".join(kept).replace(" ", "-")
        while slug in slugs:
            slugs[own] += 1
            slug = f"{own}-{slugs[own]}"
        slugs[slug] = 0
    return list(slugs)


def _is_of_word(char: str) -> bool:
    return unicodedata.category(char) in ("Nd", "Pc") or unicodedata.category(char)[0] in "LM"


def find_slug(address: str) -> str:
    """Say which heading a link within the letter leads to, by its slug; "" for another link.

    >>> find_slug("#what-we-ask"), find_slug("https://example.org/#x")
    ('what-we-ask', '')
    """
    return unquote(address[1:]) if address.startswith("#") else ""
