"""`scripts/deploy/`: the commands of the Containerfile and the unit, run as they stand there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.hosts.live import wait_for
from tests.tools import ROOT, require_tool

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

DEPLOY = ROOT / "scripts" / "deploy"
GRANIAN = Path(sys.executable).with_name("granian")
IMAGE = Path("/app")  # where the Containerfile puts everything


class Server(NamedTuple):
    """A running granian and where it listens."""

    process: subprocess.Popen[str]
    port: int

    def ask(self, path: str) -> tuple[int, str]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def wait(self) -> None:
        """Wait until it answers; what it says if it ends before."""
        while self.process.poll() is None:
            try:
                self.ask("/healthz")
            except OSError:
                time.sleep(0.05)
            else:
                return
        pytest.fail(self.process.communicate()[0])


def read_instructions(path: Path) -> list[str]:
    """Read a file's lines without comments, those that go on in the next one joined."""
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    return re.sub(r"\\\n\s*", " ", text).splitlines()


def find_list(instruction: str) -> list[str]:
    """Find what an instruction of the Containerfile runs, in its list form."""
    (line,) = [s for s in read_instructions(DEPLOY / "Containerfile") if instruction in s]
    words: list[str] = json.loads(line[line.index("[") :])
    return words


def find_start(name: str) -> list[str]:
    """Find the command line by which a file of this project starts the server in production."""
    if name == "Containerfile":
        return find_list('CMD ["granian"')
    if name == "letter.service":
        unit = read_instructions(DEPLOY / name)
        return shlex.split(next(line for line in unit if line.startswith("ExecStart=")))
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    return shlex.split(text[text.index(".venv/bin/granian") :].partition("\n")[0])


def start_server(command: list[str], folder: Path) -> Server:
    """Start granian as a command says, but on a free port of this machine alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"--host": "127.0.0.1", "--port": str(port)}
    options = [own.get(before, word) for before, word in pairwise(command)]
    keep = {name: text for name, text in os.environ.items() if not name.startswith("LETTER_")}
    process = subprocess.Popen(
        [GRANIAN, *options],
        cwd=folder,
        env=keep | {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Server(process, port)


def check_health(port: int) -> int:
    """Run the image's health check against a port; its exit code."""
    command = [sys.executable, *find_list('CMD ["python"')[1:]]
    assert command[-1].count("8000") == 1
    command[-1] = command[-1].replace("8000", str(port))
    return subprocess.run(command, capture_output=True, timeout=30).returncode


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only what the Containerfile copies from the project."""
    folder = tmp_path_factory.mktemp("image")
    for line in read_instructions(DEPLOY / "Containerfile"):
        found = re.fullmatch(r"COPY ([\w./]+) (/[\w./]+)", line)
        if found:
            source, target = ROOT / found[1], folder / Path(found[2]).relative_to(IMAGE)
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)
    assert {path.name for path in folder.iterdir()} == {"app.py", "letter", "locales"}
    return folder


@pytest.fixture(scope="module")
def server(tree: Path) -> Iterator[Server]:
    server = start_server(find_start("Containerfile"), tree)
    server.wait()
    yield server
    if server.process.poll() is None:
        server.process.terminate()
        server.process.communicate()


def test_what_the_image_holds_suffices(server: Server) -> None:
    """Catalogues too: a locale that wasn't copied would be missing from the report."""
    status, text = server.ask("/healthz")
    report = json.loads(text)
    assert (status, report["status"]) == (200, "ok")
    assert set(report["editions"]) == {"en", "ar", "ckb", "ku"}
    status, text = server.ask("/ar/")
    assert status == 200
    assert '<html lang="ar" dir="rtl">' in text
    assert server.ask("/nowhere")[0] == 404, "which needs Flask and its templates"


def test_an_edition_that_breaks_is_told_but_stays_healthy(server: Server, tree: Path) -> None:
    po = tree / "locales" / "ku" / "LC_MESSAGES" / "letter.po"
    good = po.read_bytes()
    try:
        po.write_bytes(good + b'msgstr "broken\n')
        wait_for(lambda: '"degraded"' in server.ask("/healthz")[1], "nobody is told")
        assert check_health(server.port) == 0
    finally:
        po.write_bytes(good)


def test_the_health_check_fails_where_nothing_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and doesn't listen
        assert check_health(taken.getsockname()[1]) == 1


def test_it_stops_gracefully(server: Server) -> None:
    """By the signal that the image names; the last test of this server."""
    assert check_health(server.port) == 0
    (line,) = [s for s in read_instructions(DEPLOY / "Containerfile") if s.startswith("STOPSIGNAL")]
    server.process.send_signal(signal.Signals[line.split()[1]])
    told = server.process.communicate(timeout=60)[0]
    assert server.process.returncode == 0
    assert told.count("Stopped worker-") == 2
    assert "Traceback" not in told


@pytest.mark.parametrize("name", ["letter.service", "README.md"])
def test_the_other_commands_say_what_has_been_run(name: str) -> None:
    """The image's command has been run; the others differ in where they listen, or say less."""
    run, other = find_start("Containerfile"), find_start(name)
    assert other[0].endswith("/granian")
    assert "app:make_application" in other
    assert set(other[1:]) - {"127.0.0.1"} <= set(run)


@pytest.fixture
def unit(tree: Path) -> Path:
    """The unit with this machine's paths, since systemd looks whether the program is there."""
    text = (DEPLOY / "letter.service").read_text(encoding="utf-8")
    text = text.replace("/opt/letter/.venv/bin/granian", str(GRANIAN))
    path = tree.parent / "letter.service"
    path.write_text(text.replace("/opt/letter", str(tree)), encoding="utf-8")
    return path


def test_systemd_understands_the_unit(unit: Path) -> None:
    """An option that it doesn't know is only told, and then does nothing."""
    command = [require_tool("systemd-analyze"), "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "letter.service" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_unit_stays_confined(unit: Path) -> None:
    """At most 1.5 of systemd's scale of exposure, on which a unit that says nothing has 9.6."""
    command = [
        require_tool("systemd-analyze"),
        "security",
        "--offline=yes",
        "--threshold=15",
        str(unit),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
