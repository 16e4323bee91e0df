"""The desk's routes over real sockets: who is answered, and what the answers allow."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from letter.desk.desk import make_desk_policy
from letter.desk.desk_page import render_worksheet
from letter.formats.site import Site
from letter.serving.publications import list_published
from tests.conftest import Copy, copy_letter
from tests.desk.live import LiveDesk, serve_desk
from tests.waiting import DEADLINE, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from letter.desk.worksheet import Worksheet

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDesk]:
    with serve_desk(copy_letter(tmp_path_factory.mktemp("desk"))) as live:
        yield live


@pytest.mark.parametrize("name", ["127.0.0.1:{}", "localhost:{}", "LocalHost:9000", "[::1]:{}"])
def test_the_names_of_this_machine_are_answered(live: LiveDesk, name: str) -> None:
    """At any port, since people forward ports."""
    for path in ("/ar/", "/desk/ar/"):
        assert live.ask(path, Host=name.format(live.port)).status == 200


@pytest.mark.parametrize(
    "name",
    [
        *("evil.example:{}", "127.0.0.1.evil.example", "localhost.evil.example", "localhost@evil"),
        *(
            "evil.example, localhost",
            "10.0.0.1:{}",
            "0.0.0.0:{}",
            "",
            "[::1",
            "localhost:",
            "x\xff",
        ),
    ],
)
def test_another_name_is_refused_for_the_letter_and_the_desk(live: LiveDesk, name: str) -> None:
    """A foreign page whose name was made to lead here gets nothing (DNS rebinding)."""
    host = name.format(live.port)
    for path in ("/", "/ar/", "/desk/ar/", "/desk/ar/events", "/nowhere", "/media/x.png"):
        answer = live.ask(path, Host=host)
        assert (answer.status, answer.body) == (
            421,
            b"This address is for this machine alone: ask for 127.0.0.1 or localhost.\n",
        )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},  # another port is another origin
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_other_sites_pages_get_nothing(live: LiveDesk, headers: dict[str, str]) -> None:
    """Not even what is published for them: here it is a draft."""
    published = list_published(live.copy.read_shelf(), Site("https://letter.example"))
    desk = ("/desk/", "/desk/ar/", "/desk/ar/events", "/desk/events", "/healthz", "/nowhere")
    for path in (*desk, *(address.path for address in published)):
        answer = live.ask(path, **headers)
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (403, None), path


def test_a_link_from_elsewhere_and_the_desk_itself_are_answered(live: LiveDesk) -> None:
    visit = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert live.ask("/desk/ar/", **visit, Sec_Fetch_Dest="document").status == 200
    own = {"Origin": f"http://127.0.0.1:{live.port}", "Sec_Fetch_Site": "same-origin"}
    assert live.ask("/desk/ar/", **own).status == 200


def test_an_answer_is_for_no_other_page_and_for_no_store(live: LiveDesk) -> None:
    for path in ("/desk/", "/desk/ar/", "/desk/nowhere/", "/ar/", "/letter.json"):
        headers = live.ask(path).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert path[:5] != "/desk" or headers["Cache-Control"] == "private, no-store"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Access-Control-Allow-Origin"] is None


def test_the_desk_only_reads(live: LiveDesk) -> None:
    for path in ("/desk/ar/", "/desk/ar/events", "/desk/"):
        assert live.ask(path, "HEAD").body == b""
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
            assert live.ask(path, method).status == 405


def test_another_name_of_a_language_leads_to_its_desk(live: LiveDesk) -> None:
    """As readers are led to its edition: translators know the names of folders."""
    for name, tag in {"kmr": "ku", "ku_TR": "ku", "AR": "ar"}.items():
        answer = live.ask(f"/desk/{name}/")
        assert (answer.status, answer.headers["Location"]) == (302, f"../{tag}/")
        assert live.ask(f"/desk/{name}/events").status == 404


def test_a_page_that_cannot_be_made_leads_nowhere(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To itself, such as: for ever."""

    def fail(*_: object) -> None:
        raise RuntimeError("The desk is broken")

    with serve_desk(copy) as live:
        monkeypatch.setattr("letter.desk.desk.render_worksheet", fail)
        answer = live.ask("/desk/ar/")
    assert (answer.status, answer.headers["Location"]) == (500, None)


def test_a_missing_slash_leads_to_the_desk_and_another_language_to_none(live: LiveDesk) -> None:
    for path in ("/desk", "/desk/ar"):
        answer = live.ask(path)
        assert answer.status == 308
        assert answer.headers["Location"].endswith(f":{live.port}{path}/")
    for path in ("nowhere/", "nowhere/events", "fr/", "fr/events", "events/"):
        answer = live.ask(f"/desk/{path}")
        assert answer.status == 404
        assert b"data-events" not in answer.body, "nobody waits for what never was"


def test_the_letter_is_served_as_it_is_published(live: LiveDesk) -> None:
    published = live.copy.client(f"http://127.0.0.1:{live.port}")
    for path in ("/ar/", "/en/with/ku/", "/letter.json", "/ckb/letter.txt"):
        page = published.get(path)
        answer = live.ask(path)
        assert answer.body == page.data
        assert b"<script" not in page.data
        assert answer.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]


