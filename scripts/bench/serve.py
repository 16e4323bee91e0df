"""Serving one compressed page: us, the same page under Flask-Babel and gunicorn, and nginx's file.

All servers are up at the same time, on one core; wrk loads one after the other, round by round.
"""

from __future__ import annotations

import gzip
import re
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bench import servers
from scripts.bench.peer import write_peer
from scripts.bench.table import print_table, show_measure

if TYPE_CHECKING:
    from http.client import HTTPMessage

# All paths are below the folder that nginx is started in. Only root may name a user.
NGINX = """\
user root;
daemon off;
pid nginx.pid;
error_log error.log;
events { worker_connections 1024; }
http {
  types { text/html html; }
  charset utf-8;
  access_log off;
  sendfile on; tcp_nopush on; open_file_cache max=100; gzip_static on;
  keepalive_requests 1000000000;
  client_body_temp_path body; proxy_temp_path proxy;
  fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server { listen 127.0.0.1:PORT; root site; HEADERS }
}
"""
HELLO = """\
def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello, world!"]
"""
RATIOS = (
    ("requests per CPU second, us / nginx", "us", "nginx", "per CPU s", "≥ 0.6"),
    ("requests per CPU second, us / Flask-Babel", "us", "Flask-Babel", "per CPU s", "≥ 50"),
    ("requests per CPU second, us / bare hello", "us", "bare hello", "per CPU s", ""),
    ("requests per CPU second, 304 / page", "us, 304", "us", "per CPU s", ""),
    ("p99, us / nginx", "us", "nginx", "p99 ms", "≤ 1.5"),
)


def compare_servers(rounds: int, seconds: int, connections: int) -> list[list[str]]:
    """Load all servers in turns and print what each did; give the ratios as rows of a table."""
    servers.require_programs("wrk", "nginx")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-serve-")))
        targets = start_servers(stack, folder)
        measured = servers.load_in_turns(targets, rounds, seconds, connections)
        memory = {t.name: f"{servers.measure_memory(t.pid):.0f}" for t in targets}
    rows = [["", *measured["us"][0], "memory MB"]]
    for name, loads in measured.items():
        medians = [statistics.median(load[column] for load in loads) for column in loads[0]]
        shown = [f"{value:,.{0 if value > 100 else 1}f}" for value in medians]
        rows.append([name, *shown, memory[name]])
    how = f"medians of {rounds} rounds of {seconds} s, {connections} connections"
    print_table(f"{servers.PAGE}, gzipped, over kept connections: {how}", rows)
    return [
        show_measure(label, servers.divide_loads(measured, one, other, column), goal)
        for label, one, other, column, goal in RATIOS
    ]


def start_servers(stack: ExitStack, folder: Path) -> list[servers.Target]:
    """Start every server, and see that those that send our page send the very same one."""
    print("starting the servers", file=sys.stderr)
    us = stack.enter_context(servers.run_server("us", servers.write_granian(), folder))
    servers.wait_for_rest(us)
    head, body = us.fetch()
    page = gzip.decompress(body).decode()
    (folder / "hello.py").write_text(HELLO)
    write_peer(folder, page)
    export = [f"{servers.ROOT}/scripts/export.py", "site", "--base-url", servers.ADDRESS]
    environment = servers.make_environment(folder)
    done = subprocess.run(
        [sys.executable, *export], cwd=folder, env=environment, text=True, capture_output=True
    )
    if done.returncode:
        raise servers.BenchError(done.stderr)
    gunicorn = [f"{servers.BIN}/gunicorn", "--worker-class", "gthread", "peer:app", "--bind"]
    commands = {
        "bare hello": servers.write_granian("hello:hello"),
        "Flask-Babel": lambda port: [*gunicorn, f"127.0.0.1:{port}"],
        "nginx": lambda port: write_nginx(folder, port, head),
    }
    others = [stack.enter_context(servers.run_server(n, c, folder)) for n, c in commands.items()]
    for target in others[1:]:
        if gzip.decompress(target.fetch()[1]).decode() != page:
            raise servers.BenchError(f"{target.name} sends another page than we do")
    again = replace(us, name="us, 304", headers={**us.headers, "If-None-Match": head["ETag"]})
    return [us, again, *others]


def write_nginx(folder: Path, port: int, head: HTTPMessage) -> list[str]:
    """Write nginx's configuration for the exported site, with the headers that we send."""
    own = re.compile(r"(?i)x-|content-(security|language)|referrer|cache")
    headers = " ".join(f'add_header {n} "{v}";' for n, v in head.items() if own.match(n))
    text = NGINX.replace("PORT", str(port)).replace("HEADERS", headers)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return ["nginx", "-c", "nginx.conf", "-p", str(folder)]
