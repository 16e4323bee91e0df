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
        *((tag, "pt-BR") for tag in ("pt", "pt-PT", "PT_br")),
        *((tag, "es-ES") for tag in ("es", "es-AR")),
        *((tag, "zh") for tag in ("zh", "zh-CN", "zh-SG")),
        *((tag, "zh-Hant") for tag in ("zh-TW", "zh-HK", "zh-Hant-MO", "cmn-TW")),
        *((tag, "sr-Latn") for tag in ("sr-ME", "sh", "sr@latin", "sr_RS.UTF-8@latin")),
        *(("es-MX", "es-MX"), ("nb-NO", "no"), ("iw-IL", "he"), ("prs", "fa"), ("pa-PK", "pa")),
        *((tag, None) for tag in ("sr-Cyrl", "tr", "de-DE", "xx", "und", "*", "", "-", "ar-", "a")),
        *((tag, None) for tag in ("healthz", "ar/", " ar", "ar\n", "ar\0", "\ud800", "x-ar")),
        *((tag, None) for tag in ("\u212au", "ar" + "-a" * 50, "ar--SY", "ar-SY-overlongsub")),
    ],
)
def test_a_requested_tag_means_an_available_one(requested: str, meant: str | None) -> None:
    available = [*LATIN, "ar", "ckb", "fa", "he", "pa", "zh", "zh-Hant"]
    assert match_language(requested, available) == meant


@pytest.mark.parametrize(
    ("requested", "available", "meant"),
    [
        # The own language comes before the one that its readers read.
        ("apc-SY", ["ar", "apc"], "apc"),
        ("sdh-IR", ["ckb", "sdh"], "sdh"),
        ("arz", ["apc"], None),
        ("kmr-TR", ["ku", "ku-TR"], "ku-TR"),
        ("nb-NO", ["no", "nb"], "nb"),
        ("no", ["no", "nb"], "no"),
        ("be-tarask", ["be", "be-tarask"], "be-tarask"),
        ("ca-valencia", ["ca", "ca-ES", "ca-ES-valencia"], "ca-ES-valencia"),
        ("ca", ["ca-ES", "ca-ES-valencia"], "ca-ES"),
        # The general tag comes first, and then the likeliest region.
        ("ar-SY", ["ar-EG", "ar", "ar-AE"], "ar"),
        ("ar-SY", ["ar-AE", "ar-EG"], "ar-EG"),
        ("pt", ["pt-AO", "pt-BR"], "pt-BR"),
        ("zh-Hant", ["zh-Hant-HK", "zh-Hant-TW"], "zh-Hant-TW"),
        ("zh-HK", ["zh-Hant-HK", "zh-Hant-TW"], "zh-Hant-HK"),
        # Readers of Sorani aren't given a script that they don't read.
        ("ku-Arab-IQ", ["ku", "ar"], None),
        ("kmr", ["ckb", "ar"], None),
        # English is always available.
        ("en-GB", [], "en"),
        ("en-GB", ["en-GB"], "en-GB"),
    ],
)
def test_the_nearest_available_tag_is_meant(
    requested: str, available: list[str], meant: str | None
) -> None:
    assert match_language(requested, available) == meant


@given(st.text(max_size=80), st.lists(st.sampled_from(FOLDERS), max_size=8))
def test_matching_gives_nothing_but_what_is_available(asked: str, folders: list[str]) -> None:
    available = [find_language(folder).tag for folder in folders]
    assert match_language(asked, available) in {None, "en", *available}
