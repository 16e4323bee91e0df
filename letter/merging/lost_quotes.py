"""Quotation marks that became question marks, where an encoding without them was saved.

Turkish and Arabic ISO 8859 have all letters of their languages, and no curly marks: nothing but
the marks is lost then.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_MARKS = "“”„‟‘’‚‛«»‹›"
_HIDDEN = str.maketrans(dict.fromkeys(f"{_MARKS}–—…", "?"))  # what is lost along with them
# No question mark of any language stands before the first letter of a word.
_OPENING = re.compile(r"(?<![^\s“\"(«*_\[])\?(?=[^\W\d_])|^\s*\?(?=\s*[^\W\d_])")


def hide_quotes(texts: Iterable[str]) -> dict[str, str]:
    """Map texts with question marks in the place of their quotation marks to the texts."""
    return {hidden: text for text in texts if (hidden := text.translate(_HIDDEN)) != text}


def has_lost_quotes(text: str, others: Sequence[str], known: Mapping[str, str]) -> bool:
    """Say whether a text has question marks in the place of quotation marks.

    Another text of the catalogue (`known`) is the same but for them; or a question mark stands
    before a word, and the text has fewer quotation marks than its English or its text of before
    (`others`). Whoever writes ? for ¿ translates a question.
    """
    if "?" not in text:
        return False
    whole = known.get(text.translate(_HIDDEN), "")
    if any(char in _MARKS and lost == "?" for char, lost in zip(whole, text, strict=False)):
        return True
    count = len(_OPENING.findall(text))
    marks = max(map(_count_marks, others))
    return count > others[0].count("?") and marks > _count_marks(text)


def _count_marks(text: str) -> int:
    return sum(char in _MARKS or char == '"' for char in text)
