"""Letters that were lost, or turned into others, on a file's way: no such file is taken.

A program that saves a text in an encoding without its letters writes `?` or the next best letter
for each. A program that reads a text in the wrong encoding shows `Ã®` or `þ` for `î` or `ş`. What
happened to several texts is told here: a single wrong word is a finding of the checks.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain, permutations

from letter.checks.characters import find_mojibake
from letter.checks.texts import Pair, find_words, find_writing, read_original
from letter.languages.language import find_language
from letter.merging.lost_quotes import has_lost_quotes, hide_quotes
from letter.merging.own_letters import (
    compose_text,
    count_finished_letters,
    find_alphabet,
    find_missing_letters,
)
from letter.po.model import PoFile, is_empty
from letter.source.words import fold_text

_UTF8_READ_AS = ("cp1252", "cp1256", "cp1254", "cp1250", "cp1251", "mac_roman", "cp850", "cp437")
_WINDOWS = tuple(f"cp{number}" for number in range(1250, 1259))

# Addresses, code, tags and fields of addresses, in which a question mark is no lost letter.
_NO_WORDS = re.compile(r"`[^`]*`|\]\([^()]*\)|<[^<>]*>|\?[\w-]*=\S*")
_RUN = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|@|\w/")
_LOST = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])|(?<![^\s“\"(«])(?:\?(?=[^\W\d_])|\?{2,})")
_WORD = re.compile(r"[^\s“”\"«»().,;:!]+")
_HARMLESS = re.compile("[\x00-\x7f\u00a0«»\u2000-\u206f°…]")

_ENTRIES, _WORDS = 2, 3  # letters of so many texts, or words, are damaged by a program
_COPIED = 0.8  # the part of all words that a copy of the English has in common with the English
_PROPER = 4  # a file turned unless so many times as many of its texts are right


@dataclass(frozen=True, slots=True)
class Damage:
    """Words of one text whose letters were lost or turned."""

    line: int  # of the text's entry in the sent file
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the catalogue doesn't have, and its English; none where it is English itself."""

    line: int
    english: str
    text: str


def find_lost_letters(sent: PoFile, current: PoFile, tag: str) -> tuple[list[Damage], str]:
    """Find the texts whose letters a program damaged, and letters that the whole file lacks.

    What the current catalogue or the original has in the same way did not happen on the file's
    way. Nothing is found where a person can have typed the few words there are.
    """
    new = list_new_texts(sent, current)
    finished = count_finished_letters(current)
    alphabet = find_alphabet(finished, tag)
    damages = chain(
        _find_question_marks(new),
        _find_utf8(new, alphabet),
        _find_other_encoding(new, alphabet),
    )
    found = {damage.line: damage for damage in damages}
    words = {word for damage in found.values() for word in damage.words}
    if len(found) < _ENTRIES and len(words) < _WORDS:
        found = {}
    found |= {damage.line: damage for damage in _find_lost_quotes(new, current)}
    texts = [each.text for each in list_translated(new)]
    missing = find_missing_letters(texts, finished, tag) if len(texts) >= _ENTRIES else ()
    return [found[line] for line in sorted(found)], "".join(missing)


def list_new_texts(sent: PoFile, current: PoFile) -> list[Text]:
    """List the texts that the catalogue doesn't have, but for quotes and spaces."""
    known = {fold_text(text) for entry in current.entries for text in (entry.msgid, *entry.msgstr)}
    return [each for each in _list_texts(sent) if fold_text(each.text) not in known]


def list_translated(new: Sequence[Text]) -> list[Text]:
    """List the texts that are a translation, and not, nearly word for word, their English."""
    return [each for each in new if each.english and not _is_copy(each)]


def _is_copy(each: Text) -> bool:
    words, english = find_words(each.text.lower()), find_words(each.english.lower())
    copied = sum(word in english for word in words)
    return copied > 0 and copied >= _COPIED * max(len(words), len(english))


def _find_lost_quotes(new: Sequence[Text], current: PoFile) -> Iterator[Damage]:
    """Find texts, and English, with question marks where quotation marks were."""
    own = {entry.msgid: entry.msgstr[0] for entry in current.entries}
    known = hide_quotes((*own, *(text for e in current.entries for text in e.msgstr)))
    for each in new:
        text = _hide_no_words(each.text)
        if has_lost_quotes(text, (each.english, own.get(each.english, "")), known):
            yield Damage(each.line, tuple(word for word in _WORD.findall(text) if "?" in word))


def _hide_no_words(text: str) -> str:
    """Take out of a text what is no words; its time grows as the text does, however odd that is."""
    bare = _RUN.sub(lambda run: " " if _ADDRESS.search(run[0]) else run[0], text)
    return _NO_WORDS.sub(" ", bare)


