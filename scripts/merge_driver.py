"""Git's merge driver for catalogues: merges two branches' entries, never their lines.

Example, as git calls it (`make` configures it): python scripts/merge_driver.py %O %A %B %P
"""

import subprocess
import sys
from pathlib import Path

from letter.errors import command
from letter.files import write_file
from letter.merging.entry_merge import Verdict
from letter.merging.header_merge import merge_headers
from letter.merging.three_way import explain_outcomes, merge_message_order, reconcile_catalogues
from letter.paths import make_parser
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po


@command
def main(argv: list[str] | None = None) -> int:
    """Merge into the file of our side; 0 when merged, 1 for git to report a conflict."""
    parser = make_parser(__doc__, letter=False, locales=False)
    for name in ("base", "ours", "theirs"):
        parser.add_argument(name, type=Path)
    parser.add_argument("path", help="the name of the file in the repository")
    args = parser.parse_args(argv)
    try:
        return merge_files(args.base, args.ours, args.theirs, args.path)
    except (PoError, OSError) as error:
        print(error, file=sys.stderr)
        # As git does without a driver: neither side may vanish behind the other.
        subprocess.run(["git", "merge-file", args.ours, args.base, args.theirs], check=False)
        return 1


def merge_files(base_path: Path, ours_path: Path, theirs_path: Path, name: str) -> int:
    """Merge three files, tell what a person should look at, and give the exit code."""
    base, ours, theirs = (read_side(path, name) for path in (base_path, ours_path, theirs_path))
    messages = merge_message_order(base, ours, theirs)
    merged, outcomes = reconcile_catalogues(base, ours, theirs, messages)
    write_file(ours_path, format_po(merge_headers(base, merged, theirs)))
    for line in explain_outcomes(outcomes, name):
        print(line, file=sys.stderr)
    return 1 if any(outcome.verdict is Verdict.CONFLICT for outcome in outcomes) else 0


def read_side(path: Path, name: str) -> PoFile:
    """Read one side; an empty base is what git gives for a file that both branches added."""
    data = path.read_bytes()
    return parse_po(data, name) if data else PoFile(name)


if __name__ == "__main__":
    sys.exit(main())
