"""Git's merge driver for catalogues: merges two branches' entries, never their lines.

Any Python from 3.11 on runs it without a package, since git calls it on servers, too. Example, as
git calls it (`make` configures it): python3 -S -I scripts/merge_driver.py %O %A %B %P

A server has nobody to answer a conflict, and one conflict there locks all languages. With
--never-stop, or LETTER_MERGE=never-stop in the environment, none is reported: an entry that both
sides changed keeps both texts, and waits as fuzzy for a person. Where one side can't be read, the
other stands whole, and a line above its header says how git shows the file that was left out.
Git keeps every version. An error of this program itself is a conflict all the same: nobody
knows then what is lost.
"""

import os
import subprocess
import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  an admin may take the python3 of an older system
    sys.exit(f"{__file__}: Python 3.11 or newer is needed, and this is {sys.version.split()[0]}")

# Git calls this file from anywhere, with no word about where the package is.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from letter.errors import command
from letter.files import write_file
from letter.merging.branch_merge import merge_branches
from letter.paths import make_parser
from letter.po.faults import Fault, PoError
from letter.po.header import UTF8, set_header_fields
from letter.po.model import PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po

MOST_CONFLICTS = 127  # git merge-file counts them so far; a higher exit code is an error


@command
def main(argv: list[str] | None = None) -> int:
    """Merge into the file of our side; 0 when merged, 1 for git to report a conflict."""
    parser = make_parser(__doc__, paths=False)
    told = "report no conflict, for servers: entries with two texts wait as fuzzy"
    parser.add_argument("--never-stop", action="store_true", help=told)
    for name in ("base", "ours", "theirs"):
        parser.add_argument(name, type=Path)
    parser.add_argument("path", help="the name of the file in the repository")
    args = parser.parse_args(argv)
    never_stops = args.never_stop or os.environ.get("LETTER_MERGE") == "never-stop"
    try:
        is_whole = merge_files(args.base, args.ours, args.theirs, args.path)
    except PoError as error:
        print(error, file=sys.stderr)
        if never_stops:
            let_one_stand(args.ours, args.theirs, args.path)
            return 0
    except OSError as error:
        print(error, file=sys.stderr)
    except Exception:  # noqa: BLE001  our file has to have both sides, whatever went wrong
        traceback.print_exc()
    else:
        return 0 if is_whole or never_stops else 1
    keep_both(args.ours, args.theirs, args.path)
    return 1


def merge_files(base_path: Path, ours_path: Path, theirs_path: Path, name: str) -> bool:
    """Merge three files, tell what a person should look at, and say whether nothing waits."""
    ours, theirs = (read_side(path, name) for path in (ours_path, theirs_path))
    base = PoFile(name)  # as for a file that both branches added: then all that differs is told
    with suppress(PoError):
        base = parse_po(base_path.read_bytes(), name)
    merge = merge_branches(base, ours, theirs)
    try:
        data = format_po(merge.po)
    except PoError:  # theirs has brought letters that the charset of ours lacks
        data = format_po(set_header_fields(merge.po, UTF8))
    write_file(ours_path, data)
    for line in merge.told:
        print(line, file=sys.stderr)
    return not merge.has_conflict


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


def let_one_stand(ours: Path, theirs: Path, name: str) -> None:
    """Put the side that can be read in our file, and say in its header where the other side is.

    Ours stays as it is where neither can be read. Git keeps both files, as every version of a file.
    """
    stands, other, po = ours, theirs, None
    try:
        po = read_side(ours, name)
    except PoError:
        with suppress(PoError):
            po, stands, other = read_side(theirs, name), theirs, ours
    hashing = ["git", "hash-object", "--no-filters", str(other)]
    digest = subprocess.run(hashing, capture_output=True, text=True, check=True).stdout.strip()
    line = f"Not merged, since it can't be read: what `git show {digest}` prints."
    data = stands.read_bytes()
    if po and po.header and line not in po.header.comments:
        header = replace(po.header, comments=(*po.header.comments, line))
        data = format_po(replace(po, header=header))
    write_file(ours, data)
    print(f"{name}: {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
