"""That each link to a part of a page leads to a part that is there."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from letter.addresses import Kind
from letter.formats.site import Site
from letter.serving.publications import list_published, publish
from tests.conftest import Copy, copy_letter
from tests.french_letter import write_french_letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from letter.editions.shelf import Shelf

SITE = Site("https://letter.example.org")
PAGES = (Kind.EDITION, Kind.PAIR, Kind.PASSAGE)
LINK = re.compile(r'\shref="([^"]*#[^"]*)"')


def write_borrowing_letter(folder: Path) -> Copy:
    """Write the French letter with an edition that borrows most of its passages."""
    copy = write_french_letter(folder)
    copy.po("ar_EG").parent.mkdir(parents=True)
    copy.po("ar_EG").write_text('msgid "Année"\nmsgstr "العام"\n', encoding="utf-8")
    return copy


def read_pages(shelf: Shelf) -> dict[str, str]:
    """Read each page that is published, by its path."""
    listed = [each for each in list_published(shelf, SITE) if each.kind in PAGES]
    published = {each.path: publish(shelf, SITE, each) for each in listed}
    return {path: found.body.decode() for path, found in published.items() if found}


@pytest.mark.parametrize("write", [copy_letter, write_french_letter, write_borrowing_letter])
def test_every_link_to_a_part_leads_to_that_part(
    write: Callable[[Path], Copy], tmp_path: Path
) -> None:
    pages = read_pages(write(tmp_path).read_shelf())
    ids = {path: set(re.findall(r'\sid="([^"]+)"', page)) for path, page in pages.items()}
    led = [
        (path, urldefrag(urljoin(path, unescape(link))))
        for path, page in pages.items()
        for link in LINK.findall(page)
    ]
    assert len(led) >= len(pages)
    lost = [(path, goal) for path, goal in led if unquote(goal.fragment) not in ids[goal.url]]
    assert lost == []
