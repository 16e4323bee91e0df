"""Templates and style sheets, as pages and documents use them."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from letter.addresses import Kind
from letter.editions.interface import (
    choose_comma,
    join_names,
    language_attributes,
    mark_date,
    mark_language,
)
from letter.editions.signatory_names import count_names, count_signatories, list_signatories
from letter.formats.outline import (
    find_date_place,
    find_sign_place,
    has_contents,
    lacks_title,
    outline_letter,
)
from letter.formats.site import split_editions
from letter.languages.dates import Date
from letter.source.blocks import list_blocks

if TYPE_CHECKING:
    import segno
    from jinja2.bccache import Bucket
    from jinja2.runtime import Macro

    from letter.editions.edition import Edition
    from letter.editions.passage import Passage
    from letter.languages.language import Language
    from letter.source.blocks import Block

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


def make_qr_code(address: str) -> segno.QRCode:
    """Make a QR code that is read even where 15 % of it is damaged (level M of ISO/IEC 18004)."""
    import segno  # with urllib and ssl behind it; a site without an address has no code to draw

    return segno.make_qr(address, error="m")


def choose_side(align: str, source: Language) -> str:
    """Say at which end of its cell a text stands: "center", "end", or "" for where lines begin.

    The letter says left or right, and means the beginning or the end of lines in its own language.

    >>> from letter.languages.language import find_language
    >>> choose_side("right", find_language("fr")), choose_side("right", find_language("ar"))
    ('end', '')
    """
    begin = "left" if source.direction == "ltr" else "right"
    return "center" if align == "center" else "" if align in ("", begin) else "end"


def list_reasons(edition: Edition, table: Block) -> list[Passage]:
    """List one passage of a table for each reason why another language stands in some cells."""
    messages = [block.message for block in list_blocks(table.children) if block.message]
    passages = [edition.texts[message.msgid] for message in messages]
    return list({each.state: each for each in passages if edition.gives_reason(each)}.values())


def show_block_anew(macro: Macro, *values: object) -> str:
    """Have a macro show a block; where most blocks stay the same, a page puts another in place."""
    return macro(*values)


def render_template(name: str, **values: object) -> str:
    """Render a template, of a page or of a document."""
    return _read_templates().get_template(name).render(values)


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
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=_CompiledTemplates(
            str(TEMPLATES / "__pycache__"), f"%s.jinja2-{jinja2.__version__}.cache"
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {
        "Date": Date,
        "Kind": Kind,
        "choose_comma": choose_comma,
        "choose_side": choose_side,
        "count_signatories": count_signatories,
        "count_names": count_names,
        "find_date_place": find_date_place,
        "find_sign_place": find_sign_place,
        "has_contents": has_contents,
        "keep_block": show_block_anew,
        "join_names": join_names,
        "lacks_title": lacks_title,
        "language_attributes": language_attributes,
        "list_reasons": list_reasons,
        "list_signatories": list_signatories,
        "make_qr_code": make_qr_code,
        "mark_date": mark_date,
        "mark_language": mark_language,
        "outline_letter": outline_letter,
        "split_editions": split_editions,
    }
    return environment


@cache
def read_styles(*names: str) -> str:
    """Read style sheets without line breaks and comments, which readers needn't load."""
    style = "".join((STATIC / name).read_text(encoding="utf-8") for name in names)
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r" ?([{};,>]) ?|(?<=:) ", r"\1", style).replace(";}", "}").strip()
