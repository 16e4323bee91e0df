"""`_headers` and `_redirects`, read as Netlify and Cloudflare Pages read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from letter.editions.library import Library
from letter.export.rules import find_file
from letter.export.site import export_site
from letter.formats.site import Site
from letter.serving.publications import list_published, publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Copy

pytestmark = pytest.mark.slow

LETTER = "# Title\n\nText\n\nMore\n"
SITE = Site("https://letter.example.org")


@pytest.fixture
def exported(write_site: Callable[..., Copy], tmp_path: Path) -> tuple[Library, Path]:
    copy = write_site(LETTER, ar='msgid "Text"\nmsgstr "نص"\n', ku="")
    library = Library(copy.letter, copy.locales)
    export_site(library.read_shelf(), SITE, tmp_path, tmp_path / "public")
    return library, tmp_path / "public"


def read_headers(folder: Path) -> list[tuple[re.Pattern[str], list[tuple[str, str]]]]:
    """Read `_headers`: addresses, in which * is anything and :name is one part of a path."""
    rules: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in (folder / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
        else:
            pattern = re.escape(line).replace(r"\*", ".*")
            rules.append((re.compile(re.sub(r":\w+", "[^/]+", pattern)), []))
    return rules


def test_every_address_gets_its_headers_once(exported: tuple[Library, Path]) -> None:
    library, folder = exported
    shelf, rules = library.read_shelf(), read_headers(folder)
    for path, query in list_published(shelf, SITE):
        page = publish(shelf, SITE, path, query)
        assert page
        address = find_file(path, query).removesuffix("index.html")
        found = [pair for pattern, pairs in rules if pattern.fullmatch(address) for pair in pairs]
        assert len({name for name, _ in found}) == len(found), f"hosts join headers: {address}"
        wanted = dict(page.headers)
        for name, value in found:
            assert wanted[name] == value, address
        assert dict(found).get("Content-Language") == wanted.get("Content-Language")
        assert "Content-Security-Policy" in dict(found) or not page.languages


def test_a_file_without_its_suffix_has_the_same_headers(exported: tuple[Library, Path]) -> None:
    """Cloudflare Pages moves /letter.html to /letter."""
    rules = read_headers(exported[1])
    (moved,) = [pairs for pattern, pairs in rules if pattern.pattern == "/letter"]
    assert any("'unsafe-inline'" in value for _, value in moved)


def test_redirects_lead_to_files_and_lose_no_edition(exported: tuple[Library, Path]) -> None:
    _, folder = exported
    lines = (folder / "_redirects").read_text(encoding="utf-8").splitlines()
    for line in lines:
        target = re.findall(r"/\S*", line)[1]
        file = f"{target}index.html" if target.endswith("/") else target
        assert (folder / file[1:]).is_file(), line
    assert "/kmr /ku/ 301" in lines
    assert "/ar/ with=ku /ar/with/ku/ 200!" in lines
    assert "/ /ar/ 302! Language=ar" in lines
    assert not any(line.startswith(("/ar ", "/ku ", "/en ")) for line in lines)
    assert lines[-1] == "/* /404.html 404"
