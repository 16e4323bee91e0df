"""What is wrong with a translation; a check is a function, the list of them a tuple."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from letter.checks.characters import (
    find_bidi_controls,
    find_foreign_punctuation,
    find_hidden_characters,
    find_look_alikes,
    find_mojibake,
    find_unreadable_characters,
    find_wrong_letters,
    find_wrong_script,
)
from letter.checks.content import (
    find_changed_addresses,
    find_changed_numbers,
    find_changed_placeholders,
    find_doubled_words,
    find_english,
    find_html,
    find_lost_numbers,
    find_no_words,
    find_odd_spaces,
    find_open_markup,
    find_open_pairs,
)
from letter.checks.glossary import Glossary, find_wrong_terms
from letter.checks.letters import Writing, find_writing
from letter.checks.proportions import (
    Habits,
    find_lost_final,
    find_odd_length,
    find_odd_sentences,
    learn_habits,
)
from letter.checks.texts import PLACEHOLDER, Pair, read_english
from letter.languages.matching import match_language
from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.po.faults import PoError
from letter.po.header import header_fields
from letter.po.model import Entry, PoFile, is_blank
from letter.po.reader import read_po

if TYPE_CHECKING:
    from pathlib import Path

    from letter.languages.language import Language

# Check of one string: what is wrong with it.
Check = Callable[[Pair], Iterable[str]]
HabitCheck = Callable[[Pair, Habits], Iterable[str]]

# These are for every text; the others only for one with a character that `suspicious` finds.
MAIN_CHECKS: tuple[tuple[str, Check], ...] = (
    ("addresses", find_changed_addresses),
    ("numbers", find_changed_numbers),
    ("empty", find_no_words),
)
ERROR_CHECKS: tuple[tuple[str, Check], ...] = (
    ("html", find_html),
    ("bidi", find_bidi_controls),
    ("characters", find_unreadable_characters),
    ("encoding", find_mojibake),
    ("look-alike", find_look_alikes),
    ("script", find_wrong_script),
    ("markup", find_open_markup),
)
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

_MSGSTR = re.compile(r"^[ \t]*msgstr", re.MULTILINE)
_DOT_IN_WORD = re.compile(r"\.[a-z]")
_EMPTY_FORM = "the plural form msgstr[{}] is empty: write it, as the others"
_COUNTS = (*range(1001), 10_000, 100_000, 1_000_000)


class Severity(StrEnum):
    """Whether a finding keeps a passage from readers."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the line in the file, how bad it is, what it is, and which check says so."""

    line: int
    severity: Severity
    text: str
    check: str


def find_errors(entry: Entry, language: Language) -> tuple[Finding, ...]:
    """List what must not reach a reader in one entry, whatever its state; usually ().

    A clean entry of 400 characters costs 5 µs: one scan finds that none of its characters can be
    part of an error.
    """
    writing = find_writing(language)
    if len(entry.msgstr) > 1 or entry.msgid_plural is not None:
        return _find_plural_errors(entry, writing, language)
    text, msgid = entry.msgstr[0], entry.msgid
    if not text or text == msgid:
        return ()
    english = read_english(msgid)
    if not (english.addresses or english.placeholders or english.numbers) and (
        writing.suspicious.search(text) is None
        and text[0].isalpha()
        and _DOT_IN_WORD.search(text) is None
    ):
        return ()
    return tuple(_find_mistakes(entry, 0, Pair(english, text, writing), None))


def _find_plural_errors(entry: Entry, writing: Writing, language: Language) -> tuple[Finding, ...]:
    """List what is wrong in a plural; only a form that is wrong against both of the English."""
    forms = entry.msgstr
    filled = [not is_blank(form) for form in forms]
    if not any(filled):
        return ()
    findings = [
        Finding(find_line(entry, number), Severity.ERROR, _EMPTY_FORM.format(number), "plural")
        for number, is_filled in enumerate(filled)
        if not is_filled
    ]
    one = read_english(entry.msgid)
    many = read_english(entry.msgid_plural or entry.msgid)
    for number, form in enumerate(forms):
        if filled[number] and form not in (one.text, many.text):
            pair, other = Pair(many, form, writing), Pair(one, form, writing)
            found = _find_mistakes(entry, number, pair, other)
            findings.extend(f for f in found if not _is_about_nothing(f, form, number, language))
    return tuple(findings)


