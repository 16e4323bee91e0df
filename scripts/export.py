"""Write the whole letter as a folder of files: for any file host, or for a disk.

Examples: python scripts/export.py public --base-url https://letter.example.org
          python scripts/export.py /media/stick/letter --disk
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.addresses import CARD
from letter.editions.library import Library
from letter.errors import INTERRUPTED, command
from letter.export.site_files import Export, ExportError, Tell, export_site, refuse_broken
from letter.formats.documents import read_epoch
from letter.formats.fonts import INSTALL
from letter.formats.site import Site, choose_pairs
from letter.paths import default_paths, make_parser
from letter.serving.codings import CODINGS
from letter.serving.document_making import NAMES, choose_names, make_documents

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


PATIENCE = 10  # seconds without a word, where the words can't be written over


@command
def main(argv: list[str] | None = None) -> int:
    """Export; 0 when the site is there, 2 when it can't be (the old one stays)."""
    args = read_arguments(argv)
    try:
        done = export_letter(args)
    except KeyboardInterrupt:
        print(f"{args.destination}: stopped: the site is as it was", file=sys.stderr)
        return INTERRUPTED
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
    parser.add_argument(
        "--base-url",
        default="",
        help="the address where it will be read: shared links and search engines get it",
    )
    parser.add_argument(
        "--disk",
        action="store_true",
        help="for a memory stick, or a host that isn't known yet: pages need no server, no address",
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
    parser.add_argument(
        "--pairs",
        default=os.environ.get("LETTER_PAIRS"),
        help="all: any two editions side by side (else, of more than six, each beside the source)",
    )
    parser.add_argument(
        "--hsts",
        default=os.environ.get("LETTER_HSTS", ""),
        help="seconds for which browsers ask this host by https alone, such as 31536000",
    )
    args = parser.parse_args(argv)
    if not (args.base_url or args.disk):
        told = "for a folder that opens anywhere and names no address"
        parser.error(f"--base-url is needed, or --disk {told}")
    return args


def export_letter(args: argparse.Namespace) -> Export:
    """Export the letter with its documents.

    Raises ExportError where a document that was asked for can't be made.
    """
    pairs = choose_pairs(args.pairs)
    site = Site(args.base_url, args.report, disk=args.disk, all_pairs=pairs, hsts=args.hsts)
    read_epoch()
    names = choose_names(args.documents)
    library = Library(*default_paths(args.letter, args.locales))
    shelf = library.read_shelf()
    refuse_broken(shelf)  # before documents take their time
    # A card is shown with a shared address, so that without an address nobody would see it.
    possible = [name for name in NAMES.values() if args.base_url or name != CARD]
    wanted = possible if names is None else names
    with show_progress() as tell:
        documents, problems = make_documents(shelf, site, wanted, args.destination, tell)
    missing = [
        f"no {paths[0]}" + (f" and {len(paths) - 1} more" if paths[1:] else "") + f": {problem}"
        for problem, paths in problems.items()
    ]
    if missing and names is not None:
        raise ExportError("\n".join(missing))
    for told in missing:
        print(told, file=sys.stderr)
    shelf = replace(shelf, documents=documents)
    with show_progress() as tell:
        return export_site(shelf, site, library.letter_path.parent, args.destination, tell)


@contextmanager
def show_progress() -> Iterator[Tell]:
    """Say on standard error what is being made: in one line of a terminal, or else seldom."""
    is_terminal, last = sys.stderr.isatty(), time.monotonic()

    def tell(name: str, number: int, total: int) -> None:
        nonlocal last
        told = f"{name} ({number} of {total}) …"
        if is_terminal:
            print(f"\r\033[K{told}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - last > PATIENCE:
            last = time.monotonic()
            print(told, file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if is_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
