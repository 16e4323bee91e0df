"""Starting a cold worker, and a worker with very many languages beside one with the project's own.

The catalogues of the many languages are copies of the project's own.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from babel.localedata import locale_identifiers

from letter.checks.alphabets import find_writing
from letter.languages.folders import CATALOGUE, SOURCE_TAG, find_catalogues
from letter.languages.language import Language, LanguageError, find_language
from letter.paths import default_paths
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from letter.po.writer import format_po
from scripts.bench.serve import (
    BenchError,
    Contestant,
    environment,
    find_port,
    granian,
    measure_memory,
    require_tools,
    run_round,
    run_server,
    wait_for_answer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

STARTS = 5  # of each kind
TEXT = "/ar/letter.txt"  # the same bytes however many languages there are

# A word that a translator writes, and before it what stays as it is in every language.
_WORD = re.compile(r"(%\(\w+\)s|\]\([^)\s]*\)|https?://\S+|[\w.+-]+@[\w.-]+)|[^\W\d_]+")

# What granian's worker does after its fork: granian itself is loaded then.
WORKER = """\
import granian.cli, time
start = time.perf_counter()
from app import make_application
front = make_application()
made = time.perf_counter()
request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/ar/", "QUERY_STRING": ""}
list(front(request, lambda *_: None))
print(made - start, time.perf_counter() - start)
"""
HELLO = """\
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello, world!"]
"""


def compare_starts(rounds: int, seconds: int, languages: int) -> None:
    """Print what a cold start takes, then what many languages cost; BenchError if it can't be."""
    require_tools("wrk", "granian")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-start-")))
        (folder / "cold_hello.py").write_text(HELLO, encoding="utf-8")
        many = folder / "locales"
        count = 1 + write_locales(many, languages - 1)
        own = default_paths(None, None)[1].absolute()
        measure_worker(folder, own)  # writes the bytecode
        print(f"\nCold starts, medians of {STARTS}, in ms")
        print_starts(folder, own)
        print(f"\n{count} languages in one worker (goals: start ≤ 3 s, ≤ 300 MB)")
        compare_languages(stack, folder, {"own": own, "many": many}, rounds, seconds)


def write_locales(folder: Path, wanted: int) -> int:
    """Write catalogues for so many of CLDR's languages, or for all it has; say how many.

    Each is a copy of the project's own in the same direction, written in the language's letters.
    """
    own = find_catalogues(default_paths(None, None)[1])
    read = {tag: read_po(path) for tag, path in own.items()}
    written = 0
    for name in sorted(locale_identifiers(), key=lambda name: (name not in own, name)):
        try:
            language = find_language(name)
        except LanguageError:
            continue
        if language.tag != SOURCE_TAG and written < wanted:
            po = read.get(language.tag) or read["ar" if language.direction == "rtl" else "ku"]
            path = folder / language.folder / CATALOGUE
            path.parent.mkdir(parents=True)
            path.write_bytes(format_po(write_in_letters_of(language, po)))
            written += 1
    if written < wanted:
        print(f"CLDR has only {written} languages beside {SOURCE_TAG}", file=sys.stderr)
    return written


def write_in_letters_of(language: Language, po: PoFile) -> PoFile:
    """Give a language in another script letters that it has, which are those of its own name.

    A text in a wrong script would be withheld from readers, and cost more than it usually does.
    """
    if language.script in ("Latn", "Arab"):
        return po
    found = find_writing(language).letters.findall(language.name) or ["\u4e00"]
    letters = "".join(found)

    def spell(match: re.Match[str]) -> str:
        return match[1] or "".join(letters[ord(char) % len(letters)] for char in match[0])

    def write(entry: Entry) -> Entry:
        return replace(entry, msgstr=tuple(_WORD.sub(spell, form) for form in entry.msgstr))

    return replace(po, entries=tuple(map(write, po.entries)))


def print_starts(folder: Path, locales: Path) -> None:
    """Print the time from exec to the first byte, of us and of a bare hello, and the worker's."""
    ours = ["--factory", "app:make_application"]
    times: dict[str, list[float]] = {"hello": [], "ours": [], "worker": []}
    for number in range(1, STARTS + 1):
        print(f"start {number} of {STARTS}", file=sys.stderr)
        times["hello"].append(measure_start(folder, locales, ["cold_hello:app"]))
        times["ours"].append(measure_start(folder, locales, ours))
        times["worker"].append(measure_worker(folder, locales)[1])
    median = {name: statistics.median(values) * 1000 for name, values in times.items()}
    best = {name: min(values) * 1000 for name, values in times.items()}
    for name, told in (
        ("worker", "worker, from its fork to the first page (goal ≤ 250)"),
        ("ours", "granian with us, from exec to the first page"),
        ("hello", "granian with a bare hello, from exec to its first byte"),
    ):
        print(f"{told:<60}{median[name]:>6.0f}  best {best[name]:.0f}")


def measure_start(folder: Path, locales: Path, target: Sequence[str]) -> float:
    """Give the seconds from starting granian to its first answer."""
    port, start = find_port(), time.perf_counter()
    with run_server(granian(port, *target), port, folder, LETTER_LOCALES=str(locales)):
        return time.perf_counter() - start


def measure_worker(folder: Path, locales: Path) -> tuple[float, float]:
    """Give the seconds that a fresh worker takes to be ready, and to its first page."""
    done = subprocess.run(
        [sys.executable, "-c", WORKER],
        cwd=folder,
        env=environment(folder, LETTER_LOCALES=str(locales)),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchError(done.stderr)
    ready, page = map(float, done.stdout.split())
    return ready, page


def compare_languages(
    stack: ExitStack, folder: Path, locales: dict[str, Path], rounds: int, seconds: int
) -> None:
    """Print start and memory of a worker with many languages, and what a request costs in both."""
    ready, page = measure_worker(folder, locales["many"])
    print(f"start of the worker: {ready:.2f} s to be ready, {page:.2f} s to the first page")
    found = {}
    for name, path in locales.items():
        port = find_port()
        command = granian(port, "--factory", "app:make_application")
        server = run_server(command, port, folder, LETTER_LOCALES=str(path))
        process = stack.enter_context(server)
        wait_for_answer(process, port, TEXT)
        found[name] = Contestant(name, process, port, path=TEXT)
    held = {name: measure_memory(c.process.pid) for name, c in found.items()}
    beside = f"{held['own']:.0f} MB with the project's own languages"
    print(f"memory after the first pages: {held['many']:.0f} MB beside {beside}")
    for number in range(1, rounds + 1):
        for name, contestant in found.items():
            print(f"round {number} of {rounds}: {TEXT}, {name}", file=sys.stderr)
            contestant.rounds.append(run_round(contestant, seconds, 64))
    cost = {name: c.median("microseconds") for name, c in found.items()}
    pairs = zip(found["many"].rounds, found["own"].rounds, strict=True)
    ratio = statistics.median(a.microseconds / b.microseconds for a, b in pairs)
    print(
        f"CPU µs a request of {TEXT}: {cost['many']:.1f} beside {cost['own']:.1f} with the "
        f"project's own languages: {ratio:.2f} × (goal 1)"
    )
