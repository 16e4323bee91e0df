"""The title, the description and the names of small letters, and the names of languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from letter.formats.card import fill_card
from letter.formats.documents import write_bundle
from letter.formats.epub import write_epub
from letter.formats.letter_json import make_letter_data
from letter.formats.page import render_edition, render_pair
from letter.formats.pdf import fill_sheet, print_sheet
from letter.formats.text import write_text
from tests.formats.test_epub import read_part
from tests.formats.test_pdf import SITE, list_elements

if TYPE_CHECKING:
    from tests.conftest import WriteSite


@pytest.mark.slow
@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("letter", ["Des mots.\n", "## Partie\n\nDes mots.\n"])
def test_a_title_that_no_heading_shows_stands_above_the_letter(
    write_site: WriteSite, letter: str
) -> None:
    front = "---\nlanguage: fr\ntitle: Pour *nous*\n---\n"
    entries = 'msgid "Pour *nous*"\nmsgstr "من أجلنا"\n'
    shelf = write_site(front + letter, ar=entries, en="").read_shelf()
    heading = "<h1{}>Pour <em>nous</em></h1>"
    for tag, title, h1 in (
        ("fr", "Pour nous", heading.format("")),
        ("ar", "من أجلنا", "<h1>من أجلنا</h1>"),
        ("en", "\u2068Pour nous\u2069", heading.format(' lang="fr" dir="ltr"')),
    ):
        edition = shelf.editions[tag]
        book = read_part(write_epub(edition, SITE), "letter.xhtml")
        for page in (render_edition(edition, shelf, SITE), book.replace(' xml:lang="fr"', "")):
            assert page.count("<h1") == page.count(h1) == 1
        lines = [
            re.sub("[\ufeff\u200f\u2067]", "", line) for line in write_text(edition).split("\n")
        ]
        assert next(line for line in lines if line[:1] not in ("", "[")).startswith(title)
        pdf = print_sheet(fill_sheet(edition, SITE))
        assert "/H1" in [kind for kind, *_ in list_elements(pdf)]
    pair = render_pair(shelf.editions["ar"], shelf.editions["fr"], shelf, SITE)
    assert pair.count("<h1") == 2
    assert write_bundle(shelf, SITE).count("<h1") == 3


@pytest.mark.parametrize("letter", ["# Pour nous\n", "# Autre\n", "## Pour nous\n\nMots.\n"])
def test_a_title_that_stands_in_the_letter_is_not_repeated(
    write_site: WriteSite, letter: str
) -> None:
    shelf = write_site(f"---\ntitle: Pour nous\n---\n{letter}").read_shelf()
    page = render_edition(shelf.editions["en"], shelf, SITE)
    assert len(re.findall("<h[12]", page)) == 1
    assert write_text(shelf.editions["en"]).count("Pour nous") == ("Pour" in letter)


def test_the_card_says_what_the_description_says(write_site: WriteSite) -> None:
    front = "---\ndescription: What *we* ask.\n---\n# Title\n\nFirst.\n"
    site = write_site(front, ar='msgid "What *we* ask."\nmsgstr "ما *نطالب* به"\n', ku="")
    cards = {tag: fill_card(edition) for tag, edition in site.read_shelf().editions.items()}
    assert (cards["ar"].summary, cards["ar"].summary_tag) == ("ما نطالب به", "ar")
    assert (cards["ku"].summary, cards["ku"].summary_tag) == ("What we ask.", "en")


@pytest.mark.parametrize(
    ("tag", "listed"), [("ar", "A، B، 2025"), ("he", "A, B, 2025"), ("ja", "A、B、2025")]
)
def test_what_is_told_of_a_name_has_the_commas_of_the_script(
    write_site: WriteSite, tag: str, listed: str
) -> None:
    site = write_site("# T\n\n<!-- signatories: people.csv -->\n", **{tag: ""})
    (site.letter.parent / "people.csv").write_text(
        "name,affiliation,country,date\nN,A,B,2025\n", encoding="utf-8"
    )
    shelf = site.read_shelf()
    page = render_edition(shelf.editions[tag], shelf, SITE)
    (small,) = re.findall("<small>(.*?)</small>", page)
    assert re.sub("<[^>]+>", "", small) == listed
    assert f"({listed})" in re.sub("[\u2068\u2069]", "", write_text(shelf.editions[tag]))


def list_switched(page: str) -> dict[str, str]:
    """What screen readers say of each language after its own name, by tag."""
    items = re.findall(r'<li><a [^>]*hreflang="([^"]+)".*?</li>', page, re.DOTALL)
    found = re.findall(r"<li><a [^>]*hreflang=.*?</li>", page, re.DOTALL)
    spans = [re.findall(r'class="hidden" lang="en"[^>]*>, ([^<]*)', item) for item in found]
    return {tag: "".join(span) for tag, span in zip(items, spans, strict=True)}


def test_a_language_without_an_english_name_has_none_read_out(write_site: WriteSite) -> None:
    site = write_site("# T\n", aii="", ar="", ku="", nqo="")
    for folder, name in (("aii", "ܣܘܪܝܬ"), ("nqo", "ߒߞߏ")):
        site.po(folder).write_text(
            f'msgid ""\nmsgstr ""\n"Language: {folder}\\n"\n"X-Letter-Name: {name}\\n"\n',
            encoding="utf-8",
        )
    shelf = site.read_shelf()
    for page in (
        render_edition(shelf.editions["aii"], shelf, SITE),
        write_bundle(shelf, SITE),
    ):
        assert list_switched(page) == {
            "en": "",
            "aii": "",
            "ar": "Arabic",
            "ku": "",
            "nqo": "N’Ko",
        }


@pytest.mark.parametrize(
    ("title", "body", "above"),
    [
        ("", "# Titre\n\nMots.\n", ["Titre"]),
        ("", "Dessus.\n\n# Titre\n\nMots.\n", ["Titre"]),
        ("", "# Titre\n", ["Titre"]),
        ("title: Nous\n", "Mots.\n", ["Nous"]),
        ("title: Nous\n", "## A\n\nMots.\n\n# Titre\n", ["Nous"]),
        ("", "Mots.\n", []),
    ],
)
def test_the_date_stands_below_the_title(
    write_site: WriteSite, title: str, body: str, above: list[str]
) -> None:
    shelf = write_site(f"---\n{title}language: fr\ndate: 2025-06\n---\n{body}").read_shelf()
    page = render_edition(shelf.editions["fr"], shelf, SITE)
    before = page.partition("<article>")[2].partition('<p class="date">')[0]
    assert re.sub("<[^>]+>", "", before).split()[-1:] == above
    lines = re.sub("(?m)^\ufeff|\n\n", "\n", write_text(shelf.editions["fr"])).split("\n")
    (number,) = (n for n, line in enumerate(lines) if "juin 2025" in line)
    assert [line for line in lines[:number] if line][-1:] == above
    assert page.count("juin 2025") == 1
    assert " ·" not in page, "no line begins with a dot"


def test_the_day_of_a_change_stands_alone_where_the_letter_has_no_other(
    write_site: WriteSite,
) -> None:
    shelf = write_site("---\nupdated: 2025-06-04\n---\n# T\n\nWords.\n").read_shelf()
    assert "Open letter · updated June 4, 2025" in write_text(shelf.editions["en"])


LOGO = "![Our logo](logo.png)"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"{LOGO}\n\n# Ne *mourons* pas\n\nNous.\n", "Ne mourons pas"),
        (f"# {LOGO}\n\n# Ne mourons pas\n\nNous.\n", "Ne mourons pas"),
        (f"# [{LOGO}](https://example.org)\n\n## Ne mourons pas\n\nNous.\n", "Ne mourons pas"),
        (f"{LOGO}\n\n***\n\n## Ne mourons pas\n\nNous.\n\n## Suite\n", "Ne mourons pas"),
        (f"> {LOGO}\n>\n> # Appel\n\n4 mai 2016\n\n## Lettre\n\n# Fin\n", "Appel"),
        (f"{LOGO}\n\nNous, gens d’Alep.\n\nNous.\n", "Nous, gens d’Alep."),
        (f"---\ntitle: Devant\n---\n{LOGO}\n\n# Ne mourons pas\n\nNous.\n", "Devant"),
    ],
)
def test_a_picture_alone_is_no_title_and_no_description(
    write_site: WriteSite, body: str, title: str
) -> None:
    front = body if body.startswith("---") else f"---\n---\n{body}"
    copy = write_site(
        front.replace("---\n", "---\nlanguage: fr\n", 1),
        ar='msgid "![Our logo](logo.png)"\nmsgstr "![شعارنا](logo.png)"\n\n',
        ku='msgid "Nous."\nmsgstr "Em."\n\n',
    )
    (copy.letter.parent / "logo.png").write_bytes(b"")
    shelf = copy.read_shelf()
    for tag in ("fr", "ar", "ku"):
        edition = shelf.editions[tag]
        page = render_edition(edition, shelf, SITE)
        shown = title if tag == "fr" else f"\u2068{title}\u2069"
        assert f">{shown}</title>" in page
        assert not re.search('description" content="[^"]*(logo|شعار)', page)
        package = read_part(write_epub(edition, SITE), "package.opf")
        titles = {
            page.partition('og:title" content="')[2].partition('"')[0],
            edition.title.line,
            package.partition("</dc:title>")[0].rpartition(">")[2],
            fill_card(edition).title,
        }
        assert {found.strip("\u2068\u2069") for found in titles} == {title}
    assert make_letter_data(shelf, SITE)["title"] == title
