"""PDFs and share cards: made beside the app while it answers, and published once they are there."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from PIL import Image

import letter.formats.printer
from app import create_app
from letter.addresses import CARD, PAPER, Address, Kind, parse_path
from letter.editions.library import Library
from letter.formats.printer import DocumentError, print_document
from letter.formats.site import Site, SiteError
from letter.serving.document_making import DocumentMaker, choose_names, find_folder, make_documents
from letter.serving.publications import Publication, list_published, publish
from tests.formats.test_pdf import copy_out
from tests.serving.test_prepared import ask, close_watches, make_front
from tests.tools import ROOT
from tests.waiting import DEADLINE, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from letter.editions.shelf import Shelf
    from tests.conftest import Copy

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("documents")]

__all__ = ["close_watches"]  # a fixture that each test of this module has

SITE = Site("https://letter.example.org")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test finds what another one, or a server of this machine, has made or is making."""
    wait_for(is_press_at_rest)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def small(write_site: Callable[..., Copy]) -> Copy:
    return write_site("# Title\n\nText\n", ku='msgid "Text"\nmsgstr "Nivîs"\n', ar="")


def read_shelf(copy: Copy) -> Shelf:
    return Library(copy.letter, copy.locales).read_shelf()


def is_press_at_rest() -> bool:
    return not any(thread.name == "documents" for thread in threading.enumerate())


def list_printers(process: int) -> list[int]:
    """The processes that a process has started to make documents."""
    found = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True)
    rows = [line.split(maxsplit=2) for line in found.stdout.splitlines()]
    return [
        int(row[0]) for row in rows if row[1] == str(process) and "letter.formats.printer" in row[2]
    ]


# --- what is published ------------------------------------------------------------------------


@pytest.mark.parametrize("names", [(), ("letter.pdf",), ("card.png",), ("letter.pdf", "card.png")])
def test_a_page_links_exactly_what_there_is(small: Copy, names: tuple[str, ...]) -> None:
    documents = {"ku": {name: name.encode() for name in names}}
    shelf = replace(read_shelf(small), documents=documents)
    listed = list(list_published(shelf, Site()))

    def read(path: str, site: Site = SITE) -> str:
        address = parse_path(path)
        assert address
        found = publish(shelf, site, address)
        return found.body.decode() if found else ""

    for name in ("letter.pdf", "card.png"):
        assert (Address(Kind.FORM, "ku", name) in listed) == (name in names)
        assert read(f"/ku/{name}") == (name if name in names else "")
        assert read(f"/en/{name}") == ""
    for path, up in (("/ku/", ""), ("/ku/with/en/", "../../")):
        page = read(path)
        link = f'<link rel="alternate" type="application/pdf" href="{up}letter.pdf">'
        assert (link in page) == (f'<a href="{up}letter.pdf">' in page) == ("letter.pdf" in names)
        card = f'<meta property="og:image" content="{SITE.base_url}/ku/card.png">'
        assert (card in page) == ("og:image:alt" in page) == ("card.png" in names)
        assert ('content="summary_large_image"' in page) == ("card.png" in names)
    without = read("/ku/", Site())
    assert "og:image" not in without, "a card needs a whole address"
    assert "twitter:card" not in without
    for path in ("/en/", "/en/with/ku/"):
        assert "letter.pdf" not in read(path)
        assert "card.png" not in read(path)


@pytest.mark.parametrize(
    ("name", "media_type"), [("letter.pdf", "application/pdf"), ("card.png", "image/png")]
)
def test_documents_say_what_they_are(small: Copy, name: str, media_type: str) -> None:
    shelf = replace(read_shelf(small), documents={"ku": {name: b"1"}})
    found = publish(shelf, SITE, Address(Kind.FORM, "ku", name))
    assert found
    headers = dict(found.headers)
    assert headers["Content-Type"] == media_type
    assert headers["Content-Language"] == "ku, en"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


# --- for an export ----------------------------------------------------------------------------


