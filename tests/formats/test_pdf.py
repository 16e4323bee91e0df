"""The PDF as its readers, their search and their screen readers find it."""

import io
import re
import subprocess
import sys
import unicodedata
from typing import Any

import pikepdf
import pytest

from letter.editions.edition import Edition
from letter.editions.library import Library
from letter.formats.fonts import MissingLibraryError
from letter.formats.pdf import SIZES, fill_sheet, print_sheet
from letter.formats.site import Site
from letter.paths import default_paths
from letter.source.markdown import plain_text
from tests.conftest import TAGS, WriteSite
from tests.paper import measure_words, split_pages
from tests.tools import require_tool

pytestmark = pytest.mark.slow

SITE = Site("https://example.org/aleppo")
KEYS = ("/S", "/Lang", "/Alt")  # ISO 32000-1 §14.7.2
BOX = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
LETTER = """\
# The title

Some *words*, `code` and [a link](https://example.org/x).

## A heading

1. one
2. two

   - inner

> A quotation.

```
print("x")
```

---

![A box](box.svg)
"""


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return dict(Library(*default_paths()).read_shelf().editions)


@pytest.fixture(scope="module")
def pdfs(editions: dict[str, Edition]) -> dict[str, bytes]:
    return {tag: print_sheet(fill_sheet(edition, SITE)) for tag, edition in editions.items()}


def copy_out(pdf: bytes) -> str:
    """The words of a PDF as they are copied from it, without the marks that only order them."""
    command = [require_tool("pdftotext"), "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    first, *others = done.stdout.decode().split("\f")
    pages = [re.sub(r"\d+\s*$", "", page) for page in others]  # which have a number at their foot
    text = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", "\n".join([first, *pages]))
    return " ".join(unicodedata.normalize("NFKC", text).split())


def keep_letters(text: str) -> str:
    """Letters and digits alone, in their order; Poppler moves Arabic signs and punctuation."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(char for char in normal if unicodedata.category(char)[0] in "LN")


def list_elements(pdf: bytes) -> list[tuple[str, str, str, str]]:
    """What a screen reader gets of each part: its kind ("/P"), path, language and other words."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        waiting: list[tuple[str, Any]] = [("", opened.Root.StructTreeRoot)]
        while waiting:
            path, element = waiting.pop()
            if isinstance(element, pikepdf.Dictionary):
                kind, language, words = (str(element.get(key, "")) for key in KEYS)
                found.append((kind, path, language, words))
                kids: Any = element.get("/K", [])
                kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
                parts = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
                waiting += [(f"{path}{kid.get('/S')}{n}", kid) for n, kid in enumerate(parts)]
    return found


def count_english(pdf: bytes, part: str) -> int:
    """How many parts of a kind, a pattern of their path, have words in English."""
    english = [path for _, path, language, _ in list_elements(pdf) if language == "en"]
    return len({found[0] for path in english if (found := re.match(f".*/{part}\\d+(?=/)", path))})


@pytest.mark.parametrize("tag", TAGS)
def test_every_word_copies_out_in_its_order(
    editions: dict[str, Edition], pdfs: dict[str, bytes], tag: str
) -> None:
    text = copy_out(pdfs[tag])
    if tag != "ar":  # which has signs above and below letters: see the next test
        for passage in editions[tag].passages.values():
            assert keep_letters(plain_text(passage.text)) in keep_letters(text)
    assert f"https://example.org/aleppo/{tag}/" in text
    assert editions[tag].day[:4] in text, "the year of the translation"


def test_arabic_words_copy_out_whole(editions: dict[str, Edition], pdfs: dict[str, bytes]) -> None:
    """Not those with vowel signs: Poppler sets the signs, and so parts of a line, apart."""
    copied = keep_letters(copy_out(pdfs["ar"]))
    for passage in editions["ar"].passages.values():
        for word in plain_text(passage.text).split():
            if not re.search("[\u064b-\u0652]", word):
                assert keep_letters(word) in copied


def test_arabic_with_vowel_signs_is_whole_for_screen_readers(pdfs: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(pdfs["ar"])) as pdf:
        elements = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary)]
        said = [str(found.get("/ActualText")) for found in elements]
    assert "«إننا نُترَك لنموت والعالم يتفرّج.»" in said


