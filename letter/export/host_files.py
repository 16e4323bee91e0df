"""The files that tell hosts of an export how to answer, filled from the templates in `hosts/`.

Administrators read these files, so the text of the rules is in the templates alone. All names in
the rules begin with a name made of the letter's address, so that a host can carry several letters.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from letter.addresses import ANCHOR, FORMS, MEDIA_TYPES, MISSING, SIGNATORIES, WHOLE
from letter.export.requested_tags import list_other_names, list_tag_patterns, write_known_tags
from letter.formats.page import make_security_policy
from letter.formats.site import has_passage_pages
from letter.serving import publications
from letter.serving.negotiation import name_cookie, write_cookie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.editions.shelf import Shelf
    from letter.formats.site import Site

# Where each template's text stands in the export. Names that begin with . or _ are hidden by hosts.
_PLACES = {
    "nginx-maps.conf": ".hosts/nginx-maps.conf",
    "nginx-answers.conf": ".hosts/nginx-answers.conf",
    "Caddyfile": ".hosts/Caddyfile",
    "htaccess": ".htaccess",
    "_headers": "_headers",  # Netlify, Cloudflare Pages
    "_redirects": "_redirects",
}
_LONGEST_WORD = 6  # characters: of longer names few fit into a bucket of nginx's table of variables


def write_host_files(shelf: Shelf, site: Site) -> Iterator[tuple[str, str]]:
    """Write the files of all hosts: pairs of a path in the export, and the file's text."""
    source = shelf.source.language.tag
    tags = tuple(shelf.editions)
    values = {
        "letter": site.base_url,
        "name": name_rules(site),
        "prefix": site.prefix,
        "below": re.escape(site.prefix),
        "tags": tags,
        "any_tag": "|".join(tags),
        "source": source,  # the edition of readers whom no pattern fits
        "patterns": [
            each for each in list_tag_patterns(tags) if each.tag != source or each.is_exception
        ],
        "known": write_known_tags(tags),
        "other_names": list_other_names(tags),
        "names": publications.list_former_pages(shelf.letter),
        "signatories": SIGNATORIES,
        "anchor": ANCHOR,
        "has_passage_pages": has_passage_pages(shelf.letter),
        "cookie": partial(write_cookie, prefix=site.prefix),
        "is_secure": site.is_secure,
        "cookie_name": name_cookie(site.prefix),
        "security": publications.list_security_headers(site),
        "policy": make_security_policy(),
        "publications": publications,  # whose constants are the headers of answers
        "media_types": {suffix: MEDIA_TYPES[suffix] for suffix in _list_suffixes(shelf)},
    }
    templates = _read_host_templates()
    for name, place in _PLACES.items():
        yield place, templates.get_template(name).render(values)


def _list_suffixes(shelf: Shelf) -> list[str]:
    """List the suffixes of all files that an export of the letter may have, now or later."""
    names = (MISSING, *FORMS, *WHOLE, *shelf.letter.images)
    return sorted({PurePosixPath(name).suffix.lower() for name in names})


def name_rules(site: Site) -> str:
    """Make the name of a letter in the rules: a word of its address, and a digest of all of it.

    The word is for people: the end of the path, or the host at the top of a host. Letters whose
    addresses have the same word differ in the digest.

    >>> from letter.formats.site import Site
    >>> name_rules(Site("https://example.org:8443/2026/Aleppo-Letter/"))
    'aleppo_d950'
    >>> name_rules(Site("https://letter.example.org"))
    'letter_5630'
    """
    address = urlsplit(site.join(""))
    place = site.prefix.rpartition("/")[2] or address.netloc
    word = re.sub("[^a-z]", "", place.lower())[:_LONGEST_WORD] or "letter"
    digest = hashlib.sha256(address.geturl().encode()).hexdigest()[:4]
    return f"{word}_{digest}"


@cache
def _read_host_templates() -> Environment:
    """Read the templates, in which << >> encloses a value: braces belong to nginx and Caddy."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "hosts"),
        variable_start_string="<<",
        variable_end_string=">>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # these are no HTML
    )
