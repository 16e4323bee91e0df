"""All that is wrong with a catalogue: the errors of its entries, its warnings, and its header."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from letter.checks import link_addresses, numbers, proportions, separators, spelling, wording
from letter.checks.allowed_links import AllowedLinks
from letter.checks.findings import (
    Check,
    Finding,
    Form,
    Severity,
    find_errors,
    find_line,
    list_forms,
)
from letter.checks.glossary import Glossary, find_wrong_terms
from letter.checks.texts import find_writing
from letter.languages.declared import find_same_language, list_known
from letter.languages.fallbacks import read_fallbacks
from letter.languages.language import ENGLISH, Language
from letter.languages.matching import fold_tag
from letter.languages.plural_rules import COUNTS, PluralError, PluralRule, parse_plural_forms
from letter.languages.usual_plurals import list_usual_rules
from letter.po.faults import PoError
from letter.po.header import header_fields
from letter.po.marks import is_meant
from letter.po.model import Entry, PoFile, is_empty
from letter.po.reader import read_po
from letter.po.untranslated import is_joined

_WARNING_CHECKS = (
    ("addresses", link_addresses.find_moved_addresses),
    ("hidden", spelling.find_hidden_characters),
    ("letters", spelling.find_wrong_letters),
    ("punctuation", spelling.find_foreign_punctuation),
    ("numbers", numbers.find_lost_numbers),
    ("separators", separators.find_foreign_signs),
    ("english", wording.find_english),
    ("spaces", spelling.find_odd_spaces),
    ("pairs", spelling.find_open_pairs),
)
_HABIT_CHECKS = (
    ("length", proportions.find_odd_length),
    ("sentences", proportions.find_odd_sentences),
    ("ending", proportions.find_lost_final),
)
Fault = tuple[Severity, str]


def check_file(
    path: Path,
    language: Language,
    glossary: Glossary | None = None,
    source: str = ENGLISH,
    editions: Collection[str] = (),
    links: AllowedLinks = (),
) -> list[Finding]:
    """Check a file; what keeps the file from being read at all is an error at its line."""
    try:
        return check_catalogue(read_po(path), language, glossary, source, editions, links)
    except PoError as error:
        return [Finding(fault.line, Severity.ERROR, fault.text, "file") for fault in error.faults]


def check_catalogue(
    po: PoFile,
    language: Language,
    glossary: Glossary | None = None,
    source: str = ENGLISH,
    editions: Collection[str] = (),
    links: AllowedLinks = (),
) -> list[Finding]:
    """List all that is wrong with a catalogue, in the order of lines.

    Fuzzy, untranslated and obsolete messages, which aren't shown, are left out, but for a plural
    that has only some of its forms. `source` is the tag of the msgids' language.
    `editions` are the tags of all editions, none where nobody knows them. `links`
    are those that may stand in another's place.
    """
    shown = [entry for entry in po.entries if not (entry.obsolete or entry.fuzzy)]
    rule = language.choose_plural_rule(header_fields(po).get("Plural-Forms", ""))
    writing = find_writing(language)
    line = find_line(po.header) if po.header else 1
    faults = [*_find_header_faults(po, language), *_find_lost_fallbacks(po, editions)]
    findings = [Finding(line, severity, text, "header") for severity, text in faults]
    if po.header and is_joined(po.header):
        text = "msgcat has joined several headers here: keep the lines of one"
        findings.append(Finding(line, Severity.WARNING, text, "header"))
    for entry in shown:
        findings.extend(find_errors(entry, language, rule, source, links))
        findings.extend(_find_missing_forms(entry, rule.nplurals))
    forms = [form for entry in shown for form in list_forms(entry, writing, source, links)]
    findings.extend(_find_warnings(forms))
    pairs = [form.pair for form in forms]
    for index, text in find_wrong_terms(glossary, language.tag, pairs) if glossary else ():
        findings.append(forms[index].report(Severity.WARNING, text, "glossary"))
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.line)


def _find_missing_forms(entry: Entry, nplurals: int) -> Iterator[Finding]:
    """Find a plural with fewer or more forms than the header of its file says."""
    count = len(entry.msgstr)
    if entry.msgid_plural is not None and count != nplurals and not is_empty(entry):
        wrong = f"has {count} plural forms, the header of the file says {nplurals}"
        text = f"this message {wrong}: write msgstr[0] to msgstr[{nplurals - 1}]"
        yield Finding(find_line(entry), Severity.ERROR, text, "plural")


def _find_warnings(forms: Sequence[Form]) -> Iterator[Finding]:
    """Find what only the translator is told; a text kept as it is is checked for that alone."""
    habits = proportions.learn_habits([form.pair for form in forms if _is_typical(form)])
    checks: list[tuple[str, Check]] = list(_WARNING_CHECKS)
    checks += [(name, partial(check, habits=habits)) for name, check in _HABIT_CHECKS]
    for form in forms:
        text = form.pair.text
        if text == form.pair.original.text or (form.other and text == form.other.original.text):
            is_told = not is_meant(form.entry, "english")
            for told in wording.find_english(form.pair) if is_told else ():
                yield form.report(Severity.WARNING, told, "english")
            continue
        doubled: Check = partial(wording.find_doubled_words, written=form.entry.source.text)
        for name, check in [*checks, ("doubled", doubled)]:
            for told in form.run_check(check):
                yield form.report(Severity.WARNING, told, name)


def _is_typical(form: Form) -> bool:
    """Say whether habits can be learned from a form: it is translated, and a plural's last."""
    forms = form.entry.msgstr
    return form.number == len(forms) - 1 and forms[form.number] != form.entry.msgid


