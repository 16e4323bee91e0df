"""A letter says of itself what its front matter says, and every mistake there is told at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.source.front_matter import KEYS, Settings
from letter.source.letter import decode_letter, parse_letter
from letter.source.letter_faults import LetterError
from tests.processor_time import limit_time


def read_settings(front: str) -> Settings:
    return parse_letter(f"---\n{front}---\nText\n").settings


def refuse(letter: str) -> list[str]:
    with pytest.raises(LetterError) as caught:
        parse_letter(letter)
    return str(caught.value).split("\n")


def test_everything_that_a_letter_can_say_of_itself() -> None:
    front = """\
# A comment
title: "Aleppo: a letter #1"
description: >
  Two lines
  of words
language: fr
date: 2016-05
updated: 2016-05-04
publisher: L'Union
contact: mail@example.org
imprint: https://example.org/imprint?a=b#c
sign: https://example.org/sign
x-tags:
- nested
- values: [1, 2]
x-weight: 5
"""
    assert read_settings(front) == Settings(
        "fr",
        "Aleppo: a letter #1",
        "Two lines of words",
        "2016-05",
        "2016-05-04",
        "L'Union",
        "mail@example.org",
        "https://example.org/imprint?a=b#c",
        "https://example.org/sign",
    )


def test_values_are_words_and_never_what_yaml_makes_of_them() -> None:
    assert read_settings("language: no\ndate: 2016\ntitle: 0x10\nupdated:\n") == Settings(
        "no", "0x10", date="2016"
    )
    assert parse_letter("Text\n").settings == Settings("en")


def test_what_readers_see_of_it_comes_first_among_the_messages() -> None:
    front = "---\npublisher: Us\ntitle: Both\ndescription: About\n---\n"
    letter = parse_letter(f"{front}<!-- translators: Short. -->\n# Both\n\nText\n")
    assert [(m.msgid, m.notes, m.line) for m in letter.messages] == [
        ("Both", ("Front matter: title", "Short."), 3),
        ("About", ("Front matter: description",), 4),
        ("Us", ("Front matter: publisher",), 2),
        ("Text", (), 9),
    ]
    assert [m.msgid for m in letter.passages] == ["Both", "Text"]
    assert letter.title.msgid == "Both"
    assert parse_letter("Text\n\n## Heading\n").title.msgid == "Heading"
    assert parse_letter("Text\n\nMore\n").title.msgid == "Text"


def test_all_mistakes_are_told_at_once_each_with_its_line_and_the_nearest_key() -> None:
    told = refuse(
        "---\nlang: ar\nlastmod: 2016\nauthor: x\ntitel: x\ntags:\n- a\n- b\n"
        "date: 2016-02-30\ntitle: Aleppo: a letter\ndescription: For #Aleppo\n"
        "contact: a b\nsign: http://example.org\nlogo: ../x.png\nlanguage: kmr\ndate: 2016\n"
        "updated: *a\nimprint: [a, b]\nwords\n---\nA <b>\n"
    )
    wanted = [
        (2, "'lang': use language"),
        (3, "'lastmod': use updated"),
        (4, "'author': use publisher"),
        (5, "'titel': use title"),
        (6, "'tags': use one of language, title"),
        (9, "date '2016-02-30' is no date: write it as 2016, 2016-05 or 2016-05-04"),
        (10, 'put the words between quotation marks, title: "…"'),
        (11, "what stands behind # in description would be left out"),
        (12, "contact 'a b' is no address"),
        (13, "one that begins with https://"),
        (14, "logo '../x.png' is no file beside the letter"),
        (15, "use ku for Kurmanji"),
        (16, "date is given already in line 9"),
        (17, "a sign of YAML"),
        (18, "imprint has several values"),
        (19, "'words' is no setting"),
        (21, "raw HTML (<b>)"),
    ]
    assert len(told) == len(wanted)
    for line, (number, words) in zip(told, wanted, strict=True):
        assert line.startswith(f"letter.md:{number}: ")
        assert words in line


@pytest.mark.parametrize(
    "value", ["2016-5", "16", "2016-13", "May 2016", "٢٠١٦", "2016-05-04T10:00"]
)
def test_a_date_that_is_none(value: str) -> None:
    assert "is no date" in refuse(f"---\ndate: {value}\n---\nText\n")[0]


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ('title: "x\n', "close the quotation mark"),
        ("title:\tx\n", "write a space in place of each tab"),
        ("title: *x*\n", "between quotation marks"),
        ("title: &a x\n", "between quotation marks"),
        ("title: !!python/object:os.system x\n", "between quotation marks"),
        ("title: <b>x</b>\n", "raw HTML"),
        ("title: \"[x](https://example.org)\"\n", "in the letter itself alone"),
        ("logo: mail.pdf\n", "no file beside the letter"),
        ("contact: mailto:a@example.org\n", "is no address"),
        ("imprint: javascript:alert(1)\n", "is no address"),
        ("sign: https://a@example.org/\n", "begins with https://"),
        ("{title: x, date: 2016}\n", "no setting"),
    ],
)  # fmt: skip
def test_a_value_that_yaml_or_a_page_would_take_for_something_else(front: str, words: str) -> None:
    assert words in refuse(f"---\ndate: 2016\n{front}---\nText\n")[0]


def test_other_front_matters_and_rules_at_the_top_are_told_apart() -> None:
    assert [b.tag for b in parse_letter("---\n\n# Title\n\nText\n").blocks] == ["hr", "h1", "p"]
    assert parse_letter("---\n---\nText\n").settings == Settings()
    assert "write *** for a rule" in refuse("---\n\n# Title\n\n---\nText\n")[0]
    assert "this is TOML" in refuse("+++\ntitle = 'x'\n+++\nText\n")[0]
    assert "has no end" in refuse("---\ntitle: x\n\nText\n")[0]


def test_bom_and_windows_line_ends_change_nothing() -> None:
    data = b"\xef\xbb\xbf---\r\ntitle: x\r\nlanguage: ar\r\n---\r\n\r\nText\r\n"
    letter = parse_letter(decode_letter(data, "letter.md"))
    assert (letter.settings.title, letter.settings.language) == ("x", "ar")
    assert letter.passages[0].line == 6


@pytest.mark.parametrize(
    "front",
    [
        "title: " + "[" * 9_000,
        "title: " + "{a: " * 2_000,
        "a: &a [x,x]\n" + "".join(f"k{n}: &k{n} [*a,*a,*a]\n" for n in range(300)),
        "title: " + "a: " * 3_000,
        'title: "' + "\\x41" * 2_000,
        "x" * 200_000,
        "title: x\n" * 100_000,
    ],
    ids=["lists", "maps", "aliases", "colons", "escapes", "long", "many"],
)
def test_what_nobody_writes_is_refused_quickly(front: str) -> None:
    with limit_time(2):
        refuse(f"---\n{front}\n---\nText\n")


@given(st.text(alphabet="titlexdae:#-|>'\"[]{}&*!% \t\n\r\\0\x00\x85٢é", max_size=80))
def test_no_front_matter_raises_anything_else(front: str) -> None:
    try:
        settings = parse_letter(f"---\ntitle: x\n{front}\n---\nText\n").settings
    except LetterError:
        return
    assert all(isinstance(getattr(settings, key), str) for key in KEYS)


def test_hidden_characters_are_refused_also_where_yaml_names_them() -> None:
    told = refuse('---\npublisher: "A\\u202eB"\ntitle: "A\\aB"\ncontact: a\u2067b\n---\nText\n')
    assert {line.split(": ")[0] for line in told} == {f"letter.md:{n}" for n in (2, 3, 4)}
    assert read_settings('publisher: "\\u200bWe\\ufeff"\n').publisher == "We"


def test_a_language_that_cldr_lacks_has_no_header_to_describe_it_in() -> None:
    for tag, nearest in (("aii", "pybabel --list-locales"), ("be-Cyrl-x", ""), ("fr-Zzzz", "fr ")):
        (told,) = refuse(f"---\nlanguage: {tag}\n---\nText\n")
        assert "header" not in told
        assert nearest in told


def test_an_update_is_no_earlier_than_the_letter() -> None:
    told = refuse("---\nupdated: 2020-04-03\ndate: 2020-05\n---\nText\n")
    assert told == [
        "letter.md:2: updated 2020-04-03 is earlier than date 2020-05: correct one of the two"
    ]
    for date, updated in (("2020-05-04", "2020-05"), ("2020", "2020-01"), ("2020-05", "2020-05")):
        assert read_settings(f"date: {date}\nupdated: {updated}\n").updated == updated
