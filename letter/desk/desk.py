"""The desk: each language's page as its files are now, with what is left to do beside it."""

import threading

from letter.desk.desk_page import read_script, render_worksheet
from letter.desk.worksheet import Tables, Worksheet, make_worksheet
from letter.editions.library import Library
from letter.editions.shelf import Shelf
from letter.formats.page import hash_inline
from letter.formats.rendering import read_styles
from letter.formats.site import Site
from letter.languages.folders import CATALOGUE
from letter.po.reader import read_po


class Desk:
    """Renders the desk's pages, and keeps what hasn't changed since; it writes nothing.

    `editor` is the program that links to lines open: vscode, sublime, or none.
    """

    def __init__(self, library: Library, site: Site, editor: str = "") -> None:
        self._library, self._site, self._editor = library, site, editor
        self._lock = threading.Lock()

    def render(self, tag: str) -> str | None:
        """Render the page of a language, or of all for ""; None where there is no such edition.

        `data-version` is left empty: the feed fills it in.
        """
        with self._lock:
            shelf = self._library.read_shelf()
            if tag not in shelf.editions:
                return None
            sheet = self._make_sheet(tag, shelf)
            return render_worksheet(sheet, shelf, self._site, self._editor)

    def _make_sheet(self, tag: str, shelf: Shelf) -> Worksheet:
        edition = shelf.editions[tag]
        if edition.is_source:
            return Worksheet(edition)
        path = self._library.locales / edition.language.folder / CATALOGUE
        tables = Tables()
        return make_worksheet(edition, read_po(path), self._library.locales, tables)


def make_desk_policy() -> str:
    """Give the Content-Security-Policy of the desk: its styles, its script, its own events."""
    styles = " ".join(hash_inline(read_styles(name)) for name in ("style.css", "desk.css"))
    return (
        f"default-src 'none'; script-src {hash_inline(read_script())}; style-src {styles}; "
        "connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
