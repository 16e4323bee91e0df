"""The peer to compare with: our page as people usually write such an app, with Flask-Babel.

Its template is our page with a gettext call in the place of each text. It knows no Markdown, no
macros and no loops, so it does less for a page than most such apps would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from markupsafe import escape

from letter.source.markdown import render_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from letter.editions.edition import Edition
    from letter.editions.library import Shelf

TAG = "ar"
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
_PLACEHOLDER = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")  # in a pattern, or in a text


def write_peer(folder: Path, shelf: Shelf, page: str) -> None:
    """Write peer.py, its template and its compiled catalogue for one page of ours."""
    catalog = Catalog(locale=TAG)
    found = list(_list_texts(shelf.editions[TAG], catalog))
    template = _write_template(page, found)
    compiled = folder / "translations" / TAG / "LC_MESSAGES" / "messages.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, catalog)
    (folder / "templates").mkdir()
    (folder / "templates" / "letter.html").write_text(template + "\n", encoding="utf-8")
    (folder / "peer.py").write_text(APP, encoding="utf-8")


def _list_texts(edition: Edition, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Put every finished text into the catalogue; give its HTML and the call that says it."""
    passages = {message.msgid for message in edition.letter.messages}
    for (_, msgid), translation in edition.catalogue.translations.items():
        forms = translation.forms
        if msgid in passages:
            html = render_message(edition.passages[msgid].text, edition.letter.images, "/media/")
            catalog.add(msgid, html.replace("%", "%%"))
            yield html, f"_({_quote(msgid)}"
        elif len(forms) == 1:
            catalog.add(msgid, str(escape(forms[0])))
            yield str(escape(forms[0])), f"_({_quote(msgid)}"


def _write_template(page: str, texts: list[tuple[str, str]]) -> str:
    """Put a gettext call in the place of every text of a page."""
    texts = sorted(texts, key=lambda pair: -len(pair[0]))
    patterns = [
        _PLACEHOLDER.sub(r"(?:\\d+)", re.escape(html).replace("%%", "%")) for html, _ in texts
    ]
    whole = re.compile("|".join(f"({pattern})" for pattern in patterns))

    def call(match: re.Match[str]) -> str:
        html, begin = texts[(match.lastindex or 1) - 1]
        names = [name for pair in _PLACEHOLDER.findall(html) for name in pair if name]
        numbers = re.findall(r"\d+", match[0]) if names else []
        values = "".join(f", {n}={v}" for n, v in zip(names, numbers, strict=False))
        return f"{{{{ {begin}{values}) }}}}"

    style = page.index("</style>")
    return "{% raw %}" + page[:style] + "{% endraw %}" + whole.sub(call, page[style:])


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
