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
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from itertools import product
from pathlib import Path

from tests.git import git
from tests.weblate.authors import LIFE, Authors
from tests.weblate.translators import MADE, PEOPLE, Translators
from tests.weblate.weblate_install import say
from tests.weblate.weblate_server import WeblateServer
from tests.weblate.words import Ledger

STYLES = ("merge", "rebase")
HEAD = "style   msgmerge driver | exchanges locks | texts finished fuzzy obsolete comment emptied"
HEAD += " lost | false checks turns seconds"


def main() -> int:
    """Run all ways, or those that the options choose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--style", choices=STYLES, nargs="*", default=STYLES)
    parser.add_argument("--msgmerge", choices=("yes", "no"), nargs="*", default=("no", "yes"))
    parser.add_argument("--no-driver", action="store_true", help="see what happens without it")
    parser.add_argument("--keep", action="store_true", help="leave Weblate running at the end")
    args = parser.parse_args()
    is_good = True
    print(HEAD, flush=True)
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
    start, locks, ledger = time.monotonic(), 0, Ledger()
    name = f"{style}-{'msgmerge' if msgmerge else 'plain'}-{'driver' if driver else 'bare'}"
    bare, address = server.find_repository(name)
    remove_project(server, name, bare)
    with contextlib.redirect_stdout(io.StringIO()):
        authors = Authors(place / "letter", bare, ledger)
    people = Translators(server, name, ledger)
    people.set_up(address, style, driver=driver, msgmerge=msgmerge)
    for number in range(1, len(LIFE) + 1):
        say(f"{name}: exchange {number}")
        touched = people.live(number)
        if number == 1:
            people.make_language()
        with contextlib.redirect_stdout(io.StringIO()):
            authors.live(number, touched)
            if people.exchange():
                locks += 1
                say(f"{name}: locked in exchange {number}")
                path = server.root / "data" / "vcs" / name / "letter"
                authors.take(str(path), "main")
                people.unlock()
                people.exchange()
            authors.take("origin", "weblate")
    locks += people.exchange()
    authors.take("origin", "weblate")
    turns = take_turns(authors, people) if msgmerge else 0
    drafts = [tag for tag in ("fa", MADE) if not authors.is_draft(tag)]
    found = Counter[str]()
    for tag in PEOPLE:
        places = ledger.judge(tag, authors.read_both(tag))
        found += Counter(places.values())
        for word in (word for word, where in places.items() if where == "lost"):
            say(f"{name}: {tag}: the text with {word} is lost")
    checks = people.list_checks()
    for check in checks:
        say(f"{name}: check: {' | '.join(check)}")
    counts = [found[where] for where in ("finished", "fuzzy", "obsolete", "comment", "emptied")]
    columns = [f"{style:7} {'yes' if msgmerge else 'no':8} {'yes' if driver else 'no':6}"]
    columns += [f"{len(LIFE):9} {locks:5}", f"{found.total():5} {counts[0]:8} {counts[1]:5}"]
    columns[-1] += f" {counts[2]:8} {counts[3]:7} {counts[4]:7} {found['lost']:4}"
    columns += [f"{len(checks):12} {turns:5} {time.monotonic() - start:7.0f}"]
    good = not (locks or found["lost"] or checks or turns or drafts)
    if drafts:
        say(f"{name}: {', '.join(drafts)}: no draft by its header")
    return " | ".join(columns), good


def take_turns(authors: Authors, people: Translators) -> int:
    """Let update.py and the add-on take turns twice; count what the second round changes."""
    changes = []
    for _ in range(2):
        changed = authors.update()
        git(authors.place, "push", "-q", "origin", "main")
        people.exchange()
        before = git(authors.place, "rev-parse", "origin/weblate").stdout
        people.run_msgmerge()
        people.exchange()
        git(authors.place, "fetch", "-q", "origin", "weblate")
        after = git(authors.place, "rev-parse", "FETCH_HEAD").stdout
        git(authors.place, "merge", "-q", "--no-edit", "FETCH_HEAD")
        changes.append((changed, before != after))
    return sum(changes[-1])


def remove_project(server: WeblateServer, name: str, bare: Path) -> None:
    """Remove what an earlier run has left."""
    shutil.rmtree(bare, ignore_errors=True)
    with contextlib.suppress(OSError):
        server.call("DELETE", f"projects/{name}/")


if __name__ == "__main__":
    sys.exit(main())
