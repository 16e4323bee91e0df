"""Serving one compressed page: us, the same page under Flask-Babel and gunicorn, and nginx's file.

All servers are up at the same time, on one core; wrk loads one after the other, round by round.
"""

from __future__ import annotations

import gzip
import http.client
import importlib.util
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from letter.editions.library import Library
from letter.errors import OneLetterError
from letter.paths import default_paths
from scripts.bench.peer import write_peer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from http.client import HTTPMessage

ROOT = Path(__file__).parents[2]
ADDRESS = "https://letter.example.org"
PAGE = "/ar/"
HEADERS = {"Accept-Encoding": "gzip"}
PATIENCE = 60  # seconds for a server to start
TICKS = os.sysconf("SC_CLK_TCK")  # of CPU time, a second

NGINX = """\
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  include /etc/nginx/mime.types;
  charset utf-8;
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/site;
    gzip_static on;
{headers}
  }}
}}
"""
HELLO = '''\
"""Granian's bare hello, and one that sends what we send."""
import gzip
HEADERS = {headers!r}
BODY = {body!r}

def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello, world!"]

def same(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
'''


class BenchError(OneLetterError):
    """A comparison that can't be run; the text says what to install or what went wrong."""


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured: latencies are in milliseconds."""

    requests: int
    per_second: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Round:
    """One load on one server, with the CPU seconds that its processes took."""

    load: Load
    cpu: float

    def measure(self, value: str) -> float:
        """Give one of the measures by its name."""
        return float(getattr(self.load if hasattr(self.load, value) else self, value))

    @property
    def per_cpu_second(self) -> float:
        """Requests per second of CPU time."""
        return self.load.requests / self.cpu

    @property
    def microseconds(self) -> float:
        """CPU time of one request."""
        return self.cpu / self.load.requests * 1e6


@dataclass(slots=True)
class Contestant:
    """One server under one kind of request, and its rounds."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str = PAGE
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)
    rounds: list[Round] = field(default_factory=list)

    def median(self, value: str) -> float:
        """Give the median of a measure over the rounds."""
        return statistics.median(found.measure(value) for found in self.rounds)


def compare_servers(seconds: int, rounds: int, connections: int) -> None:
    """Load all servers in turns and print a table and its ratios; BenchError if it can't be."""
    require_tools("wrk", "nginx", "granian", "gunicorn", "flask_babel", "flask_compress")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-serve-")))
        contestants = start_contestants(stack, folder)
        time.sleep(2)  # our best compression of the page is made in the background
        for number in range(1, rounds + 1):
            for contestant in contestants.values():
                print(f"round {number} of {rounds}: {contestant.name}", file=sys.stderr)
                contestant.rounds.append(run_round(contestant, seconds, connections))
        memory = {name: measure_memory(c.process.pid) for name, c in contestants.items()}
    print_table(contestants, memory, f"{rounds} rounds of {seconds} s, {connections} connections")
    print_ratios(contestants)


def start_contestants(stack: ExitStack, folder: Path) -> dict[str, Contestant]:
    """Start every server and see that each sends the same page, gzipped."""
    python = str(Path(sys.executable).parent)

    def start(command: Sequence[str], port: int) -> subprocess.Popen[bytes]:
        return stack.enter_context(run_server(command, port, folder))

    print("starting the servers", file=sys.stderr)
    port = find_port()
    ours = Contestant(
        "us, granian",
        start(granian(port, "--factory", "app:make_application"), port),
        port,
    )
    head, body = fetch(port, PAGE, HEADERS)
    text = gzip.decompress(body).decode()
    etag = {"If-None-Match": head["ETag"]}
    found = {"us": ours, "304": Contestant("us, 304", ours.process, port, headers=HEADERS | etag)}
    pairs = [(n, v) for n, v in head.items() if n.lower() not in ("server", "date")]
    (folder / "hello.py").write_text(HELLO.format(headers=pairs, body=body), encoding="utf-8")
    for key, name in (("hello", "granian, bare hello"), ("same", "granian, our bytes")):
        port = find_port()
        process = start(granian(port, f"hello:{key}"), port)
        found[key] = Contestant(name, process, port)
    port = find_port()
    shelf = Library(*default_paths(None, None)).read_shelf()
    write_peer(folder, shelf, text)
    gunicorn = [f"{python}/gunicorn", "--workers", "1", "--worker-class", "gthread"]
    process = start([*gunicorn, "--bind", f"127.0.0.1:{port}", "peer:app"], port)
    found["peer"] = Contestant("Flask-Babel, gunicorn", process, port)
    port = find_port()
    write_nginx(folder, port, head)
    process = start(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], port)
    found["nginx"] = Contestant("nginx, the file", process, port)
    for key in ("peer", "nginx"):
        sent = gzip.decompress(fetch(found[key].port, PAGE, HEADERS)[1]).decode()
        if sent != text:
            raise BenchError(f"{found[key].name} sends another page than we do")
    return found


