"""The letters that a language is written with: which, how often, and which a text lacks.

CLDR's lists of letters (exemplar characters) are no part of Babel; CLDR's names of languages and
countries in the language are, and hold nearly all its letters.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from letter.files import read_table
from letter.languages.declared import find_locale
from letter.po.model import PoFile

_RARE = 0.0005  # the part of all letters that a letter needs to be one of the language's
_NEEDED = 0.005  # the part of all letters that a letter needs for its absence to be told
_EXPECTED = 15  # so often would a letter stand in a text, for its absence to be no chance
_LETTERS = 150  # a language with more of them (Chinese, Korean) needs none in particular
_SCRIPT = 0.25  # the part of all letters that are in a script if a language is written in it
_CHINESE = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA")  # which stand in one text
_FOREIGN = 150  # so many letters tell which script a file is written in: more than a few names
_ENOUGH = 500  # a catalogue of so many letters says how often a letter is used
# Rows of a language, letters of another keyboard, and the letters that are meant.
_KEYBOARDS = read_table("checks/wrong_letters.csv")


def count_letters(texts: Iterable[str]) -> Counter[str]:
    """Count the letters of texts, in lower case and composed (NFC)."""
    letters: Counter[str] = Counter()
    for text in texts:
        letters.update(char for char in compose_text(text).lower() if char.isalpha())
    return letters


def compose_text(text: str) -> str:
    """Compose letters and their marks (NFC): how a text is composed is no difference of letters."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def count_finished_letters(current: PoFile) -> Counter[str]:
    """Count the letters of a catalogue's finished texts."""
    finished = (entry for entry in current.entries if not (entry.fuzzy or entry.obsolete))
    texts = [text for e in finished for text in e.msgstr if text not in (e.msgid, e.msgid_plural)]
    return count_letters(texts)


def find_alphabet(own: Counter[str], tag: str) -> frozenset[str]:
    """Find the letters beyond ASCII that a language is written with."""
    return frozenset(
        letter
        for counted in (own, _count_named(tag))
        for letter, count in counted.items()
        if not letter.isascii() and count > 1 and count >= _RARE * counted.total()
    )


@cache
def _count_named(tag: str) -> Counter[str]:
    """Count the letters of CLDR's names of languages and countries in a language, if it has any."""
    locale = find_locale(tag)
    names = [*locale.languages.values(), *locale.territories.values()] if locale else []
    return count_letters(names)


def find_missing_letters(texts: Sequence[str], finished: Counter[str], tag: str) -> tuple[str, ...]:
    """List letters beyond ASCII that texts should have many times, and have not once.

    How often a letter is used is known from finished texts. CLDR's names tell of all letters
    together alone, since names are no texts.

    A letter is not missing where a person typed another one for it, as on another keyboard: it is
    in the checks' table, or the same letter with another mark.
    """
    is_known = finished.total() >= _ENOUGH
    own = finished if is_known else _count_named(tag)
    counted = count_letters(texts)
    share = counted.total() / max(own.total(), 1)
    expected = {
        letter: count * share
        for letter, count in own.items()
        if not letter.isascii() and not counted[letter] and count >= _NEEDED * own.total()
    }

    def is_typed(letter: str) -> bool:
        others = [other for other in counted if _stands_for(other, letter)]
        extra = sum(max(0.0, counted[other] - own[other] * share) for other in others)
        return extra >= expected[letter] / 2

    missing = [
        letter
        for letter in sorted(expected, key=lambda each: -expected[each])
        if expected[letter] >= 1 and not is_typed(letter)
    ]
    has_any = any(not letter.isascii() and own[letter] for letter in counted)
    total = sum(expected[letter] for letter in missing)
    if total >= _EXPECTED and not has_any:
        return tuple(missing)
    if not is_known or len(own) > _LETTERS:
        return ()
    return tuple(letter for letter in missing if expected[letter] >= _EXPECTED)


def find_foreign_script(words: Sequence[str], finished: Counter[str], tag: str) -> str | None:
    """Name the script of words, where few of their letters are in a script of the language."""
    scripts = _count_scripts(count_letters(words))
    own = [_count_scripts(counted) for counted in (finished, _count_named(tag))]
    usual = {name for some in own for name, n in some.items() if n >= _SCRIPT * some.total()}
    known = sum(scripts[name] for name in usual)
    if not usual or scripts.total() < _FOREIGN or known >= _SCRIPT * scripts.total():
        return None
    return scripts.most_common(1)[0][0]


def _count_scripts(letters: Counter[str]) -> Counter[str]:
    """Count letters by the first words of their names in Unicode, which name nearly all scripts."""
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        name = unicodedata.name(letter, "unknown").split()[0]
        scripts["Chinese" if name in _CHINESE else name.capitalize()] += count
    return scripts


@cache
def _stands_for(typed: str, letter: str) -> bool:
    """Say whether people type one letter for another: by the checks' table, or by its base."""
    if typed.isascii():
        return False
    bases = (unicodedata.normalize("NFD", each)[0] for each in (typed, letter))
    return len(set(bases)) == 1 or any(
        (typed in one and letter in other) or (letter in one and typed in other)
        for _, one, other in _KEYBOARDS
    )
