"""Bring the template and every catalogue up to the letter; no translation is lost.

Example: python scripts/update.py --check
"""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from letter.errors import command
from letter.files import write_files
from letter.languages.folders import find_misnamed
from letter.merging.catalogues import Planned, plan_update, summarise_updates
from letter.merging.update import Update
from letter.paths import make_parser
from letter.po.model import shorten_text
from letter.source.letter import read_letter


@command
def main(argv: list[str] | None = None) -> int:
    """Update; 0 when all is done, 1 if --check finds work, 2 if a file can't be read or written."""
    parser = make_parser(__doc__)
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument(
        "--minor",
        action="store_true",
        help="corrections of English spelling and punctuation keep their translations finished",
    )
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    args = parser.parse_args(argv)
    for told in find_misnamed(args.locales):
        print(told, file=sys.stderr)
    letter, now = read_letter(args.letter), datetime.now(UTC)
    plans = list(plan_update(letter, args.locales, now, minor=args.minor))
    if not args.check:
        changed = [plan for plan in plans if plan.is_changed]
        signatures = {plan.path: plan.signature for plan in changed}
        write_files({plan.path: plan.data for plan in changed}, signatures)
    if args.json:
        print(json.dumps(summarise_updates(plans), ensure_ascii=False, indent=1))
    else:
        print_plans(plans, "would change" if args.check else "changed")
    problems = [plan.problem for plan in plans if plan.problem]
    print("".join(f"{problem}\n" for problem in problems), end="", file=sys.stderr)
    if problems:
        return 2
    return 1 if args.check and any(plan.is_changed for plan in plans) else 0


def print_plans(plans: Sequence[Planned], verb: str) -> None:
    """Print a line for each file that changes, and below it what a person should look at."""
    for plan in plans:
        if plan.is_changed:
            told = describe_update(plan.update) if plan.update else ""
            print(f"{plan.path}: {verb}{told}")
    if not any(plan.is_changed or plan.problem for plan in plans):
        print("Everything is up to date.")


def describe_update(update: Update) -> str:
    """Count what happened to a catalogue's messages, and show those that a person should look at.

    These are messages that wait, that were split, or that `--minor` let through.
    """
    counts = {
        "kept": update.kept,
        "outdated": len(update.outdated),
        "split off": len(update.split),
        "corrected": len(update.corrected),
        "back again": len(update.revived),
        "new": len(update.new),
        "gone": len(update.gone),
    }
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    lines = [f": {told}; {update.words_to_do} words to translate"]
    lines += [f"  outdated: {message['changed']}" for message in update.outdated]
    lines += [f"  split off: {shorten_text(message['msgid'], 70)}" for message in update.split]
    lines += [f"  kept as finished: {message['changed']}" for message in update.corrected]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
