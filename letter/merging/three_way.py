"""The three-way merge of a catalogue: what each side changed since a common base, both kept.

All three are first brought to the same messages. A translation of an English text that has since
changed then arrives as outdated, and never stands, finished, under another sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from letter.merging.entry_merge import REASONS, Verdict, is_changed, merge_entry
from letter.merging.message_decisions import list_active
from letter.merging.update import update_catalogue
from letter.po.marks import is_mark
from letter.po.model import NO_SOURCE, Entry, Key, PoFile, is_empty, shorten_text

Name = tuple[Key, bool]  # what names an entry in its file: its key, and whether it is obsolete


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry, by its msgid in the result."""

    msgid: str
    verdict: Verdict
    line: int = 0  # of the entry in the result as it is written, where that is known


def explain_outcomes(outcomes: Sequence[Outcome], path: str) -> Iterator[str]:
    """Say in a line for each entry that a person should look at what became of the entry."""
    for outcome in outcomes:
        if outcome.verdict is not Verdict.TAKEN:
            place = f"{path}:{outcome.line}" if outcome.line else path
            yield f"{place}: {shorten_text(outcome.msgid, 50)}: {REASONS[outcome.verdict]}"


def reconcile_catalogues(
    base: PoFile, ours: PoFile, theirs: PoFile, template: Sequence[Entry] | None = None
) -> tuple[PoFile, list[Outcome]]:
    """Bring into ours what theirs changed since base; nothing that anyone wrote is thrown away.

    The result has the messages of the template, those of ours if none is given. The outcomes name
    each entry of which theirs had something to say.
    """
    template = template if template is not None else list(list_active(ours).values())
    blank = [_strip_translation(entry) for entry in template]
    old, mine, other = (update_catalogue(po, blank)[0] for po in (base, ours, theirs))
    before = name_entries(old) | _find_base_entries(base, theirs)
    sent = name_entries(other)
    merged = [
        (entry, *merge_entry(before.get(name), entry, sent.pop(name, None)))
        for name, entry in name_entries(mine).items()
    ]
    entries = [entry for _, entry, _ in merged]
    outcomes = [Outcome(entry.msgid, verdict) for entry, _, verdict in merged if verdict]
    active = list_active(mine)
    waiting = {entry.previous_msgid for entry in other.entries if entry.fuzzy}
    for entry in _list_brought(before, sent):
        if entry.key not in active:
            entries.append(replace(entry, source=NO_SOURCE))
            # What waits under a later msgid has its outcome there.
            if entry.msgid not in waiting:
                outcomes.append(Outcome(entry.msgid, Verdict.GONE))
    return replace(mine, entries=tuple(entries)), outcomes


def _find_base_entries(base: PoFile, theirs: PoFile) -> dict[Name, Entry]:
    """Find what the base had under the messages that theirs translates, as the base had it.

    Bringing the base up to date may put an outdated translation under a message. What theirs
    wrote under this very message is compared with what theirs saw there, and not with the outdated
    translation.
    """
    known = list_active(base)
    said = (entry.key for entry in theirs.entries if not entry.obsolete and not is_empty(entry))
    return {(key, False): known[key] for key in said if key in known}


def _list_brought(before: Mapping[Name, Entry], sent: Mapping[Name, Entry]) -> Iterator[Entry]:
    """List the entries that theirs alone has and that say anything the base's didn't."""
    for (key, _), entry in sent.items():
        known = before.get((key, True))
        comments = known.comments if known else ()
        if is_changed(known, entry) or not set(entry.comments) <= set(comments):
            yield entry


def name_entries(po: PoFile) -> dict[Name, Entry]:
    """List all entries of a file by what names them there."""
    return {(entry.key, entry.obsolete): entry for entry in po.entries}


def _strip_translation(entry: Entry) -> Entry:
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


def merge_message_order(base: PoFile, ours: PoFile, theirs: PoFile) -> list[Entry]:
    """List the active messages that the merge of two branches should have, in order.

    Where only one side changed which messages there are, or their order, that side's list is
    taken. Where both did, ours is the frame: a message that either side dropped is dropped, and a
    message that theirs added goes behind the message it stood behind there, else to the start.
    With base `a b c`, ours `a b x` and theirs `a y c`, the merge is `a y x`.
    """
    old, mine, other = (list_active(po) for po in (base, ours, theirs))
    if list(other) == list(old):
        return list(mine.values())
    if list(mine) == list(old):
        return list(other.values())
    merged = [key for key in mine if key in other or key not in old]
    present = set(merged)
    last: Key | None = None  # the nearest message before, in theirs, that the merge has
    for key in other:
        if key not in present and key not in old:
            merged.insert(merged.index(last) + 1 if last is not None else 0, key)
            present.add(key)
        if key in present:
            last = key
    return [mine.get(key) or other[key] for key in merged]
