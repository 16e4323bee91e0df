"""Exports under real web servers, with the rules that the export has for them."""

from __future__ import annotations

import html
import http.client
import os
import re
import shutil
import socket
import subprocess
from contextlib import closing
from dataclasses import dataclass, replace
from fcntl import LOCK_EX, flock
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from app import make_app
from letter.addresses import Address, Kind
from letter.editions.library import Library
from letter.export.host_files import name_rules
from letter.export.site_files import export_site
from letter.formats.site import Site
from letter.serving.document_making import DocumentMaker
from letter.serving.negotiation import name_cookie
from letter.serving.publications import list_published
from letter.source.blocks import make_anchor
from tests.conftest import write_copy
from tests.hosts.live import DECODE
from tests.tools import ROOT, require_tool
from tests.waiting import DEADLINE, find_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask.testing import FlaskClient

    from letter.editions.shelf import Shelf


pytestmark = pytest.mark.slow

# What a reader, a cache or a search engine goes by. ETags are each server's own.
COMPARED = (
    "access-control-allow-origin",
    "cache-control",
    "content-security-policy",
    "content-type",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
)
LETTER = """# A title

Some text.

![Us, all](us%20all.png)

Some *more* text.

<!-- signatories -->

- People in Need
"""
LONG = "\n\n".join(f"Text {number}" for number in range(101))
AR = 'msgid "A title"\nmsgstr "عنوان"\n\nmsgid "Some text."\nmsgstr "نص."\n'
OLD = "paaaaaaa"  # the address of a passage before an edit
IMAGE, PNG = "us all.png", b"\x89PNG\r\n\x1a\n"
ALEPPO = {"ar": AR, "ku": "", "ckb": "", "pt_BR": ""}
HOMS = {"ar": "", "fr": "", "pa": "", "sr_Latn": ""}

SERVERS = Path(__file__).parent / "servers"
# The configuration of each server, and the options before its path. A file of scripts/deploy, for
# people to copy, is included by it: "letters." and the same name.
CONFIGURATIONS = {
    "nginx": ("nginx.conf", ["-e", "stderr", "-c"]),
    "caddy": ("Caddyfile", ["run", "--adapter", "caddyfile", "--config"]),
    "apache2": ("apache2.conf", ["-D", "FOREGROUND", "-f"]),
}
COPY = "/ku/a-copy"  # a path below which the letter lies that was exported for the top of a host
TOP, INNER = "https://letter.example.org", "https://letter.example.org/inner"
FIRST, THIRD = "https://example.org/aleppo", "https://example.org/_a.letter"
SECOND = "https://example.org/homs"  # the letter whose place in those files _a.letter takes


@dataclass(frozen=True)
class Answer:
    """What was answered; `location` begins at the top of the letter, in both cases."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    location: str


@dataclass(frozen=True)
class Hosted:
    """A letter twice: as the app serves it, and as a host serves its export."""

    client: FlaskClient
    site: Site
    port: int
    published: list[Address]

    @cached_property
    def answers(self) -> dict[Address, Answer]:
        """What the app answers at each address, asked once for all servers and codings."""
        return {address: self.ask_app(address.path) for address in self.published}

    def ask_app(self, path: str, **headers: str) -> Answer:
        found = self.client.get(path, headers=list(name_headers(headers)))
        known = {name.lower(): value for name, value in found.headers.items()}
        return Answer(
            found.status_code, known, found.data, urljoin(path, known.get("location", ""))
        )

    def open_connection(self) -> closing[http.client.HTTPConnection]:
        return closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE))

    def ask_host(self, path: str, **headers: str) -> Answer:
        address = quote(self.site.prefix + path, "/?=&%\\;")
        with self.open_connection() as connection:
            connection.request("GET", address, headers=dict(name_headers(headers)))
            response = connection.getresponse()
            known: dict[str, str] = {}
            for name, value in response.getheaders():
                assert name.lower() not in known or name == "Vary", f"{name} is there twice"
                known[name.lower()] = ", ".join(filter(None, (known.get(name.lower()), value)))
            body = response.read()
        location = urlsplit(urljoin(address, known.get("location", "")))
        place = location._replace(scheme="", netloc="").geturl()
        return Answer(response.status, known, body, place.removeprefix(self.site.prefix))


def name_headers(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name.replace("_", "-"), value) for name, value in headers.items())


def check_same(ours: Answer, theirs: Answer, address: object) -> None:
    """Check that all is the same that has to be."""
    for name in COMPARED:
        assert theirs.headers.get(name) == ours.headers.get(name), f"{address}: {name}"
    varies = [set(re.split(", ?", answer.headers.get("vary", ""))) for answer in (ours, theirs)]
    assert varies[0] <= varies[1] <= varies[0] | {"Accept-Encoding"}, address
    body = DECODE[theirs.headers.get("content-encoding", "identity")](theirs.body)
    assert (theirs.status, body) == (ours.status, ours.body), address


class FinishedDocuments(DocumentMaker):
    """Has documents at once: what they hold doesn't matter here."""

    def add_documents(self, shelf: Shelf) -> Shelf:
        return replace(shelf, documents={"ar": {"letter.pdf": b"%PDF-2.0", "card.png": PNG}})


