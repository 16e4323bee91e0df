"""Languages that CLDR doesn't know, by what the headers of their catalogues say."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letter.languages.folders import (
    CATALOGUE,
    INTERFACE,
    find_catalogues,
    find_misnamed,
    name_language,
)
from letter.languages.header_facts import NO_FACTS, HeaderFacts, clean_name, read_header_facts
from letter.languages.language import LanguageError, find_language, spell_new_tag
from tests.tools import run_gettext

FILES = Path(tempfile.mkdtemp())
ASSYRIAN = HeaderFacts("aii", "ܣܘܪܝܬ", "Assyrian", "rtl")
HEADER = """# Assyrian translation of the letter.
msgid ""
msgstr ""
"Language: aii\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Letter-Status: draft\\n"
"X-Letter-Name: ܣܘܪܝܬ\\n"
"X-Letter-English-Name: Assyrian\\n"
"X-Letter-Direction: rtl\\n"
"""


def write_catalogue(locales: Path, folder: str, text: str | bytes) -> Path:
    path = locales / folder / CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        HEADER,
        f'{HEADER}\nmsgid "a"\nmsgstr "b',  # a text without its end
        f"{HEADER}\n<<<<<<< HEAD\n=======\n>>>>>>> x\n\0",
        f"{HEADER}\nmsgid ''\nmsgstr “X-Letter-Name: not this\n",
        HEADER.replace('"', "“"),
        f'# msgid "\n# "X-Letter-Name: no\\n"\n{HEADER}',
        HEADER.replace("\n", "\r\n"),
        f"\ufeff{HEADER}",
        HEADER.encode("utf-16"),
        HEADER.replace("ܣܘ", 'ܣ"\n"ܘ'),  # as tools wrap a long line
        f'{HEADER}"X-Letter-Name: another\\n"\n',
        HEADER + f'\nmsgid "{"long " * 100_000}"\nmsgstr ""\n',
        HEADER.replace("UTF-8", "UTF-99"),
    ],
)
def test_a_catalogue_says_its_language_whatever_becomes_of_its_texts(
    tmp_path: Path, text: str | bytes
) -> None:
    path = write_catalogue(tmp_path, "aii", text)
    assert read_header_facts(path) == ASSYRIAN
    assert find_catalogues(tmp_path) == {"aii": path}


def test_a_catalogue_in_another_charset_says_its_language(tmp_path: Path) -> None:
    text = HEADER.replace("UTF-8", "windows-1254").replace("ܣܘܪܝܬ", "Kırmancî")
    path = write_catalogue(tmp_path, "zza", text.encode("cp1254"))
    assert read_header_facts(path).name == "Kırmancî"


def test_a_catalogue_of_the_interface_says_its_language_too(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, "aii", HEADER)
    interface = path.rename(path.with_name(INTERFACE.name))
    assert find_catalogues(tmp_path, kind=INTERFACE) == {"aii": interface}
    assert name_language(tmp_path / "aii" / CATALOGUE).name == ASSYRIAN.name
    write_catalogue(tmp_path, "aii", HEADER.replace("ܣܘܪܝܬ", "ܐܬܘܪܝܐ"))
    assert name_language(tmp_path / "aii" / CATALOGUE).name == "ܐܬܘܪܝܐ", (
        "the letter's own says more"
    )


def test_translators_tools_keep_what_a_header_says(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, "aii", f'{HEADER}\nmsgid "a"\nmsgstr ""\n')
    path.write_bytes(run_gettext("msgcat", "--width=30", path))
    assert read_header_facts(path) == ASSYRIAN


def test_the_language_has_all_that_others_have(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "aii", HEADER)
    language = name_language(tmp_path / "aii" / CATALOGUE)
    assert (language.tag, language.folder, language.locale) == ("aii", "aii", None)
    assert (language.name, language.english_name) == ("ܣܘܪܝܬ", "Assyrian")
    assert (language.direction, language.script, language.is_latin) == ("rtl", "Syrc", False)
    assert language.plural_forms == "nplurals=2; plural=n != 1;"
    assert language.choose_plural_rule("nplurals=1; plural=0;").nplurals == 1
    assert language.choose_plural_rule("nonsense").nplurals == 2


@pytest.mark.parametrize(
    ("tag", "facts", "direction", "script", "name"),
    [
        # A header may lose what it said (pybabel drops X-*): a guess keeps the edition up.
        ("aii", HeaderFacts("aii"), "rtl", "Syrc", "aii"),
        ("zza", HeaderFacts("zza"), "ltr", "Latn", "Zaza"),
        ("ksw", HeaderFacts("ksw"), "ltr", "Mymr", "ksw"),
        ("nan", HeaderFacts("nan"), "ltr", "Hans", "Min Nan Chinese"),
        ("nan", HeaderFacts("nan", "Bân-lâm-gú"), "ltr", "Latn", "Bân-lâm-gú"),
        ("myz", HeaderFacts("", "ࡓࡀࡈࡍࡀ"), "rtl", "Mand", "ࡓࡀࡈࡍࡀ"),
        ("ckb-Latn", NO_FACTS, "", "", ""),
        ("be-Latn", HeaderFacts("be_Latn"), "ltr", "Latn", "Belarusian (be-Latn)"),
        ("qaa", HeaderFacts("qaa", "١٢ a", direction="rtl"), "rtl", "Latn", "١٢ a"),
        # CLDR knows the direction of these, and their names give way to what translators say.
        ("apc", HeaderFacts("apc", "شامي", direction="ltr"), "rtl", "Arab", "شامي"),
        ("ar", HeaderFacts("fr"), "rtl", "Arab", "العربية"),
    ],
)
def test_what_a_header_does_not_say_is_known_or_guessed(
    tag: str, facts: HeaderFacts, direction: str, script: str, name: str
) -> None:
    if not name:
        with pytest.raises(LanguageError):
            find_language(tag, facts)
        return
    language = find_language(tag, facts)
    assert (language.direction, language.script, language.name) == (direction, script, name)


def test_a_folder_is_a_language_only_where_its_header_says_so(tmp_path: Path) -> None:
    for folder in ("arr", "xx", "und", "AII", "en_x_a", "de_formal"):
        name = HEADER.replace("Language: aii", f"Language: {folder}").replace("X-Letter-N", "X-N")
        write_catalogue(tmp_path, folder, name if folder != "arr" else name.replace("arr", "ar"))
    assert list(find_catalogues(tmp_path)) == ["de-formal", "xx"]
    told = {Path(line.split(":")[0]).name: line for line in find_misnamed(tmp_path)}
    assert told.keys() == {"arr", "und", "AII", "en_x_a"}
    assert "CLDR has no language 'arr'" in told["arr"]
    assert "say “Language: arr” and “X-Letter-Name: …” in its header" in told["arr"]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("  Zazakî\t", "Zazakî"),
        ("<script>alert(1)</script>", "scriptalert(1)/script"),
        ("a\u202eb\u2067c\u200fd\0e\x1b", "abcde"),
        ("زازا\u200cکی", "زازا\u200cکی"),
        ("a\u2028b\\nc", "a b\\nc"),
        ("ab" * 5_000, "ab" * 30),
        *((value, "") for value in ("", "  ", "١٢", "\u202e", "...", "<>", "\ud800")),
    ],
)
def test_names_are_cleaned_and_bounded(value: str, name: str) -> None:
    assert clean_name(value) == name


@given(st.text(st.characters(codec=None), max_size=200))
def test_a_name_is_one_line_that_turns_nothing_around(value: str) -> None:
    name = clean_name(value)
    assert len(name) <= 60
    assert not set(name) & set("<>\n\r\t\0\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert clean_name(name) == name


@given(st.binary(max_size=300), st.text(max_size=100))
@example(b"charset=punycode\n", "X-Letter-Name: a")
@example(b"charset=hex\n", "X-Letter-Name: a")
@example(b"charset=a\0b\\n", "a")
@example(b"\xff\xfe\n", "")
def test_any_file_says_something_or_nothing(data: bytes, value: str) -> None:
    path = FILES / "any.po"
    path.write_bytes(data + f'"X-Letter-Name: {value}\\n"'.encode("utf-8", "replace"))
    facts = read_header_facts(path)
    assert facts.name == clean_name(facts.name)
    assert facts.direction in ("", "ltr", "rtl")


def test_what_is_no_file_says_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("nowhere", "pipe", ".", "x/y", "a" * 300):
        assert read_header_facts(tmp_path / name) == NO_FACTS


@given(st.from_regex(r"[a-zA-Z]{2,3}([_-][a-zA-Z0-9]{1,9}){0,4}", fullmatch=True) | st.text())
def test_a_new_tag_is_spelled_in_one_way(asked: str) -> None:
    tag = spell_new_tag(asked)
    if tag:
        assert spell_new_tag(tag) == tag
        assert find_language(tag, HeaderFacts(tag)).tag == tag
        with pytest.raises(LanguageError):
            find_language(tag)
