"""Which languages there are, and what is known of each."""

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from letter.languages.language import LanguageError, find_language
from letter.languages.matching import match_language

FOLDERS = sorted(set(localedata.locale_identifiers()) - {"en_US_POSIX"})
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 "
    ": n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)


POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"


@pytest.mark.parametrize(
    ("tag", "direction", "name", "english_name", "plural_forms"),
    [
        ("ar", "rtl", "العربية", "Arabic", ARABIC),
        ("ku", "ltr", "Kurdî (Kurmancî)", "Kurdish (Kurmanji)", "nplurals=2; plural=n != 1;"),
        ("ckb", "rtl", "کوردی (سۆرانی)", "Kurdish (Sorani)", "nplurals=2; plural=n != 1;"),
        ("en", "ltr", "English", "English", "nplurals=2; plural=n != 1;"),
        ("tr", "ltr", "Türkçe", "Turkish", "nplurals=2; plural=n != 1;"),
        ("da", "ltr", "dansk", "Danish", "nplurals=2; plural=n != 1;"),
        ("ja", "ltr", "日本語", "Japanese", "nplurals=1; plural=0;"),
        ("fa", "rtl", "فارسی", "Persian", "nplurals=2; plural=n > 1;"),
        ("pl", "ltr", "polski", "Polish", POLISH),
    ],
)
def test_facts_of_a_language(
    tag: str, direction: str, name: str, english_name: str, plural_forms: str
) -> None:
    language = find_language(tag)
    assert (language.tag, language.folder, str(language.locale)) == (tag, tag, tag)
    assert (language.direction, language.name) == (direction, name)
    assert (language.english_name, language.plural_forms) == (english_name, plural_forms)


@pytest.mark.parametrize(
    ("tag", "folder"),
    [("pt-BR", "pt_BR"), ("zh-Hant", "zh_Hant"), ("be-tarask", "be_TARASK")],
)
def test_a_tag_and_its_folder_are_one_language(tag: str, folder: str) -> None:
    assert find_language(tag) == find_language(folder)
    assert (find_language(folder).tag, find_language(tag).folder) == (tag, folder)


def test_every_cldr_language_has_all_facts() -> None:
    for folder in FOLDERS:
        language = find_language(folder)
        assert str(language.locale) == folder
        assert language.direction in ("ltr", "rtl")
        assert language.name
        assert language.english_name
        assert match_language(language.tag.upper(), [language.tag]) == language.tag


def test_direction_follows_the_script_where_the_language_has_two() -> None:
    rtl = ["pa_Arab", "uz_Arab", "ff_Adlm", "nqo", "he", "ur", "ug", "syr", "ks", "sd", "ha_Arab"]
    ltr = ["pa", "uz", "ff", "ks_Deva", "sd_Deva", "mn_Mong", "ha", "az"]
    assert [find_language(folder).direction for folder in rtl] == ["rtl"] * len(rtl)
    assert [find_language(folder).direction for folder in ltr] == ["ltr"] * len(ltr)


@pytest.mark.parametrize(
    ("asked", "instead"),
    [
        *((name, "use ku for Kurmanji") for name in ("kmr", "kmr_TR", "kmr-SY", "kur")),
        *((name, "ckb for Sorani") for name in ("ku_Arab", "ku-Arab-IQ", "ku_IQ", "ku_Arab_SY")),
        *((name, "ckb for Sorani") for name in ("ckb_Arab", "ckb_Latn", "ku_Latn", "ku_Cyrl")),
        *(("AR", "use 'ar'"), ("ar_Latn", "use ar"), ("ar_ZZ", "use 'ar'"), ("arb", "use 'ar'")),
        ("pt-br", "use 'pt-BR', or 'pt_BR' for the folder"),
        ("be-TARASK", "use 'be-tarask', or 'be_TARASK' for the folder"),
        ("zh_TW", "use 'zh-Hant-TW', or 'zh_Hant_TW' for the folder"),
        *(("iw", "use 'he'"), ("mo", "use 'ro'"), ("sh", "use 'sr-Latn', or 'sr_Latn'")),
        *((name, "use 'sr-Latn', or") for name in ("sr@latin", "sr.UTF-8@latin", "sr@Latn")),
        *((name, "use 'ca-ES-valencia', or") for name in ("ca@valencia", "ca_ES.UTF-8@valencia")),
        *(
            ("be@tarask", "use 'be-tarask'"),
            ("uz@cyrillic", "use 'uz-Cyrl'"),
            ("nb_IS", "use 'nb'"),
        ),
        *(("be@latin", "use be if that fits"), ("de@formal", "use de if that fits")),
        *(("en_GB.UTF-8", "use 'en-GB'"), ("ar@euro", "use 'ar'"), ("ar.UTF-8", "use 'ar'")),
        *((name, "ckb for Sorani") for name in ("ku@arabic", "ku_IQ.UTF-8")),
        *(
            ("en_US_POSIX", "use en-US"),
            *((name, "pybabel --list-locales") for name in ("xx", "und")),
        ),
        *(
            (name, "use one such as")
            for name in ("root", "x" * 100_000, "", " ar", "ar ", "ar\n", "ar\0", "../ar", "a/b")
        ),
        *(
            (name, "use one such as")
            for name in ("ar.txt", "ar@", "ar@b@c", "\ud800", "\u212au", "كو")
        ),
    ],
)
def test_names_that_mislead_are_refused_with_the_right_one(asked: str, instead: str) -> None:
    with pytest.raises(LanguageError) as caught:
        find_language(asked)
    assert instead in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        *(("en", "en_US"), ("ku", "ku_TR"), ("ckb", "ckb_IQ"), ("ar", "ar_EG"), ("pt-BR", "pt_BR")),
        *(("pt", "pt_BR"), ("pt-PT", "pt_PT"), ("zh-Hans", "zh_CN"), ("zh-Hant", "zh_TW")),
        *(("zh-Hant-HK", "zh_HK"), ("pa-Arab", "pa_PK"), ("sr-Latn", "sr_RS"), ("eo", "eo")),
        *(("es-419", "es"), ("ca-ES-valencia", "ca_ES")),
    ],
)
def test_open_graph_has_names_with_a_territory_and_without_a_script(tag: str, name: str) -> None:
    assert find_language(tag).territory_name == name


@given(st.text(max_size=80) | st.from_regex(r"[a-zA-Z]{2,3}([_-][a-zA-Z0-9]{1,9}){0,4}"))
def test_any_name_is_found_as_spelled_or_refused(asked: str) -> None:
    try:
        language = find_language(asked)
    except LanguageError:
        return
    assert asked in (language.tag, language.folder)
