"""The pages of the desk: a stub, until the real ones are there."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from letter.editions.library import Library
    from letter.formats.site import Site


def _read_script() -> str:
    path = Path(__file__).with_name("desk.js")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def make_desk_policy() -> str:
    """Give the Content-Security-Policy of the desk's pages."""
    digest = base64.b64encode(hashlib.sha256(_read_script().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class Desk:
    """Renders the desk of each language as the files have it now."""

    def __init__(self, library: Library, site: Site, editor: str = "") -> None:
        self._library, self._site, self._editor = library, site, editor

    def render(self, tag: str) -> str | None:
        """Render a language's page, or the overview (""); None where there is no such edition.

        `data-version` is left empty: whoever sends the page fills it in.
        """
        shelf = self._library.read_shelf()
        if tag and tag not in shelf.editions:
            return None
        body = " ".join(f'<a href="{each}/">{each}</a>' for each in shelf.editions)
        direction, problem = "ltr", ""
        if tag:
            edition = shelf.editions[tag]
            direction = edition.language.direction
            problem = f'<p class="broken" role="alert">{escape(edition.problem or "")}</p>'
            body = "\n".join(
                f'<div class="piece" id="at-{passage.message.anchor}" tabindex="-1" '
                f'data-state="{passage.state.name.lower()}"><p>{escape(passage.text)}</p>'
                '<div class="margin" role="group" lang="en" dir="ltr"><details class="original">'
                f"<summary>English</summary>{escape(passage.message.msgid)}</details></div></div>"
                for passage in edition.passages.values()
            )
        return (
            f'<!doctype html>\n<html lang="{tag or "en"}" dir="{direction}"><head>'
            f'<meta charset="utf-8"><title>Desk {tag}</title></head>\n'
            '<body class="desk" data-events="events" data-version="">\n'
            '<header class="strip" lang="en" dir="ltr"><p id="said" role="status" class="hidden">'
            f"</p>{problem}</header>\n"
            f'<main id="letter">{body}</main>\n<script>{_read_script()}</script></body></html>\n'
        )
