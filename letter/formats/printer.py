"""Documents made in a process of their own, so that no reader waits for a page while they are.

`print_documents` starts it as `python -m letter.formats.printer`, and sends it one line of
JSON a document.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from letter.formats.card import Card, fill_card, paint_card
from letter.formats.documents import MissingLibraryError, explain_missing
from letter.formats.pdf import Sheet, fill_sheet, print_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from letter.editions.edition import Edition
    from letter.formats.site import Site

TIMEOUT = 120.0  # seconds a document, which takes about one
ATTEMPTS = 2  # the system may have ended the process for want of memory
NICENESS = 10

NO_END = f"the process that makes it ended {ATTEMPTS} times: is there enough memory?"

Printer = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be made of an edition; `problem` says why it can't be.

    The mark is the same for the same document, and the document bears it.
    """

    tag: str
    name: str  # "letter.pdf" or "card.png"
    content: Sheet | Card | None
    mark: str
    problem: str = ""


def prepare_job(edition: Edition, site: Site, name: str) -> Job:
    """Put together what a document of an edition is made from; nothing heavy is imported."""
    tag, form = edition.language.tag, "pdf" if name == "letter.pdf" else "card"
    try:
        if problem := explain_missing(form, edition.language):
            return Job(tag, name, None, problem, problem)
        content = fill_sheet(edition, site) if form == "pdf" else fill_card(edition)
        return Job(tag, name, content, content.mark)
    except (MissingLibraryError, OSError) as error:
        return Job(tag, name, None, str(error), str(error))


def print_documents(jobs: Iterable[Job]) -> Iterator[tuple[Job, bytes | str]]:
    """Make documents one by one; each comes with its bytes, or with why it can't be made."""
    printer: Printer | None = None
    try:
        for job in jobs:
            answer: bytes | str | None = job.problem or None
            for _ in range(ATTEMPTS):
                if answer is not None:
                    break
                try:
                    printer = printer or _start_printer()
                    answer = _ask_printer(printer, job)
                except (OSError, ValueError):
                    code = _stop_printer(printer) if printer else None
                    printer = None
                    if code == -signal.SIGALRM:
                        answer = f"it took more than {TIMEOUT:g} seconds"
            yield job, NO_END if answer is None else answer
    finally:
        if printer:
            _stop_printer(printer)


def _start_printer() -> Printer:
    package = str(Path(__file__).parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "letter.formats.printer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )


def _ask_printer(printer: Printer, job: Job) -> bytes | str:
    """Have one document made; OSError or ValueError if the process ends over it."""
    assert printer.stdin
    assert printer.stdout
    assert job.content
    request = {"name": job.name, "seconds": TIMEOUT, "content": asdict(job.content)}
    printer.stdin.write(json.dumps(request).encode() + b"\n")
    printer.stdin.flush()
    answer = json.loads(printer.stdout.readline())
    data = printer.stdout.read(answer["size"])
    if len(data) < answer["size"]:
        raise ValueError("the answer is cut short")
    return answer["problem"] or data


def _stop_printer(printer: Printer) -> int:
    """End the process, if it hasn't ended by itself, and say how it did."""
    try:
        printer.communicate(timeout=0.2)
    except subprocess.TimeoutExpired:
        printer.kill()
        printer.communicate()
    return printer.returncode


def main() -> int:
    """Make what is asked for, until whoever asks is gone."""
    with suppress(OSError):  # which a service may not be allowed to do
        os.nice(NICENESS)
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for whoever asks, and its whole group
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    while True:
        request = json.loads(requests.get())
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])  # which ends the process
        data, problem = _make_document(request["name"], request["content"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(json.dumps({"size": len(data), "problem": problem}).encode() + b"\n" + data)
        try:
            answers.flush()
        except BrokenPipeError:
            return 0


def _read_requests(requests: queue.SimpleQueue[bytes]) -> None:
    """Read on while a document is made, to notice at once that nobody waits for it any more."""
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def _make_document(name: str, content: dict[str, str]) -> tuple[bytes, str]:
    try:
        if name == "letter.pdf":
            return print_sheet(Sheet(**content)), ""
        return paint_card(Card(**content)), ""
    except MissingLibraryError as error:
        return b"", str(error)
    except Exception as error:  # of a library, over a text that nobody has seen yet
        return b"", f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    sys.exit(main())
