"""All editions in one HTML file, which works from a USB stick or a message, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.formats.documents import render_document
from letter.formats.rendering import read_styles

if TYPE_CHECKING:
    from letter.editions.library import Shelf
    from letter.formats.site import Site


def write_bundle(shelf: Shelf, site: Site) -> str:
    """Write one HTML page with every edition in it, of which one shows at a time.

    The choice is a link to a part of the page, so there is no script. The first edition shows until
    another is chosen; a browser that knows no :has() or no styles shows all, one below the other.
    """
    return render_document(
        "bundle.html",
        shelf.letter,
        editions=list(shelf.editions.values()),
        source=next(edition for edition in shelf.editions.values() if edition.is_source),
        style=read_styles("style.css", "bundle.css"),
        share=site.share,
    )
