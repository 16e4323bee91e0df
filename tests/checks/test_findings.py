"""What is wrong with a translation is found, and what is right is left alone."""

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import django
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Severity, find_errors
from letter.checks.glossary import Glossary, read_glossary
from letter.editions.catalogue import State, judge_state
from letter.languages.language import find_language
from letter.po.header import header_fields, set_header_fields
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po, read_po
from tests.tools import ROOT

TAGS = ("ar", "ckb", "ku")
LANGUAGES = {tag: find_language(tag) for tag in (*TAGS, "fa", "ru", "ja")}


@cache
def read_draft(tag: str) -> PoFile:
    """Read the letter's texts and the page's, as one catalogue."""
    folder = ROOT / "locales" / tag / "LC_MESSAGES"
    letter, page = (read_po(folder / name) for name in ("letter.po", "interface.po"))
    return replace(letter, entries=(*letter.entries, *page.entries))


@cache
def read_terms() -> Glossary:
    return read_glossary(ROOT / "locales" / "glossary.csv")


def errors(msgid: str, msgstr: str, tag: str = "ar") -> set[str]:
    found = find_errors(Entry(msgid, (msgstr,)), LANGUAGES[tag])
    assert all(finding.severity is Severity.ERROR for finding in found)
    return {finding.check for finding in found}


def warnings(msgid: str, msgstr: str, tag: str = "ar") -> set[str]:
    found = check_catalogue(PoFile("x.po", entries=(Entry(msgid, (msgstr,)),)), LANGUAGES[tag])
    return {finding.check for finding in found if finding.severity is Severity.WARNING}


def seed(tag: str, old: str, new: str) -> set[str]:
    """Name the checks that tell of a draft in which the first `old` is replaced."""
    po = read_draft(tag)
    index = next(i for i, entry in enumerate(po.entries) if old in entry.msgstr[0])
    entries = list(po.entries)
    first, *others = entries[index].msgstr
    entries[index] = replace(entries[index], msgstr=(first.replace(old, new, 1), *others))
    found = check_catalogue(replace(po, entries=tuple(entries)), LANGUAGES[tag], read_terms())
    return {finding.check for finding in found}


def find_passage(tag: str, start: str) -> str:
    """Find the translation of the passage that starts so in English."""
    return next(e.msgstr[0] for e in read_draft(tag).entries if e.msgid.startswith(start))


# ---- The drafts, with one defect of each kind ----


@pytest.mark.parametrize("tag", TAGS)
def test_the_committed_catalogues_are_clean(tag: str) -> None:
    assert check_catalogue(read_draft(tag), LANGUAGES[tag], read_terms()) == []


# Checks and what they find. `text` is a whole passage, `start` and `rest` are its two halves,
# `word` is its first word, and `words` are the others.
DEFECTS = [
    ("addresses", "{text} https://evil.example/letter", "{text} (write@evil.example)"),
    ("addresses", "{text} evil.org", "[{text}](javascript:alert)"),
    ("placeholders", "{text} %(name)s"),
    ("html", "<b>{text}</b>", "{text}<!-- note -->", '{text}<img src="x">'),
    ("bidi", "\u202e{text}\u202c", "{start}\u202d{rest}", "{start}\u2067{rest}"),
    ("bidi", "{start}\u202a{rest}", "{text}\u202c", "{text}\u2069"),
    ("characters", "{text}\ufffd", "{text}\x07", "{text}\ue000", "{text}\U000e0041"),
    ("encoding", "{mojibake}"),
    ("look-alike", "{text} sivilаn", "{text} Ｓｙｒｉａ"),
    ("markup", "{word} **{words}", "{word} *{words}", "{word} `{words}", "{text} ](x y)"),
    ("empty", "…"),
    ("hidden", "{start}\u200b{rest}", "{text} \u200c"),
    ("english", "{text} The attack came shortly after Russian airstrikes."),
    ("spaces", "{word}  {words}", "{text} "),
    ("length", "{start}.", "{text} {text} {text}"),
    ("cut", "{start}"),
    ("twice", "{text} {text}"),
    ("pairs", "{text} («x)", "{text} “x"),
    ("ending", "{unended}"),
]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("check", "defect"), [(check, each) for check, *defects in DEFECTS for each in defects]
)
def test_a_seeded_defect_is_found_in_every_draft(tag: str, check: str, defect: str) -> None:
    # The passage that has every kind of thing in it.
    text = find_passage(tag, "In spite of the Syrian")
    half = len(text) // 2
    word, _, words = text.partition(" ")
    new = defect.format(
        text=text,
        start=text[:half],
        rest=text[half:],
        word=word,
        words=words,
        mojibake=text.encode().decode("cp1252", "ignore"),
        unended=text.rstrip("."),
    )
    assert check in seed(tag, text, new)


