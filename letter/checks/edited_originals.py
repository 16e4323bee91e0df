"""Messages that the letter doesn't have, in the place of its own: nobody is shown their texts.

Whether the letter was changed after the file, or a slip changed the msgid, no file can tell. So
nobody is told to write a msgid anew: the translation may be made for the words that stand there.
scripts/update.py keeps such a translation as unfinished.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from letter.checks.findings import Finding, Severity, quote_start, report_finding
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.source.changes import measure_similarity
from letter.source.message_kinds import is_name
from letter.source.words import fold_text, show_changed_words, split_words

_ALIKE = 0.6  # of their words two texts have in common if one is the other with a slip
_MOST = 2_500  # pairs of messages that are compared
_Place = tuple[Key | None, Key | None]  # the messages around, which both files have
_UNSEEN = "so that readers aren't shown this translation: run scripts/update.py, which"


def find_edited_originals(po: PoFile, template: PoFile) -> Iterator[Finding]:
    """Find messages that a template lacks, nearly or in the place of one that the file lacks."""
    asked = [entry for entry in template.entries if not entry.obsolete]
    own = [entry for entry in po.entries if not entry.obsolete]
    known, there = ({entry.key for entry in entries} for entries in (asked, own))
    lost = {entry.key: entry for entry in asked if entry.key not in there}
    strange = [entry for entry in own if entry.key not in known]
    name = Path(template.path).name
    if len(lost) * len(strange) > _MOST:
        text = f"{len(strange)} messages of this file aren't in {name}, and this is the first"
        advice = "run scripts/update.py, which brings the file up to it"
        yield report_finding(strange[0], Severity.ERROR, f"{text}: {advice}", "outdated")
        return
    pairs = _pair_places(find_runs_between(own, known), find_runs_between(asked, there))
    for entry in strange:
        nearest = max(lost.values(), key=lambda each: _compare_originals(entry, each), default=None)
        at_place = pairs.get(entry.key)
        if nearest and _compare_originals(entry, nearest) >= _ALIKE:
            text = _explain_edit(entry, nearest, name)
        elif at_place and at_place.key in lost and not is_name(at_place):
            nearest, text = at_place, _explain_stranger(entry, at_place, name)
        else:
            continue
        del lost[nearest.key]
        yield report_finding(entry, Severity.ERROR, text, "original")


def _compare_originals(entry: Entry, other: Entry) -> float:
    if entry.msgctxt != other.msgctxt:
        return 0.0
    return measure_similarity(split_words(entry.msgid), split_words(other.msgid), _ALIKE)


def find_runs_between(
    entries: Sequence[Entry], shared: Collection[Key]
) -> dict[_Place, list[Entry]]:
    """Find the entries that another file lacks, by the nearest two around that it has."""
    places: dict[_Place, list[Entry]] = {}
    run: list[Entry] = []
    before: Key | None = None
    for key, entry in (*((entry.key, entry) for entry in entries), (None, None)):
        if entry and key not in shared:
            run.append(entry)
            continue
        places[before, key] = run
        run, before = [], key
    return places


def _pair_places(
    own: Mapping[_Place, Sequence[Entry]], asked: Mapping[_Place, Sequence[Entry]]
) -> dict[Key, Entry]:
    """Pair what a file has with what a template has in the same place, where it is one for one."""
    pairs = ((run, asked.get(place, ())) for place, run in own.items())
    return {run[0].key: found[0] for run, found in pairs if len(run) == len(found) == 1}


def _explain_edit(entry: Entry, right: Entry, name: str) -> str:
    """Say which words a template has otherwise, and what update.py makes of that."""
    if fold_text(entry.msgid) == fold_text(right.msgid):
        return f"{name} has other spaces or quotes in this msgid, {_UNSEEN} mends the msgid"
    words = show_changed_words(entry.msgid, right.msgid, context=2) or repr(right.msgid)[1:-1]
    return f"{name} has other words here, “{words}”, {_UNSEEN} marks it as unfinished"


def _explain_stranger(entry: Entry, right: Entry, name: str) -> str:
    """Say what a template has in the place of a msgid that may be the translation itself."""
    wrong = f"this msgid isn't in {name}, which has “{quote_start(right.msgid)}” in its place"
    if is_empty(entry):
        kept = "the text is kept as fuzzy if it is a translation: confirm it then"
        return f"{wrong}: run scripts/update.py, which puts that passage here ({kept})"
    return f"{wrong}, {_UNSEEN} puts that passage here"
