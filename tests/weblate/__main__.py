"""Let Weblate and the letter live together for eight exchanges, in four ways: `make weblate`.

A real Weblate is started. Five people translate in it while the letter changes in its repository;
then Weblate commits, pulls and pushes, and the repository takes Weblate's branch. One table says
what became of it: the exit code is 1 where Weblate was locked, a text was lost, or a check failed
that found no fault.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import signal
import sys
import tempfile
import time
from collections import Counter
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tests.git import git
from tests.weblate.authors import LIFE, Authors
from tests.weblate.translators import MADE, PEOPLE, Translators
from tests.weblate.weblate_install import tell_progress
from tests.weblate.weblate_server import WeblateServer
from tests.weblate.words import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

STYLES = ("merge", "rebase")
PLACES = ("finished", "fuzzy", "obsolete", "comment", "emptied", "lost")
COLUMNS = (
    *("style ", "msgmerge", "driver", "exchanges", "locks", "texts"),
    *PLACES,
    *("false checks", "turns undone", "drafts", "seconds"),
)


def main() -> int:
    """Run all ways, or those that the options choose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--style", choices=STYLES, nargs="*", default=STYLES)
    parser.add_argument("--msgmerge", choices=("yes", "no"), nargs="*", default=("no", "yes"))
    parser.add_argument("--no-driver", action="store_true", help="see what happens without it")
    parser.add_argument("--keep", action="store_true", help="leave Weblate running at the end")
    args = parser.parse_args()
    is_good = True
    print(show_row(COLUMNS), flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that all servers end, too
    with WeblateServer() as server:
        for style, msgmerge in product(args.style, args.msgmerge):
            with tempfile.TemporaryDirectory() as place:
                row, good = live_together(
                    server,
                    Path(place),
                    style,
                    driver=not args.no_driver,
                    msgmerge=msgmerge == "yes",
                )
            print(row, flush=True)
            is_good &= good
        if args.keep:
            input(f"Weblate is at {server.address}: press Enter to end it")
    return not is_good


def live_together(
    server: WeblateServer, place: Path, style: str, *, driver: bool, msgmerge: bool
) -> tuple[str, bool]:
    """Live through the exchanges in one way; give the row of the table, and whether all is well."""
    start, ledger = time.monotonic(), Ledger()
    name = f"{style}-{'msgmerge' if msgmerge else 'plain'}-{'driver' if driver else 'bare'}"
    bare, address = server.find_repository(name)
    with contextlib.redirect_stdout(io.StringIO()):  # what the commands of scripts/ print
        authors = Authors(place / "letter", bare, ledger)
        people = Translators(server, name, ledger)
        people.set_up(address, style, driver=driver, msgmerge=msgmerge)
        locks = sum(make_exchange(number, authors, people) for number in range(1, len(LIFE) + 1))
        locks += people.exchange()
        authors.take("origin", "weblate")
        turns = try_turns(authors, people) if msgmerge else 0
    found = count_texts(authors, name)
    checks = people.list_checks()
    for check in checks:
        tell_progress(f"{name}: check: {' | '.join(check)}")
    drafts = [tag for tag in ("fa", MADE) if authors.is_draft(tag)]
    texts = [found.total(), *(found[where] for where in PLACES)]
    seconds = round(time.monotonic() - start)
    answers = ("yes" if msgmerge else "no", "yes" if driver else "no")
    cells = [style, *answers, len(LIFE), locks, *texts, len(checks), turns, len(drafts), seconds]
    is_good = not (locks or found["lost"] or checks or turns) and len(drafts) == 2
    return show_row(cells), is_good


def make_exchange(number: int, authors: Authors, people: Translators) -> bool:
    """Let all work at the same time, and exchange; say whether Weblate was locked by that.

    A lock is mended as scripts/deploy/weblate.md says, with the driver and Weblate's own clone.
    """
    tell_progress(f"{people.name}: exchange {number}")
    touched = people.live(number)
    if number == 1:
        people.make_language()
    authors.live(number, touched)
    is_locked = people.exchange()
    if is_locked:
        tell_progress(f"{people.name}: locked in exchange {number}")
        authors.take(people.clone_address, "main")
        if people.exchange():
            tell_progress(f"{people.name}: locked still")
    authors.take("origin", "weblate")
    return is_locked


def count_texts(authors: Authors, name: str) -> Counter[str]:
    """Count the texts by where they are in the end, and name each that is lost."""
    found = Counter[str]()
    for tag in PEOPLE:
        places = authors.ledger.judge(tag, authors.read_both(tag))
        found += Counter(places.values())
        for word in (word for word, where in places.items() if where == "lost"):
            tell_progress(f"{name}: {tag}: the text with {word} is lost")
    return found


def show_row(cells: Sequence[object]) -> str:
    """Write a row of the table under its names."""
    pairs = zip(COLUMNS, cells, strict=True)
    return "  ".join(f"{cell!s:>{len(column)}}" for column, cell in pairs)


def try_turns(authors: Authors, people: Translators) -> int:
    """Let update.py and the add-on take turns twice; count what the second round changes."""
    changes = 0
    for is_second in (False, True):
        has_changed = authors.update()
        git(authors.place, "push", "-q", "origin", "main")
        people.exchange()
        before = people.server.find_head(people.name)
        people.run_msgmerge()
        after = people.server.find_head(people.name)
        people.exchange()
        git(authors.place, "fetch", "-q", "origin", "weblate")
        git(authors.place, "merge", "-q", "--no-edit", "FETCH_HEAD")
        changes += is_second and has_changed + (before != after)
    return changes


if __name__ == "__main__":
    sys.exit(main())
