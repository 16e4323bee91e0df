"""QR codes of addresses, for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    import segno


def draw_qr_code(address: str) -> Markup:
    """Draw the QR code of an address as an SVG element, which only a printed page shows."""
    drawing = _make_code(address).svg_inline(omitsize=True, border=0, svgclass="qr", lineclass=None)
    return Markup(drawing)


def write_qr_uri(address: str) -> str:
    """Write the QR code of an address as a data: URI, for an image with words in its place."""
    return str(_make_code(address).svg_data_uri(border=0))


def _make_code(address: str) -> segno.QRCode:
    """Make a QR code that is read even where 15 % of it is damaged (level M of ISO/IEC 18004)."""
    import segno  # with urllib and ssl behind it; a site without an address has no code to draw

    return segno.make_qr(address, error="m")
