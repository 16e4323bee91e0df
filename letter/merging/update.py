"""Bringing a catalogue up to a changed letter; nothing that translators wrote is lost or disturbed.

A changed message keeps its translation as fuzzy, with the previous msgid and the words that
changed. What left the letter becomes obsolete, and is revived when it returns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.merging.message_decisions import (
    LEAVING,
    Decision,
    Fate,
    decide_messages,
    find_previous,
    list_active,
)
from letter.po.header import header_fields
from letter.po.marks import is_mark, mark_changed, mark_split, quote_earlier
from letter.po.model import Entry, PoFile, is_empty
from letter.source.words import show_changed_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMAT_FLAG = re.compile(r"(?:no-)?[a-z-]+-format|range:.*")


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing one catalogue up to the letter did, message by message (msgids)."""

    kept: int
    outdated: list[tuple[str, str]]  # msgid, and its changed words
    split: list[tuple[str, str]]  # part, and the whole it was in
    corrected: list[tuple[str, str]]  # msgid, and its changed words: let through by `minor`
    new: list[str]
    revived: list[str]
    gone: list[str]
    words_to_do: int  # English words of messages that are fuzzy or empty


def update_catalogue(
    po: PoFile, template: Sequence[Entry], *, minor: bool = False
) -> tuple[PoFile, Update]:
    """Bring a catalogue to the messages of a template, in its order; no date is changed.

    With `minor`, a message in which only spelling or punctuation was corrected keeps its finished
    translation. Messages that the template lacks become obsolete, whatever brought them.
    """
    return apply_decisions(po, decide_messages(po, template, minor=minor))


def apply_decisions(po: PoFile, decisions: Sequence[Decision]) -> tuple[PoFile, Update]:
    """Make the new catalogue from what was decided for each message, and the report."""
    nplurals = _count_plurals(po)
    active = list_active(po)
    obsolete = {entry.key: entry for entry in po.entries if entry.obsolete}
    made = []
    for decision in decisions:
        key = decision.entry.key
        if decision.fate not in LEAVING:
            there, older = active.get(key), obsolete.pop(key, None)
            entry = _make_entry(decision, there, nplurals)
            made.append(_gather_comments(entry, there, older))
        elif decision.fate is not Fate.MOVED and _holds_anything(decision.entry):
            entry = _tell_earlier(decision.entry, obsolete.get(key))
            obsolete[key] = replace(entry, obsolete=True, extracted=(), references=())
    entries = _order_entries(po, made, list(obsolete.values()))
    return replace(po, entries=entries), _report_update(decisions, made)


def _report_update(decisions: Sequence[Decision], made: Sequence[Entry]) -> Update:
    def list_msgids(fate: Fate) -> list[str]:
        return [d.entry.msgid for d in decisions if d.fate is fate]

    def list_words(*fates: Fate) -> list[tuple[str, str]]:
        return [(d.entry.msgid, d.words) for d in decisions if d.fate in fates]

    waiting = [entry for entry in made if entry.fuzzy or is_empty(entry)]
    return Update(
        kept=len(list_msgids(Fate.KEPT) + list_msgids(Fate.EMPTY)),
        outdated=list_words(Fate.OUTDATED, Fate.JOINED),
        split=[(d.entry.msgid, d.known.msgid) for d in decisions if d.fate is Fate.SPLIT],
        corrected=list_words(Fate.CORRECTED),
        new=list_msgids(Fate.NEW),
        revived=list_msgids(Fate.REVIVED),
        gone=list_msgids(Fate.GONE),
        words_to_do=sum(len(entry.msgid.split()) for entry in waiting),
    )


def _make_entry(decision: Decision, there: Entry | None, nplurals: int) -> Entry:
    """Make the entry of a message; `there` is the entry that the message had, if any."""
    entry, known = decision.entry, decision.known
    match decision.fate:
        case Fate.NEW | Fate.EMPTY:
            return _make_empty(entry, there, nplurals)
        case Fate.SPLIT:
            # No part gets the whole translation as its own: each shows where to take its words.
            made = _make_empty(entry, there, nplurals)
            return replace(made, extracted=entry.extracted + mark_split(known))
        case Fate.OUTDATED | Fate.JOINED:
            return _make_outdated(decision, nplurals)
        case Fate.CORRECTED:
            corrected = replace(known, msgid=entry.msgid, msgid_plural=entry.msgid_plural)
            return _describe(entry, corrected)
        case _:
            return _describe(entry, replace(known, obsolete=False) if known.obsolete else known)


def _make_empty(entry: Entry, there: Entry | None, nplurals: int) -> Entry:
    if there is None:
        return replace(entry, msgstr=_fit_forms(entry, ("",), nplurals))
    if there.msgid_plural != entry.msgid_plural:
        msgstr = _fit_forms(entry, there.msgstr, nplurals)
        there = replace(there, msgid_plural=entry.msgid_plural, msgstr=msgstr)
    return _describe(entry, there)


