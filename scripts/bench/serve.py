"""Serving one compressed page: us, the same page under Flask-Babel and gunicorn, and nginx's file.

All servers are up at the same time, on one core; wrk loads one after the other, round by round.
Then come cold workers, and a worker with many languages.
"""

from __future__ import annotations

import gzip
import re
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from babel.localedata import locale_identifiers

from letter.languages.language import find_language
from scripts.bench import servers
from scripts.bench.peer import write_peer

RATIOS = (
    ("requests per CPU second", "nginx", "≥ 0.6"),
    ("requests per CPU second", "Flask-Babel", "≥ 50"),
    ("p99 in ms", "nginx", "≤ 1.5"),
)
LETTER = str(servers.ROOT / "letter" / "letter.md")
MODELS = {"Latn": "ku", "Arab": "ar"}  # the catalogue that languages of a script get a copy of
# What granian's worker does after its fork: granian itself is loaded then.
WORKER = """\
import granian.cli, os, sys, time, wsgiref.util
request = {"PATH_INFO": "/ar/"}
wsgiref.util.setup_testing_defaults(request)
start = time.perf_counter()
from app import make_application
list(make_application()(request, lambda status, *_: status == "200 OK" or sys.exit(status)))
print(time.perf_counter() - start, flush=True)
os._exit(0)  # without waiting for the thread that watches the files
"""


def compare_servers(rounds: int, seconds: int, connections: int) -> None:
    """Load all servers in turns, and print what each did and the ratios."""
    servers.require_programs("wrk", "nginx")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        running = start_servers(stack, Path(folder))
        loads: dict[str, list[dict[str, float]]] = {server.name: [] for server in running}
        for number in range(1, rounds + 1):
            for server in running:
                print(f"round {number} of {rounds}: {server.name}", file=sys.stderr)
                loads[server.name].append(servers.load_server(server, seconds, connections))
    print(f"{rounds} rounds of {seconds} s, {connections} connections: median, lowest … highest")
    for name, figures in loads.items():
        for label in figures[0]:
            print_measure(f"{label}, {name}", [each[label] for each in figures])
    for label, other, goal in RATIOS:
        pairs = zip(loads["us"], loads[other], strict=True)
        print_measure(f"{label}, us / {other}", [a[label] / b[label] for a, b in pairs], goal)


def print_measure(label: str, values: list[float], goal: str = "") -> None:
    """Print the median of what was measured, the spread, and whether the goal is met."""
    median = statistics.median(values)
    sign, _, bound = goal.partition(" ")
    met = not goal or (median >= float(bound) if sign == "≥" else median <= float(bound))
    spread = f"{min(values):,.2f} … {max(values):,.2f}"
    print(f"{label:58}{median:11,.2f}{spread:>25}  {goal:6} {'' if met else 'missed'}".rstrip())


def start_servers(stack: ExitStack, folder: Path) -> list[servers.Server]:
    """Start every server, and see that those that send our page send the very same page."""
    print("starting the servers", file=sys.stderr)
    us = stack.enter_context(servers.run_server("us", servers.write_granian, folder))
    headers, body = us.fetch()
    page = gzip.decompress(body)
    write_peer(folder, page.decode())
    peer = [f"{servers.BIN}/gunicorn", "--worker-class=gthread", "scripts.bench.peer:make_peer()"]
    commands = {
        "Flask-Babel": lambda port: [*peer, f"--bind=127.0.0.1:{port}"],
        "nginx": lambda port: write_nginx(folder, port, headers, body),
    }
    others = [stack.enter_context(servers.run_server(n, c, folder)) for n, c in commands.items()]
    for server in others:
        if gzip.decompress(server.fetch()[1]) != page:
            raise servers.BenchError(f"{server.name} sends another page than we do")
    return [us, *others]


def write_nginx(folder: Path, port: int, headers: str, body: bytes) -> list[str]:
    """Write a site of one compressed page, and nginx's configuration with the headers we send."""
    page = folder / "site" / "ar" / "index.html"
    page.parent.mkdir(parents=True)
    page.touch()
    page.with_suffix(".html.gz").write_bytes(body)
    own = r"(?im)^((?:x-|content-security|content-language|referrer|cache)[^:]*): (.*)$"
    added = " ".join(f'add_header {name} "{value}";' for name, value in re.findall(own, headers))
    text = Path(__file__).with_name("nginx.conf").read_text(encoding="utf-8") % (port, added)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return ["nginx", "-c", "nginx.conf", "-p", str(folder)]


def measure_starts(languages: int, rounds: int) -> None:
    """Print how long cold workers take, and what many languages cost."""
    print(f"starting workers, some with {languages} languages", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder, few, many = Path(name), servers.ROOT / "locales", Path(name, "locales")
        tags = copy_catalogues(few, many, languages - 1)
        start_worker(folder, few)  # leaves bytecode on the disk
        colds = [start_worker(folder, few) * 1000 for _ in range(rounds)]
        laden = [start_worker(folder, many) for _ in range(rounds)]
        environment = {"LETTER_SOURCE": LETTER, "LETTER_LOCALES": str(many)}
        with servers.run_server("us", servers.write_granian, folder, **environment) as server:
            for tag in tags:
                replace(server, path=f"/{tag}/").fetch()
            memory = servers.measure_memory(server.pid)
    print_measure("ms of a cold worker, from its fork to the first page", colds, "≤ 250")
    told = f"{1 + len(tags)} languages"
    print_measure(f"s of a cold worker with {told}, to the first page", laden, "≤ 1.5")
    print_measure(f"MB with {told}, after a page of each", [memory], "≤ 120")


def copy_catalogues(own: Path, folder: Path, count: int) -> list[str]:
    """Copy a catalogue for Arabic and for other languages of CLDR, in their script; give the tags.

    `count` is the number of copies.
    """
    known = ["ar", *sorted(tag for tag in locale_identifiers() if "_" not in tag and tag != "ar")]
    tags = [tag for tag in known if find_language(tag).script in MODELS][:count]
    for tag in tags:
        shutil.copytree(own / MODELS[find_language(tag).script], folder / tag)
    return tags


def start_worker(folder: Path, locales: Path) -> float:
    """Give the seconds from the fork of a fresh worker to its first page."""
    command = (sys.executable, "-c", WORKER)
    where = {"LETTER_SOURCE": LETTER, "LETTER_LOCALES": str(locales)}
    return float(servers.run_program(*command, folder=folder, **where))
