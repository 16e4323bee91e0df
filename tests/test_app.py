"""What a reader gets from the app, whatever the files and the request are like."""

import mimetypes
import re
import shutil
import string
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, create_environ, run_wsgi_app

from app import create_app, make_app
from letter.editions.library import Library
from letter.formats.site import Site, SiteError
from letter.source.letter import read_letter
from letter.source.letter_faults import LetterError
from letter.source.template import make_interface_template
from tests.conftest import TAGS, Copy, WriteSite
from tests.hosts.live import DECODE
from tests.tools import ROOT


def words_of(html: str) -> str:
    """The text of a page as a reader sees it, on one line."""
    body = html[html.index("<body>") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


def get_page(copy: Copy, tag: str) -> str:
    """A page without the addresses of its passages, which have tests of their own."""
    page = copy.client().get(f"/{tag}/").text
    page = re.sub(r' ?<a class="at"[^>]*>\d+</a>\n?', "", page)
    return re.sub(r' id="p[a-z2-7]{7}"', "", page)


def test_every_sentence_of_the_letter_is_on_the_english_page(copy: Copy) -> None:
    page = words_of(get_page(copy, "en"))
    for message in read_letter(copy.letter).messages:
        assert message.msgid in page


def test_each_page_says_its_language_and_direction(copy: Copy) -> None:
    for tag, direction in (("en", "ltr"), ("ar", "rtl"), ("ku", "ltr"), ("ckb", "rtl")):
        response = copy.client().get(f"/{tag}/")
        assert f'<html lang="{tag}" dir="{direction}">' in response.text
        assert response.headers["Content-Language"] == tag


@pytest.mark.parametrize("tag", ["ar", "ckb", "ku"])
def test_the_drafts_are_complete_and_say_that_they_are_drafts(copy: Copy, tag: str) -> None:
    health = copy.client().get("/healthz").get_json()
    assert health["editions"][tag] == {"passages": 5, "finished": 5, "problem": None}
    page = get_page(copy, tag)
    assert page.count('role="note"') == 1
    assert "<small" not in page
    interface = words_of(page).split("“")[0].split("«")[0]
    assert "This translation is a draft" not in interface


def test_the_draft_notice_is_shown_because_the_file_says_so(copy: Copy) -> None:
    notice = "Ev werger reşnivîs e"
    assert notice in get_page(copy, "ku")
    copy.edit("ku", '"X-Letter-Status: draft\\n"\n', "")
    assert notice not in get_page(copy, "ku")


def test_the_switcher_offers_every_edition_in_its_own_name(copy: Copy) -> None:
    page = get_page(copy, "ku")
    links = re.findall(r'<a href="(?:\.\./(\w+)|\.)/\?choose"([^>]*)>([^<]*)<', page)
    links = [(tag or "ku", attributes, name) for tag, attributes, name in links]  # "./" is itself
    assert [(tag, name) for tag, _, name in links] == [
        ("en", "English"),
        ("ar", "العربية"),
        ("ckb", "کوردی (سۆرانی)"),
        ("ku", "Kurdî (Kurmancî)"),
    ]
    for tag, attributes, _ in links:
        assert f'lang="{tag}"' in attributes
        assert f'hreflang="{tag}"' in attributes
        assert 'rel="alternate"' in attributes
        assert ('aria-current="page"' in attributes) == (tag == "ku")
    assert '<span class="hidden" lang="en" dir="ltr">, Arabic</span>' in page


OWN = "in the letter’s own language, English."
ONE = 'msgid "One"\nmsgstr "واحد"\n\n'
ENGLISH = '<p lang="en" dir="ltr">One</p>'
WHY = ENGLISH + '<small class="why"><span lang="en" dir="ltr">'


@pytest.mark.parametrize(
    ("entry", "html"),
    [
        (ONE, "<p>واحد</p>"),
        ("", WHY + "Not translated yet"),
        ('msgid "One"\nmsgstr "  "\n', WHY + "Not translated yet"),
        ('msgid "One"\nmsgstr "\u200b\u200f"\n', WHY + "Not translated yet"),
        ('#~ msgid "One"\n#~ msgstr "واحد"\n', WHY + "Not translated yet"),
        ("#, fuzzy\n" + ONE, WHY + "The translation isn’t finished yet"),
        ('#, fuzzy\n#| msgid "Once"\n' + ONE, WHY + "Changed in the letter"),
        ('msgid "One"\nmsgstr "One"\n', ENGLISH + "</article>"),
        ('msgid "One"\nmsgstr "<b>واحد</b>"\n', WHY + "Withheld"),
        ('msgid "One"\nmsgstr "واحد\u202e"\n', WHY + "Withheld"),
        ('msgid "One"\nmsgstr "*واحد*"\n', "<p><em>واحد</em></p>"),
        ('msgid "One"\nmsgstr "واحد 50% {y} &"\n', "<p>واحد 50% {y} &amp;</p>"),
    ],
)
def test_a_passage_is_shown_as_what_it_is(write_site: WriteSite, entry: str, html: str) -> None:
    """In Pashto, whose page speaks English: the project has no interface in Pashto."""
    other = 'msgid "Two"\nmsgstr "دوه"\n\n'
    page = get_page(write_site("Two\n\nOne\n", ps=other + entry), "ps")
    assert html in page.replace("\n", "")


def test_a_foreign_list_item_is_marked_inside_the_item(write_site: WriteSite) -> None:
    """An <li dir="ltr"> would put its marker outside of a right-to-left page."""
    page = get_page(write_site("Title\n\n- Zaad\n- SAY\n", ar='msgid "SAY"\nmsgstr "ساي"\n'), "ar")
    assert '<li><span lang="en" dir="ltr">Zaad</span>' in page
    assert "<li><span>ساي</span></li>" in page.replace("\n", "")


@pytest.mark.parametrize(
    ("missing", "outdated", "words"),
    [
        (1, 0, f"1 of 3 passages isn’t translated yet and is shown {OWN}"),
        (2, 0, f"2 of 3 passages aren’t translated yet and are shown {OWN}"),
        (0, 1, f"1 of 3 passages has changed since it was translated and is shown {OWN}"),
        (0, 2, f"2 of 3 passages have changed since they were translated and are shown {OWN}"),
        (0, 3, f"3 of 3 passages have changed since they were translated and are shown {OWN}"),
        (3, 0, "The letter isn’t translated yet, so it is shown in its own language, English."),
    ],
)
def test_the_notice_counts_passages(
    write_site: WriteSite, missing: int, outdated: int, words: str
) -> None:
    entries = [f'msgid "{n}"\nmsgstr "{n}!"\n\n' for n in "ABC"][missing:]
    entries[:outdated] = [f'#, fuzzy\n#| msgid "x"\n{entry}' for entry in entries[:outdated]]
    page = get_page(write_site("# Title\n\nA\n\nB\n\nC\n", ps="".join(entries)), "ps")
    (notice,) = re.findall(r'role="note">(.*?)</div>', page, re.DOTALL)
    assert words in words_of("<body>" + notice)
    reasons = re.findall(r'<small class="why">.*?</small>', page.partition("<main")[2])
    assert len(reasons) == (0 if missing == 3 else 1 + missing + outdated), "the title has its own"


def test_a_translator_cannot_break_the_page_through_the_interface(copy: Copy) -> None:
    path = copy.po("ku").with_name("interface.po")
    catalogue = path.read_text(encoding="utf-8")
    catalogue = re.sub(r'(msgid "Signatories"\nmsgstr) ".*"', r'\1 "<script>%(x)s %d %"', catalogue)
    path.write_text(catalogue, encoding="utf-8")
    page = get_page(copy, "ku")
    assert "<script" not in page
    assert ">Îmzekar</h2>" in page, "the project's own text"


# --- choosing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cookie", "accept", "tag"),
    [
        (None, None, "en"),
        (None, "ku-Arab-IQ,ku;q=0.9,ar;q=0.8", "ckb"),
        ("ckb", "ar", "ckb"),
        ("xx", "ar", "ar"),
    ],
)
def test_the_root_chooses_by_cookie_then_header(
    copy: Copy, cookie: str | None, accept: str | None, tag: str
) -> None:
    client = copy.client()
    if cookie:
        client.set_cookie("language", cookie)
    response = client.get("/", headers={"Accept-Language": accept} if accept else {})
    assert (response.status_code, response.headers["Location"]) == (302, f"{tag}/")
    assert response.headers["Vary"] == "Accept-Language, Cookie"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_choosing_sets_the_cookie_and_nothing_else_does(copy: Copy) -> None:
    client = copy.client()
    for path in ("/", "/ar/", "/kmr/", "/nowhere/", "/healthz"):
        assert "Set-Cookie" not in client.get(path).headers
    passage = f"/ku/{copy.read_shelf().letter.passages[1].anchor}/"
    for path in (passage, "/ckb/"):
        response = client.get(f"{path}?choose")
        assert (response.status_code, response.headers["Location"]) == (302, "./")
    cookie = response.headers["Set-Cookie"]
    assert "language=ckb" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=31536000" in cookie
    assert "Secure" not in cookie, "asked by http, for all that is known"
    for site, base in (("https://example.org/", "http://x/"), ("", "https://x/")):
        secure = copy.client(site).get("/ckb/?choose", base_url=base)
        assert secure.headers["Set-Cookie"].endswith("; Path=/; SameSite=Lax; Secure")
    assert client.get("/", headers={"Accept-Language": "ar"}).headers["Location"] == "ckb/"


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/kmr/", "/ku/"),
        ("/AR", "/ar/"),
        ("/ar", "/ar/"),
        ("/ku_IQ/", "/ckb/"),
        ("/kmr/letter.txt", "/ku/letter.txt"),
        ("/ar/pbeox35z", "/ar/pbeox35z/"),
        ("/ar/with/ku", "/ar/with/ku/"),
        ("/arb/with/kmr/", "/ar/with/ku/"),
        ("/ar/with/apc/", "/ar/"),
        ("/ar/?with=kmr", "/ar/with/ku/"),
        ("/ar/?with=ar", "/ar/"),
    ],
)
def test_aliases_redirect_for_good(copy: Copy, path: str, location: str) -> None:
    """By a relative address, so that it holds below any path of a host."""
    response = copy.client().get(path)
    found = urljoin(f"https://example.org/aleppo{path}", response.headers["Location"])
    assert (response.status_code, found) == (301, f"https://example.org/aleppo{location}")


