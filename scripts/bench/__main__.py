"""Measure us beside the tools that people would use otherwise, in one run on one machine.

Example: python scripts/bench.py merge --sizes 30 3000
         python scripts/bench.py serve --rounds 3 --seconds 5
         python scripts/bench.py export
         python scripts/bench.py desk --saves 50
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # for the other files of this folder

from letter.errors import command
from letter.paths import make_parser
from scripts.bench.desk import compare_desks
from scripts.bench.exports import measure_exports
from scripts.bench.merge import compare_merges
from scripts.bench.serve import compare_servers, measure_starts


@command
def main(argv: list[str] | None = None) -> int:
    """Run one comparison and print its ratios; 0 when it ran, 2 when it could not."""
    parser = make_parser(__doc__, paths=False)
    commands = parser.add_subparsers(dest="command", required=True)
    merge = commands.add_parser("merge", help="bringing catalogues up to a changed letter")
    merge.add_argument("--sizes", type=int, nargs="+", default=[30, 3000, 30000], metavar="N")
    merge.add_argument("--limit", type=int, default=300, help="seconds of CPU a run may take (300)")
    merge.add_argument(
        "--history", type=Path, help="a git repository with Markdown prose, to count matches in"
    )
    merge.add_argument("--folder", default="src", help="the folder of the prose in it (src)")
    serve = commands.add_parser("serve", help="a page, beside Flask-Babel and nginx; cold starts")
    serve.add_argument("--seconds", type=int, default=5, help="of load in each round (5)")
    serve.add_argument("--rounds", type=int, default=3, help="of loads, and of starts (3)")
    serve.add_argument("--connections", type=int, default=64, help="kept open by wrk (64)")
    serve.add_argument("--languages", type=int, default=100, help="in one worker (100)")
    part = serve.add_mutually_exclusive_group()
    part.add_argument("--load", action="store_true", help="only the page under load")
    part.add_argument("--start", action="store_true", help="only starts and many languages")
    export = commands.add_parser("export", help="letters of many names and of many passages")
    export.add_argument("--names", type=int, default=3084, help="of signatories (3084)")
    export.add_argument("--passages", type=int, default=903, help="in nine languages (903)")
    desk = commands.add_parser("desk", help="a save until new pixels, beside Hugo and mdBook")
    desk.add_argument("--saves", type=int, default=30, help="of each file, in turns (30)")
    desk.add_argument("--many", type=int, default=1000, help="over which memory is measured (1000)")
    args = parser.parse_args(argv)
    if args.command == "desk":
        compare_desks(args.saves, args.many)
        return 0
    if args.command == "export":
        measure_exports(args.names, args.passages)
        return 0
    if args.command == "merge":
        compare_merges(args.sizes, args.limit, args.history, args.folder)
        return 0
    if not args.start:
        compare_servers(args.rounds, args.seconds, args.connections)
    if not args.load:
        measure_starts(args.languages, args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