def test_a_stream_begins_with_the_page_unless_the_reader_has_it(live: LiveDesk) -> None:
    stream = live.open_stream("/desk/ckb/events")
    assert "Content-Type: text/event-stream" in stream.read_until("\r\n\r\n")
    stream.read_until("retry: 500\n\n")
    version = stream.read_event()
    assert f'data-version="{version}"'.encode() in live.ask("/desk/ckb/").body
    known = [
        live.open_stream(f"/desk/ckb/events?since={version}"),
        live.open_stream("/desk/ckb/events?since=old", Last_Event_ID=version),
    ]
    live.copy.edit("ckb", 'msgstr "Zaad"', 'msgstr "زاد"')
    stream.read_until("زاد")
    for each in known:
        told = each.read_until("زاد")
        assert f'data-version="{version}"' not in told, "the page that the reader has"


def test_a_save_is_heard_before_anybody_looks(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose name isn't UTF-8, as of an archive from Windows, holds nobody up."""
    monkeypatch.setattr("letter.serving.watch.LOOK", 600.0)
    strange = copy.locales / os.fsdecode(b"fran\xe7ais")
    shutil.copytree(copy.po("ar").parent.parent, strange)
    with serve_desk(copy) as live:
        assert rb"locales/fran\udce7ais: " in live.ask("/desk/").body
        stream = live.open_stream("/desk/ku/events")
        stream.read_event()
        copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
        stream.read_until("Mala Kurdan")


def test_an_editor_is_known_by_any_of_its_names(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTER_EDITOR", "VS Code")
    with serve_desk(copy) as live:
        assert b'href="vscode://file/' in live.ask("/desk/ar/").body


def test_a_project_in_a_folder_whose_name_is_no_text_has_a_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTER_EDITOR", "sublime")
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    copy = copy_letter(folder)
    with serve_desk(copy) as live:
        stream = live.open_stream("/desk/ku/events")
        assert "/caf%E9/locales/ku/" in stream.read_until("</html>"), "as bytes (RFC 3986 §2.1)"
        copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
        stream.read_until("Mala Kurdan")


def test_a_language_that_is_removed_says_so_until_it_is_back(copy: Copy) -> None:
    folder = copy.locales / "ar"
    with serve_desk(copy) as live:
        stream = live.open_stream("/desk/ar/events")
        stream.read_event()
        away = folder.rename(copy.letter.with_name("away"))
        page = stream.read_until("</html>")
        assert f'<p class="broken" role="alert">{folder} is no longer there</p>' in page
        assert "this page shows it again by itself" in page
        assert "حلب" not in page
        assert live.ask("/desk/ar/events").status == 404
        loaded = live.ask("/desk/ar/")
        assert loaded.status == 404
        assert loaded.headers["Content-Security-Policy"] == make_desk_policy()
        (version,) = re.findall(r'data-version="(\w+)"', loaded.body.decode())
        assert "is no longer there" in loaded.body.decode()
        waiting = live.open_stream(f"/desk/ar/events?since={version}")  # who loaded it again
        reader = live.open_stream("/desk/ar/events?since=old")  # who slept, or was cut off
        assert "is no longer there" in reader.read_until("</html>")
        away.rename(folder)
        for each in (stream, reader, waiting):
            assert "حلب" in each.read_until("</html>")


def test_no_language_waits_for_another(live: LiveDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long letter takes its time after each save."""
    go_on = threading.Event()

    def take_long(sheet: Worksheet, *rest: Any) -> str:
        if sheet.edition.language.tag == "ku":
            go_on.wait(DEADLINE)
        return render_worksheet(sheet, *rest)

    monkeypatch.setattr("letter.desk.desk.render_worksheet", take_long)
    live.copy.edit("ku", 'msgstr "Zaad"', 'msgstr "Zad"')
    stream = live.open_stream("/desk/ku/events")
    try:
        live.copy.edit("ar", 'msgstr "Kurds House"', 'msgstr "بيت الكرد"')
        wait_for(lambda: "بيت الكرد".encode() in live.ask("/desk/ar/").body)
    finally:
        go_on.set()
    stream.read_event()


def test_streams_that_nobody_reads_end(live: LiveDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letter.desk.feed.HEARTBEAT", 0.05)
    before = threading.active_count()
    with ExitStack() as held:
        for _ in range(30):
            stream = live.open_stream("/desk/ku/events")
            held.enter_context(stream.client)
            stream.read_event()
        assert threading.active_count() > 30
        assert live.ask("/ku/").status == 200, "nobody waits for them"
    wait_for(lambda: threading.active_count() <= before)


def test_open_streams_do_not_hold_up_the_end(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letter.desk.feed.HEARTBEAT", 2 * DEADLINE)  # at which each would end
    before = threading.active_count()
    with serve_desk(copy) as live:
        for _ in range(5):
            live.open_stream("/desk/ar/events").read_event()
        start = time.monotonic()
    assert time.monotonic() - start < DEADLINE
    wait_for(lambda: threading.active_count() <= before)
