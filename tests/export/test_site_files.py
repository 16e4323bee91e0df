"""`scripts/export.py`: the site as files, the same bytes as the app's, whole or not at all."""

from __future__ import annotations

import gzip
import html
import json
import os
import pty
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import brotli
import pytest

from app import create_app
from letter.addresses import find_file
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.publications import list_published
from scripts import export
from tests.tools import ROOT
from tests.waiting import wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Copy, WriteSite

    Capsys = pytest.CaptureFixture[str]

pytestmark = pytest.mark.slow

BASE = "https://letter.example.org"


@pytest.fixture
def small(write_site: WriteSite) -> Copy:
    letter = "# Title\n\nText\n\n![Us](us%20all.png)\n"
    site = write_site(letter, ar='msgid "Text"\nmsgstr "نص"\n', ku='msgid "Text"\nmsgstr "Nivîs"\n')
    (site.letter.parent / "us all.png").write_bytes(b"\x89PNG")
    return site


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


def run(site: Copy, destination: Path, *options: str) -> int:
    return site.run(export, str(destination), f"--base-url={BASE}", *options)


def read_tree(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_page_is_the_apps_byte_for_byte_and_compressed_beside(
    small: Copy, public: Path
) -> None:
    assert run(small, public) == 0
    files = read_tree(public)
    client = create_app(small.letter, small.locales, BASE).test_client()
    for address in list_published(Library(small.letter, small.locales).read_shelf(), Site(BASE)):
        name = find_file(address.path)
        assert files[name] == client.get(address.path).data
        if not name.endswith(".epub"):  # which is compressed in itself
            assert brotli.decompress(files[name + ".br"]) == files[name]
            assert gzip.decompress(files[name + ".gz"]) == files[name]
    for name, path in {"ar/404.html": "/ar/nowhere", "404.html": "/nowhere"}.items():
        assert files[name].replace(f'href="{BASE}/'.encode(), b'href="/') == client.get(path).data
        links = re.findall(r' (?:href|src)="([^"]*)"', files[name].decode())
        assert {link.partition("/")[0] for link in links} == {"#letter", "data:,", "https:"}
    assert files["media/us all.png"] == b"\x89PNG"
    assert b'href="ku/?choose"' in files["index.html"]
    assert not [name for name, data in files.items() if "desk" in name or b"data-events" in data]


def test_two_exports_are_the_same_and_only_what_changed_is_written(
    small: Copy, public: Path, tmp_path: Path, capsys: Capsys
) -> None:
    assert run(small, public) == 0
    before = (public / "en" / "letter.txt").stat().st_ino
    small.edit("ku", "Nivîs", "Nivîsek")
    small.po("ar").unlink()
    small.po("ar").parent.rmdir()
    capsys.readouterr()
    assert run(small, public) == 0
    assert " 0 removed" not in capsys.readouterr().out
    assert (public / "en" / "letter.txt").stat().st_ino == before, "not written again"
    assert "Nivîsek" in (public / "ku" / "index.html").read_text(encoding="utf-8")
    assert not (public / "ar").exists()
    assert run(small, tmp_path / "again") == 0
    assert read_tree(public) == read_tree(tmp_path / "again")


@pytest.mark.usefixtures("documents")
def test_documents_are_the_apps_and_stay_while_nothing_changes(
    small: Copy, public: Path, capsys: Capsys
) -> None:
    small.edit("ar", "نص", "")
    client = create_app(small.letter, small.locales, BASE, documents="pdf,card").test_client()
    client.get("/ku/")
    assert run(small, public, "--documents=pdf,card") == 0
    assert not (public / "ar" / "letter.pdf").exists(), "nothing is translated"
    page = (public / "ku" / "index.html").read_text(encoding="utf-8")
    assert f'content="{BASE}/ku/card.png"' in page
    for name in ("letter.pdf", "card.png"):
        path = f"/ku/{name}"
        wait_for(lambda path=path: client.get(path).status_code == 200)  # type: ignore[misc]
        assert client.get(path).data == (public / path[1:]).read_bytes()
    assert client.get("/ku/").text == page
    capsys.readouterr()
    assert run(small, public, "--documents=pdf,card") == 0
    assert " 0 files written" in capsys.readouterr().out
    assert run(small, public) == 0
    assert not list(public.rglob("letter.pdf"))


def test_without_libraries_the_site_is_written_and_the_command_says_what_to_install(
    small: Copy, public: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.delenv("LETTER_DOCUMENTS")
    for module in ("weasyprint", "PIL"):
        monkeypatch.setitem(sys.modules, module, None)
    assert run(small, public) == 0
    pdf, card = capsys.readouterr().err.splitlines()
    assert pdf.startswith("no en/letter.pdf and 2 more: a PDF needs WeasyPrint: install it with ")
    assert card.startswith("no en/card.png and 2 more: a share card needs Pillow: install it with ")
    page = (public / "ku" / "index.html").read_text(encoding="utf-8")
    assert "letter.pdf" not in page
    assert "card.png" not in page
    before = read_tree(public)
    small.edit("ku", "Nivîs", "Nivîsek")
    assert run(small, public, "--documents=pdf") == 2
    assert "WeasyPrint" in capsys.readouterr().err
    assert read_tree(public) == before


@pytest.mark.usefixtures("documents")
def test_a_terminal_shows_what_is_being_written(small: Copy, public: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "export.py"), str(public)]
    command += [f"--base-url={BASE}", f"--letter={small.letter}", f"--locales={small.locales}"]
    reader, writer = pty.openpty()
    written = b""
    with subprocess.Popen(command, stderr=writer, stdout=subprocess.DEVNULL) as running:
        os.close(writer)
        with suppress(OSError):  # with which a terminal ends
            while data := os.read(reader, 4096):
                written += data
        os.close(reader)
    shown = written.decode()
    assert running.returncode == 0
    assert re.search(r"\r\x1b\[Kku/index\.html \(\d+ of \d+\) …", shown)
    assert shown.endswith("\r\x1b[K"), "and nothing is left of it"
    assert "\n" not in shown


def test_a_broken_catalogue_leaves_the_site_as_it_was(
    small: Copy, public: Path, capsys: Capsys
) -> None:
    """Else English would take the place of a good translation."""
    assert run(small, public) == 0
    before = read_tree(public)
    small.po("ku").write_text('msgid "Text\n', encoding="utf-8")
    assert run(small, public) == 2
    assert f"{small.po('ku')}:1: " in capsys.readouterr().err
    assert read_tree(public) == before


def test_a_folder_with_other_files_is_not_touched(
    small: Copy, public: Path, capsys: Capsys
) -> None:
    public.mkdir()
    (public / "mine.txt").write_text("mine")
    assert run(small, public) == 2
    assert "choose a new folder" in capsys.readouterr().err
    assert read_tree(public) == {"mine.txt": b"mine"}


def test_the_sitemap_names_each_edition_with_its_alternates(small: Copy, public: Path) -> None:
    assert run(small, public) == 0
    urls = ET.fromstring((public / "sitemap.xml").read_bytes())
    assert [url[0].text for url in urls] == [f"{BASE}/{tag}/" for tag in ("en", "ar", "ku")]
    assert [link.get("hreflang") for link in urls[0][1:]] == ["en", "ar", "ku", "x-default"]


def test_the_page_at_the_top_says_what_it_is_to_readers_and_programs(
    small: Copy, public: Path
) -> None:
    small.letter.write_text("# Our letter\n\nText\n", encoding="utf-8")
    assert run(small, public) == 0
    page = (public / "index.html").read_text(encoding="utf-8")
    assert "<title>Our letter</title>" in page
    assert "<h1>Our letter</h1>" in page
    told = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page)
    wanted = {"description": "Text", "og:description": "Text", "og:title": "Our letter"}
    assert dict(told).items() >= {**wanted, "og:type": "website", "og:url": f"{BASE}/"}.items()
    assert f'<link rel="canonical" href="{BASE}/">' in page
    alternates = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    assert dict(alternates) == {
        "x-default": f"{BASE}/",
        **{tag: f"{BASE}/{tag}/" for tag in ("en", "ar", "ku")},
    }


