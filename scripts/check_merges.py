"""Tells of translations that a merge of lines has left finished under another text.

Git calls our merge driver neither for several branches at once nor on a forge's server, nor in a
clone in which `make run` or `make test` was never called. Each merge is made again, by lines and by
the driver: told is what lines give and the driver doesn't, what no branch had, and what the file
still has. Where such a translation is right, `# Meant so: merge` above its entry says so. Git 2.38
and the whole history are needed. Example: python scripts/check_merges.py origin/main..HEAD
"""

import os
import shlex
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.checks.findings import find_line, quote_start
from letter.errors import OneLetterError, command
from letter.paths import make_parser, shorten_path
from letter.po.faults import PoError
from letter.po.marks import is_meant
from letter.po.model import Entry, is_finished
from letter.po.reader import parse_po
from letter.source.words import fold_text

# What people settled, since lines of both had changed, is told of nowhere.
LINES = "git merge-file --ours %A %O %B"
DRIVER = str(Path(__file__).resolve().with_name("merge_driver.py"))
ENTRIES = f"{shlex.join([sys.executable, '-S', '-I', DRIVER])} %O %A %B %P"


@command
def main(argv: list[str] | None = None) -> int:
    """Look at the merges of a range; 0 when nothing is told, 1 when a person has to look."""
    parser = make_parser(__doc__, paths=False)
    told = "the commits whose merges are looked at, as git names them; by default all"
    parser.add_argument("range", nargs="?", default="HEAD", help=told)
    commits = parser.parse_args(argv).range
    if ask_git("rev-parse", "--is-shallow-repository") == b"true\n":
        wrong = "this clone lacks the older commits, and so what was merged"
        raise OneLetterError(f"{wrong}: git fetch --unshallow brings the rest")
    merges = list_merges(commits)
    root = os.fsdecode(ask_git("rev-parse", "--show-toplevel")).strip()
    found = [line for path in sorted(merges) for line in find_misplaced(root, path, merges[path])]
    print("\n".join(found) or "No merge has left a translation under another text.")
    return int(bool(found))


def list_merges(commits: str) -> dict[str, list[list[str]]]:
    """List the merges in which a catalogue is as in none of the parents: each with its parents."""
    form = ("-c", "--name-only", "--format=%x00%H %P", "--end-of-options", commits, "--")
    merges = defaultdict(list)
    for each in os.fsdecode(ask_git("log", "--merges", *form)).split("\0")[1:]:
        names, *paths = each.split("\n")
        for path in filter(lambda path: path.endswith(".po"), paths):
            merges[path].append(names.split())
    return merges


def find_misplaced(root: str, path: str, merges: list[list[str]]) -> Iterator[str]:
    """Find what merges of lines have left in a catalogue, and say what to do."""
    file = shorten_path(f"{root}/{path}")
    left = index_finished(file.read_bytes() if file.is_file() else b"")
    for merge, *parents in merges:
        made = left.keys() & read_finished(merge, path).keys()
        for parent in parents:
            made -= read_finished(parent, path).keys()
        if made:
            made &= read_finished(merge_again(root, LINES, *parents), path).keys()
        if made:
            made -= read_finished(merge_again(root, ENTRIES, *parents), path).keys()
        for entry in [left.pop(words) for words in list(left) if words in made]:
            told = f"its lines come from two branches, by the merge {merge[:10]} without the driver"
            advice = "translate it anew, or write “# Meant so: merge” above it"
            if not is_meant(entry, "merge"):
                yield f"{file}:{find_line(entry)}: “{quote_start(entry.msgid)}”: {told}: {advice}"


def read_finished(commit: str, path: str) -> dict[tuple[str, ...], Entry]:
    """Read what was finished in a catalogue of a commit; nothing where there was none."""
    return index_finished(ask_git("show", f"{commit}:{path}", most=128))


def index_finished(data: bytes) -> dict[tuple[str, ...], Entry]:
    """List what is finished in a catalogue, by its words; nothing of one that can't be read."""
    found = {}
    with suppress(PoError):
        for entry in parse_po(data, "").entries:
            if is_finished(entry):
                message = (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
                found[tuple(map(fold_text, (*message, *entry.msgstr)))] = entry
    return found


@cache
def merge_again(root: str, driver: str, *parents: str) -> str:
    """Merge commits with a driver, one after the other, and name the commit that nobody has."""
    own = (f"merge.letter-po.driver={driver}", "user.name=-", "user.email=-")
    settings = ("-C", root, *chain(*(("-c", setting) for setting in own)))
    whole = parents[0]
    for parent in parents[1:]:
        how = ("merge-tree", "--write-tree", "--allow-unrelated-histories")
        told = ask_git(*settings, *how, whole, parent, most=1)
        tree = told.split(maxsplit=1)[0].decode()
        made = ask_git(*settings, "commit-tree", tree, "-p", whole, "-p", parent, "-m", "-")
        whole = made.decode().strip()
    return whole


def ask_git(*arguments: str, most: int = 0) -> bytes:
    """Ask git; OneLetterError where its exit code is higher than it may be."""
    command = ["git", "-c", "core.quotePath=false", *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    if not 0 <= done.returncode <= most:
        raise OneLetterError(done.stderr.decode(errors="replace").strip())
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
