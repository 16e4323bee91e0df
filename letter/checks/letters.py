"""Checks of the letters of a translation: those of another keyboard, and invisible ones."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from letter.checks.characters import OPENS_EMBEDDING, is_idle_embedding, name_character
from letter.checks.texts import find_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.checks.texts import Pair


_HIDDEN = re.compile(
    "[\u061c\u034f\ufe00-\ufe0f\u200b\u2060\ufeff\u00ad\u200e\u200f\u2028\u2029]|[\u200c\u200d]"
)
_JOINERS = "\u200c\u200d"
_MARKS_OF_DIRECTION = "\u200e\u200f"
_PRESENTATION = re.compile("[\ufb50-\ufd3d\ufd40-\ufdef\ufe70-\ufefc]")
_STRETCHED = re.compile("(?<=[ء-غف-يٱ-ۓە])ـ+(?=[ء-غف-يٱ-ۓە])")
_HEH_ZWNJ = re.compile("ه\u200c")
_HEH_FINAL = re.compile("(?<=[بپتجچحخدرڕزژسشعغفڤقکگلڵمنیێه])ه(?![\\w\u200c\u200d])")


def find_hidden_characters(pair: Pair) -> Iterator[str]:
    """Find invisible characters that do nothing good where they stand."""
    text = pair.text
    told: set[str] = set()
    if text[0] in OPENS_EMBEDDING and is_idle_embedding(text.split("\n")[0], pair):
        yield f"an invisible character ({name_character(text[0])}) does nothing here: delete it"
    for match in _HIDDEN.finditer(text):
        char, at = match[0], match.start()
        if char in told or char in pair.english.text:
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char in _JOINERS:
            right = before.isalpha() or unicodedata.category(before or " ")[0] in "MN"
            if (
                right
                or before == "ـ"
                or (char == "\u200d" and (after.isalpha() or ord(before or " ") > 0x2000))
            ):
                continue
        elif char in _MARKS_OF_DIRECTION:
            if not (before.isalpha() and after.isalpha() and _same_direction(before, after)):
                continue
        elif not (pair.writing.is_arabic or pair.writing.script == "Latn"):
            continue
        told.add(char)
        yield f"an invisible character ({name_character(char)}) has no use here: delete it"


def _same_direction(before: str, after: str) -> bool:
    right_to_left = ("R", "AL")
    return (unicodedata.bidirectional(before) in right_to_left) == (
        unicodedata.bidirectional(after) in right_to_left
    )


def find_wrong_letters(pair: Pair) -> Iterator[str]:
    """Find letters that belong to another language's keyboard, and those made of two characters."""
    text = pair.text
    for wrong, right in pair.writing.wrong_letters.items():
        if wrong in text and wrong not in pair.english.text:
            word = next((w for w in find_words(text) if wrong in w), wrong)
            if word not in pair.english.text:
                yield f"“{word}” has {wrong} (U+{ord(wrong):04X}) in it: write {right}"
    if pair.writing.tag == "ckb":
        if _HEH_ZWNJ.search(text):
            yield "ه with an invisible character after it stands for ە: write ە (U+06D5)"
        elif found := _HEH_FINAL.search(text):
            word = next(w for w in find_words(text) if w.endswith(found[0]))
            yield f"“{word}” ends in ه (U+0647): write ە (U+06D5)"
    if pair.writing.composed and (two := pair.writing.composed.search(text)):
        yield f"“{two[0]}” is made of two characters: write the one letter ڕ, ڵ, ێ or ۆ"
    yield from _find_old_forms(pair)


def _find_old_forms(pair: Pair) -> Iterator[str]:
    text = pair.text
    if found := _PRESENTATION.search(text):
        yield (
            f"“{found[0]}” is a letter in a fixed shape ({name_character(found[0])}), as old "
            "programs and PDF files have it: type the word again"
        )
    if pair.writing.is_arabic:
        if found := _STRETCHED.search(text):
            yield "a letter is stretched with ـ (U+0640): delete the ـ"
        composed = len(unicodedata.normalize("NFC", text)) < len(text)
    else:
        composed = not unicodedata.is_normalized("NFC", text)
    if composed and not (pair.writing.composed and pair.writing.composed.search(text)):
        marks = next((c for c in text if unicodedata.combining(c)), "")
        letter = text[text.index(marks) - 1 : text.index(marks) + 1] if marks else ""
        yield f"the letter “{letter}” is made of two characters: type it again as one"
