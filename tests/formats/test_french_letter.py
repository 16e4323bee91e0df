"""A letter in French with tables, footnotes, lists of names and links, in every format."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import jsonschema
import pikepdf
import pytest

from letter.formats.documents import write_bundle
from letter.formats.epub import write_epub
from letter.formats.letter_json import make_letter_data
from letter.formats.outline import Chapter, outline_letter
from letter.formats.page import render_edition, render_pair
from letter.formats.pdf import fill_sheet, print_sheet
from letter.formats.text import write_text
from letter.source.letter import parse_letter
from tests.formats.test_epub import MORE, check_book, read_part
from tests.formats.test_letter_json import SCHEMA
from tests.formats.test_pdf import BOX, SITE, copy_out, list_elements
from tests.formats.test_pdf import LETTER as MARKDOWN
from tests.french_letter import write_french_letter

if TYPE_CHECKING:
    from pathlib import Path

    from letter.editions.shelf import Shelf
    from tests.conftest import WriteSite

TAGS = ("fr", "ar", "en")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return write_french_letter(tmp_path_factory.mktemp("french")).read_shelf()


def find_dangling(html: str) -> tuple[list[str], list[str]]:
    """The links and labels that lead to no id of a file, and the ids that are there twice."""
    ids = re.findall(r'\sid="([^"]*)"', html)
    goals = re.findall(r'(?:href="#|aria-labelledby=")([^"]+)"', html)
    return [goal for goal in goals if goal not in ids], [i for i in ids if ids.count(i) > 1]


@pytest.mark.parametrize("tag", TAGS)
def test_every_link_within_a_page_leads_somewhere(shelf: Shelf, tag: str) -> None:
    pages = [render_edition(shelf.editions[tag], shelf, SITE)]
    others = [shelf.editions[other] for other in TAGS if other != tag]
    pages += [render_pair(shelf.editions[tag], other, shelf, SITE) for other in others]
    for page in pages:
        assert find_dangling(page) == ([], [])


def test_every_link_within_the_one_file_leads_to_its_own_edition(shelf: Shelf) -> None:
    html = write_bundle(shelf, SITE)
    assert find_dangling(html) == ([], [])
    for tag, part in zip(TAGS, html.split('<div class="edition"')[1:], strict=True):
        links = re.findall(r'href="#([^"]+)"', part)
        assert len(links) > 8
        assert all(link.startswith((f"{tag}-", f"signatories-{tag}")) for link in links)


def test_names_are_shown_as_they_are_written_and_are_nobodys_work(shelf: Shelf) -> None:
    page = render_edition(shelf.editions["ar"], shelf, SITE)
    assert "<li>جمعية الماء</li>" in page, "a name that the catalogue has in Arabic"
    assert '<li><bdi lang="" dir="rtl">جمعية المياه</bdi></li>' in page
    assert '<bdi lang="fr" dir="ltr"><a href="https://example.org/riviere">' in page
    assert "<li>جان دوبون</li>" in page, "the file has the name in Arabic"
    assert '<bdi lang="fr" dir="ltr">Jeanne Dupont-Lavigne 2</bdi>' in page
    assert '<small><bdi lang="" dir="rtl">جامعة حلب</bdi>، ' in page
    names = page[page.index('class="signatories headed many"') :]
    assert 'class="at"' not in names[: names.index("</div>")]
    assert 'class="why"' not in names[: names.index("</div>")]
    own = render_edition(shelf.editions["fr"], shelf, SITE)
    assert "<li>Association pour l’eau</li>" in own
    assert '<li><bdi lang="" dir="rtl">هدى الخطيب 20</bdi></li>' in own
    assert "3 signataires" in own
    assert "300 signataires" in own


def test_the_notices_name_the_language_of_the_letter_in_the_readers(shelf: Shelf) -> None:
    assert "الفرنسية" in render_edition(shelf.editions["ar"], shelf, SITE)
    english = render_edition(shelf.editions["en"], shelf, SITE)
    assert "are shown in the letter’s own language, <bdi>French</bdi>." in english
    assert "Jeanne" not in english[: english.index("<article>")]
    assert 'role="note"' not in render_edition(shelf.editions["fr"], shelf, SITE)


def test_what_the_front_matter_says_is_on_the_page(shelf: Shelf) -> None:
    page = render_edition(shelf.editions["ar"], shelf, SITE)
    for found in (
        "<title>من أجل ماء الوادي</title>",
        '<meta property="og:title" content="من أجل ماء الوادي">',
        '<meta property="og:site_name" content="أصدقاء الوادي">',
        '<meta property="article:published_time" content="2025-03">',
        '<meta property="article:modified_time" content="2025-06-04">',
        '<img src="../media/city.png" alt="أصدقاء الوادي">',
        'href="mailto:eau@example.org"',
        'href="https://example.org/mentions-legales"',
        "<bdi>أصدقاء <em>الوادي</em></bdi>",
    ):
        assert found in page
    sign, names = page.index("https://example.org/signer"), page.index('class="signatories')
    assert sign < names, "the names may be thousands"


def test_what_a_letter_does_not_say_is_left_out(write_site: WriteSite) -> None:
    shelf = write_site("# A title\n\nWords.\n").read_shelf()
    page = render_edition(shelf.editions["en"], shelf, SITE)
    body = page[page.index("<body") :]
    for name in ("publisher", 'class="sign"', "<img", "contents", "<details"):
        assert name not in body
    for name in ("site_name", "article:"):
        assert name not in page
    data = make_letter_data(shelf, SITE)
    assert not {"date", "updated", "publisher", "contact", "imprint", "sign", "logo"} & set(data)


@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_a_table_has_its_columns_and_no_numbers_beside_figures(shelf: Shelf, tag: str) -> None:
    page = render_edition(shelf.editions[tag], shelf, SITE)
    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count("<th scope=") == 4, "the fifth is empty, and so no header"
    assert table.count("<tr>") == 4
    assert table.count('class="end"') == 4
    assert 'class="at"' not in table
    assert 'class="why"' not in table
    assert ('lang="fr"' in table) == (tag == "ar")


def test_the_text_has_tables_line_by_line_and_footnotes_at_its_end(shelf: Shelf) -> None:
    text = write_text(shelf.editions["fr"], "https://example.org/fr/")
    assert "• Année: 2022\n  Commune: Saint-Martin\n  Nitrates (mg/l): 48\n" in text
    assert "boire.[1] Ce que nous demandons est dit plus bas" in text
    assert "\n[1] Loi du 3 janvier 1992" in text
    assert "\n[2] L’usine de la route de Lyon.\n\n    Elle employait" in text
    assert "300 signataires\n\n• Jeanne Dupont-Lavigne 1\n" in text
    assert "• Huda Al-Khatib (\u2068جامعة حلب\u2069, 2025)\n" in text
    assert "Signer la lettre: https://example.org/signer\n" in text
    assert ": eau@example.org\n" in text
    arabic = write_text(shelf.editions["ar"])
    assert "• السنة: \u20682022\u2069\u2069\n\u200f\u2067  البلدية: سان مارتان\u2069\n" in arabic


def test_the_data_has_names_apart_and_all_settings(shelf: Shelf) -> None:
    data = json.loads(json.dumps(make_letter_data(shelf, SITE)))
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft202012Validator)
    assert data["version"] == 2
    assert data["source"] == "fr"
    assert (data["date"], data["updated"]) == ("2025-03", "2025-06-04")
    assert data["publisher"] == "Les Amis de la vallée"
    assert data["languages"][1]["publisher"] == "أصدقاء الوادي"
    assert data["logo"] == "https://example.org/aleppo/media/city.png"
    organisations, people = data["signatories"]
    assert organisations["names"][0] == {
        "name": "Association pour l’eau",
        "names": {"ar": "جمعية الماء"},
    }
    assert people["count"] == 300
    assert people["names"][0] == {"name": "Jeanne Dupont-Lavigne 1", "names": {"ar": "جان دوبون"}}
    assert people["names"][10]["affiliation"] == "جامعة حلب"
    kinds = {passage["source_text"]: passage["kind"] for passage in data["passages"]}
    assert kinds["Saint-Martin"] == "cell"
    assert kinds["L’usine de la route de Lyon."] == "footnote"
    assert "Association pour l’eau" not in kinds


@pytest.mark.slow
def test_the_book_is_valid_and_its_contents_are_nested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Epubcheck takes seconds a book, so one book has Markdown's blocks as well."""
    site = write_french_letter(tmp_path)
    with site.letter.open("a", encoding="utf-8") as letter:
        letter.write(MARKDOWN.partition("\n")[2] + MORE)
    (tmp_path / "box.svg").write_text(BOX, encoding="utf-8")
    (tmp_path / "photo.avif").write_bytes(b"not every reading system shows this")
    book = write_epub(site.read_shelf().editions["ar"], SITE)
    assert check_book(book, tmp_path, monkeypatch) == []
    contents = read_part(book, "contents.xhtml")
    nested = r"ما تقوله القياسات</a>\s*<ol>\s*<li>\s*<a [^>]*>\u2068À Rochefort"
    assert re.search(nested, contents)
    package = read_part(book, "package.opf")
    assert "<dc:date>2025-03</dc:date>" in package
    assert "<dc:publisher>أصدقاء الوادي</dc:publisher>" in package


