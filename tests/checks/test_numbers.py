"""Numbers keep their value, however a language writes numbers and dates."""

import re
from decimal import Decimal
from functools import partial

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from letter.checks.findings import find_errors
from letter.editions.catalogue import State, make_catalogue
from letter.languages.declared import list_known
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile
from scripts import check, update
from tests.checks.one_message import list_findings
from tests.conftest import Copy

find = partial(list_findings, checks=("numbers", "separators"))


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag"),
    [
        ("3.5 million people", "5 milyon kişi", "tr"),
        ("3.5 million people", "35 milyon kişi", "tr"),
        ("3.5 million people", "٥ ملايين شخص", "ar"),
        ("3.5 million people", "35 Millionen Menschen", "de"),
        ("5.50 dollars", "50 dolar", "tr"),
        ("5.50 dollars", "۵۰ دلار", "fa"),
        ("It rose by 0.8 percent", "Yüzde 8 arttı", "tr"),
        ("It rose by 0.8 percent", "ji sedî 8 zêde bû", "ku"),
        ("It rose by 0.8 percent", "ارتفع ٨ في المئة", "ar"),
        ("It rose by 12.5 percent", "Yüzde arttı", "tr"),
        ("It rose by 12.5 percent", "ارتفع كثيرا", "ar"),
        ("It rose by 12.5 percent", "Wzrosło", "pl"),
        ("250,000 people", "Dużo osób", "pl"),
        ("1,500 people", "Hinek kes", "ku"),
        ("250,000 people", "250 Menschen", "de"),
        ("250,000 people", "٢٥٠ من الفرنسيين", "ar"),
        ("For 2½ hours", "2 Stunden lang", "de"),
        ("30 people", "10 Männer und 20 Frauen", "de"),
        ("It rose by 12.3 percent", "Yarım saatte arttı", "tr"),
        ("There were 250 people", "Es waren 250.000 Menschen", "de"),
        ("There were 250 people", "Es waren 250,000 Menschen", "de"),
        ("There were 250 people", "250.000 kişi vardı", "tr"),
        ("There were 250 people", "كان هناك 250.000 شخص", "ar"),
        ("There were 250 people", "كان هناك 250,000 شخص", "ar"),
        ("There were 250 people", "Había 250.000 personas", "es"),
        ("There were 250 people", "250,000 kes hebûn", "ku"),
        ("It is 3.5 km", "3.500 km", "de"),
        ("4.5 billion people", "4,5 Millionen Menschen", "de"),
        ("4.5 million people", "٤٫٥ مليار شخص", "ar"),
        ("250 thousand people", "250 milyon kişi", "tr"),
        ("250 thousand people", "250 miliony osób", "pl"),
        ("At 3.30 p.m.", "Um 16.30 Uhr", "de"),
        (".5 of 20", "5 von 20", "de"),
        ("1.5 million people", "1.500 Millionen Menschen", "de"),
        ("1.5 million people", "1,500 مليون شخص", "ar"),
        ("In Ramadan 25 people were killed", "في رمضان قُتل ٢١ شخصا", "ar"),
        ("In Ramadan 20 children were killed", "Ramazanda 12 çocuk öldürüldü", "tr"),
        ("Recep met 25 ministers", "Recep 15 bakanla görüştü", "tr"),
        ("Sivan told 20 people", "סיון סיפרה ל-12 אנשים", "he"),
        ("On 27 April 25 men fled", "في ٢٠ رجب فر ٢١ رجلا", "ar"),
        ("1,500 people", "500 kişi", "tr"),
        ("27/4/2016", "۱۳۹۵/۲/۱۸", "fa"),
    ],
)
def test_a_changed_or_lost_decimal_or_large_number_is_an_error(
    msgid: str, msgstr: str, tag: str
) -> None:
    ((severity, _),) = find(msgid, msgstr, tag)
    assert severity == "error"


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag"),
    [
        ("3.5 million people", "3,5 milyon kişi", "tr"),
        ("3.5 million people", "3500000 kişi", "tr"),
        ("3.5 million people", "3.500.000 kişi", "tr"),
        ("3.5 million people", "3 milyon 500 bin kişi", "tr"),
        ("3.5 million people", "3 buçuk milyon kişi", "tr"),
        ("3.5 million people", "35 لاکھ لوگ", "ur"),
        ("3.5 million people", "350万人", "ja"),
        ("3.5 million people", "٣٫٥ ملايين شخص", "ar"),
        ("3.5 million people", "3,5 ملايين شخص", "ar"),
        ("5.50 dollars", "5 dolar 50 sent", "tr"),
        ("2.5 percent", "2½ Prozent", "de"),
        ("2½ percent", "2,5 Prozent", "de"),
        ("12.5 percent", "١٢،٥ في المئة", "ar"),
        ("250,000 people", "250 hezar kes", "ku"),
        ("250,000 people", "250.000 kes", "ku"),
        ("250,000 people", "250 000 kes", "ku"),
        ("250,000 people", "250 tys. osób", "pl"),
        ("250,000 people", "٢٥٠٬٠٠٠ شخص", "ar"),
        ("250,000 people", "250.000 شخص", "ar"),
        ("250,000 people", "۲۵۰ هزار نفر", "fa"),
        ("250,000 people", "2,50,000 लोग", "hi"),
        ("1,250,000 people", "1’250’000 Menschen", "de-CH"),
        ("1,250,000 people", "1,250,000 personas", "es"),
        ("Version 1.2.3, 25.4.2016", "Sürüm 1.2.3, 2016-04-25", "tr"),
        ("Python 3.5 and SVG 1.1", "Python 3.5 und SVG-1.1-Dateien", "de"),
        ("At 12.30 they came", "Saat 12:30'da geldiler", "tr"),
        ("At 12:30 they came", "Saat 12.30'da geldiler", "tr"),
        ("April 25", "25.4.", "de"),
        ("10–12 people, section 4.2", "10-12 kişi, bölüm 4.2", "tr"),
        ("Call +963 11 555 1234", "اتصل على 963115551234+", "ar"),
        ("1,250½ acres", "1.250,5 Hektar", "de"),
        ("64&ndash;128 MB", "64 a 128 MB", "es"),
        ("1.234 km", "1,234 km", "de"),
        ("250,000 people", "២៥ ម៉ឺន នាក់", "km"),
        ("250,000 people", "၂ သိန်းခွဲ", "my"),
        ("30m at 1.3cm", "30m, 1.3cm", "pl"),
        ("$2.5m", "2 500 000 $", "pl"),
        ("250k people", "250.000 Menschen", "de"),
        ("$2.5m or $3bn", "2,5 Mio. $ oder 3 Mrd. $", "de"),
        ("4.5 billion people", "4,5 mil millones de personas", "es"),
        ("4.5 billion people", "4,5 mil milhões de pessoas", "pt-PT"),
        ("4.5 billion people", "4,5 млрд человек", "ru"),
        ("3.5 trillion rials", "۳٫۵ هزار میلیارد ریال", "fa"),
        ("3 million of 3 billion people", "3 Milliarden, davon 3 Millionen", "de"),
        ("At 3.30 p.m.", "Um 15.30 Uhr", "de"),
        ("At 3.30 p.m.", "Saat 15:30'da", "tr"),
        ("At 3:30 pm", "À 15h30", "fr"),
        ("At 8 p.m. 25 men came", "Um 20 Uhr kamen 25 Männer", "de"),
        (".5 of 20", "0,5 von 20", "de"),
        (".5 of 20", "٠٫٥ من ٢٠", "ar"),
        ("8–18,000 people", "8.000–18.000 Menschen", "de"),
        ("1.25 million people", "مليون و٢٥٠ ألف شخص", "ar"),
        ("2,250,000 people", "مليونان و250 ألف شخص", "ar"),
        ("1,250,500 people", "مليون و٢٥٠ ألفا و500 شخص", "ar"),
        ("2,300 people", "ألفان و300 شخص", "ar"),
        ("1.25 million people", "یک میلیون و ۲۵۰ هزار نفر", "fa"),
        ("1,500 people", "هزار و ۵۰۰ نفر", "fa"),
        ("1,250,000 people", "mîlyonek û 250 hezar kes", "ku"),
        ("1,250,000 people", "ملیۆنێک و ٢٥٠ هەزار کەس", "ckb"),
        ("1,250,000 people", "bir milyon 250 bin kişi", "tr"),
        ("1,250,000 people", "מיליון ו-250 אלף איש", "he"),
        ("2,000 people", "2 हजार लोग", "hi"),
        ("2,000 people", "2 ह\u095bार लोग", "hi"),
        ("250,000 people", "250 ngàn người", "vi"),
        ("250,000 people", "25 vạn người", "vi"),
        ("250,000 people", "watu elfu 250", "sw"),
        ("250,000 people", "2.5 லட்சம் மக்கள்", "ta"),
        ("250,000 people", "2.5 లక్షల మంది", "te"),
        ("250,000 people", "2.5 ലക്ഷം ആളുകൾ", "ml"),
        ("250,000 people", "250 mila pertsona", "eu"),
        ("3.5 trillion rials", "۳۵۰۰ میلیارد ریال", "fa"),
        ("3,500 billion rials", "۳٫۵ هزار میلیارد ریال", "fa"),
        ("In the 1990s", "В 90-х годах", "ru"),
        ("In the 16th century", "1500-luvulla", "fi"),
        ("In the 21st century", "В XXI веке", "ru"),
    ],
)
def test_a_number_in_a_languages_own_way_is_right(msgid: str, msgstr: str, tag: str) -> None:
    assert find(msgid, msgstr, tag) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag", "written"),
    [
        ("250,000 people", "250,000 kes", "ku", "250.000"),
        ("250,000 people", "250,000 Menschen", "de", "250.000"),
        ("250,000 people", "250,000 kişi", "tr", "250.000"),
        ("250,000 people", "250,000 osób", "pl", "250\u00a0000"),
        ("3.5 million people", "3.5 milyon kişi", "tr", "3,5"),
        ("It rose by 0.8%", "Es stieg um 0.8 %", "de", "0,8"),
        ("5,50 % von 250.000", "5,50 % of 250,000", "en", "5.50"),
    ],
)
def test_another_languages_signs_are_a_warning_that_says_what_to_write(
    msgid: str, msgstr: str, tag: str, written: str
) -> None:
    ((severity, text),) = find(msgid, msgstr, tag, "de" if tag == "en" else "en")
    assert severity == "warning"
    assert f": write {written}, or write “# Meant so: " in text


