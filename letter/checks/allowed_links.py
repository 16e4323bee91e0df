"""The links that a translation may have in another's place: locales/links.csv."""

import re
from pathlib import Path

from letter.errors import OneLetterError
from letter.source.csv_rows import read_csv_rows, read_csv_text

LINKS = "links.csv"
_START = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?|[^\s/@\\]+@[^\s/@\\]+", re.IGNORECASE)

# Pairs of beginnings: of an address of the source, and of an address that may take its place.
AllowedLinks = tuple[tuple[str, str], ...]


class LinksError(OneLetterError):
    """A list of links that can't be used; the text is `path:line: what is wrong: what to do`."""


def read_links(path: Path) -> AllowedLinks:
    """Read locales/links.csv, with the columns source and target; () where there is no such file.

    LinksError says what is wrong and where.
    """
    text = read_csv_text(path, LinksError, "file")
    return () if text is None else parse_links(text, str(path))


def parse_links(text: str, path: str = LINKS) -> AllowedLinks:
    """Parse the text of a list of links; LinksError for a row that a check could misunderstand."""
    rows = read_csv_rows(text, path, LinksError)
    line, heading = rows[0] if rows else (1, [])
    if [cell.lower() for cell in heading] != ["source", "target"]:
        advice = "write source,target as its first line"
        raise LinksError(f"{path}:{line}: must begin with the columns source and target: {advice}")
    pairs = []
    for line, row in rows[1:]:
        if not any(row):
            continue
        if len(row) != 2:
            advice = "write an address of the source, a comma, and what may take its place"
            raise LinksError(f"{path}:{line}: has {len(row)} cells in place of 2: {advice}")
        for cell in row:
            if not _START.fullmatch(cell):
                advice = "write https://, the site, and as much of the rest as all have in common"
                wrong = f"“{cell[:60]}” begins no address, {_find_cause(cell)}"
                raise LinksError(f"{path}:{line}: {wrong}: {advice}")
        pairs.append((_lower_host(row[0]), _lower_host(row[1])))
    return tuple(pairs)


def _find_cause(cell: str) -> str:
    if "://" not in cell:
        return "since it lacks https://"
    if "@" in cell:
        return "since an @ stands before its site"
    return "since it has a blank, a backslash or no site"


def _lower_host(start: str) -> str:
    """Write a host in small letters, as `find_addresses` does (RFC 3986, 3.2.2)."""
    return re.sub(r"^(?:https?://)?[^/?#]+", lambda host: host[0].lower(), start, flags=re.I)


def is_allowed(source: str, target: str, links: AllowedLinks) -> bool:
    """Say whether a translation may have an address in the place of one of the source.

    >>> allowed = (("https://a.org", "https://b.org/fa/"),)
    >>> is_allowed("https://a.org/x", "https://b.org/fa/x", allowed)
    True
    >>> is_allowed("https://a.org.evil.example", "https://b.org/fa/x", allowed)
    False
    """
    return any(_begins(source, one) and _begins(target, other) for one, other in links)


def _begins(address: str, start: str) -> bool:
    """Say whether an address begins so, at the end of a part of the address.

    Another site's name could go on after "https://a.org".
    """
    rest = address.removeprefix(start)
    is_whole = start[-1] in "/?#=" or rest[:1] in ("", "/", "?", "#")
    return address == start.rstrip("/") or (address.startswith(start) and is_whole)