# A whole sentence of each draft's first long passage.
DROPPED = {
    "ar": " لكنّ نداءاتنا بقيت بلا استجابة.",
    "ckb": " بانگەوازەکانمان بێ وەڵام ماونەتەوە.",
    "ku": " Bangên me bêbersiv mane.",
}
NAMES = {"ar": ("الأتارب", "الباب"), "ckb": ("ئەتارب", "عەفرین"), "ku": ("Etaribê", "Efrînê")}


@pytest.mark.parametrize("tag", TAGS)
def test_changed_and_lost_words_are_found_in_every_draft(tag: str) -> None:
    people = "250 hezar" if tag == "ku" else "250,000"
    for change in (f"{people}→350,000", f"{people}→250", "200→٢٠١", "200 →", "27→28"):
        assert "numbers" in seed(tag, *change.split("→"))
    assert "sentences" in seed(tag, DROPPED[tag], DROPPED[tag] * 3)
    long = find_passage(tag, "The Syrian regime is deliberately")
    sentences = long.split(". ")
    assert "sentences" in seed(tag, long, ". ".join(sentences[:1] + sentences[3:]))
    assert seed(tag, *NAMES[tag]) == {"glossary"}
    text = find_passage(tag, "We do not understand")
    other = find_passage("ckb" if tag == "ku" else "ku", "We do not understand")
    assert "script" in seed(tag, text, other)
    english = next(e.msgid for e in read_draft(tag).entries if text in e.msgstr)
    assert "english" in seed(tag, text, english)


# Checks, languages, and what a translator types instead of what.
MISTYPED = [
    ("punctuation", "ar", "،→,", "،→;"),
    ("punctuation", "ckb", "،→,"),
    ("punctuation", "ku", ",→،"),
    ("letters", "ckb", "ی→ي", "ک→ك", "ە →ه\u200c ", "ە →ة ", "ێ→ی\u065a", "ۆ→و\u030c"),
    ("letters", "ckb", "ڕ→ر\u0655", "ڵ→ل\u065a"),
    ("letters", "ar", "ك→ک", "ي→ی", "لا→\ufefb", "حلب→حـلب"),
    ("composition", "ku", "ê→e\u0302"),
    ("letters", "ku", "ê→ë", "ş→ș", "î→ı"),
    ("doubled", "ar", " في → في في "),
    ("doubled", "ckb", " لە → لە لە "),
    ("doubled", "ku", " ji → ji ji "),
    ("encoding", "ku", "ş→þ"),
    ("look-alike", "ku", "a→а"),
]


@pytest.mark.parametrize(
    ("check", "tag", "change"),
    [(check, tag, each) for check, tag, *changes in MISTYPED for each in changes],
)
def test_letters_and_marks_of_another_keyboard_are_found(check: str, tag: str, change: str) -> None:
    assert check in seed(tag, *change.split("→"))


@pytest.mark.parametrize(
    ("check", "msgid", "msgstr", "tag"),
    [
        ("numbers", "They came", "جاء 45 رجلا", "ar"),
        ("look-alike", "Read it", "Прoчитайте", "ru"),  # a Latin o
        ("look-alike", "Aleppo", "حلaب", "ar"),
        ("hidden", "Aleppo", "حل\u200eب", "ar"),
        ("addresses", "Go to https://a.org/x", "https://a.org/y", "ar"),
        ("markup", "See [it](https://a.org)", "انظر [هنا] (https://a.org)", "ar"),
        ("placeholders", "%(count)s of %(total)s", "%(total)s", "ar"),
        ("placeholders", "%(count)s of it", "%(count)س", "ar"),
        ("placeholders", "%(count)s of it", "%(count) s", "ar"),
    ],
)
def test_a_mistake_in_a_single_text_is_found(check: str, msgid: str, msgstr: str, tag: str) -> None:
    found = errors(msgid, msgstr, tag) or warnings(msgid, msgstr, tag) - {"header"}
    assert found == {check}


