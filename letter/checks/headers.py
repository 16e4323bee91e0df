"""Checks of the header of a catalogue: charset, language and plural rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.checks.findings import Finding, Severity, find_line
from letter.languages.matching import match_language
from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.po.header import header_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.languages.language import Language
    from letter.po.model import PoFile

_COUNTS = (*range(1001), 10_000, 100_000, 1_000_000)


def find_nplurals(po: PoFile, language: Language) -> int:
    """Say how many forms a plural of this file must have; the language's own number if unclear."""
    try:
        return parse_plural_forms(header_fields(po).get("Plural-Forms", "")).nplurals
    except PluralError:
        return language.nplurals


def find_header_faults(po: PoFile, language: Language) -> Iterator[Finding]:
    """Find what is wrong with the header: charset, language, plural rule."""
    if po.header is None:
        text = "the file has no header: copy the first message of locales/letter.pot to its top"
        yield Finding(1, Severity.ERROR, text, "header")
        return
    line, fields = find_line(po.header), header_fields(po)
    has_plurals = any(e.msgid_plural is not None and not e.obsolete for e in po.entries)
    for severity, text in (
        *_find_charset_faults(fields.get("Content-Type", "")),
        *_find_language_faults(fields.get("Language", ""), language),
        *_find_plural_faults(fields.get("Plural-Forms", ""), language, has_plurals=has_plurals),
    ):
        yield Finding(line, severity, text, "header")


def _find_charset_faults(content_type: str) -> Iterator[tuple[Severity, str]]:
    if "charset=utf-8" not in content_type.lower().replace(" ", ""):
        text = "the header doesn't say UTF-8: write “Content-Type: text/plain; charset=UTF-8”"
        yield Severity.WARNING, text


def _find_language_faults(declared: str, language: Language) -> Iterator[tuple[Severity, str]]:
    if declared in (language.tag, language.folder):
        return
    wanted = f"write “Language: {language.folder}”"
    if not declared:
        yield Severity.WARNING, f"the header has no language: {wanted}"
    elif match_language(declared, [language.tag]) == language.tag:
        yield Severity.WARNING, f"the header has “Language: {declared}”: {wanted}"
    else:
        text = f"the header says that this is {declared}: {wanted}, or move the file"
        yield Severity.ERROR, text


def _find_plural_faults(
    header: str, language: Language, *, has_plurals: bool
) -> Iterator[tuple[Severity, str]]:
    """Compare the plural rule with CLDR's by the form that each count has, not by its spelling."""
    wanted = f"write “Plural-Forms: {language.plural_forms}”"
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
