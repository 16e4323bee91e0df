"""`scripts/export.py`: the site as files, the same bytes as the app's, whole or not at all."""

from __future__ import annotations

import gzip
import html
import os
import pty
import re
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import urlopen

import brotli
import pytest

import letter.export.site
from app import create_app
from letter.addresses import find_file
from letter.editions.library import Library
from letter.formats.site import Site
from letter.serving.publications import list_published
from scripts import export
from tests.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Copy

pytestmark = pytest.mark.slow

BASE = "https://letter.example.org"


@pytest.fixture
def small(write_site: Callable[..., Copy]) -> Copy:
    letter = "# Title\n\nText\n\n![Us](us%20all.png)\n"
    site = write_site(letter, ar='msgid "Text"\nmsgstr "نص"\n', ku='msgid "Text"\nmsgstr "Nivîs"\n')
    (site.letter.parent / "us all.png").write_bytes(b"\x89PNG")
    return site


def run(site: Copy, destination: Path, *options: str) -> int:
    where = (f"--letter={site.letter}", f"--locales={site.locales}")
    return export.main([str(destination), f"--base-url={BASE}", *where, *options])


def read_tree(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_page_is_the_apps_byte_for_byte_and_compressed_beside(
    small: Copy, tmp_path: Path
) -> None:
    assert run(small, tmp_path / "public") == 0
    files = read_tree(tmp_path / "public")
    client = create_app(small.letter, small.locales, BASE).test_client()
    for address in list_published(Library(small.letter, small.locales).read_shelf(), Site(BASE)):
        name = find_file(address.path)
        assert files[name] == client.get(address.path).data
        if not name.endswith(".epub"):  # which is compressed in itself
            assert brotli.decompress(files[name + ".br"]) == files[name]
            assert gzip.decompress(files[name + ".gz"]) == files[name]
    assert files["ar/404.html"] == client.get("/ar/nowhere").data
    assert files["404.html"] == client.get("/nowhere").data
    assert files["media/us all.png"] == b"\x89PNG"
    assert b'href="ku/?choose"' in files["index.html"]


def test_two_exports_are_the_same_and_only_what_changed_is_written(
    small: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "public", tmp_path / "again"
    assert run(small, first) == 0
    assert run(small, second) == 0
    assert read_tree(first) == read_tree(second)
    before = (first / "en" / "letter.txt").stat().st_ino
    small.edit("ku", "Nivîs", "Nivîsek")
    small.po("ar").unlink()
    small.po("ar").parent.rmdir()
    capsys.readouterr()
    assert run(small, first) == 0
    told = capsys.readouterr().out
    assert " 0 removed" not in told
    assert (first / "en" / "letter.txt").stat().st_ino == before, "not written again"
    assert "Nivîsek" in (first / "ku" / "index.html").read_text(encoding="utf-8")
    assert not (first / "ar").exists()
    assert run(small, second) == 0
    assert read_tree(first) == read_tree(second)


@pytest.mark.usefixtures("documents")
def test_documents_are_the_apps_and_stay_while_nothing_changes(
    small: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = create_app(small.letter, small.locales, BASE, documents="pdf,card").test_client()
    client.get("/ku/")
    public = tmp_path / "public"
    small.edit("ar", "نص", "")
    assert run(small, public, "--documents=pdf,card") == 0
    assert not (public / "ar" / "letter.pdf").exists(), "nothing is translated"
    page = (public / "ku" / "index.html").read_text(encoding="utf-8")
    assert f'content="{BASE}/ku/card.png"' in page
    end = time.monotonic() + 60
    for name in ("letter.pdf", "card.png"):
        while (answer := client.get(f"/ku/{name}")).status_code == 404:
            assert time.monotonic() < end
            time.sleep(0.1)
        assert answer.data == (public / "ku" / name).read_bytes()
    assert client.get("/ku/").text == page
    capsys.readouterr()
    assert run(small, public, "--documents=pdf,card") == 0
    assert " 0 files written" in capsys.readouterr().out
    assert run(small, public) == 0
    assert not list(public.rglob("letter.pdf"))


def test_without_libraries_the_site_is_written_and_the_command_says_what_to_install(
    small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LETTER_DOCUMENTS")
    for module in ("weasyprint", "PIL"):
        monkeypatch.setitem(sys.modules, module, None)
    assert run(small, tmp_path / "public") == 0
    pdf, card = capsys.readouterr().err.splitlines()
    assert pdf.startswith("no en/letter.pdf and 2 more: a PDF needs WeasyPrint: install it with ")
    assert card.startswith("no en/card.png and 2 more: a share card needs Pillow: install it with ")
    page = (tmp_path / "public" / "ku" / "index.html").read_text(encoding="utf-8")
    assert "letter.pdf" not in page
    assert "card.png" not in page
    before = read_tree(tmp_path / "public")
    small.edit("ku", "Nivîs", "Nivîsek")
    assert run(small, tmp_path / "public", "--documents=pdf") == 2
    assert "WeasyPrint" in capsys.readouterr().err
    assert read_tree(tmp_path / "public") == before


@pytest.mark.usefixtures("documents")
def test_a_terminal_shows_what_is_being_written(small: Copy, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "export.py"), str(tmp_path / "public")]
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


def test_a_crash_half_way_leaves_the_old_site_whole(
    small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small, tmp_path / "public") == 0
    before = read_tree(tmp_path / "public")
    small.edit("ku", "Nivîs", "Nivîsek")
    written = 0

    def fail(path: Path, data: bytes) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise OSError(28, "No space left on device", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    monkeypatch.setattr(letter.export.site, "_write_synced", fail)
    assert run(small, tmp_path / "public") == 2
    assert "No space left on device" in capsys.readouterr().err
    assert read_tree(tmp_path / "public") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".public")] == []


def test_a_broken_catalogue_leaves_the_site_as_it_was(
    small: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else English would take the place of a good translation."""
    assert run(small, tmp_path / "public") == 0
    before = read_tree(tmp_path / "public")
    small.po("ku").write_text('msgid "Text\n', encoding="utf-8")
    capsys.readouterr()
    assert run(small, tmp_path / "public") == 2
    assert f"{small.po('ku')}:1: " in capsys.readouterr().err
    assert read_tree(tmp_path / "public") == before


def test_a_folder_with_other_files_is_not_touched(
    small: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "mine.txt").write_text("mine")
    assert run(small, tmp_path / "public") == 2
    assert "choose a new folder" in capsys.readouterr().err
    assert read_tree(tmp_path / "public") == {"mine.txt": b"mine"}


def test_the_sitemap_names_each_edition_with_its_alternates(small: Copy, tmp_path: Path) -> None:
    assert run(small, tmp_path / "public") == 0
    root = ET.fromstring((tmp_path / "public" / "sitemap.xml").read_bytes())
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [loc.text for loc in root.iter(f"{space}loc")] == [
        f"{BASE}/en/",
        f"{BASE}/ar/",
        f"{BASE}/ku/",
    ]
    links = root[0].findall("{http://www.w3.org/1999/xhtml}link")
    assert [link.get("hreflang") for link in links] == ["en", "ar", "ku", "x-default"]


def test_a_bad_address_is_refused(
    small: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small, tmp_path / "public", "--base-url=example.org") == 2
    assert "must be like https://example.org" in capsys.readouterr().err


def find_links(page: str) -> set[str]:
    """Find the addresses within the site to which a page leads, without queries and fragments."""
    found = re.findall(r'<(?:a|img)\b[^>]*? (?:href|src)="([^"#?]+)', page)
    return {unquote(html.unescape(link)) for link in found if not urlsplit(link).scheme}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_a_site_can_be_read_below_any_path_of_a_host(small: Copy, tmp_path: Path) -> None:
    """Whatever --base-url says: the same files are mirrored elsewhere."""
    assert run(small, tmp_path / "www" / "mirror" / "aleppo") == 0
    handler = partial(Quiet, directory=str(tmp_path / "www"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        start = f"http://127.0.0.1:{server.server_port}/mirror/aleppo/"
        waiting, seen = [start], {start}
        while waiting:
            address = waiting.pop()
            with urlopen(address) as answer:
                is_page = answer.headers.get_content_type() == "text/html"
                links = find_links(answer.read().decode()) if is_page else set()
            found = {urljoin(address, quote(link)) for link in links}
            waiting += found - seen
            seen |= found
        server.shutdown()
    names = {address.removeprefix(start) for address in seen}
    assert {"ar/", "ar/with/ku/", "ku/letter.txt", "letter.html", "media/us%20all.png"} <= names
    assert all(address.startswith(start) for address in seen)


def test_a_folder_on_a_memory_stick_opens_as_files(small: Copy, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    where = (f"--letter={small.letter}", f"--locales={small.locales}")
    assert export.main([str(stick), "--disk", *where]) == 0
    pages = list(stick.rglob("*.html"))
    assert stick / "ar" / "with" / "ku" / "index.html" in pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in find_links(text):
            assert (page.parent / link).is_file(), f"{page}: {link}"
        assert not re.search('<link[^>]* (rel="canonical"|hreflang=)', text), "paths mean nothing"
    for_hosts = {"404.html", "_headers", "_redirects", ".htaccess", ".hosts"}
    names = {path.name for path in stick.rglob("*")}
    assert not names & for_hosts
    assert not [name for name in names if name.endswith((".br", ".gz"))]


def test_a_site_for_a_host_needs_its_address(
    small: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        export.main([str(tmp_path / "public"), f"--letter={small.letter}"])
    assert ended.value.code == 2
    assert "--base-url is needed, or --disk" in capsys.readouterr().err
