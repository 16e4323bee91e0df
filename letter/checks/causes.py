"""One finding for one cause: what only follows from another fault of a text is left out.

A paragraph left in English lacks the glossary's terms, is in the wrong script, has another length.
Each of these is true, and none of them says what happened.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from letter.checks.findings import Finding, Form, Severity, find_line
from letter.checks.misplaced import find_exchanged, find_other_places
from letter.po.model import Entry

Told = tuple[Entry, Finding]
_Place = tuple[int, int]  # which entry, and the line of a form in it

# What is wrong with a whole text: nothing else in it is worth a look.
_WHOLE = ("joined", "encoding", "empty", "place", "english", "script", "twice", "cut")
# Which of these are mere effects of words that were left in, where "left in" is found as well.
_OF_LEFTOVER = ("script", "cut")
# What follows from a part that isn't translated. A part can have faults of its own.
_OF_ENGLISH = frozenset(
    ("glossary", "length", "sentences", "ending", "separators", "punctuation", "doubled", "pairs")
)
_EFFECTS = {
    "letters": frozenset(("glossary",)),
    "left in": frozenset(("ending", "length", "sentences", "glossary")),
    "length": frozenset(("sentences", "glossary")),
    "sentences": frozenset(("ending", "glossary")),
    "numbers": frozenset(("separators",)),
    "placeholders": frozenset(("pairs",)),
}
# By which a text that stands in two places is told to belong to the other one.
_OF_WORDS = frozenset(
    ("glossary", "numbers", "length", "sentences", "placeholders", "addresses", "english", "script")
)


def keep_causes(told: Sequence[Told], forms: Sequence[Form]) -> Iterator[Finding]:
    """Leave out findings that follow from another one of the same text."""
    by_text: dict[_Place, list[Finding]] = defaultdict(list)
    for entry, finding in told:
        by_text[id(entry), finding.line].append(finding)
    counts = dict(_count_by_form(forms, by_text))
    pairs = [form.pair for form in forms]
    for index, text in (*find_other_places(pairs, counts), *find_exchanged(pairs, counts)):
        finding = forms[index].report(Severity.WARNING, text, "place")
        by_text[id(forms[index].entry), finding.line].append(finding)
    for findings in by_text.values():
        yield from _leave_out_effects(findings)


def _count_by_form(
    forms: Sequence[Form], by_text: Mapping[_Place, Sequence[Finding]]
) -> Iterator[tuple[int, int]]:
    """Count the findings about words of each form that has some."""
    entries = {entry for entry, _ in by_text}
    for index, form in enumerate(forms):
        if id(form.entry) in entries:
            found = by_text.get((id(form.entry), find_line(form.entry, form.number)), ())
            if count := sum(finding.check in _OF_WORDS for finding in found):
                yield index, count


def _leave_out_effects(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out of one text's findings what has its cause in another one.

    What hides an error is an error itself: the text is kept from readers.
    """
    checks = {finding.check for finding in findings}
    whole = next((name for name in _WHOLE if name in checks), None)
    if whole in _OF_LEFTOVER and "left in" in checks:
        whole = "left in"
    if whole not in (None, "english"):
        worst = min(finding.severity for finding in findings)  # "error" before "warning"
        cause = next(finding for finding in findings if finding.check == whole)
        yield replace(cause, severity=worst)
        return
    effects = frozenset[str]().union(*(_EFFECTS.get(check, ()) for check in checks))
    if whole == "english":
        effects |= _OF_ENGLISH
    for finding in findings:
        if finding.check == "english" and "script" in checks:
            yield replace(finding, severity=Severity.ERROR)
        elif finding.check not in effects and not (whole and finding.check == "script"):
            yield finding
