"""The codings in which bodies are sent, and which a reader takes (RFC 9110 §8.4, §12.5.3)."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache

try:
    import brotli
except ImportError:  # an extra: without it pages are sent gzipped
    brotli = None

CODINGS = ("br", "gzip") if brotli else ("gzip",)  # the smallest first
SUFFIXES = {"br": ".br", "gzip": ".gz"}  # of files that are kept in them
BEST = {"br": 11, "gzip": 9}  # for bodies of BEST_UP_TO bytes: some 25 ms a page
QUICK = {"br": 5, "gzip": 6}  # for larger bodies: a tenth more bytes, in a thirtieth of the time
BEST_UP_TO = 64 * 1024

_ITEM = re.compile(
    r"[ \t]*(?P<coding>[^\s;,]+)[ \t]*(?:;[ \t]*[Qq]=(?P<zero>0(?:\.0*)?[ \t]*$)?.*)?", re.DOTALL
)


@lru_cache(1000)  # clients send a handful of values, but anyone could send any
def choose_coding(accepted: str) -> str:
    """Choose the smallest coding that an Accept-Encoding takes, or "identity".

    A coding's own item counts before `*`; of two items that name the same coding, the first.

    >>> choose_coding("gzip;q=0, *"), choose_coding("gzip")
    ('br', 'gzip')
    """
    takes: dict[str, bool] = {}
    for match in map(_ITEM.fullmatch, accepted.split(",")):
        if match:
            takes.setdefault(match["coding"].lower(), match["zero"] is None)
    rest = takes.get("*", False)
    return next((coding for coding in CODINGS if takes.get(coding, rest)), "identity")


def encode_body(body: bytes, coding: str, *, is_quick: bool = False) -> bytes:
    """Encode a body as one of CODINGS, or not at all as "identity"; always to the same bytes.

    `is_quick` is for a small page of which there are very many.
    """
    quality = QUICK if is_quick or len(body) > BEST_UP_TO else BEST
    if coding == "gzip":
        return gzip.compress(body, quality[coding], mtime=0)
    if coding == "br":
        return bytes(brotli.compress(body, quality=quality[coding]))
    return body
