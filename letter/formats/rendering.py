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
from letter.editions.interface import join_names, language_attributes, mark_language

if TYPE_CHECKING:
    import segno
    from jinja2.bccache import Bucket

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


def make_qr_code(address: str) -> segno.QRCode:
    """Make a QR code that is read even where 15 % of it is damaged (level M of ISO/IEC 18004)."""
    import segno  # with urllib and ssl behind it; a site without an address has no code to draw

    return segno.make_qr(address, error="m")


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
        "Kind": Kind,
        "join_names": join_names,
        "language_attributes": language_attributes,
        "mark_language": mark_language,
        "make_qr_code": make_qr_code,
    }
    return environment


@cache
def read_styles(*names: str) -> str:
    """Read style sheets without line breaks and comments, which readers needn't load."""
    style = "".join((STATIC / name).read_text(encoding="utf-8") for name in names)
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r" ?([{}:;,>]) ?", r"\1", style).replace(";}", "}").strip()
