"""LETTER_STATE: the last good files outlast a restart, and nothing else comes back from there."""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letter.editions.library import Library
from letter.files import sign_file
from letter.source.letter_faults import LetterError
from tests.conftest import Copy, WriteSite, write_copy

if TYPE_CHECKING:
    from letter.editions.shelf import Shelf

ONE = 'msgid "One"\nmsgstr "واحد"\n'
FRENCH = 'msgid "One"\nmsgstr "Un"\n'


@pytest.fixture
def site(write_site: WriteSite) -> Copy:
    return write_site("One\n", ar=ONE, fr=FRENCH)


def start(site: Copy, state: str = "state") -> Shelf:
    """Read all as a worker does that has just been started."""
    return Library(site.letter, site.locales, site.letter.parent / state).read_shelf()


def read_title(site: Copy, tag: str = "ar", state: str = "state") -> str:
    return start(site, state).editions[tag].title.text


def list_kept(site: Copy) -> set[str]:
    """The files of which there are copies, each by its path from the folder of its copies."""
    state = site.letter.with_name("state")
    files = (path for path in state.rglob("*") if path.is_file())
    return {"/".join(path.relative_to(state).parts[1:]) for path in files}


def break_file(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"One"', b'"One'))


def test_a_file_that_broke_is_as_it_was_before_the_restart(site: Copy) -> None:
    start(site)
    break_file(site.po("ar"))
    for _ in range(2):
        edition = start(site).editions["ar"]
        assert (edition.title.text, edition.is_begun, edition.is_indexed) == ("واحد", True, True)
        assert edition.problem
        assert edition.problem.startswith(f"{site.po('ar')}:")
    health = start(site).report_health()
    assert health["status"] == "degraded"
    assert str(health["problems"]).startswith("['ar/LC_MESSAGES/letter.po:"), "no whole path"
    assert str(site.locales) not in str(health)
    assert read_title(site, state="other") == "One"


def test_a_language_that_only_its_header_describes_stays_too(write_site: WriteSite) -> None:
    site = write_site("One\n", aii=FRENCH)
    po = site.po("aii")
    header = b'Content-Type: text/plain; charset=UTF-8\\n"\n"X-Letter-Name: Sureth\\n"'
    po.write_bytes(po.read_bytes().replace(b'Content-Type: text/plain; charset=UTF-8\\n"', header))
    assert read_title(site, "aii") == "Un"
    po.write_bytes(b"")
    assert start(site).editions["aii"].language.name == "Sureth"


def test_what_somebody_took_back_does_not_come_back(site: Copy) -> None:
    """By marking it fuzzy, by deleting the file, or by deleting the folder."""
    start(site)
    site.edit("ar", 'msgid "One"', '#, fuzzy\nmsgid "One"')
    assert read_title(site) == "One"
    break_file(site.po("ar"))
    assert read_title(site) == "One"
    broken = site.po("fr").read_bytes().replace(b'"One"', b'"One')
    site.po("fr").unlink()
    assert start(site).editions["fr"].is_begun is False
    site.po("fr").write_bytes(broken)
    assert read_title(site, "fr") == "One"


@pytest.mark.parametrize("way", ["file", "folder", "running"])
def test_what_was_deleted_does_not_come_back_broken(site: Copy, way: str) -> None:
    """While the server was down or not, and in a folder that is no edition any more, too."""
    po, moved = site.po("fr"), site.locales / "moved.csv"
    interface = po.with_name("interface.po")
    interface.write_text('msgid ""\nmsgstr "Language: fr\\n"\n', encoding="utf-8")
    moved.write_text("old,new,date\n", encoding="utf-8")
    library = Library(site.letter, site.locales, site.letter.with_name("state"))
    library.read_shelf()
    assert list_kept(site) >= {
        "letter.md",
        "moved.csv",
        "ar/LC_MESSAGES/letter.po",
        "fr/LC_MESSAGES/interface.po",
        "fr/LC_MESSAGES/letter.po",
    }
    broken = po.read_bytes().replace(b'"One"', b'"One')
    moved.unlink()
    if way == "folder":
        shutil.rmtree(site.locales / "fr")
        assert "fr" not in start(site).editions
        po.parent.mkdir(parents=True)
    else:
        po.unlink()
        shelf = library.read_shelf() if way == "running" else start(site)
        assert ("fr" in shelf.editions) == (way == "running")
        assert "fr/LC_MESSAGES/interface.po" in list_kept(site)
    assert not list_kept(site) & {"fr/LC_MESSAGES/letter.po", "moved.csv"}
    po.write_bytes(broken)
    assert read_title(site, "fr") == "One"


def test_a_file_that_is_removed_and_written_anew_is_not_gone(
    site: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As git does; what it writes may be broken."""
    start(site)
    po = site.po("ar")
    broken = po.read_bytes().replace(b'"One"', b'"One')
    library = Library(site.letter, site.locales, site.letter.with_name("state"))
    library.read_shelf()
    po.unlink()
    # While the library waits: a clock of the test's own would be too slow on a busy machine.
    monkeypatch.setattr("letter.editions.kept_files.time.sleep", lambda _: po.write_bytes(broken))
    library.read_shelf()
    monkeypatch.undo()
    assert read_title(site) == "واحد"
    assert po.read_bytes() == broken


@pytest.mark.parametrize("is_there", [False, True])
def test_a_disk_that_is_away_costs_no_copy(site: Copy, *, is_there: bool) -> None:
    start(site)
    before = list_kept(site)
    away = site.locales.rename(site.locales.with_name("away"))
    if is_there:
        site.locales.mkdir()
    assert list(start(site).editions) == ["en"]
    assert list_kept(site) == before
    if is_there:
        site.locales.rmdir()
    away.rename(site.locales)
    break_file(site.po("ar"))
    assert read_title(site) == "واحد"


@pytest.mark.parametrize("way", ["link", "loop", "folder link", "pipe", "folder"])
def test_what_stands_in_a_files_place_is_a_broken_file(site: Copy, way: str) -> None:
    """It is told; the copy is shown, or else the letter's own text."""
    start(site)
    for name in ("interface.po", "letter.po"):
        place = site.po("fr").with_name(name)
        place.unlink(missing_ok=True)
        match way:
            case "link":
                place.symlink_to("nowhere")
            case "loop":
                place.symlink_to(name)
            case "pipe":
                os.mkfifo(place)
            case "folder":
                place.mkdir()
    if way == "folder link":
        shutil.rmtree(site.locales / "fr")
        (site.locales / "fr").symlink_to("nowhere")
    (site.locales / ".#glossary.csv").symlink_to("someone@here.1:2")
    for state, title in (("state", "Un"), ("other", "One")):
        shelf = start(site, state)
        assert shelf.editions["fr"].title.text == title
        report = shelf.report_health()
        assert report["status"] == "degraded"
        assert "fr/LC_MESSAGES/letter.po" in str(report["problems"])
        assert "fr/LC_MESSAGES/interface.po" in str(report["problems"])
        assert "glossary" not in str(report["problems"])


def test_the_names_of_signatories_are_kept_with_the_letter_that_names_them(site: Copy) -> None:
    people = site.letter.with_name("people.csv")
    people.write_text("name\nZîn\n", encoding="utf-8")
    site.letter.write_text("One\n\n<!-- signatories: people.csv -->\n", encoding="utf-8")
    start(site)
    people.write_text("email\nZîn\n", encoding="utf-8")
    for _ in range(2):
        shelf = start(site)
        assert [name.name for name in shelf.letter.blocks[-1].names] == ["Zîn"]
        assert "people.csv:1: " in str(shelf.report_health()["problems"])
    people.write_text("name\nAda\n", encoding="utf-8")
    assert [name.name for name in start(site).letter.blocks[-1].names] == ["Ada"]
    assert {"letter.md", "people.csv"} <= list_kept(site)
    site.letter.write_text("One\n", encoding="utf-8")
    start(site)
    assert "people.csv" not in list_kept(site), "whom nobody names any more is forgotten"


def test_two_letters_in_one_folder_do_not_mix(site: Copy, tmp_path: Path) -> None:
    state = str(tmp_path / "state")
    (tmp_path / "other").mkdir()
    other = write_copy(tmp_path / "other", "One\n", ar='msgid "One"\nmsgstr "١"\n')
    for each in (site, other):
        start(each, state)
        break_file(each.po("ar"))
        each.letter.write_text("<b>", encoding="utf-8")
    found = [read_title(each, state=state) for each in (site, other)]
    assert found == ["واحد", "١"]


def test_the_letter_and_the_interface_are_kept_as_well(site: Copy) -> None:
    """Pictures aren't: the kept letter does without."""
    picture = site.letter.with_name("us.png")
    picture.write_bytes(b"one")
    site.letter.write_text("One\n\n![Us](us.png)\n", encoding="utf-8")
    interface = site.po("ar").with_name("interface.po")
    heading = 'msgid ""\nmsgstr "Language: ar\\n"\n\nmsgid "Signatories"\nmsgstr "هم"\n'
    interface.write_text(heading, encoding="utf-8")
    start(site)
    site.letter.write_text("<b>", encoding="utf-8")
    interface.write_text(heading[:-3], encoding="utf-8")
    shelf = start(site)
    assert shelf.editions["ar"].title.text == "واحد"
    assert shelf.editions["ar"].interface.gettext("Signatories").text == "هم"
    problems = str(shelf.report_health()["problems"])
    assert '"letter.md:1: raw HTML' in problems
    assert "'ar/LC_MESSAGES/interface.po:5: " in problems
    picture.unlink()
    assert start(site).letter.title.msgid == "One"
    site.letter.unlink()
    with pytest.raises(LetterError):
        start(site)


def test_a_full_disk_leaves_no_older_copy(site: Copy) -> None:
    start(site)
    site.edit("ar", 'msgid "One"', '#, fuzzy\nmsgid "One"')
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        start(site)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    break_file(site.po("ar"))
    assert read_title(site) == "One"


def test_a_copy_is_written_when_the_bytes_are_others(site: Copy) -> None:
    start(site)
    state = site.letter.with_name("state")
    before = [sign_file(path) for path in state.rglob("*")]
    os.utime(site.po("ar"))
    start(site)
    assert [sign_file(path) for path in state.rglob("*")] == before
    site.edit("ar", "واحد", "١")
    start(site)
    break_file(site.po("ar"))
    assert read_title(site) == "١"


@pytest.mark.parametrize("garbage", ["pipe", "folder", "bytes", "link", "empty"])
def test_garbage_in_the_folder_is_passed_over(site: Copy, garbage: str) -> None:
    start(site)
    (copy,) = site.letter.with_name("state").glob("*/ar/LC_MESSAGES/letter.po")
    copy.unlink()
    match garbage:
        case "pipe":
            os.mkfifo(copy)
        case "folder":
            copy.mkdir()
        case "link":
            copy.symlink_to("nowhere")
        case _:
            copy.write_bytes(b"\xff\x00" * 1000 if garbage == "bytes" else b"")
    break_file(site.po("ar"))
    edition = start(site).editions["ar"]
    assert (edition.title.text, edition.is_unreadable) == ("One", True)
    assert start(site).editions["fr"].title.text == "Un"


def test_a_folder_that_cannot_be_written_is_told_once_and_harms_nobody(
    site: Copy, caplog: pytest.LogCaptureFixture
) -> None:
    site.letter.with_name("state").write_bytes(b"a file")
    assert read_title(site) == "واحد"
    told = [record.message for record in caplog.records]
    assert len(told) == 1
    assert "can't be kept for a restart" in told[0]
    break_file(site.po("ar"))
    assert read_title(site) == "One"
