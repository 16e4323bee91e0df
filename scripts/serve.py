"""Read the letter at a local address, and translate it at the desk.

Example: python scripts/serve.py --port 8000

LETTER_EDITOR=vscode, vscodium or sublime has the desk open that editor at the line of a passage.
"""

import argparse
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project
from flask import Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app import find_document_maker, find_library, find_site, make_app
from letter.desk.desk import Desk
from letter.desk.editor_links import EDITORS, find_editor
from letter.desk.feed import Feed
from letter.desk.routes import add_desk
from letter.editions.library import Library
from letter.editions.shelf import Shelf
from letter.errors import OneLetterError, command
from letter.paths import make_parser
from letter.serving.watch import Watch

PORTS_TRIED = 100
UNKNOWN_EDITOR = "LETTER_EDITOR=%s is none that the desk can open: use one of %s"

log = logging.getLogger(__name__)


class PortError(OneLetterError):
    """No port is free to serve at."""


@command
def main(argv: list[str] | None = None) -> int:
    """Serve until Ctrl+C; 0 when stopped, 2 if there is no good letter or no free port."""
    parser = make_parser(__doc__)
    parser.add_argument("--port", type=read_port, default=8000, help="or the next free one (8000)")
    args = parser.parse_args(argv)
    logging.basicConfig(format="%(levelname)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    editor = os.environ.get("LETTER_EDITOR", "")
    if find_editor(editor) is None:
        log.warning(UNKNOWN_EDITOR, editor, ", ".join(EDITORS))
    port = find_free_port(args.port)
    library = find_library(args.letter, args.locales)
    with open_server(library, port) as server:
        print(f"Read the letter at http://127.0.0.1:{port}/ (Ctrl+C stops it)")
        path = find_desk(library.read_shelf())
        print(f"See every save at the desk: http://127.0.0.1:{port}{path}", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    print()
    return 0


@contextmanager
def open_server(library: Library, port: int) -> Iterator[BaseWSGIServer]:
    """Give a server of the letter and the desk, whose pages follow the files until the end.

    The server listens to this machine alone. LetterError if the letter isn't good.
    """
    site = find_site(os.environ.get("LETTER_BASE_URL") or f"http://127.0.0.1:{port}")
    app = make_app(library, site, find_document_maker(site))
    app.after_request(show_at_once)
    feed = Feed(Desk(library, site, find_editor(os.environ.get("LETTER_EDITOR", "")) or ""))
    add_desk(app, feed)
    watch = Watch(library, feed)
    watch.start()
    try:
        yield make_server("127.0.0.1", port, app, threaded=True, request_handler=PromptHandler)
    finally:
        watch.close()
        feed.close()


class PromptHandler(WSGIRequestHandler):
    """Answers requests; what is written is sent at once.

    Nagle's algorithm would hold a page back until the browser has acknowledged what came before,
    up to 40 ms (RFC 1122 §4.2.3.4).
    """

    disable_nagle_algorithm = True
    protocol_version = "HTTP/1.1"


def find_desk(shelf: Shelf) -> str:
    """Find the desk of the first language that the letter is translated to, or of none."""
    tags = [tag for tag, edition in shelf.editions.items() if not edition.is_source]
    return f"/desk/{tags[0]}/" if tags else "/desk/"


def read_port(text: str) -> int:
    """Read a port number, 1…65535."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: use a number from 1 to 65535")
    return int(text)


def show_at_once(response: Response) -> Response:
    """Have the browser ask each time, so that translators see an edit at their next visit."""
    if response.headers.get("Cache-Control", "").startswith("public"):
        response.headers["Cache-Control"] = "no-cache"
    return response


def find_free_port(first: int) -> int:
    """Find the first port from `first` on that nothing listens on; PortError if all are taken."""
    last = min(first + PORTS_TRIED, 65536)
    for port in range(first, last):
        with socket.socket() as probe, suppress(OSError):
            # What the server does too: a port that a stopped server has just left is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise PortError(f"no port from {first} to {last - 1} is free: choose another with --port")


if __name__ == "__main__":
    sys.exit(main())