def test_only_what_changed_is_made_again(small: Copy, tmp_path: Path) -> None:
    def make() -> tuple[Mapping[str, Mapping[str, bytes]], list[str], int]:
        """Give the documents, what was told, and how many processes were started."""
        told: list[str] = []
        with patch("subprocess.run", wraps=subprocess.run) as run:
            made, problems = make_documents(
                read_shelf(small), SITE, [PAPER, CARD], tmp_path, lambda *what: told.append(what[0])
            )
        assert problems == {}
        for tag, documents in made.items():
            for name, data in documents.items():
                (tmp_path / tag).mkdir(exist_ok=True)
                (tmp_path / tag / name).write_bytes(data)
        return made, told, run.call_count

    first, told, started = make()
    assert told == ["en/letter.pdf", "en/card.png", "ku/letter.pdf", "ku/card.png"]
    assert started == 4
    assert "Nivîs" in copy_out(first["ku"][PAPER])
    assert Image.open(io.BytesIO(first["ku"][CARD])).size == (1200, 630)
    assert make() == (first, told, 0)
    small.edit("ku", "Nivîs", "Nivîsek")
    again, _, started = make()
    assert started == 2
    assert "Nivîsek" in copy_out(again["ku"][PAPER])
    assert again["en"] == first["en"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (None, None),
        ("", None),
        ("none", []),
        ("card, pdf", ["letter.pdf", "card.png"]),
        ("card", ["card.png"]),
    ],
)
def test_which_documents_are_wanted(wanted: str | None, names: list[str] | None) -> None:
    assert choose_names(wanted) == names


def test_a_document_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SiteError, match="'odt' are no documents: write pdf"):
        create_app(documents="odt")


# --- the process that makes them --------------------------------------------------------------


def test_a_killed_process_is_started_again_and_leaves_nothing(small: Copy, temporary: Path) -> None:
    edition = read_shelf(small).editions["en"]
    made: list[bytes] = []
    maker = threading.Thread(target=lambda: made.append(print_document(edition, SITE, PAPER)))
    maker.start()
    wait_for(lambda: list(temporary.glob("letter-document-*")) and list_printers(os.getpid()))
    for number in list_printers(os.getpid()):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    maker.join()
    assert len(made) == 1
    assert list_printers(os.getpid()) == [], "and none is left, not even dead"
    assert list(temporary.glob("letter-document-*")) == []


def test_a_document_that_takes_too_long_is_given_up(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter.formats.printer, "TIMEOUT", 0.001)
    with pytest.raises(DocumentError, match=r"^it took more than 0\.001 seconds$"):
        print_document(read_shelf(small).editions["ku"], SITE, PAPER)
    assert list_printers(os.getpid()) == []


def test_why_a_library_fails_is_told(
    small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "PIL.py").write_text('raise RuntimeError("it has\\n no colours")\n')
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(DocumentError, match=r"^RuntimeError: it has no colours$"):
        print_document(read_shelf(small).editions["ku"], SITE, CARD)


