"""Checks of what a program reads in a translation: placeholders, HTML, Markdown."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from letter.checks.texts import PLACEHOLDER, Pair, find_calls, find_tags
from letter.po.untranslated import JOINT
from letter.source.markdown import find_links, plain_text

# The original is the same for all languages, and Markdown takes long.
_read_plain = lru_cache(maxsize=4_096)(plain_text)
# The name of the placeholder for a plural's count: (n), (count), (num_items).
_COUNT = re.compile(r"\((?:\w*_)?(?:n|num|number|count|counter)(?:_\w*)?\)")


def find_changed_calls(pair: Pair) -> Iterator[str]:
    """Find footnotes' marks, [^1], that are not those of the source."""
    source, found = Counter(pair.original.calls), Counter(find_calls(pair.text))
    for label in sorted((source - found).keys()):
        yield f"the mark [^{label}] of a footnote is missing: copy it to where it belongs"
    for label in sorted((found - source).keys()):
        more = "stands here more often than" if label in source else "is not"
        yield f"the mark [^{label}] of a footnote {more} in the source: remove it"


def find_changed_placeholders(pair: Pair, other: Pair | None = None) -> Iterator[str]:
    """Find placeholders, %(name)s, that are not those of the original.

    `other` is a plural form beside the original's other form: any placeholder of the two is right,
    and the count may stay out ("one of %(total)s").
    """
    if "%(" not in pair.text and not pair.original.placeholders:
        return
    found = frozenset(PLACEHOLDER.findall(pair.text))
    known = pair.original.placeholders | (other.original.placeholders if other else frozenset())
    for name in sorted(found - known):
        yield f"{name} is not in the original: write one of {', '.join(sorted(known)) or 'none'}"
    missing = sorted(known - found)
    if other is not None:
        common = pair.original.placeholders & other.original.placeholders
        missing = [n for n in missing if n in common and len(known) > 1 and not _COUNT.search(n)]
    for name in missing:
        yield f"{name} of the original is missing: copy it to where its value belongs"
    has_others = pair.text.count("%(") > len(PLACEHOLDER.findall(pair.text))
    if has_others and "%(" not in PLACEHOLDER.sub("", pair.original.text):
        rest = PLACEHOLDER.sub("", pair.text)
        at = rest.index("%(")
        wrong = f"“{rest[at : at + 12]}” should be a name such as %(count)s"
        yield f"{wrong}: copy it from the original"


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