def _make_outdated(decision: Decision, nplurals: int) -> Entry:
    """Keep a translation as fuzzy, with the English it was made from and the changed words."""
    entry, known = decision.entry, decision.known
    previous, plural = find_previous(known)
    msgstr = _fit_forms(entry, known.msgstr, nplurals)
    comments = known.comments
    if not set(known.msgstr) <= set(msgstr):  # a plural form has no more room
        comments = (*comments, quote_earlier(known))
    return replace(
        known,
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        msgid_plural=entry.msgid_plural,
        msgstr=msgstr,
        comments=comments,
        extracted=(*entry.extracted, mark_changed(decision.words)),
        references=entry.references,
        flags=_merge_flags(("fuzzy", *(f for f in known.flags if f != "fuzzy")), entry.flags),
        previous_msgctxt=known.msgctxt if known.msgctxt != entry.msgctxt else None,
        previous_msgid=previous,
        previous_msgid_plural=plural,
    )


def _describe(entry: Entry, known: Entry) -> Entry:
    """Take notes, references and flags from the template; the translation stays as it is.

    Our marks and the previous msgid stay as long as the translation waits for a person.
    """
    marks: tuple[str, ...] = ()
    if known.fuzzy or is_empty(known):
        marks = tuple(filter(is_mark, known.extracted))
        if known.fuzzy and known.previous_msgid not in (None, entry.msgid):
            # Made anew, since an editor may have wrapped the old mark into several lines.
            marks = (mark_changed(show_changed_words(str(known.previous_msgid), entry.msgid)),)
    elif known.previous_msgid is not None:
        known = replace(
            known, previous_msgctxt=None, previous_msgid=None, previous_msgid_plural=None
        )
    flags = _merge_flags(known.flags, entry.flags)
    return replace(
        known, extracted=entry.extracted + marks, references=entry.references, flags=flags
    )


def _merge_flags(known: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Take the format flags from the template and all others from the catalogue.

    The order of a catalogue's flags stays where they are the same flags.
    """
    merged = [flag for flag in known if not _FORMAT_FLAG.fullmatch(flag)]
    merged += [flag for flag in wanted if flag not in merged]
    return known if set(merged) == set(known) else tuple(merged)


def _gather_comments(entry: Entry, there: Entry | None, older: Entry | None) -> Entry:
    """Bring together what was said in every entry of a message; only one stays in the file.

    `there` and `older` are the active and the obsolete entry that the message had.
    """
    entry = _tell_earlier(entry, older)
    said = dict.fromkeys(line for e in (there, older) if e for line in e.comments)
    new = tuple(line for line in said if line not in entry.comments)
    return replace(entry, comments=entry.comments + new) if new else entry


def _tell_earlier(entry: Entry, older: Entry | None) -> Entry:
    """Keep the translation of an older entry of the same message as a comment."""
    if older is None or older.msgstr == entry.msgstr or is_empty(older):
        return entry
    return replace(entry, comments=(*entry.comments, quote_earlier(older)))


def _holds_anything(entry: Entry) -> bool:
    return bool(entry.comments) or not is_empty(entry)


def _order_entries(
    po: PoFile, made: Sequence[Entry], obsolete: Sequence[Entry]
) -> tuple[Entry, ...]:
    """Put the entries in the letter's order, the obsolete ones last, unless all is in place.

    All is in place where the same entries stand in the file, and the active ones among them in
    the letter's order: obsolete entries in the middle, as some editors leave them, then stay.
    """
    before = [(entry.key, entry.obsolete) for entry in po.entries]
    now = {(entry.key, entry.obsolete): entry for entry in (*made, *obsolete)}
    active = [key for key, is_obsolete in before if not is_obsolete]
    if active == [entry.key for entry in made] and set(before) == set(now):
        return tuple(now[name] for name in before)
    return (*made, *obsolete)


def _count_plurals(po: PoFile) -> int:
    """Count a catalogue's plural forms by its header, else by its entries, else take two."""
    try:
        return parse_plural_forms(header_fields(po).get("Plural-Forms", "")).nplurals
    except PluralError:
        counts = [len(entry.msgstr) for entry in po.entries if entry.msgid_plural is not None]
        return max(counts, default=2)


def _fit_forms(entry: Entry, msgstr: tuple[str, ...], nplurals: int) -> tuple[str, ...]:
    """Give as many forms as a message needs, one or `nplurals`; the first form fills the rest."""
    count = nplurals if entry.msgid_plural is not None else 1
    return (msgstr + (msgstr[0],) * count)[:count]
