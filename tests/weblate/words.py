"""Words that nobody else writes: each text that the tests write has one, and is found by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from letter.merging.message_decisions import list_active

if TYPE_CHECKING:
    from collections.abc import Iterable

    from letter.po.model import PoFile

PLACES = 5  # digits of a word
# The digits in letters that the language writes; the first letter begins each word.
LETTERS = {
    "ar": "ظسلمنر",
    "ckb": "ڤسلمنر",
    "fa": "ظسلمنر",
    "ku": "xselmn",
    "zh_Hant": "龍山水火木土",
}
# Text for what isn't translated yet. No word of the original stays, as with a translator.
FILLING = {
    "ar": "هذه كلمات من نص طويل عن حق كل إنسان في العيش بسلام دون خوف أو ظلم",
    "ckb": "ئەم وشانە لە دەقێکی درێژن بۆ ژیانێکی ئارام و بێ ترس لە هەموو شوێنێک",
    "fa": "درخواست ما از همه جهان برای گفتگو و صلح است و چند پزشک شجاع نیز با ما بودند",
    "ku": "ev gotin ji nivîsê ne û daxwaza me ji cîhanê re bo aştî û jiyanê ye",
    "zh_Hant": "這 是 信 中 的 文字 我們 要求 和平 與 保護",
}
ARABIC = {",": "،", ";": "؛", "?": "؟"}
CHINESE = {".": "。", ",": "，", ":": "："}
MARKS = {"ar": ARABIC, "ckb": ARABIC, "fa": ARABIC, "zh_Hant": CHINESE}
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass
class Ledger:
    """All that anybody wrote: the words by language, and those whose text a person emptied."""

    written: dict[str, list[str]] = field(default_factory=dict)
    emptied: set[str] = field(default_factory=set)

    def add(self, tag: str) -> str:
        """Make a new word of a language."""
        words, letters = self.written.setdefault(tag, []), LETTERS[tag]
        digits = (letters[1 + len(words) // 5**place % 5] for place in range(PLACES))
        words.append(letters[0] + "".join(digits))
        return words[-1]

    def empty(self, tag: str, text: str) -> None:
        """Note that a person empties a text: its words needn't be found any more."""
        self.emptied |= self._find(tag, text)

    def _find(self, tag: str, text: str) -> set[str]:
        return {word for word in self.written.get(tag, ()) if word in text}

    def judge(self, tag: str, catalogues: Iterable[PoFile]) -> dict[str, str]:
        """Say of each word where it is: finished, fuzzy, obsolete, comment, emptied, or lost."""
        places: dict[str, str] = {}
        for po in catalogues:
            active = list_active(po)
            for entry in sorted(po.entries, key=lambda entry: not entry.obsolete):
                is_active = active.get(entry.key) is entry
                where = "obsolete" if not is_active else "fuzzy" if entry.fuzzy else "finished"
                for text, place in ((entry.comments, "comment"), (entry.msgstr, where)):
                    places |= dict.fromkeys(self._find(tag, "\n".join(text)), place)
        lost = [word for word in self.written.get(tag, ()) if word not in places]
        return places | {word: "emptied" if word in self.emptied else "lost" for word in lost}


def make_translation(tag: str, source: str, target: str, word: str) -> str:
    """Write a translation that has the word: today's with one more, or a whole one."""
    if target:
        first, space, rest = target.partition(" ")
        return f"{first} {word}{space}{rest}" if space else f"{word} {target}"
    filling = FILLING[tag].split()
    count = iter(range(100_000))
    text = _WORD.sub(lambda _: filling[next(count) % len(filling)], source)
    text = text.replace(filling[0], word, 1)
    for mark, own in MARKS.get(tag, {}).items():
        text = text.replace(mark, own)
    return text
