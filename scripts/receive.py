"""Take in a file that a translator sent back, however old, without losing anyone's work.

Example: python scripts/receive.py ~/Downloads/letter-ar-final.po --dry-run
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from letter.errors import command
from letter.languages.folders import choose_catalogues
from letter.merging.entry_merge import Verdict
from letter.merging.sent_catalogue import read_sent
from letter.merging.sent_files import find_base, find_sent_language, receive_catalogue
from letter.merging.three_way import Outcome, explain_outcomes
from letter.paths import make_parser
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import read_po
from letter.po.writer import write_po


@command
def main(argv: list[str] | None = None) -> int:
    """Receive; 0 when all is taken, 1 when a person has to look, 2 when the file is unusable."""
    parser = make_parser(__doc__, letter=False)
    parser.add_argument("file", type=Path, help="the file that came back")
    parser.add_argument("--language", help="whose catalogue it is, if its header is wrong")
    parser.add_argument("--base", type=Path, help="the file that the translator started from")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--json", action="store_true", help="print what happened as JSON")
    args = parser.parse_args(argv)
    sent, notes = read_sent(args.file.read_bytes(), str(args.file))
    tag, path, current = find_sent_catalogue(args.locales, args.language, sent)
    base = read_po(args.base) if args.base else find_base(sent, path, current)
    if base is None:
        notes += (f"{args.file}: no version it could have started from was found in git",)
    merged, outcomes = receive_catalogue(current, sent, base)
    if not args.dry_run:
        write_po(path, merged)
    if args.json:
        entries = [asdict(outcome) for outcome in outcomes]
        told = {"language": tag, "path": str(path), "entries": entries, "notes": notes}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("".join(f"{note}\n" for note in notes), end="")
        print_outcomes(path, outcomes)
    return 0 if all(outcome.verdict is Verdict.TAKEN for outcome in outcomes) else 1


def find_sent_catalogue(
    locales: Path, wanted: str | None, sent: PoFile
) -> tuple[str, Path, PoFile]:
    """Find the catalogue that a sent file belongs to: its tag, its path, and what it holds.

    A broken catalogue is told of and left out, unless it is the wanted one.
    """
    paths = choose_catalogues(locales, [wanted] if wanted else [])
    catalogues = {}
    for tag, path in paths.items():
        try:
            catalogues[tag] = read_po(path)
        except PoError as error:
            if wanted:
                raise
            print(error, file=sys.stderr)
    tag = wanted or find_sent_language(sent, catalogues)
    return tag, paths[tag], catalogues[tag]


def print_outcomes(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Print how much was taken, and a line for every entry that a person should look at."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    summary = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    print(f"{path}: {summary or 'nothing new in the file'}")
    for line in explain_outcomes(outcomes, str(path)):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