# A year is compared in many ways.
NUMBERS = st.decimals(13, 10**9, places=2) | st.sampled_from(range(2_100, 10**9)).map(Decimal)
# Toki Pona alone groups digits by two.
LANGUAGES = sorted(folder for folder in list_known().values() if not folder.startswith("tok"))


@settings(max_examples=100)
@given(number=NUMBERS, tag=st.sampled_from(LANGUAGES), source=st.sampled_from(["en", "de"]))
def test_a_number_that_cldr_writes_is_right(number: Decimal, tag: str, source: str) -> None:
    msgid = format_decimal(number, locale=source)
    for numerals in ("default", "latn"):
        folder = find_language(tag).folder
        msgstr = format_decimal(number, locale=folder, numbering_system=numerals)
        assert find(f"{msgid} !", f"{msgstr} !", tag, source) == []
        told = find(f"{msgid} !", f"{number * 3:f} !", tag, source)
        assert [severity for severity, _ in told][:1] == ["error"]


@settings(max_examples=100)
@given(st.text("0123456789.,’ ٫٬،½٣", max_size=40), st.text("017.,½٣ ٫'", max_size=40))
def test_no_digits_and_signs_make_a_check_fail(msgid: str, msgstr: str) -> None:
    find(f"a {msgid}", f"b {msgstr}", "de", "fa")