@pytest.mark.parametrize("option", [f"--base-url={BASE}", "--disk"])
def test_links_lead_to_files_wherever_the_folder_lies(
    small: Copy, public: Path, option: str
) -> None:
    """The same files may be mirrored below any path of a host, or opened from a stick."""
    assert small.run(export, str(public), option) == 0
    found = set()
    # Nobody knows where a wrong address stands, so links of 404.html are whole.
    for page in {*public.rglob("*.html")} - {*public.rglob("404.html")}:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r'<(?:a|img)\b[^>]*? (?:href|src)="([^"#?]+)', text):
            if not urlsplit(link).scheme:
                assert option != "--disk" or not link.endswith("/"), "folders are for hosts"
                target = page.parent / unquote(html.unescape(link))
                target = (target / "index.html" if link.endswith("/") else target).resolve()
                assert target.is_file(), f"{page}: {link}"
                found.add(target.relative_to(public.resolve()).as_posix())
    assert found >= {"ar/index.html", "ar/with/ku/index.html", "ku/letter.txt", "letter.html"}
    assert "media/us all.png" in found


def test_a_memory_stick_gets_nothing_that_only_hosts_need(small: Copy, public: Path) -> None:
    assert small.run(export, str(public), "--disk") == 0
    names = {path.name for path in public.rglob("*")}
    assert not names & {"404.html", "_headers", "_redirects", ".htaccess", ".hosts"}
    assert not [name for name in names if name.endswith((".br", ".gz"))]
    for page in public.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search('<link[^>]* (rel="canonical"|hreflang=)', text), "paths mean nothing"
    data = json.loads((public / "letter.json").read_text(encoding="utf-8"))
    for address in (data["$schema"], *(each["address"] for each in (data, *data["languages"]))):
        assert (public / address).is_file(), address


def test_a_site_for_a_host_needs_its_address(small: Copy, public: Path, capsys: Capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        small.run(export, str(public))
    assert ended.value.code == 2
    assert "--base-url is needed, or --disk" in capsys.readouterr().err
    assert run(small, public, "--base-url=example.org") == 2
    assert "must be like https://example.org" in capsys.readouterr().err


@pytest.mark.parametrize("lost", ["the folder of catalogues", "a language"])
def test_a_language_that_has_lost_its_name_or_place_is_not_taken_off_the_site(
    copy: Copy, tmp_path: Path, lost: str, capsys: Capsys
) -> None:
    public = tmp_path / "public"
    options = [str(public), "--disk", "--documents=none"]
    assert copy.run(export, *options) == 0
    before = sorted(public.rglob("*"))
    old = copy.locales if lost.startswith("the folder") else copy.locales / "ar"
    old.rename(old.with_name("arabic"))
    assert copy.run(export, *options) == 2
    assert sorted(public.rglob("*")) == before
    assert "The site is as it was" in capsys.readouterr().err