@pytest.mark.parametrize("tag", TAGS)
def test_it_says_what_it_is_to_a_screen_reader(
    editions: dict[str, Edition], pdfs: dict[str, bytes], tag: str
) -> None:
    with pikepdf.open(io.BytesIO(pdfs[tag])) as pdf:
        assert str(pdf.Root.Lang) == tag
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == editions[tag].title.line
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        with pdf.open_outline() as outline:
            assert outline.root[0].title == editions[tag].title.line
            assert len(outline.root) + len(outline.root[0].children) == 2
        assert all(
            font["/DescendantFonts"][0]["/FontDescriptor"].get("/FontFile2") is not None
            for page in pdf.pages
            for font in page.Resources.Font.values()
        ), "every font is in the file"
    kinds = {kind for kind, *_ in list_elements(pdfs[tag])}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Figure", "/Link"} <= kinds


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_link_stands_in_a_link_tag(pdfs: dict[str, bytes], tag: str) -> None:
    """ISO 14289-1 §7.18.5; the address at the end has an element of its own within its link."""
    with pikepdf.open(io.BytesIO(pdfs[tag])) as pdf:
        numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        assert [str(link.A.URI) for link in links] == [f"https://example.org/aleppo/{tag}/"]
        assert [str(owners[int(link.StructParent)].S) for link in links] == ["/Link"]


@pytest.mark.parametrize(("tag", "english"), [("en", 0), ("ar", 9), ("ckb", 18), ("ku", 18)])
def test_names_in_english_say_so_in_their_tags(
    editions: dict[str, Edition], pdfs: dict[str, bytes], tag: str, english: int
) -> None:
    names = [p for p in editions[tag].texts.values() if p.language.tag != tag]
    assert len(names) == english
    assert count_english(pdfs[tag], "LI") == english


@pytest.mark.parametrize(("tag", "sizes"), [("en", SIZES["ltr"]), ("ckb", SIZES["rtl"])])
def test_a_pdf_is_one_sheet_of_paper_in_letters_that_can_be_read(
    pdfs: dict[str, bytes], tag: str, sizes: tuple[float, ...]
) -> None:
    pages = split_pages(pdfs[tag])
    size, _ = measure_words(pdfs[tag]).most_common(1)[0]
    assert len(pages) == (1 if tag == "en" else 2)
    assert size in sizes
    assert size == sizes[0] or len(pages) == 1, "small letters only where they save a page"
    assert all(name in pages[-1] for name in ("Zaad", "Kurds House", f"aleppo/{tag}/"))


def test_a_letter_that_fits_no_size_has_the_usual_one(write_site: WriteSite) -> None:
    copy = write_site("# Title\n\n" + "Some words of a letter. " * 290)
    pdf = print_sheet(fill_sheet(copy.read_shelf().editions["en"], SITE))
    assert len(split_pages(pdf)) == 2
    assert measure_words(pdf).most_common(1)[0][0] == SIZES["ltr"][0]


def test_two_files_are_the_same_and_small_enough_to_send(
    editions: dict[str, Edition], pdfs: dict[str, bytes]
) -> None:
    assert print_sheet(fill_sheet(editions["ckb"], SITE)) == pdfs["ckb"]
    assert max(map(len, pdfs.values())) < 40_000


def test_english_that_stands_in_is_marked_and_the_reason_given(write_site: WriteSite) -> None:
    copy = write_site(
        "# Title\n\nFirst words.\n\nSecond words.\n",
        ar='msgid "First words."\nmsgstr "الكلمات الأولى."\n',
    )
    pdf = print_sheet(fill_sheet(copy.read_shelf().editions["ar"], Site()))
    text = copy_out(pdf)
    assert "Second words" in text
    assert "يترجم" in keep_letters(text)
    assert count_english(pdf, r"Art\d+/(H1|P)") == 2, "the title and the second passage"
    assert "example.org" not in text


def test_another_letter_with_everything_markdown_has(write_site: WriteSite) -> None:
    copy = write_site(LETTER, ckb='msgid "A heading"\nmsgstr "سەردێڕ"\n')
    (copy.letter.parent / "box.svg").write_text(BOX, encoding="utf-8")
    pdf = print_sheet(fill_sheet(copy.read_shelf().editions["ckb"], SITE))
    text = copy_out(pdf)
    for words in ("The title", "Some words, code and a link.", "سەردێڕ", "inner", 'print("x'):
        assert words in text
    spoken = [alt for kind, _, _, alt in list_elements(pdf) if kind == "/Figure"]
    assert sorted(spoken) == ["A box", "https://example.org/aleppo/ckb/"]


@pytest.mark.usefixtures("documents")
def test_without_weasyprint_it_says_what_to_install(
    editions: dict[str, Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingLibraryError, match=r"-r requirements-documents\.txt"):
        print_sheet(fill_sheet(editions["ar"], SITE))
