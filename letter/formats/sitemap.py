"""What search engines read: the sitemap, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.addresses import CHOICE, SITEMAP, edition_path

if TYPE_CHECKING:
    from letter.editions.library import Shelf
    from letter.formats.site import Site


def write_sitemap(shelf: Shelf, site: Site) -> str:
    """Write the sitemap: each edition with something in it, and its alternates (hreflang)."""
    editions = [edition for edition in shelf.editions.values() if edition.is_alternate]
    addresses = {e.language.tag: site.join(edition_path(e.language.tag)) for e in editions}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{address}"/>'
        for tag, address in [*addresses.items(), ("x-default", site.join(CHOICE))]
    )
    urls = "".join(f"<url><loc>{address}</loc>{links}</url>\n" for address in addresses.values())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{urls}</urlset>\n'
    )


def write_robots(site: Site) -> str:
    """Write robots.txt (RFC 9309): all may be read. It counts at the top of a host only."""
    return f"User-agent: *\nAllow: /\nSitemap: {site.join(SITEMAP)}\n"
