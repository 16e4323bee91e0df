import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letter.serving.negotiation import choose_language, read_ranges
from tests.processor_time import limit_time

AVAILABLE = ("en", "ar", "ku", "ckb")
MALFORMED = [
    *("ar;q=abc", "ar;q=1.1", "ar;q=2", "ar;q=-1", "ar;q=", "ar;q=.5", "ar;q=1e-1", "ar;q=nan"),
    *("ar;q=٠", "ar;q = 1", "ar;level=1", "ar;q=1;q=0", "ar ku", "ar\0", "ar\r\n", "\ud800"),
    *("\xa0ar", "*-SY"),
]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        # Whom a header means.
        ("kmr-TR,kmr;q=0.9", "ku"),
        ("ku-Arab-IQ,ku;q=0.9,ar;q=0.8", "ckb"),
        ("ku-IQ,ku;q=0.9", "ckb"),
        ("en-GB,ckb;q=0.9", "en"),
        ("apc-SY,en;q=0.5", "ar"),
        ("tr-TR,tr;q=0.9,ku;q=0.8,en;q=0.7", "ku"),
        # Weights, then places.
        ("en;q=0.5,ar;q=0.5", "en"),
        ("ar;q=0.5,en;q=0.5", "ar"),
        ("ku;q=0.001,ckb;q=0.002", "ckb"),
        ("ku;q=1,ckb;q=1.0,ar;q=1.000", "ku"),
        ("ku;q=0.9,ckb;q=0.95", "ckb"),
        ("ar;q=0.1,en;q=0.5,ar;q=0.9", "ar"),
        # More than three decimals are read as the number they are.
        ("en;q=0.5,ar;q=1.0000", "ar"),
        ("en;q=0.33333334,ar;q=0.6666667", "ar"),
        # Weight 0 excludes, whole or by the beginning of a tag.
        *((header, "en") for header in ("ar;q=0", "ar;q=0.,en;q=0.1", "ar;q=0,ar", "ar-SY;q=0")),
        *((header, "en") for header in ("ar;q=0,en;q=0,ku;q=0,ckb;q=0", "en;q=0,*")),
        ("ar,ar;q=0.000,ku;q=0.1", "ku"),
        ("ar-SY,ar;q=0,ku;q=0.1", "ku"),
        ("ckb;q=0,ku-Arab-IQ,ar;q=0.1", "ar"),
        ("en;q=0,ku", "ku"),
        ("en-GB,en;q=0,ckb;q=0.1", "ckb"),
        ("en;q=0,*;q=0.9,ckb;q=0.1", "ckb"),
        ("ar-SY;q=0,ar", "ar"),
        ("ku-Arab;q=0,ku-TR", "ku"),
        ("sdh;q=0,ckb", "ckb"),
        # Wildcards.
        *((header, "en") for header in ("*", "*;q=0", "ar;q=0.5,*", "tr,*;q=0.5,ar;q=0.1")),
        *((header, "ar") for header in ("*;q=0,ar", "ar,*;q=0.5")),
        # Spelling.
        ("KU_arab_iq", "ckb"),
        ("  ku-IQ ; Q=0.5 ,\tar\t;\tq=0.4", "ckb"),
        (",,, ,ar,,", "ar"),
        ("\u212au,ar;q=0.1", "ar"),  # KELVIN SIGN, a k in lower case
        *((f"{item},ku;q=0.1", "ku") for item in MALFORMED),
        *((header, "en") for header in (None, "", "de-DE,de;q=0.9")),
        # A long header counts up to its last whole range within 1,000 characters.
        ("xx," * 330 + "ar", "ar"),
        ("xx," * 332 + "ar" + "-a" * 40, "en"),
        ("ku;q=0.5," + "xx," * 40_000 + "ar", "ku"),
        ("a" * 100_000, "en"),
        ("ar" + " " * 100_000, "en"),
    ],
)
def test_a_header_chooses(header: str | None, chosen: str) -> None:
    assert choose_language(AVAILABLE, None, header, "en") == chosen


