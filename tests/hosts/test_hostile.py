"""Clients that are slow, broken or hostile, at a real server: the others don't notice them."""

from __future__ import annotations

import random
import re
import resource
import threading
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import pytest

from tests.hosts.live import Live, read_all, serve

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from tests.conftest import Copy

pytestmark = pytest.mark.slow

END = b"Host: x\r\nConnection: close\r\n\r\n"
PAGE = b"GET /ar/ HTTP/1.1\r\n" + END
IDLE = 600  # connections of each kind: more together than the server has by its own defaults

# What is sent, and the statuses that may answer it; none: the server just hangs up.
MALFORMED: dict[bytes, set[int]] = {
    b"GET /ar/\r\n\r\n": {400},  # HTTP/0.9
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 200 + b"\r\n\r\n": {400},  # TLS
    b"G@T\x7f /ar/ HTTP/1.1\r\n" + END: {400},
    b"A" * 5000 + b" /ar/ HTTP/1.1\r\n" + END: {400, 405},
    b"OPTIONS * HTTP/1.1\r\n" + END: {400, 405},
    b"GET http://x/ar/ HTTP/1.1\r\n" + END: {200},  # RFC 9112 §3.2.2
    b"GET /ar/ HTTP/1.1\r\nConnection: close\r\n\r\n": {200, 400},  # no Host
    b"GET / HTTP/1.1\r\nHost: [::\r\nConnection: close\r\n\r\n": {302, 400},
    b"GET / HTTP/1.1\r\nHost: a b/c@d:99999999\xff\r\nConnection: close\r\n\r\n": {302, 400},
    b"GET /ar/\0 HTTP/1.1\r\n" + END: {400},
    b"GET /%00/ HTTP/1.1\r\n" + END: {400, 404},
    b"GET /media/%00 HTTP/1.1\r\n" + END: {400, 404},
    b"GET /%zz/%/%f HTTP/1.1\r\n" + END: {400, 404},
    b"GET /%ff%fe/ HTTP/1.1\r\n" + END: {400, 404},
    b"GET /ar/?with=%ff%00 HTTP/1.1\r\n" + END: {400, 404},
    b"GET /ar/?with=ku%0d%0aX:%20y HTTP/1.1\r\n" + END: {400, 404},
    b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + END: {400, 404},
    b"GET /media/%2e%2e/letter.md HTTP/1.1\r\n" + END: {400, 404},
    b"GET //evil.example/ HTTP/1.1\r\n" + END: {400, 404},
    b"GET //ar/?choose HTTP/1.1\r\n" + END: {400, 404},
    b"GET //evil.example%2f..%2far/?choose HTTP/1.1\r\n" + END: {400, 404},
    b"GET /%5Cevil.example%2f..%2far/?choose HTTP/1.1\r\n" + END: {400, 404},
    b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\n" + END: {404, 414},
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + END: {414},
    b"GET /ar/?with=" + b"a" * 60_000 + b" HTTP/1.1\r\n" + END: {404, 414},
    b"GET /ar/ HTTP/1.1\r\nX: " + b"a" * 1_000_000 + b"\r\n" + END: {431},
    b"GET /ar/ HTTP/1.1\r\nno colon\r\n" + END: {400},
    b"GET / HTTP/1.1\r\nAccept-Language: \xff\xfe\r\nCookie: language=\xff;;=\r\n" + END: {302},
    b"GET / HTTP/1.1\r\nAccept-Language: " + b"ar;q=0.1," * 20_000 + b"\r\n" + END: {302},
    b"GET /ar/ HTTP/1.1\r\nIf-None-Match: \xff\r\nAccept-Encoding: \xff\r\n" + END: {200},
    b"GET /ar/ HTTP/1.1\r\nRange: bytes=zz\r\nIf-Modified-Since: zz\r\n" + END: {200},
    b"GET /ar/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + END: {400},
    b"GET / HTTP/1.1\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n" + END: {302, 400},
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + END + b"zz\r\nno chunk": {400, 405},
    b"GET /ar/ HTTP/1.1\r\nTransfer-Encoding: gzip, x\r\n" + END: {400, 501},
    b"POST / HTTP/1.1\r\nContent-Length: 1000000000000\r\n" + END + b"a" * 100_000: {405, 413},
}


