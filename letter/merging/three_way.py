"""The three-way merge of a catalogue: what each side changed since a common base, both kept.

All three are first brought to the same messages, so that a translation of an English text that has
since changed arrives as outdated and never stands, finished, under another sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from letter.merging.update import update_catalogue
from letter.po.header import header_fields, set_header_fields
from letter.po.marks import is_mark, quote_earlier, quote_other
from letter.po.model import NO_SOURCE, Entry, Key, PoFile, is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

# Not Language-Team: Lokalize puts its own into every file it saves.
WHO = ("PO-Revision-Date", "Last-Translator")


class Verdict(StrEnum):
    """What became of an entry that the other side changed."""

    TAKEN = "taken"
    CONFLICT = "conflict"
    OUTDATED = "outdated"
    SUPERSEDED = "superseded"
    GONE = "gone"


REASONS = {
    Verdict.TAKEN: "taken",
    Verdict.CONFLICT: "changed here too: both texts are in the entry, which is marked fuzzy",
    Verdict.OUTDATED: "the English has changed since: the entry is marked fuzzy",
    Verdict.SUPERSEDED: "the English has changed, and is translated anew: kept as a comment",
    Verdict.GONE: "no longer in the letter: kept among the obsolete entries",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry, by its msgid in the result."""

    msgid: str
    verdict: Verdict


def reconcile_catalogues(
    base: PoFile, ours: PoFile, theirs: PoFile, template: Sequence[Entry] | None = None
) -> tuple[PoFile, list[Outcome]]:
    """Bring into ours what theirs changed since base; nothing that anyone wrote is thrown away.

    The result has the messages of the template, those of ours if none is given.
    """
    if template is None:
        template = [entry for entry in ours.entries if not entry.obsolete]
    blank = [strip_translation(entry) for entry in template]
    known, said = _list_active(base), _list_active(theirs)
    base, ours, theirs = (update_catalogue(po, blank)[0] for po in (base, ours, theirs))
    before = {(entry.key, entry.obsolete): entry for entry in base.entries}
    for key, entry in said.items():
        # What they wrote under this very message is compared with what stood under it, and not
        # with what bringing the base up to date has put there from another message.
        if key in known and not is_empty(entry):
            before[key, False] = known[key]
    sent = {(entry.key, entry.obsolete): entry for entry in theirs.entries}
    outcomes: list[Outcome] = []
    entries = []
    for entry in ours.entries:
        name = (entry.key, entry.obsolete)
        merged, verdict = _merge_entry(before.get(name), entry, sent.pop(name, None))
        entries.append(merged)
        if verdict:
            outcomes.append(Outcome(entry.msgid, verdict))
    active = {entry.key for entry in ours.entries if not entry.obsolete}
    outdated = {entry.previous_msgid for entry in theirs.entries if entry.fuzzy}
    for (key, _), entry in sent.items():
        known_comments = before[key, True].comments if (key, True) in before else ()
        is_new = _is_changed(before.get((key, True)), entry)
        if key not in active and (is_new or not set(entry.comments) <= set(known_comments)):
            entries.append(replace(entry, source=NO_SOURCE))
            if entry.msgid not in outdated:
                outcomes.append(Outcome(entry.msgid, Verdict.GONE))
    return replace(ours, entries=tuple(entries)), outcomes


