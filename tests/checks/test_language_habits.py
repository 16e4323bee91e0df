"""What is right in one language and a slip in another: sentences, doubled words, quotations."""

import pytest

from letter.checks.catalogue_checks import check_catalogue
from letter.languages.language import find_language
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po

LONG = "They came on 25 April. They stayed, see Appendix. We left."


def find(msgid: str, msgstr: str, tag: str, check: str) -> list[str]:
    """Give the findings of one check in a catalogue whose other messages are right."""
    others = [Entry(f"One {n}. Two. Three.", (f"Xx {n}. Yyy. Zzzzz.",)) for n in "abcde"]
    po = PoFile("x.po", entries=(Entry(msgid, (msgstr,)), *others))
    return [each.text for each in check_catalogue(po, find_language(tag)) if each.check == check]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Sie kamen am 25. April um 8. Sie blieben (vgl. Anhang). Wir gingen."),
        ("nb", "De kom 25. april kl. 8. De ble, jf. vedlegg nr. 2. Vi dro."),
        ("cs", "Přišli 25. dubna v 8. hodině. Zůstali, např. Jan, viz str. 3. Odešli jsme."),
        ("fi", "He tulivat 25. huhtikuuta klo 8. He jäivät, esim. Jan, ks. liite. Lähdimme."),
        ("tr", "19. haftada, 25. günde geldiler. Kaldılar, bkz. Ek. Gittik."),
        ("pl", "Przyszli 25. dnia o godz. 8. Zostali, np. Jan, zob. Aneks. Wyszliśmy."),
        ("ru", "Они пришли 25 апреля 2016 г. в 8 ч. Они остались, т.е. Ян, см. Прил. Мы ушли."),
        ("ku", "Gava hatin 25ê Nîsanê bû, û rast e. Ew man, û sedem jî ev e. Em çûn."),
    ],
)
def test_a_full_stop_that_ends_no_sentence_is_none(tag: str, text: str) -> None:
    assert find(LONG, text, tag, "sentences") == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Wir kamen am 25. April, 26. April und 27. April."),
        ("nb", "Vi kom 25. april, 26. april og 27. april."),
        ("tr", "25. haftada, 26. haftada ve 27. haftada geldik."),
        ("cs", "Přišli jsme 25. dubna, 26. dubna a 27. dubna."),
        ("ru", "Мы пришли в гл. трёх, см. стр. пять, ул. Мира."),
        ("fr", "Nous... venons… des villes... et des villages."),
    ],
)
def test_ordinals_and_marks_before_lower_case_make_no_sentences(tag: str, text: str) -> None:
    """Where the words after ordinals are capitals, as in German, they may begin sentences."""
    assert find("We came on 25, 26 and 27 April.", text, tag, "sentences") == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Sie kamen nachts im Frühling."),
        ("tr", "Geldiler. Kaldılar. Gittik. Döndük. Yine geldik."),
        ("ar", "جاؤوا في 25 نيسان."),
        ("ja", "彼らは4月25日に来て、付録にあるように長くとどまり、私たちは去った。"),
    ],
)
def test_two_sentences_fewer_or_more_are_found(tag: str, text: str) -> None:
    assert len(find(LONG, text, tag, "sentences")) == 1


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("tr", "Yavaş yavaş geldi, tekrar tekrar sordu."),
        ("he", "הוא בא לאט לאט."),
        ("ur", "وہ آہستہ آہستہ آیا۔"),
        ("ku", "Ew hêdî hêdî û nerm nerm hat."),
        ("fa", "او کم کم آمد."),
        ("ar", "جاء شيئاً شيئاً."),
        ("id", "Dia datang pelan pelan."),
        ("hi", "वह धीरे धीरे आया।"),
        ("de", "Die Stadt, die die Leute lieben."),
        ("de", "Ein ein Meter hoher Zaun: Man kann nicht nicht sprechen."),
        ("he", "הוא בא עם עם שלם, ראית את את העיר?"),
        ("fa", "ترس از از دست دادن خانه، از آن آن مرد."),
        ("ku", "Wê wê bibîne."),
        ("ckb", "ئەو ئەو کەسەیە."),
        ("nl", "Als het het leger is is het te laat."),
        ("nb", "Det er for for få."),
        ("da", "Det, der er er galt."),
        ("sv", "De som som barn kom."),
        ("hu", "Ez az az ember."),
        ("sq", "Duhet të të themi."),
        ("cs", "Chce se se starostou setkat."),
        ("sr", "Треба да да изјаву."),
        ("es", "El tren para para que nos una una causa."),
        ("uk", "Він та та жінка."),
        ("bn", "সে থেকে থেকে আসে।"),
        ("hi", "वहाँ और और लोग आए।"),
        ("fr", "Le quartier est est détruit."),
        ("el", "Πες το το βράδυ."),
    ],
)
def test_saying_a_word_twice_is_a_habit(tag: str, text: str) -> None:
    assert find("It came slowly to us.", text, tag, "doubled") == []


