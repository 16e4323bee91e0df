"""A message becomes HTML or plain words, and nothing else, whoever wrote it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.source.markdown import Around, find_links, plain_text, render_message


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & <b>", "plain &amp; &lt;b&gt;"),
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("one\ntwo", "one<br>\ntwo"),
        ("[x](https://example.org)", '<a href="https://example.org">x</a>'),
        ("[x](mailto:a@example.org)", '<a href="mailto:a@example.org">x</a>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,x)", "[x](data:text/html,x)"),
        ("[x](vbscript:x)", "[x](vbscript:x)"),
        ("[x](//example.org)", "[x](//example.org)"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![us](a.png) ![them](b.png)", '<img src="/m/a.png" alt="us"> them'),
        ("# not a heading", "# not a heading"),
        ("- not a list", "- not a list"),
        ('[a](https://example.org/"onclick="x)', None),
    ],
)
def test_a_translation_brings_words_emphasis_and_links_only(text: str, html: str | None) -> None:
    shown = render_message(text, frozenset({"a.png"}), "/m/")
    assert "onclick=" not in re.sub(r'"[^"]*"', "", shown)
    if html is not None:
        assert shown == html


AROUND = Around({"what-we-ask": "#pbeox35z"}, {"1": 3}, "ar-", "pztyw7yl")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~gone~~", "<s>gone</s>"),
        ("[x](tel:+963-11-555)", '<a href="tel:+963-11-555">x</a>'),
        ("[x](#what-we-ask)", '<a href="#pbeox35z">x</a>'),
        ("[*x*](#other)", "<em>x</em>"),
        ("x[^2]", "x[^2]"),
        ("x[^<b>]", "x[^&lt;b&gt;]"),
        (
            "a[^1]b[^1]",
            'a<sup class="note"><a href="#ar-note-3" id="ar-pztyw7yl-note-3" role="doc-noteref">3'
            '</a></sup>b<sup class="note"><a href="#ar-note-3" id="ar-pztyw7yl-note-3-2" '
            'role="doc-noteref">3</a></sup>',
        ),
    ],
)
def test_links_within_the_letter_lead_where_the_page_says(text: str, html: str) -> None:
    assert render_message(text, around=AROUND) == html
    assert render_message(text, around=AROUND, xhtml=True) == html


def test_a_message_that_stands_on_a_page_again_brings_no_id() -> None:
    assert ' id="' not in render_message("a[^1]", around=replace(AROUND, caller=""))
    assert render_message("a[^1] [x](#what-we-ask)") == "a[^1] x"


def test_in_plain_words_a_mark_is_a_number_or_nothing() -> None:
    assert plain_text("a[^1] ~~b~~", {"1": 3}) == "a[3] b"
    assert plain_text("a[^1]") == "a"


@given(st.text(alphabet="ab <>&\"'[](){}!*_`\\\n:/#-+.=;xjs%~^1\u202e٠ك", max_size=60))
def test_no_text_at_all_becomes_other_html(text: str) -> None:
    """Whatever a translator writes, only known elements with known attributes come out."""
    shown = render_message(text, frozenset({"a.png"}), around=AROUND)
    tags = re.findall(r"<[^>]*>", shown)
    notes = r'sup class="note"|a href="#ar-note-3" [^<>]*'
    links = r'a href="[^"<>]*"( title="[^"<>]*")?'
    known = (
        rf"<(/?(em|strong|code|a|s|sup)|/bdi|bdi dir=\"(ltr|rtl)\"|br|{notes}|{links}|img [^<>]*)>"
    )
    assert all(re.fullmatch(known, tag) for tag in tags), tags
    for address in re.findall(r'href="([^"]*)"', shown):
        assert re.match(r"https?:|mailto:|tel:|#ar-note-3$|#pbeox35z$", address)
    plain_text(text)
    find_links(text)
