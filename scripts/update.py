"""Bring the templates and every catalogue up to the letter; no translation is lost.

Example: python scripts/update.py --check
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.errors import command
from letter.files import write_files
from letter.languages.folders import find_misnamed
from letter.merging.catalogues import Planned, plan_prune, plan_update, summarise_updates
from letter.merging.update import Update
from letter.paths import make_parser
from letter.po.model import join_forms, shorten_text
from letter.source.letter import read_letter, read_source_tag
from letter.source.moved_passages import MOVED


@command
def main(argv: list[str] | None = None) -> int:
    """Update; 0 when all is done, 1 if --check finds work, 2 if a file can't be used or written.

    2 as well where most of a catalogue would become obsolete, and nobody said --yes.
    """
    parser = make_parser(__doc__)
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument(
        "--minor",
        action="store_true",
        help="corrections of spelling and punctuation keep their translations finished",
    )
    parser.add_argument("--prune", action="store_true", help="only remove obsolete entries")
    parser.add_argument("--yes", action="store_true", help="even if most translations would go")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    args = parser.parse_args(argv)
    source = read_source_tag(args.letter)
    plans = make_plans(args, source)
    doubts = [plan.doubt for plan in plans if plan.doubt and not args.yes]
    is_dry = args.check or bool(doubts)
    if not is_dry:
        write_changed([plan for plan in plans if plan.is_changed])
    if args.json:
        print(json.dumps(summarise_updates(plans), ensure_ascii=False, indent=1))
    elif args.prune:
        print_pruned(plans, is_dry=is_dry)
    else:
        print_plans(plans, "would change" if is_dry else "changed")
    problems = find_misnamed(args.locales, source)
    problems += [plan.problem for plan in plans if plan.problem]
    if doubts and not args.check:
        doubts.append("Nothing was written.")
    print("".join(f"{told}\n" for told in (*problems, *doubts)), end="", file=sys.stderr)
    if problems or (doubts and not args.check):
        return 2
    return 1 if args.check and any(plan.is_changed for plan in plans) else 0


def make_plans(args: argparse.Namespace, source: str) -> list[Planned]:
    """Plan what the options ask for, before any file is written."""
    if args.prune:
        return list(plan_prune(args.locales, source))
    letter, now = read_letter(args.letter), datetime.now(UTC)
    return list(plan_update(letter, args.locales, now, minor=args.minor))


def write_changed(plans: Sequence[Planned]) -> None:
    """Write what changes.

    An update that is killed half-way is mended by the next one, which finds what moved in the old
    catalogues: so they are replaced after the file of what moved.
    """
    ordered = sorted(plans, key=lambda plan: plan.path.name != MOVED)
    signatures = {plan.path: plan.signature for plan in ordered}
    write_files({plan.path: plan.data for plan in ordered}, signatures)


def print_pruned(plans: Sequence[Planned], *, is_dry: bool) -> None:
    """Print how many obsolete entries go from each file, and of a dry run which they are."""
    for plan in plans:
        if count := len(plan.pruned):
            entries = "obsolete entry" if count == 1 else "obsolete entries"
            print(f"{plan.path}: {count} {entries} {'would go' if is_dry else 'removed'}")
            for entry in plan.pruned if is_dry else ():
                print(f"  {shorten_text(entry.msgid, 50)} → {shorten_text(join_forms(entry), 50)}")
    if any(plan.pruned for plan in plans):
        when = "would then be" if is_dry else "are now"
        print(f"Their texts {when} only in git's history, as far as they were committed.")
    elif not any(plan.problem for plan in plans):
        print("There are no obsolete entries.")


def print_plans(plans: Sequence[Planned], verb: str) -> None:
    """Print a line for each file that changes, and below it what a person should look at."""
    for plan in plans:
        if plan.is_changed:
            told = describe_update(plan.update) if plan.update else ""
            print(f"{plan.path}: {verb}{told}")
        if plan.moved:
            print(f"  {plan.moved} messages of the page go to interface.po beside it")
        print("".join(f"  {line}\n" for line in plan.told), end="")
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
        f"name{'s' * (len(update.new_names) > 1)} new": len(update.new_names),
        f"name{'s' * (len(update.gone_names) > 1)} gone": len(update.gone_names),
    }
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    lines = [f": {told}; {update.words_to_do} words to translate"]
    lines += [f"  outdated: {message['changed']}" for message in update.outdated]
    lines += [f"  split off: {shorten_text(message['msgid'], 70)}" for message in update.split]
    lines += [f"  kept as finished: {message['changed']}" for message in update.corrected]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
