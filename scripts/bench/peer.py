"""The peer to compare with: our page as people usually write such an app, with Flask-Babel.

The template is our page with a gettext call in the place of each text. It has no Markdown, no
macros and no loops, so that it does less for a page than most such apps would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

if TYPE_CHECKING:
    from pathlib import Path

APP = '''\
"""An ordinary app: compiled catalogues, a template with gettext calls, gzip by Flask-Compress."""
from flask import Flask, render_template, request
from flask_babel import Babel
from flask_compress import Compress

app = Flask(__name__)
Babel(app, locale_selector=lambda: request.view_args["language"])
Compress(app)

@app.get("/<language>/")
def show(language):
    return render_template("letter.html")
'''
# What has an Arabic letter in it, between two tags or as a label.
TEXT = re.compile(
    r"""(?<=>)[^<>]*[\u0600-\u06ff][^<>]*(?=<)|(?<=aria-label=")[^"]*[\u0600-\u06ff][^"]*"""
)


def write_peer(folder: Path, page: str) -> None:
    """Write peer.py, its template and its compiled catalogue, for one Arabic page of ours."""
    catalog = Catalog(locale="ar")

    def call_gettext(match: re.Match[str]) -> str:
        msgid = f"Text {len(catalog)}"
        catalog.add(msgid, match[0].replace("%", "%%"))  # Jinja's gettext formats what it gives
        return f'{{% endraw %}}{{{{ _("{msgid}") }}}}{{% raw %}}'

    template = "{% raw %}" + TEXT.sub(call_gettext, page) + "{% endraw %}\n"
    for path in ("templates/letter.html", "translations/ar/LC_MESSAGES/messages.mo"):
        (folder / path).parent.mkdir(parents=True)
    (folder / "templates/letter.html").write_text(template, encoding="utf-8")
    with (folder / "translations/ar/LC_MESSAGES/messages.mo").open("wb") as file:
        write_mo(file, catalog)
    (folder / "peer.py").write_text(APP, encoding="utf-8")
