"""What stands below the words of a passage for those who quote them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letter.source.letter import read_letter
from scripts import sign_off

if TYPE_CHECKING:
    from tests.conftest import Copy, WriteSite

AR = 'msgid "First."\nmsgstr "أولا."\n\nmsgid "Title"\nmsgstr "عنوان"\n'
TOLD = "هذه الترجمة مسودة"


def read_citation(site: Copy, tag: str, number: int) -> str:
    anchor = read_letter(site.letter).passages[number].anchor
    page = site.client("https://example.org").get(f"/{tag}/{anchor}/").text
    (citation,) = re.findall(r"<blockquote.*?</blockquote>", page, re.DOTALL)
    return str(citation)


def test_a_quoted_draft_says_so_until_it_is_reviewed(write_site: WriteSite) -> None:
    site = write_site("# Title\n\nFirst.\n\nSecond.\n", ar=AR, ar_EG="")
    text = site.po("ar").read_text("utf-8")
    site.po("ar").write_text(text.replace("UTF-8", "UTF-8\\nX-Letter-Status: draft"), "utf-8")
    lines = read_citation(site, "ar", 1).split("<br>\n")
    assert len(lines) == 4, "words, title, what they are, address"
    assert TOLD in lines[2]
    assert f'<span lang="ar" dir="rtl">{TOLD}' in read_citation(site, "ar-EG", 1), "lent words"
    for tag in ("ar", "en", "ar-EG"):
        assert TOLD not in read_citation(site, tag, 2), "the letter's own words"
    assert site.run(sign_off, "ar", "--passage=1", "--reviewer", "Zîn <zin@example.org>") == 0
    for tag in ("ar", "ar-EG"):
        assert "أولا." in read_citation(site, tag, 1)
        assert read_citation(site, tag, 1).count("<br>") == 2, "no review of other passages"