@pytest.mark.parametrize(
    ("cookie", "chosen"),
    [
        *(("ckb", "ckb"), ("en", "en"), ("kmr", "ku"), ("CKB", "ckb")),
        *((cookie, "ar") for cookie in ("fr", "", None, "*", "ku,ckb", "ku;q=1", "\ud800\0")),
        ("ku" * 50_000, "ar"),
    ],
)
def test_the_readers_own_earlier_choice_comes_first(cookie: str | None, chosen: str) -> None:
    assert choose_language(AVAILABLE, cookie, "ar", "en") == chosen


def test_the_cookie_holds_even_against_a_header_that_excludes_it() -> None:
    assert choose_language(AVAILABLE, "ku", "ku;q=0,ar", "en") == "ku"


def test_a_language_that_is_gone_is_not_chosen() -> None:
    assert choose_language(("en", "ar"), "ku", "ku,ckb;q=0.9", "en") == "en"
    assert choose_language((), "ku", "ar", "fr") == "fr"


def test_a_refused_language_takes_its_regions_with_it() -> None:
    assert choose_language(("pt-BR", "ar"), None, "pt-PT,pt;q=0,ar;q=0.1", "en") == "ar"
    assert choose_language(("pt-BR", "ar"), None, "pt,pt-PT;q=0,ar;q=0.1", "en") == "pt-BR"


@pytest.mark.parametrize(
    ("editions", "header", "chosen"),
    [
        # A French letter has no English edition, an Arabic one neither.
        *(("fr ar", header, "fr") for header in ("en-GB,en;q=0.9", "*", "de,en;q=0.5", "", "en")),
        *(("fr ar", header, "ar") for header in ("en,ar;q=0.1", "ar-SY,fr;q=0.9", "*;q=0.1,ar")),
        *(("ar en", header, "ar") for header in ("fr", "*", "*,en;q=0.9")),
        ("fr en", "en-GB,en;q=0.9", "en"),
        # Nobody is sent to letters that he doesn't read.
        ("en pa ur", "pa-PK,ur;q=0.9", "ur"),
        ("en pa ur", "pa-PK,pa;q=0.8,ur;q=0.9", "ur"),
        ("en pa", "pa-PK", "en"),
        ("en az fa", "az-Arab-IR,fa;q=0.8", "fa"),
        ("en zh-Hans", "zh-Hant-HK,en;q=0.8", "en"),
        ("fr zh-Hans en", "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hans"),  # the reader asks for zh, too
        ("en sr-Latn", "sr-RS,sr;q=0.9,en;q=0.8", "sr-Latn"),
        ("en ku ckb", "ku-Arab,en;q=0.9", "ckb"),
        ("en ku", "ku-Arab,en;q=0.9", "en"),
    ],
)
def test_a_header_chooses_in_any_letter(editions: str, header: str, chosen: str) -> None:
    available = editions.split()
    assert choose_language(available, None, header, available[0]) == chosen


def test_ranges_keep_their_order_and_weights() -> None:
    assert read_ranges("ku-IQ, *;q=0.1,ar ;Q=0") == [("ku-IQ", 1000), ("*", 100), ("ar", 0)]


HEADERS = st.lists(
    st.sampled_from(["ar", "ku", "ku-IQ", "ckb", "en", "*", "apc-SY", "x", ";q=0", ";q=0.5", " "])
    | st.text(max_size=5)
).map(",".join) | st.lists(st.sampled_from(["ar", "ku", "en", "*", ",", ";", "q=", "0", ".", "1"]))


@given(
    st.none() | st.text(),
    st.none() | st.text(st.characters(codec=None), max_size=2000) | HEADERS.map("".join),
    st.sets(st.sampled_from(["ar", "ku", "ckb", "pt-BR", "zh-Hant", "en", "aii"])),
    st.sampled_from(["en", "fr", "ar", "aii"]),
)
@example("\ud800", "\udcff" * 2000, {"ar"}, "fr")
def test_anything_chooses_an_available_language(
    cookie: str | None, header: str | None, available: set[str], source: str
) -> None:
    assert choose_language(available, cookie, header, source) in available | {source}


@pytest.mark.parametrize(
    "item", ["zq,", "*;q=0,", "ar;q=0,", " ", "\t;", "ar-", "q=", ";q=0.", "a", "0", "ar;q=0.0,"]
)
def test_a_long_header_costs_no_more_than_its_first_part(item: str) -> None:
    header = item * (10_000_000 // len(item))
    with limit_time(0.5):
        choose_language(AVAILABLE, None, header, "en")
