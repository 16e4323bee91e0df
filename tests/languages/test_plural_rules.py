"""Plural rules, against CLDR, GNU gettext and what translators write."""

import os
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from letter.languages.language import Language, find_language
from letter.languages.plural_rules import PluralError, parse_plural_forms, write_plural_forms
from letter.languages.usual_plurals import list_usual_forms
from tests.languages.test_language import ARABIC, FOLDERS
from tests.tools import run_gettext

pytestmark = pytest.mark.slow

COUNTS = [*range(1001), 10_000, 20_000, 100_000, 1_000_000, 1_000_001, 2_000_000, 10**9, 10**15]
TWO = "nplurals=2; plural="
CATEGORIES = ["zero", "one", "two", "few", "many", "other"]


@cache
def list_rules() -> tuple[Language, ...]:
    """One language for each different plural rule of CLDR."""
    rules = {str(Locale.parse(folder).plural_form): folder for folder in FOLDERS}
    return tuple(find_language(folder) for folder in rules.values())


def test_plural_rules_agree_with_cldr_and_use_every_form() -> None:
    assert len(list_rules()) > 30
    for language in list_rules():
        category = Locale.parse(language.folder).plural_form
        rule = parse_plural_forms(write_plural_forms(category))
        reached = {category(n) for n in COUNTS if n < 1_000_000}
        forms = [name for name in CATEGORIES if name in reached]
        assert rule.nplurals == len(forms), language
        for n in COUNTS:
            # Full millions have a form of their own in CLDR, for which no tool writes one.
            meant = category(n) if category(n) in forms else "other"
            assert forms[rule.index(n)] == meant, (language, n)


def test_gettext_takes_plural_rules_and_leaves_them_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "letter.po"
    usual = (list_usual_forms(find_language(folder).locale) for folder in FOLDERS)
    for header in dict.fromkeys(header for headers in usual for header in headers):
        forms = "".join(f'msgstr[{i}] "{i}"\n' for i in range(parse_plural_forms(header).nplurals))
        fields = f"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: {header}\\n"
        message = f'msgid "a"\nmsgid_plural "b"\n{forms}'
        path.write_text(f'msgid ""\nmsgstr "{fields}"\n\n{message}')
        run_gettext("msgfmt", "-c", "-o", os.devnull, path)
        for command in (("msgcat", path), ("msgmerge", "-q", path, path)):
            written = run_gettext(*command).decode()
            assert f"Plural-Forms: {header}\\n" in written.replace('"\n"', "")


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
        *((header, "cannot be read") for header in ("", "nplurals=INTEGER; plural=EXPRESSION;")),
        *((f"nplurals={n}; plural=0;", "cannot be read") for n in ("0", "٢", "2; plural=n!=1")),
        *((TWO + rule, "something other than n") for rule in (";", "!n;", "n-1;", "٣;")),
        (TWO + "n.__class__;", "something other than n"),
        *((TWO + rule, "cannot be read") for rule in ("n = 1;", "n ** 9 ** 9;", "n n;", "(n;")),
        *((TWO + rule, "cannot be read") for rule in ("n ?;", "0;\ud800\0", "0" + " " * 100_000)),
        (TWO + "(" * 300 + "n" + ")" * 300, "cannot be read"),
        *((TWO + rule, "divides by zero") for rule in ("n % 0;", "1 / (n / 7);")),
        *((TWO + rule, "above 1 when n=2") for rule in ("n;", "n*" * 480 + "n;")),
        (TWO + "n == 1000 ? 2 : 0;", "above 1 when n=1000"),
        (TWO + "9" * 900 + ";", "above 1 when n=0"),
        (TWO + "n?" * 240 + "n" + ":n" * 240, "too complex"),
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
