"""Take in files that translators sent back, however old, without losing anyone's work.

Example: python scripts/receive.py ~/Downloads/letter-ar-final.po --dry-run
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.errors import command
from letter.files import write_files
from letter.merging.entry_merge import Verdict
from letter.merging.sent_files import Known, Received, Replaced, receive_files
from letter.merging.standing_catalogues import read_standing
from letter.merging.three_way import explain_outcomes
from letter.paths import make_parser
from letter.po.model import shorten_text
from letter.po.reader import read_po
from letter.po.writer import format_po
from letter.source.hidden_characters import isolate
from letter.source.letter import read_source_tag


@command
def main(argv: list[str] | None = None) -> int:
    """Receive; 0 when all is taken, 1 when a person has to look, 2 when a file is unusable."""
    args = make_options().parse_args(argv)
    base = read_po(args.base) if args.base else None
    source = read_source_tag(args.letter)
    known = Known(args.language, base, letters_are_right=args.trust_letters, source=source)
    standing = read_standing(args.locales, source)
    received, after = receive_files(args.files, standing, known)
    changed = [each for each in after.values() if each.current is not each.stored]
    if not args.dry_run:
        signatures = {each.path: each.signature for each in changed}
        write_files({each.path: format_po(each.current) for each in changed}, signatures)
    if args.json:
        told = {"files": [asdict(each) for each in received]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for each in received:
            print_received(each, is_one=len(received) == 1, is_dry=args.dry_run)
    return max(map(rate_received, received))


def make_options() -> argparse.ArgumentParser:
    """Make the parser of this command."""
    parser = make_parser(__doc__, needs_letter=False)
    parser.add_argument("files", type=Path, nargs="+", help="the files that came back")
    parser.add_argument("--language", help="whose catalogue it is, if its header is wrong")
    parser.add_argument("--base", type=Path, help="the file that the translator started from")
    parser.add_argument(
        "--trust-letters", action="store_true", help="take a file whose letters look lost"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would happen, text by text"
    )
    parser.add_argument("--json", action="store_true", help="print what happened as JSON")
    return parser


def rate_received(received: Received) -> int:
    """Give the exit code that one file asks for."""
    if received.problem:
        return 2
    return int(any(outcome.verdict is not Verdict.TAKEN for outcome in received.entries))


def print_received(received: Received, *, is_one: bool, is_dry: bool) -> None:
    """Print how much was taken, and a line for every entry that a person should look at."""
    for note in received.notes:
        print(note)
    if received.problem:
        print(received.problem, file=sys.stderr, flush=True)
        return
    counts = Counter(outcome.verdict for outcome in received.entries)
    summary = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    place = received.path if is_one else f"{received.file} → {received.path}"
    print(f"{place}: {summary or 'nothing new in the file'}")
    for line in explain_outcomes(received.entries, received.path):
        print(line)
    if is_dry:
        for line in show_replaced(received.replaced, received.path):
            print(line)


def show_replaced(replaced: Sequence[Replaced], path: str) -> Iterator[str]:
    """Show each text that would be replaced above the one that replaces it, each isolated.

    Isolates keep a right-to-left text from moving the sign before it (UAX #9).
    """
    for each in replaced:
        what = "would be replaced" if each.after != each.before else "would get a second text"
        what = "would become fuzzy" if each.becomes_fuzzy else what
        yield f"{path}:{each.line}: {shorten_text(each.msgid, 50)}: {what}"
        yield f"- {isolate(each.before)}"
        if each.after != each.before:
            yield f"+ {isolate(each.after)}"
        for comment in each.beside:
            yield f"# {isolate(comment)}"


if __name__ == "__main__":
    sys.exit(main())
