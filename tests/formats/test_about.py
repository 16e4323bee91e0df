"""What an edition says of itself: in a line above, and in About this translation below.

In Pashto, whose page speaks English: the project has no interface in Pashto.
"""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from letter.formats.documents import write_bundle
from letter.formats.epub import write_epub
from letter.formats.site import Site
from scripts import sign_off
from tests.conftest import Copy, WriteSite
from tests.formats.test_epub import read_part

BASE = "https://example.org/aleppo"
FRONT = "---\ndate: 2016-05\nupdated: 2016-06-04\n---\n"
LETTER = "# Title\n\nOne\n\nTwo\n"
WHOLE = "".join(f'msgid "{text}"\nmsgstr "{text}!"\n\n' for text in ("Title", "One", "Two"))
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n'
DATED = f"{HEADER}PO-Revision-Date: 2026-11-22 10:00+0000\\nLast-Translator: Zîn <z@example.org>\\n"
OWN = "To report a mistake or to help, write to those who publish this page."
HELP = "Report a mistake or help to translate"


def get_page(copy: Copy, tag: str = "ps", report: str = "") -> str:
    return copy.client(BASE, report).get(f"/{tag}/").text


def read_lines(page: str, part: str) -> list[str]:
    """Read the paragraphs of a part of a page, which begins with `part`; [] without the part."""
    html = page.partition(part)[2].partition("</d")[0]
    return [
        " ".join(unescape(re.sub("<[^>]+>", "", found)).split())
        for found in re.findall(r"<p\b.*?</p>", html, re.DOTALL)
    ]


def sign(copy: Copy, *passages: str) -> None:
    chosen = ("--passage", *passages) if passages else ()
    assert copy.run(sign_off, "ps", "--reviewer", "Zîn <zin@example.org>", *chosen) == 0


def test_only_what_a_reader_has_to_know_stands_above(write_site: WriteSite) -> None:
    copy = write_site(LETTER, ps=WHOLE)
    notice = 'role="note">'
    assert read_lines(get_page(copy), notice) == ["Nobody has reviewed this translation yet."]
    sign(copy, "1")
    (told,) = read_lines(get_page(copy), notice)
    assert told == "1 of 2 passages has been reviewed, by Zîn; the others are a draft."
    sign(copy)
    page = get_page(copy)
    assert notice not in page
    assert read_lines(page, "About this translation")[0].startswith("Reviewed by Zîn on ")
    copy.edit("ps", 'msgstr "Title!"', 'msgstr ""')
    told = "2 of 3 passages have been reviewed, by Zîn; the others are a draft."
    for letter in (LETTER, "---\ntitle: Title\n---\nOne\n\nTwo\n"):
        copy.letter.write_text(letter, encoding="utf-8")
        page = get_page(copy)
        assert read_lines(page, notice) == [told], "the title is in no count, but is work"
        assert read_lines(page, "About this translation")[0] == told
        assert '"status": "partly reviewed"' in copy.client().get("/letter.json").text
        assert re.search(r'</h1>\s*<small class="why">[^/]*Not translated yet', page), "it says so"


def test_what_holds_for_all_passages_is_said_once(write_site: WriteSite) -> None:
    for text in ("", WHOLE.partition('msgid "One"')[0]):
        copy = write_site(LETTER, ps=text)
        page = get_page(copy)
        (told,) = read_lines(page, 'role="note">')
        assert told.startswith("The letter isn’t translated yet, so it is shown in")
        assert 'class="why"' not in page.partition("<main")[2]
        assert ("noindex" in page) == (not text)
    anchor = copy.read_shelf().letter.passages[1].anchor
    alone = copy.client(BASE).get(f"/ps/{anchor}/").text
    assert "Not translated yet" in alone, "nothing says so above"
    copy.po("ps").write_text(re.sub(r"(?m)^msgid", "#, fuzzy\nmsgid", WHOLE), encoding="utf-8")
    assert 'class="why"' not in get_page(copy).partition("<main")[2]
    fuzzy = '#, fuzzy\n#| msgid "Was"\nmsgid'
    copy.po("ps").write_text(re.sub(r"(?m)^msgid", fuzzy, WHOLE), encoding="utf-8")
    assert get_page(copy).partition("<main")[2].count('<small class="why">') == 3, (
        "there are earlier ones to show"
    )


def test_a_translation_says_what_it_is_of_and_by_whom(write_site: WriteSite) -> None:
    copy = write_site(FRONT + LETTER, ps="", sl="")
    copy.po("ps").write_text(f'{DATED}"\n\n{WHOLE}', encoding="utf-8")
    page = get_page(copy)
    about = [
        "Translated by Zîn.",
        "Nobody has reviewed this translation yet.",
        "This translation: November 22, 2026",
        "Original text: English, June 4, 2016",
        OWN,
    ]
    assert read_lines(page, "About this translation") == about
    assert "2026-11-22" not in re.sub(r'datetime="[^"]*"', "", page)
    shelf = copy.read_shelf()
    book = read_part(write_epub(shelf.editions["ps"], Site(BASE)), "letter.xhtml")
    told = read_lines(book, "<footer>")
    assert told[:4] == [*about[:1], *about[2:]], "what stands above isn't repeated below"
    bundle = write_bundle(shelf, Site(BASE))
    for html in (page, book, bundle):
        assert html.count('datetime="2026-11-22"') == 1
    empty, own = get_page(copy, "sl"), get_page(copy, "en")
    assert "<details" not in empty + own
    assert OWN in empty, "only how to help"
    assert OWN not in own


@pytest.mark.parametrize(
    ("front", "report", "link"),
    [
        ("", "us@example.net", "mailto:us@example.net?"),
        ("contact: c@example.org\n", "", "mailto:c@example.org?"),
        ("imprint: i@example.org\n", "", "mailto:i@example.org?"),
        ("contact: https://example.org/c\nimprint: i@example.org\n", "", "https://example.org/c"),
        ("", "https://example.net/new?title={title}&body={body}", "https://example.net/new?"),
    ],
)
def test_a_link_reports_on_the_whole_edition(
    write_site: WriteSite, front: str, report: str, link: str
) -> None:
    page = get_page(write_site(f"---\nlanguage: en\n{front}---\n{LETTER}", ps=WHOLE), report=report)
    assert OWN not in page
    (found,) = re.findall(rf'<a href="([^"]+)">[^/]*{HELP}', page)
    address = unescape(found)
    assert address.startswith(link)
    if "?" in link:
        fields = parse_qs(urlsplit(address).query)
        assert fields.get("subject", fields.get("title")) == ["ps: Title!"]
        assert fields["body"][0].strip() == f"{BASE}/ps/"
