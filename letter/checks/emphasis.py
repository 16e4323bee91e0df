"""The check of the marks of bold, slanting, struck and code that a page would show as they stand.

What such a mark does depends on the letters beside it (CommonMark §6.2): `_` does nothing inside a
word, and `*` nothing between a letter and a quotation mark or bracket.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from letter.checks.texts import Pair
from letter.source.markdown import read_left_marks

# The original is the same for all languages, and Markdown takes long.
_read_known = lru_cache(maxsize=4_096)(read_left_marks)
_read_text = lru_cache(maxsize=1)(read_left_marks)  # asked for each mark of one text
_WIDE = {"＊": "*", "﹡": "*", "∗": "*", "٭": "*", "＿": "_", "｀": "`", "～": "~"}
_WIDE_MARKS = "".join(_WIDE)
_MARK = re.compile(f"[*`_{_WIDE_MARKS}]|~~")
_MEANT = re.compile(
    r"%\(\w+\)|\{[^{}\s]*\}|#[\w\u200c]+"  # placeholders, hashtags
    r"|_{3,}|^[ \t]*(?:[*_][ \t]*){3,}$"  # a gap to fill in, a line
    r"|(?<=[\d)%])[ \u00a0]?\*[ \u00a0]?(?=[\d(%])"  # a product
    # A mark alone between quotation marks or brackets, or at the start of a list's item.
    r"|(?<=[\"'(\[«»“”„‘’‚])[ \u00a0\u202f]?[*_`]+[ \u00a0\u202f]?(?=[\"')\]«»“”‘’])"
    r"|^[ \t]*\*(?=[ \t]+[^*\n]*$)",
    re.MULTILINE,
)
_WORD = re.compile(r"\S+")
_ADDRESS_PART = re.compile(r"://|@|www\.")
# snake_case, __init__, _config.yml
_NAME = re.compile(r"(?<![\w*./$-])[A-Za-z0-9_./$-]++(?![\w*])|__[a-z0-9]+__(?![A-Za-z_])")
_NAME_PART = re.compile(r"[\w./$-]+")
_AT_EDGE = re.compile(r"(?<![\w_])_(?=\w)|(?<=\w)_(?![\w_])")
# Both forms of a word, "Bürger*innen": one star is shown, two make what lies between them slant.
_INSIDE_WORD = re.compile(r"(?<=\w)\*(?=\w)")
_BETWEEN_FORMS = re.compile(r"(?<!\w)\w++\*\w[^*\n ]* [^*\n]*\*\w+|(?<!\d)\d++\*\d[^*\n]*\*\d+")
_SPAN = re.compile(
    rf"(?<![*_~{_WIDE_MARKS}])(?P<open>(?P<mark>[*_~{_WIDE_MARKS}])(?P=mark)*+)"
    rf"(?P<words>[^*_~{_WIDE_MARKS}\n]+)(?P<close>(?P=mark)+)"
)
_AROUND = "\"'«»“”„‘’()[]‹›「」『』（）《》.,;:!?،؛؟。、…"
# Spans whose mending is tried, and how long a text may be, since each try reads all of it.
_TRIES, _LONGEST_TRIED = 4, 4_000
_LONGEST_SHOWN = 60  # characters


def find_open_marks(pair: Pair) -> Iterator[str]:
    """Find marks of emphasis and code that the page would show as they stand, or lose."""
    if not _MARK.search(pair.text):
        return
    for mark in ("*", "`", "_", "~~"):
        if _count_left(pair.text, mark, pair) > 0:
            yield _advise(pair, mark)
            return
    words = _BETWEEN_FORMS.search(pair.text)
    if words and read_left_marks(pair.text)[1] > _read_known(pair.original.text)[1]:
        right = _shorten(words[0].replace("*", "\\*"))
        advice = f"write “{right}” (\\\\* in an editor for plain text)"
        yield f"“{_shorten(words[0])}” would lose its stars and stand slanted: {advice}"


def _count_left(text: str, mark: str, pair: Pair) -> int:
    """Count the marks that a page would show more often than it shows those of the original."""
    words, emphasised = _read_text(text)
    known, wanted = _read_known(pair.original.text)
    is_lost = emphasised < wanted
    if is_lost:
        words = "".join(_WIDE.get(char, char) for char in words)
    left = _drop_meant(words)
    if mark == "_":
        # Where an emphasis is lost, only the original's own names are names.
        left = _NAME_PART.sub(lambda name: " " if name[0] in known else name[0], left)
        if not is_lost:  # a vowel sign of Indian scripts is a part of its word
            left = "".join(char for char in left if unicodedata.category(char)[0] != "M")
            left = "".join(_AT_EDGE.findall(_NAME.sub(" ", left)))
    elif mark == "*" and not is_lost:
        left = _INSIDE_WORD.sub("", left)
    return left.count(mark) - _drop_meant(known).count(mark)


def _drop_meant(words: str) -> str:
    """Drop the marks that are meant to be seen, and addresses."""
    if _ADDRESS_PART.search(words):
        words = _WORD.sub(lambda word: " " if _ADDRESS_PART.search(word[0]) else word[0], words)
    return _MEANT.sub(" ", words)


def _advise(pair: Pair, mark: str) -> str:
    """Say which mark would be shown, and what to write where that can be found out."""
    text, before = pair.text, _count_left(pair.text, mark, pair)
    for match in islice(_SPAN.finditer(text), _TRIES if len(text) < _LONGEST_TRIED else 0):
        for words in _mend_span(match):
            start, end = match.span()
            if _count_left(text[:start] + words + text[end:], mark, pair) < before:
                head, tail = text[:start].split(" ")[-1][-20:], text[end:].split(" ")[0][:20]
                wrong, right = (_shorten(f"{head}{each}{tail}") for each in (match[0], words))
                told = f"{mark} has no effect here, so the page would show “{wrong}”"
                return f"{told}: write “{right}”"
    places = "directly before the first and one directly after the last letter of the words"
    return f"{mark} doesn't close, so the page would show it: put one {places}, or delete it"


def _mend_span(span: re.Match[str]) -> Iterator[str]:
    """Write a span with marks that work: without blanks inside, as *, around the letters alone."""
    mark = _WIDE.get(span["mark"], span["mark"]).replace("_", "*")
    marks = mark * max(len(span["open"]), len(span["close"]))
    words = span["words"].strip()
    yield f"{marks}{words}{marks}"
    if core := words.strip(_AROUND):
        before, _, after = words.partition(core)
        yield f"{before}{marks}{core}{marks}{after}"


def _shorten(text: str) -> str:
    half = _LONGEST_SHOWN // 2
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:half]} … {text[-half:]}"
