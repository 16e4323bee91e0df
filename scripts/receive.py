"""Take in a file that a translator sent back, however old, without losing anyone's work.

Example: python scripts/receive.py ~/Downloads/letter-ar-final.po --dry-run
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from letter.errors import command
from letter.languages.folders import find_catalogues
from letter.merging.entry_merge import REASONS, Verdict
from letter.merging.receive import (
    Received,
    ReceiveError,
    find_base,
    find_lines,
    find_sent_language,
    read_sent,
    receive_catalogue,
)
from letter.paths import default_paths, make_parser
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import read_po
from letter.po.writer import write_po

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    _, locales = default_paths(locales=args.locales)
    sent, notes = read_sent(args.file.read_bytes(), str(args.file))
    paths = find_catalogues(locales)
    catalogues = read_catalogues(paths, args.language)
    tag = args.language or find_sent_language(sent, catalogues)
    if tag not in paths:
        raise ReceiveError(f"{locales}: there is no catalogue of {tag}: {', '.join(paths)}")
    base = read_po(args.base) if args.base else find_base(sent, paths[tag], catalogues[tag])
    received = receive_catalogue(catalogues[tag], sent, base)
    lines = find_lines(received.po)
    if not args.dry_run:
        write_po(paths[tag], received.po)
    report(tag, paths[tag], received, lines, notes + received.notes, args.json)
    return 0 if all(outcome.verdict is Verdict.TAKEN for outcome in received.outcomes) else 1


def read_catalogues(paths: Mapping[str, Path], wanted: str | None) -> dict[str, PoFile]:
    """Read the catalogues; one that is broken is left out, unless it is the one asked for."""
    if wanted in paths:
        return {str(wanted): read_po(paths[str(wanted)])}
    catalogues = {}
    for tag, path in paths.items():
        try:
            catalogues[tag] = read_po(path)
        except PoError as error:
            print(error, file=sys.stderr)
    return catalogues


def report(
    tag: str,
    path: Path,
    received: Received,
    lines: Mapping[str, int],
    notes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Print what was taken, and every entry that was not simply taken, with its line."""
    if as_json:
        entries = [
            {"msgid": o.msgid, "line": lines.get(o.msgid), "verdict": o.verdict}
            for o in received.outcomes
        ]
        told = {"language": tag, "path": str(path), "entries": entries, "notes": notes}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for note in notes:
        print(note)
    counts = Counter(outcome.verdict for outcome in received.outcomes)
    summary = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    print(f"{path}: {summary or 'nothing new in the file'}")
    for outcome in received.outcomes:
        if outcome.verdict is not Verdict.TAKEN:
            words = outcome.msgid if len(outcome.msgid) <= 50 else outcome.msgid[:49] + "…"
            print(f"{path}:{lines.get(outcome.msgid)}: {words}: {REASONS[outcome.verdict]}")


if __name__ == "__main__":
    sys.exit(main())
