"""Messages whose original was changed in a catalogue, so that no reader sees their translation."""

from collections.abc import Iterator

from letter.checks.findings import Finding, Severity, report_finding
from letter.po.model import Entry, PoFile
from letter.source.changes import measure_similarity
from letter.source.words import Word, list_changed_words, split_words

_ALIKE = 0.6  # of their words two texts have in common if one is the other with a slip
_MOST = 50  # messages of another letter, above which the file is no catalogue of this letter


def find_edited_originals(po: PoFile, template: PoFile) -> Iterator[Finding]:
    """Find a msgid that no message has but that is nearly a message which the catalogue lacks.

    A catalogue that wasn't brought up to the letter yet is compared with the template of its time.
    """
    known = {entry.key for entry in template.entries if not entry.obsolete}
    own = [entry for entry in po.entries if not entry.obsolete]
    there = {entry.key for entry in own}
    lost = [entry for entry in template.entries if entry.key in known - there]
    strange = [entry for entry in own if entry.key not in known]
    if not lost or len(strange) > _MOST or len(lost) > _MOST:
        return
    for entry in strange:
        nearest = max(lost, key=lambda each: _compare_originals(entry, each))
        if _compare_originals(entry, nearest) >= _ALIKE:
            yield report_finding(entry, Severity.ERROR, _explain_edit(entry, nearest), "original")


def _compare_originals(entry: Entry, other: Entry) -> float:
    if entry.msgctxt != other.msgctxt:
        return 0.0
    return measure_similarity(split_words(entry.msgid), split_words(other.msgid), _ALIKE)


def _explain_edit(entry: Entry, right: Entry) -> str:
    """Say which words of a msgid to write otherwise, or give the msgid where only spaces differ."""
    runs = list_changed_words(entry.msgid, right.msgid, context=2)
    shown = {Word.KEPT: "{}", Word.REMOVED: "[-{}-]", Word.ADDED: "{{+{}+}}"}
    words = " ".join(shown[kind].format(text) for kind, text in runs) or repr(right.msgid)[1:-1]
    wrong = "the msgid was changed, so that readers aren't shown this translation"
    return f"{wrong}: put its own words back, “{words}”"
