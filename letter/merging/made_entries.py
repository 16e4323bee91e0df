"""The entries of an updated catalogue: a decision about a message carried out."""

import re
from dataclasses import replace

from letter.merging.known_messages import find_message, find_origin
from letter.merging.message_decisions import Decision, Fate, show_change
from letter.po.marks import is_mark, mark_changed, mark_split, quote_earlier, set_marks, strip_marks
from letter.po.model import Entry, is_empty

_FORMAT_FLAG = re.compile(r"(?:no-)?[a-z-]+-format|range:.*")


def make_entry(decision: Decision, there: Entry | None, nplurals: int) -> Entry:
    """Make the entry of a message; `there` is the entry that the message had, if any."""
    entry, known = decision.entry, decision.known
    if decision.fate is Fate.OUTDATED:
        return _describe_entry(entry, _make_outdated(decision, nplurals), nplurals, decision.words)
    if decision.fate is Fate.SPLIT:
        # No part gets the whole translation as its own: each shows where to take its words.
        made = _describe_entry(entry, there or Entry(entry.msgid), nplurals)
        return replace(made, comments=set_marks(made.comments, mark_split(known)))
    return _describe_entry(entry, known, nplurals)


def _make_outdated(decision: Decision, nplurals: int) -> Entry:
    """Make a translation wait as fuzzy, with its English of then and the changed words."""
    entry, known = decision.entry, decision.known
    context, previous, plural = find_origin(known)
    msgstr = _fit_forms(entry, known.msgstr, nplurals)
    comments = known.comments
    if not set(known.msgstr) <= set(msgstr):  # a plural form has no more room
        comments = (*comments, quote_earlier(known))
    return replace(
        known,
        msgstr=msgstr,
        comments=comments,
        flags=("fuzzy", *(flag for flag in known.flags if flag != "fuzzy")),
        previous_msgctxt=context if context != entry.msgctxt else None,
        previous_msgid=previous,
        previous_msgid_plural=plural,
    )


def _describe_entry(entry: Entry, known: Entry, nplurals: int, words: str = "") -> Entry:
    """Put a translation under a message of the template, with its notes, references and flags.

    Our marks and the previous msgid stay as long as the translation waits for a person. The words
    are those that changed, if known already.
    """
    msgstr, comments, lacks_text = known.msgstr, known.comments, is_empty(known)
    if known.fuzzy or lacks_text:
        if known.fuzzy and known.previous_msgid is not None:
            words = words or show_change(known, entry)
            comments = set_marks(comments, (mark_changed(words),) if words else ())
    else:
        comments = strip_marks(comments)
    if known.previous_msgid is not None and (
        not known.fuzzy or find_origin(known) == find_message(entry)
    ):
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


def _merge_flags(known: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Take the format flags from the template and all others from the catalogue.

    The order of a catalogue's flags stays where they are the same flags.
    """
    merged = [flag for flag in known if not _FORMAT_FLAG.fullmatch(flag)]
    merged += [flag for flag in wanted if flag not in merged]
    return known if set(merged) == set(known) else tuple(merged)


def gather_comments(entry: Entry, there: Entry | None, older: Entry | None) -> Entry:
    """Bring together what was said in every entry of a message; only one stays in the file.

    `there` and `older` are the active and the obsolete entry that the message had.
    """
    entry = tell_earlier(entry, older)
    said = dict.fromkeys(line for e in (there, older) if e for line in e.comments)
    new = tuple(line for line in said if line not in entry.comments and not is_mark(line))
    return replace(entry, comments=entry.comments + new) if new else entry


def tell_earlier(entry: Entry, older: Entry | None) -> Entry:
    """Keep the translation of an older entry of the same message as a comment."""
    if older is None or older.msgstr == entry.msgstr or is_empty(older):
        return entry
    return replace(entry, comments=(*entry.comments, quote_earlier(older)))


def _fit_forms(entry: Entry, msgstr: tuple[str, ...], nplurals: int) -> tuple[str, ...]:
    """Give as many forms as a message needs, one or `nplurals`; the first form fills the rest."""
    count = nplurals if entry.msgid_plural is not None else 1
    return (msgstr + (msgstr[0],) * count)[:count]
