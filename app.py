"""The app: `create_app()` and its routes, nothing else."""

from __future__ import annotations

import os
from urllib.parse import unquote

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from werkzeug import Response as BaseResponse
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from letter.languages import match_language
from letter.library import Library, default_paths
from letter.negotiation import choose_language
from letter.page import (
    Site,
    make_security_policy,
    render_edition,
    render_missing,
    render_passage,
)
from letter.text import write_text

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
    report: str | None = None,
) -> Flask:
    """Make the app for a letter and a folder of catalogues; LetterError if the letter isn't good.

    What isn't given is taken from LETTER_SOURCE, LETTER_LOCALES, LETTER_BASE_URL and LETTER_REPORT
    (letter.page.Site says what those two are), and then from the project's own letter and locales.
    """
    app = Flask(__name__, static_folder=None)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    library = Library(*default_paths(letter, locales))
    library.read_shelf()
    site = Site(
        base_url or os.environ.get("LETTER_BASE_URL") or "",
        report or os.environ.get("LETTER_REPORT") or "",
    )
    _add_routes(app, library, site)
    return app


def _add_routes(app: Flask, library: Library, site: Site) -> None:
    @app.get("/")
    def choose() -> BaseResponse:
        return _vary(redirect(site.address(_chosen_tag(library)), 302))

    @app.get("/<tag>/")
    def show_edition(tag: str) -> BaseResponse:
        shelf = library.read_shelf()
        meant = match_language(tag, shelf.editions)
        if meant is None:
            raise NotFound
        if request.path != f"/{meant}/":
            return redirect(site.address(meant), 301)
        if "choose" in request.args:
            chosen = redirect(site.address(tag), 302)
            chosen.set_cookie(COOKIE, tag, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True)
            return chosen
        edition, beside = shelf.editions[tag], None
        if wanted := request.args.get("with"):
            other = match_language(wanted, shelf.editions)
            if other is None:
                raise NotFound
            if other == tag:
                return redirect(site.address(tag), 301)
            if other != wanted:
                return redirect(f"{site.address(tag)}?with={other}", 301)
            beside = shelf.editions[other]
        page = render_edition(edition, shelf, site, beside)
        languages = edition.content_languages + (beside.content_languages if beside else [])
        return _answer(page, "text/html", languages)

    @app.get("/<tag>/letter.txt")
    def show_text(tag: str) -> BaseResponse:
        edition = library.read_shelf().editions.get(tag)
        if edition is None:
            raise NotFound
        address = site.origin + site.address(tag) if site.origin else ""
        return _answer(write_text(edition, address), "text/plain", edition.content_languages)

    @app.get("/<tag>/<anchor>/")
    def show_passage(tag: str, anchor: str) -> BaseResponse:
        shelf = library.read_shelf()
        edition = shelf.editions.get(tag)
        message = next((m for m in shelf.letter.messages if m.anchor == anchor), None)
        if edition is None or message is None:
            raise NotFound
        if not request.path.endswith("/"):
            return redirect(f"{site.address(tag)}{anchor}/", 301)
        page = render_passage(edition, message, shelf, site)
        return _answer(page, "text/html", list(shelf.editions))

    @app.get("/media/<path:name>")
    def show_image(name: str) -> Response:
        if name not in map(unquote, library.read_shelf().letter.images):
            raise NotFound
        response = send_from_directory(library.letter_path.parent.absolute(), name)
        response.headers["Cache-Control"] = EDITION_CACHE
        return response

    @app.get("/healthz")
    def report_health() -> Response:
        return jsonify(library.read_shelf().report_health())

    @app.before_request
    def refuse_other_methods() -> None:
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(["GET", "HEAD"])

    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> BaseResponse:
        if not isinstance(error, NotFound):
            allow = [header for header in error.get_headers() if header[0] == "Allow"]
            text = f"{error.code} {error.name}\n"
            return Response(text, error.code, allow, mimetype="text/plain")
        shelf = library.read_shelf()
        tag = match_language(request.path.split("/")[1], shelf.editions) or _chosen_tag(library)
        page = render_missing(shelf.editions[tag], shelf, site)
        return _vary(Response(page, 404, {"Content-Language": tag}, mimetype="text/html"))

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = make_security_policy()
        response.headers.update(SECURITY)
        response.headers.setdefault("Cache-Control", NO_CACHE)
        return response


def _answer(text: str, mimetype: str, languages: list[str]) -> BaseResponse:
    response = Response(text, mimetype=mimetype)
    response.headers["Content-Language"] = ", ".join(dict.fromkeys(languages))
    response.headers["Cache-Control"] = EDITION_CACHE
    response.headers["Vary"] = "Accept-Encoding"
    response.add_etag()
    return response.make_conditional(request)


def _chosen_tag(library: Library) -> str:
    return choose_language(
        library.read_shelf().editions,
        request.cookies.get(COOKIE),
        request.headers.get("Accept-Language"),
    )


def _vary(response: BaseResponse) -> BaseResponse:
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response
