"""A translation beside its English, as the checks see the two; the English is read only once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letter.checks.alphabets import Writing

PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*[a-zA-Z]")
# Anything that a program replaces or a reader doesn't read as words: its digits aren't numbers.
_MACHINE = re.compile(r"%\(\w+\)\S|%(?:\d+\$)?[-#0+]*[A-Za-z]|\{[^{}\s]*\}|&#?\w+;|`[^`]*`")
_CLOSED = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+|(?:https?|ftp|mailto):[!-~]+")

_URL_CHAR = r"""[!#$%&'*+,./0-9:;=?@A-Z\\^_a-z|~-]"""
_ADDRESS = re.compile(
    rf"(?:https?|ftp)://(?:{_URL_CHAR}|\({_URL_CHAR}*\))+"
    r"|(?<![\w.+-])[A-Za-z0-9_][A-Za-z0-9_.+-]*+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9./@-])(?:www\.[A-Za-z0-9-]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)"
    rf"\.(?:com|edu|gov|info|int|net|org)(?![A-Za-z0-9-])(?:/{_URL_CHAR}*)?"
)
_DOMAIN = re.compile(r"\.(?:com|edu|gov|info|int|net|org)(?![A-Za-z0-9-])")
_DESTINATION = re.compile(r"\]\(\s*+<?([^\s<>()]++)")
# A single class first: the search skips to it, much faster than with a repeat.
_NUMBER = re.compile(r"\d\d*(?:[.,٬٫'’\u00a0\u2009\u202f]\d+|[ \u00a0](?=\d{3}(?!\d))\d{3})*")
_DIGITS = {start + n: str(n) for start in (0x660, 0x6F0) for n in range(10)}
_TAG = re.compile(r"<(?:!--|/?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>)")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class English:
    """What a translation is held against, read from a msgid."""

    text: str
    addresses: frozenset[str]
    placeholders: frozenset[str]
    numbers: tuple[str, ...]
    tags: frozenset[str]
    words: frozenset[str]  # in lower case


@dataclass(frozen=True, slots=True)
class Pair:
    """One string of a translation, its English, and how the language is written."""

    english: English
    text: str
    writing: Writing


@lru_cache(maxsize=4_096)
def read_english(msgid: str) -> English:
    """Read a msgid; a thousand catalogues have the same ones."""
    return English(
        msgid,
        find_addresses(msgid),
        frozenset(PLACEHOLDER.findall(msgid)) if "%(" in msgid else frozenset(),
        find_numbers(msgid),
        find_tags(msgid),
        frozenset(word.lower() for word in _WORD.findall(msgid)),
    )


def find_addresses(text: str) -> frozenset[str]:
    """List the addresses of pages and mail, in Markdown links and outside of them."""
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

    Digits of an identifier (H264), an address, a placeholder or code are not numbers.
    """
    if "@" in text or "://" in text:
        text = _CLOSED.sub(" ", text)
    if "%" in text or "{" in text or "`" in text or "&" in text:
        text = _MACHINE.sub(" ", text)
    return tuple(
        [
            number if (number := match[0]).isascii() else _write_latin(number)
            for match in _NUMBER.finditer(text)
            if not _ends_identifier(text[max(match.start() - 2, 0) : match.start()])
        ]
    )


def _ends_identifier(before: str) -> bool:
    """Say whether digits behind these characters belong to a name: H264, x86_64, UTF-8."""
    before = before.removesuffix("-") if len(before) == 2 else before
    return before.isascii() and (before[-1:].isalpha() or before.endswith("_"))


def _write_latin(number: str) -> str:
    number = number.translate(_DIGITS)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in number)


def find_tags(text: str) -> frozenset[str]:
    """List the names of HTML tags outside of code, in lower case; "!--" for a comment."""
    if "<" not in text:
        return frozenset()
    if "`" in text:
        text = re.sub("`[^`]*`", " ", text)
    return frozenset((match[1] or "!--").lower() for match in _TAG.finditer(text))


def find_words(text: str) -> list[str]:
    """List the words of a text: runs of letters."""
    return _WORD.findall(text)
