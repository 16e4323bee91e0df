"""The files that tell hosts how to answer: short, and each host reads its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letter.addresses import find_file
from letter.editions.library import Library
from letter.export.host_files import name_rules, write_host_files
from letter.export.site import export_site
from letter.formats.site import Site
from letter.serving.publications import list_published, publish
from tests.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Copy

pytestmark = pytest.mark.slow

SITE = Site("https://letter.example.org")


@pytest.fixture
def exported(write_site: Callable[..., Copy], tmp_path: Path) -> tuple[Library, Path]:
    letter = "# Title\n\nText\n\nMore\n"
    copy = write_site(letter, ar='msgid "Text"\nmsgstr "نص"\n', ku="")
    library = Library(copy.letter, copy.locales)
    export_site(library.read_shelf(), SITE, tmp_path, tmp_path / "public")
    return library, tmp_path / "public"


def test_the_rules_for_a_host_can_be_read_by_a_person() -> None:
    """At most 60 lines for each host, for the project's own letter."""
    shelf = Library(ROOT / "letter" / "letter.md", ROOT / "locales").read_shelf()
    counts: dict[str, int] = {}
    for name, text in write_host_files(shelf, Site("https://example.org/aleppo")):
        host = Path(name).name.partition("-")[0]
        counts[host] = counts.get(host, 0) + text.count("\n")
        assert "\n\n\n" not in text
    assert counts.keys() == {"nginx", "Caddyfile", ".htaccess", "_headers", "_redirects"}
    assert max(counts.values()) <= 60, counts


@pytest.mark.parametrize(
    ("base_url", "wanted"),
    [
        ("https://letter.example.org", "letter_letter_example_org"),
        ("https://example.org:8443/2026/Aleppo-Letter/", "letter_2026_aleppo_letter"),
        ("https://example.org/" + "long/" * 20, "letter_long_long_long_long_long"),
    ],
)
def test_names_in_rules_are_made_of_the_letters_address(base_url: str, wanted: str) -> None:
    assert name_rules(Site(base_url)) == wanted


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
    for address in list_published(shelf, SITE):
        page = publish(shelf, SITE, address)
        assert page
        found = [
            pair for pattern, pairs in rules if pattern.fullmatch(address.path) for pair in pairs
        ]
        assert len({name for name, _ in found}) == len(found), f"hosts join headers: {address}"
        wanted, known = dict(page.headers), dict(found)
        language = known.pop("Content-Language", None)
        assert language in (wanted.pop("Content-Language", None), address.tag), address
        for name, value in known.items():
            assert wanted[name] == value, address
        assert "Content-Security-Policy" in known or not page.media_type.startswith("text/html")


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
        assert (folder / find_file(target)).is_file(), line
    assert "/kmr /ku/ 301" in lines
    assert "/ /ar/ 302! Language=ar" in lines
    assert not any(line.startswith(("/ar ", "/ku ", "/en ")) for line in lines)
    assert lines[-1] == "/* /404.html 404"
