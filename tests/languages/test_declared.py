"""Which language a translator's file says it is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.languages.declared import find_same_language, name_addition
from letter.languages.language import find_language
from letter.languages.matching import match_language
from tests.languages.test_language import FOLDERS

MANY = ["ar", "ca", "ckb", "he", "ku", "no", "pt", "pt-BR", "sr", "zh", "zh-Hant"]


@pytest.mark.parametrize(
    ("declared", "available", "meant"),
    [
        *((tag, MANY, tag) for tag in MANY),
        # Every spelling and every alias of the same language is taken.
        *((tag, MANY, "ku") for tag in ("kmr", "kur", "ku_TR", "kmr_Latn", "ku_SY", " KU ")),
        *((tag, MANY, "ckb") for tag in ("ku_Arab", "ku@arabic", "ku_IQ", "ckb_IR.UTF-8")),
        *((tag, MANY, "ar") for tag in ("arb", "ar_SY", "AR", "ar.UTF-8", "ar-u-nu-latn")),
        *(("iw_IL", MANY, "he"), ("nb", MANY, "no"), ("nb_NO", MANY, "no"), ("sr_RS", MANY, "sr")),
        *(("zh_CN", MANY, "zh"), ("zh_TW", MANY, "zh-Hant"), ("zh_HK", MANY, "zh-Hant")),
        *(("sr@latin", ["sr", "sr-Latn"], "sr-Latn"), ("sh", ["sr-Latn"], "sr-Latn")),
        *((tag, ["sr-Latn"], "sr-Latn") for tag in ("sr_RS_abc@latin", "sr-Latn-RS-abc")),
        *(("uz@Latn", ["uz", "uz-Cyrl"], "uz"), ("uz@cyrillic", ["uz", "uz-Cyrl"], "uz-Cyrl")),
        *((tag, ["no", "nb"], "nb") for tag in ("nb", "nb_NO", "nb_SJ")),
        *(("nor", ["nb", "no"], "no"), ("zh-yue", ["yue"], "yue")),
        # The tag itself is preferred, then its region, then none.
        *(("pt_BR", MANY, "pt-BR"), ("pt_AO", MANY, "pt"), ("pt", ["pt-BR"], "pt-BR")),
        ("zh_HK", ["zh-Hant", "zh-Hant-HK", "zh-Hant-TW"], "zh-Hant-HK"),
        # A variant is another text; a file that says none may be of the only one there is.
        ("ca_ES@valencia", ["ca", "ca-ES", "ca-ES-valencia"], "ca-ES-valencia"),
        ("ca@valencia", ["ca-ES-valencia"], "ca-ES-valencia"),
        *(("be", ["be", "be-tarask"], "be"), ("be", ["be-tarask"], "be-tarask")),
        # Nothing is taken for another language, script, region or variant, nor by a guess.
        *((tag, MANY, None) for tag in ("tr", "es", "en", "sr@latin", "uz", "nn", "fa", "xx")),
        *((tag, MANY, None) for tag in ("apc", "arz_EG", "ar-arz", "sdh", "zh-yue", "ar_Latn")),
        *((tag, MANY, None) for tag in ("ckb_Latn", "zh-min-nan", "sr_ME", "ku_Cyrl", "he@Latn")),
        *(("zh_TW", ["zh", "zh-Hans", "zh-Hant-HK"], None), ("pt_PT", ["pt-BR"], None)),
        *(("ca@valencia", ["ca", "ca-ES"], None), ("de@formal", ["de"], None)),
        *(("my@Zawgyi", ["my"], None), ("be@latin", ["be"], None), ("zh-min-nan", ["min"], None)),
        *(("pt", ["pt-AO", "pt-PT"], None), ("es", ["es-AR", "es-MX"], None)),
        *((text, MANY, None) for text in ("", " ", "LANGUAGE", "Arabic", "und", "ar@", "ar@x\0")),
        ("ar", [], None),
    ],
)
def test_a_file_is_of_the_language_that_it_declares_or_of_none(
    declared: str, available: list[str], meant: str | None
) -> None:
    assert find_same_language(declared, available) == meant


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        *(("pt_BR", "pt-BR"), ("pt_PT", "pt-PT"), ("es_AR", "es-AR"), ("es_XX", "es")),
        *(("de_DE@euro", "de"), ("tr_TR.UTF-8", "tr"), ("kmr_TR", "ku"), ("ku_Arab", "ckb")),
        *(("sr@latin", "sr-Latn"), ("sr_RS@latin", "sr-Latn"), ("sr_RS", "sr"), ("sh", "sr-Latn")),
        *(("uz_UZ@cyrillic", "uz-Cyrl"), ("az@arabic", "az-Arab"), ("be_BY@tarask", "be-tarask")),
        *(("ca_ES@valencia", "ca-ES-valencia"), ("el@polyton", "el-polyton"), ("nb_NO", "nb")),
        *(("zh_TW", "zh-Hant-TW"), ("zh_Hant", "zh-Hant"), ("iw", "he"), ("apc_SY", "apc")),
        *((text, None) for text in ("", "xx", "und", "LANGUAGE", "../x", "be@latin", "de@formal")),
    ],
)
def test_a_declared_language_is_added_by_the_tag_that_cldr_has(
    declared: str, tag: str | None
) -> None:
    assert name_addition(declared) == tag


def test_every_language_of_cldr_is_the_same_as_itself_alone() -> None:
    tags = [find_language(folder).tag for folder in FOLDERS]
    for folder, tag in zip(FOLDERS, tags, strict=True):
        assert find_same_language(folder, tags) == tag
        added = name_addition(folder)
        assert added
        assert find_same_language(folder, [added]) == added


@given(
    st.text(max_size=80)
    | st.from_regex(r"[a-z]{2,3}(_[a-zA-Z0-9]{1,9}){0,4}(\.utf-8)?(@[a-zA-Z0-9_]{1,12})?"),
    st.lists(st.sampled_from(FOLDERS), max_size=8),
)
def test_what_is_the_same_is_never_more_than_what_a_reader_reads(
    declared: str, folders: list[str]
) -> None:
    available = [find_language(folder).tag for folder in folders]
    same = find_same_language(declared, available)
    assert same is None or same in available
    if same:
        assert match_language(declared.strip(), [same]) == same
    added = name_addition(declared)
    assert added is None or find_same_language(declared, [added]) == added
