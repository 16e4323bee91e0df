"""What the pages weigh, say and link to, as they are sent."""

import gzip
import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import brotli
import pytest
import segno

from letter.formats.card import fill_card
from letter.formats.notices import list_notices
from letter.formats.page import render_chooser, render_edition
from letter.formats.site import Site, split_editions
from letter.serving.publications import list_published
from letter.source.letter import read_letter
from tests.conftest import TAGS, Copy, WriteSite

BASE = "https://letter.example.org"
REPORT = "letter@example.org"


def get_page(copy: Copy, path: str, report: str = REPORT, base_url: str = BASE) -> str:
    return copy.client(base_url, report).get(path).text


def weigh_page(copy: Copy, path: str) -> int:
    """Count the bytes of a page as a server sends it that knows brotli."""
    return len(brotli.compress(get_page(copy, path).encode()))


# --- weight -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_an_edition_weighs_little_and_two_little_more(copy: Copy, tag: str) -> None:
    page = get_page(copy, f"/{tag}/")
    assert "https://wa.me/" in page
    assert "<svg" in page
    assert len(gzip.compress(page.encode())) <= 7 * 1024
    shelf = copy.read_shelf()
    documents = {tag: dict.fromkeys(("letter.pdf", "card.png"), b"")}
    full = render_edition(
        shelf.editions[tag], replace(shelf, documents=documents), Site(BASE, REPORT)
    )
    assert "og:image" in full
    assert len(brotli.compress(full.encode(), quality=11)) <= 5600
    assert max(weigh_page(copy, f"/{tag}/with/{other}/") for other in TAGS) <= 10 * 1024


@pytest.mark.parametrize("path", ["/ar/", "/ku/with/ckb/", "/nowhere"])
def test_a_page_asks_for_nothing_more(copy: Copy, path: str) -> None:
    page = get_page(copy, path)
    more = r'<script|url\(|@import|@font-face|rel="stylesheet"|\bsrc(?:set)?='
    assert re.findall(more, page) == []
    assert '<link rel="icon" href="data:,">' in page, "or browsers ask for /favicon.ico"


# --- text in two directions -------------------------------------------------------------------

OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"
EMBEDDING = re.compile("[\u202a-\u202e]")


def is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in OPENING) - (char in CLOSING)
        if depth < 0:
            return False
    return depth == 0 and not EMBEDDING.search(text)


@pytest.mark.parametrize("tag", TAGS)
def test_isolates_are_balanced_everywhere(copy: Copy, tag: str) -> None:
    """Also where English stands in for a title or an interface string (UAX #9)."""
    anchor = read_letter(copy.letter).messages[0].anchor
    paths = (f"/{tag}/", f"/{tag}/with/en/", f"/{tag}/{anchor}/", f"/{tag}/nowhere")
    isolated = 0
    for _ in range(2):
        for path in paths:
            found = re.findall(r'="([^"]*)"|>([^<]*)', get_page(copy, path))
            texts = [attribute or text for attribute, text in found]
            assert [text for text in texts if not is_balanced(text)] == []
            isolated += sum(CLOSING in text for text in texts)
        if tag != "en":
            copy.po(tag).write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    assert isolated or tag == "en"


def test_an_english_title_is_isolated_in_an_arabic_edition(write_site: WriteSite) -> None:
    page = get_page(write_site("# Save us!\n\nNow.\n", ar='msgid "Now."\nmsgstr "الآن"\n'), "/ar/")
    assert '<title lang="en" dir="ltr">\u2068Save us!\u2069</title>' in page
    assert '<meta property="og:title" content="\u2068Save us!\u2069">' in page
    said = "لم يراجع أحد هذه الترجمة بعد. الآن"
    assert f'<meta name="description" content="{said}">' in page


@pytest.mark.parametrize(("tag", "said"), [("ar", "مسودة"), ("ckb", "ڕەشنووس"), ("ku", "reşnivîs")])
def test_a_draft_says_so_wherever_it_is_shown(copy: Copy, tag: str, said: str) -> None:
    """Until a native reviewer signs off; a card or a text that is handed on has no page around."""
    shelf, site = copy.read_shelf(), Site(BASE)
    edition = shelf.editions[tag]
    places = [each.path for each in list_published(shelf, site) if each.tag == tag]
    for path in places:
        if not path.endswith(".epub"):
            assert said in get_page(copy, path), path
    described = re.search('og:description" content="([^"]*)', get_page(copy, f"/{tag}/"))
    assert described
    assert said in described[1]
    assert said in render_chooser(shelf, site)
    assert said in fill_card(edition).notice
    assert said in list_notices(edition)[0][0]
    assert "draft" not in fill_card(shelf.editions["en"]).notice
    for letter in (f"/{other}/" for other in shelf.editions if other != tag):
        assert f'href="with/{tag}/"' in get_page(copy, letter)
        assert said in get_page(copy, f"{letter}with/{tag}/")


