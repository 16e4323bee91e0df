"""One finding for what happened to a whole file: another language's, or typed in wrong letters."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from letter.checks.findings import Finding, Severity
from letter.checks.texts import Pair

_FEWEST = 3  # texts with one fault below which the fault may be of each
_SHORTEST = 4  # words of an original, below which a text may be a name
_OF_FILE = {
    "script": "texts of this file are not in the script of the language: is it the file of another "
    "language? Put the right one here",
    "letters": "texts of this file have wrong letters: is it the file of another language? Put the "
    "right one here, or write the right letters in all of it. The first",
    "composition": "texts of this file have letters that are made of two characters, as some "
    "programs save them: have yours save composed letters (Unicode NFC)",
}


def join_over_file(
    found: Sequence[Finding], pairs: Sequence[Pair], *, is_other: bool = False
) -> Iterator[Finding]:
    """Join the findings of one fault that several of a file's texts have, at the first of them.

    Most texts have to be in the wrong script, or to have wrong letters. All that can be have to be
    taken apart.

    Of another language's file, which its header may tell (`is_other`), no rule of this one holds:
    only errors of other kinds are kept.
    """
    counts = {name: len({f.line for f in found if f.check == name}) for name in _OF_FILE}
    sentences = sum(len(pair.original.words) >= _SHORTEST for pair in pairs)
    whole = {name for name, count in counts.items() if count >= _FEWEST}
    if any(unicodedata.normalize("NFD", pair.text) != pair.text for pair in pairs):
        whole -= {"composition"}
    whole -= {name for name in ("script", "letters") if 2 * counts[name] <= sentences}
    is_foreign = is_other or "script" in whole
    if is_foreign:
        whole.discard("letters")
    told = {"script"} if is_other else set[str]()
    for each in found:
        if each.check in whole and each.check not in told:
            told.add(each.check)
            text = f"{counts[each.check]} {_OF_FILE[each.check]}"
            text += f": {each.text}" if each.check == "letters" else ""
            yield replace(each, text=text, words="")
        elif each.check not in (whole | told) and not (
            is_foreign and each.severity is Severity.WARNING
        ):
            yield each
