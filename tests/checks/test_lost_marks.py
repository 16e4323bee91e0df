"""What a slip of the keyboard hides: a flag without its comma, letters, words that were left in."""

import subprocess
from pathlib import Path

import pytest

from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Finding
from letter.languages.language import find_language
from letter.po.reader import parse_po
from letter.po.unmerged import quote_unread
from tests.checks.one_message import list_findings

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def check_lines(tag: str, above: str) -> list[Finding]:
    text = f'{HEADER}# A note.\n{above}\n#: letter.md\nmsgid "Bread"\nmsgstr "Nan"\n'
    found = check_catalogue(parse_po(text.encode(), "x.po"), find_language(tag))
    return [finding for finding in found if finding.check != "header"]


def test_a_flag_below_a_previous_msgid_is_told() -> None:
    (found,) = check_lines("ku", '#| msgid "Breads"\n#fuzzy')
    assert (found.line, found.check) == (6, "flag")


def check_text(tag: str, msgid: str, msgstr: str) -> list[str]:
    return [text for _, text in list_findings(msgid, msgstr, tag, checks=("letters", "left in"))]


@pytest.mark.parametrize(
    "line",
    ["#fuzzy", "# fuzzy", "#Fuzzy", "#, Fuzzy", "# , fuzzy", "#. fuzzy", "#; fuzzy", "#-fuzzy",
     "#: fuzzy", "#fuzzy,", "#fuzzy, python-format", "#, fuzy", "#, fuzzzy", "# [fuzzy]",
     "#، fuzzy", "#،fuzzy"],
)  # fmt: skip
def test_a_flag_that_gettext_does_not_see_is_told(line: str, tmp_path: Path) -> None:
    (found,) = check_lines("ku", line)
    assert (found.line, found.check, found.words) == (5, "flag", "Bread")
    assert found.text == (
        f"“{line}” marks nothing, so that readers are shown this text: "
        "write “#, fuzzy” to hide it, or delete the line"
    )
    path = tmp_path / "x.po"
    path.write_text(f'{HEADER}{line}\nmsgid "Bread"\nmsgstr "Nan"\n', encoding="utf-8")
    told = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    assert told.startswith("1 translated message")


@pytest.mark.parametrize(
    "line",
    ["#, fuzzy", "#,fuzzy", "#,  fuzzy", "#, python-format, fuzzy", "# This is fuzzy: ask Zîn.",
     "# The fuzzy", "#: fuzzy.md", "#. Fuzzy, as a photograph is.", "# fuzz-testing"],
)  # fmt: skip
def test_a_flag_and_a_sentence_are_left_alone(line: str) -> None:
    assert check_lines("ku", line) == []


KURMANJI = (
    "Em banga li civaka navnetewi dikin ku pistgiriye bide parastina me u ji bo rawestandina "
    "bombeyan li seranseri Suriye çi pewist be bike. Alikariya me bikin."
)


def test_kurmanji_without_its_vowels_is_told() -> None:
    msgid = "We appeal to the international community to prioritize our protection."
    told = ["there is no ê, î or û in this text: write its words with these letters"]
    assert check_text("ku", msgid, KURMANJI) == told
    assert check_text("ku", msgid, KURMANJI.replace("ş", "ş").replace("ç", "ç")) == told
    few = KURMANJI.replace("pewist", "pêwist")
    assert check_text("ku", msgid, few) == [told[0].replace("is no", "is hardly any")]
    right = KURMANJI.replace("pewist", "pêwîst").replace("Suriye", "Sûriyê")
    assert check_text("ku", msgid, right) == []
    assert check_text("ku", msgid, KURMANJI[:40]) == [], "too short to tell"
    assert check_text("ku", KURMANJI, KURMANJI + " Ev") == [], "a name keeps its letters"
    other = check_text("ku", msgid, KURMANJI.replace("pewist", "pëwïst"))
    assert other == [
        "letters of another keyboard are in this text: "
        "write ê for ë (“pëwïst”), î or i for ï (“pëwïst”)"
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("خهڵکی حەلەب", "خهڵکی"),
        ("ئهم نامەیە", "ئهم"),
        ("ههموو ڕۆژێک", "ههموو"),
        ("لە بهشی ڕۆژهەڵات", "بهشی"),
    ],
)
def test_heh_for_a_vowel_inside_a_sorani_word_is_told(text: str, word: str) -> None:
    told = f"“{word}” has ه (U+0647) where a vowel must be: write ە (U+06D5)"
    assert check_text("ckb", "The people", text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "الله گەورەیە",
        "عبدالله، شەهید و مێهرەبان",
        "دهۆک، نهێنی، جیهان",
        "هەموو بەهێزن",
        "مەهاباد و قەهرەمان",
        "ڕۆژهەڵات",
    ],
)
def test_heh_is_a_consonant_beside_a_vowel(text: str) -> None:
    assert check_text("ckb", "The people", text) == []


