"""Show how far each language has come, or write a table for a translator who uses a spreadsheet.

Example: python scripts/status.py --svg status.svg
Example: python scripts/status.py --table ku --output letter-ku.csv
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.desk.status import draw_status, report_interfaces, report_status, show_status
from letter.errors import command
from letter.files import write_file
from letter.languages.folders import (
    INTERFACE,
    choose_catalogues,
    find_catalogues,
    find_misnamed,
)
from letter.languages.language import LanguageError
from letter.merging.spreadsheet import format_table
from letter.paths import make_parser
from letter.po.reader import read_po
from letter.source.letter import read_letter
from letter.source.template import make_interface_template, make_template


@command
def main(argv: list[str] | None = None) -> int:
    """Show the status; 0 when every catalogue could be used and is whole, 2 when not."""
    parser = make_parser(__doc__)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the report into a file")
    parser.add_argument("--table", metavar="LANGUAGE", help="write a language's table, as CSV")
    parser.add_argument(
        "--interface", action="store_true", help="with --table: of the page's words, not the letter"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="where the table goes")
    args = parser.parse_args(argv)
    if (args.output or args.interface) and not args.table:
        parser.error("--output and --interface are for a table: say whose with --table LANGUAGE")
    if args.table:
        write_table(args)
        return 0
    letter = read_letter(args.letter)
    misnamed = find_misnamed(args.locales, letter.settings.language)
    print("".join(f"{told}\n" for told in misnamed), end="", file=sys.stderr)
    statuses = report_status(letter, args.locales)
    if args.svg:
        write_file(args.svg, draw_status(statuses).encode())
    if args.json:
        print(json.dumps([asdict(status) for status in statuses], ensure_ascii=False, indent=1))
    elif not args.svg:
        print(show_status(statuses))
        if parts := report_interfaces(args.locales, letter.settings.language):
            counts = (f"{tag} {part.finished}/{part.total}" for tag, part in parts.items())
            print(f"interface alone: {', '.join(counts)}")
    problems = [status.problem for status in statuses if status.problem]
    if args.svg:
        print("".join(f"{problem}\n" for problem in problems), end="", file=sys.stderr)
    return 2 if misnamed or problems else 0


def write_table(args: argparse.Namespace) -> None:
    """Write the table of one language to a file, or to standard output."""
    if args.interface:
        path = find_catalogues(args.locales, kind=INTERFACE).get(args.table)
        if path is None:
            raise LanguageError(f"{args.locales}: there is no such interface of {args.table!r}")
        template = make_interface_template()
    else:
        letter = read_letter(args.letter)
        found = choose_catalogues(args.locales, [args.table], letter.settings.language)
        path, template = found[args.table], make_template(letter, args.locales)
    table = format_table(read_po(path), template)
    if args.output:
        write_file(args.output, table)
    else:
        sys.stdout.buffer.write(table)


if __name__ == "__main__":
    sys.exit(main())
