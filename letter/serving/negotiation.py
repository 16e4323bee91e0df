"""Which language a reader gets who has not said so in the address.

The whole rule, in order, for anything else that has to reproduce it:

1. the cookie, if it means an available language;
2. each range of Accept-Language, by weight, then by place: the language it means, `*` being
   English; a language that a range of weight 0 names, whole or by its beginning, is passed over;
3. English.

letter.nginx and letter.caddy write it for hosts that have no program to ask.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letter.languages.matching import fold_tag, match_language

if TYPE_CHECKING:
    from collections.abc import Collection

COOKIE = "language"  # keeps what a reader has chosen
_COOKIE_SECONDS = 365 * 24 * 60 * 60

# Browsers send at most some two hundred characters; what follows the last whole range is dropped.
_READ_PART = re.compile(r"(.{0,1000})(?:,|\Z)", re.DOTALL)
# RFC 9110 §12.4.2 allows three decimals. Apps that print a float send more, of which three count.
_RANGE = re.compile(
    r"[ \t]*(?P<range>\*|[A-Za-z0-9_-]+)[ \t]*"
    r"(?:;[ \t]*[Qq]=(?P<weight>0(?:\.[0-9]*)?|1(?:\.0*)?)[ \t]*)?"
)


def write_cookie(tag: str) -> str:
    """Write the Set-Cookie that keeps a choice for a year."""
    return f"{COOKIE}={tag}; Max-Age={_COOKIE_SECONDS}; HttpOnly; Path=/; SameSite=Lax"


def choose_language(
    available: Collection[str], cookie: str | None, accept_language: str | None
) -> str:
    """Return the available tag to serve, "en" if nothing fits.

    RFC 9110 §12.5.4 and RFC 4647 §3.4 lookup. Takes any text as cookie and header, also None,
    never raises, and looks at a bounded part of the header.
    """
    if cookie and (chosen := match_language(cookie, available)):
        return chosen
    ranges = read_ranges(accept_language or "")
    refused = {fold_tag(wanted) for wanted, weight in ranges if not weight}
    for wanted, weight in sorted(ranges, key=lambda pair: -pair[1]):
        chosen = "en" if wanted == "*" else match_language(wanted, available)
        if weight and chosen and not _is_refused(chosen, refused):
            return chosen
    return "en"


def read_ranges(accept_language: str) -> list[tuple[str, int]]:
    """Read Accept-Language as pairs of range and weight, in its order.

    A weight is in thousandths, 0…1000, and 1000 where none is given. Items that are malformed are
    skipped.
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