def _find_header_faults(po: PoFile, language: Language) -> Iterator[Fault]:
    """Find what is wrong with the header: charset, language, plural rule."""
    if po.header is None:
        text = "the file has no header: copy the first message of locales/letter.pot to its top"
        yield Severity.ERROR, text
        return
    fields = header_fields(po)
    has_plurals = any(e.msgid_plural is not None and not e.obsolete for e in po.entries)
    yield from _find_field_faults(fields, language)
    header = fields.get("Plural-Forms", "")
    yield from _find_plural_faults(header, language, has_plurals=has_plurals)


def _find_field_faults(fields: Mapping[str, str], language: Language) -> Iterator[Fault]:
    """Find another charset than UTF-8, and another language than the folder's."""
    declared = fields.get("Language")
    if "charset=utf-8" not in fields.get("Content-Type", "").lower().replace(" ", ""):
        text = "the header doesn't say UTF-8: write “Content-Type: text/plain; charset=UTF-8”"
        yield Severity.WARNING, text
    wanted = f"write “Language: {language.folder}”"
    if not declared:
        yield Severity.WARNING, f"the header has no language: {wanted}"
    elif find_same_language(declared, [language.tag]) is None:
        text = f"the header says that this is {declared}: {wanted}, or move the file"
        yield Severity.ERROR, text
    elif declared not in (language.tag, language.folder):
        yield Severity.WARNING, f"the header has “Language: {declared}”: {wanted}"


def _find_lost_fallbacks(po: PoFile, editions: Collection[str]) -> Iterator[Fault]:
    """Find the tags in X-Letter-Fallback whose edition can lend nothing, since there is none."""
    there = set(map(fold_tag, editions))
    for tag in read_fallbacks(header_fields(po).get("X-Letter-Fallback", "")):
        folded, told = fold_tag(tag), f"X-Letter-Fallback names {tag[:40]}, which is"
        if folded in there or folded == "none":
            continue
        advice = "write the tags of other editions, or none"
        if folded not in list_known():
            yield Severity.WARNING, f"{told} no language that is known here: {advice}"
        elif there:
            yield Severity.WARNING, f"{told} no edition of this letter: {advice}"


def _find_plural_faults(header: str, language: Language, *, has_plurals: bool) -> Iterator[Fault]:
    """Compare a plural rule with the usual ones by the form of each count, not by its spelling."""
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
    usual = list_usual_rules(language.locale)
    alike = [each for each in usual if each.nplurals == rule.nplurals]
    strays = [_find_stray(rule, each) for each in alike]
    if None in strays or any(rule.refines(each) for each in usual if each not in alike):
        return  # more forms than are needed, or forms for fractions, do no harm
    if strays:
        yield Severity.WARNING, f"the plural rule is wrong for the number {strays[0]}: {wanted}"
    elif usual:
        counts = " or ".join(str(count) for count in sorted({each.nplurals for each in usual}))
        text = f"the header says nplurals={rule.nplurals}, the language needs {counts}"
        yield serious, f"{text}: {wanted}"


@lru_cache(maxsize=256)  # asked at each save of a file, and 2,000 counts long
def _find_stray(one: PluralRule, other: PluralRule) -> int | None:
    """Find the first count to which two plural rules give different forms."""
    return next((n for n in COUNTS if one.index(n) != other.index(n)), None)
