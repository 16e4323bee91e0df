"""Texts without the letters of their language that no plain keyboard has: "evin" for "evîn"."""

import unicodedata
from collections.abc import Iterator

from letter.checks.texts import CODE, PLACEHOLDER, Pair, find_words
from letter.files import read_table

# By language: its letters, and in how many letters of a text there surely is one of them.
_LETTERS = {
    tag: (letters, int(least)) for tag, letters, least in read_table("checks/bare_letters.csv")
}
# Letters typed in their stead, of another keyboard: these are told one by one.
_KEYBOARDS = read_table("checks/wrong_letters.csv")
_TYPED = {tag: "".join(row[1] for row in _KEYBOARDS if row[0] == tag) for tag in _LETTERS}


def find_bare_letters(pair: Pair) -> Iterator[str]:
    """Find a text with none, or far too few, of the letters that a language has beside the Latin.

    Words of the original don't count: names keep their letters.
    """
    letters, least = _LETTERS.get(pair.writing.language, ("", 0))
    if not letters or len(pair.text) < least:
        return
    plain = unicodedata.normalize("NFC", CODE.sub(" ", PLACEHOLDER.sub(" ", pair.text)))
    words = find_words(plain.lower())
    text = "".join(word for word in words if word not in pair.original.words)
    own = sum(map(text.count, letters + _TYPED[pair.writing.language]))
    if own < len(text) // least:
        named = ", ".join(letters[:-1]) + f" or {letters[-1]}"
        count = "no" if not own else "hardly any"
        yield f"there is {count} {named} in this text: write its words with these letters"