WRONG = "/xx/ /ar/x /a/b/c /fr /.po /ar/with/xx/ /ar/?with=xx /ar/paaaaaaa/"
DESK = "/desk/ /desk/ar/ /desk/events /desk/ar/events"  # which is for one translator's machine


@pytest.mark.parametrize("path", [*WRONG.split(), *DESK.split()])
def test_the_unknown_gets_a_page_with_the_editions_on_it(copy: Copy, path: str) -> None:
    response = copy.client().get(path, headers={"Accept-Language": "ckb"})
    page = response.text
    assert response.status_code == 404
    assert page.count("?choose") == 4
    assert response.headers["Vary"] == "Accept-Language, Cookie, Accept-Encoding"
    tag = "ar" if path.startswith("/ar/") else "ckb"
    assert f'<html lang="{tag}"' in page
    assert "aria-current=" not in page
    title = unescape(copy.read_shelf().editions[tag].title.line)
    assert f'<p><a href="/{tag}/">{title}</a></p>' in unescape(page)
    assert 'name="robots" content="noindex"' in page


def test_an_edition_is_cached_and_answers_304(copy: Copy) -> None:
    client = copy.client()
    first = client.get("/ar/", headers={"Accept-Language": "ku", "Cookie": "language=ku"})
    assert first.status_code == 200, "an edition never redirects by header"
    assert first.headers["Cache-Control"] == ("public, max-age=300, stale-while-revalidate=86400")
    assert first.headers["Vary"] == "Accept-Encoding"
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    again = client.get("/ar/", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    copy.edit("ar", '"X-Letter-Status: draft\\n"\n', "")
    changed = client.get("/ar/", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_content_language_tells_when_english_stands_in(write_site: WriteSite) -> None:
    client = write_site("One\n\nTwo\n", ckb=ONE).client()
    assert client.get("/ckb/").headers["Content-Language"] == "ckb, en"


def test_search_engines_learn_of_editions_with_something_in_them(write_site: WriteSite) -> None:
    client = write_site("One\n", ar=ONE, ku="").client("https://example.org/aleppo/")
    page = client.get("/ar/").text
    alternates = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    assert alternates == [
        ("en", "https://example.org/aleppo/en/"),
        ("ar", "https://example.org/aleppo/ar/"),
        ("x-default", "https://example.org/aleppo/"),
    ]
    assert '<link rel="canonical" href="https://example.org/aleppo/ar/">' in page
    empty = client.get("/ku/").text
    assert '<link rel="canonical" href="https://example.org/aleppo/en/">' in empty
    assert '<meta name="robots" content="noindex">' in empty
    assert "hreflang" not in empty.split("<body>")[0]


# --- files that change under the app --------------------------------------------------------------


def test_a_broken_catalogue_leaves_the_last_good_edition_up(
    copy: Copy, caplog: pytest.LogCaptureFixture
) -> None:
    client = copy.client()
    good = {tag: client.get(f"/{tag}/").data for tag in TAGS}
    path = copy.po("ar")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "SAY"', 'msgid "SAY', 1), encoding="utf-8")
    line = text[: text.index('msgid "SAY"')].count("\n") + 1
    assert {tag: client.get(f"/{tag}/").data for tag in TAGS} == good
    client.get("/ar/")
    told = [record.message for record in caplog.records]
    assert len(told) == 1, "said once, not at every request"
    assert f"letter.po:{line}: " in told[0]
    health = client.get("/healthz").get_json()
    assert health["status"] == "degraded"
    assert f"letter.po:{line}: " in health["editions"]["ar"]["problem"]
    assert health["editions"]["ku"]["problem"] is None
    path.write_text(text, encoding="utf-8")
    assert client.get("/healthz").get_json()["status"] == "ok"


BROKEN = 'msgid "One"\nmsgstr "Yek\n\n'


@pytest.mark.parametrize(
    ("text", "is_indexed"),
    [
        (BROKEN, True),
        (f"\ufeff{BROKEN}".replace("\n", "\r\n"), True),
        ('msgid "One"\nmsgstr “Yek”\n', True),
        ('msgid "One\n"\nmsgstr[0] "Yek"\n', True),
        ("", False),
        ("<html>junk</html>\n", False),
        ('msgid "One\nmsgstr ""\n', False),
        (f"# One\n#, fuzzy\n{BROKEN}", False),
    ],
)
def test_a_file_that_never_was_good_is_indexed_if_finished_texts_are_seen_in_it(
    write_site: WriteSite, text: str, *, is_indexed: bool
) -> None:
    site = write_site("One\n", ku="")
    header = site.po("ku").read_text(encoding="utf-8")
    for encoding in ("utf-8", "utf-16"):
        site.po("ku").write_text(f"{header}{text}\nmsgid", encoding=encoding)
        client = site.client("https://example.org")
        assert ("/ku/<" in client.get("/sitemap.xml").text) == is_indexed
        assert ("noindex" in client.get("/ku/").text) == (not is_indexed)


def test_starting_with_a_broken_catalogue_serves_the_source_with_its_notice(copy: Copy) -> None:
    """It keeps its place in search engines, which would need weeks to give the place back."""
    copy.edit("ckb", 'msgid "SAY"', 'msgid "SAY')
    client = copy.client("https://example.org/")
    own = "https://example.org/ckb/"
    page = client.get("/ckb/").text
    assert "noindex" not in page
    assert f'<link rel="canonical" href="{own}">' in page
    assert f'hreflang="ckb" href="{own}"' in client.get("/ar/").text
    assert f"<loc>{own}</loc><xhtml:link" in client.get("/sitemap.xml").text, "without a date"
    anchor = copy.read_shelf().letter.passages[1].anchor
    assert "noindex" not in client.get(f"/ckb/{anchor}/").text
    assert '<html lang="ckb" dir="rtl">' in page
    phrases = copy.read_shelf().editions["ckb"].interface.gettext
    why = "The translation can’t be read at the moment, so the letter is shown in its own language"
    english = next(e.msgid for e in make_interface_template() if e.msgid.startswith(why))
    assert phrases(english).text.partition("%")[0] in page
    assert phrases("Not translated yet").text not in page
    assert len(re.findall('<p id="[a-z2-7]+" lang="en" dir="ltr">', page)) == 5
    assert client.get("/ar/").headers["Content-Language"] == "ar"


def test_folders_come_and_go_as_editions(copy: Copy) -> None:
    client = copy.client()
    assert client.get("/fa/").status_code == 404
    copy.po("fa").write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    assert '<html lang="fa" dir="rtl">' in client.get("/fa/").text
    copy.po("fa").unlink()
    assert client.get("/fa/").status_code == 200, "a file that is away for a moment"
    assert "letter.po" in str(client.get("/healthz").get_json()["editions"]["fa"]["problem"])
    shutil.rmtree(copy.locales / "fa")
    assert client.get("/fa/").status_code == 404


def test_a_folder_that_is_no_language_is_told_and_left_out(copy: Copy) -> None:
    for name in ("kmr", "not a language", "en"):
        (copy.locales / name / "LC_MESSAGES").mkdir(parents=True)
        (copy.locales / name / "LC_MESSAGES" / "letter.po").write_text("")
    health = copy.client().get("/healthz").get_json()
    assert sorted(health["editions"]) == sorted(TAGS)
    assert len(health["problems"]) == 3
    assert any("ku/LC_MESSAGES/letter.po has this" in problem for problem in health["problems"])


def test_a_broken_letter_leaves_the_last_good_one_up(copy: Copy) -> None:
    client = copy.client()
    good = client.get("/en/").data
    text = copy.letter.read_text(encoding="utf-8")
    copy.letter.write_text(text + "\n<div>\n", encoding="utf-8")
    assert client.get("/en/").data == good
    assert "raw HTML" in client.get("/healthz").get_json()["problems"][0]
    copy.letter.write_text(text + "\nA postscript.\n", encoding="utf-8")
    assert "A postscript." in client.get("/en/").text
    assert 'lang="en" dir="ltr">A postscript.' in client.get("/ar/").text


def test_without_a_good_letter_the_app_does_not_start(copy: Copy) -> None:
    copy.letter.write_text("<b>no</b>", encoding="utf-8")
    with pytest.raises(LetterError, match=r"letter\.md:1: raw HTML"):
        create_app(copy.letter, copy.locales)


def test_letter_and_locales_come_from_the_environment(
    write_site: WriteSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site("Another letter\n", fr='msgid "Another letter"\nmsgstr "Une autre lettre"\n')
    monkeypatch.setenv("LETTER_SOURCE", str(site.letter))
    monkeypatch.setenv("LETTER_LOCALES", str(site.locales))
    client = create_app().test_client()
    assert "Une autre lettre" in client.get("/fr/").text
    assert client.get("/ar/").status_code == 404


def test_an_image_of_the_letter_is_served_and_nothing_else(write_site: WriteSite) -> None:
    site = write_site("![Us](us.png)\n", ar='msgid "![Us](us.png)"\nmsgstr "![نحن](us.png)"\n')
    (site.letter.parent / "us.png").write_bytes(b"\x89PNG")
    client = site.client()
    assert '<img src="../media/us.png" alt="نحن">' in client.get("/ar/").text
    with client.get("/media/us.png") as response:
        assert response.data == b"\x89PNG"
    for path in ("/media/letter.md", "/media/../letter.md", "/media/%2e%2e/app.py"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("us.webp", "image/webp"),
        ("us.AVIF", "image/avif"),
        ("us.svg", "image/svg+xml; charset=utf-8"),
        ("us.jpg", "image/jpeg"),
    ],
)
def test_the_media_type_of_an_image_is_not_asked_of_the_machine(
    write_site: WriteSite, monkeypatch: pytest.MonkeyPatch, name: str, media_type: str
) -> None:
    """A machine without /etc/mime.types would send it as a download, which nosniff makes final."""
    monkeypatch.setattr(mimetypes, "guess_type", lambda *_, **__: (None, None))
    site = write_site(f"![Us]({name})\n")
    (site.letter.parent / name).write_bytes(b"picture")
    with site.client().get(f"/media/{name}") as response:
        assert response.headers["Content-Type"] == media_type


# --- hostile requests -------------------------------------------------------------------------


def test_every_answer_carries_the_security_headers(copy: Copy) -> None:
    client = copy.client()
    for path in ("/", "/ar/", "/kmr/", "/nowhere", "/healthz", "/ar/?choose"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Permissions-Policy"].startswith("camera=(), ")
        assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize(
    ("site", "wanted"),
    [
        (Site("https://example.org", hsts="31536000"), "max-age=31536000"),
        (Site("https://example.org", hsts="0"), "max-age=0"),
        (Site("http://example.org", hsts="31536000"), None),
        (Site("https://example.org"), None),
    ],
)
def test_https_alone_is_asked_for_where_somebody_said_so(
    copy: Copy, site: Site, wanted: str | None
) -> None:
    client = make_app(Library(copy.letter, copy.locales), site).test_client()
    for path in ("/", "/ar/", "/nowhere", "/healthz", "/ar/?choose", "/letter.json"):
        assert client.get(path).headers.get("Strict-Transport-Security") == wanted
    with pytest.raises(SiteError, match="31536000 for a year"):
        Site("https://example.org", hsts="1 year; preload")


def test_a_wrong_address_is_told_in_few_bytes(copy: Copy) -> None:
    client = copy.client()
    plain = client.get("/nowhere").data
    for accepted, coding in (("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0", None)):
        response = client.get("/nowhere", headers={"Accept-Encoding": accepted})
        assert response.headers.get("Content-Encoding") == coding
        assert DECODE[coding or "identity"](response.data) == plain
        assert response.content_length == len(response.data)
        assert (len(response.data) < len(plain) / 2) == (coding is not None)


def test_the_title_on_a_page_for_nothing_says_its_language(write_site: WriteSite) -> None:
    page = write_site("One\n", fa="").client().get("/fa/nowhere").text
    assert '<p><a href="/fa/" lang="en" dir="ltr">' in page


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/ar/", "/healthz"])
def test_only_get_and_head_are_allowed(copy: Copy, method: str, path: str) -> None:
    response = copy.client().open(path, method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_head_has_the_headers_of_get(copy: Copy) -> None:
    client = copy.client()
    head, get = client.head("/ar/"), client.get("/ar/")
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(get.data))
    assert head.headers["ETag"] == get.headers["ETag"]


anything = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=string.printable, max_size=80),
    st.binary(max_size=80).map(lambda data: data.decode("latin-1")),
    st.sampled_from(["a" * 100_000, "ar," * 50_000, "*;q=0", "\ud800", "%ff%fe", "..%2f.."]),
)


@settings(suppress_health_check=list(HealthCheck), max_examples=200)
@given(path=anything, host=anything, accept=anything, cookie=anything)
def test_no_request_makes_the_app_fail(path: str, host: str, accept: str, cookie: str) -> None:
    def header(text: str) -> str:
        return text.encode("utf-8", "surrogatepass").decode("latin-1")

    environ = create_environ() | {
        "PATH_INFO": "/" + header(path),
        "QUERY_STRING": header(path),
        "HTTP_HOST": header(host),
        "HTTP_ACCEPT_LANGUAGE": header(accept),
        "HTTP_COOKIE": "language=" + header(cookie),
    }
    _, status, headers = run_wsgi_app(SHARED, environ, buffered=True)
    assert all("\n" not in value and "\r" not in value for value in headers.values())
    assert status[:3] in {"200", "301", "302", "400", "404"}


SHARED = create_app(ROOT / "letter" / "letter.md", ROOT / "locales")


# --- several letters in one process -----------------------------------------------------------


def test_two_letters_are_mounted_in_one_process_and_keep_to_themselves(copy: Copy) -> None:
    apps = {f"/{name}": create_app(copy.letter, copy.locales).wsgi_app for name in ("a", "b")}
    client = Client(DispatcherMiddleware(NotFound(), dict[str, Any](apps)), use_cookies=False)
    for name in apps:
        assert client.get(name).headers["Location"] == f"{name[1:]}/"
        assert client.get(f"{name}/").headers["Location"] == "en/"
        chosen = client.get(f"{name}/ar/?choose").headers["Set-Cookie"]
        assert f"Path={name}/;" in chosen
        own = chosen.partition(";")[0]
        for cookie, tag in (("language=ku", "en"), (f"language=ku; {own}", "ar")):
            found = client.get(f"{name}/", headers={"Cookie": cookie}).headers["Location"]
            assert found == f"{tag}/", "the choice of a letter at / is not read"
        assert f'href="{name}/ku/?choose"' in client.get(f"{name}/nowhere").text


@pytest.mark.parametrize("path", ["//ar/", "//", "/ar//"])
def test_slashes_are_not_swallowed(copy: Copy, path: str) -> None:
    environ = {"PATH_INFO": path}
    assert copy.client().get("/", environ_overrides=environ).status_code == 404
