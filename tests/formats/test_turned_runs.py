"""Each form of an edition isolates phone numbers and the like, in names and titles, too."""

import io
import re
import zipfile

import pytest
from PIL import Image

from letter.formats.card import fill_card, paint_card
from letter.formats.documents import write_bundle
from letter.formats.epub import write_epub
from letter.formats.pdf import fill_sheet
from letter.formats.site import Site
from letter.formats.text import write_text
from tests.conftest import Copy, WriteSite

SITE = Site("https://example.org")
TITLES = {"ar": "رسالة", "ckb": "نامە", "he": "מכתב"}
NAMES = "name,affiliation,country,date,name:ar\nA+,حزب C++,,2016-05-04,ألف #SaveAleppo\n"


@pytest.fixture(params=TITLES)
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(write_site: WriteSite, tag: str) -> Copy:
    word = TITLES[tag]
    letter = (
        f'---\nlanguage: {tag}\ntitle: "{word} #SaveAleppo"\npublisher: "{word} @helmets"\n---\n'
        f"{word} +963 11 555 1234 {word}.\n\n<!-- signatories -->\n- {word} C++\n\n"
        f"{word}.\n\n## {word} A+\n\n<!-- signatories: people.csv -->\n"
    )
    letter = letter.replace("<!-- signatories -->", f"## {word} 2\n\n<!-- signatories -->")
    copy = write_site(letter)
    (copy.letter.parent / "people.csv").write_text(NAMES, "utf-8")
    return copy


def find_bare(text: str) -> list[str]:
    """List the runs that stand neither between isolates nor in an element of their own."""
    held = re.sub(r"\u2066[^\u2069]*\u2069|<bdi[^>]* dir=\"ltr\">[^<]*</bdi>|<[^>]*>", "", text)
    return re.findall(r"#SaveAleppo|@helmets|\+963|C\+\+|(?<=\w )A\+", held)


def test_pages_books_and_texts_isolate_them(site: Copy, tag: str) -> None:
    shelf = site.read_shelf()
    edition = shelf.editions[tag]
    client = site.client("https://example.org")
    page = client.get(f"/{tag}/").get_data(as_text=True)
    anchor = shelf.letter.passages[0].anchor
    passage = client.get(f"/{tag}/{anchor}/").get_data(as_text=True)
    for html in (page, passage, write_bundle(shelf, SITE), fill_sheet(edition, SITE).html):
        assert find_bare(html[html.index("<main") :]) == []
        head = re.findall(r"<title>.*?</title>|(?<=content=\")[^\"]*", html[: html.index("<style")])
        assert find_bare(" ".join(head)) == []
    assert f'content="{TITLES[tag]} \u2066#SaveAleppo\u2069"' in page
    assert find_bare(write_text(edition)) == []
    with zipfile.ZipFile(io.BytesIO(write_epub(edition, SITE))) as book:
        for name in ("book/letter.xhtml", "book/package.opf", "book/contents.xhtml"):
            assert find_bare(book.read(name).decode().partition("<body")[2]) == []
    assert "\u2066" not in client.get("/letter.json").get_data(as_text=True), "data are words alone"


@pytest.mark.slow
@pytest.mark.usefixtures("documents")
def test_a_card_draws_them_in_their_order(write_site: WriteSite, tag: str) -> None:
    """At the left of `C++` there is a letter, which is higher than a sign."""
    edition = write_site(f"---\nlanguage: {tag}\n---\n# {TITLES[tag]} C++\n").read_shelf()
    picture = Image.open(io.BytesIO(paint_card(fill_card(edition.editions[tag])))).convert("L")
    title = picture.crop((80, 80, 1120, 300)).point(lambda value: 255 * (value < 128))
    left, _, _, bottom = title.getbbox() or (0, 0, 0, 0)
    _, top, _, bottom = title.crop((left, 0, left + 8, bottom)).getbbox() or (0, 0, 0, 0)
    assert bottom - top > 20