def make_site(address: str) -> Site:
    return Site(address, hsts="31536000" if "letter.example" in address else "")


def find_export(site: Site) -> str:
    """Find the place of a letter below the folders that a host reads."""
    return ("www" if site.base_url.startswith("https://example.org") else "top") + site.prefix


def read_letter(folder: Path, site: Site) -> tuple[Library, FinishedDocuments]:
    source = folder / "letters" / find_export(site)
    return Library(source / "letter.md", source / "locales"), FinishedDocuments(site, ())


def export_letter(
    folder: Path, address: str, entries: Mapping[str, str], text: str = LETTER
) -> None:
    """Write a letter and its catalogues, and export it below the folder that its host reads."""
    site = make_site(address)
    source = folder / "letters" / find_export(site)
    source.mkdir(parents=True)
    copy = write_copy(source, text, **entries)
    (source / IMAGE).write_bytes(PNG)
    passage = make_anchor(text.split("\n\n")[1])
    (copy.locales / "moved.csv").write_text(f"old,new,date\n{OLD},{passage},2026-11-26\n", "utf-8")
    library, maker = read_letter(folder, site)
    shelf = maker.add_documents(library.read_shelf())
    export_site(shelf, site, source, folder / find_export(site))


def open_export(folder: Path, address: str, port: int) -> Hosted:
    """Read a letter that was exported, for the app to answer beside its host."""
    site = make_site(address)
    library, maker = read_letter(folder, site)
    client = make_app(library, site, maker).test_client(use_cookies=False)
    published = list(list_published(maker.add_documents(library.read_shelf()), site))
    return Hosted(client, site, port, published)


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four letters, exported once a run: by the worker that is the first to need them."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent  # of the folders of all workers
    folder = place / "exports"
    with (place / "exports.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not folder.exists():
            draft = tmp_path_factory.mktemp("exports")
            export_letter(draft, TOP, ALEPPO)
            export_letter(draft, INNER, HOMS)
            export_letter(draft, FIRST, HOMS, LONG)
            export_letter(draft, THIRD, ALEPPO)
            ignored = shutil.ignore_patterns("inner")
            shutil.copytree(draft / "top", draft / f"www{COPY}", ignore=ignored)
            draft.rename(folder)
    return folder


@pytest.fixture(scope="session")
def exported(exports: Path) -> Iterator[tuple[Path, dict[str, Hosted]]]:
    """Four letters: at the top of a host and below it, and two below paths of another host.

    The first lies a second time on the other host, copied to where no rules know of it.

    All may enter their folder, since servers don't read as root; pytest's folders are private.
    """
    with TemporaryDirectory() as name:
        folder, top, below = Path(name), find_port(), find_port()
        shutil.copytree(exports, folder, dirs_exist_ok=True)
        folder.chmod(0o755)
        found = {
            "top": open_export(folder, TOP, top),
            "inner": open_export(folder, INNER, top),
            "aleppo": open_export(folder, FIRST, below),
            "_a.letter": open_export(folder, THIRD, below),
        }
        yield folder, found


@pytest.fixture(scope="module", params=[*CONFIGURATIONS])
def letters(
    request: pytest.FixtureRequest, exported: tuple[Path, dict[str, Hosted]]
) -> Iterator[dict[str, Hosted]]:
    """The letters on a server, which is stopped before the next one starts."""
    program, (name, options) = require_tool(request.param), CONFIGURATIONS[request.param]
    folder, found = exported
    ports = {letter: found[letter].port for letter in ("top", "aleppo")}
    text = (SERVERS / name).read_text(encoding="utf-8")
    names = {f"name of {letter}": name_rules(found[letter].site) for letter in ("top", "inner")}
    for key, value in {"folder": folder, **ports, **names}.items():
        text = text.replace(f"@{key}@", str(value))
    (folder / name).write_text(text, encoding="utf-8")
    (folder / f"letters.{name}").write_text(fill_copy(f"letters.{name}", folder, found), "utf-8")
    environ = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    log = folder / "host.log"
    with log.open("wb") as out:
        process = subprocess.Popen([program, *options, folder / name], env=environ, stderr=out)
    try:
        wait_for(lambda: process.poll() or all(map(is_open, ports.values())), "it doesn't listen")
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert "[warn]" not in log.read_text(encoding="utf-8")
        yield found
    finally:
        process.terminate()
        process.wait(30)


def fill_copy(name: str, folder: Path, found: Mapping[str, Hosted]) -> str:
    """Fill in a file that people copy as they would: with their folder, port and letters."""
    text = (ROOT / "scripts" / "deploy" / name).read_text(encoding="utf-8")
    port, second = found["aleppo"].port, found["_a.letter"].site
    replaced = {
        "/srv/www": f"{folder}/www",
        "listen 80": f"listen 127.0.0.1:{port}",
        "*:80": f"*:{port}",
        "\nexample.org {": f"\nhttp://127.0.0.1:{port} {{",
        name_rules(Site(SECOND)): name_rules(second),
        "/homs/": f"{second.prefix}/",
    }
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(params=["top", "_a.letter"])
def hosted(request: pytest.FixtureRequest, letters: dict[str, Hosted]) -> Hosted:
    return letters[request.param]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br ; q=0, gzip;q=0.5", "gzip"),
    ],
)
def test_every_address_is_answered_as_by_the_app(
    hosted: Hosted, accepted: str, coding: str | None
) -> None:
    for address, ours in hosted.answers.items():
        theirs = hosted.ask_host(address.path, accept_encoding=accepted)
        check_same(ours, theirs, address)
        is_packed = address.name.endswith((".epub", ".pdf", ".png"))
        assert theirs.headers.get("content-encoding") == (None if is_packed else coding), address
        languages = ours.headers.get("content-language", "").split(", ")
        known = theirs.headers.get("content-language", "").split(", ")
        assert known[0] == languages[0], "the folder's language comes first"
        assert set(known) <= set(languages)
        assert address.kind is not Kind.PAIR or known == [address.tag, address.name]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br;q=0.5", "br"),
        ("br; q=0.001, gzip;q=0", "br"),
        ("gzip, br;q=0.000", "gzip"),
        ("gzip ;q=0.0,br ;q=0", None),
        ("gzip; q=0", None),
    ],
)
def test_a_coding_is_sent_only_to_readers_who_take_it(
    hosted: Hosted, accepted: str, coding: str | None
) -> None:
    answer = hosted.ask_host("/ar/", accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_picture_of_the_letter_is_there(hosted: Hosted) -> None:
    answer = hosted.ask_host(f"/media/{IMAGE}", accept_encoding="gzip, br")
    assert (answer.status, answer.headers["content-type"], answer.body) == (200, "image/png", PNG)
    assert "max-age=300" in answer.headers["cache-control"]


def test_what_is_known_already_is_not_sent_again(hosted: Hosted) -> None:
    for accepted in ("br", ""):
        etag = hosted.ask_host("/ar/", accept_encoding=accepted).headers["etag"]
        again = hosted.ask_host("/ar/", accept_encoding=accepted, if_none_match=etag)
        assert (again.status, again.body) == (304, b"")
        assert "max-age=300" in again.headers["cache-control"]


@pytest.mark.parametrize(
    ("header", "cookie", "wanted"),
    [
        ("", "", "en"),
        ("kmr-TR,kmr;q=0.9", "", "ku"),
        ("ku-Arab-IQ,ku;q=0.9,ar;q=0.8", "", "ckb"),
        ("ku_IQ", "", "ckb"),
        ("apc-SY,en;q=0.5", "", "ar"),
        ("tr-TR, tr;q=0.9, AR-sy ;q=0.8, ku", "", "ar"),
        ("arx, kum, xx-ar, enm", "", "en"),
        ("*, ku", "language=xx", "ku"),
        ("ar", "language=ckb", "ckb"),
        ("ar", "a=b; language=KMR", "ku"),
        ("ar", "xlanguage=ku", "ar"),
        ("ar", "language=; x=ku", "ar"),
    ],
)
def test_the_top_leads_to_the_choice_or_the_first_language_that_there_is(
    hosted: Hosted, header: str, cookie: str, wanted: str
) -> None:
    cookie = cookie.replace("language", name_cookie(hosted.site.prefix))
    answer = hosted.ask_host("/", accept_language=header, cookie=cookie)
    assert (answer.status, answer.location) == (302, f"/{wanted}/")
    varies = set(re.split(", ?", answer.headers["vary"]))
    assert varies - {"Accept-Encoding"} == {"Accept-Language", "Cookie"}
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("pa-PK,fr;q=0.9", "fr"),
        ("pa-Arab-IN, xx, pa_PK, ar", "ar"),
        ("pa-PK", "en"),
        *((header, "pa") for header in ("pa", "pa-IN,ar", "pa-PK,pa", "PA_guru_pk", "pa-419")),
        *((header, "sr-Latn") for header in ("sr-RS,fr;q=0.9", "sr-Cyrl-BA", "sh")),
        ("fr-Arab,ar", "ar"),
    ],
)
def test_nobody_is_led_to_letters_that_he_does_not_read(
    letters: dict[str, Hosted], header: str, wanted: str
) -> None:
    hosted = letters["aleppo"]
    for answer in (hosted.ask_app, hosted.ask_host):
        assert answer("/", accept_language=header).location == f"/{wanted}/"


