"""Show how far each language has come.

Example: python scripts/status.py --svg status.svg
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from letter.desk.status import draw_status, report_status, show_status
from letter.errors import command
from letter.files import write_file
from letter.languages.folders import SOURCE_TAG, find_misnamed
from letter.paths import make_parser
from letter.source.letter import read_letter


@command
def main(argv: list[str] | None = None) -> int:
    """Show the status; 0 when every catalogue could be read, 2 when not."""
    parser = make_parser(__doc__)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the report into a file")
    args = parser.parse_args(argv)
    for told in find_misnamed(args.locales, SOURCE_TAG):
        print(told, file=sys.stderr)
    statuses = report_status(read_letter(args.letter), args.locales)
    if args.svg:
        write_file(args.svg, draw_status(statuses).encode())
    if args.json:
        print(json.dumps([asdict(status) for status in statuses], ensure_ascii=False, indent=1))
    elif not args.svg:
        print(show_status(statuses))
    problems = [status.problem for status in statuses if status.problem]
    if args.svg:
        print("".join(f"{problem}\n" for problem in problems), end="", file=sys.stderr)
    return 2 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
