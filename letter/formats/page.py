"""The pages that readers see, as HTML: an edition, two side by side, one passage, or none."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from letter.editions.interface import join_names, language_attributes
from letter.source.letter import Message
from letter.source.markdown import plain_text, render_message

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from letter.editions.edition import Edition
    from letter.editions.library import Shelf
    from letter.formats.site import Site

FOLDER = Path(__file__).parent
CARD_SIZE = (1200, 630)  # pixels: the 1.91 : 1 that Open Graph's readers cut to


def render_edition(
    edition: Edition, shelf: Shelf, site: Site, beside: Edition | None = None
) -> str:
    """Render an edition's page, alone or with another one beside it."""
    address = site.origin + site.address(edition.language.tag)
    return _render(
        "edition.html",
        edition,
        shelf,
        site,
        beside=beside,
        numbers={m.msgid: n for n, m in enumerate(edition.letter.messages, 1)},
        leaves=[
            leaf
            for block in edition.letter.blocks
            for leaf in block.walk()
            if leaf.message or leaf.tag in ("pre", "hr")
        ],
        shares=list_shares(edition.title_text, address),
        qr_code=draw_qr_code(address) if site.origin and beside is None else "",
    )


def render_passage(edition: Edition, message: Message, shelf: Shelf, site: Site) -> str:
    """Render the page of one passage: in this language, then in the others, with its report."""
    number = edition.letter.messages.index(message) + 1
    passage = edition.passages[message.msgid]
    tag = edition.language.tag
    body = f"{site.origin}{site.address(tag)}{message.anchor}/\n\n{plain_text(passage.text)}\n\n"
    return _render(
        "passage.html",
        edition,
        shelf,
        site,
        message=message,
        number=number,
        anchor=message.anchor,
        shown=[edition, *(other for other in shelf.editions.values() if other is not edition)],
        report_link=site.report_link(f"{tag} {number} {message.anchor}", body),
    )


def render_missing(edition: Edition, shelf: Shelf, site: Site) -> str:
    """Render the page for an address where there is none, in the language of `edition`."""
    return _render("missing.html", edition, shelf, site, current=None)


def render_chooser(shelf: Shelf, site: Site) -> str:
    """Render the page at / of a host that can't choose a language by itself."""
    edition = next(iter(shelf.editions.values()))
    return _render("chooser.html", edition, shelf, site, current=None)


def make_security_policy() -> str:
    """Give the Content-Security-Policy of every page: its own style sheet, the letter's images."""
    digest = base64.b64encode(hashlib.sha256(read_styles("style.css").encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def list_shares(title: str, address: str) -> list[tuple[str, str]]:
    """List plain links that share an address: the service's name ("" for mail), and the link."""
    text, link, both = quote(title), quote(address, ""), quote(f"{title}\n{address}")
    return [
        ("WhatsApp", f"https://wa.me/?text={both}"),
        ("Telegram", f"https://t.me/share/url?url={link}&text={text}"),
        ("X", f"https://x.com/intent/post?url={link}&text={text}"),
        ("", f"mailto:?subject={text}&body={link}"),
    ]


def draw_qr_code(address: str) -> Markup:
    """Draw the QR code of an address as an SVG picture, which only paper shows."""
    import segno  # with urllib and ssl behind it; a site without an address has no code to draw

    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(omitsize=True, border=0, svgclass="qr", lineclass=None))


def _render(template: str, edition: Edition, shelf: Shelf, site: Site, **values: object) -> str:
    context = {
        "edition": edition,
        "language": edition.language,
        "editions": list(shelf.editions.values()),
        "current": edition.language.tag,
        "gettext": edition.interface.gettext,
        "ngettext": edition.interface.ngettext,
        "language_attributes": language_attributes,
        "join_names": join_names,
        "render": lambda passage: Markup(
            render_message(passage.text, edition.letter.images, f"{site.prefix}/media/")
        ),
        "address": site.address,
        "origin": site.origin,
        "style": read_styles("style.css"),
        "documents": shelf.documents.get(edition.language.tag, {}),
        "card_size": CARD_SIZE,
    }
    return find_template(template).render(context | values)


def find_template(name: str) -> Template:
    """Find a template, of a page or of a document."""
    return _read_templates().get_template(name)


class _CompiledTemplates(FileSystemBytecodeCache):
    """Keeps compiled templates where Python keeps the compiled modules, if it does and may.

    Compiling them takes a cold worker 50 ms.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


@cache
def _read_templates() -> Environment:
    folder = FOLDER / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=_CompiledTemplates(
            str(folder / "__pycache__"), f"%s.jinja2-{jinja2.__version__}.cache"
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def read_styles(*names: str) -> str:
    """Read style sheets without line breaks and comments, which readers needn't load."""
    style = "".join((FOLDER / "static" / name).read_text(encoding="utf-8") for name in names)
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r" ?([{}:;,>]) ?", r"\1", style).replace(";}", "}").strip()
