"""The check of placeholders, %(count)s: a program puts a value in the place of each.

Where none of the right ones is, the words that look like a placeholder are named beside it: people
type `%count`, `{count}` or `s(count)%`, and translate the name itself.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from letter.checks.texts import PLACEHOLDER, Pair

# The name of the placeholder for a plural's count: (n), (count), (num_items).
_COUNT = re.compile(r"\((?:\w*_)?(?:n|num|number|count|counter)(?:_\w*)?\)")
# "%%" is a percent sign that begins no placeholder (Python, printf-style String Formatting).
_PERCENT = "\ue000"


def find_changed_placeholders(
    pair: Pair, other: Pair | None = None, *, is_for_many: bool = True
) -> Iterator[str]:
    """Find placeholders that are not those of the original.

    `other` is a plural form beside the original's other form: any placeholder of the two is right.
    In a form that isn't for many counts the count may stay out ("one of %(total)s").
    """
    if "%(" not in pair.text and not pair.original.placeholders:
        return
    text = pair.text.replace("%%", _PERCENT)
    found = frozenset(PLACEHOLDER.findall(text))
    known = pair.original.placeholders | (other.original.placeholders if other else frozenset())
    missing = sorted(pair.original.placeholders - found)
    if other is not None and not is_for_many:
        common = pair.original.placeholders & other.original.placeholders
        missing = [n for n in missing if n in common and len(known) > 1 and not _COUNT.search(n)]
    plain, rest = (PLACEHOLDER.sub(" ", text) for text in (pair.original.text, text))
    lost = sorted(known - found)
    misspelt = (each.replace(_PERCENT, "%%") for each in _list_misspelt(rest, plain, lost))
    for wrong in (*sorted(found - known), *misspelt):
        meant = [name for name in lost if name[2 : name.index(")")] in wrong.lower()]
        meant = meant or missing[:1] or lost[:1]
        missing = [name for name in missing if name not in meant]
        right = " or ".join(meant or sorted(known)) or "no placeholder"
        yield f"“{wrong}” is not in the original: write {right}"
    for name in missing:
        yield f"{name} of the original is missing: copy it to where its value belongs"


def _list_misspelt(text: str, original: str, lost: Sequence[str]) -> Iterator[str]:
    """List what stands in a text for lost placeholders, and another "%(", which is no text.

    >>> texts = "{count} man", "s(count)% man", "%count man", "Count man", "%(الع)s"
    >>> [list(_list_misspelt(text, "left", ["%(count)s"])) for text in texts]
    [['{count}'], ['s(count)%'], ['%count'], [], ['%(الع)s']]
    """
    for name in lost:
        pattern = _compile_misspelt(name[2 : name.index(")")])
        if not pattern.search(original):
            yield from dict.fromkeys(match[0] for match in pattern.finditer(text))
            text = pattern.sub(" ", text)
    if "%(" in text and "%(" not in original:
        at = text.index("%(")
        yield text[at : at + 12]


@cache
def _compile_misspelt(name: str) -> re.Pattern[str]:
    """Compile what finds a placeholder's name with signs of another kind, or in another order."""
    around = rf"[%{_PERCENT}]?\w?[({{\[] ?{name} ?[)}}\]](?:\w?%|[a-z]\b)?"
    return re.compile(rf"{around}|% ?{name}\b|\b{name}%", re.IGNORECASE)
