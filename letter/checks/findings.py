"""What must not reach a reader in one entry; a check is a function, the list of checks a tuple."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from letter.checks.alphabets import Writing, find_writing
from letter.checks.characters import (
    find_bidi_controls,
    find_look_alikes,
    find_mojibake,
    find_unreadable_characters,
    find_wrong_script,
)
from letter.checks.markup import (
    find_changed_addresses,
    find_changed_placeholders,
    find_html,
    find_open_markup,
)
from letter.checks.numbers import find_changed_numbers
from letter.checks.texts import PLACEHOLDER, Pair, read_english
from letter.checks.wording import find_no_words
from letter.languages.plural_rules import parse_plural_forms
from letter.po.model import Entry, is_blank

if TYPE_CHECKING:
    from letter.languages.language import Language


# Check of one string: what is wrong with it.
Check = Callable[[Pair], Iterable[str]]
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
_MSGSTR = re.compile(r"^[ \t]*msgstr", re.MULTILINE)
_DOT_IN_WORD = re.compile(r"\.[a-z]")
_EMPTY_FORM = "the plural form msgstr[{}] is empty: write it, as the others"


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
        for text in run_check(check, pair, other):
            yield Finding(find_line(entry, number), Severity.ERROR, text, name)


def run_check(check: Check, pair: Pair, other: Pair | None) -> list[str]:
    """Run a check; what is right against either the singular or the plural is right."""
    found = list(check(pair))
    return found if other is None or not found or list(check(other)) else []


def find_line(entry: Entry, number: int = 0) -> int:
    """Find the line in the file where one form of a translation starts."""
    starts = [match.start() for match in _MSGSTR.finditer(entry.source.text)]
    at = starts[number] if number < len(starts) else 0
    return entry.line + entry.source.text.count("\n", 0, at)
