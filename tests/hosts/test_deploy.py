"""`scripts/deploy/`: the commands of the Containerfile and the unit, run as they stand there."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hosts.live import BASE, CONTAINERFILE, DECODE, Live, read_start, start_server
from tests.tools import ROOT, require_tool
from tests.waiting import DEADLINE, wait_for

pytestmark = pytest.mark.slow

DEPLOY = CONTAINERFILE.parent
IMAGE = CONTAINERFILE.read_text(encoding="utf-8")


def check_health(port: int) -> int:
    """Run the image's health check against a port; its exit code."""
    (words,) = re.findall(r'CMD (\["python".*\])', IMAGE)
    assert words.count("8000") == 1
    command = [sys.executable, *json.loads(words.replace("8000", str(port)))[1:]]
    return subprocess.run(command, capture_output=True, timeout=DEADLINE).returncode


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only what the Containerfile copies from the project."""
    folder = tmp_path_factory.mktemp("image")
    for source, target in re.findall(r"^COPY ([\w.]+) /app/(\w*)$", IMAGE, re.MULTILINE):
        if target:  # without what other tests write at the same time
            ignored = shutil.ignore_patterns("*.pyc.*")
            shutil.copytree(ROOT / source, folder / target, ignore=ignored)
        else:
            shutil.copy(ROOT / source, folder)
    assert {path.name for path in folder.iterdir()} == {"app.py", "letter", "locales"}
    return folder


@contextmanager
def start_image(tree: Path) -> Iterator[Live]:
    """Start what the image starts, with the settings of a host that has https and a volume."""
    keep = {name: text for name, text in os.environ.items() if not name.startswith("LETTER_")}
    environ = keep | {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    environ |= {"LETTER_STATE": str(tree.with_name("state")), "LETTER_DOCUMENTS": "none"}
    environ |= {"LETTER_BASE_URL": BASE, "LETTER_HSTS": "31536000"}
    with start_server(tree, environ, tree.with_name("server.log")) as live:
        yield live


@pytest.fixture(scope="module")
def server(tree: Path) -> Iterator[Live]:
    with start_image(tree) as live:
        yield live


def test_what_the_image_holds_suffices(server: Live) -> None:
    """Catalogues too: a locale that wasn't copied would be missing from the report."""
    answer = server.ask("/healthz")
    report = json.loads(answer.body)
    assert (answer.status, report["status"]) == (200, "ok")
    assert set(report["editions"]) == {"en", "ar", "ckb", "ku"}
    assert b'<html lang="ar" dir="rtl">' in server.ask("/ar/").body
    assert server.ask("/nowhere").status == 404, "which needs Flask and its templates"


def test_what_is_prepared_and_what_the_app_answers_have_the_same_headers(server: Live) -> None:
    for path in ("/ar/", "/", "/nowhere", "/healthz", "/ar/?choose"):
        headers = server.ask(path).headers
        assert headers["Strict-Transport-Security"] == "max-age=31536000", path
        assert headers["Permissions-Policy"].count("=()") == 6
    assert server.ask("/ar/?choose").headers["Set-Cookie"].endswith("; SameSite=Lax; Secure")
    packed = server.ask("/nowhere", **{"Accept-Encoding": "gzip, br"})
    assert (packed.status, packed.headers["Content-Encoding"]) == (404, "br")
    assert DECODE["br"](packed.body) == server.ask("/nowhere").body


def test_an_edition_that_breaks_is_told_but_stays_healthy(server: Live, tree: Path) -> None:
    po = tree / "locales" / "ku" / "LC_MESSAGES" / "letter.po"
    good = po.read_bytes()
    po.write_bytes(good + b'msgstr "broken\n')
    wait_for(lambda: b'"degraded"' in server.ask("/healthz").body, "nobody is told")
    wait_for(lambda: check_health(server.port) == 0)  # it gives up after four seconds
    po.write_bytes(good)
    is_ok = b'"status":"ok"'
    wait_for(lambda: all(is_ok in server.ask("/healthz").body for _ in range(8)))


def test_the_health_check_fails_where_nothing_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and doesn't listen
        assert check_health(taken.getsockname()[1]) == 1


def stop_gracefully(live: Live) -> None:
    """Stop a server by the signal that the image names."""
    (name,) = re.findall(r"^STOPSIGNAL (\w+)$", IMAGE, re.MULTILINE)
    live.process.send_signal(signal.Signals[name])
    assert live.process.wait(DEADLINE) == 0
    assert live.read_log().count("Stopped worker-") == 2
    assert "Traceback" not in live.read_log()


def test_a_graceful_stop_and_a_restart_over_a_broken_file_cost_an_edition_nothing(
    tree: Path, tmp_path: Path
) -> None:
    """The second server's two workers have never seen the file whole."""
    own = shutil.copytree(tree, tmp_path / "image")
    po = own / "locales" / "ku" / "LC_MESSAGES" / "letter.po"
    with start_image(own) as live:
        stop_gracefully(live)
    po.write_bytes(po.read_bytes().replace(b'msgstr "', b"msgstr ", 1))
    with start_image(own) as live:
        pages = {live.ask("/ku/").body for _ in range(8)}
        assert len(pages) == 1
        page = pages.pop().decode()
        assert "noindex" not in page
        assert f'<link rel="canonical" href="{BASE}/ku/">' in page
        assert re.search("<h1[^>]*>", page)
        assert not re.search("<h1[^>]* lang=", page), "it is in Kurdish"
        report = live.ask("/healthz").body.decode()
        assert '"problem":"ku/LC_MESSAGES/letter.po:' in report
        assert str(own) not in report
        assert str(po.relative_to(own)) in live.read_log(), "as it is called from its folder"


@pytest.mark.parametrize("path", [DEPLOY / "letter.service", ROOT / "README.md"], ids=str)
def test_the_other_commands_say_what_has_been_run(path: Path) -> None:
    """The image's command has been run; the others differ in where they listen, or say less."""
    run, other = read_start(CONTAINERFILE), read_start(path)
    assert other[0].endswith("/granian")
    assert set(other[1:]) - {"127.0.0.1"} <= set(run)


@pytest.mark.parametrize(
    "check", [["verify", "--man=no"], ["security", "--offline=yes", "--threshold=15"]]
)
def test_systemd_understands_the_unit_and_finds_it_confined(tree: Path, check: list[str]) -> None:
    """An option that systemd doesn't know is only told, and then does nothing.

    The exposure is at most 1.5 of systemd's scale, on which a unit that says nothing has 9.6.
    """
    text = (DEPLOY / "letter.service").read_text(encoding="utf-8")
    program = str(Path(sys.executable).with_name("granian"))  # systemd looks whether it is there
    text = text.replace("/opt/letter/.venv/bin/granian", program)
    unit = tree.with_name("letter.service")
    unit.write_text(text.replace("/opt/letter", str(tree)), encoding="utf-8")
    command = [require_tool("systemd-analyze"), *check, str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "letter.service" not in done.stderr
