"""Git's merge driver for catalogues: merges two branches' entries, never their lines.

Any Python from 3.11 on runs it without a package, since git calls it on servers, too; --version
says whether this one does. Example, as git calls it (`make` configures it):
python3 -S -I scripts/merge_driver.py %O %A %B %P

A server has nobody to answer a conflict, and one conflict there locks all languages. With
--never-stop, or LETTER_MERGE=never-stop in the environment, none is reported: an entry that both
sides changed keeps both texts, and waits as fuzzy for a person. Where one side can't be read, the
other stands, and what it lacks of the broken one is kept in comments above its header.
An error of this program itself is a conflict all the same: nobody knows then what is lost.
"""

import os
import sys
import traceback
from pathlib import Path

# Git calls this file from anywhere, with no word about where the package is.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from letter.merging.both_sides import keep_both

# A Python down to 3.6 understands this file so far as to say that, too.
if sys.version_info < (3, 11):  # noqa: UP036  an admin may take the python3 of an older system
    if len(sys.argv) > 4:
        keep_both(Path(sys.argv[-3]), Path(sys.argv[-2]))
    found = sys.version.split()[0]
    sys.exit(f"{__file__}: nothing is merged: Python 3.11 or newer is needed, and this is {found}")

from letter.errors import command
from letter.merging.driven_files import is_readable, let_one_stand, merge_files
from letter.paths import make_parser
from letter.po.faults import PoError

SETTING, NEVER_STOP = "LETTER_MERGE", "never-stop"


@command
def main(argv: "list[str] | None" = None) -> int:
    """Merge into the file of our side; 0 when merged, 1 for git to report a conflict."""
    parser = make_parser(__doc__, paths=False)
    told = "report no conflict, for servers: entries with two texts wait as fuzzy"
    parser.add_argument("--never-stop", action="store_true", help=told)
    for name in ("base", "ours", "theirs"):
        parser.add_argument(name, type=Path)
    parser.add_argument("path", help="the name of the file in the repository")
    args = parser.parse_args(argv)
    setting = os.environ.get(SETTING, NEVER_STOP)
    if setting != NEVER_STOP:
        print(f"{SETTING}={setting} means nothing: {SETTING}={NEVER_STOP} does", file=sys.stderr)
    never_stops = args.never_stop or os.environ.get(SETTING) == NEVER_STOP
    sides = args.ours, args.theirs
    try:
        try:
            is_whole = merge_files(args.base, *sides, args.path)
        except PoError as error:
            print(error, file=sys.stderr)
            if never_stops:
                let_one_stand(*sides, args.path)
                return 0
        else:
            return 0 if is_whole or never_stops else 1
    except OSError as error:
        print(error, file=sys.stderr)
    except Exception:  # noqa: BLE001  our file has to have both sides, whatever went wrong
        traceback.print_exc()
    if not keep_both(*sides) and is_readable(args.theirs):
        args.ours.write_bytes(args.theirs.read_bytes())  # ours is no text
    return 1


if __name__ == "__main__":
    sys.exit(main())
