"""The peer to compare with: our page as people usually write such an app, with Flask-Babel.

The template is our page with a gettext call in the place of each text. The template has no
Markdown, no macros and no loops, so that the app does less for a page than most such apps would.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template, request
from flask_babel import Babel  # type: ignore[import-untyped]  # has no types
from flask_compress import Compress

# What has an Arabic letter in it, between two tags or as a label.
TEXT = re.compile(
    r"""(?<=>)[^<>]*[\u0600-\u06ff][^<>]*(?=<)|(?<=aria-label=")[^"]*[\u0600-\u06ff][^"]*"""
)


def make_peer() -> Flask:
    """Make the app over the template and the compiled catalogue in the current folder."""
    app = Flask(__name__, root_path=str(Path.cwd()))
    Babel(app, locale_selector=lambda: request.path.strip("/"))
    Compress(app)
    app.add_url_rule("/ar/", view_func=lambda: render_template("letter.html"))
    return app


def write_peer(folder: Path, page: str) -> None:
    """Write the peer's template and compiled catalogue, for one Arabic page of ours."""
    catalog = Catalog(locale="ar")

    def call_gettext(match: re.Match[str]) -> str:
        msgid = f"Text {len(catalog)}"
        catalog.add(msgid, match[0].replace("%", "%%"))  # Jinja's gettext formats what it gives
        return f'{{% endraw %}}{{{{ _("{msgid}") }}}}{{% raw %}}'

    template = folder / "templates" / "letter.html"
    compiled = folder / "translations" / "ar" / "LC_MESSAGES" / "messages.mo"
    for path in (template, compiled):
        path.parent.mkdir(parents=True)
    text = "{% raw %}" + TEXT.sub(call_gettext, page) + "{% endraw %}\n"
    template.write_text(text, encoding="utf-8")
    with compiled.open("wb") as file:
        write_mo(file, catalog)