def _is_about_nothing(finding: Finding, form: str, number: int, language: Language) -> bool:
    """Say whether a form for 0 alone has no placeholder at all, as in "none is translated"."""
    if finding.check != "placeholders" or "%(" in form:
        return False
    rule = parse_plural_forms(language.plural_forms)
    return rule.index(0) == number and all(rule.index(n) != number for n in range(1, 200))


def _find_mistakes(entry: Entry, number: int, pair: Pair, other: Pair | None) -> Iterator[Finding]:
    """Run the error checks on one string, as few of them as can find anything."""
    for text in find_changed_placeholders(pair, other):
        yield Finding(find_line(entry, number), Severity.ERROR, text, "placeholders")
    plain = PLACEHOLDER.sub("", pair.text) if "%(" in pair.text else pair.text
    checks = MAIN_CHECKS
    if pair.writing.suspicious.search(plain):
        checks += ERROR_CHECKS
    for name, check in checks:
        for text in _run_check(check, pair, other):
            yield Finding(find_line(entry, number), Severity.ERROR, text, name)


def _run_check(check: Check, pair: Pair, other: Pair | None) -> list[str]:
    """Run a check; what is right against either the singular or the plural is right."""
    found = list(check(pair))
    return found if other is None or not found or list(check(other)) else []


def find_line(entry: Entry, number: int = 0) -> int:
    """Find the line in the file where one form of a translation starts."""
    starts = [match.start() for match in _MSGSTR.finditer(entry.source.text)]
    at = starts[number] if number < len(starts) else 0
    return entry.line + entry.source.text.count("\n", 0, at)


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
        yield from ((name, text) for text in _run_check(check, pair, other))
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


def find_nplurals(po: PoFile, language: Language) -> int:
    """Say how many forms a plural of this file must have; the language's own number if unclear."""
    try:
        return parse_plural_forms(header_fields(po).get("Plural-Forms", "")).nplurals
    except PluralError:
        return language.nplurals


def find_header_faults(po: PoFile, language: Language) -> Iterator[Finding]:
    """Find what is wrong with the header: charset, language, plural rule."""
    fields = header_fields(po)
    line = find_line(po.header) if po.header else 1

    def fault(severity: Severity, text: str) -> Finding:
        return Finding(line, severity, text, "header")

    if po.header is None:
        text = "the file has no header: copy the first message of locales/letter.pot to its top"
        yield fault(Severity.ERROR, text)
        return
    if "charset=utf-8" not in fields.get("Content-Type", "").lower().replace(" ", ""):
        text = "the header doesn't say UTF-8: write “Content-Type: text/plain; charset=UTF-8”"
        yield fault(Severity.WARNING, text)
    declared = fields.get("Language", "")
    if declared not in (language.tag, language.folder):
        wanted = f"write “Language: {language.folder}”"
        if not declared:
            yield fault(Severity.WARNING, f"the header has no language: {wanted}")
        elif match_language(declared, [language.tag]) == language.tag:
            yield fault(Severity.WARNING, f"the header has “Language: {declared}”: {wanted}")
        else:
            text = f"the header says that this is {declared}: {wanted}, or move the file"
            yield fault(Severity.ERROR, text)
    for severity, text in _find_plural_faults(po, fields, language):
        yield fault(severity, text)


def _find_plural_faults(
    po: PoFile, fields: Mapping[str, str], language: Language
) -> Iterator[tuple[Severity, str]]:
    """Hold the plural rule against CLDR's, by what it says for each count."""
    has_plurals = any(e.msgid_plural is not None and not e.obsolete for e in po.entries)
    wanted = f"write “Plural-Forms: {language.plural_forms}”"
    header = fields.get("Plural-Forms", "")
    serious = Severity.ERROR if has_plurals else Severity.WARNING
    if not header:
        if has_plurals:
            yield serious, f"the header has no plural rule: {wanted}"
        return
    try:
        rule = parse_plural_forms(header)
    except PluralError as error:
        yield serious, f"{error}, or {wanted}"
        return
    right = parse_plural_forms(language.plural_forms)
    if rule.nplurals != right.nplurals:
        text = f"the header has {rule.nplurals} plural forms, the language {right.nplurals}"
        yield serious, f"{text}: {wanted}"
    elif stray := next((n for n in _COUNTS if rule.index(n) != right.index(n)), None):
        yield Severity.WARNING, f"the plural rule is wrong for the number {stray}: {wanted}"
