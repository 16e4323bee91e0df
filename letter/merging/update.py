"""Bringing a catalogue up to a changed letter; nothing that translators wrote is lost or disturbed.

A changed message keeps its translation as fuzzy, with the previous msgid and the words that
changed. What left the letter becomes obsolete, and is revived when it returns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.merging.message_decisions import (
    Decision,
    Fate,
    decide_messages,
    find_previous,
    list_active,
)
from letter.po.header import header_fields
from letter.po.marks import is_mark, mark_changed, mark_split, quote_earlier, strip_marks
from letter.po.model import Entry, PoFile, is_empty
from letter.source.words import show_changed_words

_FORMAT_FLAG = re.compile(r"(?:no-)?[a-z-]+-format|range:.*")


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing one catalogue up to the letter did, message by message.

    A message is given by its msgid, and where more is said of it, as `{"msgid": …, "changed": …}`
    with its changed words, or `{"msgid": …, "from": …}` with the passage that it was split from.
    """

    kept: int
    outdated: list[dict[str, str]]
    split: list[dict[str, str]]
    corrected: list[dict[str, str]]  # let through by `minor`
    revived: list[str]
    new: list[str]
    gone: list[str]
    words_to_do: int  # English words of messages that are fuzzy or empty


def update_catalogue(
    po: PoFile, template: Sequence[Entry], *, minor: bool = False
) -> tuple[PoFile, Update]:
    """Bring a catalogue to the messages of a template, in its order; no date is changed.

    With `minor`, a message in which only spelling or punctuation was corrected keeps its finished
    translation. Messages that the template lacks become obsolete, whatever brought them.
    """
    decisions = decide_messages(po, template, minor=minor)
    nplurals = _count_plurals(po)
    active = list_active(po)
    obsolete = {entry.key: entry for entry in po.entries if entry.obsolete}
    made = []
    for decision in decisions:
        entry, key = decision.entry, decision.entry.key
        if decision.fate not in (Fate.GONE, Fate.RETIRED):
            there, older = active.get(key), obsolete.pop(key, None)
            made.append(_gather_comments(_make_entry(decision, there, nplurals), there, older))
        elif entry.comments or not is_empty(entry):
            entry = _tell_earlier(entry, obsolete.get(key))
            obsolete[key] = replace(entry, obsolete=True, extracted=(), references=())
    entries = _order_entries(po, made, list(obsolete.values()))
    return replace(po, entries=entries), _report_update(decisions, made)


def _report_update(decisions: Sequence[Decision], made: Sequence[Entry]) -> Update:
    found = {fate: [d for d in decisions if d.fate is fate] for fate in Fate}
    msgids = {fate: [d.entry.msgid for d in found[fate]] for fate in Fate}
    changed = {
        fate: [{"msgid": d.entry.msgid, "changed": d.words} for d in found[fate]] for fate in Fate
    }
    waiting = [entry for entry in made if entry.fuzzy or is_empty(entry)]
    return Update(
        kept=len(found[Fate.KEPT]),
        outdated=changed[Fate.OUTDATED],
        split=[{"msgid": d.entry.msgid, "from": d.known.msgid} for d in found[Fate.SPLIT]],
        corrected=changed[Fate.CORRECTED],
        revived=msgids[Fate.REVIVED],
        new=msgids[Fate.NEW],
        gone=msgids[Fate.GONE],
        words_to_do=sum(len(entry.msgid.split()) for entry in waiting),
    )


def _make_entry(decision: Decision, there: Entry | None, nplurals: int) -> Entry:
    """Make the entry of a message; `there` is the entry that the message had, if any."""
    entry, known = decision.entry, decision.known
    if decision.fate is Fate.OUTDATED:
        known = _make_outdated(decision, nplurals)
    elif decision.fate is Fate.SPLIT:
        # No part gets the whole translation as its own: each shows where to take its words.
        made = _describe_entry(entry, there or Entry(entry.msgid), nplurals)
        return replace(made, comments=_set_marks(made.comments, mark_split(known)))
    return _describe_entry(entry, known, nplurals)


def _make_outdated(decision: Decision, nplurals: int) -> Entry:
    """Make a translation wait as fuzzy, with its English of then and the changed words."""
    entry, known = decision.entry, decision.known
    previous, plural = find_previous(known)
    msgstr = _fit_forms(entry, known.msgstr, nplurals)
    comments = known.comments
    if not set(known.msgstr) <= set(msgstr):  # a plural form has no more room
        comments = (*comments, quote_earlier(known))
    return replace(
        known,
        msgstr=msgstr,
        comments=_set_marks(comments, _show_marks(decision.words)),
        flags=("fuzzy", *(flag for flag in known.flags if flag != "fuzzy")),
        previous_msgctxt=known.msgctxt if known.msgctxt != entry.msgctxt else None,
        previous_msgid=previous,
        previous_msgid_plural=plural,
    )


def _describe_entry(entry: Entry, known: Entry, nplurals: int) -> Entry:
    """Put a translation under a message of the template, with its notes, references and flags.

    Our marks and the previous msgid stay as long as the translation waits for a person.
    """
    msgstr, comments, lacks_text = known.msgstr, known.comments, is_empty(known)
    if known.fuzzy or lacks_text:
        if known.fuzzy and known.previous_msgid not in (None, entry.msgid):
            words = show_changed_words(str(known.previous_msgid), entry.msgid)
            comments = _set_marks(comments, _show_marks(words))
    else:
        comments = strip_marks(comments)
    if not known.fuzzy and known.previous_msgid is not None:
        known = replace(
            known, previous_msgctxt=None, previous_msgid=None, previous_msgid_plural=None
        )
    if lacks_text and known.msgid_plural != entry.msgid_plural:
        msgstr = _fit_forms(entry, msgstr, nplurals)
    return replace(
        known,
        msgid=entry.msgid,
        msgstr=msgstr,
        msgctxt=entry.msgctxt,
        msgid_plural=entry.msgid_plural,
        comments=comments,
        extracted=entry.extracted,
        references=entry.references,
        flags=_merge_flags(known.flags, entry.flags),
        obsolete=False,
    )


def _show_marks(words: str) -> tuple[str, ...]:
    return (mark_changed(words),) if words else ()


def _set_marks(comments: tuple[str, ...], marks: tuple[str, ...]) -> tuple[str, ...]:
    """Put marks behind the comments in place of all marks before; the same marks stay in place."""
    if tuple(filter(is_mark, comments)) == marks:
        return comments
    return strip_marks(comments) + marks


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
    new = tuple(line for line in said if line not in entry.comments and not is_mark(line))
    return replace(entry, comments=entry.comments + new) if new else entry


def _tell_earlier(entry: Entry, older: Entry | None) -> Entry:
    """Keep the translation of an older entry of the same message as a comment."""
    if older is None or older.msgstr == entry.msgstr or is_empty(older):
        return entry
    return replace(entry, comments=(*entry.comments, quote_earlier(older)))


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
