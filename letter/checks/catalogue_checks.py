"""All that is wrong with a catalogue: its entries, by themselves and together, and its header."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from letter.checks import proportions
from letter.checks.allowed_links import AllowedLinks
from letter.checks.causes import Told, keep_causes
from letter.checks.checked_entries import CheckedEntry, CheckedForm, check_entries
from letter.checks.edited_originals import find_edited_originals
from letter.checks.file_causes import join_over_file
from letter.checks.findings import Finding, Form, Severity
from letter.checks.glossary import Glossary, find_rare_names
from letter.checks.header_checks import declares_other, find_header_faults
from letter.checks.open_messages import OpenMessages, count_open
from letter.languages.language import ENGLISH, Language
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import read_po

_HABIT_CHECKS = (
    ("length", proportions.tell_odd_length),
    ("sentences", proportions.tell_odd_sentences),
    ("ending", proportions.tell_lost_final),
    ("cut", proportions.tell_cut_off),
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
    checked = check_entries(po, language, glossary, source, links)
    return gather_findings(po, language, checked.values(), editions, template)


def gather_findings(
    po: PoFile,
    language: Language,
    checked: Collection[CheckedEntry],
    editions: Collection[str] = (),
    template: PoFile | None = None,
) -> list[Finding]:
    """List all that is wrong with a catalogue whose entries are `checked` by themselves."""
    forms = [form for each in checked for form in each.forms]
    told = [(each.entry, finding) for each in checked for finding in each.found]
    # Which counts a form is for isn't known where a message has too few forms.
    short = {id(entry) for entry, finding in told if finding.check == "plural"}
    odd = (each for each in _find_odd_proportions(forms) if id(each[0]) not in short)
    told += chain(odd, _find_wrong_terms(forms))
    causes = keep_causes(told, [each.form for each in forms])
    is_other = declares_other(po, language)
    findings = [*find_header_faults(po, language, editions)]
    findings += join_over_file([*causes], [each.form.pair for each in forms], is_other=is_other)
    findings += find_edited_originals(po, template) if template else ()
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.line)


def _find_odd_proportions(forms: Sequence[CheckedForm]) -> Iterator[Told]:
    """Find what isn't as it usually is in the file; of a plural, beside both original texts."""
    habits = proportions.learn_habits([each.proportion for each in forms if _is_typical(each.form)])
    for each in forms:
        for name, tell in () if each.is_kept else _HABIT_CHECKS:
            told = tell(each.proportion, habits)
            if told and not (each.other and not tell(each.other, habits)):
                yield each.form.entry, each.form.report(Severity.WARNING, told, name)


def _is_typical(form: Form) -> bool:
    """Say whether habits can be learned from a form: it is translated, and a plural's last."""
    forms = form.entry.msgstr
    return form.number == len(forms) - 1 and forms[form.number] != form.entry.msgid


def _find_wrong_terms(forms: Sequence[CheckedForm]) -> Iterator[Told]:
    """Find terms that aren't as in the glossary, and names that are translated in two ways."""
    wrong = [(index, use.told) for index, each in enumerate(forms) for use in each.uses if use.told]
    for index, told in chain(wrong, find_rare_names([each.uses for each in forms])):
        form = forms[index].form
        yield form.entry, form.report(Severity.WARNING, told, "glossary")
