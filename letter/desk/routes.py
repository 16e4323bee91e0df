"""The routes of the desk, and who may ask for anything at all: nobody but this machine's pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, redirect, request

from letter.desk.desk import make_desk_policy

if TYPE_CHECKING:
    from werkzeug import Response as BaseResponse

    from letter.desk.feed import Feed

# Any port, since people forward ports.
_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
FOREIGN_HOST = "This address is for this machine alone: ask for 127.0.0.1 or localhost.\n"
FOREIGN_PAGE = "This address answers no other site's pages: open it in a tab of its own.\n"
_ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def add_desk(app: Flask, feed: Feed) -> None:
    """Add the desk to an app, which from then on answers this machine alone.

    The letter is a draft here: what is published for every site to read is not yet.
    """
    app.before_request(refuse_foreign_host)
    app.before_request(_refuse_foreign_page)
    app.after_request(_isolate)
    app.register_blueprint(_make_blueprint(feed))


def refuse_foreign_host() -> Response | None:
    """Refuse a request under another name than this machine's own (DNS rebinding).

    The name is the header's own, whatever a proxy may add (RFC 9110 §7.2, §15.5.20).
    """
    if _LOOPBACK.fullmatch(request.environ.get("HTTP_HOST", "")):
        return None
    return Response(FOREIGN_HOST, 421, mimetype="text/plain")


def _refuse_foreign_page() -> Response | None:
    """Refuse what another site's page asks for; people may come from anywhere by a link.

    Browsers tell who asks (Fetch Metadata, W3C); a request without those headers is no page's.
    """
    headers = request.headers
    is_own = headers.get("Origin") in (None, f"{request.scheme}://{headers['Host']}")
    is_visit = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) == (
        "navigate",
        "document",
    )
    is_near = headers.get("Sec-Fetch-Site") in (None, "same-origin", "none")
    if is_own and (is_near or is_visit):
        return None
    return Response(FOREIGN_PAGE, 403, mimetype="text/plain")


def _isolate(response: Response) -> Response:
    """Have browsers keep an answer from other sites' pages, whatever those ask with."""
    response.headers.pop("Access-Control-Allow-Origin", None)
    response.headers.update(_ISOLATION)
    return response


def _make_blueprint(feed: Feed) -> Blueprint:
    desk = Blueprint("desk", __name__, url_prefix="/desk")

    @desk.get("/", strict_slashes=True)
    @desk.get("/<tag>/", strict_slashes=True)
    def show(tag: str = "") -> BaseResponse:
        page = feed.read_page(tag)
        shown = page or feed.read_gone(tag)
        if shown is None:
            meant = feed.name_meant(tag) or abort(404)
            # The page of the very language can't be made; the log says why.
            return redirect(f"../{meant}/") if meant != tag else abort(500)
        policy = {"Content-Security-Policy": make_desk_policy()}
        return Response(shown.html, 200 if page else 404, policy, mimetype="text/html")

    @desk.get("/events", strict_slashes=True)
    @desk.get("/<tag>/events", strict_slashes=True)
    def send_events(tag: str = "") -> Response:
        known = request.headers.get("Last-Event-ID") or request.args.get("since", "")
        if not known and feed.read_page(tag) is None:
            abort(404)  # nobody has such a page open
        is_asked = request.method == "GET"
        return Response(feed.stream(tag, known) if is_asked else "", mimetype="text/event-stream")

    return desk
