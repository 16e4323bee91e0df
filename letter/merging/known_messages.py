"""Entries that are a message of the template, though their msgid differs from the template's.

An editor, or the letter's authors, may have straightened quotes, or changed spaces or the
normalisation form. And the original may return to the msgid that a waiting translation is of.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from letter.po.marks import make_digest, strip_marks
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.source.words import fold_text

Message = tuple[str | None, str, str | None]  # msgctxt, msgid and msgid_plural


def find_message(entry: Entry) -> Message:
    """Give the message under which an entry stands."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def find_origin(entry: Entry) -> Message:
    """Give the message that an entry's translation was made from.

    A translation that waits already was made from its previous msgid, and not from the original
    under which it stands: so a second edit is compared with what the translator read.
    """
    if not is_waiting(entry):
        return find_message(entry)
    context = entry.msgctxt if entry.previous_msgctxt is None else entry.previous_msgctxt
    return context, entry.previous_msgid or "", entry.previous_msgid_plural


def is_waiting(entry: Entry) -> bool:
    """Say whether an entry has a translation that waits since its English changed."""
    return entry.fuzzy and entry.previous_msgid is not None and not is_empty(entry)


def rename_known(po: PoFile, template: Sequence[Entry]) -> tuple[PoFile, dict[Key, Entry]]:
    """Give the entries that are a message of the template under another msgid the template's msgid.

    The renamed entries are given, too, as they were, by their new keys. An entry that the template
    has exactly is never renamed, and takes no other entry's text.
    """
    wanted = {entry.key for entry in template}
    strays = [entry for entry in po.entries if entry.key not in wanted]
    full = {entry.key for entry in po.entries if not entry.obsolete and not is_empty(entry)}
    missing = [entry for entry in template if entry.key not in full] if strays else []
    renamed = _match_strays(po, strays, missing, template)
    entries = [renamed.get(id(entry), entry) for entry in po.entries]
    was = {renamed[id(old)].key: old for old in strays if id(old) in renamed}
    return (replace(po, entries=tuple(entries)), was) if was else (po, was)


def spell_alike(po: PoFile, *models: PoFile) -> PoFile:
    """Write the messages of a file as other files have the same ones, the first file before all.

    A message that any of the others has exactly stays. Where two messages of a file fold alike,
    nothing tells which of them is meant; and no entry takes the name of another.
    """
    exact = {find_message(entry) for model in models for entry in model.entries}
    strays = [entry for entry in po.entries if find_message(entry) not in exact]
    alike: dict[tuple[str, ...], Entry | None] = {}
    for model in models if strays else ():
        here: dict[tuple[str, ...], Entry | None] = {}
        for entry in sorted(model.entries, key=lambda entry: entry.obsolete):
            folded = _fold_message(*find_message(entry))
            other = here.setdefault(folded, entry)
            if other and other is not entry and other.obsolete == entry.obsolete:
                here[folded] = None
        alike = here | alike
    names = {entry.full_key for entry in po.entries}
    spelled: dict[int, Entry] = {}
    for stray in strays:
        same = alike.get(_fold_message(*find_message(stray)))
        if same and (same.key == stray.key or (same.key, stray.obsolete) not in names):
            spelled[id(stray)] = _rename(stray, same, obsolete=stray.obsolete)
            names.add((same.key, stray.obsolete))
    return replace(po, entries=tuple(spelled.get(id(e), e) for e in po.entries)) if spelled else po


def _match_strays(
    po: PoFile, strays: Sequence[Entry], missing: Sequence[Entry], template: Sequence[Entry]
) -> dict[int, Entry]:
    """Match entries that the template lacks with messages that the catalogue lacks, by identity."""
    names = {entry.full_key for entry in po.entries}
    # Of entries that fold alike the last is found: one with a text, and of these the active one.
    strays = sorted(strays, key=lambda entry: (not is_empty(entry), not entry.obsolete))
    alike = {_fold_message(*find_message(entry)): entry for entry in strays} if missing else {}
    waiting = {_fold_message(*find_origin(e)): e for e in strays if missing and is_waiting(e)}
    wanted = [(entry, _fold_message(*find_message(entry))) for entry in missing]
    # Of messages of the template that fold alike, only exact ones are sure.
    is_found = any(folded in alike or folded in waiting for _, folded in wanted)
    counts = Counter(_fold_message(*find_message(e)) for e in template if is_found)
    renamed: dict[int, Entry] = {}
    for entry, folded in wanted:
        stray, returned = alike.get(folded), waiting.get(folded)
        if counts[folded] == 1 and stray:
            # Beside an empty entry of the same message, a translation goes where it is revived.
            obsolete = stray.obsolete or (entry.key, False) in names
            if (entry.key, obsolete) not in names:
                renamed[id(stray)] = _rename(stray, entry, obsolete=obsolete)
        elif counts[folded] == 1 and returned and names.isdisjoint(_name_both(entry)):
            renamed[id(returned)] = _return_waiting(returned, entry)
    return renamed


def _name_both(entry: Entry) -> set[tuple[Key, bool]]:
    return {(entry.key, False), (entry.key, True)}


@lru_cache(maxsize=4_096)
def _fold_message(*message: str | None) -> tuple[str, ...]:
    return tuple(fold_text(text or "") for text in message)


def _rename(stray: Entry, entry: Entry, *, obsolete: bool) -> Entry:
    """Put a translation under a message that means the same; reviews that held go on to hold."""
    named = replace(
        stray,
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        msgid_plural=entry.msgid_plural,
        obsolete=obsolete,
    )
    old, new = f"({make_digest(stray)})", f"({make_digest(named)})"
    return replace(named, comments=tuple(line.replace(old, new) for line in stray.comments))


def _return_waiting(waiting: Entry, entry: Entry) -> Entry:
    """Put a translation back under the message that it was made from, still fuzzy.

    Whether a person has changed the text meanwhile, or had withdrawn the text before, nobody knows.
    """
    return replace(
        waiting,
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        msgid_plural=entry.msgid_plural,
        comments=strip_marks(waiting.comments),
        previous_msgctxt=None,
        previous_msgid=None,
        previous_msgid_plural=None,
        obsolete=False,
    )
