"""Bring the template and every catalogue up to the letter; no translation is lost.

Example: python scripts/update.py --check
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from letter.errors import command
from letter.files import write_files
from letter.languages.folders import find_misnamed
from letter.merging.catalogues import Planned, plan_update, summarise_updates
from letter.paths import default_paths, make_parser
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
    source, locales = default_paths(args.letter, args.locales)
    for told in find_misnamed(locales):
        print(told, file=sys.stderr)
    now = datetime.now(UTC)
    plans = list(plan_update(read_letter(source), locales, now, minor=args.minor))
    summary = summarise_updates(plans)
    changed = [plan for plan in plans if plan.is_changed]
    if not args.check:
        signatures = {plan.path: plan.signature for plan in changed}
        write_files({plan.path: plan.data or b"" for plan in changed}, signatures)
    if args.json:
        print(json.dumps(summary, ensure_ascii=False, indent=1))
    else:
        print_plans(plans, changed, args.check)
    for plan in plans:
        if plan.problem:
            print(plan.problem, file=sys.stderr)
    if any(plan.problem for plan in plans):
        return 2
    return 1 if args.check and changed else 0


def print_plans(plans: list[Planned], changed: list[Planned], check: bool) -> None:
    """Print what changed, a line a file, with the words that changed in English."""
    verb = "would change" if check else "changed"
    for plan in changed:
        print(f"{plan.path}: {verb}{describe(plan)}")
        for _, words in plan.update.outdated if plan.update else ():
            print(f"  outdated: {words}")
        for msgid, _ in plan.update.split if plan.update else ():
            print(f"  split off: {shorten(msgid)}")
        for _, words in plan.update.corrected if plan.update else ():
            print(f"  kept as finished: {words}")
    if not changed and not any(plan.problem for plan in plans):
        print("Everything is up to date.")


def describe(plan: Planned) -> str:
    """Count what happened to a catalogue's messages."""
    update = plan.update
    if update is None:
        return ""
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
    return f": {told}; {update.words_to_do} words to translate"


def shorten(text: str) -> str:
    """Cut a text to a line."""
    return text if len(text) <= 70 else text[:69] + "…"


if __name__ == "__main__":
    sys.exit(main())