def test_a_document_needs_no_folder_to_write_in(
    small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that can only be read."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert print_document(read_shelf(small).editions["ku"], SITE, PAPER).startswith(b"%PDF")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_goes_on_without_the_app(
    write_site: Callable[..., Copy], number: signal.Signals, temporary: Path
) -> None:
    """A letter that takes long to print, and an app that is stopped meanwhile."""
    site = write_site("# Title\n\n" + "".join(f"Words {n}.\n\n" for n in range(3_000)))
    code = "import sys, time, app; c = app.create_app(*sys.argv[1:], documents='pdf').test_client()"
    code += "; c.get('/en/'); time.sleep(99)"
    command = [sys.executable, "-c", code, str(site.letter), str(site.locales)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TMPDIR": str(temporary)}) as worker:
        wait_for(lambda: list_printers(worker.pid))
        printers = list_printers(worker.pid)
        time.sleep(0.3)  # it is at work now
        worker.send_signal(number)
        worker.wait(DEADLINE)
    wait_for(lambda: not any(is_alive(printer) for printer in printers))
    assert list(temporary.glob("letter-document-*")) == []


def is_alive(process: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


# --- beside the app ---------------------------------------------------------------------------


def test_a_page_gains_its_documents_and_an_edit_the_new_ones(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there stays until the new one is, and what names no document isn't made again."""
    made: list[str] = []

    def count_and_publish(shelf: Shelf, site: Site, address: Address) -> Publication | None:
        made.append(address.path)
        return publish(shelf, site, address)

    def read(path: str) -> bytes:
        status, _, body = ask(front, path)
        return body if status == "200 OK" else b""

    monkeypatch.setattr("letter.serving.prepared.publish", count_and_publish)
    front = make_front(small, maker=DocumentMaker(SITE, [PAPER, CARD]))
    passage = f"/ku/{read_shelf(small).letter.messages[0].anchor}/"
    others = ["/ku/letter.txt", "/letter.html"]
    for path in ["/en/", "/ku/", passage, *others]:
        assert b"/ku/card.png" not in read(path)
        assert b"letter.pdf" not in read(path)
    assert read("/ku/letter.pdf") == b""
    wait_for(lambda: b'href="letter.pdf"' in read("/ku/"))
    wait_for(lambda: all(b"/ku/card.png" in read(page) for page in ("/ku/", passage)))
    assert {path: made.count(path) for path in others} == dict.fromkeys(others, 1)
    pdf, english = read("/ku/letter.pdf"), read("/en/card.png")
    assert "Nivîs" in copy_out(pdf)
    _, headers, card = ask(front, "/ku/card.png", accept_encoding="br")
    assert (headers["content-type"], headers.get("content-encoding")) == ("image/png", None)
    assert ask(front, "/ku/card.png", if_none_match=headers["etag"])[0] == "304 Not Modified"
    small.edit("ku", "Nivîs", "Nivîsek")

    def has_changed(path: str, before: bytes) -> bool:
        page, now = read("/ku/"), read(path)
        assert now, "the old one stays"
        assert b'href="letter.pdf"' in page
        assert b"/ku/card.png" in page
        return now != before

    wait_for(lambda: has_changed("/ku/letter.pdf", pdf))
    wait_for(lambda: has_changed("/ku/card.png", card))
    assert "Nivîsek" in copy_out(read("/ku/letter.pdf"))
    wait_for(is_press_at_rest)
    assert read("/en/card.png") == english
    assert list_printers(os.getpid()) == []
    small.edit("ku", 'msgstr "Nivîsek"', 'msgstr ""')
    wait_for(lambda: b"letter.pdf" not in read("/ku/"))
    wait_for(lambda: not read("/ku/letter.pdf"))
    assert b"letter.pdf" not in read("/ar/"), "nothing ever was translated"


def test_another_worker_takes_what_one_has_made(small: Copy, tmp_path: Path) -> None:
    """Else a worker that is replaced would have no card for seconds that the other one names."""
    shelf = read_shelf(small)

    def make() -> Mapping[str, Mapping[str, bytes]]:
        maker = DocumentMaker(SITE, [CARD], tmp_path)
        wait_for(lambda: maker.add_documents(shelf).documents.get("ku"))
        return maker.add_documents(shelf).documents

    first = make()
    with patch("subprocess.run", side_effect=AssertionError("made again")):
        assert make() == first
    (tmp_path / "ku-card.png").write_bytes(b"of another letter")
    assert make() == first


def test_the_shared_folder_is_ours_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = find_folder()
    assert folder
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert find_folder() is None, "anyone could put a document there"
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert find_folder() is None
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert find_folder() is None


def test_without_libraries_nothing_is_started_and_nothing_linked(
    small: Copy, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("LETTER_DOCUMENTS")
    for module in ("weasyprint", "PIL"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("started"))

    def list_told(documents: str | None) -> list[str]:
        client = create_app(small.letter, small.locales, documents=documents).test_client()
        client.get("/ku/")
        wait_for(is_press_at_rest)
        assert b"letter.pdf" not in client.get("/ku/").data
        return sorted(message.partition(": ")[2] for message in caplog.messages)

    assert list_told(None) == [], "nobody asked for them"
    told = list_told("pdf,card")
    assert [text[:24] for text in told] == ["a PDF needs WeasyPrint: ", "a share card needs Pillo"]
    assert all("-r requirements-documents.txt" in text for text in told)


def test_a_document_that_fails_is_told_once_and_its_old_one_goes(
    small: Copy, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(small.letter, small.locales, SITE.base_url, None, "card").test_client()
    wait_for(lambda: b"card.png" in client.get("/ku/").data)
    wait_for(is_press_at_rest)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    for old, new in (("Nivîs", "Nivîsek"), ("Nivîsek", "Nivîsa")):
        small.edit("ku", old, new)
        assert client.get("/ku/").status_code == 200
        wait_for(is_press_at_rest)
        assert b"card.png" not in client.get("/ku/").data
    assert caplog.messages == [f"no ku/card.png: {letter.formats.printer.NO_END}"]
    assert b"card.png" in client.get("/en/").data


def test_an_idle_look_gives_the_same_shelf_and_a_new_reading_never_the_old_one(small: Copy) -> None:
    """Pages are made anew by whose shelf it is; an equal letter may hold another picture."""
    maker, shelf = DocumentMaker(SITE, ["card.png"]), read_shelf(small)
    latest = maker.add_documents(shelf)
    assert maker.add_documents(shelf) is latest
    again = read_shelf(small)
    assert again.editions == shelf.editions
    assert maker.add_documents(again).editions is again.editions
    wait_for(is_press_at_rest)
