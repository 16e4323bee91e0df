"""Updating catalogues: us, msgmerge and pybabel, in CPU time and in matches got wrong and missed.

Every translation of the old catalogue is the number of its message, so that a result shows which
message each tool took it from.
"""

from __future__ import annotations

import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from letter.merging.update import update_catalogue
from letter.po.faults import PoError
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po, read_po
from letter.po.writer import format_po

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHARE = 20  # one message in so many is changed
HEADER = """\
Language: ku
Content-Type: text/plain; charset=UTF-8
Plural-Forms: nplurals=2; plural=n != 1;
"""
WINDOW = 120  # commits between the old and the new state of a real text


Origin = (
    tuple[str, int] | None
)  # the file and place of the paragraph that a new one was edited from


@dataclass(frozen=True, slots=True)
class Case:
    """An old and a new text; `truth` gives the old index of each new message that was edited.

    None is a message that is really new; messages whose origin can't be told are left out of it.
    """

    old: Sequence[str]
    new: Sequence[str]
    truth: dict[int, int | None]


def compare_merges(sizes: Sequence[int], limit: int, history: Path | None, folder: str) -> int:
    """Print a table of CPU times with their ratios, then how they grow and what they match."""
    print(f"CPU seconds, one message in {SHARE} changed; in brackets the ratio to us")
    print(f"{'messages':>9}  {'us':>8}  {'msgmerge':>18}  {'pybabel update':>18}")
    times: dict[str, list[float | None]] = {tool: [] for tool in TOOLS}
    for size in sizes:
        case = make_case(size)
        spent = {tool: run_tool(tool, case, limit)[0] for tool in TOOLS}
        for tool, seconds in spent.items():
            times[tool].append(seconds)
        ours = spent["us"] or 0.001
        cells = [show_time(spent[tool], ours, limit) for tool in TOOLS if tool != "us"]
        print(f"{size:>9}  {ours:>8.2f}  {cells[0]:>18}  {cells[1]:>18}", flush=True)
    for tool, row in times.items():
        steps = [
            f"{new / old:.1f} × from {a} to {b}"
            for (old, new), (a, b) in zip(pairwise(row), pairwise(sizes), strict=True)
            if old and new
        ]
        print(f"{tool} grows {', '.join(steps) or 'beyond the limit'}")
    if history:
        print(f"\nMatches on real edits in {history.name}, {WINDOW} commits at a time")
        cases = list(read_history(history, folder))
        for tool in TOOLS:
            print(f"{tool:>15}: {count_matches(tool, cases, limit)}", flush=True)
    return 0


def show_time(seconds: float | None, ours: float, limit: int) -> str:
    """Show a time and its ratio to ours, or that it was stopped."""
    if seconds is None:
        return f"> {limit} (> {limit / ours:.0f} ×)"
    return f"{seconds:.2f} ({seconds / ours:.1f} ×)"


