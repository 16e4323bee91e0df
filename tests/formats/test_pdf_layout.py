"""Where things stand on the pages of a PDF: nothing on a line, no heading without its words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from letter.formats.pdf import fill_sheet
from tests.formats.test_pdf import SITE
from tests.french_letter import write_french_letter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("documents")]


def list_places(html: str) -> Iterator[tuple[int, str, Any]]:
    """List the page, the words or the class, and the box of all that a PDF has, in order."""
    from weasyprint import HTML

    for number, page in enumerate(HTML(string=html).render().pages):
        for box in page._page_box.descendants():  # noqa: SLF001  said nowhere else
            name = box.element.get("class") if box.element is not None else ""
            yield number, getattr(box, "text", "") or name or box.element_tag, box


@pytest.fixture
def html(tmp_path: Path) -> str:
    """The Arabic edition of the French letter, down to the names, before it is printed."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    sheet = fill_sheet(write_french_letter(tmp_path).read_shelf().editions["ar"], SITE)
    return sheet.html.partition('<div class="signatories')[0]


def test_the_logo_stands_clear_of_the_notice_and_the_title_on_paper(html: str) -> None:
    boxes = {name: box for _, name, box in reversed(list(list_places(html)))}
    notice, logo, title = (boxes[name] for name in ("notice", "img", "h1"))
    bottom = notice.position_y + notice.margin_height()
    assert bottom + 5 < logo.position_y + logo.margin_top
    assert logo.position_y + logo.margin_height() + 5 < title.position_y + title.margin_top


def test_a_heading_and_its_note_stay_with_the_passage_in_a_pdf(html: str) -> None:
    above = html.replace("</style>", "table { margin-bottom: 0 }</style>")
    heading = next(box for _, name, box in list_places(above) if name == "À Rochefort")
    room = int(1123 - 57 - heading.position_y)  # to the end of the page, in pixels
    pages = set()
    for height in range(room - 140, room + 20, 20):  # by which the heading moves over the edge
        moved = html.replace("</style>", f"table {{ margin-bottom: {height}px }}</style>")
        found = {name: number for number, name, _ in list_places(moved)}
        assert found["À Rochefort"] == found["La mairie n’a rien publié."], height
        pages.add(found["À Rochefort"])
    assert pages == {0, 1}
