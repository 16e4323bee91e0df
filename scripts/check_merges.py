"""Tells of translations that a merge of lines has left finished under another text.

Git calls our merge driver neither for several branches at once nor on a forge's server, nor in a
clone in which `make run` or `make test` was never called. Each merge is made again by lines: told
is what lines give, what no branch had, and what the file still has. Where such a translation is
right, `# Meant so: merge` above its entry says so. Git 2.38 is needed. Example:
python scripts/check_merges.py origin/main..HEAD
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import own_clone  # noqa: F401  before all else of the project

from letter.checks.findings import find_line, quote_start
from letter.errors import OneLetterError, command
from letter.paths import make_parser, shorten_path
from letter.po.faults import PoError
from letter.po.marks import is_meant
from letter.po.model import Entry, is_empty
from letter.po.reader import parse_po
from letter.source.words import fold_text

LINES = (  # what people settled, since lines of both had changed, is told of nowhere
    *("-c", "merge.letter-po.driver=git merge-file --ours %A %O %B"),
    *("-c", "user.name=-", "-c", "user.email=-"),
)


@command
def main(argv: list[str] | None = None) -> int:
    """Look at the merges of a range; 0 when nothing is told, 1 when a person has to look."""
    parser = make_parser(__doc__, paths=False)
    told = "the commits whose merges are looked at, as git names them; by default all"
    parser.add_argument("range", nargs="?", default="HEAD", help=told)
    commits = parser.parse_args(argv).range
    found = {line: None for merge in list_merges(commits) for line in find_misplaced(*merge)}
    print("\n".join(found) or "No merge has left a translation under another text.")
    return int(bool(found))


def list_merges(commits: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """List each merge and its parents with each catalogue that is as in none of them."""
    form = ("-c", "--name-only", "--format=%x00%H %P", "--end-of-options", commits, "--")
    for each in ask_git("log", "--merges", *form).decode().split("\0")[1:]:
        names, *paths = each.split("\n")
        merge, *parents = names.split()
        yield from ((merge, tuple(parents), path) for path in paths if path.endswith(".po"))


def find_misplaced(merge: str, parents: tuple[str, ...], path: str) -> Iterator[str]:
    """Find what a merge of lines has left in a catalogue, and say what to do."""
    file = shorten_path(ask_git("rev-parse", "--show-toplevel").decode().strip() + "/" + path)
    now = index_finished(file.read_bytes() if file.is_file() else b"")
    made = now.keys() & read_finished(merge, path).keys()
    for parent in parents:
        made -= read_finished(parent, path).keys()
    if made:
        made &= read_finished(merge_lines(parents), path).keys()
    for entry in (entry for words, entry in now.items() if words in made):
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
            if not (entry.fuzzy or entry.obsolete or is_empty(entry)):
                message = (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
                found[tuple(map(fold_text, (*message, *entry.msgstr)))] = entry
    return found


@cache
def merge_lines(parents: tuple[str, ...]) -> str:
    """Merge commits by lines, one after the other, and name the commit that nobody has."""
    whole = parents[0]
    for parent in parents[1:]:
        told = ask_git(*LINES, "merge-tree", "--write-tree", whole, parent, most=1)
        tree = told.split(maxsplit=1)[0].decode()
        made = ask_git(*LINES, "commit-tree", tree, "-p", whole, "-p", parent, "-m", "-")
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
