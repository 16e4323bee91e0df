"""The pages that readers see: an edition, or word that there is none, as HTML."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from letter.edition import Edition
from letter.interface import language_attributes
from letter.library import Shelf

FOLDER = Path(__file__).parent


def render_edition(edition: Edition, shelf: Shelf, base_url: str = "") -> str:
    """Render an edition's page; `base_url` ("https://example.org") makes its addresses whole."""
    return _render("edition.html", edition, shelf, base_url, edition.language.tag)


def render_missing(edition: Edition, shelf: Shelf, base_url: str = "") -> str:
    """Render the page for an address where there is none, in the language of `edition`."""
    return _render("missing.html", edition, shelf, base_url, None)


def find_address(tag: str | None = None, base_url: str = "") -> str:
    """Give the path of an edition, or of the choice between them, below the base's own path."""
    prefix = urlsplit(base_url).path.rstrip("/")
    return f"{prefix}/{tag}/" if tag else f"{prefix}/"


def make_security_policy() -> str:
    """Give the Content-Security-Policy of every page: its own style sheet, the letter's images."""
    digest = base64.b64encode(hashlib.sha256(_read_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _render(
    template: str, edition: Edition, shelf: Shelf, base_url: str, current: str | None
) -> str:
    origin = base_url.rstrip("/").removesuffix(find_address(None, base_url).rstrip("/"))
    return (
        _templates()
        .get_template(template)
        .render(
            edition=edition,
            language=edition.language,
            editions=shelf.editions.values(),
            current=current,
            gettext=edition.interface.gettext,
            ngettext=edition.interface.ngettext,
            language_attributes=language_attributes,
            address=lambda tag=None: find_address(tag, base_url),
            origin=origin,
            style=_read_style(),
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def _read_style() -> str:
    return (FOLDER / "static" / "style.css").read_text(encoding="utf-8")