def test_an_address_leads_to_no_other_letters(letters: dict[str, Hosted]) -> None:
    hosted = letters["aleppo"]
    for answer in (hosted.ask_app, hosted.ask_host):
        for path in ("/pa-in/", "/PAN/", "/pa-Guru-PK"):
            assert (answer(path).status, answer(path).location) == (301, "/pa/"), path
        for path in ("/pa-pk/", "/pa-Arab/", "/fr-Arab"):
            found = answer(path, accept_language="ar")
            assert (found.status, found.headers["content-language"]) == (404, "ar"), path


def test_a_choice_is_kept_below_the_letters_own_path(hosted: Hosted) -> None:
    for query in ("?choose", "?a=b&choose=&c=d"):
        answer = hosted.ask_host(f"/ckb/{query}", accept_language="ar", cookie="language=ku")
        ours = hosted.ask_app("/ckb/?choose").headers["set-cookie"]
        assert (answer.status, answer.location) == (302, "/ckb/")
        assert answer.headers["set-cookie"] == ours
        assert f"Path={hosted.site.prefix}/;" in ours
        assert ours.endswith("; Secure")
        assert answer.headers["cache-control"] == "private, no-store"
    passage = next(each.path for each in hosted.published if each.kind is Kind.PASSAGE)
    asks = (hosted.ask_app, hosted.ask_host)
    answers = [answer(f"{passage}?choose") for answer in asks]
    assert {(each.status, each.location) for each in answers} == {(302, passage)}
    assert answers[0].headers["set-cookie"] == answers[1].headers["set-cookie"]
    for other in ("/ckb/", "/ckb/?chooses", "/ckb/?a=choose", "/ckb/letter.txt?choose"):
        answer = hosted.ask_host(other)
        assert (answer.status, answer.headers.get("set-cookie")) == (200, None), other


