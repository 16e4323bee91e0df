"""Files that nobody knows the base of: what may be older than the catalogue decides nothing there.

Only what surely is an answer is taken over a text that waits: the translation of an English that
changed, finished under the English of today. Whether a file comes before or after a text was
withdrawn, or before or after a conflict, is not known: what stands in the catalogue stays so.
"""

from collections.abc import Mapping
from dataclasses import replace

from letter.merging.entry_changes import has_same_text
from letter.merging.entry_merge import Verdict
from letter.merging.known_messages import is_waiting, spell_alike
from letter.merging.made_entries import tell_earlier
from letter.merging.message_decisions import list_active
from letter.merging.three_way import (
    Outcome,
    reconcile_catalogues,
    strip_translation,
)
from letter.merging.update import update_catalogue
from letter.po.header import NO_DATE, header_fields
from letter.po.marks import awaits_choice
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.po.untranslated import Worth, measure_worth
from letter.source.words import fold_text

MANY = 5  # messages, one of which is translated: in a file that somebody began anew


def reconcile_unknown(current: PoFile, sent: PoFile) -> tuple[PoFile, list[Outcome]]:
    """Bring a file without a base into the catalogue, as `reconcile_catalogues` does with one.

    The base is made: of the texts that the file may answer to, and of those that it has lost. All
    else in it is new, so that what differs from the catalogue is a conflict.
    """
    here = list_active(current)
    blank = [strip_translation(entry) for entry in here.values()]
    is_new = _was_never_filled(current, sent)
    brought = update_catalogue(spell_alike(sent, current), blank)[0]
    said = list_active(brought)
    named = {
        fold_text(msgid)
        for (_, msgid), entry in list_active(sent).items()
        if not (is_new and is_empty(entry))
    }
    base = [
        replace(ours, comments=())
        for key, ours in here.items()
        if _is_answer(ours, said[key])
        or (_is_less(ours, said[key]) and fold_text(ours.msgid) in named)
    ]
    start = PoFile(sent.path, sent.header, tuple(base))
    unsure = [ours.msgid for key, ours in here.items() if _is_unsure(ours, said[key])]
    merged, outcomes = reconcile_catalogues(start, current, _leave_undecided(brought, here))
    told = [outcome for outcome in outcomes if outcome.msgid not in unsure]
    told += [Outcome(msgid, Verdict.UNSURE) for msgid in unsure]
    return _quote_replaced(here, merged), told


def _was_never_filled(current: PoFile, sent: PoFile) -> bool:
    """Say whether a file was begun from the template: what is empty there was never a text.

    Either no tool has saved such a file, as its placeholder for a date says, or nearly all is empty
    in it, and no text is the catalogue's.
    """
    here, there = list_active(current), list_active(sent)
    dates = [header_fields(po).get("PO-Revision-Date") for po in (current, sent)]
    if dates[1] == NO_DATE != dates[0]:
        return True
    full = {key: entry for key, entry in there.items() if not is_empty(entry)}
    shared = any(key in here and has_same_text(here[key], entry) for key, entry in full.items())
    return len(full) * MANY <= len(there) and not shared


def _is_answer(ours: Entry, theirs: Entry) -> bool:
    """Say whether a file finishes a translation that waits since its English changed."""
    is_finished = not theirs.fuzzy and measure_worth(theirs) is Worth.WHOLE
    return is_finished and is_waiting(ours) and not awaits_choice(ours)


def _is_less(ours: Entry, theirs: Entry) -> bool:
    """Say whether a file has nothing, or the English, where the catalogue has a text."""
    return measure_worth(theirs) <= Worth.COPY < measure_worth(ours)


def _is_unsure(ours: Entry, theirs: Entry) -> bool:
    """Say whether the same text is fuzzy on one side only, and nobody knows which is later."""
    if ours.fuzzy == theirs.fuzzy or is_empty(ours) or not has_same_text(ours, theirs):
        return False
    if theirs.fuzzy:  # since the English changed, or withdrawn
        return theirs.previous_msgid is None
    return not _is_answer(ours, theirs)


def _leave_undecided(sent: PoFile, here: Mapping[Key, Entry]) -> PoFile:
    """Make fuzzy, in what was sent, each text that is finished there and is no answer.

    The same text that waits there, and not here, is finished as here.
    """
    entries = []
    for theirs in sent.entries:
        ours = None if theirs.obsolete else here.get(theirs.key)
        if ours and ours.fuzzy and not (theirs.fuzzy or _is_answer(ours, theirs)):
            theirs = replace(theirs, flags=("fuzzy", *theirs.flags))
        elif ours and theirs.fuzzy and _is_unsure(ours, theirs):
            theirs = replace(theirs, flags=tuple(f for f in theirs.flags if f != "fuzzy"))
        entries.append(theirs)
    return replace(sent, entries=tuple(entries))


def _quote_replaced(here: Mapping[Key, Entry], merged: PoFile) -> PoFile:
    """Keep each waiting text that was replaced as a comment: who sent the file may not know it."""
    waiting = {key: entry for key, entry in here.items() if entry.fuzzy}
    entries = tuple(
        entry if entry.obsolete else tell_earlier(entry, waiting.get(entry.key))
        for entry in merged.entries
    )
    return replace(merged, entries=entries)