def merge_headers(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the header fields that theirs changed; of two revisions the later one."""
    old, mine, other = header_fields(base), header_fields(ours), header_fields(theirs)
    changed: dict[str, str | None] = {
        name: other.get(name)
        for name in {**old, **other}
        if other.get(name) != old.get(name) and mine.get(name) == old.get(name)
    }
    if other.get(WHO[0], "") > mine.get(WHO[0], ""):
        changed |= {name: other[name] for name in WHO if other.get(name)}
    return merge_header_comments(base, set_header_fields(ours, changed), theirs)


def merge_header_comments(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the lines above the header, where translators are named."""
    if ours.header is None or theirs.header is None:
        return ours
    comments = merge_comments(base.header, ours.header, theirs.header)
    return replace(ours, header=replace(ours.header, comments=comments))


def merge_structures(base: PoFile, ours: PoFile, theirs: PoFile) -> list[Entry]:
    """Give the messages that a merge of two branches should have, in order.

    A message that either side dropped is dropped, one that either side added is added after the
    one it stood behind.
    """
    old, mine, other = (_list_active(po) for po in (base, ours, theirs))
    if list(other) == list(old):
        return list(mine.values())
    if list(mine) == list(old):
        return list(other.values())
    merged = [entry for key, entry in mine.items() if key in other or key not in old]
    last: Key | None = None
    for key, entry in other.items():
        known = {e.key: place for place, e in enumerate(merged)}
        if key not in known and key not in old:
            merged.insert(known[last] + 1 if last in known else 0, entry)
        last = key if key in known or key not in old else last
    return merged


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


def _merge_entry(
    base: Entry | None, ours: Entry, theirs: Entry | None
) -> tuple[Entry, Verdict | None]:
    """Merge one message; no verdict where the other side has nothing to say."""
    if theirs is None:
        return ours, None
    comments = merge_comments(base, ours, theirs)
    kept = replace(ours, comments=comments)
    unsaid = Verdict.TAKEN if comments != ours.comments else None
    # An emptied entry takes nothing away: OmegaT empties every fuzzy one by itself.
    if is_empty(theirs) or not _is_changed(base, theirs) or _say(ours) == _say(theirs):
        return kept, unsaid
    if ours.obsolete:
        told = quote_earlier(theirs)
        is_ours_old = not _is_changed(base, ours)
        return (
            replace(kept, msgstr=theirs.msgstr) if is_ours_old else _comment(kept, told)
        ), Verdict.GONE
    if len(theirs.msgstr) != len(ours.msgstr):
        return _mark_conflict(kept, theirs)
    verdict = Verdict.OUTDATED if theirs.previous_msgid is not None else Verdict.TAKEN
    if is_empty(ours) or (not _is_changed(base, ours) and (base or ours.fuzzy)):
        return replace(theirs, comments=comments, source=ours.source), verdict
    if ours.msgstr == theirs.msgstr:
        done = replace(theirs, comments=comments, source=ours.source)
        return (kept, unsaid) if theirs.fuzzy else (done, Verdict.TAKEN)
    if verdict is Verdict.OUTDATED and not ours.fuzzy:
        if base is not None and base.msgstr == ours.msgstr:
            # The correction of the English was a minor one, and its translation stays finished.
            return replace(kept, msgstr=theirs.msgstr), Verdict.TAKEN
        return _comment(kept, quote_earlier(theirs)), Verdict.SUPERSEDED
    return _mark_conflict(kept, theirs)


def _mark_conflict(kept: Entry, theirs: Entry) -> tuple[Entry, Verdict | None]:
    """Keep both texts, for a person to choose; one who has chosen is not asked again."""
    told = quote_other(theirs)
    if told in kept.comments:
        return kept, None
    flags = kept.flags if kept.fuzzy else ("fuzzy", *kept.flags)
    return replace(_comment(kept, told), flags=flags), Verdict.CONFLICT


def _comment(entry: Entry, line: str) -> Entry:
    if line in entry.comments:
        return entry
    return replace(entry, comments=(*entry.comments, line))


def merge_comments(base: Entry | None, ours: Entry, theirs: Entry) -> tuple[str, ...]:
    """Merge translators' comments: what either side added stays, what theirs took out goes."""
    old = base.comments if base else ()
    if theirs.comments == old:
        return ours.comments
    kept = [line for line in ours.comments if line in theirs.comments or line not in old]
    kept += [line for line in theirs.comments if line not in kept and line not in old]
    return tuple(kept)


def _is_changed(base: Entry | None, entry: Entry) -> bool:
    if base is None:
        return not is_empty(entry)
    return _say(base) != _say(entry)


def _say(entry: Entry) -> tuple[tuple[str, ...], bool, str | None]:
    # Who confirms the translation of an English text that has changed again has changed this.
    return entry.msgstr, entry.fuzzy, entry.previous_msgid if entry.fuzzy else None


def _list_active(po: PoFile) -> dict[Key, Entry]:
    return {entry.key: entry for entry in po.entries if not entry.obsolete}
