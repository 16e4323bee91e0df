"""The marks of other Markdowns and of site generators, which would be published as they stand."""

import re
from collections.abc import Iterator

SHOWN = "put a backslash before it to show it"

_LINK = r"\]\((?:https?:|mailto:|tel:|#)[^\s()]*+"
_SPACED = r"[ \t]+(?![\"'])[^()\n]*\)"  # a title in quotation marks is no address
_ATTRIBUTE = "an attribute, which isn't read: leave it out"
# Each with what it is and what to write instead. A text is looked at without code and escapes.
_MARKS = tuple(
    (re.compile(pattern, re.MULTILINE), what)
    for pattern, what in (
        (r"\{%[^%]*%\}", "a template tag: write out what it stands for"),
        (r"\{\{[^{}]*\}\}", "a shortcode: write out what it stands for"),
        (r"\[\[[^\[\]\n]+\]\]", "a link of a wiki: write [words](address)"),
        (
            rf"{_LINK}{_SPACED}",
            "of no link, since an address has no spaces: take them out, or write %20 for each",
        ),
        (
            rf"{_LINK}(?!{_SPACED})\)?",
            "of no link: put no footnote within its [words]",
        ),
        (r"^:::[^\n]*$", "a container: leave it out, or write a quote, > before each line"),
        (
            r"^(?:import|export) .* from ([\"'])[^\"'\n]+\1;?\s*$",
            "for a program: leave it out",
        ),
        (r"\A\[(?:toc|TOC)\]\Z", "a list of contents, which comes by itself: leave it out"),
        (r"(?<!\$)\$\$(?!\$)[^$]+\$\$(?!\$)", "a formula: write it in words, or as code"),
        (r"\{[#.][\w-]+[^{}\n]*\}\s*$", _ATTRIBUTE),
        (r"\{:?\s?[\w-]+=[\"'][^{}\n]*\}|^\{:[^{}\n]*\}$", _ATTRIBUTE),
        (r"\A\[[ xX]\]\s", "a box to tick: write a list without boxes"),
        (r"^\[![A-Za-z]+\]", "a box of GitHub's: write **Note:** in its place"),
        (r"==(?=[^\s=])[^\n]*?[^\s=]==", "highlighting: write **bold** or *slanting*"),
        (r"(?<![\w:]):[a-z][a-z_]{2,}:(?![\w:])", "an emoji's name: write the emoji itself"),
        (r"^\*\[[^\]\n]+\]:", "an abbreviation: write it out where it stands"),
        (r"^(?=[^\n]*---)(?=[^\n]*\|)[-|: \t]+$", "of no table: its first row has as many columns"),
        (r"^\|(?![-|: \t]+$).*\|\s*$", "of no table: put |---|---| below the first row"),
        (r"^\+[-=]{3,}\+", "of another kind of table: write | a | b |, and |---|---| below"),
    )
)


def find_foreign_marks(text: str) -> Iterator[tuple[int, str]]:
    """Find marks that aren't rendered: at which line of the text, counted from 0, and a sentence.

    >>> list(find_foreign_marks("Costs $5 {or so}, [sic].\\n{% include x.md %}"))[0][0]
    1
    """
    for pattern, what in _MARKS:
        for match in pattern.finditer(text):
            words = " ".join(match[0].split())
            words = words if len(words) <= 40 else f"{words[:39]}…"
            line = text.count("\n", 0, match.start())
            yield line, f"{words} is {what}, or {SHOWN}"
