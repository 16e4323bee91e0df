"""Git's merge driver for catalogues: merges two branches' entries, never their lines.

Example, as git calls it (`make` configures it): python scripts/merge_driver.py %O %A %B %P
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from letter.errors import command
from letter.files import write_file
from letter.merging.entry_merge import Verdict
from letter.merging.header_merge import merge_headers
from letter.merging.known_messages import spell_alike
from letter.merging.message_decisions import list_active
from letter.merging.message_order import merge_message_order
from letter.merging.three_way import explain_outcomes, reconcile_catalogues
from letter.paths import make_parser
from letter.po.faults import Fault, PoError
from letter.po.model import Key, PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po
from letter.source.message_kinds import PAGES

MOST_CONFLICTS = 127  # git merge-file counts them so far; a higher exit code is an error


@command
def main(argv: list[str] | None = None) -> int:
    """Merge into the file of our side; 0 when merged, 1 for git to report a conflict."""
    parser = make_parser(__doc__, paths=False)
    for name in ("base", "ours", "theirs"):
        parser.add_argument(name, type=Path)
    parser.add_argument("path", help="the name of the file in the repository")
    args = parser.parse_args(argv)
    try:
        return merge_files(args.base, args.ours, args.theirs, args.path)
    except (PoError, OSError) as error:
        print(error, file=sys.stderr)
        keep_both(args.ours, args.theirs, args.path)
        return 1


def merge_files(base_path: Path, ours_path: Path, theirs_path: Path, name: str) -> int:
    """Merge three files, tell what a person should look at, and give the exit code."""
    ours, theirs = (read_side(path, name) for path in (ours_path, theirs_path))
    base = PoFile(name)  # as for a file that both branches added: then all that differs is told
    with suppress(PoError):
        base = parse_po(base_path.read_bytes(), name)
    base, theirs = spell_alike(base, ours), spell_alike(theirs, ours, base)
    messages = merge_message_order(base, ours, theirs)
    merged, outcomes = reconcile_catalogues(base, ours, theirs, messages)
    write_file(ours_path, format_po(merge_headers(base, merged, theirs)))
    moved = find_moved(base, ours) | find_moved(base, theirs)
    count = sum(not entry.obsolete and entry.key in moved for entry in merged.entries)
    if count:
        print(f"{name}: {tell_moved(count)}", file=sys.stderr)
        here = {msgid for _, msgid in moved}
        outcomes = [o for o in outcomes if o.verdict is not Verdict.KEPT or o.msgid not in here]
    for line in explain_outcomes(outcomes, name):
        print(line, file=sys.stderr)
    return 1 if any(outcome.verdict is Verdict.CONFLICT for outcome in outcomes) else 0


def find_moved(base: PoFile, side: PoFile) -> set[Key]:
    """Find the messages of the page in the base that moved to interface.po on a side.

    They moved together: where one of them is still in the letter's catalogue, none did. A message
    that is the letter's as well stays there.
    """
    found = {key: entry.references for key, entry in list_active(base).items()}
    pages = {key for key, places in found.items() if places and all(PAGES in at for at in places)}
    return pages if pages.isdisjoint(list_active(side)) else set()


def tell_moved(count: int) -> str:
    """Say what to do about messages of the page that one side brings back."""
    there = "message of the page stands" if count == 1 else "messages of the page stand"
    return (
        f"{count} {there} in interface.po on one side, and here on the other: kept here; "
        "run scripts/update.py, which moves all of them there"
    )


def read_side(path: Path, name: str) -> PoFile:
    """Read one side; PoError where no message is in it, since nothing is merged with nothing."""
    po = parse_po(path.read_bytes(), name)
    if not po.entries:
        text = "no message is in this file on one side: take the other side, or mend this one"
        raise PoError(name, (Fault(1, text),))
    return po


def keep_both(ours: Path, theirs: Path, name: str) -> None:
    """Leave both sides in our file for a person, between git's marks where both are text.

    Lines are compared without the base: beside the base, a side that lost everything would look
    like an edit. Of a side that is no text nothing is written: the other side stands.
    """
    labels = ["-L", "ours", "-L", "base", "-L", "theirs"]
    merge = ["git", "merge-file", "-p", *labels, str(ours), os.devnull, str(theirs)]
    done = subprocess.run(merge, capture_output=True, check=False)
    if done.returncode <= MOST_CONFLICTS:
        write_file(ours, done.stdout)
        return
    with suppress(PoError):
        read_side(theirs, name)
        write_file(ours, theirs.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
