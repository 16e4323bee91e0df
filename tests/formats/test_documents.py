"""What can be made here is known without trying, and what is missing is named."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import letter.formats.fonts
from letter.formats.documents import choose_day
from letter.formats.fonts import MissingLibraryError, explain_missing, find_font
from letter.languages.language import find_language
from tests.conftest import Copy


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


def test_the_day_is_the_editions_own_unless_the_build_says_another(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = copy.read_shelf().editions
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert choose_day(editions["ar"]).isoformat().startswith(editions["ar"].day)
    assert choose_day(editions["en"]).isoformat() == "1980-01-01T00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert choose_day(editions["ar"]).isoformat() == "2023-11-14T22:13:20+00:00"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    text = copy.po("ku").read_text(encoding="utf-8")
    text = re.sub(r"PO-Revision-Date: [^\\]*", "PO-Revision-Date: 2026-13-01 09:00+0000", text)
    copy.po("ku").write_text(text, encoding="utf-8")
    assert choose_day(copy.read_shelf().editions["ku"]).year == 1980, "no such day, so none"
