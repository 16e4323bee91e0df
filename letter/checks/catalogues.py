"""All that is wrong with a catalogue: its errors, its warnings, its header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from letter.checks.alphabets import Writing, find_writing
from letter.checks.findings import Check, Finding, Severity, find_errors, find_line, run_check
from letter.checks.glossary import Glossary, find_wrong_terms
from letter.checks.headers import find_header_faults, find_nplurals
from letter.checks.letters import find_hidden_characters, find_wrong_letters
from letter.checks.numbers import find_lost_numbers
from letter.checks.proportions import (
    Habits,
    find_lost_final,
    find_odd_length,
    find_odd_sentences,
    learn_habits,
)
from letter.checks.punctuation import (
    find_foreign_punctuation,
    find_odd_spaces,
    find_open_pairs,
)
from letter.checks.texts import Pair, read_english
from letter.checks.wording import find_doubled_words, find_english
from letter.po.faults import PoError
from letter.po.model import Entry, PoFile, is_blank
from letter.po.reader import read_po

if TYPE_CHECKING:
    from pathlib import Path

    from letter.languages.language import Language


HabitCheck = Callable[[Pair, Habits], Iterable[str]]
WARNING_CHECKS: tuple[tuple[str, Check], ...] = (
    ("hidden", find_hidden_characters),
    ("letters", find_wrong_letters),
    ("punctuation", find_foreign_punctuation),
    ("numbers", find_lost_numbers),
    ("english", find_english),
    ("doubled", find_doubled_words),
    ("spaces", find_odd_spaces),
    ("pairs", find_open_pairs),
)
HABIT_CHECKS: tuple[tuple[str, HabitCheck], ...] = (
    ("length", find_odd_length),
    ("sentences", find_odd_sentences),
    ("ending", find_lost_final),
)


def check_file(path: Path, language: Language, glossary: Glossary | None = None) -> list[Finding]:
    """Check a file; what keeps it from being read at all is an error at its line."""
    try:
        return check_catalogue(read_po(path), language, glossary)
    except PoError as error:
        return [Finding(fault.line, Severity.ERROR, fault.text, "file") for fault in error.faults]


def check_catalogue(
    po: PoFile, language: Language, glossary: Glossary | None = None
) -> list[Finding]:
    """List all that is wrong with a catalogue, in line order.

    Fuzzy and untranslated messages, which aren't shown, and obsolete ones are left out, but for a
    plural that has only some of its forms.
    """
    findings = list(find_header_faults(po, language))
    places: list[tuple[Entry, int, Pair, Pair | None]] = []
    for entry in po.entries:
        if not (entry.obsolete or entry.fuzzy):
            findings.extend(find_errors(entry, language))
            findings.extend(_find_missing_forms(entry, po, language))
            places.extend(_list_pairs(entry, find_writing(language)))
    pairs = [pair for _, _, pair, _ in places]
    habits = learn_habits([pair for entry, number, pair, _ in places if _is_typical(entry, number)])
    for entry, number, pair, other in places:
        for name, text in _find_doubts(pair, other, habits):
            findings.append(Finding(find_line(entry, number), Severity.WARNING, text, name))
    for index, text in find_wrong_terms(glossary, language.tag, pairs) if glossary else ():
        entry, number, _, _ = places[index]
        findings.append(Finding(find_line(entry, number), Severity.WARNING, text, "glossary"))
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.line)


def _list_pairs(entry: Entry, writing: Writing) -> Iterator[tuple[Entry, int, Pair, Pair | None]]:
    """Give each form of an entry that has words."""
    one, many = read_english(entry.msgid), None
    if entry.msgid_plural is not None:
        one, many = read_english(entry.msgid_plural), one
    for number, text in enumerate(entry.msgstr):
        if not is_blank(text):
            other = Pair(many, text, writing) if many else None
            yield entry, number, Pair(one, text, writing), other


def _is_typical(entry: Entry, number: int) -> bool:
    """Say whether habits can be learned from a form: a translation, of a plural the last form."""
    return number == len(entry.msgstr) - 1 and entry.msgstr[number] != entry.msgid


def _find_doubts(pair: Pair, other: Pair | None, habits: Habits) -> Iterator[tuple[str, str]]:
    if pair.text == pair.english.text or (other and pair.text == other.english.text):
        yield from (("english", text) for text in find_english(pair))
        return
    for name, check in WARNING_CHECKS:
        yield from ((name, text) for text in run_check(check, pair, other))
    for name, habit_check in HABIT_CHECKS:
        found = list(habit_check(pair, habits))
        if found and (other is None or list(habit_check(other, habits))):
            yield from ((name, text) for text in found)


def _find_missing_forms(entry: Entry, po: PoFile, language: Language) -> Iterator[Finding]:
    """Find a plural with fewer or more forms than the header of its file says."""
    if entry.msgid_plural is None or all(map(is_blank, entry.msgstr)):
        return
    nplurals = find_nplurals(po, language)
    if len(entry.msgstr) != nplurals:
        text = (
            f"this message has {len(entry.msgstr)} plural forms, the header of the file says "
            f"{nplurals}: write msgstr[0] to msgstr[{nplurals - 1}]"
        )
        yield Finding(find_line(entry), Severity.ERROR, text, "plural")
