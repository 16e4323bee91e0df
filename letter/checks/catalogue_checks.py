"""All that is wrong with a catalogue: the errors of its entries, its warnings, and its header."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from letter.checks import (
    bare_letters,
    link_addresses,
    numbers,
    proportions,
    separators,
    spelling,
    wording,
)
from letter.checks.allowed_links import AllowedLinks
from letter.checks.causes import Told, keep_causes
from letter.checks.edited_originals import find_edited_originals
from letter.checks.findings import (
    Check,
    Finding,
    Form,
    Severity,
    find_errors,
    list_forms,
    report_finding,
)
from letter.checks.glossary import Glossary, find_wrong_terms
from letter.checks.header_checks import find_header_faults
from letter.checks.lost_flags import find_lost_flags
from letter.checks.open_messages import OpenMessages, count_open
from letter.checks.texts import find_writing
from letter.languages.language import ENGLISH, Language
from letter.po.faults import PoError
from letter.po.header import header_fields
from letter.po.marks import is_meant
from letter.po.model import Entry, PoFile, is_empty
from letter.po.reader import read_po

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
    ("letters", bare_letters.find_bare_letters),
    ("left in", wording.find_leftovers),
    ("twice", wording.find_text_twice),
)
_HABIT_CHECKS = (
    ("length", proportions.find_odd_length),
    ("sentences", proportions.find_odd_sentences),
    ("ending", proportions.find_lost_final),
    ("cut", proportions.find_cut_off),
)


def check_file(
    path: Path,
    language: Language,
    glossary: Glossary | None = None,
    source: str = ENGLISH,
    editions: Collection[str] = (),
    links: AllowedLinks = (),
    template: PoFile | None = None,
) -> tuple[list[Finding], OpenMessages]:
    """Check a file, and count what it leaves open.

    What keeps the file from being read at all is an error at its line.
    """
    try:
        po = read_po(path)
    except PoError as error:
        found = [Finding(fault.line, Severity.ERROR, fault.text, "file") for fault in error.faults]
        return found, OpenMessages()
    found = check_catalogue(po, language, glossary, source, editions, links, template)
    edited = sum(finding.check == "original" for finding in found)
    counts = count_open(po, template)
    return found, replace(counts, untranslated=counts.untranslated - edited)


def check_catalogue(
    po: PoFile,
    language: Language,
    glossary: Glossary | None = None,
    source: str = ENGLISH,
    editions: Collection[str] = (),
    links: AllowedLinks = (),
    template: PoFile | None = None,
) -> list[Finding]:
    """List all that is wrong with a catalogue, in the order of lines.

    Fuzzy, untranslated and obsolete messages, which aren't shown, are left out, but for a plural
    that has only some of its forms. `source` is the tag of the msgids' language.
    `editions` are the tags of all editions, none where nobody knows them. `links`
    are those that may stand in another's place. `template` has the messages that there should be.
    """
    shown = [entry for entry in po.entries if not (entry.obsolete or entry.fuzzy)]
    rule = language.choose_plural_rule(header_fields(po).get("Plural-Forms", ""))
    writing = find_writing(language)
    forms = [form for entry in shown for form in list_forms(entry, writing, source, links)]
    pairs = [form.pair for form in forms]
    told: list[Told] = []
    for entry in shown:
        told += [(entry, each) for each in find_errors(entry, language, rule, source, links)]
        told += [(entry, each) for each in _find_entry_faults(entry, rule.nplurals)]
    told += _find_warnings(forms)
    for index, text in find_wrong_terms(glossary, language.tag, pairs) if glossary else ():
        form = forms[index]
        told.append((form.entry, form.report(Severity.WARNING, text, "glossary")))
    findings = [*find_header_faults(po, language, editions), *keep_causes(told, forms)]
    findings += find_edited_originals(po, template) if template else ()
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.line)


def _find_entry_faults(entry: Entry, nplurals: int) -> Iterator[Finding]:
    """Find a plural with fewer or more forms than its header says, and a flag that is none."""
    count = len(entry.msgstr)
    if is_empty(entry):
        return
    if entry.msgid_plural is not None and count != nplurals:
        wrong = f"has {count} plural forms, the header of the file says {nplurals}"
        text = f"this message {wrong}: write msgstr[0] to msgstr[{nplurals - 1}]"
        yield report_finding(entry, Severity.ERROR, text, "plural")
    yield from find_lost_flags(entry)


def _find_warnings(forms: Sequence[Form]) -> Iterator[Told]:
    """Find what only the translator is told; a text kept as it is is checked for that alone."""
    habits = proportions.learn_habits([form.pair for form in forms if _is_typical(form)])
    checks: list[tuple[str, Check]] = list(_WARNING_CHECKS)
    checks += [(name, partial(check, habits=habits)) for name, check in _HABIT_CHECKS]
    for form in forms:
        text = form.pair.text
        if text == form.pair.original.text or (form.other and text == form.other.original.text):
            is_told = not is_meant(form.entry, "english")
            for told in wording.find_english(form.pair) if is_told else ():
                yield form.entry, form.report(Severity.WARNING, told, "english")
            continue
        doubled: Check = partial(wording.find_doubled_words, written=form.entry.source.text)
        for name, check in [*checks, ("doubled", doubled)]:
            for told in form.run_check(check):
                yield form.entry, form.report(Severity.WARNING, told, name)


def _is_typical(form: Form) -> bool:
    """Say whether habits can be learned from a form: it is translated, and a plural's last."""
    forms = form.entry.msgstr
    return form.number == len(forms) - 1 and forms[form.number] != form.entry.msgid