def test_no_address_leads_to_another_host(hosted: Hosted) -> None:
    """Whatever servers make of slashes: browsers take // and /\\ for the beginning of a host."""
    passage = next(each.path for each in hosted.published if each.kind is Kind.PASSAGE)
    name = make_anchor("People in Need")
    pages = ("/ar/", "/ar", "/AR/", "/kmr", passage, passage[:-1], f"/ar/{name}/", "/", "")
    starts = [
        "/",
        "//evil.invalid%2f..",
        "//evil.invalid/..",
        "/%5Cevil.invalid%2f..",
        "/\\evil.invalid/..",
        "//evil.invalid%2f..%2f..",
        "/%2fevil.invalid%2f..",
        "/%09/..",
    ]
    below = hosted.site.prefix
    for start in starts:
        for page in pages:
            for query in ("?choose", ""):
                check_stays(hosted, start + below + page + query)
                check_stays(hosted, f"{start}{below}{page.replace('/', '%2f')}{query}")


@pytest.mark.parametrize("path", ["/ku", "/KU/", "/kmr", "/ku/{passage}"])
def test_a_choice_is_kept_at_each_form_of_an_address(hosted: Hosted, path: str) -> None:
    """No cache may keep any step of the way: the choice would be lost there."""
    passage = next(each.name for each in hosted.published if each.kind is Kind.PASSAGE)
    here = path.format(passage=passage) + "?choose"
    is_caddy = hosted.ask_host(here).headers["server"] == "Caddy"
    for ask in (hosted.ask_app, hosted.ask_host):
        address, kept = here, ""
        while "?" in address:
            answer = ask(address, accept_language="ar")
            assert answer.status in (301, 302), (here, address)
            kept = answer.headers.get("set-cookie", "")
            address = answer.location
            assert answer.headers["cache-control"] == "private, no-store", here
        is_lost = is_caddy and ask == hosted.ask_host and path in ("/KU/", "/kmr")  # by design
        assert kept.startswith(f"{name_cookie(hosted.site.prefix)}=ku;") != is_lost, here
        assert unquote(address) == ("/ku/" if "{" not in path else f"/ku/{passage}/")


