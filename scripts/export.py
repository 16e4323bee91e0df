"""Write the whole letter as a folder of files: for any file host, or for a disk.

Examples: python scripts/export.py public --base-url https://letter.example.org
          python scripts/export.py /media/stick/letter --disk
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from letter.editions.library import Library
from letter.errors import INTERRUPTED, command
from letter.export.site import export_site, refuse_broken
from letter.formats.documents import read_epoch
from letter.formats.fonts import INSTALL
from letter.formats.site import Site
from letter.paths import default_paths, make_parser
from letter.serving.codings import CODINGS
from letter.serving.documents import NAMES, choose_names, make_documents

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from letter.export.site import Export

PATIENCE = 10  # seconds without a word, where the words can't be written over


@command
def main(argv: list[str] | None = None) -> int:
    """Export; 0 when the site is there, 2 when it can't be (the old one stays)."""
    args = read_arguments(argv)
    progress = Progress()
    try:
        done = export_letter(args, progress)
    except KeyboardInterrupt:
        progress.end()
        print(f"{args.destination}: stopped: the site is as it was", file=sys.stderr)
        return INTERRUPTED
    finally:
        progress.end()
    if done is None:
        return 2
    if "br" not in CODINGS and not args.disk:
        print(
            f"no .br files, which are the smallest: install brotli with {INSTALL} requirements.txt",
            file=sys.stderr,
        )
    counts = f"{done.written} files written, {done.kept} kept, {done.removed} removed"
    print(f"{args.destination}: {counts}")
    return 0


def read_arguments(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line, and what the environment says of the same things."""
    parser = make_parser(__doc__)
    parser.add_argument("destination", type=Path, help="the folder of the site")
    parser.add_argument("--base-url", default="", help="the address where it will be read")
    parser.add_argument(
        "--disk",
        action="store_true",
        help="for a memory stick: pages open as files, and need no server and no --base-url",
    )
    parser.add_argument(
        "--report",
        default=os.environ.get("LETTER_REPORT", ""),
        help="where mistakes are reported: mail, or a form's address",
    )
    parser.add_argument(
        "--documents",
        default=os.environ.get("LETTER_DOCUMENTS"),
        help="what has to be made: pdf, card, pdf,card or none (else all that is possible here)",
    )
    args = parser.parse_args(argv)
    if not (args.base_url or args.disk):
        parser.error("--base-url is needed, or --disk for a folder that no server sends")
    return args


def export_letter(args: argparse.Namespace, progress: Progress) -> Export | None:
    """Export the letter with its documents; None where a document that was asked for is missing."""
    site = Site(args.base_url, args.report, disk=args.disk)
    read_epoch()
    names = choose_names(args.documents)
    library = Library(*default_paths(args.letter, args.locales))
    shelf = library.read_shelf()
    for told in shelf.unusable:
        print(told, file=sys.stderr)
    refuse_broken(shelf)  # before documents take their time
    wanted = list(NAMES.values()) if names is None else names
    documents, problems = make_documents(shelf, site, wanted, args.destination, progress.tell)
    progress.end()
    print_problems(problems)
    if problems and names is not None:
        return None
    shelf = replace(shelf, documents=documents)
    images = library.letter_path.parent
    return export_site(shelf, site, images, args.destination, progress.tell)


class Progress:
    """Says on standard error what is being made: in one line of a terminal, or else seldom."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._last = time.monotonic()

    def tell(self, name: str, number: int, total: int) -> None:
        """Say which file is being made now, and of how many."""
        told = f"{name} ({number} of {total}) …"
        if self._is_terminal:
            print(f"\r\033[K{told}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - self._last > PATIENCE:
            self._last = time.monotonic()
            print(told, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line for what comes next."""
        if self._is_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def print_problems(problems: Mapping[str, list[str]]) -> None:
    """Print which documents are missing, a line for each reason, with what to install."""
    for problem, names in problems.items():
        others = f" and {len(names) - 1} more" if names[1:] else ""
        print(f"no {names[0]}{others}: {problem}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
