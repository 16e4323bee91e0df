"""All that is wrong with a catalogue: the errors of its entries, its warnings, and its header."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
from letter.po.model import Entry, PoFile, is_blank, is_empty
from letter.po.reader import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from letter.languages.language import Language

HabitCheck = Callable[[Pair, Habits], Iterable[str]]
_WARNING_CHECKS: tuple[tuple[str, Check], ...] = (
    ("hidden", find_hidden_characters),
    ("letters", find_wrong_letters),
    ("punctuation", find_foreign_punctuation),
    ("numbers", find_lost_numbers),
    ("english", find_english),
    ("doubled", find_doubled_words),
    ("spaces", find_odd_spaces),
    ("pairs", find_open_pairs),
)
_HABIT_CHECKS: tuple[tuple[str, HabitCheck], ...] = (
    ("length", find_odd_length),
    ("sentences", find_odd_sentences),
    ("ending", find_lost_final),
)


@dataclass(frozen=True, slots=True)
class Form:
    """A translated string of an entry: `number` is 0, or the number of the plural form.

    `pair` is the string beside the msgid, for a plural beside msgid_plural; `other` is the string
    of a plural beside the singular msgid.
    """

    entry: Entry
    number: int
    pair: Pair
    other: Pair | None

    @property
    def is_typical(self) -> bool:
        """Whether habits can be learned from the form: it is translated, and a plural's last."""
        forms = self.entry.msgstr
        return self.number == len(forms) - 1 and forms[self.number] != self.entry.msgid

    def warn(self, text: str, check: str) -> Finding:
        """Make a warning at the line of the form."""
        return Finding(find_line(self.entry, self.number), Severity.WARNING, text, check)


def check_file(path: Path, language: Language, glossary: Glossary | None = None) -> list[Finding]:
    """Check a file; what keeps the file from being read at all is an error at its line."""
    try:
        return check_catalogue(read_po(path), language, glossary)
    except PoError as error:
        return [Finding(fault.line, Severity.ERROR, fault.text, "file") for fault in error.faults]


def check_catalogue(
    po: PoFile, language: Language, glossary: Glossary | None = None
) -> list[Finding]:
    """List all that is wrong with a catalogue, in the order of lines.

    Fuzzy, untranslated and obsolete messages, which aren't shown, are left out, but for a plural
    that has only some of its forms.
    """
    shown = [entry for entry in po.entries if not (entry.obsolete or entry.fuzzy)]
    nplurals, writing = find_nplurals(po, language), find_writing(language)
    findings = list(find_header_faults(po, language))
    for entry in shown:
        findings.extend(find_errors(entry, language))
        findings.extend(_find_missing_forms(entry, nplurals))
    forms = [form for entry in shown for form in _list_forms(entry, writing)]
    findings.extend(_find_warnings(forms))
    pairs = [form.pair for form in forms]
    for index, text in find_wrong_terms(glossary, language.tag, pairs) if glossary else ():
        findings.append(forms[index].warn(text, "glossary"))
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.line)


def _find_missing_forms(entry: Entry, nplurals: int) -> Iterator[Finding]:
    """Find a plural with fewer or more forms than the header of its file says."""
    count = len(entry.msgstr)
    if entry.msgid_plural is not None and count != nplurals and not is_empty(entry):
        text = (
            f"this message has {count} plural forms, the header of the file says "
            f"{nplurals}: write msgstr[0] to msgstr[{nplurals - 1}]"
        )
        yield Finding(find_line(entry), Severity.ERROR, text, "plural")


def _list_forms(entry: Entry, writing: Writing) -> Iterator[Form]:
    """Give each translated string of an entry that has words."""
    one, other = read_english(entry.msgid), None
    if entry.msgid_plural is not None:
        one, other = read_english(entry.msgid_plural), one
    for number, text in enumerate(entry.msgstr):
        if not is_blank(text):
            pair = Pair(one, text, writing)
            yield Form(entry, number, pair, Pair(other, text, writing) if other else None)


def _find_warnings(forms: Sequence[Form]) -> Iterator[Finding]:
    habits = learn_habits([form.pair for form in forms if form.is_typical])
    checks = [*_WARNING_CHECKS, *((name, _bind(check, habits)) for name, check in _HABIT_CHECKS)]
    for form in forms:
        pair, other = form.pair, form.other
        if pair.text in (pair.english.text, other.english.text if other else None):
            yield from (form.warn(text, "english") for text in find_english(pair))
            continue
        for name, check in checks:
            yield from (form.warn(text, name) for text in run_check(check, pair, other))


def _bind(check: HabitCheck, habits: Habits) -> Check:
    return lambda pair: check(pair, habits)
