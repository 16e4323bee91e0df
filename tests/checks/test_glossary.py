"""The glossary is read or refused with its line, and names and terms are held against it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.glossary import GlossaryError, parse_glossary, read_glossary
from letter.po.model import Entry, PoFile
from tests.checks.test_findings import HARD, LANGUAGES


def check_terms(csv: str, tag: str, *pairs: tuple[str, str]) -> list[str]:
    entries = tuple(Entry(msgid, (msgstr,)) for msgid, msgstr in pairs)
    found = check_catalogue(PoFile("x.po", entries=entries), LANGUAGES[tag], parse_glossary(csv))
    return [finding.text for finding in found if finding.check == "glossary"]


def test_grammar_does_not_hide_a_term() -> None:
    csv = (
        "term,note,ar,ckb,ku\nAleppo,,حلب,حەلەب,Heleb\n"
        "civil society,,المجتمع المدني,,civaka sivîl\n"
    )
    society = ("for civil society", "للمجتمع المدنيّ")
    assert check_terms(csv, "ar", ("In Aleppo", "وفي حلب"), ("Aleppo’s", "وبحلب"), society) == []
    assert check_terms(csv, "ckb", ("In Aleppo", "لە حەلەبدا"), ("Aleppo", "حەلەبیش")) == []
    society = ("civil society", "Civakên sivîl")
    assert (
        check_terms(csv, "ku", ("Aleppoish", "Wek Şamê"), ("In Aleppo", "Li Helebê"), society) == []
    )
    assert check_terms(csv, "ku", ("In Aleppo", "Li Şamê")) != []


def test_two_names_for_one_thing_are_found() -> None:
    csv = "term,note,ar\nWhite Helmets,,الخوذ البيضاء|القبعات البيضاء\n"
    same = ("The White Helmets", "الخوذ البيضاء")
    assert check_terms(csv, "ar", same, same, ("White Helmets", "للخوذ البيضاء")) == []
    (text,) = check_terms(csv, "ar", same, same, ("White Helmets", "القبعات البيضاء"))
    assert "another name" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "glossary.csv:1: is empty"),
        ("a,b\n", "glossary.csv:1: must begin"),
        ("term,note,kmr\n", "glossary.csv:1: column 3"),
        ("term,note,ar,ar\n", "glossary.csv:1: the column ar is there twice"),
        ("term,note,ar\nx,y\n", "glossary.csv:2: has 2 cells"),
        ("term,note,ar\nx,,a\n\nx,,b\n", "glossary.csv:4: x is there twice"),
        ("term,note,ar\n,,a\n", "glossary.csv:2: the term is missing"),
        ('term,note,ar\nx,,"a\n', "glossary.csv:2: is not CSV"),
    ],
)
def test_a_bad_glossary_is_explained_at_its_line(text: str, words: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        parse_glossary(text)
    assert str(caught.value).startswith(words)


def test_a_glossary_that_is_not_utf8_or_not_there_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    with pytest.raises(GlossaryError, match="can't be read"):
        read_glossary(path)
    path.write_bytes("term,note,ar\nx,,حلب\n".encode("cp1256"))
    with pytest.raises(GlossaryError, match=":2: is not UTF-8"):
        read_glossary(path)


@settings(max_examples=300, deadline=None)
@given(HARD)
def test_any_glossary_is_read_or_refused_with_its_line(text: str) -> None:
    with suppress(GlossaryError):
        assert isinstance(parse_glossary("term,note,ar\n" + text), dict)
