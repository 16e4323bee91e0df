"""The three-way merge of a catalogue: what each side changed since a common base, both kept.

All three are first brought to the same messages. A translation of an English text that has since
changed then arrives as outdated, and never stands, finished, under another sentence.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from letter.merging.comment_merge import restore_comments
from letter.merging.entry_changes import has_same_text, is_changed, put_text
from letter.merging.entry_merge import REASONS, Verdict, merge_entry
from letter.merging.known_messages import find_origin, is_waiting, spell_alike
from letter.merging.mended_marks import mend_parts
from letter.merging.message_decisions import is_minor_entry, list_active
from letter.merging.message_order import find_lost
from letter.merging.update import update_catalogue
from letter.po.marks import is_mark, strip_marks
from letter.po.model import (
    NO_SOURCE,
    Entry,
    FullKey,
    Key,
    PoFile,
    is_empty,
    is_finished,
    shorten_text,
)
from letter.po.untranslated import Worth, measure_worth

# What may become of a whole file: of each kind, so many are told one by one.
COUNTED = (Verdict.KEPT, Verdict.COPIED, Verdict.WITHDRAWN, Verdict.UNSURE)
NAMED = 5

Named = dict[FullKey, Entry]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry, by its msgid in the result."""

    msgid: str
    verdict: Verdict
    line: int = 0  # of the entry in the result as it is written, where that is known


def explain_outcomes(outcomes: Sequence[Outcome], path: str) -> Iterator[str]:
    """Say in a line for each entry that a person should look at what became of the entry.

    Of texts that a side has lost or withdrawn a few are named and the others counted: a part of a
    file may have been sent.
    """
    counts: Counter[Verdict] = Counter()
    for outcome in outcomes:
        counts[outcome.verdict] += 1
        is_named = outcome.verdict not in COUNTED or counts[outcome.verdict] <= NAMED
        if outcome.verdict is not Verdict.TAKEN and is_named:
            place = f"{path}:{outcome.line}" if outcome.line else path
            yield f"{place}: {shorten_text(outcome.msgid, 50)}: {REASONS[outcome.verdict]}"
    for verdict in COUNTED:
        if counts[verdict] > NAMED:
            yield f"{path}: {counts[verdict] - NAMED} more: {REASONS[verdict]}"


def reconcile_catalogues(
    base: PoFile, ours: PoFile, theirs: PoFile, template: Sequence[Entry] | None = None
) -> tuple[PoFile, list[Outcome]]:
    """Bring into ours what theirs changed since base; nothing that anyone wrote is thrown away.

    The result has the messages of the template, those of ours if none is given. The outcomes name
    each entry of which theirs had something to say, and each text that a side has lost.
    """
    of_branches = template is not None
    template = template if template is not None else list(list_active(ours).values())
    blank = [strip_translation(entry) for entry in template]
    base = spell_alike(base, ours)
    theirs = restore_comments(base, spell_alike(theirs, ours, base))
    sides = (base, restore_comments(base, ours), theirs)
    old, mine, other = (update_catalogue(po, blank)[0] for po in sides)
    brought = [name_entries(po) for po in (old, mine, other)]
    before, here, sent = _finish_corrected(sides, brought)
    before |= {entry.full_key: entry for entry in _forget_confirmed(sides, brought)}
    before |= _find_base_entries(base, theirs)
    merged = [merge_entry(before.get(name), here[name], sent.get(name)) for name in here]
    entries = [entry for entry, _ in merged]
    outcomes = [Outcome(entry.msgid, verdict) for entry, verdict in merged if verdict]
    waiting = {entry.previous_msgid for entry in other.entries if entry.fuzzy}
    mine = replace(mine, entries=tuple(entries))
    for entry in _list_brought(base, old, mine, other, of_branches=of_branches):
        entries.append(replace(entry, source=NO_SOURCE))
        # What waits under a later msgid has its outcome there.
        if entry.msgid not in waiting:
            outcomes.append(Outcome(entry.msgid, Verdict.GONE))
    entries = mend_parts(entries, (entry for entry in entries if entry.obsolete))
    return replace(mine, entries=tuple(entries)), outcomes


