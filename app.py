"""The app: as a production server runs it, as Flask has it, and its routes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from letter.addresses import (
    CHOOSABLE,
    CHOOSE,
    FORMER_PAIR,
    PARSED,
    Address,
    Kind,
    find_media_type,
    parse_path,
    relate,
)
from letter.editions.library import Library
from letter.formats.page import make_security_policy, render_missing
from letter.formats.site import Site, choose_pairs
from letter.languages.matching import match_language
from letter.paths import default_paths
from letter.serving.codings import choose_coding, encode_body
from letter.serving.document_making import DocumentMaker, choose_names, find_folder
from letter.serving.negotiation import choose_language, name_cookie, write_cookie
from letter.serving.prepared import PreparedAnswers, Renewal
from letter.serving.publications import (
    CACHE,
    NO_CACHE,
    VARY_CHOICE,
    VARY_MISSING,
    find_fragment,
    find_meant,
    list_security_headers,
    publish,
)
from letter.serving.watch import LOOK, Watch

if TYPE_CHECKING:
    # A worker answers what is published without Flask, and starts in half the time; whoever needs
    # Flask loads it then.
    from flask import Flask, Request, Response
    from werkzeug import Response as BaseResponse
    from werkzeug.exceptions import HTTPException


def make_application(
    letter: str | os.PathLike[str] | None = None,
    locales: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
) -> PreparedAnswers:
    """Make the WSGI application of a production server: prepared bytes in front of the app.

    What isn't given is taken from the environment: see `create_app`.
    """
    library, site = find_library(letter, locales), find_site(base_url)
    maker = find_document_maker(site)
    answers = PreparedAnswers(library.read_shelf(), site, lambda: make_app(library, site, maker))
    # The first page of a cold worker comes before all that follows.
    Watch(library, Renewal(maker, answers), delay=LOOK).start()
    return answers


def create_app(
    letter: str | os.PathLike[str] | None = None,
    locales: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
    report: str | None = None,
    documents: str | None = None,
) -> Flask:
    """Make the app for a letter and a folder of catalogues; LetterError if the letter isn't good.

    `base_url` and `report` are those of `letter.formats.site.Site`. `documents` is what
    `letter.serving.document_making.choose_names` reads. What isn't given is taken from
    LETTER_SOURCE, LETTER_LOCALES, LETTER_BASE_URL, LETTER_REPORT and LETTER_DOCUMENTS. The
    letter and the locales are the project's own where those variables don't say, either.
    LETTER_PAIRS is what `letter.formats.site.choose_pairs` reads, and LETTER_STATE is the folder in
    which the last good files outlast a restart.
    """
    site = find_site(base_url, report)
    maker = find_document_maker(site, documents)
    return make_app(find_library(letter, locales), site, maker)


def find_library(
    letter: str | os.PathLike[str] | None = None, locales: str | os.PathLike[str] | None = None
) -> Library:
    """Make the library of a letter: as given, or as the environment has it."""
    state = os.environ.get("LETTER_STATE")
    return Library(*default_paths(letter, locales), Path(state) if state else None)


def find_site(base_url: str | None = None, report: str | None = None) -> Site:
    """Say where the pages will be: as given, or as the environment has it."""
    return Site(
        base_url or os.environ.get("LETTER_BASE_URL") or "",
        report or os.environ.get("LETTER_REPORT") or "",
        all_pairs=choose_pairs(os.environ.get("LETTER_PAIRS")),
        hsts=os.environ.get("LETTER_HSTS") or "",
    )


def find_document_maker(site: Site, documents: str | None = None) -> DocumentMaker:
    """Say which documents are made: as given, or as the environment has it."""
    names = choose_names(documents or os.environ.get("LETTER_DOCUMENTS"))
    return DocumentMaker(site, names, find_folder() if names != [] else None)


def make_app(library: Library, site: Site, maker: DocumentMaker | None = None) -> Flask:
    """Make the app over a library; LetterError if its letter isn't good."""
    from flask import Flask

    library.read_shelf()
    app = Flask(__name__, static_folder=None)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    _add_routes(app, library, site, maker or DocumentMaker(site, ()))
    _add_errors(app, library, site)
    return app


