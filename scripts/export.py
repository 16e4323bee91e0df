"""Write the whole letter as a folder of files that any file host can carry.

Example: python scripts/export.py public --base-url https://letter.example.org
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from letter.export import ExportError, export_site
from letter.library import Library, default_paths
from letter.messages import LetterError
from letter.page import Site, SiteError


def main(argv: list[str] | None = None) -> int:
    """Export; 0 when the site is there, 2 when it can't be (the old one stays)."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("destination", type=Path, help="the folder of the site")
    parser.add_argument("--base-url", required=True, help="the address where it will be read")
    parser.add_argument("--report", help="where mistakes are reported: mail, or a form's address")
    parser.add_argument("--letter", type=Path, help="another letter, in Markdown")
    parser.add_argument("--locales", type=Path, help="another folder of catalogues")
    args = parser.parse_args(argv)
    try:
        site = Site(args.base_url, args.report or os.environ.get("LETTER_REPORT", ""))
        library = Library(*default_paths(args.letter, args.locales))
        images = library.letter_path.parent
        done = export_site(library.read_shelf(), site, images, args.destination)
    except (LetterError, SiteError, ExportError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    counts = f"{done.written} files written, {done.kept} kept, {done.removed} removed"
    print(f"{args.destination}: {counts}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