def _finish_corrected(files: Sequence[PoFile], brought: Sequence[Named]) -> list[Named]:
    """Finish what waits only since a spelling was corrected, where a side let the text stand.

    The first file is the base. Its text is the base of what both sides have finished: beside an
    outdated base, the side that let the text stand would seem to have written the text. What
    waited before the correction goes on to wait.
    """
    known = [list_active(po) for po in files]
    finished = [dict(named) for named in brought]
    for name, entry in brought[0].items():
        base = _finish_earlier(known[0], entry)
        sides = [side[name] for side in brought[1:] if base and name in side]
        if base is None or len(sides) < 2:
            continue
        if all(map(is_finished, sides)):
            finished[0][name] = base
        for place, (side, other) in enumerate((sides, sides[::-1]), 1):
            lets_stand = is_finished(other) and has_same_text(other, base)
            if lets_stand and not has_same_text(side, base):
                edited = _finish_earlier(known[place], side)
                if edited:
                    finished[0][name], finished[place][name] = base, edited
    return finished


def _finish_earlier(known: Mapping[Key, Entry], entry: Entry) -> Entry | None:
    """Give a text as it was finished under an earlier spelling; None for what waited, or is new."""
    was = _find_earlier(known, entry)
    if was is None or not (is_finished(was) and is_minor_entry(was, entry)):
        return None
    return replace(put_text(entry, was), comments=strip_marks(entry.comments))


def _find_earlier(known: Mapping[Key, Entry], entry: Entry) -> Entry | None:
    """Find the entry from which a text that waits was brought to the message of today."""
    context, msgid, _ = find_origin(entry)
    was = known.get((context, msgid)) if is_waiting(entry) else None
    return was if was and has_same_text(was, entry) else None


def _forget_confirmed(files: Sequence[PoFile], brought: Sequence[Named]) -> Iterator[Entry]:
    """Give the base's entries without the texts that a side has confirmed under an earlier English.

    Brought to the messages of today the text waits on either, and nothing else would tell that
    somebody chose the text since.
    """
    known = [list_active(po) for po in files]
    for name, entry in brought[0].items():
        was = _find_earlier(known[0], entry)
        if was and was.fuzzy:
            sides = [(po, side.get(name)) for po, side in zip(known[1:], brought[1:], strict=True)]
            found = [_find_earlier(po, side) for po, side in sides if side]
            if any(each and is_finished(each) and has_same_text(each, was) for each in found):
                yield replace(put_text(entry, Entry("")), msgstr=("",) * len(entry.msgstr))


def _find_base_entries(base: PoFile, theirs: PoFile) -> dict[FullKey, Entry]:
    """Find what the base had under the messages that theirs translates, as the base had it.

    Bringing the base up to date may put an outdated translation under a message. What theirs
    wrote under this very message is compared with what theirs saw there, and not with the outdated
    translation.
    """
    known = list_active(base)
    said = (entry.key for entry in theirs.entries if not entry.obsolete and not is_empty(entry))
    return {(key, False): known[key] for key in said if key in known}


def _list_brought(
    base: PoFile, old: PoFile, merged: PoFile, other: PoFile, *, of_branches: bool
) -> Iterator[Entry]:
    """List the obsolete entries that the merge lacks, and without which something would be lost.

    That is what theirs says of a message and the base, brought to the same messages (`old`), does
    not; and a text that the base had in use, and that no entry of the merge has. Of two branches,
    an obsolete entry that one dropped stays, as most editors drop such entries without a question;
    a catalogue that was pruned doesn't get it back from a mail.
    """
    here = {entry.key for entry in merged.entries}
    texts = {entry.msgstr for entry in merged.entries}
    known = {entry.key: entry for entry in old.entries if entry.obsolete}
    lost = find_lost(base, merged)
    for entry in other.entries:
        if entry.obsolete and entry.key not in here:
            before = known.get(entry.key)
            comments = before.comments if before else ()
            is_text = is_changed(before, entry) and measure_worth(entry) > Worth.COPY
            is_new = is_text or not set(entry.comments) <= set(comments)
            if is_new or (of_branches and entry.msgstr not in texts):
                lost.discard(entry.key)
                yield entry
    for key, entry in list_active(base).items():
        if key in lost:
            yield replace(entry, obsolete=True, extracted=(), references=())


def name_entries(po: PoFile) -> dict[FullKey, Entry]:
    """List all entries of a file by what names them there."""
    return {entry.full_key: entry for entry in po.entries}


def strip_translation(entry: Entry) -> Entry:
    """Give the message of an entry as a template has it."""
    return Entry(
        entry.msgid,
        ("",) * len(entry.msgstr),
        entry.msgctxt,
        entry.msgid_plural,
        extracted=tuple(line for line in entry.extracted if not is_mark(line)),
        references=entry.references,
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
    )