def _add_routes(app: Flask, library: Library, site: Site, maker: DocumentMaker) -> None:
    """Answer every address of letter.addresses, and nothing else."""
    from flask import Response, abort, jsonify, redirect, request

    @app.get("/")
    @app.get("/<path:_path>")
    def answer(_path: str = "") -> BaseResponse:
        asked = request.environ.get("PATH_INFO", "")
        if not asked and request.script_root:  # mounted below a path, and asked without its slash
            return redirect(request.script_root.rpartition("/")[2] + "/", 301)
        address = _read_address(request) or abort(404)
        match address.kind:
            case Kind.CHOICE:
                tag = _choose_tag(library, request, _find_prefix(request, site))
                redirection = _redirect(request, Kind.EDITION.write_path(tag), 302)
                redirection.headers["Vary"] = VARY_CHOICE
                return redirection
            case Kind.HEALTH:
                return jsonify(library.read_shelf().report_health())
            case Kind.IMAGE:
                return _send_image(library, address.name)
        shelf = maker.add_documents(library.read_shelf())
        meant = find_meant(address, shelf.editions) or abort(404)
        if meant.kind in CHOOSABLE and CHOOSE in request.args:
            return _keep_choice(request, site, meant)
        if fragment := find_fragment(meant, shelf.letter):
            path = Kind.EDITION.write_path(meant.tag)
            return _redirect(request, path, 301, fragment)
        if meant.kind is Kind.EDITION and (beside := request.args.get(FORMER_PAIR)):
            pair = Address(Kind.PAIR, meant.tag, beside)
            meant = find_meant(pair, shelf.editions) or abort(404)
            return _redirect(request, meant.path, 301)
        if meant.path != request.path:
            return _redirect(request, meant.path, 301)
        page = publish(shelf, site, meant) or abort(404)
        response = Response(page.body, headers=page.headers)
        response.set_etag(page.etag)
        return response.make_conditional(request)


def _keep_choice(request: Request, site: Site, chosen: Address) -> BaseResponse:
    """Remember the language that a reader has chosen, and lead to the page in it."""
    response = _redirect(request, chosen.path, 302)
    response.headers["Set-Cookie"] = write_cookie(
        chosen.tag,
        prefix=_find_prefix(request, site),
        is_secure=site.is_secure or request.is_secure,
    )
    return response


def _read_address(request: Request) -> Address | None:
    """Take apart the path that is asked for, unless a layer in front has done so already."""
    if request.environ.get("PATH_INFO", "").startswith("//"):  # Werkzeug takes it for one slash
        return None
    if PARSED in request.environ:
        return cast("Address | None", request.environ[PARSED])
    return parse_path(request.path)


def _find_prefix(request: Request, site: Site) -> str:
    """Find the path below which the pages are: where the app is mounted, or as the site has it."""
    return request.script_root or site.prefix


def _redirect(request: Request, path: str, code: int, fragment: str = "") -> BaseResponse:
    """Lead to another path by a relative address, which holds below any path of a host."""
    from flask import redirect

    link = relate(request.path, path)
    return redirect(f"{link}#{fragment}" if fragment else link, code)


def _send_image(library: Library, name: str) -> BaseResponse:
    """Send one of the letter's own images; no other file of their folder is published."""
    from flask import abort, send_from_directory

    if name not in map(unquote, library.read_shelf().letter.images):
        abort(404)
    folder = library.letter_path.parent.absolute()
    response = send_from_directory(folder, name, mimetype=find_media_type(name))
    response.headers["Cache-Control"] = CACHE
    # A slow reader of a file sent piece by piece would hold a thread all the while.
    response.direct_passthrough = False
    response.set_data(response.get_data())
    return response


def _add_errors(app: Flask, library: Library, site: Site) -> None:
    """Answer what has no address, or can't be asked for; give every answer its common headers."""
    from flask import Response, request
    from werkzeug.exceptions import HTTPException

    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> BaseResponse:
        if error.code != 404:
            allow = [header for header in error.get_headers() if header[0] == "Allow"]
            return Response(f"{error.code} {error.name}", error.code, allow, mimetype="text/plain")
        shelf = library.read_shelf()
        prefix = _find_prefix(request, site)
        named = match_language(request.path.split("/")[1], shelf.editions)
        tag = named or _choose_tag(library, request, prefix)
        page = render_missing(shelf.editions[tag], shelf, site, prefix)
        coding = choose_coding(request.headers.get("Accept-Encoding", ""))
        headers = {"Content-Language": tag, "Vary": VARY_MISSING}
        if coding != "identity":
            headers["Content-Encoding"] = coding
        # The page is made for each wrong address anew, so it is compressed quickly.
        body = encode_body(page.encode(), coding, is_quick=True)
        return Response(body, 404, headers, mimetype="text/html")

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", make_security_policy())
        for name, value in list_security_headers(site):
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", NO_CACHE)
        return response


def _choose_tag(library: Library, request: Request, prefix: str) -> str:
    """Choose the edition for a reader, by the cookie or by the browser's languages."""
    cookie = request.cookies.get(name_cookie(prefix))
    accepted = request.headers.get("Accept-Language")
    shelf = library.read_shelf()
    return choose_language(shelf.editions, cookie, accepted, shelf.source.language.tag)
