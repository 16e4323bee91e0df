"""What is known of each entry of a catalogue by itself: the same while the entry is the same.

What depends on the other entries as well is in letter.checks.catalogue_checks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from letter.checks import (
    bare_letters,
    characters,
    link_addresses,
    markup,
    numbers,
    separators,
    spelling,
    wording,
)
from letter.checks.allowed_links import AllowedLinks
from letter.checks.findings import (
    Check,
    Finding,
    Form,
    Severity,
    find_errors,
    list_forms,
    report_finding,
)
from letter.checks.glossary import Glossary, TermUse, find_term_uses
from letter.checks.header_checks import choose_own_rule
from letter.checks.lost_flags import find_lost_flags
from letter.checks.proportions import Proportion, measure_proportion
from letter.checks.texts import find_writing
from letter.languages.language import ENGLISH, Language
from letter.po.marks import is_meant
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.po.untranslated import Worth, measure_worth

_WARNING_CHECKS = (
    ("addresses", link_addresses.find_moved_addresses),
    ("hidden", spelling.find_hidden_characters),
    ("characters", characters.find_question_marks),
    ("markup", markup.find_block_marks),
    ("letters", spelling.find_wrong_letters),
    ("composition", spelling.find_decomposed),
    ("punctuation", spelling.find_foreign_punctuation),
    ("numbers", numbers.find_lost_numbers),
    ("separators", separators.find_foreign_signs),
    ("english", wording.find_english),
    ("spaces", spelling.find_odd_spaces),
    ("pairs", spelling.find_open_pairs),
    ("pairs", spelling.find_wrong_closing),
    ("letters", bare_letters.find_bare_letters),
    ("left in", wording.find_leftovers),
    ("twice", wording.find_text_twice),
)


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What is known of one form of an entry: `other` is its proportion to a plural's singular."""

    form: Form
    is_kept: bool  # as it is in the original
    proportion: Proportion
    other: Proportion | None
    uses: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """What is known of an entry; `parts` are what that depends on beside the entry."""

    entry: Entry
    parts: tuple[object, ...]
    forms: tuple[CheckedForm, ...]
    found: tuple[Finding, ...]
    worth: Worth


def check_entries(
    po: PoFile,
    language: Language,
    glossary: Glossary | None = None,
    source: str = ENGLISH,
    links: AllowedLinks = (),
    before: Mapping[Key, CheckedEntry] | None = None,
) -> dict[Key, CheckedEntry]:
    """Check each entry of a catalogue that is shown; what is the same as `before` isn't anew."""
    rule = choose_own_rule(po, language)
    writing = find_writing(language)
    known = before or {}

    def check_entry(entry: Entry) -> CheckedEntry:
        parts = (entry.source.text, language, rule, source, links, glossary)
        same = known.get(entry.key)
        if same and same.parts == parts and same.entry == entry:
            return _move_entry(same, entry)
        forms = list_forms(entry, writing, source, links)
        found = [
            *find_errors(entry, language, rule, source, links),
            *_find_entry_faults(entry, rule.nplurals),
            *(finding for form in forms for finding in _find_warnings(form)),
        ]
        checked = (_check_form(form, language, glossary) for form in forms)
        return CheckedEntry(entry, parts, tuple(checked), tuple(found), measure_worth(entry))

    shown = (entry for entry in po.entries if not (entry.obsolete or entry.fuzzy))
    return {entry.key: check_entry(entry) for entry in shown}


def _move_entry(known: CheckedEntry, entry: Entry) -> CheckedEntry:
    """Move what is known of an entry to the line where the same entry is now."""
    shift = entry.line - known.entry.line
    if not shift:
        return known
    forms = (replace(each, form=replace(each.form, entry=entry)) for each in known.forms)
    found = (replace(finding, line=finding.line + shift) for finding in known.found)
    return replace(known, entry=entry, forms=tuple(forms), found=tuple(found))


def _check_form(form: Form, language: Language, glossary: Glossary | None) -> CheckedForm:
    return CheckedForm(
        form,
        _is_kept(form),
        measure_proportion(form.pair),
        measure_proportion(form.other) if form.other else None,
        tuple(find_term_uses(glossary, language.tag, form.pair)) if glossary else (),
    )


def _is_kept(form: Form) -> bool:
    text = form.pair.text
    return text == form.pair.original.text or bool(form.other and text == form.other.original.text)


def _find_entry_faults(entry: Entry, nplurals: int) -> Iterator[Finding]:
    """Find a plural with fewer or more forms than its header says, and a flag that is none."""
    count = len(entry.msgstr)
    if is_empty(entry):
        return
    if entry.msgid_plural is not None and count != nplurals:
        forms = f"{count} plural form{'s' if count > 1 else ''}"
        wrong = f"has {forms}, the header of the file says {nplurals}"
        text = f"this message {wrong}: write msgstr[0] to msgstr[{nplurals - 1}]"
        yield report_finding(entry, Severity.ERROR, text, "plural")
    yield from find_lost_flags(entry)


def _find_warnings(form: Form) -> Iterator[Finding]:
    """Find what only the translator is told; a text kept as it is is checked for that alone."""
    if _is_kept(form):
        is_told = not is_meant(form.entry, "english")
        for told in wording.find_english(form.pair) if is_told else ():
            yield form.report(Severity.WARNING, told, "english")
        return
    doubled: Check = partial(wording.find_doubled_words, written=form.entry.source.text)
    for name, check in (*_WARNING_CHECKS, ("doubled", doubled)):
        for told in form.run_check(check):
            yield form.report(Severity.WARNING, told, name)