@pytest.fixture
def many_files() -> Iterator[None]:
    """Let this process and its server have as many connections open as the test needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 8 * IDLE:
        pytest.skip(f"needs {8 * IDLE} open files, the limit here is {hard} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 8 * IDLE), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def start(live: Live, held: ExitStack, data: bytes) -> socket.socket:
    """Send bytes on a connection of their own."""
    client = live.open_socket(held)
    with suppress(ConnectionError):  # it answered and closed before it had read all
        client.sendall(data)
    return client


def finish(client: socket.socket) -> list[int]:
    """Read all that is answered; give the statuses."""
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3}) ", read_all(client))]


def send(live: Live, data: bytes) -> list[int]:
    with ExitStack() as held:
        return finish(start(live, held, data))


def change_at_random(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed))
        changed[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    return bytes(changed)


def test_nothing_that_a_client_sends_makes_the_server_fail(copy: Copy) -> None:
    with serve(copy, "--http1-header-read-timeout", "1000") as live, ExitStack() as held:
        page = live.ask("/ar/").body
        for request, allowed in MALFORMED.items():
            statuses = send(live, request)
            assert set(statuses) <= allowed, (request[:100], statuses)
            assert statuses or not allowed or len(request) > 50_000, request[:100]
        pipelined = send(live, b"GET /ar/ HTTP/1.1\r\nHost: x\r\n\r\n" * 20 + PAGE + b"G@RBAGE")
        assert pipelined == [200] * 21
        assert send(live, b"GET / HTTP/1.1\r\nHost: x\r\n\r\nG@RBAGE\r\n\r\n") == [302, 400]
        chance = random.Random(0)
        changed = [change_at_random(PAGE, chance) for _ in range(400)]
        clients = [start(live, held, data) for data in changed]
        for data, client in zip(changed, clients, strict=True):
            assert not [code for code in finish(client) if code >= 500], data
        assert live.ask("/ar/").body == page
        assert "Traceback" not in live.read_log()
        assert len(live.list_workers()) == 2, "none died"


def test_slow_clients_do_not_keep_others_waiting(
    write_site: Callable[..., Copy], many_files: None
) -> None:
    """Twice: while all of them are there, and when the server has let go of the silent ones."""
    site = write_site("# Title\n\n![Us](us.png)\n", ar="")
    (site.letter.parent / "us.png").write_bytes(bytes(8_000_000))
    with serve(site, "--http1-header-read-timeout", "2000") as live, ExitStack() as held:
        page = live.ask("/ar/").body
        patient = live.open_socket(held)
        answer: list[bytes] = []
        sender = threading.Thread(target=lambda: answer.append(send_slowly(patient, PAGE)))
        sender.start()
        for path, count in ((b"/letter.json", IDLE // 4), (b"/media/us.png", 60)):
            many = (b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n") * 20
            readers = [live.open_socket(held, many, buffer=4096) for _ in range(count)]
        silent = [live.open_socket(held) for _ in range(IDLE)]
        halves = [live.open_socket(held, b"GET /ar/ HTTP/1.1\r\nX-A: b") for _ in range(IDLE)]
        for _ in range(50):
            assert live.ask("/ar/").body == page
        sender.join()
        assert answer[0].endswith(page), "slow, but honest"
        for client in silent + halves:
            assert read_all(client) == b"" or b" 408 " in read_all(client)
        for _ in range(50):
            assert live.ask("/ar/").body == page
        assert readers[0].recv(15) == b"HTTP/1.1 200 OK"


def send_slowly(client: socket.socket, data: bytes) -> bytes:
    for start in range(0, len(data), 20):  # a busy machine makes each wait longer, so they are few
        client.sendall(data[start : start + 20])
        time.sleep(0.2)
    return read_all(client)
