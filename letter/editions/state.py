"""How far the translation of one message has come: the one place that says what is finished."""

from __future__ import annotations

from enum import StrEnum

from letter.po.model import Entry, is_blank


class State(StrEnum):
    """How far the translation of one message has come."""

    FINISHED = "finished"
    OUTDATED = "outdated"  # fuzzy, and the English has changed since
    UNFINISHED = "unfinished"  # fuzzy for any other reason
    UNTRANSLATED = "untranslated"
    WITHHELD = "withheld"  # finished, but with a mistake that must not reach a reader


def judge_state(entry: Entry, nplurals: int) -> State:
    """Say how far one entry has come (gettext manual, "Fuzzy Entries", "Plural forms").

    A plural is untranslated while any of its `nplurals` forms is missing or blank.
    """
    complete = entry.msgid_plural is None or len(entry.msgstr) == nplurals
    if not complete or any(is_blank(form) for form in entry.msgstr):
        return State.UNTRANSLATED
    if not entry.fuzzy:
        return State.FINISHED
    is_outdated = entry.previous_msgid not in (None, entry.msgid)
    return State.OUTDATED if is_outdated else State.UNFINISHED
