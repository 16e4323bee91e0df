"""Servers to be measured: started on one core, loaded by wrk, and what their processes take."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from letter.errors import OneLetterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from http.client import HTTPMessage

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ADDRESS = "https://letter.example.org"
PAGE = "/ar/"
GZIP = {"Accept-Encoding": "gzip"}
OURS = "app:make_application"  # what README.md has granian serve
PATIENCE = 60  # seconds for a server to start
CORES = sorted(os.sched_getaffinity(0))  # the servers run on the first, wrk on the last
TICKS = os.sysconf("SC_CLK_TCK")  # of CPU time, in a second
WRK = """\
done = function(summary, latency)
  local e = summary.errors
  print("told", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout)
end
"""

Figures = dict[str, float]  # what was measured of one load, by the heading of its column


class BenchError(OneLetterError):
    """A comparison that can't be run; the text says what to install or what went wrong."""


@dataclass(frozen=True, slots=True)
class Target:
    """A running server, and the request that it is measured with."""

    name: str
    pid: int
    port: int
    path: str = PAGE
    headers: Mapping[str, str] = field(default_factory=lambda: GZIP)

    def fetch(self) -> tuple[HTTPMessage, bytes]:
        """Make the request once, for headers and body; BenchError if the answer isn't a page."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as link:
            link.request("GET", self.path, headers=dict(self.headers))
            answer = link.getresponse()
            if answer.status != 200:
                raise BenchError(f"{self.name}: {self.path}: {answer.status} {answer.reason}")
            return answer.headers, answer.read()


def require_programs(*names: str) -> None:
    """See that programs of the system are there; BenchError says how to install them."""
    for name in names:
        if shutil.which(name) is None:
            raise BenchError(f"{name} is missing: apt-get install wrk nginx-light")


def write_granian(target: str = OURS) -> Callable[[int], list[str]]:
    """Write the production command of README.md for a port, with one worker and any application."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"bin/granian ((?:.*\\\n)*.*{OURS}(?:.*\\\n)*.*)", readme)
    if found is None:
        raise BenchError(f"README.md: no command has granian serve {OURS}")
    words = shlex.split(found[1].replace("\\\n", " ").replace(OURS, target))
    if target != OURS:
        words.remove("--factory")
    # Of an option that is given twice, granian takes the last.
    words += shlex.split("--workers 1 --host 127.0.0.1 --port")
    return lambda port: [f"{BIN}/granian", *words, str(port)]


def make_environment(folder: Path, **more: str) -> dict[str, str]:
    """Make a server's environment: this checkout, a site's address, and no documents.

    A PDF is made once in a worker's life, but on the core that is measured. Without bytecode on the
    disk, a start would compile every module.
    """
    own = {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "PYTHONDONTWRITEBYTECODE": ""}
    return os.environ | own | {"LETTER_BASE_URL": ADDRESS, "LETTER_DOCUMENTS": "none"} | more


@contextmanager
def run_server(
    name: str, write_command: Callable[[int], list[str]], folder: Path, **environment: str
) -> Iterator[Target]:
    """Run a server in a folder until the work is done; BenchError if it doesn't answer.

    `write_command` gives the words of its command for a free port.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["taskset", "-c", str(CORES[0]), *write_command(port)]
    variables = make_environment(folder, **environment)
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=log)
        target = Target(name, process.pid, port)
        try:
            wait_for_page(process, target, Path(log.name))
            yield target
        finally:
            process.terminate()
            process.wait()


def wait_for_page(process: subprocess.Popen[bytes], target: Target, log: Path) -> None:
    """Ask every few milliseconds until a page comes; BenchError if none comes."""
    told = f"{target.name} doesn't answer"
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            target.fetch()
        except (OSError, http.client.HTTPException):
            time.sleep(0.005)
        except BenchError as error:
            told = str(error)
            break
        else:
            return
    raise BenchError(f"{told}\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def wait_for_rest(target: Target) -> None:
    """Wait until a server has done what it does in the background after its start."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        before = measure_cpu(target.pid)
        time.sleep(1)
        if measure_cpu(target.pid) - before < 0.05:
            return
    raise BenchError(f"{target.name} works for {PATIENCE} s though nobody asks")


def load_in_turns(
    targets: Sequence[Target], rounds: int, seconds: int, connections: int
) -> dict[str, list[Figures]]:
    """Load servers one after the other, round by round; give each one's figures by its name."""
    measured: dict[str, list[Figures]] = {target.name: [] for target in targets}
    for number in range(1, rounds + 1):
        for target in targets:
            print(f"round {number} of {rounds}: {target.name}", file=sys.stderr)
            measured[target.name].append(measure_load(target, seconds, connections))
    return measured


def divide_loads(
    measured: Mapping[str, Sequence[Figures]], one: str, other: str, column: str
) -> list[float]:
    """Divide a figure of one server by another server's, round by round."""
    return [a[column] / b[column] for a, b in zip(measured[one], measured[other], strict=True)]


def measure_load(target: Target, seconds: int, connections: int) -> Figures:
    """Load one server from another core, if there is one; BenchError if an answer was an error."""
    command = shlex.split(f"taskset -c {CORES[-1]} wrk -t1 -c{connections} -d{seconds}s")
    for name, value in target.headers.items():
        command += ["-H", f"{name}: {value}"]
    command += ["-s", "/dev/stdin", f"http://127.0.0.1:{target.port}{target.path}"]
    before = measure_cpu(target.pid)
    done = subprocess.run(command, input=WRK, capture_output=True, text=True)
    cpu = max(measure_cpu(target.pid) - before, 1 / TICKS)
    told = re.search(r"^told\s(.*)", done.stdout, re.MULTILINE)
    if told is None:
        raise BenchError(f"wrk: {done.stdout}{done.stderr}")
    requests, microseconds, p50, p99, errors = map(float, told[1].split())
    if errors or not requests:
        raise BenchError(f"{target.name}: {errors:.0f} of {requests:.0f} requests failed")
    return {
        "requests/s": requests / microseconds * 1e6,
        "per CPU s": requests / cpu,
        "CPU µs": cpu / requests * 1e6,
        "p50 ms": p50 / 1000,
        "p99 ms": p99 / 1000,
    }


def read_processes(pid: int, name: str) -> Iterator[str]:
    """Read a file of /proc for a process and all below it."""
    yield Path(f"/proc/{pid}/{name}").read_text()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
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
