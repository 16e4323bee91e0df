"""What is wrong with a translation is found, and what is right is left alone."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letter.checks.catalogues import check_catalogue, check_file
from letter.checks.findings import Finding, Severity, find_errors
from letter.checks.glossary import Glossary, read_glossary
from letter.editions.catalogue import State, judge_state
from letter.languages.language import find_language
from letter.po.faults import PoError
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po, read_po
from tests.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

TAGS = ("ar", "ckb", "ku")
LANGUAGES = {tag: find_language(tag) for tag in (*TAGS, "fa", "ru", "ja")}


@cache
def read_draft(tag: str) -> PoFile:
    return read_po(ROOT / "locales" / tag / "LC_MESSAGES" / "letter.po")


@cache
def read_terms() -> Glossary:
    return read_glossary(ROOT / "locales" / "glossary.csv")


def errors(msgid: str, msgstr: str, tag: str = "ar") -> set[str]:
    entry = Entry(msgid, (msgstr,))
    found = find_errors(entry, LANGUAGES[tag])
    assert all(finding.severity is Severity.ERROR for finding in found)
    return {finding.check for finding in found}


def warnings(msgid: str, msgstr: str, tag: str = "ar") -> set[str]:
    found = check_catalogue(PoFile("x.po", entries=(Entry(msgid, (msgstr,)),)), LANGUAGES[tag])
    return {finding.check for finding in found if finding.severity is Severity.WARNING}


def seed(tag: str, old: str, new: str) -> list[Finding]:
    """Check a draft in which one text, the first of its kind, was replaced."""
    po = read_draft(tag)
    index = next(i for i, entry in enumerate(po.entries) if old in entry.msgstr[0])
    entry = po.entries[index]
    forms = (entry.msgstr[0].replace(old, new, 1), *entry.msgstr[1:])
    entries = list(po.entries)
    entries[index] = replace(entry, msgstr=forms)
    return check_catalogue(replace(po, entries=tuple(entries)), LANGUAGES[tag], read_terms())


# ---- The drafts, with one defect of each kind ----


@pytest.mark.parametrize("tag", TAGS)
def test_the_committed_catalogues_are_clean(tag: str) -> None:
    assert check_catalogue(read_draft(tag), LANGUAGES[tag], read_terms()) == []


# A whole sentence of each draft's first long passage.
DROPPED = {
    "ar": " وبقيت نداءاتنا بلا جواب.",
    "ckb": " بانگەوازەکانمان بێ وەڵام ماونەتەوە.",
    "ku": " Bangên me bêbersiv mane.",
}
NAMES = {
    "ar": ("الأتارب", "الباب"),
    "ckb": ("ئەتارب", "عەفرین"),
    "ku": ("Etaribê", "Efrînê"),
}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("addresses", lambda text: text + " https://evil.example/letter"),
        ("addresses", lambda text: text + " (write@evil.example)"),
        ("addresses", lambda text: text + " evil.org"),
        ("addresses", lambda text: f"[{text}](javascript:alert)"),
        ("placeholders", lambda text: text + " %(name)s"),
        ("html", lambda text: f"<b>{text}</b>"),
        ("html", lambda text: text + "<!-- note -->"),
        ("html", lambda text: text + '<img src="x">'),
        ("bidi", lambda text: "\u202e" + text + "\u202c"),
        ("bidi", lambda text: text[:3] + "\u202d" + text[3:]),
        ("bidi", lambda text: text[:3] + "\u2067" + text[3:]),
        ("bidi", lambda text: text + "\u2069"),
        ("bidi", lambda text: text[:3] + "\u202a" + text[3:]),
        ("bidi", lambda text: text + "\u202c"),
        ("characters", lambda text: text + "\ufffd"),
        ("characters", lambda text: text + "\x07"),
        ("characters", lambda text: text + "\ue000"),
        ("characters", lambda text: text + "\U000e0041"),
        ("encoding", lambda text: text.encode().decode("cp1252", "ignore")),
        ("look-alike", lambda text: text + " sivilаn"),
        ("look-alike", lambda text: text + " Ｓｙｒｉａ"),
        ("markup", lambda text: text.replace(" ", " **", 1)),
        ("markup", lambda text: text.replace(" ", " *", 1)),
        ("markup", lambda text: text.replace(" ", " `", 1)),
        ("markup", lambda text: text + " ](x y)"),
        ("empty", lambda _: "…"),
        ("hidden", lambda text: text[:3] + "\u200b" + text[3:]),
        ("hidden", lambda text: text + " \u200c"),
        ("english", lambda text: text + " The attack came shortly after Russian airstrikes."),
        ("doubled", lambda text: text + " mala mala"),
        ("spaces", lambda text: text.replace(" ", "  ", 1)),
        ("spaces", lambda text: text + " "),
        ("length", lambda text: text[: len(text) // 2]),
        ("length", lambda text: text + " " + text),
        ("pairs", lambda text: text + " («x)"),
        ("pairs", lambda text: text + " “x"),
        ("ending", lambda text: text.rstrip(".")),
    ],
)
def test_a_seeded_defect_is_found_in_every_draft(
    tag: str, check: str, change: Callable[[str], str]
) -> None:
    po = read_draft(tag)
    # The passage that has every kind of thing in it.
    text = next(e.msgstr[0] for e in po.entries if e.msgid.startswith("In spite of the Syrian"))
    assert check in {finding.check for finding in seed(tag, text, change(text))}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        ("numbers", "250,000", "350,000"),
        ("numbers", "200", "٢٠١"),
        ("numbers", "27", "28"),
        ("numbers", "200 ", ""),
        ("numbers", "250,000", "250"),
    ],
)
def test_a_changed_or_lost_number_is_found(tag: str, check: str, old: str, new: str) -> None:
    assert check in {finding.check for finding in seed(tag, old, new)}


@pytest.mark.parametrize("tag", TAGS)
def test_a_dropped_sentence_and_an_added_one_are_found(tag: str) -> None:
    for new in ("", DROPPED[tag] * 2):
        assert "sentences" in {finding.check for finding in seed(tag, DROPPED[tag], new)}


@pytest.mark.parametrize("tag", TAGS)
def test_another_name_than_the_glossarys_is_found(tag: str) -> None:
    assert [finding.check for finding in seed(tag, *NAMES[tag])] == ["glossary"]


@pytest.mark.parametrize("tag", TAGS)
def test_the_text_of_another_language_is_found(tag: str) -> None:
    other = {"ar": "ku", "ckb": "ku", "ku": "ckb"}[tag]
    start = "We do not understand"
    ours, theirs = (
        next(e.msgstr[0] for e in read_draft(t).entries if e.msgid.startswith(start))
        for t in (tag, other)
    )
    assert "script" in {finding.check for finding in seed(tag, ours, theirs)}


@pytest.mark.parametrize("tag", TAGS)
def test_a_paragraph_left_in_english_is_found(tag: str) -> None:
    entry = next(e for e in read_draft(tag).entries if e.msgid.startswith("We do not"))
    assert "english" in {finding.check for finding in seed(tag, entry.msgstr[0], entry.msgid)}


@pytest.mark.parametrize(
    ("check", "tag", "old", "new"),
    [
        ("punctuation", "ar", "،", ","),
        ("punctuation", "ckb", "،", ","),
        ("punctuation", "ar", "،", ";"),
        ("punctuation", "ku", ",", "،"),
        ("letters", "ckb", "ی", "ي"),
        ("letters", "ckb", "ک", "ك"),
        ("letters", "ckb", "ە ", "ه\u200c "),
        ("letters", "ckb", "ە ", "ة "),
        ("letters", "ckb", "ێ", "ی\u065a"),
        ("letters", "ckb", "ۆ", "و\u030c"),
        ("letters", "ckb", "ڕ", "ر\u0655"),
        ("letters", "ckb", "ڵ", "ل\u065a"),
        ("letters", "ar", "ك", "ک"),
        ("letters", "ar", "ي", "ی"),
        ("letters", "ar", "لا", "\ufefb"),
        ("letters", "ar", "حلب", "حـلب"),
        ("letters", "ku", "ê", "e\u0302"),
        ("letters", "ku", "ê", "ë"),
        ("letters", "ku", "ş", "ș"),
        ("letters", "ku", "î", "ı"),
        ("encoding", "ku", "ş", "þ"),
        ("look-alike", "ku", "a", "а"),
    ],
)
def test_letters_and_marks_of_another_keyboard_are_found(
    check: str, tag: str, old: str, new: str
) -> None:
    assert check in {finding.check for finding in seed(tag, old, new)}


@pytest.mark.parametrize(
    ("check", "msgid", "msgstr", "tag"),
    [
        ("numbers", "They came", "جاء 45 رجلا", "ar"),
        ("look-alike", "Read it", "Прoчитайте", "ru"),  # a Latin o
        ("look-alike", "Aleppo", "حلaب", "ar"),
        ("hidden", "Aleppo", "حل\u200eب", "ar"),
    ],
)
def test_a_mistake_in_a_single_text_is_found(check: str, msgid: str, msgstr: str, tag: str) -> None:
    assert check in errors(msgid, msgstr, tag) | warnings(msgid, msgstr, tag)


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


@pytest.mark.parametrize(
    ("msgid", "msgstr", "found"),
    [
        ("Go to https://a.org/x", "https://a.org/y", {"addresses"}),
        ("Go to https://a.org/x", "إلى https://a.org/x/", set()),
        ("See [it](https://a.org)", "انظر [هنا] (https://a.org)", {"markup"}),
        ("%(count)s of %(total)s", "%(total)s", {"placeholders"}),
        ("%(count)s of %(total)s", "%(total)s / %(count)s", set()),
        ("%(count)s of it", "%(count)س", {"placeholders"}),
        ("%(count)s of it", "%(count) s", {"placeholders"}),
        ("A <b>x</b>", "ا <b>x</b>", set()),
    ],
)
def test_what_a_program_reads_is_the_same_as_in_english(
    msgid: str, msgstr: str, found: set[str]
) -> None:
    assert errors(msgid, msgstr) == found


def make_plural(*forms: str) -> Entry:
    return Entry("%(count)s of %(total)s one", forms, None, "%(count)s of %(total)s many")


def test_a_plural_may_leave_out_its_count_and_must_have_all_its_forms() -> None:
    ku, ar = LANGUAGES["ku"], LANGUAGES["ar"]
    assert find_errors(make_plural("yek ji %(total)s", "%(count)s ji %(total)s"), ku) == ()
    assert find_errors(make_plural("", ""), ku) == ()
    found = find_errors(make_plural("%(count)s ji %(total)s", " "), ku)
    assert [finding.check for finding in found] == ["plural"]
    found = find_errors(make_plural("yek", "%(count)s ji %(total)s"), ku)
    assert [finding.check for finding in found] == ["placeholders"]
    six = ["%(count)s من %(total)s"] * 5
    assert find_errors(make_plural("لا شيء", *six), ar) == ()


def test_a_kept_or_an_empty_entry_has_no_errors() -> None:
    assert errors("Call +1 23", "Call +1 23") == set()
    assert errors("Call +1 23", "") == set()


def test_a_finding_names_the_line_of_the_translation() -> None:
    text = '# hi\n\n#. note\n#: a\nmsgid "Go, go"\nmsgstr "روح,  روح"\n'
    po = parse_po(
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + text.encode(), "x.po"
    )
    found = check_catalogue(po, LANGUAGES["ar"])
    assert {(f.line, f.check) for f in found if f.check != "header"} == {
        (9, "punctuation"),
        (9, "spaces"),
    }


def test_fuzzy_untranslated_and_obsolete_entries_are_not_checked() -> None:
    bad = Entry("200 people", ("٣٠٠ \u202e",))
    for entry in (replace(bad, flags=("fuzzy",)), replace(bad, obsolete=True), Entry("x", ("",))):
        found = check_catalogue(PoFile("x.po", entries=(entry,)), LANGUAGES["ar"])
        assert {finding.check for finding in found} <= {"header"}


def test_a_file_that_cannot_be_read_is_an_error_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "letter.po"
    path.write_text('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', encoding="utf-8")
    with pytest.raises(PoError):
        read_po(path)
    (found,) = check_file(path, LANGUAGES["ar"])
    assert (found.line, found.severity, found.check) == (4, Severity.ERROR, "file")


# ---- Any text ----

UNITS = [
    "ab ", "a", " ", "(", "[", "](", "*", "`", "<a ", "1 ", "1,", "1 000 ", ".", "@", "a@", "a.",
    "http://", "http://(", "www.", "%(", "%(a", "ا,", "a\u0302", "حلب ", "«", "-", "_", "ط§", "ـ",
    "\u2068", "\u202a", "Aleppo ", "…", "Ã®", "ه\u200c", "\n", "{", "&",
]  # fmt: skip
PIECES = "ab .,;:()[]{}*`_<>&%#@/\\\"'“”«»-–\n\t0123٣۴ابيكةهـًەêşûаСÃªط§ظ"
INVISIBLE = "\u200c\u200f\u202e\u2068\u2069\ufffd\u200b\xa0"
HARD = st.text(st.sampled_from(PIECES + INVISIBLE) | st.characters())


@settings(max_examples=300, deadline=None)
@given(msgid=HARD, msgstr=HARD, plural=HARD, tag=st.sampled_from(sorted(LANGUAGES)))
def test_no_text_makes_a_check_fail(msgid: str, msgstr: str, plural: str, tag: str) -> None:
    entries = (Entry(msgid, (msgstr,)), Entry(msgid, (msgstr, plural), None, plural))
    for entry in entries:
        assert isinstance(find_errors(entry, LANGUAGES[tag]), tuple)
    found = check_catalogue(PoFile("x.po", entries=entries), LANGUAGES[tag], read_terms())
    assert all(finding.text and "\n" not in finding.check for finding in found)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("tag", ["ar", "ku"])
def test_no_text_takes_more_than_linear_time(unit: str, tag: str) -> None:
    def measure(length: int) -> float:
        text = unit * (length // len(unit))
        entry = Entry("The people 1 of https://a.org/ a@b.org [x](y) Aleppo *b*", (text,))
        po = PoFile("x.po", entries=(entry, Entry(text + "x", ("x" + text,))))
        start = time.process_time()
        find_errors(entry, LANGUAGES[tag])
        check_catalogue(po, LANGUAGES[tag], read_terms())
        return time.process_time() - start

    short = min(measure(4_000) for _ in range(2))
    # Linear is 4 × as long, quadratic 16 ×; a busy machine makes one measurement long, not three.
    assert any(measure(16_000) < 10 * short + 0.1 for _ in range(3))