@pytest.mark.parametrize(
    ("tag", "word", "told"),
    [
        ("ru", "H\u0430\u0441", "U+0048 LATIN CAPITAL LETTER H"),
        ("uk", "c\u0430\u043c", "U+0063 LATIN SMALL LETTER C"),
        ("ku", "H\u0430\u0441", "U+0430 CYRILLIC SMALL LETTER A"),
    ],
)
def test_the_letter_of_the_other_alphabet_is_the_wrong_one(tag: str, word: str, told: str) -> None:
    (found,) = find_errors(Entry("Us", (word,)), find_language(tag))
    assert f"a letter in it that only looks right ({told})" in found.text


@pytest.mark.parametrize(
    ("msgid", "words"),
    [
        (
            "Visit https://example.org/one/two/three/four",
            "Visit https://example.org/one/two/three/…",
        ),
        ("Donaudampfschifffahrtsgesellschaftskapitän", "Donaudampfschifffahrtsgesellschaftskapit…"),
        ("«Stop» the war", "«Stop» the war"),
        ("“Stop the war!”", "Stop the war!"),
        ("Stop\nthe war", "Stop …"),
        ("Stop  the war", "Stop  the war"),
    ],
)
def test_first_words_can_be_searched_for(msgid: str, words: str) -> None:
    """They stand so in the msgid, and a word that was cut can be told from a whole one."""
    (found, *_) = find_errors(Entry(msgid, ("<b>x</b>",)), LANGUAGES["ku"])
    assert found.words == words
    assert words.removesuffix("…").rstrip() in msgid


# ---- What is right ----