# --- passages ---------------------------------------------------------------------------------


def list_anchors(page: str) -> list[str]:
    return re.findall(r'id="(p[a-z2-7]{7})"', page)


def test_a_passage_has_the_same_address_in_all_languages(copy: Copy) -> None:
    english = list_anchors(get_page(copy, "/en/"))
    assert len(set(english)) == 6
    for tag in TAGS:
        page = get_page(copy, f"/{tag}/")
        assert list_anchors(page) == english
        assert re.findall(r'href="(p\w+)/"', page) == english[1:], "the title has no mark"
    page = get_page(copy, f"/ar/{english[3]}/")
    links = re.findall(r'<a href="([^"]*)" hreflang="(\w+)">', page)
    assert links == [(f"../../{tag}/{english[3]}/", tag) for tag in TAGS if tag != "ar"]
    assert f'href="../#{english[3]}"' in page


def test_what_has_no_number_is_named_by_its_words(write_site: WriteSite) -> None:
    heading = "What they have done to us in the year that has gone by, and to all of our neighbours"
    site = write_site(f"# Title\n\nOne\n\n## {heading}\n\n|A|\n|-|\n|B|\n\nTwo\n", ar="")
    passages = site.read_shelf().letter.passages
    pages = {m.msgid: get_page(site, f"/en/{m.anchor}/") for m in passages}
    titles = {msgid: page.split("<title>")[1].split("<")[0] for msgid, page in pages.items()}
    cut = "What they have done to us in the year that has gone by, and…"
    named = {"Title": "Title", "One": "Title — passage 1", "A": "A · Title", "B": "B · Title"}
    assert titles == named | {heading: f"{cut} · Title", "Two": "Title — passage 2"}
    assert f"<h1>{cut}</h1>" in pages[heading]
    assert f'href="../{passages[3].anchor}/" rel="next"' in pages[heading]
    marks = re.findall(r'class="at"[^>]*>(\d+)<', get_page(site, "/en/"))
    assert marks == ["1", "2"]
    arabic = get_page(site, f"/ar/{passages[2].anchor}/")
    assert f"<title>\u2068{cut}\u2069 · \u2068Title\u2069</title>" in arabic


def test_a_passage_of_a_file_that_cannot_be_read_says_so(write_site: WriteSite) -> None:
    site = write_site("# Title\n\nOne\n", ps="")
    site.po("ps").write_text('msgid "broken', encoding="utf-8")
    anchor = site.read_shelf().letter.passages[1].anchor
    for tag in ("ps", "en"):
        page = get_page(site, f"/{tag}/{anchor}/")
        assert page.count("The translation can’t be read at the moment") == 1
        assert "Not translated yet" not in page.partition("<main")[2]


def test_two_editions_are_named_by_both_languages(copy: Copy) -> None:
    page = get_page(copy, "/ar/with/ku/")
    title = re.findall("<title>([^<]*)</title>", page)[0]
    assert title.endswith(" · العربية · \u2068Kurdî (Kurmancî)\u2069")
    assert f'<meta property="og:title" content="{title}">' in page


def test_edits_elsewhere_do_not_move_a_passage(copy: Copy) -> None:
    before = list_anchors(get_page(copy, "/en/"))
    copy.change("# “We are", "New beginning.\n\n# “We are")
    copy.change("We do not understand", "We cannot understand")
    after = list_anchors(get_page(copy, "/en/"))
    assert [anchor for anchor in after if anchor in before] == [*before[:5], *before[6:]]


def test_reporting_is_offered_only_where_someone_listens(copy: Copy) -> None:
    anchor = read_letter(copy.letter).messages[2].anchor
    assert "mailto:" not in get_page(copy, f"/ku/{anchor}/", report="")
    assert "<footer>" not in get_page(copy, f"/ku/{anchor}/", report="")


def test_the_letters_contact_is_told_of_mistakes_unless_the_site_says_otherwise(
    write_site: WriteSite,
) -> None:
    letter = "---\ncontact: {}\n---\n# A letter\n"
    for contact, report, link in (
        ("us@example.org", "", "mailto:us@example.org?subject="),
        ("us@example.org", "site@example.org", "mailto:site@example.org?subject="),
        ("https://example.org/contact", "", "https://example.org/contact"),
    ):
        site = write_site(letter.format(contact))
        (passage,) = site.read_shelf().letter.passages
        assert find_report(get_page(site, f"/en/{passage.anchor}/", report)).startswith(link)


def find_report(page: str) -> str:
    link = re.search(r'<footer>\s*<p class="links"><a href="([^"]+)"', page)
    assert link
    assert not re.search(r"[\s<>\"“]", link[1])
    return unescape(link[1])


