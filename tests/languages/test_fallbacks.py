"""Which editions lend their passages to another one."""

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from letter.languages.fallbacks import list_fallbacks
from letter.languages.language import find_language
from tests.languages.test_language import FOLDERS

MANY = ["es", "es-419", "pt", "pt-PT", "pt-BR", "zh", "zh-Hant", "zh-Hant-HK", "en", "en-001"]
MANY += ["sr", "sr-Latn", "de", "fr", "no", "ku", "ckb"]


@pytest.mark.parametrize(
    ("tag", "lenders"),
    [
        ("es-MX", "es-419 es"),
        ("pt-AO", "pt-PT pt"),
        *((tag, "pt") for tag in ("pt-BR", "pt-PT")),
        *(("de-AT", "de"), ("en-GB", "en-001 en"), ("zh-Hans-SG", "zh"), ("sr-BA", "sr")),
        # A region brings a script, and nothing crosses scripts.
        *((tag, "zh-Hant") for tag in ("zh-Hant-HK", "zh-HK", "zh-TW")),
        ("zh-Hant-MO", "zh-Hant-HK zh-Hant"),
        *(("sr-Latn-BA", "sr-Latn"), ("sr-ME", "sr-Latn")),
        *((tag, "") for tag in ("zh-Hant", "sr-Latn", "uz-Cyrl", "az-Arab", "zh", "pt", "es")),
        # Languages that CLDR names as parents; no language of which readers are said to read it.
        *(("nb", "no"), ("nn", "no"), ("ht", "fr"), ("fr-HT", "fr")),
        *((tag, "") for tag in ("ku", "ckb", "ku-IQ", "ku-Arab", "sdh", "apc", "kmr")),
        # What CLDR doesn't know has parents of its own, and what is no tag has none.
        *(("de-formal", "de"), ("de-CH-1901", "de"), ("zza-TR", "")),
        *((tag, "") for tag in ("", "*", "und", "x", "\ud800", "pt-" + "a" * 100)),
    ],
)
def test_passages_come_from_the_parents(tag: str, lenders: str) -> None:
    assert list_fallbacks(tag, MANY) == tuple(lenders.split())


def test_an_edition_that_cldr_lacks_borrows_and_lends() -> None:
    assert list_fallbacks("zza-TR", ["zza", "ku"]) == ("zza",)
    assert list_fallbacks("aii-Latn", ["aii"]) == ()


@pytest.mark.parametrize(
    ("field", "lenders"),
    [
        *((field, "") for field in ("none", "None", " none ", "xx", "ku-Arab", "pt-BR")),
        *((field, "pt") for field in ("", " ", ",;", "pt", "PT", "pt, pt", "xx, pt", "pt-BR pt")),
        *((field, "es pt") for field in ("es, pt", "es pt", "es,pt,none", "es;pt", "es-419 es pt")),
        ("pt_PT", "pt-PT"),
        ("ckb", "ckb"),  # translators may choose what CLDR doesn't
        ("pt " * 100_000 + "es", "pt"),
        ("\udcff pt \u202e", "pt"),
    ],
)
def test_the_header_of_a_catalogue_names_others_or_none(field: str, lenders: str) -> None:
    available = ["pt-BR", "es", "pt", "pt-PT", "ckb"]
    assert list_fallbacks("pt-BR", available, field) == tuple(lenders.split())


@given(
    st.sampled_from(FOLDERS) | st.text(max_size=40),
    st.lists(st.sampled_from(FOLDERS), max_size=8),
    st.sampled_from(["", "", "none"]) | st.text(max_size=40),
)
def test_lenders_are_available_and_never_the_edition_itself(
    name: str, folders: list[str], field: str
) -> None:
    available = {find_language(each).tag for each in folders}
    found = list_fallbacks(name.replace("_", "-"), available, field)
    assert set(found) <= available - {name.replace("_", "-")}
    assert len(set(found)) == len(found)


def test_all_parents_of_cldr_are_written_in_the_same_script() -> None:
    tags = [find_language(folder).tag for folder in FOLDERS]
    for tag in tags:
        own = find_language(tag).script
        assert {find_language(each).script for each in list_fallbacks(tag, tags)} <= {own}
    assert len(tags) == len(localedata.locale_identifiers()) - 1
