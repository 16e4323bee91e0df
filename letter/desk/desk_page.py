"""The pages of the desk, as HTML."""

from functools import cache
from pathlib import Path

from letter.desk.margin import STATES, make_margins
from letter.desk.worksheet import Worksheet
from letter.editions.shelf import Shelf
from letter.formats.page import render_page
from letter.formats.rendering import read_styles
from letter.formats.site import Site
from letter.source.blocks import list_blocks


@cache
def read_script() -> str:
    """Read the desk's script."""
    path = Path(__file__).parent / "desk.js"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def render_worksheet(
    sheet: Worksheet, shelf: Shelf, site: Site, editor: str = "", *, is_live: bool = True
) -> str:
    """Render the page of a worksheet; one that isn't live has no script and no link to others."""
    edition = sheet.edition
    margins = make_margins(sheet, editor)
    placed = {b.message.msgid for b in list_blocks(edition.letter.blocks) if b.message}
    todo = [margin for margin in margins.values() if margin.is_todo]
    return render_page(
        "desk.html",
        edition,
        shelf,
        site,
        f"/desk/{edition.language.tag}/",
        sheet=sheet,
        margins=margins,
        others=[m for m in margins.values() if m.passage.message.msgid not in placed],
        todo=todo,
        states=STATES,
        is_live=is_live,
        under_table="cell_margins.html",
        former={},
        script=read_script() if is_live else "",
        own=read_styles("desk.css"),
    )
