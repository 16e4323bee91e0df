"""Which of the available languages a tag means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.languages.language import find_language
from letter.languages.matching import match_language
from tests.languages.test_language import FOLDERS

LATIN = ["en", "es-ES", "es-MX", "ku", "no", "pt-BR", "sr-Latn"]


@pytest.mark.parametrize(
    ("requested", "meant"),
    [
        *((tag, "ku") for tag in ("ku", "kmr", "kur", "kmr-TR", "ku-SY", "ku-Latn-IQ", "KU_tr")),
        *((tag, "ku") for tag in ("ku-LB", "ku-Cyrl", "ku-Yezi", "kmr-Latn-IR-x-a")),
        *((tag, "ckb") for tag in ("ckb", "ku-arab", "ku_Arab_SY", "ku-IQ", "KMR-ir", "CKB")),
        *((tag, "ckb") for tag in ("sdh", "sdh-IR", "ckb-IR", "kur-Arab-TR", "ckb-Latn")),
        *((tag, "ar") for tag in ("ar", "AR", "ara", "arb", "ar-SY", "apc-SY", "ajp", "acm_IQ")),
        *((tag, "ar") for tag in ("arz", "ary-MA", "shu", "ar-Latn", "ar-arz", "ar-u-nu-latn")),
        *((tag, "en") for tag in ("en", "EN", "en-GB", "en_US", "eng", "en-US-x-twain")),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("PT_br", "pt-BR"),
        ("es-MX", "es-MX"),
        ("es", "es-ES"),
        ("es-AR", "es-ES"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-SG", "zh"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("cmn-TW", "zh-Hant"),
        ("sr-ME", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("nb-NO", "no"),
        ("iw-IL", "he"),
        ("prs", "fa"),
        ("pa-PK", "pa"),
        *((tag, None) for tag in ("sr-Cyrl", "tr", "de-DE", "xx", "und", "*", "", "-", "ar-", "a")),
        *((tag, None) for tag in ("healthz", "ar/", " ar", "ar\n", "ar\0", "\ud800", "x-ar")),
        *((tag, None) for tag in ("\u212au", "ar" + "-a" * 50, "ar--SY", "ar-SY-overlongsub")),
    ],
)
def test_a_requested_tag_means_an_available_one(requested: str, meant: str | None) -> None:
    available = [*LATIN, "ar", "ckb", "fa", "he", "pa", "zh", "zh-Hant"]
    assert match_language(requested, available) == meant


def test_the_own_language_comes_before_the_one_its_readers_read() -> None:
    assert match_language("apc-SY", {"ar", "apc"}) == "apc"
    assert match_language("sdh-IR", ["ckb", "sdh"]) == "sdh"
    assert match_language("arz", ["apc"]) is None
    assert match_language("kmr-TR", ("ku", "ku-TR")) == "ku-TR"
    assert match_language("nb-NO", ("no", "nb")) == "nb"
    assert match_language("no", ("no", "nb")) == "no"
    assert match_language("be-tarask", ("be", "be-tarask")) == "be-tarask"


def test_the_general_tag_comes_first_and_then_the_likeliest_region() -> None:
    assert match_language("ar-SY", ["ar-EG", "ar", "ar-AE"]) == "ar"
    assert match_language("ar-SY", ["ar-AE", "ar-EG"]) == "ar-EG"
    assert match_language("pt", ["pt-AO", "pt-BR"]) == "pt-BR"
    assert match_language("zh-Hant", ["zh-Hant-HK", "zh-Hant-TW"]) == "zh-Hant-TW"
    assert match_language("zh-HK", ["zh-Hant-HK", "zh-Hant-TW"]) == "zh-Hant-HK"


def test_sorani_readers_are_not_given_the_script_they_do_not_read() -> None:
    assert match_language("ku-Arab-IQ", {"ku", "ar"}) is None
    assert match_language("kmr", {"ckb", "ar"}) is None


def test_english_is_always_available() -> None:
    assert match_language("en-GB", []) == "en"
    assert match_language("en-GB", ["en-GB"]) == "en-GB"


@given(st.text(max_size=80), st.lists(st.sampled_from(FOLDERS), max_size=8))
def test_matching_gives_nothing_but_what_is_available(asked: str, folders: list[str]) -> None:
    available = [find_language(folder).tag for folder in folders]
    assert match_language(asked, available) in {None, "en", *available}
