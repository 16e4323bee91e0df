"""Documents made in processes of their own, so that no reader waits for a page while they are.

`print_document` runs `python -m letter.formats.printer`. The process reads its job as JSON from
standard input. It writes the document to standard output, or else why there is none as the last
line of standard error, and ends with `TOLD`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import asdict
from pathlib import Path

from letter.addresses import CARD, PAPER
from letter.editions.edition import Edition
from letter.errors import OneLetterError
from letter.formats.card import Card, fill_card, paint_card
from letter.formats.fonts import MissingLibraryError, explain_missing
from letter.formats.pdf import Sheet, fill_sheet, print_sheet
from letter.formats.site import Site

TIMEOUT = 120.0  # seconds a document, which takes about two
ATTEMPTS = 2  # the system may have ended the process for want of memory
NICENESS = 10  # readers' pages come first
TOLD = 3  # the exit code of a process that says why there is no document
NO_END = f"the process that makes it ended {ATTEMPTS} times: is there enough memory?"

_LOOK = 0.5  # seconds between two looks of a process whether its parent is still there
_TRIES = 9  # to clear a folder away


class DocumentError(OneLetterError):
    """A document that can't be made; the text says why, and what to install if that helps."""


def print_document(edition: Edition, site: Site, name: str, olds: Iterable[bytes] = ()) -> bytes:
    """Make a document of an edition ("letter.pdf", "card.png") in a process of its own.

    One of `olds` is taken instead where it bears the mark of the same content. Raises DocumentError
    where a library, a font or an image can't be read, and where making fails or takes too long.
    """
    is_sheet = name == PAPER
    try:
        if problem := explain_missing("pdf" if is_sheet else "card", edition.language):
            raise DocumentError(problem)
        content = fill_sheet(edition, site) if is_sheet else fill_card(edition)
        mark = content.mark.encode()
        same = (old for old in olds if mark in old)
        return next(same, b"") or _start_printer(json.dumps([name, asdict(content)]).encode())
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"it took more than {TIMEOUT:g} seconds") from error
    except (MissingLibraryError, OSError) as error:
        raise DocumentError(str(error)) from error


def _start_printer(job: bytes) -> bytes:
    paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    with ExitStack() as stack:
        folder = ""
        with suppress(OSError):  # a container may have no folder to write in; few documents need it
            # A killed process leaves its temporary files behind, so they have a folder that goes.
            place = tempfile.TemporaryDirectory("", "letter-document-", ignore_cleanup_errors=True)
            folder = stack.enter_context(place)
        command = [sys.executable, "-P", "-m", "letter.formats.printer", str(os.getpid()), folder]
        for _ in range(ATTEMPTS):
            done = subprocess.run(
                command,
                input=job,
                capture_output=True,
                timeout=TIMEOUT,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
                start_new_session=True,  # Ctrl+C is meant for the parent, which may answer on
            )
            if done.returncode == 0:
                return done.stdout
            if done.returncode == TOLD:
                raise DocumentError(done.stderr.decode(errors="replace").strip().split("\n")[-1])
    raise DocumentError(NO_END)


def main() -> int:
    """Make the document that standard input asks for, in a folder and for a parent process."""
    parent, folder = int(sys.argv[1]), sys.argv[2]
    watch = threading.Thread(target=_end_with_parent, args=(parent, folder), daemon=True)
    watch.start()
    try:
        return _print_job(folder)
    finally:
        if os.getppid() != parent:  # the watch ends the process, once the folder is cleared away
            watch.join()


def _print_job(folder: str) -> int:
    try:
        name, content = json.load(sys.stdin)
    except ValueError:  # the parent ended while it wrote
        return 1
    with suppress(OSError):  # a service may be forbidden to lower its priority
        os.nice(NICENESS)
    tempfile.tempdir = folder or None
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get into the document
    try:
        data = paint_card(Card(**content)) if name == CARD else print_sheet(Sheet(**content))
    except Exception as error:  # noqa: BLE001 - of a library, over a text that nobody has seen yet
        kind = "" if isinstance(error, MissingLibraryError) else f"{type(error).__name__}: "
        print(kind + " ".join(str(error).split()), file=sys.stderr)
        return TOLD
    with answer:
        answer.write(data)
    return 0


def _end_with_parent(parent: int, folder: str) -> None:
    """End this process once its parent has ended, however that was (a SIGKILL tells nobody)."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    for _ in range(_TRIES if folder else 0):  # what makes the document writes there meanwhile
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