def test_numbers_of_any_length_can_be_compared() -> None:
    assert find("9" * 6_000, "9" * 6_000, "de") == []
    ((severity, _),) = find("9" * 6_000, "8" * 6_000, "de")
    assert severity == "error"


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag"),
    [
        ("Wednesday 27 April", "چهارشنبه ۸ اردیبهشت", "fa"),
        ("Wednesday 27 April 2016", "چهارشنبه ۸ اردیبهشت ۱۳۹۵", "fa"),
        ("8 people on 27 April 2016", "هشت نفر در ۸ اردیبهشت ۱۳۹۵", "fa"),
        ("Wednesday 27 April", "چهارشنبه ۸ ارديبهشت", "fa"),
        ("On 27 April 2016", "د غوايي ۸ ۱۳۹۵", "ps"),
        ("On 25 and 27 April 2016", "۶ تا ۸ اردیبهشت ۱۳۹۵", "fa"),
        ("25 April to 3 May", "از ۶ تا ۱۴ اردیبهشت", "fa"),
        ("27/4/2016", "۱۳۹۵/۲/۸", "fa"),
        ("2016-04-27", "۱۳۹۵/۰۲/۰۸", "fa"),
        ("On 27 April 2016", "۱۳۹۵/۲/۸", "ckb"),
        ("11/2/2016", "۲۲-۱۱-۱۳۹۴", "fa"),
        ("27/4/2016", "٢٠/٧/١٤٣٧", "ar"),
        ("On 25 and 27 April 2016", "في ١٨ و٢٠ رجب ١٤٣٧", "ar"),
        ("On 27 April 2016", "في ٢٠ رجب ١٤٣٧", "ar"),
        ("On 27 April 2016", "٢٠ رجب ١٤٣٧ھ کو", "ur"),
        ("On 27 April 2016", "ביום כ״ז בניסן תשע״ו", "he"),
        ("On 27 April", "ב־19 בניסן", "he"),
        ("On 27 April 2016", "٨ی گوڵانی ٢٧١٦", "ckb"),
        ("On 27 April 2008", "ሚያዝያ 19 ቀን 2000", "am"),
        ("On 27 April 2016", "२०७३ वैशाख १५", "ne"),
        ("On 27 April 2016", "27 เมษายน 2559", "th"),
    ],
)
def test_a_date_in_another_calendar_is_no_mistake(msgid: str, msgstr: str, tag: str) -> None:
    assert find(msgid, msgstr, tag) == []


