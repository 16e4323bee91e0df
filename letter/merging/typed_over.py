"""Translations that were typed over the original, as happens in a text editor: msgstr is empty.

Their msgid is no message of the letter, and is the only copy of what a translator wrote. So the
text waits, as fuzzy, under the message in whose place it stands, or else among the obsolete
entries. Nothing of this is ever shown to readers before a person has confirmed the text.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from letter.checks.edited_originals import find_runs_between
from letter.checks.findings import quote_start
from letter.merging.message_decisions import list_active
from letter.po.model import NO_SOURCE, Entry, PoFile, is_blank, is_empty
from letter.source.message_kinds import is_name, is_of_page
from letter.source.words import fold_text, split_words

_SHARE = 0.5  # of its words, which the letter has too: a text with more is the letter's own
_PLACELESS = "Typed over an original, and which one isn't known."


def keep_typed_over(
    po: PoFile, messages: Sequence[Entry], known: Collection[PoFile]
) -> tuple[PoFile, tuple[str, ...]]:
    """Keep what was typed over msgids; give the file, and what a person should look at, in lines.

    `messages` are those that the file should have, with the translations that they have by now.
    `known` are files of earlier messages: where these are missing, nothing tells a name or a page's
    word that was typed from one that left the letter, and neither is kept.
    """
    there = list_active(po)
    asked = {entry.key: entry for entry in messages if not entry.obsolete}
    strays = [entry for key, entry in there.items() if key not in asked and is_empty(entry)]
    if not (strays and po.as_read):  # a table or a compiled catalogue has its own order
        return po, ()
    once = [entry for each in known for entry in each.entries]
    own = {fold_text(entry.msgid) for entry in (*once, *messages)}
    words = {word for text in own for word in split_words(text)}
    typed = [
        entry
        for entry in strays
        if fold_text(entry.msgid) not in own
        and not is_blank(entry.msgid)
        and not _has_words(entry.msgid, words)
        and (once or not (is_name(entry) or is_of_page(entry)))
    ]
    places = dict(_pair_in_order(list(there.values()), list(asked.values())))
    kept = {id(entry): _keep_text(entry, places.get(id(entry))) for entry in typed}
    entries = tuple(kept.get(id(entry), entry) for entry in po.entries)
    told = tuple(_tell_kept(entry, kept[id(entry)]) for entry in typed if kept[id(entry)].fuzzy)
    return replace(po, entries=entries), told


def _has_words(text: str, words: Collection[str]) -> bool:
    """Say whether a text is in the letter's language: an untranslated passage of once."""
    said = [word for word in split_words(text) if any(map(str.isalpha, word))]
    return sum(word in words for word in said) > _SHARE * len(said)


def _pair_in_order(own: Sequence[Entry], asked: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
    """Pair what two files have in the same place, where both have as many; by identity."""
    keys, wanted = ({entry.key for entry in entries} for entries in (own, asked))
    there = find_runs_between(asked, keys)
    for place, run in find_runs_between(own, wanted).items():
        found = there.get(place, ())
        if len(run) == len(found):
            yield from zip(map(id, run), found, strict=True)


def _keep_text(entry: Entry, place: Entry | None) -> Entry:
    """Make the msgid of an entry the fuzzy translation of the message in its place.

    A message that has another translation keeps that one, and the text stays where it stands.
    """
    second = entry.msgid if entry.msgid_plural is None else entry.msgid_plural
    msgstr = (entry.msgid, *(second for _ in entry.msgstr[1:]))
    kept = replace(
        entry,
        msgstr=msgstr,
        flags=("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy")),
        previous_msgctxt=None,
        previous_msgid=None,
        previous_msgid_plural=None,
    )
    is_plural = entry.msgid_plural is not None
    if place and place.msgstr == msgstr:  # it was moved out of its place, and is as it was
        return replace(place, comments=entry.comments, source=NO_SOURCE)
    if not place or is_plural != (place.msgid_plural is not None) or not is_empty(place):
        return replace(kept, comments=(*entry.comments, _PLACELESS))
    return replace(kept, msgctxt=place.msgctxt, msgid=place.msgid, msgid_plural=place.msgid_plural)


def _tell_kept(entry: Entry, kept: Entry) -> str:
    text = f"“{quote_start(entry.msgid)}”"
    if kept.key == entry.key:
        return f"typed over an original that isn't known: kept among the obsolete entries: {text}"
    place = f"“{quote_start(kept.msgid)}”"
    return f"typed over its original: kept as fuzzy under {place}, confirm it there: {text}"
