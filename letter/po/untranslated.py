"""What stands in a msgstr and is no whole translation: nothing, a copy of the original, or pieces.

Platforms export what nobody translated as a copy of the original. msgcat, given two files that
differ, writes both texts into one msgstr, each below a line "#-#-#-#-#  a.po  #-#-#-#-#" (gettext
manual, "Invoking the msgcat Program").
"""

import re
import unicodedata
from enum import IntEnum

from letter.po.marks import is_meant
from letter.po.model import Entry, is_blank, is_empty

JOINT = "#-#-#-#-#"
_JOINT = re.compile(rf"{JOINT}(?:[^\n]*?{JOINT})?")
_SIGNS = re.compile("[\\s\"'`´‘’‚‛“”„‟«»‹›′″\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


class Worth(IntEnum):
    """How much of a translation an entry has: less never replaces more."""

    NOTHING = 0
    COPY = 1  # of the original, and nobody says that it is meant so
    PIECES = 2  # several texts joined by msgcat, or a plural with some of its forms
    WHOLE = 3


def measure_worth(entry: Entry) -> Worth:
    """Say how much of a translation an entry has, finished or fuzzy."""
    if is_empty(entry) or not split_joined(entry):
        return Worth.NOTHING
    if is_joined(entry) or any(map(is_blank, entry.msgstr)):
        return Worth.PIECES
    return Worth.COPY if is_copy(entry) and not is_meant(entry, "english") else Worth.WHOLE


def is_joined(entry: Entry) -> bool:
    """Say whether msgcat has joined several texts in a translation, or several headers in one."""
    return any(JOINT in form for form in entry.msgstr)


def split_joined(entry: Entry) -> list[tuple[str, ...]]:
    """Split what msgcat joined into the translations, each with all its forms; others as they are.

    >>> split_joined(Entry("One", (f"{JOINT} a.po {JOINT}\\nYek\\n{JOINT} b.po {JOINT}\\nÊk",)))
    [('Yek',), ('Êk',)]
    """
    if not is_joined(entry):
        return [entry.msgstr]
    forms = [
        [part.strip() for part in _JOINT.split(form) if part.strip()] or [""]
        for form in entry.msgstr
    ]
    count = max(map(len, forms))
    # A form in which the files agree, and which an editor has cleaned, belongs to each of them.
    texts = (tuple(parts[min(n, len(parts) - 1)] for parts in forms) for n in range(count))
    return [text for text in dict.fromkeys(texts) if not all(map(is_blank, text))]


def is_copy(entry: Entry) -> bool:
    """Say whether a translation is the original again, but for quotes, spaces and normal forms.

    Of a translation that waits, the English that the translation was made from counts as well.

    >>> is_copy(Entry("“Bread”", ('"Bread"',))), is_copy(Entry("Bread", ("Nan",)))
    (True, False)
    """
    english = {entry.msgid, entry.msgid_plural or entry.msgid}
    if entry.fuzzy and entry.previous_msgid is not None:
        english |= {entry.previous_msgid, entry.previous_msgid_plural or entry.previous_msgid}
    if all(form in english for form in entry.msgstr):
        return True
    bare = {_strip_signs(text) for text in english}
    return all(_strip_signs(form) in bare for form in entry.msgstr)


def _strip_signs(text: str) -> str:
    """Leave out of a text what a copy may have otherwise: quotes, spaces, invisible characters."""
    return _SIGNS.sub("", unicodedata.normalize("NFC", text))
