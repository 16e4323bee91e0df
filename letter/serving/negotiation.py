"""Which language a reader gets whose address names no language: content negotiation for `/`.

The rule, in order:

1. the cookie, if it means an available language;
2. the ranges of Accept-Language, by weight, then by place: a range gives the available language
   that it means, `*` gives the letter's own language. A language that a range of weight 0 names,
   whole or by its beginning, is passed over (RFC 9110 §12.5.4, RFC 4647 §3.4);
3. the letter's own language.

A host of files has a shorter rule, which the export writes: after the cookie, the first language
of Accept-Language that is available. Browsers send the languages in the order of their weights.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from letter.languages.matching import fold_tag, match_language

_COOKIE_SECONDS = 365 * 24 * 60 * 60

# The first 1,000 characters up to the end of a range: browsers send at most some two hundred.
_READ_PART = re.compile(r"(.{0,1000})(?:,|\Z)", re.DOTALL)
# RFC 9110 §12.4.2 allows three decimals. Apps that print a float send more: the first three count.
_RANGE = re.compile(
    r"[ \t]*(?P<range>\*|[A-Za-z0-9_-]+)[ \t]*"
    r"(?:;[ \t]*[Qq]=(?P<weight>0(?:\.[0-9]*)?|1(?:\.0*)?)[ \t]*)?"
)


def name_cookie(prefix: str) -> str:
    """Name the cookie that keeps a choice for the letter below a path, which is "" at a host's top.

    A browser sends the cookies of / to every letter below, too (RFC 6265 §5.1.4, §5.4), so that
    letters need names of their own. nginx takes ASCII letters, digits and underscores alone.

    >>> name_cookie(""), name_cookie("/aleppo")
    ('language', 'language_c68fc74d')
    """
    digest = hashlib.sha256(prefix.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"language_{digest}" if prefix else "language"


def write_cookie(tag: str, path: str = "", *, prefix: str, is_secure: bool = False) -> str:
    """Write the Set-Cookie that keeps a choice for a year, below the path of the letter alone.

    `path` is that of a copy which lies elsewhere than below `prefix`. `is_secure` says that pages
    are read by https, and the cookie is never sent without it.
    """
    rules = f"Max-Age={_COOKIE_SECONDS}; HttpOnly; Path={path or prefix + '/'}; SameSite=Lax"
    return f"{name_cookie(prefix)}={tag}; {rules}" + ("; Secure" if is_secure else "")


def choose_language(
    available: Collection[str], cookie: str | None, accept_language: str | None, source: str
) -> str:
    """Return the available tag to serve, `source` if nothing fits; the rule stands above.

    The source is the tag of the letter's own language, which every letter has an edition in.

    The cookie and the header may be any text or None: nothing is raised, and only the first 1,000
    characters of the header are read.

    >>> choose_language(["fr", "ar", "ckb"], None, "tr-TR,ku-IQ;q=0.8,ar;q=0.9", "fr")
    'ar'
    """
    if cookie and (chosen := match_language(cookie, available)):
        return chosen
    ranges = read_ranges(accept_language or "")
    refused = {fold_tag(wanted) for wanted, weight in ranges if not weight}
    for wanted, weight in sorted(ranges, key=lambda pair: -pair[1]):
        chosen = source if wanted == "*" else match_language(wanted, available)
        if weight and chosen and not _is_refused(chosen, refused):
            return chosen
    return source


def read_ranges(accept_language: str) -> list[tuple[str, int]]:
    """Read Accept-Language as pairs of range and weight, in the order of the header.

    A weight is in thousandths, 0…1000; a range without a weight has 1000. Malformed items are
    skipped.

    >>> read_ranges("ku-IQ, *;q=0.1")
    [('ku-IQ', 1000), ('*', 100)]
    """
    part = _READ_PART.match(accept_language)
    matches = map(_RANGE.fullmatch, part[1].split(",") if part else ())
    return [(match["range"], _read_weight(match["weight"] or "1")) for match in matches if match]


def _read_weight(text: str) -> int:
    whole, _, decimals = text.partition(".")
    return int(whole + decimals[:3].ljust(3, "0"))


def _is_refused(tag: str, refused: set[str]) -> bool:
    """Tell whether a tag or one of its beginnings (RFC 4647 §3.3.1) is among the refused."""
    subtags = fold_tag(tag).split("-")
    return any("-".join(subtags[:length]) in refused for length in range(1, len(subtags) + 1))
