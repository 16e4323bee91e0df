"""A translation beside its English, and what the checks read from either: addresses, numbers …"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letter.checks.alphabets import Writing

PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*[a-zA-Z]")  # of Python: %(count)s, %(share)03d
CODE = re.compile(r"`[^`]*`")
# Placeholders of any language, entities and code: their digits are no numbers of the text.
_NO_TEXT = re.compile(r"%\(\w+\)\S|%(?:\d+\$)?[-#0+]*[A-Za-z]|\{[^{}\s]*\}|&#?\w+;|" + CODE.pattern)
# Addresses with all that could belong to them: their digits are no numbers either.
_ADDRESS_LIKE = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+|(?:https?|ftp|mailto):[!-~]+"
)

# The URL characters of RFC 3986 without brackets, which a pair of brackets may stand for. A name
# without a scheme is an address only in a common domain: "e.g." and "letter.md" are none.
_COMMON_DOMAIN = r"\.(?:com|edu|gov|info|int|net|org)(?![A-Za-z0-9-])"
_URL_CHAR = r"""[!#$%&'*+,./0-9:;=?@A-Z\\^_a-z|~-]"""
_ADDRESS = re.compile(
    rf"(?:https?|ftp)://(?:{_URL_CHAR}|\({_URL_CHAR}*\))+"
    r"|(?<![\w.+-])[A-Za-z0-9_][A-Za-z0-9_.+-]*+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9./@-])(?:www\.[A-Za-z0-9-]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)"
    rf"{_COMMON_DOMAIN}(?:/{_URL_CHAR}*)?"
)
_DOMAIN = re.compile(_COMMON_DOMAIN)
_DESTINATION = re.compile(r"\]\(\s*+<?([^\s<>()]++)")
# Digits with separators between them, of thousands or decimals in any language, or of a date. A
# single class stands first, since the search skips to a class much faster than to a repeat.
_NUMBER = re.compile(r"\d\d*(?:[.,٬٫'’\u00a0\u2009\u202f]\d+|[ \u00a0](?=\d{3}(?!\d))\d{3})*")
_TAG = re.compile(r"<(?:!--|/?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>)")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class English:
    """A msgid, and what the checks hold a translation against."""

    text: str
    addresses: frozenset[str]
    placeholders: frozenset[str]
    numbers: tuple[str, ...]  # as `find_numbers` writes them
    tags: frozenset[str]  # names of HTML elements
    words: frozenset[str]  # in lower case


@dataclass(frozen=True, slots=True)
class Pair:
    """One string of a translation beside its English, and how its language is written."""

    english: English
    text: str
    writing: Writing


@lru_cache(maxsize=4_096)
def read_english(msgid: str) -> English:
    """Read a msgid, once for all the catalogues that translate it."""
    return English(
        msgid,
        find_addresses(msgid),
        frozenset(PLACEHOLDER.findall(msgid)) if "%(" in msgid else frozenset(),
        find_numbers(msgid),
        find_tags(msgid),
        frozenset(word.lower() for word in _WORD.findall(msgid)),
    )


def find_addresses(text: str) -> frozenset[str]:
    """List the addresses of pages and mail, in Markdown links and outside of them.

    >>> sorted(find_addresses("See [it](/a), https://A.org/B/ or mail@a.org."))
    ['/a', 'https://a.org/B', 'mail@a.org']
    """
    if not ("@" in text or "://" in text or "](" in text or _DOMAIN.search(text)):
        return frozenset()
    found = {_trim_address(match[0]) for match in _ADDRESS.finditer(text)}
    for match in _DESTINATION.finditer(text):
        if not _ADDRESS.match(match[1]):
            found.add(match[1])
    return frozenset(found)


def _trim_address(address: str) -> str:
    """Take off what the sentence adds to an address's end; write its host in lower case."""
    address = address.rstrip(".,;:!?'*_|\\").removesuffix("/")
    host, slash, path = address.removeprefix("http://").removeprefix("https://").partition("/")
    scheme = address[: len(address) - len(host + slash + path)]
    return scheme + host.lower() + slash + path  # RFC 3986 §3.2.2: a host has no case


def find_numbers(text: str) -> tuple[str, ...]:
    """List the numbers of a text in Latin digits, with their separators.

    Digits of a name (H264), an address, a placeholder or code are no numbers.

    >>> find_numbers("٢٥٠٬٠٠٠ in 2016, not H264")
    ('250٬000', '2016')
    """
    if "@" in text or "://" in text:
        text = _ADDRESS_LIKE.sub(" ", text)
    if "%" in text or "{" in text or "`" in text or "&" in text:
        text = _NO_TEXT.sub(" ", text)
    return tuple(
        _write_latin(match[0])
        for match in _NUMBER.finditer(text)
        if not _ends_name(text[max(match.start() - 2, 0) : match.start()])
    )


def _ends_name(before: str) -> bool:
    """Say whether digits belong to a name, by the two characters before: H264, x86_64, UTF-8."""
    before = before.removesuffix("-") if len(before) == 2 else before
    return before.isascii() and (before[-1:].isalpha() or before.endswith("_"))


def _write_latin(number: str) -> str:
    if number.isascii():
        return number
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in number)


def find_tags(text: str) -> frozenset[str]:
    """List the names of HTML tags outside of code, in lower case; "!--" for a comment."""
    if "<" not in text:
        return frozenset()
    text = CODE.sub(" ", text)
    return frozenset((match[1] or "!--").lower() for match in _TAG.finditer(text))


def find_words(text: str) -> list[str]:
    """List the words of a text: runs of letters."""
    return _WORD.findall(text)
