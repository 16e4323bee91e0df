"""Starting a cold worker, and a worker with many languages beside one with the project's own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from babel.core import get_global
from babel.localedata import locale_identifiers

from scripts.bench import servers
from scripts.bench.table import show_measure

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTS = 5
TEXT = "/ar/letter.txt"  # the same bytes however many languages there are
MODELS = {"Latn": "ku", "Arab": "ar"}  # the catalogue that languages of a script get a copy of

# What granian's worker does after its fork: granian itself is loaded then.
WORKER = """\
import granian.cli, time, wsgiref.util
request = {"PATH_INFO": "/ar/"}
wsgiref.util.setup_testing_defaults(request)
start = time.perf_counter()
from app import make_application
list(make_application()(request, lambda status, headers, *_: print(status[:3])))
print(time.perf_counter() - start)
"""


def measure_starts(languages: int, rounds: int, seconds: int, connections: int) -> list[list[str]]:
    """Measure cold starts, then what many languages cost; give rows of a table."""
    servers.require_programs("wrk")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-start-")))
        places = {"few": servers.ROOT / "locales", "many": folder / "locales"}
        tags = list(islice(copy_catalogues(places["few"], places["many"]), languages - 1))
        told = f"{1 + len(tags)} languages"
        print(f"starting workers, and one with {told}", file=sys.stderr)
        start_worker(folder, places["few"])  # leaves bytecode on the disk
        colds = [start_worker(folder, places["few"]) * 1000 for _ in range(STARTS)]
        laden = [start_worker(folder, places["many"]) for _ in range(STARTS)]
        few, many = (
            stack.enter_context(
                servers.run_server(name, servers.write_granian(), folder, LETTER_LOCALES=str(path))
            )
            for name, path in places.items()
        )
        servers.wait_for_rest(many)
        texts = [replace(few, path=TEXT), replace(many, path=TEXT)]
        loads = servers.load_in_turns(texts, rounds, seconds, connections)
        for tag in tags:
            replace(many, path=f"/{tag}/").fetch()
        memory = servers.measure_memory(many.pid)
    ratios = servers.divide_loads(loads, "many", "few", "per CPU s")
    return [
        show_measure("ms of a cold worker, from its fork to the first page", colds, "≤ 250"),
        show_measure(f"s of a cold worker with {told}, to the first page", laden, "≤ 1.5"),
        show_measure(f"MB with {told}, after a page of each", [memory], "≤ 120"),
        show_measure(f"requests per CPU second, {told} / the project's", ratios),
    ]


def copy_catalogues(own: Path, folder: Path) -> Iterator[str]:
    """Copy the project's catalogues, then one of them for each language of CLDR in its script.

    The languages' tags are given one by one, and copied as they are asked for.
    """
    models = {path.name: path.name for path in sorted(own.iterdir()) if list(path.glob("*/*.po"))}
    likely = get_global("likely_subtags")  # "fr": "fr_Latn_FR"
    for name in sorted(locale_identifiers()):
        script = "".join(likely.get(name, "").split("_")[1:2])
        if script in MODELS and "_" not in name:
            models.setdefault(name, MODELS[script])
    for name, model in models.items():
        shutil.copytree(own / model, folder / name)
        yield name


def start_worker(folder: Path, locales: Path) -> float:
    """Give the seconds from the fork of a fresh worker to its first page."""
    command = [sys.executable, "-c", WORKER]
    environment = servers.make_environment(folder, LETTER_LOCALES=str(locales))
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    status, _, seconds = done.stdout.partition("\n")
    if status != "200":
        raise servers.BenchError(f"a worker has no page: {status}{done.stderr}")
    return float(seconds)