@pytest.mark.parametrize("tag", TAGS)
def test_a_report_by_mail_says_which_passage_and_quotes_it(copy: Copy, tag: str) -> None:
    message = read_letter(copy.letter).messages[2]
    page = get_page(copy, f"/{tag}/{message.anchor}/")
    mail = urlsplit(find_report(page))
    assert (mail.scheme, mail.path) == ("mailto", REPORT)
    fields = parse_qs(mail.query)
    assert fields["subject"] == [f"{tag} 2 {message.anchor}"]
    address, text = fields["body"][0].strip().split("\n\n")
    assert address == f"{BASE}/{tag}/{message.anchor}/"
    assert text.startswith("\u200f\u2067") == (tag in ("ar", "ckb")), "or a full stop strays"
    text = text.strip("\u200f\u2067\u2069")
    assert text in unescape(page)
    assert (text == message.msgid) == (tag == "en")


def test_a_report_by_form_fills_in_its_fields(copy: Copy) -> None:
    form = "https://example.org/issues/new?title={title}&body={body}&labels=text"
    message = read_letter(copy.letter).messages[2]
    found = urlsplit(find_report(get_page(copy, f"/en/{message.anchor}/", report=form)))
    assert found._replace(query="").geturl() == "https://example.org/issues/new"
    fields = parse_qs(found.query)
    assert fields["title"] == [f"en 2 {message.anchor}"]
    assert message.msgid in fields["body"][0]
    assert fields["labels"] == ["text"]


# --- lists of languages ------------------------------------------------------------------------


def test_a_long_list_shows_finished_editions_and_folds_the_others(write_site: WriteSite) -> None:
    tags = ["ar", "az", "bn", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu"]
    entries = dict.fromkeys(tags, 'msgid "Hi"\nmsgstr "Ho"\n')
    site = write_site("# Hi\n", **entries, it="", ja="")
    editions = list(site.read_shelf().editions.values())
    shown, folded = split_editions(editions, "ja")
    assert [e.language.tag for e in shown] == ["en", *sorted(tags)[:10], "ja"]
    assert len(shown) + len(folded) == len(editions)
    assert split_editions(editions[:8], "en") == (editions[:8], [])
    page = get_page(site, "/de/")
    nav, rest = page[page.index("<nav") :].split("</nav>", 1)
    assert nav.index('hreflang="de"') < nav.index("<summary>") < nav.index('hreflang="it"')
    assert re.search(r'hreflang="it"[^>]*>italiano <small class="why">Non ancora tradotto', nav)
    assert nav.count("<small") == 2
    for label in re.findall(r'<ul aria-labelledby="(\w+)"', rest):
        assert f'<span id="{label}">' in rest
    assert "letter.json" not in rest


# --- sharing ----------------------------------------------------------------------------------


def test_links_to_share_carry_any_title_whole(write_site: WriteSite) -> None:
    title, address = "«50% & +1?» #x / y", f"{BASE}/en/"
    page = get_page(write_site(f"# {title}\n"), "/en/")
    links = [unescape(link) for link in re.findall(r'"([^"]+)"', page.split("Share:")[1])]
    links = [link for link in links if link.startswith(("https:", "mailto:"))]
    for link in links:
        assert re.fullmatch(r"[!-~]+", link), "nothing but ASCII, and no space"
        assert "+" not in link
    whatsapp, telegram, facebook, x, mail = (parse_qs(urlsplit(link).query) for link in links)
    assert facebook == {"u": [address]}
    assert whatsapp == {"text": [f"{title}\n{address}"]}
    assert telegram == x == {"url": [address], "text": [title]}
    assert mail == {"subject": [title], "body": [address]}


@pytest.mark.parametrize("tag", TAGS)
def test_an_edition_shares_its_own_title_and_address(copy: Copy, tag: str) -> None:
    page = get_page(copy, f"/{tag}/")
    title = unescape(re.findall(r"<title[^>]*>([^<]*)<", page)[0])
    links = [unescape(link) for link in re.findall(r'href="(https://wa.me/[^"]*)"', page)]
    assert [unquote(link.partition("text=")[2]) for link in links] == [f"{title}\n{BASE}/{tag}/"]
    assert "https://wa.me/" not in get_page(copy, f"/{tag}/", base_url="")


@pytest.mark.parametrize("tag", TAGS)
def test_the_qr_code_is_the_address_of_the_edition(copy: Copy, tag: str) -> None:
    code = segno.make(f"{BASE}/{tag}/", error="m", micro=False)
    drawn = re.search(r' d="[^"]+"', code.svg_inline(border=0))
    assert drawn
    assert drawn[0] in get_page(copy, f"/{tag}/")
    assert "<svg" not in get_page(copy, f"/{tag}/", base_url="")
    assert "<svg" not in get_page(copy, f"/{tag}/with/{'ar' if tag == 'en' else 'en'}/")