def make_case(size: int, seed: int = 1) -> Case:
    """Make prose of `size` paragraphs, of which one in SHARE was edited and as many are new."""
    draw = random.Random(seed)
    vocabulary = [
        "".join(draw.choices("abcdefghijklmnoprstuvwz", k=draw.randint(2, 10))) for _ in range(6000)
    ]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]

    def write() -> str:
        return " ".join(draw.choices(vocabulary, weights, k=draw.randint(8, 90))) + "."

    old = [write() for _ in range(size)]
    new: list[str] = []
    truth: dict[int, int | None] = {}
    for index, text in enumerate(old):
        if index % SHARE == SHARE // 2:
            words = text.split()
            for _ in range(draw.randint(1, max(2, len(words) // 8))):
                place = draw.randrange(len(words))
                words[place : place + draw.randint(0, 2)] = draw.choices(
                    vocabulary, weights, k=draw.randint(0, 2)
                )
            truth[len(new)] = index
            text = " ".join(words) or "empty"
        new.append(text)
        if index % SHARE == 0:
            truth[len(new)] = None
            new.append(write())
    return Case(old, new, truth)


def run_us(old: Path, new: Path, out: Path) -> list[str]:
    """Our side runs as a command too, start of Python and reading and writing included."""
    return [sys.executable, __file__, str(old), str(new), str(out)]


TOOLS: dict[str, Callable[[Path, Path, Path], list[str]]] = {
    "us": run_us,
    "msgmerge": lambda old, new, out: [
        "msgmerge", "--quiet", "--previous", "-o", str(out), str(old), str(new)
    ],
    "pybabel": lambda old, new, out: [
        str(Path(sys.executable).with_name("pybabel")), "-q", "update", "--previous",
        "-l", "ku", "-i", str(new), "-o", str(out),
    ],
}  # fmt: skip


def run_tool(tool: str, case: Case, limit: int) -> tuple[float | None, dict[int, int]]:
    """Run one tool: its CPU seconds (None if over the limit), and old index by new index."""
    with tempfile.TemporaryDirectory() as folder:
        old, new, out = (Path(folder, name) for name in ("old.po", "new.pot", "out.po"))
        header = Entry("", (HEADER,))
        entries = [Entry(text, (f"T{n}",)) for n, text in enumerate(dict.fromkeys(case.old))]
        old.write_bytes(format_po(PoFile("old", header, tuple(entries))))
        template = [Entry(text) for text in dict.fromkeys(case.new)]
        new.write_bytes(format_po(PoFile("new", header, tuple(template))))
        shutil.copy(old, out)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            command = [
                "bash",
                "-c",
                f'ulimit -t {limit}; exec "$@"',
                "-",
                *TOOLS[tool](old, new, out),
            ]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        except subprocess.CalledProcessError:
            return None, {}
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return seconds, read_matches(out, list(dict.fromkeys(case.old)), case)


def read_matches(path: Path, numbered: Sequence[str], case: Case) -> dict[int, int]:
    """Read from which old message each new one got its translation, or its parts."""
    text = path.read_text(encoding="utf-8")
    # Babel writes an invalid file where a previous msgid is longer than a line.
    text = re.sub(r'^#\|.*\n(?:^".*\n)*?(?=^(?:#|msgid))', "", text, flags=re.MULTILINE)
    try:
        entries = parse_po(text.encode(), str(path)).entries
    except PoError:
        entries = read_po(path).entries
    places = {text: index for index, text in enumerate(case.old)}
    found = {}
    for entry in entries:
        told = " ".join((*entry.msgstr, *entry.extracted))
        match = re.search(r"\bT(\d+)\b", told)
        if match and not entry.obsolete:
            found[entry.msgid] = places[numbered[int(match[1])]]
    return {index: found[text] for index, text in enumerate(case.new) if text in found}


def count_matches(tool: str, cases: Sequence[Case], limit: int) -> str:
    """Say how many real edits a tool found, and how often it took a new text for an old one."""
    edits = right = wrong = added = false = skipped = 0
    for case in cases:
        seconds, found = run_tool(tool, case, limit)
        if seconds is None:
            skipped += 1
            continue
        for index, origin in case.truth.items():
            got = found.get(index)
            if origin is None:
                added += 1
                false += got is not None
            else:
                edits += 1
                right += got == origin
                wrong += got is not None and got != origin
    missed = edits - right - wrong
    return (
        f"{right} of {edits} edits right ({right / max(edits, 1):.1%}), {wrong} wrong, "
        f"{missed} missed; {false} of {added} new texts matched falsely "
        f"({false / max(added, 1):.1%})" + (f"; {skipped} not run" if skipped else "")
    )


def read_history(repository: Path, folder: str) -> Iterator[Case]:
    """Follow the paragraphs of a book through its git history, window by window.

    In one commit, a paragraph that one other replaces was edited into it; over many commits these
    steps are chained. What a commit re-arranged otherwise is left out.
    """

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(repository), *arguments]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode(
            errors="replace"
        )

    commits = git("log", "--first-parent", "--format=%H", "--", folder).split()[::-1]
    for start in range(len(commits) % WINDOW, len(commits) - WINDOW, WINDOW):
        window = commits[start : start + WINDOW + 1]
        files = [
            f
            for f in git("ls-tree", "-r", "--name-only", window[0], folder).split("\n")
            if f.endswith(".md")
        ]
        origins: dict[str, list[tuple[str, Origin]]] = {
            f: [
                (p, (f, n)) for n, p in enumerate(split_paragraphs(git("show", f"{window[0]}:{f}")))
            ]
            for f in files
        }
        old = [p for f in files for p, _ in origins[f]]
        places = {name: n for n, name in enumerate(name for f in files for _, name in origins[f])}
        for one, other in pairwise(window):
            for f in git(
                "diff", "--name-only", "--no-renames", "--diff-filter=M", one, other, "--", folder
            ).split("\n"):
                if f in origins:
                    origins[f] = follow(origins[f], split_paragraphs(git("show", f"{other}:{f}")))
        new = [pair for f in files for pair in origins[f]]
        texts, known = [p for p, _ in new], set(old)
        truth: dict[int, int | None] = {
            n: None if origin is None else places[origin]
            for n, (p, origin) in enumerate(new)
            if p not in known
            and origin != ("?", 0)
            and (origin is None or old[places[origin]] not in set(texts))
        }
        yield Case(old, texts, truth)


def follow(before: Sequence[tuple[str, Origin]], now: Sequence[str]) -> list[tuple[str, Origin]]:
    """Carry the origins of paragraphs over one commit."""
    matcher = SequenceMatcher(None, [text for text, _ in before], now, autojunk=False)
    carried: list[tuple[str, Origin]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            carried += before[i1:i2]
        elif tag == "insert":
            carried += [(text, None) for text in now[j1:j2]]
        elif i2 - i1 == j2 - j1 == 1:
            alike = SequenceMatcher(None, before[i1][0], now[j1], autojunk=False).ratio() > 0.35
            carried.append((now[j1], before[i1][1] if alike else ("?", 0)))
        else:
            carried += [(text, ("?", 0)) for text in now[j1:j2]]
    return carried


def split_paragraphs(text: str) -> list[str]:
    """Split Markdown into paragraphs of prose, without code and comments."""
    text = re.sub(r"```.*?```|<!--.*?-->", "", text, flags=re.DOTALL)
    joined = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [part for part in joined if len(part) > 1 and not part.startswith(("<", "["))]


def main(argv: Sequence[str]) -> None:
    """Update one file, as the tools beside us do: OLD.po NEW.pot OUT.po."""
    old, new, out = map(Path, argv)
    po, _ = update_catalogue(read_po(old), read_po(new).entries)
    out.write_bytes(format_po(po))


if __name__ == "__main__":
    main(sys.argv[1:])
