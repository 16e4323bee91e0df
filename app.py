"""The app: `create_app()` and its routes, nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import unquote

from letter.addresses import find_media_type
from letter.editions.library import Library
from letter.formats.page import render_missing
from letter.formats.site import Site
from letter.languages.matching import match_language
from letter.paths import default_paths
from letter.serving.documents import Press, choose_names, find_folder
from letter.serving.negotiation import COOKIE, choose_language, write_cookie
from letter.serving.prepared import Front
from letter.serving.publications import (
    CACHE,
    NO_CACHE,
    VARY_CHOICE,
    Publication,
    list_security_headers,
    publish,
)

if TYPE_CHECKING:
    # A worker answers what is published without Flask, and starts in half the time; whoever needs
    # Flask loads it then.
    from flask import Flask, Response
    from werkzeug import Response as BaseResponse
    from werkzeug.exceptions import HTTPException


def make_application() -> Front:
    """Make the WSGI application of a production server: prepared bytes in front of the app."""
    library, site = Library(*default_paths(None, None)), find_site()
    press = find_press(site)
    front = Front(library, site, lambda: make_app(library, site, press), press)
    front.start()
    return front


def create_app(
    letter: str | os.PathLike[str] | None = None,
    locales: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
    report: str | None = None,
    documents: str | None = None,
) -> Flask:
    """Make the app for a letter and a folder of catalogues; LetterError if the letter isn't good.

    What isn't given is taken from LETTER_SOURCE, LETTER_LOCALES, LETTER_BASE_URL and LETTER_REPORT
    (letter.page.Site says what those two are), LETTER_DOCUMENTS (letter.press.choose_names), and
    then from the project's own letter and locales.
    """
    site = find_site(base_url, report)
    press = find_press(site, documents)
    return make_app(Library(*default_paths(letter, locales)), site, press)


def find_site(base_url: str | None = None, report: str | None = None) -> Site:
    """Say where the pages will be: as given, or as the environment has it."""
    return Site(
        base_url or os.environ.get("LETTER_BASE_URL") or "",
        report or os.environ.get("LETTER_REPORT") or "",
    )


def find_press(site: Site, documents: str | None = None) -> Press:
    """Say which documents are made: as given, or as the environment has it."""
    names = choose_names(documents or os.environ.get("LETTER_DOCUMENTS"))
    return Press(site, names, find_folder() if names != [] else None)


def make_app(library: Library, site: Site, press: Press | None = None) -> Flask:
    """Make the app over a library; LetterError if its letter isn't good."""
    from flask import Flask

    library.read_shelf()
    app = Flask(__name__, static_folder=None)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    _add_routes(app, library, site, press or Press(site, ()))
    _add_errors(app, library, site)
    return app


def _add_routes(app: Flask, library: Library, site: Site, press: Press) -> None:
    from flask import jsonify, redirect, request, send_from_directory
    from werkzeug.exceptions import NotFound

    @app.get("/")
    def choose() -> BaseResponse:
        return _vary(redirect(site.address(_choose_tag(library)), 302))

    @app.get("/<tag>/")
    def show_edition(tag: str) -> BaseResponse:
        shelf = press.furnish(library.read_shelf())
        meant = match_language(tag, shelf.editions)
        if meant is None:
            raise NotFound
        if request.path != f"/{meant}/":
            return redirect(site.address(meant), 301)
        if "choose" in request.args:
            chosen = redirect(site.address(tag), 302)
            chosen.headers["Set-Cookie"] = write_cookie(tag)
            return chosen
        query = ""
        if wanted := request.args.get("with"):
            other = match_language(wanted, shelf.editions)
            if other is None:
                raise NotFound
            if other == tag:
                return redirect(site.address(tag), 301)
            query = f"with={other}"
            if other != wanted:
                return redirect(f"{site.address(tag)}?{query}", 301)
        return _answer(publish(shelf, site, request.path, query))

    @app.get("/letter.html")
    @app.get("/letter.json")
    @app.get("/letter.schema.json")
    @app.get("/sitemap.xml")
    @app.get("/robots.txt")
    def show_whole() -> BaseResponse:
        return _answer(publish(library.read_shelf(), site, request.path))

    @app.get("/<tag>/<path:rest>")
    def show_publication(tag: str, rest: str) -> BaseResponse:
        shelf = press.furnish(library.read_shelf())
        if tag in shelf.editions and any(rest == each.anchor for each in shelf.letter.messages):
            return redirect(f"{site.address(tag)}{rest}/", 301)
        return _answer(publish(shelf, site, f"/{tag}/{rest}"))

    @app.get("/media/<path:name>")
    def show_image(name: str) -> Response:
        if name not in map(unquote, library.read_shelf().letter.images):
            raise NotFound
        folder = library.letter_path.parent.absolute()
        response = send_from_directory(folder, name, mimetype=find_media_type(name))
        response.headers["Cache-Control"] = CACHE
        # A slow reader of a file sent piece by piece would hold a thread all the while.
        response.direct_passthrough = False
        response.set_data(response.get_data())
        return response

    @app.get("/healthz")
    def report_health() -> Response:
        return jsonify(library.read_shelf().report_health())


def _add_errors(app: Flask, library: Library, site: Site) -> None:
    from flask import Response, request
    from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

    @app.before_request
    def refuse_other_methods() -> None:
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(["GET", "HEAD"])

    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> BaseResponse:
        if not isinstance(error, NotFound):
            allow = [header for header in error.get_headers() if header[0] == "Allow"]
            text = f"{error.code} {error.name}"
            return Response(text, error.code, allow, mimetype="text/plain")
        shelf = library.read_shelf()
        tag = match_language(request.path.split("/")[1], shelf.editions) or _choose_tag(library)
        page = render_missing(shelf.editions[tag], shelf, site)
        return _vary(Response(page, 404, {"Content-Language": tag}, mimetype="text/html"))

    @app.after_request
    def secure(response: Response) -> Response:
        for name, value in list_security_headers():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", NO_CACHE)
        return response


def _answer(found: Publication | None) -> BaseResponse:
    from flask import Response, request
    from werkzeug.exceptions import NotFound

    if found is None:
        raise NotFound
    response = Response(found.body, headers=found.headers)
    response.set_etag(found.etag)
    return response.make_conditional(request)


def _choose_tag(library: Library) -> str:
    from flask import request

    cookie = request.cookies.get(COOKIE)
    accepted = request.headers.get("Accept-Language")
    return choose_language(library.read_shelf().editions, cookie, accepted)


def _vary(response: BaseResponse) -> BaseResponse:
    response.headers["Vary"] = VARY_CHOICE
    return response
