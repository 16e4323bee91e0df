"""Servers to be measured: started on one core, loaded by wrk, and what their processes take."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from letter.errors import OneLetterError

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PATIENCE = 60  # seconds for a server to start
# Of all that runs here. A PDF is made once in a worker's life, but on the core that is measured.
# Without bytecode on the disk, a start would compile every module.
ENVIRONMENT = os.environ | {
    "LETTER_BASE_URL": "https://letter.example.org",
    "LETTER_DOCUMENTS": "none",
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPATH": str(ROOT),
}
BROWSER = build_opener(ProxyHandler({}))  # no proxy, whatever http_proxy says
CORES = sorted(os.sched_getaffinity(0))  # the servers run on the first, wrk on the last
TICKS = os.sysconf("SC_CLK_TCK")  # of CPU time, in a second
# The end of what wrk prints, a unit in two characters. Lines about errors would stand before
# "Requests/sec".
REPORT = re.compile(
    r"99% +([\d.]+)(us|ms|s) ?\n *([1-9]\d*) requests in .*\nRequests/sec: +([\d.]+)"
)
MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000}


class BenchError(OneLetterError):
    """A comparison that can't be run; the text says what to install or what went wrong."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the path of the page that the server is measured with."""

    name: str
    pid: int
    port: int
    path: str = "/ar/"

    def fetch(self) -> tuple[str, bytes]:
        """Fetch headers and body of the compressed page; BenchError where there is none."""
        url = f"http://127.0.0.1:{self.port}{self.path}"
        request = Request(url, headers={"Accept-Encoding": "gzip"})
        try:
            with BROWSER.open(request, timeout=PATIENCE) as answer:
                return str(answer.headers), answer.read()
        except OSError as error:
            raise BenchError(f"{self.name}: {self.path}: {error}") from error


def require_programs(*names: str) -> None:
    """See that programs of the system are there; BenchError says how to install them."""
    for name in names:
        if shutil.which(name) is None:
            raise BenchError(f"{name} is missing: apt-get install wrk nginx-light gettext git")


def run_program(*command: str, folder: Path, **environment: str) -> str:
    """Run a program in a folder and give what the program prints; BenchError where it fails."""
    variables = ENVIRONMENT | environment
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True)
    if done.returncode:
        raise BenchError(f"{shlex.join(command)}: {done.stderr.decode()}")
    return done.stdout.decode(errors="replace")


def write_granian(port: int) -> list[str]:
    """Write the production command of README.md, with one worker and a port of its own."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    (options,) = re.findall(r"bin/granian (.* app:make_application .*)", readme)
    # Of an option that is given twice, granian takes the last.
    more = ["--workers", "1", "--host", "127.0.0.1", "--port", str(port)]
    return [f"{BIN}/granian", *shlex.split(options), *more]


@contextmanager
def run_server(
    name: str, write_command: Callable[[int], list[str]], folder: Path, **environment: str
) -> Iterator[Server]:
    """Run a server in a folder until the work is done; BenchError if no page comes.

    `write_command` gives the words of the server's command for a free port.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["taskset", "-c", str(CORES[0]), *write_command(port)]
    variables, log = ENVIRONMENT | environment, folder / f"{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=file, stderr=file)
    server = Server(name, process.pid, port)
    try:
        wait_for_rest(process, server, log)
        yield server
    finally:
        process.terminate()
        process.wait()


def wait_for_rest(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    """Wait until a server sends its page, and has done what it does in the background at first.

    BenchError shows the end of the server's log.
    """
    told = f"{server.name} is still at work"
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        before = measure_cpu(server.pid)
        time.sleep(0.3)
        rests = measure_cpu(server.pid) - before < 0.02
        try:
            server.fetch()
            if rests:
                return
        except BenchError as error:
            told = str(error)
    raise BenchError(f"{told}\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def load_server(server: Server, seconds: int, connections: int) -> dict[str, float]:
    """Load a server from another core, if there is one; BenchError if an answer was an error.

    The figures are by their labels.
    """
    wrk = shlex.split(f"taskset -c {CORES[-1]} wrk -t1 -c{connections} -d{seconds}s --latency")
    url = f"http://127.0.0.1:{server.port}{server.path}"
    before = measure_cpu(server.pid)
    told = run_program(*wrk, "-H", "Accept-Encoding: gzip", url, folder=ROOT)
    cpu = max(measure_cpu(server.pid) - before, 1 / TICKS)
    found = REPORT.search(told)
    if found is None:
        raise BenchError(f"{server.name}: not every request was answered: {told}")
    p99, unit, requests, rate = found.groups()
    return {
        "requests per second": float(rate),
        "requests per CPU second": int(requests) / cpu,
        "p99 in ms": float(p99) * MILLISECONDS[unit],
        "memory in MB": measure_memory(server.pid),
    }


def read_processes(pid: int, name: str) -> Iterator[str]:
    """Read a file of /proc for a process and all below it."""
    yield Path(f"/proc/{pid}/{name}").read_text()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # of a thread that has ended since
            for child in children.read_text().split():
                yield from read_processes(int(child), name)


def measure_cpu(pid: int) -> float:
    """Give the CPU seconds that a process and all below it have taken (proc(5), stat)."""
    fields = (text.rpartition(")")[2].split() for text in read_processes(pid, "stat"))
    # User and system time, and those of children that are gone.
    return sum(sum(map(int, each[11:15])) for each in fields) / TICKS


def measure_memory(pid: int) -> float:
    """Give the megabytes that a process and all below it hold, each shared page once (PSS)."""
    texts = read_processes(pid, "smaps_rollup")
    return sum(int(re.findall(r"\nPss:\s+(\d+)", text)[0]) for text in texts) / 1024
