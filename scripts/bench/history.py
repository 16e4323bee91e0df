"""Real edits of a book: what became of its paragraphs, from the git history of its Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

from scripts.bench.servers import run_program

WINDOW = 120  # commits between the old and the new state of a text
ALIKE = 0.35  # the least likeness of a paragraph and what it was edited into

Origin = str | None  # the old text that a paragraph was edited from; None where it is really new
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Case:
    """The messages of an old and of a new text.

    `truth` gives the origin of each message that is new, where its origin is known.
    """

    old: list[str]
    new: list[str]
    truth: dict[str, Origin]


def read_history(repository: Path, folder: str) -> list[Case]:
    """Follow the paragraphs of a book through its git history, window by window."""
    git = partial(run_program, "git", folder=repository)
    commits = git("log", "--first-parent", "--format=%H", "--", folder).split()[::-1]
    starts = range(len(commits) % WINDOW, len(commits) - WINDOW, WINDOW)
    return [read_window(git, commits[start : start + WINDOW + 1], folder) for start in starts]


def read_window(git: Callable[..., str], commits: list[str], folder: str) -> Case:
    """Follow all paragraphs from the first of some commits to the last, one commit at a time."""

    def read(commit: str, path: str) -> list[str]:
        return split_paragraphs(git("show", f"{commit}:{path}"))

    paths = git("ls-tree", "-r", "--name-only", commits[0], folder).splitlines()
    now: dict[str, list[tuple[str, Origin]]] = {
        path: [(text, text) for text in read(commits[0], path)]
        for path in paths
        if path.endswith(".md")
    }
    old = dict(chain.from_iterable(now.values()))
    for one, other in pairwise(commits):
        changed = git("diff", "--name-only", "--diff-filter=M", one, other, "--", folder)
        for path in now.keys() & changed.splitlines():
            now[path] = follow_paragraphs(now[path], read(other, path))
    new = dict(chain.from_iterable(now.values()))
    truth = {
        text: origin
        for text, origin in new.items()
        if text not in old and origin != UNKNOWN and origin not in new
    }
    return Case(list(old), list(new), truth)


def follow_paragraphs(
    before: Sequence[tuple[str, Origin]], now: list[str]
) -> list[tuple[str, Origin]]:
    """Carry the origins of a file's paragraphs over one commit.

    A paragraph that one other replaces was edited into it, if the two are alike. What a commit
    re-arranged otherwise has no known origin.
    """
    matcher = SequenceMatcher(None, [text for text, _ in before], now, autojunk=False)
    carried: list[tuple[str, Origin]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            carried += before[i1:i2]
            continue
        origin: Origin = None if tag == "insert" else UNKNOWN
        if i2 - i1 == j2 - j1 == 1:
            likeness = SequenceMatcher(None, before[i1][0], now[j1], autojunk=False).ratio()
            origin = before[i1][1] if likeness > ALIKE else UNKNOWN
        carried += [(text, origin) for text in now[j1:j2]]
    return carried


def split_paragraphs(text: str) -> list[str]:
    """Split Markdown into paragraphs of prose, without code and comments."""
    text = re.sub(r"```.*?```|<!--.*?-->", "", text, flags=re.DOTALL)
    joined = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [part for part in joined if len(part) > 1 and not part.startswith(("<", "["))]