def granian(port: int, *target: str) -> list[str]:
    """Give the command that starts one worker of granian, with the README's options."""
    program = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--http", "1", "--no-ws", "--blocking-threads", "2"]
    return [program, *options, "--log-level", "error", "--port", str(port), *target]


def require_tools(*names: str) -> None:
    """See that all tools are there; BenchError names what to install."""
    for name in names:
        if name in ("wrk", "nginx"):
            if shutil.which(name) is None:
                raise BenchError(f"{name} is missing: apt-get install wrk nginx-light")
        elif importlib.util.find_spec(name) is None:
            package = name.replace("_", "-")
            raise BenchError(f"{package} is missing: make .venv/.test-ready")


def write_nginx(folder: Path, port: int, head: HTTPMessage) -> None:
    """Export the site and write nginx's configuration, with the headers that we send."""
    command = [sys.executable, str(ROOT / "scripts" / "export.py"), str(folder / "site")]
    command += ["--base-url", ADDRESS]
    subprocess.run(command, check=True, env=environment(folder), stdout=subprocess.DEVNULL)
    folder.chmod(0o755)
    names = [n for n in head if n.startswith(("X-", "Content-Security", "Referrer", "Cache"))]
    headers = "\n".join(f'    add_header {n} "{head[n]}";' for n in (*names, "Content-Language"))
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(user=user, folder=folder, port=port, headers=headers)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Give a server's environment: this checkout, a site's address, bytecode kept as installed."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join([str(ROOT), str(folder)])
    cache = str(folder / "bytecode")
    own = {"PYTHONPATH": path, "PYTHONPYCACHEPREFIX": cache, "LETTER_BASE_URL": ADDRESS}
    # A PDF is made once in a worker's life, on the core that is measured.
    return kept | own | {"LETTER_DOCUMENTS": "none"} | more


@contextmanager
def run_server(
    command: Sequence[str], port: int, folder: Path, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server on one core until it has answered and the work is done; BenchError if not."""
    core = min(os.sched_getaffinity(0))
    log = (folder / f"{port}.log").open("w+b")
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder, **more),
        stdout=log,
        stderr=log,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    try:
        wait_for_answer(process, port)
        yield process
    except BenchError:
        log.seek(0)
        print(log.read().decode(errors="replace"), file=sys.stderr)
        raise
    finally:
        process.terminate()
        process.wait()
        log.close()


def wait_for_answer(process: subprocess.Popen[bytes], port: int, path: str = PAGE) -> None:
    """Wait for a server's first answer, asking every two milliseconds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            fetch(port, path, HEADERS)
        except (OSError, http.client.HTTPException):
            time.sleep(0.002)
        else:
            return
    raise BenchError(f"{process.args!r} doesn't answer")


def fetch(port: int, path: str, headers: Mapping[str, str]) -> tuple[HTTPMessage, bytes]:
    """Ask a server for one page; OSError if it can't be had."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise ConnectionError(f"{answer.status} {answer.reason}")
    return answer.headers, body


def find_port() -> int:
    """Ask the system for a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_round(contestant: Contestant, seconds: int, connections: int) -> Round:
    """Load one server for some seconds, from another core if there is one."""
    pid = contestant.process.pid
    before = measure_cpu(pid)
    load = run_wrk(contestant.port, contestant.path, contestant.headers, seconds, connections)
    return Round(load, measure_cpu(pid) - before)


def run_wrk(
    port: int, path: str, headers: Mapping[str, str], seconds: int, connections: int
) -> Load:
    """Run wrk over kept connections; BenchError if an answer was an error."""
    command = ["wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    core = max(os.sched_getaffinity(0))
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    return read_wrk(done.stdout + done.stderr)


def read_wrk(text: str) -> Load:
    """Read what wrk printed; BenchError if it had errors, or printed something else."""
    if fault := re.search(r"(Non-2xx.*|Socket errors:.*|unable to connect.*)", text):
        raise BenchError(f"wrk: {fault[1]}")
    units = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    total = re.search(r"(\d+) requests in", text)
    found = {
        percent: float(value) * units[unit]
        for percent, value, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s|m)\b", text)
    }
    if not (rate and total and len(found) == 2):
        raise BenchError(f"wrk printed something unknown: {text[:200]!r}")
    return Load(int(total[1]), float(rate[1]), found["50"], found["99"])


def list_tree(pid: int) -> list[int]:
    """List a process and all below it."""
    tree = [pid]
    for parent in tree:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            tree += map(int, tasks.read_text().split())
    return tree


def measure_cpu(pid: int) -> float:
    """Give the CPU seconds that a process and all below it have taken."""
    ticks = 0
    for member in list_tree(pid):
        values = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, values[11:15]))  # user, system, and both of children that are gone
    return ticks / TICKS


