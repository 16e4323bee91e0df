"""How a language is written: its script, its letters, and what stands in for them by mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from letter.languages.language import Language

# Letters of a script, for a regular expression's class (Unicode blocks, without digits and signs).
_LETTERS = {
    "Latn": "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ",
    "Arab": "ؠ-ؿف-يٮ-ۓەۮ-ۼݐ-ݿࢠ-ࣉﭐ-ﷻﹰ-ﻼ",
    "Cyrl": "Ѐ-ԯ",
    "Grek": "Ͱ-Ͽἀ-῿",
    "Hebr": "א-ת",
}
_OTHER_LETTERS = "\u0531-\U0003ffff"  # for scripts that have no row above
_COMMON = r" \n.,;:!?'\"()0-9«»“”‘’–—…\-"
# What is seen in every text of the script and can't be part of any error. Without the letters
# that a wrong decoding produces (Ã, Ø, Ù …; Urdu's ٹ), so that those are looked at.
_HARMLESS = {
    "Latn": _COMMON + "A-Za-zÀÁÇ-ÏÒ-ÖÜàáãäçèéêëìíîïñòóôõöùúûüĀ-ſƏə",
    "Arab": _COMMON + "\u200c،؛؟٪٬٫٠-٩۰-۹ؠ-ؿف-ٟٮ-ٸٺ-ڇډ-ڐڒ-ڹڻ-ۓە",
    "Cyrl": _COMMON + "Ѐ-ӿ",
}
_NEVER = "\ud800"  # a class that only this is in: every text is looked at

_SORANI = {
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ە or ت", "أ": "ئە", "إ": "ئی", "آ": "ئا", "ؤ": "ۆ or ئو",
    "ې": "ێ", "ۊ": "ۆ", "ڒ": "ڕ", "ړ": "ڕ", "ڶ": "ڵ", "ڷ": "ڵ", "ہ": "ه", "ۀ": "ەی",
}  # fmt: skip
_WRONG_LETTERS = {
    "ckb": _SORANI,
    "ar": {"ی": "ي or ى", "ک": "ك", "ە": "ه", "ھ": "ه", "ہ": "ه", "ۆ": "و", "ێ": "ي", "ڵ": "ل",
           "ڕ": "ر"},
    "fa": {"ي": "ی", "ى": "ی", "ك": "ک", "ە": "ه", "ھ": "ه", "ہ": "ه"},
    "ku": dict.fromkeys("ëèéēẽěĕėÈÉËĒ", "ê") | dict.fromkeys("ïìíĩīĭıİÌÍÏ", "î or i")
    | dict.fromkeys("ùúũūŭůüÙÚŪÜ", "û or u") | dict.fromkeys("șṣŝśŠšșȘ", "ş")
    | dict.fromkeys("ćčĉĆČ", "ç"),
}  # fmt: skip
# Sorani's ڕ ڵ ێ ۆ made of two characters look right and are found by no search.
_COMPOSED = {
    "ckb": re.compile("[\u0631\u0644\u06cc\u064a\u0648][\u0306\u030c\u0302\u02c7\u0655-\u065c]")
}


@dataclass(frozen=True, slots=True)
class Writing:
    """What the checks know of a language's letters.

    `suspicious` finds the first character that can be part of an error; a text in which it finds
    nothing needs no closer look. `letters` finds letters of the language's own script.
    """

    tag: str
    script: str  # ISO 15924
    suspicious: re.Pattern[str]
    letters: re.Pattern[str]
    wrong_letters: Mapping[str, str] = field(default_factory=dict)
    composed: re.Pattern[str] | None = None

    @property
    def is_arabic(self) -> bool:
        """Whether the language is written in Arabic script."""
        return self.script == "Arab"


_WRITINGS: dict[str, Writing] = {}


def find_writing(language: Language) -> Writing:
    """Say how a language is written (CLDR likely subtags); by tag, since hashing a locale costs."""
    writing = _WRITINGS.get(language.tag)
    if writing is None:
        writing = _WRITINGS[language.tag] = _make_writing(language)
    return writing


def _make_writing(language: Language) -> Writing:
    script = language.script
    name = language.locale.language
    return Writing(
        language.tag,
        script,
        re.compile(f"[^{_HARMLESS.get(script, _NEVER)}]"),
        re.compile(f"[{_LETTERS.get(script, _OTHER_LETTERS)}]+"),
        _WRONG_LETTERS.get(name, {}),
        _COMPOSED.get(name),
    )


@cache
def find_foreign_letters(script: str) -> re.Pattern[str]:
    """Give what finds letters of any other of the scripts that the table has."""
    others = "".join(letters for name, letters in _LETTERS.items() if name != script)
    return re.compile(f"[{others}]+")
