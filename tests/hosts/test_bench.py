"""What `scripts/bench.py serve` compares with, and how it reads what wrk says."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from letter.editions.library import Library
from letter.formats.site import Site
from letter.paths import default_paths
from letter.serving.publications import publish
from scripts.bench.peer import write_peer
from scripts.bench.serve import (
    HELLO,
    BenchError,
    find_port,
    granian,
    measure_cpu,
    measure_memory,
    run_server,
    run_wrk,
)
from tests.tools import ROOT, require_tool

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_the_peer_sends_the_very_same_page(tmp_path: Path) -> None:
    shelf = Library(*default_paths(None, None)).read_shelf()
    found = publish(shelf, Site("https://letter.example.org"), "/ar/")
    assert found
    write_peer(tmp_path, shelf, found.body.decode())
    code = """
import gzip, sys
from peer import app
answer = app.test_client().get("/ar/", headers={"Accept-Encoding": "gzip"})
sys.stdout.buffer.write(gzip.decompress(answer.data))
"""
    sent = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert sent.stdout == found.body, sent.stderr.decode()
    template = (tmp_path / "templates" / "letter.html").read_text(encoding="utf-8")
    assert template.count("{{ _(") > len(shelf.letter.messages), "each text is a call of gettext"
    assert "حلب" not in template.partition("</style>")[2], "none of it stands there as it is"


def test_a_load_is_measured_on_a_real_server_and_its_errors_are_told(tmp_path: Path) -> None:
    require_tool("wrk")
    (tmp_path / "hello.py").write_text(HELLO.format(headers=[], body=b"") + FAILING)
    port = find_port()
    with run_server(granian(port, "hello:some"), port, tmp_path) as process:
        before = measure_cpu(process.pid)
        load = run_wrk(port, "/ar/", {}, 1, 4)
        assert load.requests > 10
        assert 0 < load.p50 <= load.p99 < 1000
        assert load.requests / 2 < load.per_second < load.requests * 2
        assert measure_cpu(process.pid) > before
        assert measure_memory(process.pid) > 5
        with pytest.raises(BenchError, match="Non-2xx"):
            run_wrk(port, "/missing", {}, 1, 4)


FAILING = """
def some(environ, start_response):
    if environ["PATH_INFO"] == "/ar/":
        return hello(environ, start_response)
    start_response("404 Not Found", [])
    return []
"""


def test_a_missing_tool_is_named_with_what_to_install(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "bench.py"), "serve"]
    done = subprocess.run(
        command, env=os.environ | {"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "wrk is missing: apt-get install wrk nginx-light\n"
