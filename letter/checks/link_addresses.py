"""The checks of addresses: another site keeps a text from readers, another page of it does not.

A page of Wikipedia, of an organisation or of the letter's appendix often has a version in the
reader's language, at another address of the same site.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from letter.checks.allowed_links import is_allowed
from letter.checks.texts import Pair, find_addresses, names_site
from letter.files import read_table
from letter.languages.declared import find_same_language, list_known

# A link to a file beside the page: no scheme, no other site behind "//" or "\\".
_RELATIVE = re.compile(r"(?!//)[^\s:\\#@]+")
_SAME_SITE = frozenset({"www", "m"})  # names of hosts that say nothing of the site
_LONGEST_SHARED = 3  # letters of the names before a country under which anyone has a site: co.uk
# Hosts on which anyone has pages, by what tells owners apart: the path, or the name before.
_SHARED = {
    owner: frozenset(hosts.split()) for owner, hosts in read_table("checks/shared_hosts.csv")
}
_PAIRS = 40  # addresses in one text that are compared with each other, and told


def find_changed_addresses(pair: Pair) -> Iterator[str]:
    """Find addresses of pages and mail that are neither the original's nor of its sites.

    The bare name of a site, "example.org", may stay out or be put in where the original links to
    the site.
    """
    if pair.original.addresses == find_addresses(pair.text):
        return
    _, missing, added = _compare_addresses(pair)
    for address in missing[:_PAIRS]:
        what = "the link to the heading" if address[0] == "#" else "the address"
        told = _show_whole(address, pair.original.text)
        yield f"{what} {told} of the source is missing: copy it from there unchanged"
    for address in added[:_PAIRS]:
        what = "the link to the heading" if address[0] == "#" else "the address"
        told = _show_whole(address, pair.text)
        yield f"{what} {told} is not in the source: remove it, or copy the right one"


def find_moved_addresses(pair: Pair) -> Iterator[str]:
    """Find addresses of another page of a site that the original links to."""
    if pair.original.addresses == find_addresses(pair.text):
        return
    for source, target in _compare_addresses(pair)[0][:_PAIRS]:
        there, here = _show_whole(source, pair.original.text), _show_whole(target, pair.text)
        advice = "make sure that it is the same page in your language, or copy the source's"
        if target == source.replace("https://", "http://", 1):
            advice = "write https, as there"
        yield f"the source links to {there}, this to {here}: {advice}"


def _compare_addresses(pair: Pair) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """List the pairs of pages of one site, and what is missing and added beside these pairs."""
    english, found = pair.original.addresses, find_addresses(pair.text)
    hosts = {address.split("/")[2] for address in english if "://" in address}
    missing = sorted(english - found - hosts)
    moved: list[tuple[str, str]] = []
    added = []
    # A site's bare name must not take the place of a link to the site.
    for address in sorted(found - english - hosts, key=lambda each: ("://" not in each, each)):
        likely = missing[:_PAIRS] if len(found) <= _PAIRS else []
        fitting = [each for each in likely if _is_same_page(each, address)]
        fitting += [each for each in likely if is_allowed(each, address, pair.links)]
        others = [each for each in likely if _is_same_site(each, address, pair.writing.language)]
        if not (fitting or others):
            added.append(address)
            continue
        missing.remove((fitting or others)[0])
        if not fitting:
            moved.append((others[0], address))
    # The words of a link may name its site.
    named = {parts.hostname for _, target in moved if (parts := _split_address(target))}
    return moved, missing, [address for address in added if address not in named]


def _is_same_page(source: str, target: str) -> bool:
    """Say whether two addresses are one: https for http, other escapes of the same letters."""
    if target.startswith("https:"):
        source = source.replace("http://", "https://", 1)
    is_host_same = source.split("/")[:3] == target.split("/")[:3]
    return is_host_same and unquote(source) == unquote(target)


def _is_same_site(source: str, target: str, language: str) -> bool:
    """Say whether an address is of the source's site: its host, or its host for this language.

    >>> wiki = "https://en.wikipedia.org/wiki/Aleppo"
    >>> _is_same_site(wiki, "https://ar.wikipedia.org/wiki/x", "ar")
    True
    >>> _is_same_site(wiki, "https://fr.wikipedia.org/wiki/x", "ar")
    False
    >>> _is_same_site("https://t.me/aleppo", "https://t.me/x", "ar")
    False
    """
    if _RELATIVE.fullmatch(source) and not names_site(source):
        return _RELATIVE.fullmatch(target) is not None and not names_site(target)
    one, other = _split_address(source), _split_address(target)
    if one is None or other is None or one.port != other.port:
        return False
    names, own = _list_names(one), _list_names(other)
    if ".".join(names) in _SHARED["path"]:
        return names == own and (one.path, one.query) == (other.path, other.query)
    if names == own or ".".join(own[1:]) in _SHARED["name"]:
        return names == own
    if len(names) == len(own) > 2 and names[0] in list_known():
        names = names[1:]
    is_named = len(names) > 2 or len(names[0]) > _LONGEST_SHARED or len(names[-1]) > 2
    label = "nb" if own[0] == "no" else own[0]
    is_named = is_named and ".".join(names) not in _SHARED["path"]
    return is_named and own[1:] == names and find_same_language(label, [language]) is not None


def _split_address(address: str) -> SplitResult | None:
    """Split the address of a page; None for any other, and for one that hides its site."""
    try:
        parts = urlsplit(f"https://{address}" if names_site(address) else address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # such as "http://[" or a port that is none
        return None
    is_plain = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return parts if is_plain and re.fullmatch(r"[a-z0-9.-]+", host) else None


def _list_names(parts: SplitResult) -> list[str]:
    """List the names of a host but those that say nothing of its site."""
    names = (parts.hostname or "").split(".")
    return [name for name in names[:-2] if name not in _SAME_SITE] + names[-2:]


def _show_whole(address: str, text: str) -> str:
    """Show an address with the letters after it, before which the search for addresses ends."""
    at = text.find(address)
    rest = re.match(r"[^\s()<>\[\]\"'«»“”]*", text[at + len(address) :]) if at >= 0 else None
    return address + (rest[0].rstrip(".,;:!?'*_|،؛؟。、") if rest else "")