@pytest.mark.parametrize(
    ("tag", "text", "word"),
    [("tr", "Ali ve ve Ayşe.", "ve"), ("ar", "علي و و عائشة.", "و"), ("en", "The the city.", "The"),
     ("ckb", "لە لە شار.", "لە"), ("ku", "Ji ji bajêr.", "Ji"), ("hi", "घर में में।", "में"),
     ("ru", "в в городе", "в")],
)  # fmt: skip
def test_a_small_word_said_twice_is_a_slip(tag: str, text: str, word: str) -> None:
    assert find("It came to us.", text, tag, "doubled") == [f"“{word}” stands twice: delete one"]


@pytest.mark.parametrize(
    ("tag", "word"), [("tr", "yarın"), ("ar", "المدينة"), ("he", "מחר"), ("ku", "sibê")]
)
def test_a_word_at_a_lines_end_and_the_next_lines_start_is_a_slip(tag: str, word: str) -> None:
    start = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "He came"\n'
    for lines, count in ((f'"x {word} "\n"{word} y"', 1), (f'"x {word} {word} "\n"y"', 0)):
        po = parse_po(f'{start}msgstr ""\n{lines}\n'.encode(), "x.po")
        found = [each.check for each in check_catalogue(po, find_language(tag))]
        assert found.count("doubled") == count


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("he", 'הדו"ח של ארה"ב נכתב ע"י דו״ח'),
        ("he", 'ג\'ורג\' קרא ב"הארץ" מנכ"לית'),
        ("he", "הדו״ח של ״הארץ״ ב״הארץ״ תשע״ו 27״ רוחב"),
        ("yi", 'ער איז פֿון ארה"ב'),
        ("de", '5\'10" groß, „ja“ und »nein«, „auch" so'),
        ("sv", '”Ja” och »nej» och 27" bred'),
        ("fi", "”Ei” ja »joo»"),
        ("pl", "„Nie” i »tak«"),
        ("hu", "„Nem »igen« az”"),
        ("el", "«Όχι “ναι”»"),
        ("fr", "L’homme d'ici : « non »"),
        ("uz", "Oʻzbekiston gʻalabasi"),
        ("uk", "П'ять “так”"),
        ("tr", "Halep’te “evet” dedi"),
    ],
)
def test_letters_marks_and_each_languages_quotation_marks_are_right(tag: str, text: str) -> None:
    assert find("He said no to us", text, tag, "pairs") == []


@pytest.mark.parametrize(
    ("tag", "text", "mark"),
    [("he", 'הוא אמר "שלום', '"'), ("he", 'הדו"ח של ״הארץ', "״"),
     ("de", "Er sagte „nein", "„"), ("tr", "O “hayır dedi", "“"),
     ("sv", "»Nej sa han", "»"), ("ar", "قال «لا", "«")],
)  # fmt: skip
def test_a_lone_quotation_mark_is_found(tag: str, text: str, mark: str) -> None:
    (told,) = find("He said no to us", text, tag, "pairs")
    assert f"{mark} has no partner" in told


VERSE = "إنا لله وإنا إليه راجعون"


@pytest.mark.parametrize(
    "quotation",
    [VERSE, "إِنَّا لِلَّهِ وَإِنَّا إِلَيْهِ رَاجِعُونَ", "بسم الله الرحمن الرحيم", "الشعب يريد إسقاط النظام"],
)
def test_arabic_words_that_sorani_quotes_keep_their_letters(quotation: str) -> None:
    for text in (f"ئێمە دەڵێین: {quotation}.", f"«{quotation}» دەڵێین لە شار."):
        assert find("We say this in the city.", text, "ckb", "letters") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"ئێمە دەڵێین: {VERSE}. ئەمە ڕاستيە.", "ڕاستيە"),
        ("ئيمه ئه م نامه يه له سوريا بو ئيوه دەنووسین.", "ئيمه"),
        ("بشار الاسد لە سوريا و شاری حەلەب.", "سوريا"),
        (VERSE, "إليه"),  # which is no Sorani text around a quotation
    ],
)
def test_sorani_of_an_arabic_keyboard_is_no_quotation(text: str, wrong: str) -> None:
    found = find("We say this in the city.", text, "ckb", "letters")
    assert wrong in " ".join(found)


@pytest.mark.parametrize("behind", ["(We are being left to die)", "(“We are being left to die.”)"])
def test_an_original_in_brackets_behind_its_translation_is_no_rest(behind: str) -> None:
    original = "We are being left to die"
    assert find(original, f"Em li ber mirinê têne hiştin {behind}", "ku", "english") == []
    assert find(original, behind, "ku", "english")
    part = f"Alî me bikin ({original})"
    assert find(f"{original} by all. Help us now.", part, "ku", "english")
