"""`scripts/export.py`: the site as files, the same bytes as the app's, whole or not at all."""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

import letter.export
from app import create_app
from letter.library import Library
from letter.publish import list_published
from letter.rules import find_file
from scripts import export
from tests.conftest import Copy

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
    for path, query in list_published(Library(small.letter, small.locales).read_shelf()):
        name = find_file(path, query).removeprefix("/")
        assert files[name] == client.get(path, query_string=query).data
        if not name.endswith(".epub"):  # which is compressed in itself
            assert brotli.decompress(files[name + ".br"]) == files[name]
            assert gzip.decompress(files[name + ".gz"]) == files[name]
    assert files["ar/404.html"] == client.get("/ar/nowhere").data
    assert files["404.html"] == client.get("/nowhere").data
    assert files["media/us all.png"] == b"\x89PNG"
    assert b'href="/ku/?choose"' in files["index.html"]


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

    monkeypatch.setattr(letter.export, "_write", fail)
    assert run(small, tmp_path / "public") == 2
    assert "No space left on device" in capsys.readouterr().err
    assert read_tree(tmp_path / "public") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".public")] == []


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