def test_an_hour_of_the_original_is_read_by_either_clock() -> None:
    assert find("À 15h30", "At 3:30 p.m.", "en", "fr") == []
    assert find("Um 15.30 Uhr", "At 3.30 p.m.", "en", "de") == []
    assert find("Saat 15.30", "At 4.30 p.m.", "en", "tr")[0][0] == "error"


def test_a_wrong_day_or_year_in_another_calendar_is_an_error() -> None:
    for date in ("چهارشنبه ۱۸ اردیبهشت ۱۳۹۵", "چهارشنبه ۸ اردیبهشت ۱۳۸۵"):
        assert find("Wednesday 27 April 2016", date, "fa")[0][0] == "error"


def test_a_date_of_the_original_in_another_calendar_is_read_too() -> None:
    assert find("۸ اردیبهشت ۱۳۹۵", "27 April 2016", "en", "fa") == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag"),
    [
        ("On 27 May", "Di 8ê Gulanê de", "ku"),
        ("27 of 28 people", "8 von 9 Menschen", "de"),
        ("3.5 million", "۴ میلیون", "fa"),
        ("250,000 people", "Dużo osób", "pl"),
        ("250,000 people", "250,000 Menschen", "de"),
        ("25 people", "أناس", "ar"),
        ("They came", "جاء 45 رجلا", "ar"),
    ],
)
def test_a_translator_settles_a_number_with_the_line_that_is_offered(
    msgid: str, msgstr: str, tag: str
) -> None:
    ((_, text),) = find(msgid, msgstr, tag)
    offered = re.search(r"“# (Meant so: numbers \(.*?\))” above it", text)
    assert offered
    assert find(msgid, msgstr, tag, comments=("A word.", offered[1])) == []
    typed = offered[1].replace(" → ", "->")
    assert find(msgid, msgstr, tag, comments=(typed,)) == []
    # Pasted with its "#" into Poedit's field for comments; wrapped by Babel.
    assert find(msgid, msgstr, tag, comments=(f"# {offered[1]}",)) == []
    assert (
        find(msgid, msgstr, tag, comments=tuple(offered[1].replace("→ ", "→\n").split("\n"))) == []
    )
    other = offered[1].replace("→", "→ 1")
    ((_, told),) = find(msgid, msgstr, tag, comments=(other,))
    assert told.startswith(f"{text}: the one there says (")


