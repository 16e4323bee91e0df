"""Checks of the header of a catalogue: charset, language and plural rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.checks.findings import Finding, Severity, find_line
from letter.languages.matching import match_language
from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.po.header import header_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
