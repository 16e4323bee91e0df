"""Updating catalogues: us, msgmerge and pybabel, in CPU time and in matches got wrong and missed.

Every translation of an old catalogue is the number of its message (T12). A result shows thereby
from which message each tool took a translation.
"""

from __future__ import annotations

import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polib

from scripts.bench.history import WINDOW, Case, read_history
from scripts.bench.servers import BIN, ROOT, BenchError, make_environment
from scripts.bench.table import print_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHARE = 20  # one message in so many is changed
HEADER = """\
Language: ku
Content-Type: text/plain; charset=UTF-8
Plural-Forms: nplurals=2; plural=n != 1;
"""
TOOLS = {
    "us": [sys.executable, f"{ROOT}/scripts/bench/update_file.py", "old.po", "new.pot", "out"],
    "msgmerge": ["msgmerge", "--quiet", "--previous", "-o", "out", "old.po", "new.pot"],
    # With --previous, pybabel writes an invalid file where a msgid is longer than a line.
    "pybabel": [f"{BIN}/pybabel", "-q", "update", "-l", "ku", "-i", "new.pot", "-o", "out"],
}


def compare_merges(sizes: Sequence[int], limit: int, history: Path | None, folder: str) -> None:
    """Print a table of CPU times with their ratios, then one of matches in real edits."""
    rows = [["messages", *TOOLS, "ours grows"]]
    before = 0.0
    for size in sizes:
        case = make_case(size)
        times, cells = {}, []
        for tool in TOOLS:
            print(f"{tool}: {size} messages", file=sys.stderr)
            times[tool], result = run_tool(tool, case, limit)
            stopped = "" if result else "> "
            cells.append(f"{stopped}{times[tool]:.2f} ({times[tool] / times['us']:.1f} ×)")
        rows.append([str(size), *cells, f"{times['us'] / before:.1f} ×" if before else ""])
        before = times["us"]
    print_table(f"CPU seconds, one message in {SHARE} changed; in brackets beside ours", rows)
    if history:
        cases = list(read_history(history, folder))
        title = f"Matches on real edits in {history.name}, {WINDOW} commits at a time"
        rows = [["", "edits matched rightly", "new texts matched falsely", "stopped"]]
        print_table(title, [*rows, *(count_matches(tool, cases, limit) for tool in TOOLS)])


def make_case(size: int, seed: int = 1) -> Case:
    """Make prose of `size` paragraphs, of which one in SHARE was edited and as many are new."""
    draw = random.Random(seed)
    letters = "abcdefghijklmnoprstuvwz"
    words = ["".join(draw.choices(letters, k=draw.randint(2, 10))) for _ in range(6000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def write(least: int, most: int) -> list[str]:
        return draw.choices(words, weights, k=draw.randint(least, most))

    old = [" ".join(write(8, 90)) + "." for _ in range(size)]
    new = []
    for index, text in enumerate(old):
        now = text.split()
        if index % SHARE == SHARE // 2:
            for _ in range(draw.randint(1, max(2, len(now) // 8))):
                place = draw.randrange(len(now))
                now[place : place + draw.randint(0, 2)] = write(0, 2)
        new.append(" ".join(now))
        if index % SHARE == 0:
            new.append(" ".join(write(8, 90)) + ".")
    return Case(old, new, {})


def run_tool(tool: str, case: Case, limit: int) -> tuple[float, str]:
    """Run one tool: its CPU seconds, and the new catalogue; "" if it was stopped at the limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_catalogue(folder / "old.po", ((t, f"T{n}") for n, t in enumerate(case.old)))
        write_catalogue(folder / "new.pot", ((text, "") for text in case.new))
        shutil.copy(folder / "old.po", folder / "out")  # which pybabel changes in its place
        before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        command, environment = ["prlimit", f"--cpu={limit}", *TOOLS[tool]], make_environment(folder)
        done = subprocess.run(command, cwd=folder, env=environment, stderr=subprocess.PIPE)
        if done.returncode > 0:
            raise BenchError(f"{tool}: {done.stderr.decode()}")
        seconds = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before
        return seconds, "" if done.returncode else (folder / "out").read_text(encoding="utf-8")


def write_catalogue(path: Path, messages: Iterable[tuple[str, str]]) -> None:
    """Write a PO file as gettext does; JSON and PO files quote a text in the same way."""
    text = "".join(
        f"msgid {json.dumps(msgid, ensure_ascii=False)}\nmsgstr {json.dumps(msgstr)}\n\n"
        for msgid, msgstr in [("", HEADER), *messages]
    )
    subprocess.run(["msgcat", "-o", path, "-"], input=text.encode(), check=True)


def count_matches(tool: str, cases: Sequence[Case], limit: int) -> list[str]:
    """Count how many real edits a tool found, and how often it took a new text for an old one."""
    edits, added, stopped = [], [], 0
    for case in cases:
        print(f"{tool}: {len(case.truth)} edited and new texts", file=sys.stderr)
        _, result = run_tool(tool, case, limit)
        if not result:
            stopped += 1
            continue
        found = read_matches(result, case.old)
        edits += [found.get(text) == origin for text, origin in case.truth.items() if origin]
        added += [text in found for text, origin in case.truth.items() if origin is None]
    shares = [
        f"{sum(hits)} of {len(hits)} ({sum(hits) / max(len(hits), 1):.1%})"
        for hits in (edits, added)
    ]
    return [tool, *shares, str(stopped)]


def read_matches(catalogue: str, old: Sequence[str]) -> dict[str, str]:
    """Read from which old message each new one got its translation, or a note of it."""
    found = {}
    for entry in polib.pofile(catalogue):
        match = re.search(r"\bT(\d+)\b", f"{entry.msgstr} {entry.comment} {entry.tcomment}")
        if match and not entry.obsolete:
            found[entry.msgid] = old[int(match[1])]
    return found
