"""Two letters in one process, each below a path of its own: copy this file beside app.py.

Start it as the one letter is started, with `letters:make_letters` for `app:make_application`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app import make_application

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

HOST = "https://example.org"
LETTERS = {  # the path of each letter, its file, and the folder of its catalogues
    "/aleppo": ("/srv/letters/aleppo/letter.md", "/srv/letters/aleppo/locales"),
    "/homs": ("/srv/letters/homs/letter.md", "/srv/letters/homs/locales"),
}


def make_letters() -> WSGIApplication:
    """Make the application of all letters; what stands below no letter's path is not found."""
    letters: dict[str, WSGIApplication] = {
        path: make_application(letter, locales, HOST + path)
        for path, (letter, locales) in LETTERS.items()
    }
    return DispatcherMiddleware(NotFound(), letters)