@pytest.mark.slow
@pytest.mark.usefixtures("documents")
def test_the_pdf_has_a_tagged_table_bookmarks_and_the_letters_dates(shelf: Shelf) -> None:
    pdf = print_sheet(fill_sheet(shelf.editions["fr"], SITE))
    kinds = [kind for kind, *_ in list_elements(pdf)]
    assert kinds.count("/TH") == 4
    assert "Les Amis de la vallée" in copy_out(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Author"]) == "Les Amis de la vallée"
        assert str(opened.docinfo["/CreationDate"]) == "D:202503", "no day is invented"
        assert str(opened.docinfo["/ModDate"]) == "D:20250604"
        with opened.open_outline() as outline:
            (title,) = outline.root
            assert "Ce qui est arrivé" in [each.title for each in title.children]


def list_depths(chapters: tuple[Chapter, ...], depth: int = 0) -> list[tuple[str, int]]:
    return [
        each
        for chapter in chapters
        for each in (
            (chapter.block.message.msgid if chapter.block.message else "names", depth),
            *list_depths(chapter.chapters, depth + 1),
        )
    ]


def test_headings_that_skip_a_level_stand_in_the_one_above() -> None:
    text = "# T\n\n## A\n\n#### B\n\n### C\n\n### C2\n\n# D\n\n"
    text += "<!-- signatories -->\n- Name\n\n##### E\n"
    assert list_depths(outline_letter(parse_letter(text))) == [
        ("A", 0),
        ("B", 1),
        ("C", 1),
        ("C2", 1),
        ("D", 0),
        ("E", 1),
    ]
    unnamed = text.replace("# D\n\n", "# D\n\nWords.\n\n")
    assert ("names", 1) in list_depths(outline_letter(parse_letter(unnamed)))