@pytest.mark.parametrize(
    "mark",
    [
        "meant so: Numbers (100, 20 → 1, 2)",
        "Meant so : number(100, 20 → 1, 2)",
        "Meant so: numbers (20, 100 ➔ 2, 1)",
        "Meant so: numbers (۱۰۰, ۲۰ ← ۱, ۲)",
        "Meant so: numbers （100, 20 –> 1, 2）",
        "\u200fMeant so: \u2067numbers (100, 20 \u200f→ 1, 2)\u2069",
        "Meant so: numbers (100 , 20 to 1 , 2)",
    ],
)
def test_a_line_typed_by_hand_settles_numbers_too(mark: str) -> None:
    for tag, msgstr in (("fa", "۱ و ۲ مرد"), ("de", "1 und 2 Männer"), ("tr", "1 ve 2 adam")):
        assert find("100 and 20 men", msgstr, tag)
        assert find("100 and 20 men", msgstr, tag, comments=(mark,)) == []


def test_a_finding_names_its_numbers_and_a_mark_that_does_not_fit() -> None:
    ((_, text),) = find("27 of 28", "8 von 9", "de", comments=("Meant so: numbers (27 → 8)",))
    assert text == (
        "the original has the numbers 27 and 28, the translation has 8 and 9 instead: "
        "write the same numbers, or write “# Meant so: numbers (27, 28 → 8, 9)” above it: "
        "the one there says (27 → 8)"
    )


def test_a_settled_passage_is_shown_until_its_number_changes() -> None:
    comments = ("Meant so: numbers (27 → 8)",)
    entry = Entry("On 27 May", ("Di 8ê Gulanê de",), comments=comments)
    ku = find_language("ku")
    assert find_errors(entry, ku) == ()
    known = make_catalogue(ku, PoFile("x.po", entries=(entry,)))
    assert known.find_translation("On 27 May").state is State.FINISHED
    changed = Entry("On 27 May", ("Di 9ê Gulanê de",), comments=comments)
    assert find_errors(changed, ku)
    known = make_catalogue(ku, PoFile("x.po", entries=(changed,)))
    assert known.find_translation("On 27 May").state is not State.FINISHED


def test_the_offered_line_can_be_copied_and_outlives_an_update(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.edit("ar", "250,000 شخص", "350,000 شخص")
    assert copy.run(check, "ar") == 1
    offered = re.search(r"(# Meant so: numbers \(.*?\))” above it", capsys.readouterr().out)
    assert offered
    passage = '#: letter/letter.md\nmsgid ""\n"The people of Aleppo need'
    copy.edit("ar", passage, f"{offered[1]}\n{passage}")
    assert copy.run(check, "ar") == 0
    assert copy.run(update) == 0
    assert copy.run(check, "ar") == 0
    assert offered[1] in copy.po("ar").read_text("utf-8")
