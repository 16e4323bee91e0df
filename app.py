"""The app: `create_app()` and its routes, nothing else."""

from __future__ import annotations

import os

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from werkzeug import Response as BaseResponse
from werkzeug.exceptions import HTTPException, NotFound

from letter.languages import match_language
from letter.library import Library, default_paths
from letter.negotiation import choose_language
from letter.page import find_address, make_security_policy, render_edition, render_missing

COOKIE = "language"
COOKIE_SECONDS = 365 * 24 * 60 * 60
EDITION_CACHE = "public, max-age=300, stale-while-revalidate=86400"
NO_CACHE = "private, no-store"
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


def create_app(
    letter: str | os.PathLike[str] | None = None,
    locales: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
) -> Flask:
    """Make the app for a letter and a folder of catalogues; LetterError if the letter isn't good.

    What isn't given is taken from LETTER_SOURCE, LETTER_LOCALES and LETTER_BASE_URL (such as
    "https://example.org", for the addresses that search engines read), and then from the project's
    own letter and locales.
    """
    app = Flask(__name__, static_folder=None)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    library = Library(*default_paths(letter, locales))
    library.read_shelf()
    base = base_url or os.environ.get("LETTER_BASE_URL") or ""
    _add_routes(app, library, base)
    return app


def _add_routes(app: Flask, library: Library, base: str) -> None:
    @app.get("/")
    def choose() -> BaseResponse:
        return _vary(redirect(find_address(_chosen_tag(library), base), 302))

    @app.get("/<tag>/")
    def show_edition(tag: str) -> BaseResponse:
        shelf = library.read_shelf()
        meant = match_language(tag, shelf.editions)
        if meant is None:
            raise NotFound
        if meant != tag or not request.path.endswith("/"):
            return redirect(find_address(meant, base), 301)
        if "choose" in request.args:
            chosen = redirect(find_address(tag, base), 302)
            chosen.set_cookie(COOKIE, tag, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True)
            return chosen
        edition = shelf.editions[tag]
        response = Response(render_edition(edition, shelf, base), mimetype="text/html")
        response.headers["Content-Language"] = ", ".join(edition.content_languages)
        response.headers["Cache-Control"] = EDITION_CACHE
        response.headers["Vary"] = "Accept-Encoding"
        response.add_etag()
        return response.make_conditional(request)

    @app.get("/media/<path:name>")
    def show_image(name: str) -> Response:
        if name not in library.read_shelf().letter.images:
            raise NotFound
        response = send_from_directory(library.letter_path.parent.absolute(), name)
        response.headers["Cache-Control"] = EDITION_CACHE
        return response

    @app.get("/healthz")
    def report_health() -> Response:
        return jsonify(library.read_shelf().report_health())

    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> BaseResponse:
        if not isinstance(error, NotFound):
            allow = [header for header in error.get_headers() if header[0] == "Allow"]
            text = f"{error.code} {error.name}\n"
            return Response(text, error.code, allow, mimetype="text/plain")
        shelf = library.read_shelf()
        tag = match_language(request.path.split("/")[1], shelf.editions) or _chosen_tag(library)
        page = render_missing(shelf.editions[tag], shelf, base)
        return _vary(Response(page, 404, {"Content-Language": tag}, mimetype="text/html"))

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = make_security_policy()
        response.headers.update(SECURITY)
        response.headers.setdefault("Cache-Control", NO_CACHE)
        return response


def _chosen_tag(library: Library) -> str:
    return choose_language(
        library.read_shelf().editions,
        request.cookies.get(COOKIE),
        request.headers.get("Accept-Language"),
    )


def _vary(response: BaseResponse) -> BaseResponse:
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response
