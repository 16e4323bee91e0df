"""Checks of what a program reads in a translation: HTML, Markdown, footnotes' marks."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from letter.checks.texts import CODE, Pair, find_calls, find_tags
from letter.po.untranslated import JOINT
from letter.source.markdown import find_links, plain_text

# The original is the same for all languages, and Markdown takes long.
_read_plain = lru_cache(maxsize=4_096)(plain_text)

# What an editor or a script leaves that escapes twice. Some write "\\" for the "/" of an original.
_BACKSLASH = re.compile(r"\\[nrt“”„«»‘’]")
_BLOCK_MARK = re.compile(r"(?:#{1,6}|[-+*])[ \t]+(?=[^\s\d])")
_QUOTE = re.compile('["“”„«»‘]')


def find_changed_calls(pair: Pair) -> Iterator[str]:
    """Find footnotes' marks, [^1], that are not those of the source."""
    source, found = Counter(pair.original.calls), Counter(find_calls(pair.text))
    for label in sorted((source - found).keys()):
        yield f"the mark [^{label}] of a footnote is missing: copy it to where it belongs"
    for label in sorted((found - source).keys()):
        more = "stands here more often than" if label in source else "is not"
        yield f"the mark [^{label}] of a footnote {more} in the source: remove it"


def find_joined_texts(pair: Pair) -> Iterator[str]:
    """Find two texts in one, with the lines that msgcat writes above each."""
    if JOINT in pair.text:
        advice = f"keep one text, and delete the others and the lines with “{JOINT}”"
        yield f"msgcat has joined the texts of several files here: {advice}"


def find_html(pair: Pair) -> Iterator[str]:
    """Find HTML, which a page would show as text.

    Where the original has names in angle brackets, such as <file>, they may be translated.
    """
    found = find_tags(pair.text)
    if len(found) <= len(pair.original.tags):
        return
    for name in sorted(found - pair.original.tags):
        advice = "write **bold** or *slanting*, or plain text"
        yield f"the page would show <{name}> as it stands: {advice}"


def find_broken_links(pair: Pair) -> Iterator[str]:
    """Find links that the page would show as they stand."""
    if "]" not in pair.text:
        return
    shown, known = plain_text(pair.text), _read_plain(pair.original.text)
    is_shown = shown.count("](") > known.count("](")
    may_be_shown = "](" in pair.original.text and shown.count("]") > known.count("]")
    if is_shown or (
        may_be_shown and len(find_links(pair.text)) < len(find_links(pair.original.text))
    ):
        yield "a link is broken: write it as [words](address), without a space in between"


def find_backslashes(pair: Pair) -> Iterator[str]:
    """Find backslashes that a page shows, as where a text was escaped twice: \\n for a new line."""
    if "\\" not in pair.text or "\\" in pair.original.text:
        return
    if found := _BACKSLASH.search(CODE.sub(" ", pair.text)):
        advice = "begin a new line there" if found[0] == "\\n" else "delete the backslash"
        yield f"the page would show “{found[0]}” as it stands: {advice}"


def find_block_marks(pair: Pair) -> Iterator[str]:
    """Find the mark of a heading or list at a text's start, which a page would show.

    The letter alone says what is a heading. A day or an ordinal may begin a text, "1. Mai", and a
    dash what somebody says.
    """
    found, original = _BLOCK_MARK.match(pair.text), pair.original.text.strip()
    if not found or original[:1] in "#-–—+*•" or original[:1].isdigit():
        return
    if found[0][0] != "-" or not _QUOTE.search(original):
        yield f"the page would show “{found[0].strip()}” at the start as it stands: delete it"
