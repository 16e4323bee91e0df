"""Updating catalogues: us, msgmerge and pybabel, in CPU time and in matches got wrong and missed.

Every translation of an old catalogue is the number of its message (T12). A result shows thereby
from which message each tool took a translation.
"""

from __future__ import annotations

import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from scripts.bench.history import WINDOW, Case, read_history
from scripts.bench.servers import BIN, ENVIRONMENT, ROOT, BenchError, require_programs

SHARE = 20  # one message in so many is changed
TOOLS = {
    "us": [sys.executable, f"{ROOT}/scripts/bench/update_file.py", "old.po", "new.pot", "out"],
    "msgmerge": ["msgmerge", "--quiet", "--previous", "-o", "out", "old.po", "new.pot"],
    # With --previous, pybabel writes an invalid file where a msgid is longer than a line.
    "pybabel": [f"{BIN}/pybabel", "-q", "update", "-l", "ku", "-i", "new.pot", "-o", "out"],
}


def compare_merges(sizes: list[int], limit: int, history: Path | None, folder: str) -> None:
    """Print CPU times with their ratios, then matches in real edits."""
    require_programs("msgmerge", *(["git"] if history else []))
    print(f"CPU seconds, one message in {SHARE} changed; in brackets beside ours")
    for size in sizes:
        case, ours = make_case(size), 0.0
        for tool in TOOLS:
            seconds, result = run_tool(tool, case, limit)
            ours = ours or seconds
            told = f"{'' if result else '> '}{seconds:.2f}"
            print(f"{size:6} messages, {tool:9}{told:>9} ({seconds / ours:.1f} ×)", flush=True)
    if history:
        print(f"Matches on real edits in {history.name}, {WINDOW} commits at a time")
        cases = read_history(history, folder)
        for tool in TOOLS:
            print_matches(tool, cases, limit)


def make_case(size: int) -> Case:
    """Make prose of `size` paragraphs, of which one in SHARE was edited and as many are new."""
    draw = random.Random(1)
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
        write_catalogue(folder / "old.po", {text: f"T{n}" for n, text in enumerate(case.old)})
        write_catalogue(folder / "new.pot", dict.fromkeys(case.new, ""))
        shutil.copy(folder / "old.po", folder / "out")  # which pybabel changes in its place
        before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        command = ["prlimit", f"--cpu={limit}", *TOOLS[tool]]
        done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE)
        if done.returncode > 0:
            raise BenchError(f"{tool}: {done.stderr.decode()}")
        seconds = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before
        return seconds, "" if done.returncode else (folder / "out").read_text(encoding="utf-8")


def write_catalogue(path: Path, messages: dict[str, str]) -> None:
    """Write a PO file of msgids and their translations, with lines as long as gettext's."""
    catalog = Catalog("ku", fuzzy=False)
    for msgid, translation in messages.items():
        catalog.add(msgid, translation)
    with path.open("wb") as file:
        write_po(file, catalog)


def print_matches(tool: str, cases: list[Case], limit: int) -> None:
    """Print how many real edits a tool found, and how often it took a new text for an old one."""
    edits, added, stopped = [], [], 0
    for case in cases:
        _, result = run_tool(tool, case, limit)
        if not result:
            stopped += 1
            continue
        found = read_matches(result, case.old)
        edits += [found.get(text) == origin for text, origin in case.truth.items() if origin]
        added += [text in found for text, origin in case.truth.items() if origin is None]
    right, false = (f"{sum(hits)} of {len(hits)}" for hits in (edits, added))
    print(f"{tool}: {right} edits matched rightly, {false} new texts falsely; {stopped} stopped")


def read_matches(catalogue: str, old: list[str]) -> dict[str, str]:
    """Read from which old message each new one got its translation, or a note of it."""
    found = {}
    for entry in polib.pofile(catalogue):
        match = re.search(r"\bT(\d+)\b", f"{entry.msgstr} {entry.comment} {entry.tcomment}")
        if match and not entry.obsolete:
            found[entry.msgid] = old[int(match[1])]
    return found
