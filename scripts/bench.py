"""Measure us beside the tools that people would use otherwise, in one run on one machine.

Example: python scripts/bench.py merge --sizes 30 3000
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # for the other files of this folder

from scripts.bench_merge import compare_merges


def main(argv: list[str] | None = None) -> int:
    """Run one comparison and print its ratios; 0 when it ran."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    merge = commands.add_parser("merge", help="bringing catalogues up to a changed letter")
    merge.add_argument("--sizes", type=int, nargs="+", default=[30, 3000, 30000], metavar="N")
    merge.add_argument("--limit", type=int, default=300, help="seconds of CPU a run may take (300)")
    merge.add_argument(
        "--history",
        type=Path,
        help="a git repository with Markdown prose, to count real matches in",
    )
    merge.add_argument("--folder", default="src", help="the folder of the prose in it (src)")
    args = parser.parse_args(argv)
    return compare_merges(args.sizes, args.limit, args.history, args.folder)


if __name__ == "__main__":
    sys.exit(main())
