"""Bringing a catalogue up to a changed letter; nothing that translators wrote is lost or disturbed.

A changed message keeps its translation as fuzzy, with the previous msgid and the words that
changed. What left the letter becomes obsolete, and is revived when it returns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.merging.known_messages import Message, find_message, find_origin, rename_known
from letter.merging.made_entries import gather_comments, make_entry, tell_earlier
from letter.merging.mended_marks import mend_marks, mend_parts
from letter.merging.message_decisions import Decision, Fate, decide_messages, list_active
from letter.po.header import header_fields
from letter.po.marks import strip_marks
from letter.po.model import Entry, Key, PoFile, is_empty, shorten_text
from letter.source.message_kinds import is_name
from letter.source.words import show_changed_words


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing one catalogue up to the letter did, message by message.

    A message is given by its msgid, and where more is said of it, as `{"msgid": …, "changed": …}`
    with its changed words, or `{"msgid": …, "from": …}` with the passage that it was split from.
    """

    kept: int
    outdated: list[dict[str, str]]
    split: list[dict[str, str]]
    corrected: list[dict[str, str]]  # let through: the same but for quotes and spaces, or `minor`
    revived: list[str]
    new: list[str]
    gone: list[str]
    new_names: list[str]  # of signatories, who are in none of the other fields
    gone_names: list[str]
    words_to_do: int  # words of the source's messages that are fuzzy or empty


def update_catalogue(
    po: PoFile, template: Sequence[Entry], *, minor: bool = False
) -> tuple[PoFile, Update]:
    """Bring a catalogue to the messages of a template, in its order; no date is changed.

    With `minor`, a message in which only spelling or punctuation was corrected keeps its finished
    translation, as without `minor` where only quotes or spaces differ. Messages that the template
    lacks become obsolete, whatever brought them, unless their translation waits in another.
    """
    po, renamed = rename_known(mend_marks(po), template)
    decisions = decide_messages(po, template, minor=minor)
    decisions = [_tell_renamed(decision, renamed) for decision in decisions]
    nplurals = _count_plurals(po)
    active = list_active(po)
    obsolete = {entry.key: entry for entry in po.entries if entry.obsolete}
    made = []
    for decision in decisions:
        entry, key = decision.entry, decision.entry.key
        if decision.fate not in (Fate.GONE, Fate.RETIRED):
            there, older = active.get(key), obsolete.pop(key, None)
            made.append(gather_comments(make_entry(decision, there, nplurals), there, older))
            continue
        entry = replace(entry, comments=strip_marks(entry.comments))
        if entry.comments or not is_empty(entry):
            entry = tell_earlier(entry, obsolete.get(key))
            obsolete[key] = replace(entry, obsolete=True, extracted=(), references=())
    left = _drop_copies(obsolete.values(), made)
    entries = _order_entries(po, mend_parts(made, left), left)
    return replace(po, entries=entries), _report_update(decisions, made)


def _tell_renamed(decision: Decision, renamed: Mapping[Key, Entry]) -> Decision:
    """Say of a message that was found under another msgid how the source was corrected."""
    was = renamed.get(decision.entry.key)
    if was is None or decision.fate not in (Fate.KEPT, Fate.REVIVED):
        return decision
    if was.obsolete or find_origin(was) == find_message(decision.entry):
        return replace(decision, fate=Fate.REVIVED)
    if was.fuzzy or is_empty(was):
        return replace(decision, fate=Fate.KEPT)
    words = show_changed_words(was.msgid, decision.entry.msgid)
    words = words or shorten_text(decision.entry.msgid)  # spaces are no words
    return replace(decision, fate=Fate.CORRECTED, words=words)


def _drop_copies(obsolete: Iterable[Entry], made: Sequence[Entry]) -> list[Entry]:
    """Leave out the obsolete entries of which everything stands in an active entry.

    Such an entry has the same translation of the same message, and no comment of its own.
    """
    kept = list(obsolete)
    places: dict[tuple[Message, tuple[str, ...]], Entry] = {}
    if kept:
        places = {(find_origin(entry), entry.msgstr): entry for entry in made}
    return [
        entry
        for entry in kept
        if not (copied := places.get((find_origin(entry), entry.msgstr)))
        or not set(strip_marks(entry.comments)) <= set(copied.comments)
    ]


def _report_update(decisions: Sequence[Decision], made: Sequence[Entry]) -> Update:
    names = [(d.fate, d.entry.msgid) for d in decisions if is_name(d.entry)]
    decisions = [decision for decision in decisions if not is_name(decision.entry)]
    found = {fate: [d for d in decisions if d.fate is fate] for fate in Fate}
    msgids = {fate: [d.entry.msgid for d in found[fate]] for fate in Fate}
    changed = {
        fate: [{"msgid": d.entry.msgid, "changed": d.words} for d in found[fate]] for fate in Fate
    }
    waiting = [e for e in made if (e.fuzzy or is_empty(e)) and not is_name(e)]
    return Update(
        kept=len(found[Fate.KEPT]),
        outdated=changed[Fate.OUTDATED],
        split=[{"msgid": d.entry.msgid, "from": d.known.msgid} for d in found[Fate.SPLIT]],
        corrected=changed[Fate.CORRECTED],
        revived=msgids[Fate.REVIVED],
        new=msgids[Fate.NEW],
        gone=msgids[Fate.GONE],
        new_names=[name for fate, name in names if fate is Fate.NEW],
        gone_names=[name for fate, name in names if fate is Fate.GONE],
        words_to_do=sum(len(entry.msgid.split()) for entry in waiting),
    )


def _order_entries(
    po: PoFile, made: Sequence[Entry], obsolete: Sequence[Entry]
) -> tuple[Entry, ...]:
    """Put the entries in the letter's order, the obsolete ones last, unless all is in place.

    All is in place where the same entries stand in the file, and the active ones among them in
    the letter's order: obsolete entries in the middle, as some editors leave them, then stay.
    """
    before = [entry.full_key for entry in po.entries]
    now = {entry.full_key: entry for entry in (*made, *obsolete)}
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