@pytest.mark.parametrize(
    ("msgid", "msgstr", "tag"),
    [
        ("Read <https://example.org/a>.", "بخوانید: https://example.org/a.", "fa"),
        ("See [the list](https://a.org/b_(c)).", "انظر [القائمة](https://a.org/b_(c)).", "ar"),
        ("Write to a@b.org.", "اكتب إلى a@b.org، من فضلك.", "ar"),
        ("250,000 people", "٢٥٠٬٠٠٠ شخص", "ar"),
        ("250,000 people", "۲۵۰ ۰۰۰ نفر", "fa"),
        ("250,000 people", "250.000 kes", "ku"),
        ("250,000 people", "250000 kes", "ku"),
        ("On 25 April 2016", "في 2016/4/25", "ar"),
        ("On [a.org](https://a.org/x)", "Li [A.org](https://A.org/x) û a.org", "ku"),
        ("On _a.org_", "Li *a.org* ye", "ku"),
        ("The UTF-8 of H264", "UTF-8", "ku"),
        ("They sing of bread and of roses", "Gotin: “sing of bread and of roses”", "ku"),
        ("3 of five", "3 ji 5", "ku"),
        ("It was 2021.", "سال ۱۴۰۰ بود.", "fa"),
        ("**Help** us", "**ساعدونا**", "ar"),
        ("Use `a * b`", "استعمل `a * b`", "ar"),
        ("Since 2011", "لە ٢٠١١ـەوە", "ckb"),
        ("They know", "آن‌ها می‌دانند", "fa"),
        ("The URL", "الـURL", "ar"),
        ("The name “x”", "الاسم \u2068x\u2069", "ar"),
        ("Hi", "سڵاو، ھاوڕێ ه", "ckb"),
        ("a (b) c", "ا (ب) ج", "ar"),
        ("Read it", "Прочитайте файл USB", "ru"),
        ("Read it, please", "これを読んでください。", "ja"),
        ("Zaad", "Zaad", "ar"),
        ("Syrian Center for Media and Freedom of Expression",) * 2 + ("ckb",),
        ("Go to https://a.org/x", "إلى https://a.org/x/", "ar"),
        ("%(count)s of %(total)s", "%(total)s / %(count)s", "ar"),
        ("A <b>x</b>", "ا <b>x</b>", "ar"),
        ("Open <file> now", "Пакет <файл> сейчас", "ru"),
        ("Open <file> now", "Niha <pel> veke", "ku"),
        ("Open <file> now", "افتح <ملف> الآن", "ar"),
        ("Call +1 23", "Call +1 23", "ar"),
        ("Call +1 23", "", "ar"),
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(msgid: str, msgstr: str, tag: str) -> None:
    assert errors(msgid, msgstr, tag) == set()
    assert warnings(msgid, msgstr, tag) <= {"header"}


@pytest.mark.parametrize("folder", ["conf", "contrib/auth", "contrib/admindocs"])
@pytest.mark.parametrize("tag", ["ar", "ckb", "fa"])
def test_published_translations_have_no_errors_and_few_warnings(folder: str, tag: str) -> None:
    """The bounds: an error in 1 message of 100, a warning in 1 of 20; here with a margin."""
    root = Path(django.__file__).parent / folder / "locale" / tag / "LC_MESSAGES" / "django.po"
    po, language = read_po(root), LANGUAGES[tag]
    finished = [e for e in po.entries if judge_state(e, len(e.msgstr)) is State.FINISHED]
    found = [f for f in check_catalogue(po, language) if f.check != "header"]
    assert [f for f in found if f.severity is Severity.ERROR] == []
    assert len(found) <= 0.075 * len(finished)


# ---- One entry ----


def plural_errors(tag: str, *forms: str) -> list[str]:
    entry = Entry("%(count)s of %(total)s one", forms, None, "%(count)s of %(total)s many")
    return [finding.check for finding in find_errors(entry, LANGUAGES[tag])]


def test_a_plural_may_leave_out_its_count_and_must_have_all_its_forms() -> None:
    assert plural_errors("ku", "yek ji %(total)s", "%(count)s ji %(total)s") == []
    assert plural_errors("ku", "", "") == []
    assert plural_errors("ku", "%(count)s ji %(total)s", " ") == ["plural"]
    assert plural_errors("ku", "yek", "%(count)s ji %(total)s") == ["placeholders"]
    assert plural_errors("ar", "لا شيء", *["%(count)s من %(total)s"] * 5) == []


def test_a_finding_names_the_line_of_the_translation() -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    message = '# hi\n\n#. note\n#: a\nmsgid "Go, go"\nmsgstr "روح,  روح"\n'
    found = check_catalogue(parse_po((header + message).encode(), "x.po"), LANGUAGES["ar"])
    told = {(finding.line, finding.check) for finding in found if finding.check != "header"}
    assert told == {(9, "punctuation"), (9, "spaces")}


def test_fuzzy_untranslated_and_obsolete_entries_are_not_checked() -> None:
    bad = Entry("200 people", ("٣٠٠ \u202e",))
    for entry in (replace(bad, flags=("fuzzy",)), replace(bad, obsolete=True), Entry("x", ("",))):
        found = check_catalogue(PoFile("x.po", entries=(entry,)), LANGUAGES["ar"])
        assert {finding.check for finding in found} <= {"header"}


# ---- The header ----


@pytest.mark.parametrize(
    ("field", "value", "severity"),
    [
        ("Content-Type", "text/plain; charset=windows-1256", Severity.WARNING),
        ("Language", None, Severity.WARNING),
        ("Language", "ar_SY", Severity.WARNING),
        ("Language", "ar_SY.UTF-8", Severity.WARNING),
        ("Language", "ckb", Severity.ERROR),
        ("Language", "apc", Severity.ERROR),
        ("Language", "ar@latin", Severity.ERROR),
        ("Plural-Forms", None, Severity.ERROR),
        ("Plural-Forms", "nplurals=2; plural=n != 1;", Severity.ERROR),
        ("Plural-Forms", "nplurals=6; plural=oops;", Severity.ERROR),
        ("Plural-Forms", "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "
         "n%100<=10 ? 3 : n%100>=11 ? 5 : 4;", Severity.WARNING),
    ],
)  # fmt: skip
def test_a_fault_of_the_header_is_found(field: str, value: str | None, severity: Severity) -> None:
    po = set_header_fields(read_draft("ar"), {field: value})
    found = check_catalogue(po, LANGUAGES["ar"])
    assert (severity, "header") in {(finding.severity, finding.check) for finding in found}


def test_a_language_by_gettexts_name_is_only_to_be_spelled_otherwise() -> None:
    po = parse_po(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n'
                  b'Language: sr@latin\\n"\n', "x.po")  # fmt: skip
    (finding,) = check_catalogue(po, find_language("sr-Latn"))
    assert finding.severity is Severity.WARNING
    assert finding.text == "the header has “Language: sr@latin”: write “Language: sr_Latn”"
    (finding,) = check_catalogue(po, find_language("sr"))
    assert finding.severity is Severity.ERROR


def test_another_spelling_of_the_same_plural_rule_is_right() -> None:
    fields = header_fields(read_draft("ku"))
    po = set_header_fields(read_draft("ku"), {"Plural-Forms": "nplurals=2; plural=(n==1 ? 0 : 1);"})
    assert fields["Plural-Forms"] not in header_fields(po)["Plural-Forms"]
    assert check_catalogue(po, LANGUAGES["ku"]) == []


# ---- Any text ----

UNITS = [
    "ab ", "a", " ", "(", "[", "](", "*", "`", "<a ", "1 ", "1,", "1 000 ", ".", "@", "a@", "a.",
    "http://", "http://(", "www.", "%(", "%(a", "ا,", "a\u0302", "حلب ", "«", "-", "_", "ط§", "ـ",
    "\u2068", "\u202a", "Aleppo ", "…", "Ã®", "ه\u200c", "\n", "{", "&", "1.2.", "_a_*",
]  # fmt: skip
PIECES = "ab .,;:()[]{}*`_<>&%#@/\\\"'“”«»-–\n\t0123٣۴ابيكةهـًەêşûаСÃªط§ظ"
INVISIBLE = "\u200c\u200f\u202e\u2068\u2069\ufffd\u200b\xa0"
HARD = st.text(st.sampled_from(PIECES + INVISIBLE) | st.characters())


@settings(max_examples=300)
@given(msgid=HARD, msgstr=HARD, plural=HARD, tag=st.sampled_from(sorted(LANGUAGES)))
def test_no_text_makes_a_check_fail(msgid: str, msgstr: str, plural: str, tag: str) -> None:
    entries = (Entry(msgid, (msgstr,)), Entry(msgid, (msgstr, plural), None, plural))
    found = check_catalogue(PoFile("x.po", entries=entries), LANGUAGES[tag], read_terms())
    assert all(finding.text and "\n" not in finding.check for finding in found)


SAID = "The people 1 of Aleppo, 25 April 2016, 3.5 million"
GROWING = [(unit, SAID, 8_000) for unit in ("kurd ", "1,", "Gulan 2016 ", "https://{}.org ", "*a")]
GROWING += [(unit, "The people of Aleppo", 24_000) for unit in ("50 ", "{} bi ")]


@pytest.mark.parametrize(("unit", "said", "short"), GROWING)
def test_twice_the_text_takes_twice_the_time(unit: str, said: str, short: int) -> None:
    """A file of a stranger keeps no check busy; what grows with the square is 4 × as long."""

    def measure(length: int) -> float:
        text = "".join(unit.format(n) for n in range(length // len(unit)))
        msgid = f'msgid ""\nmsgstr "Language: ku\\n"\n\nmsgid "{said}"\nmsgstr ""\n'
        lines = "".join(f'"{text[at : at + 70]}"\n' for at in range(0, length, 70))
        po = parse_po((msgid + lines).encode(), "x.po")
        start = time.process_time()
        check_catalogue(po, LANGUAGES["ku"], read_terms())
        return time.process_time() - start

    measure(1_000)
    assert any(measure(2 * short) < 3 * measure(short) + 0.02 for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "tag"),
    [(unit, "ku" if unit.isascii() and n % 2 else "ar") for n, unit in enumerate(UNITS)],
)
def test_no_text_takes_more_than_linear_time(unit: str, tag: str) -> None:
    def measure(length: int) -> float:
        text = unit * (length // len(unit))
        entry = Entry("The people 1 of https://a.org/ a@b.org [x](y) Aleppo *b*", (text,))
        po = PoFile("x.po", entries=(entry, Entry(text + "x", ("x" + text,))))
        start = time.thread_time()
        find_errors(entry, LANGUAGES[tag])
        check_catalogue(po, LANGUAGES[tag], read_terms())
        return time.thread_time() - start

    def is_linear() -> bool:
        """Linear is 4 × as long, quadratic 16 ×."""
        short = min(measure(2_000) for _ in range(2))
        return measure(8_000) < 10 * short + 0.05

    assert any(is_linear() for _ in range(5)), "a machine that gets busy between makes one wrong"
