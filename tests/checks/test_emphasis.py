"""Marks of emphasis that a page would show are found, with what to type; others are left alone."""

import pytest

from letter.checks.findings import find_errors
from letter.editions.catalogue import State, make_catalogue
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile
from letter.source.markdown import plain_text

PLAIN, STARS, LINES = (f"We demand {word} now." for word in ("it", "*it*", "_it_"))


def find(msgid: str, msgstr: str, tag: str) -> list[str]:
    found = find_errors(Entry(msgid, (msgstr,)), find_language(tag))
    return [each.text for each in found if each.check == "markup"]


# The language, what a translator types, and what the check says to type.
INERT = [
    ("ar", "نطالب ب_الحماية_ الآن.", "ب*الحماية*"),
    ("ar", "نطالب و_الحماية المدنية_ الآن.", "و*الحماية المدنية*"),
    ("ar", "نطالب ب*«الحماية»* الآن.", "ب«*الحماية*»"),
    ("ar", "نطالب * بالحماية * الآن.", "*بالحماية*"),
    ("ckb", "داوای _پاراستن_ی دەکەین.", "*پاراستن*ی"),
    ("fa", "ما _حمایت_‌ها را می‌خواهیم.", "*حمایت*\u200cها"),
    ("he", "אנו דורשים ה_הגנה_ עכשיו.", "ה*הגנה*"),
    ("ku", "Em _parastin_ê dixwazin.", "*parastin*ê"),
    ("ku", "Em *“parastin”*ê dixwazin.", "“*parastin*”ê"),
    ("tr", "Şimdi _koruma_yı istiyoruz.", "*koruma*yı"),
    ("tr", "Şimdi __koruma__yı istiyoruz.", "**koruma**yı"),
    ("tr", "Şimdi ***koruma* istiyoruz.", "***koruma***"),
    ("ru", "Мы ~~ требуем ~~ сейчас.", "~~требуем~~"),
    ("ja", "今すぐ**「保護」**を。", "今すぐ「**保護**」を。"),
    ("zh-Hans", "我们现在要求_保护_。", "我们现在要求*保护*。"),
]
OPEN = [
    ("ar", "نطالب **بالحماية الآن."),
    ("ku", "Em _parastin dixwazin."),
    ("ku", "Em *parastin dixwazin."),
    ("tr", "Şimdi `koruma istiyoruz."),
    ("ru", "Мы требуем __защиты сейчас."),
    ("de", r"Wir fordern \*Schutz* jetzt."),
]


@pytest.mark.parametrize(("tag", "wrong", "right"), INERT)
@pytest.mark.parametrize("original", [PLAIN, STARS, LINES])
def test_a_mark_without_effect_is_found_with_what_to_type(
    tag: str, wrong: str, right: str, original: str
) -> None:
    (text,) = find(original, wrong, tag)
    assert f"write “{right}”" in text
    shown = text.partition("would show “")[2].partition("”: write ")[0]
    mended = wrong.replace(shown, right)
    assert find(original, mended, tag) == []
    assert not set(plain_text(mended)) & set("*_~"), "the page shows no mark"


@pytest.mark.parametrize(("tag", "wrong"), OPEN)
def test_a_mark_that_does_not_close_keeps_a_text_from_readers(tag: str, wrong: str) -> None:
    (text,) = find(STARS, wrong, tag)
    assert "doesn't close" in text
    po = PoFile("x.po", entries=(Entry(STARS, (wrong,)),))
    known = make_catalogue(find_language(tag), po).find_translation(STARS)
    assert known.state is State.WITHHELD


@pytest.mark.parametrize(
    ("tag", "wrong", "right"),
    [("ar", "نطالب ٭بالحماية٭ الآن.", "*بالحماية*"), ("ja", "今＊保護＊を。", "今*保護*を。"),
     ("zh-Hans", "要求＿保护＿。", "要求*保护*。")],
)  # fmt: skip
def test_a_mark_of_another_width_is_found_where_an_emphasis_is_lost(
    tag: str, wrong: str, right: str
) -> None:
    assert f"write “{right}”" in find(STARS, wrong, tag)[0]
    assert find(PLAIN, wrong, tag) == []


def test_two_words_of_two_forms_are_not_slanted_by_their_stars() -> None:
    (text,) = find(PLAIN, "Liebe Bürger*innen und Leser*innen.", "de")
    told = "“Bürger*innen und Leser*innen” would lose its stars and stand slanted"
    assert text.startswith(rf"{told}: write “Bürger\*innen und Leser\*innen” (\\* in ")
    assert find(PLAIN, "Liebe Bürger*innen.", "de") == []
    assert find(PLAIN, r"Liebe Bürger\*innen und Leser\*innen.", "de") == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ar", "نطالب ب*الحماية*نا _الآن_."),
        ("ar", "استعمل snake_case و__init__ و`_x`."),
        ("ar", "تابعوا #أنقذوا_حلب_الآن و@white_helmets_."),
        ("ckb", "بڕوانە https://a.org/x_y_ و letter_fa.md."),
        ("fa", "«*» و (*) ستاره است."),
        ("ku", "Em *parastin*'ê û _wê_’yê dixwazin."),
        ("ku", r"Nîşana \*x\* û \_y\_."),
        ("tr", "2 * 3 = 6, 2*3."),
        ("tr", "Adınız: ______"),
        ("tr", "* bir\n* iki"),
        ("tr", "* * *\nbir"),
        ("ru", "имя_файла и имя_пути"),
        ("hi", "पोर्टो_नोवो"),
        ("fr", "Une étoile (« * ») s’affiche."),
    ],
)
def test_a_mark_that_is_meant_or_has_its_effect_is_left_alone(tag: str, text: str) -> None:
    assert find(PLAIN, text, tag) == []


def test_a_hashtag_or_name_is_none_where_an_emphasis_is_lost() -> None:
    for tag, text in (
        ("ar", "#أنقذوا_حلب و@white_helmets"),
        ("tr", "#Halep_ %(n_x)s"),
        ("ku", "____"),
    ):
        assert find(STARS, text, tag) == []


def test_an_original_may_have_the_same_marks() -> None:
    assert find("The * of 5 * x_y", "علامة * من 5 * x_y", "ar") == []
    assert find("_Yes and `*`", "_Erê û `*`", "ku") == []
