"""Which of the available languages a tag means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.languages.language import find_language
from letter.languages.matching import match_language, read_subtags
from tests.languages.test_language import FOLDERS

# Who reads another script, too: CLDR's languageMatching, and Kurdish of all scripts.
ALSO_READ = {
    ("sr", "latn"): "cyrl",
    ("sr", "cyrl"): "latn",
    ("ku", "cyrl"): "latn",
    ("ckb", "latn"): "arab",
    ("sdh", "latn"): "arab",
    ("ja", "latn"): "jpan",
    **{(tag, "latn"): "deva" for tag in ("hi", "mr")},
    ("bn", "latn"): "beng",
    ("gu", "latn"): "gujr",
    ("kn", "latn"): "knda",
    ("ml", "latn"): "mlym",
    ("ta", "latn"): "taml",
    ("te", "latn"): "telu",
    **{(tag, "latn"): "arab" for tag in ("ar", "aeb", "apc", "arq", "ars", "ary", "arz", "shu")},
}
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
        *((tag, "sr-Latn") for tag in ("sr-Cyrl", "sr-RS", "sr")),
        *(("es-MX", "es-MX"), ("nb-NO", "no"), ("iw-IL", "he"), ("prs", "fa"), ("pa-IN", "pa")),
        *((tag, None) for tag in ("pa-PK", "pa-Arab", "tr", "de-DE", "xx", "und", "*", "", "a")),
        *((tag, None) for tag in ("-", "ar-", "az", "ur")),
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
        ("ku-IQ", ["ku"], None),
        # Nor is anybody else. A script that the tag doesn't say is the region's.
        *((tag, ["pa", "ur"], None) for tag in ("pa-PK", "pa_Arab", "pa-Arab-IN", "pan-PK")),
        *((tag, ["az", "fa"], None) for tag in ("az-Arab-IR", "az-IR", "az-Cyrl", "az-RU")),
        *((tag, ["zh-Hans", "en"], None) for tag in ("zh-Hant-HK", "zh-TW", "zh-HK", "zh-US")),
        *((tag, ["zh-Hant", "en"], None) for tag in ("zh", "zh-CN", "zh-Hans-HK", "zh-SG")),
        *((tag, ["uz", "kk", "bs"], None) for tag in ("uz-Cyrl", "uz-AF", "kk-CN", "bs-Cyrl")),
        *((tag, ["zh-Hans"], "zh-Hans") for tag in ("zh", "zh-CN", "zh-SG")),
        # Readers of Serbian read both of its scripts, the own one first.
        *((tag, ["sr-Latn", "en"], "sr-Latn") for tag in ("sr", "sr-RS", "sr-Cyrl-BA", "sr-ME")),
        *((tag, ["sr", "en"], "sr") for tag in ("sr-Latn", "sr-ME", "sh", "sr-RS")),
        *(("sr-ME", ["sr", "sr-Latn"], "sr-Latn"), ("sr-RS", ["sr", "sr-Latn"], "sr")),
        # Who types a language in Latin letters has learnt its own.
        *(("hi-Latn-IN", ["hi"], "hi"), ("ar-Latn", ["ar"], "ar"), ("hi", ["hi-Latn"], None)),
        # No language is available but those that are.
        *(("en-GB", [], None), ("en", ["fr", "ar"], None), ("en-GB", ["en-GB"], "en-GB")),
        # CLDR needn't know a language to have an edition of it.
        *(("aii-IQ", ["aii"], "aii"), ("AII", ["aii", "syr"], "aii"), ("diq-TR", ["zza"], "zza")),
    ],
)
def test_the_nearest_available_tag_is_meant(
    requested: str, available: list[str], meant: str | None
) -> None:
    assert match_language(requested, available) == meant


@given(st.text(max_size=80), st.lists(st.sampled_from(FOLDERS), max_size=8))
def test_matching_gives_nothing_but_what_is_available(asked: str, folders: list[str]) -> None:
    available = [find_language(folder).tag for folder in folders]
    assert match_language(asked, available) in {None, *available}


@given(
    st.sampled_from(FOLDERS),
    st.sampled_from(["", "-Latn", "-Arab", "-Cyrl", "-Hant", "-Deva"]),
    st.sampled_from(["", "-PK", "-IR", "-RU", "-CN", "-HK", "-RS", "-ME", "-x-a"]),
    st.lists(st.sampled_from(FOLDERS), max_size=8),
)
def test_nobody_is_given_another_script_than_one_that_he_reads(
    folder: str, script: str, rest: str, folders: list[str]
) -> None:
    language = folder.split("_")[0]
    available = [find_language(each).tag for each in [folder, *folders]]
    asked = f"{language}{script}{rest}"
    meant = match_language(asked, available)
    wanted = read_subtags(asked.lower())
    if meant and wanted:
        read = {wanted.script, ALSO_READ.get((wanted.language, wanted.script))}
        assert find_language(meant).script.lower() in read
