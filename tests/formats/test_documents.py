"""What can be made here is known without trying, and what is missing is named."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import letter.formats.fonts
from letter.formats.documents import choose_day, list_dates
from letter.formats.fonts import MissingLibraryError, explain_missing, find_font
from letter.formats.pdf import fill_sheet
from letter.formats.site import Site
from letter.languages.language import find_language
from tests.conftest import Copy, WriteSite


@pytest.mark.usefixtures("documents")
def test_everything_can_be_made_where_the_tests_run() -> None:
    for form in ("pdf", "card"):
        assert explain_missing(form) == explain_missing(form, find_language("ckb")) == ""


def test_looking_for_what_is_missing_imports_nothing_heavy() -> None:
    code = (
        "import sys, letter.formats.fonts as d;"
        "d.explain_missing('pdf'); d.explain_missing('card'); "
        "print(sorted({'flask', 'weasyprint', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.usefixtures("documents")
def test_without_fonts_a_language_has_neither_pdf_nor_card(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(letter.formats.fonts, "FONT_FOLDERS", (tmp_path,))
    for form in ("pdf", "card"):
        assert "fonts-noto-core" in explain_missing(form, find_language("ckb"))
        assert explain_missing(form) == ""
    with pytest.raises(MissingLibraryError, match=r"Kurdish \(Sorani\).*fonts-noto-core"):
        find_font(find_language("ckb"))
    with pytest.raises(MissingLibraryError, match="fonts-noto-cjk"):
        find_font(find_language("zh"))


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ar", "NotoNaskhArabic-Regular.ttf"),
        ("ckb", "NotoNaskhArabic-Regular.ttf"),
        ("ku", "NotoSerif-Regular.ttf"),
        ("uk", "NotoSerif-Regular.ttf"),
        ("hi", "NotoSerifDevanagari-Regular.ttf"),
        ("az-Cyrl", "NotoSerif-Regular.ttf"),
    ],
)
def test_a_font_is_found_for_each_script(tag: str, name: str) -> None:
    assert find_font(find_language(tag)).name == name


def test_dates_are_the_letters_and_the_files_and_never_the_builds(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.edit("ckb", "PO-Revision-Date: 2026-", "PO-Revision-Date: 2026-13-")
    editions = copy.read_shelf().editions
    day = editions["ar"].day
    for epoch in ("", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert list_dates(editions["en"]) == ("2016-05", "2016-05")
        assert list_dates(editions["ar"]) == ("2016-05", day)
        assert list_dates(editions["ckb"]) == ("2016-05", "2016-05"), "no such day, so none"
    copy.change("date: 2016-05", f"date: 2016-05\nupdated: {day}")
    assert list_dates(copy.read_shelf().editions["ckb"]) == ("2016-05", day)
    copy.change(f"date: 2016-05\nupdated: {day}", "publisher: Us")
    editions = copy.read_shelf().editions
    assert (list_dates(editions["en"]), list_dates(editions["ar"])) == (("", ""), ("", day))


def test_the_moment_in_a_file_is_the_builds_or_else_the_last_change(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = copy.read_shelf().editions
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert choose_day(editions["ar"]).isoformat() == f"{editions['ar'].day}T00:00:00+00:00"
    assert choose_day(editions["en"]).isoformat() == "2016-05-01T00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert choose_day(editions["en"]).isoformat() == "2023-11-14T22:13:20+00:00"


def test_the_sitemap_tells_the_later_of_the_letters_date_and_the_files(copy: Copy) -> None:
    day = copy.read_shelf().editions["ar"].day
    for date, changed in (("2016-05", ("2016-05", day)), ("2030", ("2030", "2030"))):
        copy.change("date: 2016-05", f"date: {date}")
        text = copy.client("https://example.org").get("/sitemap.xml").text
        found = re.findall("<loc>https://example.org/(?:en|ar)/</loc><lastmod>(.*?)<", text)
        assert tuple(found) == changed
    copy.change("date: 2030", "publisher: Us")
    text = copy.client("https://example.org").get("/sitemap.xml").text
    assert "<loc>https://example.org/en/</loc><xhtml:link" in text


@pytest.mark.usefixtures("documents")
def test_a_pdf_bears_no_date_and_no_author_that_nobody_wrote(
    write_site: WriteSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    header = 'msgid ""\nmsgstr "Last-Translator: Zîn <z@example.org>\\n"\n\n'
    copy = write_site("# Title\n\nWords.\n")
    copy.po("ku").parent.mkdir(parents=True)
    copy.po("ku").write_text(header + 'msgid "Words."\nmsgstr "Peyv."\n', encoding="utf-8")
    head = fill_sheet(copy.read_shelf().editions["ku"], Site()).html.partition("<style>")[0]
    assert "dcterms" not in head
    assert "author" not in head
