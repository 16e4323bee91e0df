"""All that isn't rendered is refused at once, with what to write instead; prose is left alone."""

import re

import pytest

from letter.source.letter import parse_letter
from letter.source.letter_faults import MAX_FAULTS
from tests.source.test_front_matter import refuse


def test_all_faults_are_told_in_the_order_of_lines() -> None:
    told = refuse("A <b>b</b>\n\n[x](y.html)\n\n![a](../a.png)\n\n- [ ] box\n\n[a][b]\n\n[b]: /c\n")
    assert [int(line.split(":")[1]) for line in told] == [1, 1, 3, 5, 7, 9, 11]


def test_a_letter_full_of_faults_tells_the_first_of_them() -> None:
    assert len(refuse("A <br> b\n\n" * 30)) == 30
    told = refuse("A <br> b\n\n" * (MAX_FAULTS + 10))
    assert len(told) == MAX_FAULTS + 1
    assert told[-1] == "… and 10 more"


@pytest.mark.parametrize("address", ["tel:04 72 11", "https://a.org/b c.pdf", "mailto:a b@c.org"])
def test_an_address_with_spaces_is_told_for_what_it_is(address: str) -> None:
    (told,) = refuse(f"Call [us]({address}) now.\n")
    assert "an address has no spaces" in told
    assert "footnote" not in told
    (told,) = refuse('See [a[^1]](https://a.org "A title").\n\n[^1]: Note\n')
    assert "put no footnote within" in told


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("One\n\n- [ ] todo\n", 3, "[ ] is a box to tick"),
        ("* a\n* [x] done\n", 2, "[x] is a box to tick"),
        ("Term\n: Definition\n", 1, "a definition list"),
        ("Two\nlines {% include x.md %}\n", 2, "a template tag"),
        ("{{ page.title }}\n", 1, "a shortcode"),
        ('{{< figure src="x.png" >}}\n', 1, "a shortcode"),
        ("See [[Home]].\n", 1, "a link of a wiki"),
        ("[a[^1]](https://example.org)\n\n[^1]: Text\n", 1, "of no link"),
        ("::: note\nText\n:::\n", 1, "a container"),
        ("import A from './a'\n", 1, "is for a program"),
        ("[toc]\n", 1, "which comes by itself"),
        ("[[_TOC_]]\n", 1, "a link of a wiki"),
        ("$$\na = b\n$$\n", 1, "a formula"),
        ("## What we ask {#ask}\n", 1, "an attribute"),
        ('[x](https://example.org){target="_blank"}\n', 1, "an attribute"),
        ("Text\n{:.lead}\n", 2, "an attribute"),
        ("> [!NOTE]\n> Text\n", 1, "a box of GitHub's"),
        ("We ==ask== you\n", 1, "highlighting"),
        ("Well done :tada:\n", 1, "an emoji's name"),
        ("*[NGO]: an organisation\n", 1, "an abbreviation"),
        ("| a | b |\n|---|\n| c | d |\n", 1, "of no table"),
        ("+---+---+\n", 1, "another kind of table"),
        ("One[^1]\n", 1, "there is no footnote [^1]"),
        ("One\n\n[^1]: Text\n", 3, "[^1] is called nowhere"),
        ("One[^1]\n\n[^1]: Text\n\n[^1]: More\n", 5, "already in line 3"),
        ("One[^1]\n\n[^1]: Text[^2]\n\n[^2]: More\n", 3, "can't call a footnote"),
        ("One^[a note]\n", 1, "within a sentence"),
        ("One[^a.b]\n\n[^a.b]: Text\n", 3, "letters and digits"),
        ("# What we ask\n\nSee\n[this](#what-we-asked)\n", 4, "write #what-we-ask"),
        ("[x](tel:none)\n", 1, "mailto: or tel:"),
        ("[x](javascript:alert)\n", 1, "must begin with"),
        ("[x](data:text/html,x)\n", 1, "must begin with"),
        ("![x](data:image/png,x)\n", 1, "a file beside the letter"),
    ],
)
def test_what_is_not_rendered_is_refused(text: str, line: int, words: str) -> None:
    assert any(told.startswith(f"letter.md:{line}: ") and words in told for told in refuse(text))


@pytest.mark.parametrize(
    "text",
    [
        "We paid $5, they paid $$$ and US$7 for {this}, {a, b} and [sic] (or so :) at 10:30:15.",
        "#SaveAleppo @name x^2^ ~5 a == b == c, a|b, f(x) = {x}, 50% of {it}, 100%}.",
        "Ratio 3:2:1, note: this; see [1] and [2], [Editor]: we agreed. [x] marks the spot?",
        "We write \\{{ this }}, \\[[that]], \\$$x$$, \\[^1] and `{% code %}`, `[[x]]`.",
        "Import goods from 'abroad' — and export them from “here”, he said.",
        "- [link](https://example.org) in a list\n- (x) an item [ ] with brackets",
        "The deadline\nis 5 o'clock: be there",
        "    {{ code }}\n\nText",
        "Text\n\n```\n{% code %} $$ x $$ <b>\n```",
    ],
)
def test_prose_with_braces_dollars_and_brackets_is_no_fault(text: str) -> None:
    assert parse_letter(text).messages


def test_an_escape_helps_wherever_the_sentence_says_so() -> None:
    for text in ("{{ x }}", "[[x]]", "$$x$$", "{#id}", "[ ] x", "==x==", ":tada:", "| x |"):
        assert re.search("put a backslash before it", refuse(text)[0]), text
        assert parse_letter(f"\\{text}").passages
