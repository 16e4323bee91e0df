"""The files that tell hosts how to answer: short, and each host reads its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letter.addresses import find_file
from letter.editions.library import Library
from letter.export.host_files import name_rules, write_host_files
from letter.export.site_files import list_files
from letter.formats.site import Site
from letter.serving.publications import list_published, publish
from tests.tools import ROOT

if TYPE_CHECKING:
    from letter.editions.shelf import Shelf
    from tests.conftest import WriteSite

pytestmark = pytest.mark.slow

SITE = Site("https://letter.example.org")


@pytest.fixture
def shelf(write_site: WriteSite) -> Shelf:
    copy = write_site("# Title\n\nText\n\nMore\n", ar='msgid "Text"\nmsgstr "نص"\n', ku="")
    return Library(copy.letter, copy.locales).read_shelf()


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
    ("address", "is_strict"), [("https://example.org", True), ("http://example.org", False)]
)
def test_every_host_is_told_the_security_headers(
    shelf: Shelf, address: str, is_strict: bool
) -> None:
    files = dict(write_host_files(shelf, Site(address, hsts="31536000")))
    for name in (".hosts/nginx-answers.conf", ".hosts/Caddyfile", ".htaccess", "_headers"):
        assert ("max-age=31536000" in files[name]) == is_strict, name
        assert "Permissions-Policy" in files[name]
        assert "camera=(), " in files[name]


def test_letters_with_like_addresses_have_names_of_their_own() -> None:
    places = ["a.org/letter", "b.org/letter", "a.org/the-letter", "a.org/the_letter", "letter.org"]
    places += [f"a.org/our-organisation/statements/{name}" for name in ("aleppo", "aleppo-2")]
    places += [f"a.org/{'long' * 20}{end}" for end in ("", "er")]
    names = {name_rules(Site(f"https://{place}")) for place in places}
    assert len(names) == len(places)
    assert all(re.fullmatch("[a-z]{1,6}_[0-9a-f]{4}", name) for name in names)


def test_every_address_gets_its_headers_once(shelf: Shelf) -> None:
    """Read `_headers`, in whose addresses * is anything and :name is one part of a path."""
    rules: dict[str, list[tuple[str, str]]] = {}
    for rule in re.split(r"\n(?=/)", dict(write_host_files(shelf, SITE))["_headers"].strip()):
        path = rule.partition("\n")[0]
        pattern = re.sub(r":\w+", "[^/]+", re.escape(path).replace(r"\*", ".*"))
        rules[pattern] = re.findall(r"^  (\S+): (.*)$", rule, re.MULTILINE)
    for address in list_published(shelf, SITE):
        page = publish(shelf, SITE, address)
        assert page
        found = [
            pair
            for pattern, pairs in rules.items()
            if re.fullmatch(pattern, address.path)
            for pair in pairs
        ]
        known, wanted = dict(found), dict(page.headers)
        assert len(known) == len(found), f"hosts join headers: {address}"
        language = known.pop("Content-Language", None)
        assert language in (wanted.pop("Content-Language", None), address.tag), address
        assert known.items() <= wanted.items(), address
        assert "Content-Security-Policy" in known or not page.media_type.startswith("text/html")
    # Cloudflare Pages moves /letter.html to /letter.
    assert dict(rules["/letter"]).items() >= dict(rules[r"/letter\.html"]).items()
    assert "'unsafe-inline'" in dict(rules["/letter"])["Content-Security-Policy"]


def test_redirects_lead_to_files_and_lose_no_edition(shelf: Shelf) -> None:
    files = list_files(shelf, SITE, Path())
    lines = dict(write_host_files(shelf, SITE))["_redirects"].splitlines()
    for line in lines:
        target = re.findall(r"/\S*", line)[1]
        assert find_file(target) in files, line
    assert "/kmr /ku/ 301" in lines
    assert "/ /ar/ 302! Language=ar" in lines
    assert not any(line.startswith(("/ar ", "/ku ", "/en ")) for line in lines)
    assert lines[-1] == "/* /404.html 404"


def test_redirects_name_old_pages_of_names_and_the_passages_of_long_letters(
    write_site: WriteSite,
) -> None:
    signed = "<!-- signatories -->\n\n- One\n- Two\n\n"
    for count, ends in ((9, []), (101, ["/:language/:passage/ /:language/#:passage 301"])):
        passages = "\n\n".join(f"Text {number}" for number in range(count))
        copy = write_site(signed + passages, ar="")
        shelf = Library(copy.letter, copy.locales).read_shelf()
        lines = dict(write_host_files(shelf, SITE))["_redirects"].splitlines()
        names = [message.anchor for message in shelf.letter.messages if message.is_name]
        wanted = [f"/:language/{name}/ /:language/#signatories-:language 301" for name in names]
        assert len(names) == 2
        assert [line for line in lines if "#" in line] == wanted + ends
