"""A message becomes HTML or plain words, and nothing else, whoever wrote it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.source.markdown import find_links, plain_text, render_message


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


@given(st.text(alphabet="ab <>&\"'[](){}!*_`\\\n:/#-+.=;xjs%\u202e٠ك", max_size=60))
def test_no_text_at_all_becomes_other_html(text: str) -> None:
    """Whatever a translator writes, only known elements with known attributes come out."""
    shown = render_message(text, frozenset({"a.png"}))
    tags = re.findall(r"<[^>]*>", shown)
    known = r'<(/?(em|strong|code|a)|br|a href="[^"<>]*"( title="[^"<>]*")?|img [^<>]*)>'
    assert all(re.fullmatch(known, tag) for tag in tags), tags
    for address in re.findall(r'href="([^"]*)"', shown):
        assert re.match(r"https?:|mailto:", address)
    plain_text(text)
    find_links(text)