def check_stays(hosted: Hosted, address: str) -> None:
    """Check that a raw address of a host leads to the same host, and chooses as it leads."""
    with hosted.open_connection() as connection:
        connection.putrequest("GET", address)
        connection.endheaders()
        response = connection.getresponse()
        response.read()
    location = response.getheader("location", "/")
    there = urljoin("http://here.invalid/", location.replace("\\", "/"))
    assert urlsplit(there).netloc in ("here.invalid", f"127.0.0.1:{hosted.port}"), address
    assert not re.match(r"[/\\\s]{2}", location), address
    if cookie := response.getheader("set-cookie"):
        tag = urlsplit(there).path.removeprefix(hosted.site.prefix).split("/")[1]
        assert cookie.partition(";")[0] == f"{name_cookie(hosted.site.prefix)}={tag}", address


def test_two_letters_on_one_host_each_have_their_own_languages(letters: dict[str, Hosted]) -> None:
    for name, tag in {"aleppo": "fr", "_a.letter": "ku"}.items():
        hosted = letters[name]
        assert hosted.ask_host("").location == "/", "an address without its last slash"
        # What a browser has of the letter at the top of the host, and of another one.
        cookie = f"a=b; language=ar; {name_cookie('/other')}=ar"
        for ask in (hosted.ask_app, hosted.ask_host):
            assert ask("/", accept_language="fr, ku", cookie=cookie).location == f"/{tag}/"
            own = f"{cookie}; {name_cookie(hosted.site.prefix)}=en"
            assert ask("/", accept_language="fr, ku", cookie=own).location == "/en/"
        missing = hosted.ask_host("/nowhere", accept_language="fr, ku")
        assert missing.headers["content-language"] == tag
        check_same(hosted.ask_app(f"/{tag}/"), hosted.ask_host(f"/{tag}/"), name)
    assert letters["aleppo"].ask_host("/ku/").status == 404


