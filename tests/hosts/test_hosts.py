"""An export under real web servers, with the rules it has for them: they answer as the app does."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import subprocess
import time
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import unquote

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import make_app
from letter.editions.library import Library
from letter.export.site import export_site
from letter.formats.site import Site
from letter.serving.prepared import Front
from letter.serving.publications import list_published
from tests.serving.test_negotiation import HEADERS
from tests.serving.test_prepared import ask
from tests.tools import require_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

# What a reader, a cache or a search engine goes by. ETags are each server's own.
COMPARED = (
    "access-control-allow-origin",
    "allow",
    "cache-control",
    "content-encoding",
    "content-language",
    "content-security-policy",
    "location",
    "referrer-policy",
    "set-cookie",
    "vary",
    "x-content-type-options",
    "x-frame-options",
)
LETTER = """# A title

Some text.

![Us, all](us%20all.png)

![Far](a-long-name-of-a-picture-that-was-taken-from-afar-in-april-2016.png)

Some *more* text.
"""
AR = 'msgid "A title"\nmsgstr "عنوان"\n\nmsgid "Some text."\nmsgstr "نص."\n'
IMAGES = (
    "us all.png",
    "a-long-name-of-a-picture-that-was-taken-from-afar-in-april-2016.png",
)
PNG = b"\x89PNG\r\n\x1a\n"

NGINX = """{user}daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {export}/.hosts/nginx-maps.conf;
    server {{
        listen 127.0.0.1:{port};
        root {export};
        include {export}/.hosts/nginx-answers.conf;
    }}
}}
"""

CADDY = """{{
	admin off
	auto_https off
}}
import {export}/.hosts/Caddyfile
http://127.0.0.1:{port} {{
	root * {export}
	import letter
}}
"""

Answer = tuple[str, dict[str, str], bytes]


@dataclass(frozen=True)
class Hosted:
    """A letter twice: as the app serves it, and as a host serves its export."""

    front: Front
    site: Site
    port: int
    addresses: list[str]

    def ask_both(self, address: str, method: str = "GET", **headers: str) -> tuple[Answer, Answer]:
        path, _, query = address.partition("?")
        ours = ask(self.front, unquote(path, "latin-1"), query, method=method, **headers)
        return ours, self.ask_host(self.site.prefix + address, method, **headers)

    def ask_host(self, address: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            fields = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, address.replace(" ", "%20"), headers=fields)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return str(response.status), found, response.read()
        finally:
            connection.close()


def decode(answer: Answer) -> bytes:
    _, headers, body = answer
    coding = headers.get("content-encoding", "identity") if body else "identity"
    if coding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if coding == "gzip" else body


def outline(answer: Answer) -> dict[str, object]:
    """What has to be the same; redirects have bodies that nobody reads."""
    status, headers, _ = answer
    code = status.partition(" ")[0]
    found: dict[str, object] = {name: headers.get(name) for name in COMPARED}
    found["status"] = code
    if not code.startswith("3"):
        found["body"] = decode(answer)
        found["content-type"] = headers.get("content-type")
    return found


def start_nginx(folder: Path, export: Path, port: int) -> list[str]:
    user = "" if os.geteuid() else "user root;\n"  # who else can't read pytest's folders
    configuration = NGINX.format(user=user, folder=folder, export=export, port=port)
    (folder / "nginx.conf").write_text(configuration, encoding="utf-8")
    return [require_tool("nginx"), "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def start_caddy(folder: Path, export: Path, port: int) -> list[str]:
    configuration = CADDY.format(export=export, port=port)
    (folder / "Caddyfile").write_text(configuration, encoding="utf-8")
    return [require_tool("caddy"), "run", "--config", str(folder / "Caddyfile")]


HOSTS: dict[str, Callable[[Path, Path, int], list[str]]] = {
    "nginx": start_nginx,
    "caddy": start_caddy,
}


@pytest.fixture(scope="module", params=[*HOSTS, "nginx below", "caddy below"])
def hosted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    host, _, below = request.param.partition(" ")
    require_tool(host)
    folder = tmp_path_factory.mktemp("host")
    (folder / "letter.md").write_text(LETTER, encoding="utf-8")
    for name in IMAGES:
        (folder / name).write_bytes(PNG)
    for tag, entries in {"ar": AR, "ku": "", "ckb": "", "pt_BR": ""}.items():
        po = folder / "locales" / tag / "LC_MESSAGES" / "letter.po"
        po.parent.mkdir(parents=True)
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        po.write_text(header + entries, encoding="utf-8")
    library = Library(folder / "letter.md", folder / "locales")
    site = Site("https://letter.example.org" + ("/a.letter" if below else ""))
    shelf = library.read_shelf()
    export_site(shelf, site, folder, folder / "export")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    process = subprocess.Popen(HOSTS[host](folder, folder / "export", port), env=environ)
    try:
        wait_for_port(port, process)
        addresses = [f"{p}?{q}" if q else p for p, q in list_published(shelf, site)]
        front = Front(library, site, partial(make_app, library, site))
        yield Hosted(front, site, port, [*addresses, *(f"/media/{name}" for name in IMAGES)])
    finally:
        process.terminate()
        process.wait(30)


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server didn't start: what it printed is above"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server doesn't listen")


@pytest.mark.parametrize(
    "accepted", ["", "gzip", "br", "gzip, deflate, br, zstd", "br;q=0, gzip", "*;q=0,br"]
)
def test_every_address_is_answered_as_by_the_app(hosted: Hosted, accepted: str) -> None:
    for address in hosted.addresses:
        ours, theirs = hosted.ask_both(address, accept_encoding=accepted)
        assert outline(theirs) == outline(ours), address
        assert theirs[1].get("content-length", str(len(theirs[2]))) == str(len(theirs[2]))


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip;q=0, br;q=0, *", None),
        ("br;q=0, *", "gzip"),
        ("*;q=0, gzip;q=0.1", "gzip"),
        ("*", "br"),
        ("BR", "br"),
        ("xbr, gzipped", None),
        ("br ; q=0.0 , gzip", "gzip"),
    ],
)
def test_the_smallest_accepted_coding_is_sent(
    hosted: Hosted, accepted: str, coding: str | None
) -> None:
    for answer in hosted.ask_both("/ar/", accept_encoding=accepted):
        assert answer[1].get("content-encoding") == coding


@pytest.mark.parametrize("accepted", ["gzip", ""])
def test_what_is_known_already_is_not_sent_again(hosted: Hosted, accepted: str) -> None:
    etag = hosted.ask_host(f"{hosted.site.prefix}/ar/", accept_encoding=accepted)[1]["etag"]
    again = hosted.ask_host(
        f"{hosted.site.prefix}/ar/", accept_encoding=accepted, if_none_match=etag
    )
    assert (again[0], again[2]) == ("304", b"")
    for known in ("content-security-policy", "content-language"):
        again[1].pop(known, None)  # which a cache has already, and we leave out
    ours = hosted.ask_both("/ar/", accept_encoding=accepted, if_none_match="*")[0]
    assert outline(again) == outline(ours)


ADDRESSES = [
    "/",
    "/?utm_source=x",
    "/ar/?fbclid=IwAR0&with=ckb",
    "/ar/?with=&with=ku",
    "/ar/%0a",
    "/letter.txt%0a",
    "/AR",
    "/AR/",
    "/ar",
    "/kmr/",
    "/ku-arab/",
    "/ku_Arab_IQ",
    "/pt/",
    "/pt-PT",
    "/PT-br/",
    "/en-GB-oxendict/",
    "/kmr/?choose",
    "/ar?with=ku",
    "/ar/?choose",
    "/ar/?choose=",
    "/ar/?a=b&choose",
    "/ar/?chooses",
    "/ar/?utm_source=x",
    "/ar/?with",
    "/ar/?with=",
    "/ar/?with=ar",
    "/ar/?with=AR",
    "/ar/?with=kmr",
    "/ar/?with=ku-Arab",
    "/ar/?with=xx",
    "/ar/?with=ku&x=1",
    "/ar/?x=1&with=ku",
    "/ar/?with=ku&choose",
    "/ar/?with=ku&with=ckb",
    "/ar/?with=pt-BR",
    "/ar/letter.txt?x=1",
    "/letter.html?with=ku",
    "/kmr/letter.txt",
    "/AR/letter.txt",
    "/ar/LETTER.txt",
    "/ar/letter.txt/",
    "/ar/nowhere",
    "/kmr/nowhere",
    "/nowhere",
    "/nowhere/",
    "/favicon.ico",
    "/index.html",
    "/ar/index.html",
    "/ar/index.html.gz",
    "/ar/letter.txt.br",
    "/ar/with/ku/",
    "/ar/with/ku",
    "/404.html",
    "/ar/404.html",
    "/_headers",
    "/.letter-export",
    "/.hosts/nginx-maps.conf",
    "/media/",
    "/media/us",
    "/media/US all.png",
    "/media/other.png",
    "/%61r/",
    "/%ff/",
    "/ar%0a/",
    "/a|b/",
    "/ar /",
    "/$letter_file/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_aliases_queries_and_wrong_addresses(hosted: Hosted, address: str) -> None:
    for method, language in (("GET", "en"), ("GET", "ckb,ar;q=0.5"), ("HEAD", "tr")):
        ours, theirs = hosted.ask_both(
            address, method, accept_language=language, accept_encoding="br"
        )
        assert outline(theirs) == outline(ours)


def test_the_address_of_a_passage_without_its_slash(hosted: Hosted) -> None:
    passages = [a for a in hosted.addresses if a.count("/") == 3]
    for address in passages:
        ours, theirs = hosted.ask_both(address[:-1])
        assert outline(theirs) == outline(ours)
        assert theirs[1]["location"] == f"{hosted.site.prefix}{address}"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("address", ["/", "/ar/", "/kmr/", "/ar/?choose", "/nowhere"])
def test_only_reading_is_allowed(hosted: Hosted, method: str, address: str) -> None:
    ours, theirs = hosted.ask_both(address, method)
    assert ours[0].startswith("405")
    assert outline(theirs) == outline(ours)


@pytest.mark.parametrize(
    "cookie",
    [
        "language=ckb",
        "a=b; language=ku",
        "language=xx",
        "language=",
        "xlanguage=ku",
        'language="ku"',
        "language=KMR; language=ar",
    ],
)
def test_an_earlier_choice_comes_first(hosted: Hosted, cookie: str) -> None:
    for address in ("/", "/nowhere"):
        ours, theirs = hosted.ask_both(address, cookie=cookie, accept_language="ar")
        assert outline(theirs) == outline(ours)


weights = st.integers(0, 999).map("0.{:03}".format) | st.from_regex(
    r"0|1|0\.[0-9]{1,4}|1\.0{0,3}|0\.|\.5|2", fullmatch=True
)
RANGES = """ar ar-SY apc arb-EG ku kmr ku-Arab ku_arab_iq KU-IQ ku-Latn-IQ ckb sdh en en-GB eng
            pt pt-BR pt-PT pt-AO por tr de * *-SY zh x ar-"""
ranges = st.sampled_from(RANGES.split())
items = (
    st.tuples(ranges, st.sampled_from([";q=", " ; Q=", ";q=", ";", ";q ="]), weights).map("".join)
    | ranges
)
accept_languages = st.lists(items, max_size=12).flatmap(
    lambda found: st.sampled_from([",", ", ", " ,\t"]).map(lambda separator: separator.join(found))
)


@settings(max_examples=150)
@given(header=accept_languages | HEADERS.map("".join))
def test_every_accept_language_leads_to_the_same_edition(hosted: Hosted, header: str) -> None:
    if not header.isascii() or not header.replace("\t", "").isprintable():
        return
    ours, theirs = hosted.ask_both("/", accept_language=header)
    assert theirs[1]["location"] == ours[1]["location"]


def test_weights_are_compared_digit_by_digit(hosted: Hosted) -> None:
    digits = [*"0123456789", "05", "50", "54", "55", "555", "556", "5559", "001", "0009", "989"]
    for first, second in product(digits, repeat=2):
        ours, theirs = hosted.ask_both("/", accept_language=f"ar;q=0.{first},ku;q=0.{second}")
        assert theirs[1]["location"] == ours[1]["location"], (first, second)


@pytest.mark.parametrize(
    "header",
    [
        "ku;q=0.5," + "xx," * 400 + "ar",
        "xx," * 332 + "ar" + "-a" * 40,
        "a" * 3000,
        ",".join(f"ar;q=0.{n:03}" for n in range(100)),
        ",".join(["ar;q=0.5"] * 100 + ["ku;q=0.501"]),
        "ar;q=0," * 140 + "en;q=0,ku",
        ", " * 500,
        "ar" + "-a" * 400,
        ";q=0." * 190,
    ],
)
def test_long_headers_are_read_alike(hosted: Hosted, header: str) -> None:
    ours, theirs = hosted.ask_both("/", accept_language=header)
    assert theirs[1]["location"] == ours[1]["location"]