def _list_texts(sent: PoFile) -> Iterator[Text]:
    for entry in sent.entries:
        if not (entry.obsolete or is_empty(entry)):
            yield Text(entry.line, "", entry.msgid)
            for text in entry.msgstr:
                if text not in (entry.msgid, entry.msgid_plural):
                    yield Text(entry.line, entry.msgid, compose_text(text))


def _find_question_marks(new: Sequence[Text]) -> Iterator[Damage]:
    """Find texts with question marks inside words, before them, or in the place of words."""
    for each in new:
        if each.english and "?" in each.text:
            text = _hide_no_words(each.text)
            if len(_LOST.findall(text)) > each.english.count("?"):
                yield Damage(each.line, tuple(w for w in _WORD.findall(text) if _LOST.search(w)))


def _find_utf8(new: Sequence[Text], alphabet: frozenset[str]) -> Iterator[Damage]:
    """Find texts in UTF-8 that were read in another encoding, and texts with U+FFFD."""
    # Kurmanji's own rule would take a name with þ, ð or ý for a text that turned.
    writing = find_writing(find_language("en"))
    for each in new:
        if each.text.isascii():
            continue
        pair = Pair(read_original(each.english), each.text, writing)
        is_replaced = "\ufffd" in each.text and "\ufffd" not in each.english
        again = (_read_again(each.text, codec, "utf-8") for codec in _UTF8_READ_AS)
        is_turned = any(text and _is_better(each.text, text, alphabet) for text in again)
        if is_replaced or is_turned or any(find_mojibake(pair)):
            yield Damage(each.line, _list_odd_words(each, alphabet))


def _find_other_encoding(new: Sequence[Text], alphabet: frozenset[str]) -> Iterator[Damage]:
    """Find texts in one encoding of Windows that were read in another one.

    Letters of the language stand in place of odd characters where the bytes of such a text are
    read again. A file that has those letters elsewhere was not read so: reading turns them all.
    """
    texts = [each for each in new if each.english and not each.text.isascii()]
    odd = [each for each in texts if _list_odd(each.text, alphabet)]
    for read_as, codec in permutations(_WINDOWS, 2) if odd else ():
        turned = [
            (each, restored)
            for each in odd
            if (again := _read_again(each.text, read_as, codec))
            and _is_better(each.text, again, alphabet)
            and (restored := _list_restored(each.text, again, alphabet))
        ]
        letters = "".join(restored for _, restored in turned)
        right = sum(not set(letters).isdisjoint(each.text.lower()) for each in texts)
        if len(turned) * _PROPER > right:
            yield from (Damage(each.line, _list_odd_words(each, alphabet)) for each, _ in turned)
            return


def _list_restored(text: str, again: str, alphabet: frozenset[str]) -> str:
    """List the letters of the language that reading again brings; "" if they are not the most."""
    changed = [new.lower() for old, new in zip(text, again, strict=True) if old != new]
    own = [char for char in changed if char in alphabet]
    return "".join(own) if len(own) * 2 > len(changed) else ""


def _is_better(text: str, again: str, alphabet: frozenset[str]) -> bool:
    """Say whether a text that is read again has hardly any letters but those of the language."""
    odd = [char for char in _list_odd(again, alphabet) if char.isalpha()]
    return len(odd) * 10 <= len(_list_odd(text, alphabet))


def _list_odd(text: str, alphabet: frozenset[str]) -> list[str]:
    """List the characters beyond ASCII that are neither usual signs nor letters of a language."""
    odd = _HARMLESS.sub("", text)
    return [char for char in odd if char.lower() not in alphabet]


def _list_odd_words(each: Text, alphabet: frozenset[str]) -> tuple[str, ...]:
    words = (word for word in _WORD.findall(each.text) if word not in each.english)
    return tuple(word for word in words if _list_odd(word, alphabet))


def _read_again(text: str, read_as: str, codec: str) -> str | None:
    """Read a text's bytes in another encoding; None if it wasn't read so, or stays the same."""
    places = _list_bytes(read_as)
    try:
        again = bytes([places[char] for char in text]).decode(codec)
    except (KeyError, UnicodeDecodeError):
        return None
    return again if again != text else None


@cache
def _list_bytes(codec: str) -> dict[str, int]:
    """Map the characters of an encoding to their bytes; an undefined byte is a control, as in HTML.

    The rule is the Encoding Standard's (WHATWG), by which browsers and editors read.
    """
    places = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(256):
        with suppress(UnicodeDecodeError):
            places[bytes([byte]).decode(codec)] = byte
    return places
