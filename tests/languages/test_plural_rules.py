"""Plural rules, against CLDR, GNU gettext and what translators write."""

import subprocess
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letter.languages.language import Language, find_language
from letter.languages.plural_rules import PluralError, parse_plural_forms
from tests.languages.test_language import ARABIC, FOLDERS

pytestmark = pytest.mark.slow

COUNTS = [*range(1001), 10_000, 20_000, 100_000, 1_000_000, 1_000_001, 2_000_000, 10**9, 10**15]
CATEGORIES = ["zero", "one", "two", "few", "many", "other"]


@cache
def list_rules() -> tuple[Language, ...]:
    """One language for each different plural rule of CLDR."""
    rules = {str(find_language(folder).locale.plural_form): folder for folder in FOLDERS}
    return tuple(find_language(folder) for folder in rules.values())


def test_plural_rules_agree_with_cldr_and_use_every_form() -> None:
    assert len(list_rules()) > 30
    for language in list_rules():
        category = language.locale.plural_form
        reached = {category(n) for n in COUNTS}
        forms = [name for name in CATEGORIES if name in reached]
        assert language.nplurals == len(forms), language
        for n in COUNTS:
            assert forms[parse_plural_forms(language.plural_forms).index(n)] == category(n), (
                language,
                n,
            )


def test_gettext_takes_plural_rules_and_leaves_them_as_they_are(tmp_path: Path) -> None:
    for header in {language.plural_forms for language in list_rules()}:
        path = tmp_path / "letter.po"
        path.write_text(write_po(header))
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], check=True)
        for command in (["msgcat", str(path)], ["msgmerge", "-q", str(path), str(path)]):
            written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            assert f"Plural-Forms: {header}\\n" in written.replace('"\n"', "")


def write_po(plural_forms: str) -> str:
    """A catalogue of one plural message, with every header that msgfmt asks for."""
    header = [
        *("Project-Id-Version: 1", "PO-Revision-Date: 2016-05-01 12:00+0000"),
        *("Last-Translator: A <a@example.org>", "Language-Team: none", "Language: ar"),
        *("MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8"),
        *("Content-Transfer-Encoding: 8bit", f"Plural-Forms: {plural_forms}"),
    ]
    quoted = "".join(f'"{line}\\n"\n' for line in header)
    nplurals = parse_plural_forms(plural_forms).nplurals
    forms = "".join(f'msgstr[{i}] "{i}"\n' for i in range(nplurals))
    return f'msgid ""\nmsgstr ""\n{quoted}\nmsgid "a"\nmsgid_plural "b"\n{forms}'


def test_a_count_has_the_same_form_with_either_sign() -> None:
    rule = parse_plural_forms(ARABIC)
    assert [rule.index(n) for n in (-11, 11, -3)] == [4, 4, 3]


@pytest.mark.parametrize(
    ("header", "n", "form"),
    [
        ("nplurals=2; plural=(n != 1);", 1, 0),
        (" nplurals = 2 ;\tplural = n!=1 ", 5, 1),
        ("nplurals=2; plural=n>1;;", 2, 1),
        ("nplurals=2; plural=(n == 1 && n % 1 == 0) ? 0 : 1;", 1, 0),
        ("nplurals=3; plural=n==1?0:(((n%100>19)||((n%100==0)&&(n!=0)))?2:1);", 20, 2),
        ("nplurals=2; plural=n == 1 == 0;", 1, 0),
        ("nplurals=2; plural=n < 1 < 2;", 5, 1),
        ("nplurals=4; plural=0 ? 1 : 1 ? 2 : 3;", 0, 2),
        ("nplurals=2; plural=1 + 1 * 2 == 3;", 0, 1),
        ("nplurals=2; plural=n > 1000 ? n : 0;", 1001, 0),
        ("nplurals=2; plural=n > 1000 ? n % 0 : 1;", 1001, 0),
    ],
)
def test_a_translators_rule_is_read_as_c(header: str, n: int, form: int) -> None:
    assert parse_plural_forms(header).index(n) == form


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", "cannot be read"),
        ("nplurals=INTEGER; plural=EXPRESSION;", "cannot be read"),
        ("nplurals=0; plural=0;", "cannot be read"),
        ("nplurals=٢; plural=0;", "cannot be read"),
        ("nplurals=2; plural=n!=1; plural=0;", "cannot be read"),
        ("nplurals=2; plural=;", "something other than n"),
        ("nplurals=2; plural=!n;", "something other than n"),
        ("nplurals=2; plural=n-1;", "something other than n"),
        ("nplurals=2; plural=٣;", "something other than n"),
        ("nplurals=2; plural=n.__class__;", "something other than n"),
        ("nplurals=2; plural=n = 1;", "cannot be read"),
        ("nplurals=2; plural=n ** 9 ** 9;", "cannot be read"),
        ("nplurals=2; plural=n n;", "cannot be read"),
        ("nplurals=2; plural=(n;", "cannot be read"),
        ("nplurals=2; plural=n ?;", "cannot be read"),
        ("nplurals=2; plural=n % 0;", "divides by zero"),
        ("nplurals=2; plural=1 / (n / 7);", "divides by zero"),
        ("nplurals=2; plural=n;", "above 1 when n=2"),
        ("nplurals=2; plural=n == 1000 ? 2 : 0;", "above 1 when n=1000"),
        ("nplurals=2; plural=" + "(" * 300 + "n" + ")" * 300, "cannot be read"),
        ("nplurals=2; plural=" + "n*" * 480 + "n;", "above 1 when n=2"),
        ("nplurals=2; plural=" + "n?" * 240 + "n" + ":n" * 240, "too complex"),
        ("nplurals=2; plural=" + "9" * 900 + ";", "above 1 when n=0"),
        ("nplurals=2; plural=0" + " " * 100_000, "cannot be read"),
        ("nplurals=2; plural=0;\ud800\0", "cannot be read"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_in_plain_words(header: str, words: str) -> None:
    with pytest.raises(PluralError) as caught:
        parse_plural_forms(header)
    assert words in str(caught.value)
    assert "write it as in" in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 250


@given(st.text("n0129()%<>=!&|?:+*/- ", max_size=60), st.integers(), st.integers(1, 7))
@example("n == 1 ? 0 : n", 10**30, 2)
def test_any_expression_gives_a_form_in_range_or_is_refused(
    expression: str, n: int, nplurals: int
) -> None:
    try:
        rule = parse_plural_forms(f"nplurals={nplurals}; plural={expression};")
    except PluralError:
        return
    assert 0 <= rule.index(n) < nplurals
