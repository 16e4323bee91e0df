"""The desk at a real address, and a client that reads its events from a plain socket."""

from __future__ import annotations

import http.client
import re
import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letter.editions.library import Library
from scripts.serve import open_server
from tests.hosts.live import Answer
from tests.waiting import DEADLINE, find_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Copy


@dataclass(frozen=True)
class LiveDesk:
    """A running server of a letter and its desk."""

    copy: Copy
    port: int
    held: ExitStack  # the clients of streams, until the end

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask as a program does; `Sec_Fetch_Site="none"` is a header."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def open_stream(self, path: str, **headers: str) -> Stream:
        """Open a stream of events, which is read as it comes."""
        address = ("127.0.0.1", self.port)
        client = self.held.enter_context(socket.create_connection(address, DEADLINE))
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        client.sendall("\r\n".join([*lines, "", ""]).encode())
        return Stream(client)


class Stream:
    """What a server sends for as long as a client listens."""

    def __init__(self, client: socket.socket) -> None:
        self.client, self._rest = client, b""

    def read_until(self, wanted: str) -> str:
        """Give what came up to a text, and the text."""
        while wanted.encode() not in self._rest:
            data = self.client.recv(1 << 20)
            assert data, f"the stream ended before {wanted!r}"
            self._rest += data
        found, self._rest = self._rest.split(wanted.encode(), 1)
        return found.decode() + wanted

    def read_event(self) -> str:
        """Give the version of the next page that comes."""
        found = re.search(r"^id: (\w+)\n", self.read_until("\n\n"), re.MULTILINE)
        return found[1] if found else self.read_event()


@contextmanager
def serve_desk(copy: Copy) -> Iterator[LiveDesk]:
    """Serve a letter and its desk as `make run` does."""
    port = find_port()
    library = Library(copy.letter, copy.locales)
    with ExitStack() as held, open_server(library, port) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield LiveDesk(copy, port, held)
        finally:
            server.shutdown()
            serving.join()
