"""Long letters to be measured: of made-up words, as many and as often as in real texts."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from letter.source.letter import read_letter

LATIN = ("b c d f g h k l m n p r s t v w st tr ch", "a e i o u ea", "n r s t l")
ARABIC = ("ب ت ج ح د ر ز س ش ع ف ق ل م ن ه و", "ا ي و", "ب د ر ل م ن")
PERSIAN = ("ب پ ت ج چ د ر ز س ش ف ق گ ل م ن ه و", "ا ی و", "د ر ل م ن ش")
SORANI = ("ب پ ت ج چ د ر ز س ش ف ق گ ل م ن ه و", "ا ی ە ێ ۆ", "د ر ل م ن ش")
SOUNDS = {"ar": ARABIC, "fa": PERSIAN, "ckb": SORANI}
LANGUAGES = ("ar", "ckb", "de", "es", "fa", "fr", "ku", "tr")
VOCABULARY = 6000  # words, of which some are far more frequent than others (Zipf's law)

_WORD = re.compile(r"\(https:[^)]*\)|[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class LongLetter:
    """A letter to be measured, and the languages into which it is translated."""

    name: str
    text: str
    languages: tuple[str, ...]
    table: str = ""  # of signatories, in people.csv


def make_names(count: int = 3084, *, in_table: bool = False) -> LongLetter:
    """Make a letter of few words that many have signed, in eight languages."""
    words = _speak("en", "names")
    people = dict.fromkeys(_write_name(words) for _ in range(count + 20))
    names = list(people)[:count]
    body = "\n\n".join(_write_sentence(words, 60) for _ in range(20))
    text = f"# {_write_sentence(words, 5)}\n\n{body}\n\n## {_write_sentence(words, 2)}\n\n"
    if in_table:
        mark, table = "<!-- signatories: people.csv -->", "\n".join(["name", *names, ""])
        return LongLetter(f"{count} names in a CSV", f"{text}{mark}\n", LANGUAGES[:7], table)
    listed = "\n".join(f"- {name}" for name in names)
    return LongLetter(f"{count} names", f"{text}<!-- signatories -->\n\n{listed}\n", LANGUAGES[:7])


def make_guides(count: int = 903) -> LongLetter:
    """Make a letter of ten guides, with headings, lists and tables, in nine languages."""
    words = _speak("en", "guides")
    chance = random.Random("guides")
    blocks: list[str] = []
    left = count
    while left:
        kinds = ["## {5}", "{32}\n{18}", "{24} [{3}](https://example.org/{}) {10}"]
        kinds += ["- {20}\n- {15}", "> {30}"]
        kinds += ["| {2} | {3} |\n| --- | --- |\n| {3} | {5} |\n| {4} | {9} |"]
        kind = chance.choices(kinds, (15, 40, 20, 12, 4, 5))[0]
        size = len(re.findall(r"\{\d", kind)) if kind[0] in "|-" else 1
        if size <= left:
            left -= size
            kind = kind.replace("{}", str(left))
            blocks.append(re.sub(r"\{(\d+)\}", lambda m: _write_sentence(words, int(m[1])), kind))
    return LongLetter(f"{count} passages", "\n\n".join(blocks) + "\n", LANGUAGES)


def write_letter(letter: LongLetter, folder: Path) -> tuple[Path, Path]:
    """Write a letter with its catalogues; give the paths of the letter and of the locales."""
    path, locales = folder / "letter.md", folder / "locales"
    path.write_text(letter.text, encoding="utf-8")
    if letter.table:
        (folder / "people.csv").write_text(letter.table, encoding="utf-8")
    messages = [message for message in read_letter(path).messages if not message.is_name]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    for tag in letter.languages:
        known = dict(zip(_make_words("en"), _make_words(tag), strict=False))

        def translate(found: re.Match[str], known: dict[str, str] = known) -> str:
            word = found[0]
            meant = known.get(word.lower(), word)
            return meant.capitalize() if word[0].isupper() else meant

        entries = (
            f"msgid {_quote(message.msgid)}\nmsgstr {_quote(_WORD.sub(translate, message.msgid))}\n"
            for message in messages
        )
        place = locales / tag / "LC_MESSAGES" / "letter.po"
        place.parent.mkdir(parents=True)
        place.write_text("\n".join((header, *entries)), encoding="utf-8")
    return path, locales


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write_sentence(words: Iterator[str], mean: int) -> str:
    """Write a sentence of so many words."""
    return " ".join(islice(words, mean)).capitalize() + ("." if mean > 9 else "")


def _write_name(words: Iterator[str]) -> str:
    return " ".join(islice((word for word in words if len(word) > 3), 3)).title()


def _speak(tag: str, seed: str) -> Iterator[str]:
    """Say words of a language for ever, the same for the same seed."""
    words, chance = _make_words(tag), random.Random(seed)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    while True:
        yield from chance.choices(words, weights, k=1000)


def _make_words(tag: str) -> list[str]:
    """Make the words of a language, the most frequent and shortest first."""
    first, middle, last = (sounds.split() for sounds in SOUNDS.get(tag, LATIN))
    chance = random.Random(tag)
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + (len(words) > 100) + (len(words) > 2000)
        parts = (chance.choice(first) + chance.choice(middle) for _ in range(syllables))
        words["".join(parts) + chance.choice([*last, ""])] = None
    return list(words)