@pytest.mark.parametrize(
    ("tag", "text", "left"),
    [
        ("ar", "كتبها FULL NAME", "FULL NAME"),
        ("ku", "Ji EMAIL@ADDRESS re binivîsin", "EMAIL@ADDRESS"),
        ("fa", "این نامه در YEAR نوشته شد", "YEAR"),
        ("ckb", "TODO: ئەم بەشە", "TODO"),
        ("de", "XXX fehlt noch", "XXX"),
        ("ku", "Lorem ipsum dolor", "Lorem ipsum"),
        ("ar", "[translation]", "[translation]"),
    ],
)
def test_what_a_tool_or_a_person_left_in_is_told(tag: str, text: str, left: str) -> None:
    told = f"“{left}” was left in: write what belongs there, or delete it"
    assert check_text(tag, "Written by the people", text) == [told]
    assert check_text(tag, f"Written by {left}", text) == [], "the original has it"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("es", "TODO está perdido"),
        ("pt-BR", "TODO o povo"),
        ("ku", "Salên XXXL û TODOS"),
        ("de", "Im Jahr mit YEARS"),
    ],
)
def test_words_of_the_language_are_no_leftovers(tag: str, text: str) -> None:
    assert check_text(tag, "Written by the people", text) == []


@pytest.mark.parametrize("name", ["FIRST AUTHOR", "FULL NAME"])
def test_an_author_that_is_nobody_is_told_at_its_line(name: str) -> None:
    header = HEADER.replace("UTF-8\\n", "UTF-8\\nLanguage: ku\\n")
    head = f"# The letter.\n# {name} <EMAIL@ADDRESS>, YEAR.\n{header}"
    for text, count in (("Nan", 1), ("", 0)):
        po = parse_po(f'{head}msgid "Bread"\nmsgstr "{text}"\n'.encode(), "x.po")
        found = check_catalogue(po, find_language("ku"))
        assert [(each.line, each.check) for each in found] == [(2, "header")] * count
    named = head.replace(name, "Zîn Ozan")
    po = parse_po(f'{named}msgid "Bread"\nmsgstr "Nan"\n'.encode(), "x.po")
    assert check_catalogue(po, find_language("ku")) == []


def test_a_side_that_was_not_merged_is_told_until_all_its_lines_are_deleted() -> None:
    header = HEADER.replace("UTF-8\\n", "UTF-8\\nLanguage: ku\\n")
    line, *rest = quote_unread('msgid "Broken\nmsgstr ""')
    head, left = "\n# ".join(("# The letter.", line, *rest)), "\n# ".join(("#", *rest))
    none: list[int] = []
    for above, lines in ((f"{head}\n", [2]), (f"{left}\n", [2]), ("", none)):
        po = parse_po(f'{above}{header}msgid "Bread"\nmsgstr ""\n'.encode(), "x.po")
        found = check_catalogue(po, find_language("ku"))
        assert [each.line for each in found] == lines
        assert all("”): put what is missing into" in each.text for each in found)


def test_the_name_in_a_new_header_is_told_once_there_is_a_translation() -> None:
    """Weblate keeps the team's name of the template, and writes the translator's."""
    fields = "Last-Translator: FULL NAME <EMAIL@ADDRESS>\\nLanguage-Team: LANGUAGE <LL@li.org>\\n"
    header = HEADER.replace("UTF-8\\n", f"UTF-8\\nLanguage: ku\\n{fields}")
    named = header.replace("FULL NAME <EMAIL@ADDRESS>", "Anonymous <noreply@weblate.org>")
    for head, text, count in ((header, "", 0), (header, "Nan", 1), (named, "Nan", 0)):
        po = parse_po(f'{head}msgid "Bread"\nmsgstr "{text}"\n'.encode(), "x.po")
        assert len(check_catalogue(po, find_language("ku"))) == count