def test_a_letter_below_another_letter_keeps_a_choice_of_its_own(
    letters: dict[str, Hosted],
) -> None:
    """Browsers send the choice of the letter at the top below it, too (RFC 6265 §5.4)."""
    outer, inner = letters["top"], letters["inner"]
    other, own = (
        hosted.ask_host(f"/{tag}/?choose").headers["set-cookie"].partition(";")[0]
        for hosted, tag in ((outer, "ar"), (inner, "fr"))
    )
    for cookie in (f"{own}; {other}", f"{other}; {own}"):
        assert outer.ask_host("/", accept_language="ku", cookie=cookie).location == "/ar/"
        assert inner.ask_host("/", accept_language="pa", cookie=cookie).location == "/fr/"
    assert inner.ask_host("/", accept_language="pa", cookie=other).location == "/pa/"
    for tag in ("fr", "ar"):
        check_same(inner.ask_app(f"/{tag}/"), inner.ask_host(f"/{tag}/"), tag)
        assert inner.ask_host(f"/{tag}/with/en/").headers["content-language"] == f"{tag}, en"
    assert inner.ask_host("/ku/nowhere", accept_language="fr").headers["content-language"] == "fr"


def crawl(hosted: Hosted, *start: str) -> set[str]:
    """Follow all links, and see that each leads to a file, and to a place that its page has."""
    found: dict[str, str] = {}
    waiting = [*start]
    while waiting:
        path = waiting.pop()
        answer = hosted.ask_host(path)
        assert answer.status == 200, path
        is_page = path.endswith(("/", ".html"))
        found[path] = answer.body.decode() if is_page else ""
        links = re.findall(r'<(?:a|img|link)\b[^>]*? (?:href|src)="([^"]+)', found[path])
        for link in map(html.unescape, links):
            there, _, place = unquote(urljoin(path, link)).removesuffix("?choose").partition("#")
            if not urlsplit(there).scheme and there not in (*found, *waiting):
                waiting.append(there)
            assert not place or there != path or f'id="{place}"' in found[path], link
    return {*found}


@pytest.mark.parametrize(
    ("letters", "place"),
    [
        # Files alone, and copies with rules.
        ("nginx", "example.org" + COPY),
        ("apache2", "example.org" + COPY),
        ("apache2", "letter.example.org/an/alias"),
    ],
    indirect=["letters"],
)
def test_a_copy_below_any_path_is_whole(letters: dict[str, Hosted], place: str) -> None:
    """Each link, picture and document is there, with rules or without any."""
    exported = letters["aleppo" if COPY in place else "top"]
    copy = replace(exported, site=Site(f"https://{place}"), published=letters["top"].published)
    listed = [address.path for address in copy.published]
    assert f"/media/{IMAGE}" in crawl(copy, "/index.html", *listed)
    if copy.ask_host("/ar/").headers["server"].startswith("Apache"):
        check_rules(letters["top"], copy)