def measure_memory(pid: int) -> float:
    """Give the megabytes that a process and all below it hold, shared pages once (PSS)."""
    held = (Path(f"/proc/{member}/smaps_rollup").read_text() for member in list_tree(pid))
    return sum(int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) for text in held) / 1024


def print_table(
    contestants: Mapping[str, Contestant], memory: Mapping[str, float], how: str
) -> None:
    """Print each server's medians over the rounds."""
    print(f"\n{PAGE} over kept connections, Accept-Encoding: gzip; medians of {how}")
    print(
        f"{'':<24}{'requests/s':>11}{'per CPU s':>11}{'CPU µs':>9}"
        f"{'p50 ms':>9}{'p99 ms':>9}{'memory MB':>11}"
    )
    for key, found in contestants.items():
        print(
            f"{found.name:<24}{found.median('per_second'):>11,.0f}"
            f"{found.median('per_cpu_second'):>11,.0f}{found.median('microseconds'):>9.1f}"
            f"{found.median('p50'):>9.2f}{found.median('p99'):>9.2f}{memory[key]:>11.0f}"
        )


def print_ratios(contestants: Mapping[str, Contestant]) -> None:
    """Print what the goals are set in: by rounds, and of each server's least disturbed round."""

    def pair(one: str, other: str) -> list[tuple[Round, Round]]:
        return list(zip(contestants[one].rounds, contestants[other].rounds, strict=True))

    print(f"\n{'':<42}{'median':>8}{'best':>8}  of the rounds")
    for name, one, other, value, goal in (
        ("us / nginx, per CPU second", "us", "nginx", "per_cpu_second", "≥ 0.6"),
        ("us / Flask-Babel, per CPU second", "us", "peer", "per_cpu_second", "≥ 50"),
        ("us / granian's bare hello, per CPU second", "us", "hello", "per_cpu_second", ""),
        ("p99, us / nginx", "us", "nginx", "p99", "≤ 1.5"),
        ("304 / 200, per CPU second", "304", "us", "per_cpu_second", "> 1"),
    ):
        ratios = [a.measure(value) / b.measure(value) for a, b in pair(one, other)]
        choose = min if value == "p99" else max
        best = [choose(r.measure(value) for r in contestants[key].rounds) for key in (one, other)]
        print_line(name, ratios, best[0] / best[1], goal)
    for key, name, goal in (
        ("hello", "CPU µs a request over the bare hello", "≤ 3"),
        ("same", "CPU µs a request over a hello of our bytes", ""),
    ):
        over = [a.microseconds - b.microseconds for a, b in pair("us", key)]
        least = [min(r.microseconds for r in contestants[k].rounds) for k in ("us", key)]
        print_line(name, over, least[0] - least[1], goal)


def print_line(name: str, values: Sequence[float], best: float, goal: str) -> None:
    """Print the median of the rounds, what the least disturbed rounds give, and their range."""
    shown = f"{min(values):.2f} … {max(values):.2f}" + (f"  (goal {goal})" if goal else "")
    print(f"{name:<42}{statistics.median(values):>8.2f}{best:>8.2f}  {shown}")
