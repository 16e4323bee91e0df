"""The glossary is read or refused with its line, and names and terms are held against it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.glossary import GlossaryError, parse_glossary, read_glossary
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile
from tests.checks.test_findings import HARD


def check_terms(csv: str, tag: str, *pairs: tuple[str, str]) -> list[str]:
    entries = tuple(Entry(msgid, (msgstr,)) for msgid, msgstr in pairs)
    found = check_catalogue(
        PoFile("x.po", entries=entries), find_language(tag), parse_glossary(csv)
    )
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


INFLECTED = {
    "ar": "حلب وبحلب, مدرسة مدرستنا, حكومة حكومات, مدنيون المدنيين",
    "fa": "کتاب کتاب‌ها, خانه خانگی",
    "ckb": "حەلەب حەلەبدا, ڕێ ڕێگا",
    "ku": "rê riya, gund gundê, azadî azadiya, Kumsipî Kumsipiyan",
    "tr": "kitap kitabı, ağaç ağacın, kanat kanadı, renk rengi, şehir şehri, Halep Halep’te, "
    "ad adları, ad adımızın, ad Adına, el elden, su suyun, oda odamızda, köy köylüler, "
    "köy köydeki, Âlim Alimler",
    "he": "קסדות לקסדות, קסדה הקסדות, ילדים הילדים, אזרחים אזרחי, עזרה עזרת",
    "de": "Hilfe Soforthilfe, Stadt Städte, Bombe Fassbomben, Arzt Ärzte",
    "fr": "état États",
    "el": "άνθρωπος Άνθρωποι",
    "ru": "Сирия Сирии, вода воды, отец отца, день дня, друг друзья",
    "pl": "ręka ręce, wojna wojnie, Kraków Krakowa, stół stole",
    "fi": "kaupunki kaupungin, lupa luvan",
    "hu": "alma almát, álom álmot",
}
OTHERS = {
    "ar": "حلب حماة, مدرسة مدينة, حكومة حكم, الحصار الحصاد",
    "fa": "کتاب کاغذ, خانه خانم, شهر شعر",
    "ckb": "حەلەب حەما, شار شەڕ",
    "ku": "rê rast, gund bajar, azadî aştî, Heleb Hema",
    "tr": "kitap kısım, renk resim, şehir şehit, ekmek emek, oğul okul, "
    "ad adam, ad Adana, el elma, su sulama, köy köle",
    "he": "קסדות כובעים, חלב חמה, אזרחים אזרח, שלום שלושה",
    "de": "Stadt Staat, Haus Hass, Bombe Bohne, Rat Beratung",
    "fr": "état étage",
    "el": "άνθρωπος άνεμος",
    "ru": "Сирия сирота, осада осанка, отец отдых, Хама Хомс",
    "pl": "ręka rzeka, miasto masło, dom dym",
    "fi": "kaupunki kauppa, katu kala",
    "hu": "ostrom ostor, alma alom",
}


@pytest.mark.parametrize("tag", INFLECTED)
def test_each_languages_forms_of_a_term_are_the_term_and_other_words_are_not(tag: str) -> None:
    for words, is_term in ((INFLECTED, True), (OTHERS, False)):
        for term, form in (pair.split() for pair in words[tag].split(", ")):
            csv = f"term,note,{tag}\nthing,,{term}\n"
            found = check_terms(csv, tag, ("The thing is here", f"xx {form} yy"))
            assert (found == []) is is_term, (term, form)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_glossary_is_read_as_a_spreadsheet_saves_it(mark: str) -> None:
    csv = 'term,note,ar\n"siege","a, b; c",حصار\n'.replace(",", mark)
    assert check_terms(csv, "ar", ("The siege", "الحصار")) == []
    assert len(check_terms(csv, "ar", ("The siege", "الحرب"))) == 1


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
        ('term,note,ar\nx,,"a\nb\n', "glossary.csv:2: is not CSV"),
        ('term,note,ar\nx,"a\nb\nc"\n', "glossary.csv:2: has 2 cells"),  # where the row begins
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


@settings(max_examples=300)
@given(HARD)
def test_any_glossary_is_read_or_refused_with_its_line(text: str) -> None:
    with suppress(GlossaryError):
        assert isinstance(parse_glossary("term,note,ar\n" + text), dict)