def check_rules(original: Hosted, copy: Hosted) -> None:
    """Check that the rules answer in a copy as they do where the letter was exported for."""
    for path in ("/", "/kmr/", "/AR", "/ku/?choose", f"/ckb/{make_anchor('People in Need')}/"):
        ours = original.ask_host(path, accept_language="ckb")
        theirs = copy.ask_host(path, accept_language="ckb")
        assert (theirs.status, theirs.location) == (ours.status, ours.location), path
    kept = copy.ask_host("/ku/?choose").headers["set-cookie"]
    assert f"Path={copy.site.prefix}/;" in kept
    chosen = copy.ask_host("/", accept_language="ar", cookie=kept.partition(";")[0])
    assert chosen.location == "/ku/"
    for path in (*(address.path for address in original.published), "/nowhere", "/kmr/no/where"):
        ours = original.ask_host(path, accept_language="ar", accept_encoding="br")
        theirs = copy.ask_host(path, accept_language="ar", accept_encoding="br")
        assert (theirs.status, theirs.body) == (ours.status, ours.body), path
        for name in (*COMPARED, "content-language", "content-encoding", "vary"):
            assert theirs.headers.get(name) == ours.headers.get(name), (path, name)


def test_what_has_no_page_leads_to_its_place_on_the_editions_page(
    letters: dict[str, Hosted],
) -> None:
    name = make_anchor("People in Need")
    places = {"_a.letter": {f"/ckb/{name}": "/ckb/#signatories-ckb"}}
    places["top"] = places["_a.letter"] | {f"/pt-BR/{name}": "/pt-BR/#signatories-pt-BR"}
    text = make_anchor("Text 7")
    places["aleppo"] = {f"/{tag}/{text}": f"/{tag}/#{text}" for tag in ("ar", "fr", "en")}
    places["aleppo"]["/ar/pnowhere"] = "/ar/#pnowhere"
    for letter, wanted in places.items():
        for path, place in wanted.items():
            for address in (path, path + "/"):
                theirs, ours = letters[letter].ask_host(address), letters[letter].ask_app(address)
                assert (theirs.status, theirs.location) == (301, place), address
                assert (ours.status, ours.location) == (301, place), address
    for path in ("/ar/pnowhere/", "/ar/letter.txt/", f"/ar/{name}x/"):
        assert letters["top"].ask_host(path).status == 404, path


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/AR/", "/ar/"),
        ("/ar", "/ar/"),
        ("/kmr/", "/ku/"),
        ("/ku-arab/", "/ckb/"),
        ("/ku_Arab_IQ", "/ckb/"),
        ("/PT-br/", "/pt-BR/"),
        ("/en-GB-oxendict/", "/en/"),
        ("/ar/with/ku", "/ar/with/ku/"),
    ],
)
def test_other_names_of_a_page_lead_to_it(hosted: Hosted, address: str, wanted: str) -> None:
    answer = hosted.ask_host(address, accept_language="ckb")
    assert (answer.status in (301, 308), answer.location) == (True, wanted)
    assert hosted.ask_app(address).location == wanted


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/nowhere/",
        "/ar/nowhere",
        "/kmr/nowhere",
        "/ar/letter.txt/",
        "/ar/LETTER.txt",
        "/favicon.ico",
        "/media/",
        "/media/other.png",
        "/_headers",
        "/.letter-export",
        "/.hosts/Caddyfile",
        "/.htaccess",
        "/a|b/",
        "/$uri/",
    ],
)
def test_a_wrong_address_is_told_in_the_readers_language(hosted: Hosted, address: str) -> None:
    own = f"{name_cookie(hosted.site.prefix)}=ku"
    for cookie, language in (("", "ckb,ar"), (own, "ar"), ("", "")):
        ours = hosted.ask_app(address, accept_language=language, cookie=cookie)
        theirs = hosted.ask_host(
            address, accept_language=language, cookie=cookie, accept_encoding="br"
        )
        if address == "/.htaccess" and theirs.status == 403:
            continue  # Apache's own answer
        links = f'href="{hosted.site.join("/")}'.encode(), f'href="{hosted.site.prefix}/'.encode()
        assert theirs.headers["content-encoding"] == "br", address
        page = DECODE["br"](theirs.body).replace(*links)
        plain = {k: v for k, v in theirs.headers.items() if k != "content-encoding"}
        check_same(ours, replace(theirs, headers=plain, body=page), address)
        assert theirs.headers["content-language"] == ours.headers["content-language"]
        assert "Accept-Encoding" in theirs.headers["vary"]
