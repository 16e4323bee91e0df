"""The production server itself, and clients that say exactly what a test has them say."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import brotli

from tests.tools import ROOT
from tests.waiting import DEADLINE, find_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Copy

BASE = "https://letter.example.org"
DECODE = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
TARGET = "app:make_application"
PATIENT = "tests.hosts.patient_app:make_application"
CONTAINERFILE = ROOT / "scripts" / "deploy" / "Containerfile"


@dataclass(frozen=True)
class Answer:
    """What a server answered, as it came."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Live:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)

    def ask(self, path: str, **headers: str) -> Answer:
        """Ask over a connection of its own, so that any worker may answer."""
        connection = self.connect()
        try:
            return ask(connection, path, {**headers, "Connection": "close"})
        finally:
            connection.close()

    def open_socket(self, held: ExitStack, data: bytes = b"", buffer: int = 0) -> socket.socket:
        """Open a connection and say something; a small `buffer` (in bytes) makes a slow reader."""
        client = held.enter_context(socket.socket())
        if buffer:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        client.settimeout(DEADLINE)
        client.connect(("127.0.0.1", self.port))
        if data:
            client.sendall(data)
        return client

    def list_workers(self) -> list[int]:
        """List the numbers of all worker processes so far that have begun to answer."""
        told = self.read_log()
        started = len(re.findall(r"Started worker-\d+", told))
        return [int(pid) for pid in re.findall(r"worker-\d+ with PID: (\d+)", told)][:started]

    def read_log(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def ask(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> Answer:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    try:
        return Answer(response.status, response.headers, response.read())
    except ConnectionError as error:
        raise http.client.IncompleteRead(b"") from error


def read_all(client: socket.socket) -> bytes:
    """Read until the server ends the connection, or breaks it off."""
    received = []
    with suppress(ConnectionError):
        while data := client.recv(65536):
            received.append(data)
    return b"".join(received)


def read_start(path: Path) -> list[str]:
    """Read the command line by which a file of this project starts the server in production."""
    text = path.read_text(encoding="utf-8").replace("\\\n", "")
    (line,) = re.findall(r'\S*granian"?,? .*app:make_application.*', text)
    return re.findall(r'[^\s",\[\]]+', line)


@contextmanager
def serve(copy: Copy, *options: str, target: str = TARGET) -> Iterator[Live]:
    """Run the production command on a copy's files; more options override its own."""
    settings = {
        "LETTER_SOURCE": str(copy.letter),
        "LETTER_LOCALES": str(copy.locales),
        "LETTER_BASE_URL": BASE,
        "PYTHONPATH": str(ROOT),
    }
    log = copy.letter.parent / "server.log"
    with start_server(ROOT, {**os.environ, **settings}, log, *options, target=target) as live:
        yield live


@contextmanager
def start_server(
    folder: Path, environ: dict[str, str], log: Path, *options: str, target: str = TARGET
) -> Iterator[Live]:
    """Run the image's command in a folder, on a free port of this machine alone.

    With `target`, another application than the image's.
    """
    port = find_port()
    words = [target if word == TARGET else word for word in read_start(CONTAINERFILE)[1:]]
    command = [sys.executable, "-m", "granian", *words, *options]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--host=127.0.0.1", f"--port={port}"],
            cwd=folder,
            env=environ,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    live = Live(process, port, log)
    try:
        wait_for(lambda: len(live.list_workers()) == 2 or process.poll(), "it didn't start")
        assert process.poll() is None, live.read_log()
        yield live
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # workers outlive a server that is killed
        process.wait()
