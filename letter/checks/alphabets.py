"""The letters of each script: which are a language's own, which are foreign, which are harmless."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letter.languages.language import Language

# Arabic letters that join others in a word, for a regular expression's class.
ARABIC_LETTERS = "ء-غف-يٱ-ۓە"
VOWEL_SIGNS = "\u064b-\u0655\u0670"  # of Arabic script; in a regular expression they are not \w

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
# Characters that every text of the script has, and that are part of no error. The letters that a
# wrong decoding produces (Ã, Ø, Ù …; Urdu's ٹ) are left out, so that a text with them is checked.
_HARMLESS = {
    "Latn": _COMMON + "A-Za-zÀÁÇ-ÏÒ-ÖÜàáãäçèéêëìíîïñòóôõöùúûüĀ-ſƏə",
    "Arab": _COMMON + "\u200c،؛؟٪٬٫٠-٩۰-۹ؠ-ؿف-ٟٮ-ٸٺ-ڇډ-ڐڒ-ڹڻ-ۓە",
    "Cyrl": _COMMON + "Ѐ-ӿ",
}
_NEVER = "\ud800"  # in no text, so that every text of a script without a row above is checked


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language is written, as far as the checks of errors need to know.

    A text in which `suspicious` finds no character has no error of characters, script or markup:
    that one search spares most texts the checks.
    """

    language: str  # the language subtag alone: `fa` of `fa-AF`
    script: str  # ISO 15924
    suspicious: re.Pattern[str]

    @property
    def is_arabic(self) -> bool:
        """Whether the language is written in Arabic script."""
        return self.script == "Arab"


_WRITINGS: dict[str, Writing] = {}


def find_writing(language: Language) -> Writing:
    """Say how a language is written; the script is CLDR's likely script."""
    # By tag, without functools.cache: hashing a babel.Locale costs more than the checks of a text.
    writing = _WRITINGS.get(language.tag)
    if writing is None:
        suspicious = re.compile(f"[^{_HARMLESS.get(language.script, _NEVER)}]")
        writing = Writing(language.locale.language, language.script, suspicious)
        _WRITINGS[language.tag] = writing
    return writing


@cache
def compile_letters(script: str) -> re.Pattern[str]:
    """Compile what finds runs of letters of a script."""
    return re.compile(f"[{_LETTERS.get(script, _OTHER_LETTERS)}]+")


@cache
def compile_foreign_letters(script: str) -> re.Pattern[str]:
    """Compile what finds runs of letters of every other script that `_LETTERS` has."""
    others = "".join(letters for name, letters in _LETTERS.items() if name != script)
    return re.compile(f"[{others}]+")
