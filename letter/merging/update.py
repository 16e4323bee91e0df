"""Bringing a catalogue up to a changed letter; nothing that translators wrote is lost or disturbed.

A changed message keeps its translation as fuzzy, with the previous msgid and the words that
changed; what left the letter becomes obsolete and is revived when it returns. Our own marks are
extracted comments, since Poedit and msgmerge drop flags that they don't know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.po.header import header_fields
from letter.po.marks import is_mark, mark_changed, mark_split, quote_earlier
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.source.changes import Kind, find_changes, show_changed_words, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


# What a minor correction leaves alone: numbers with their signs, placeholders, addresses, and every
# mark but those that only part words.
_FIXED = re.compile(
    r"[-+]?\d[\d.,]*|%\(\w+\)s|\]\([^)]*\)|[^\w\s.,;:'’‘“”\"«»–—-]|(?<!\w)[-–](?=\d)"
)
_FORMAT_FLAG = re.compile(r"(?:no-)?[a-z-]+-format|range:.*")


@dataclass(slots=True)
class Update:
    """What bringing one catalogue up to the letter did, message by message (msgids)."""

    kept: int = 0
    outdated: list[tuple[str, str]] = field(default_factory=list)  # msgid, and its changed words
    split: list[tuple[str, str]] = field(default_factory=list)  # part, and the whole it was in
    corrected: list[tuple[str, str]] = field(default_factory=list)  # let through by `minor`
    new: list[str] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    words_to_do: int = 0


def update_catalogue(
    po: PoFile, template: Sequence[Entry], minor: bool = False
) -> tuple[PoFile, Update]:
    """Bring a catalogue to the messages of a template, in its order; no date is changed.

    With `minor`, a message in which only spelling or punctuation was corrected keeps its finished
    translation. Messages that the template lacks become obsolete, whatever brought them.
    """
    return _Updater(po, template, minor).run()


class _Updater:
    """One run of `update_catalogue`: old entries by key, and what has been decided so far."""

    def __init__(self, po: PoFile, template: Sequence[Entry], minor: bool) -> None:
        self.po, self.template, self.minor = po, template, minor
        self.active = {entry.key: entry for entry in po.entries if not entry.obsolete}
        self.obsolete = {entry.key: entry for entry in po.entries if entry.obsolete}
        self.nplurals = _count_plurals(po)
        self.update = Update()
        self.result: dict[Key, Entry] = {}
        self.corrected: set[Key] = set()  # vanished messages whose translation stands as it is

    def run(self) -> tuple[PoFile, Update]:
        wanted = {entry.key for entry in self.template}
        fresh = []
        for j, entry in enumerate(self.template):
            known = self.active.get(entry.key)
            if known is not None and not is_empty(known):
                self.result[entry.key] = self._keep(entry, known)
            elif not self._revive(entry, known):
                fresh.append(j)
        vanished = [entry for entry in self.active.values() if entry.key not in wanted]
        became = self._match(fresh)
        for entry in vanished:
            if entry.key not in became:
                self.update.gone.append(entry.msgid)
            if entry.key not in self.corrected and (not is_empty(entry) or entry.comments):
                self._retire(entry, became.get(entry.key))
        for entry in (self.template[j] for j in fresh):
            if entry.key not in self.result:
                self.result[entry.key] = self._add(entry)
                if entry.key in self.active:
                    self.update.kept += 1
                else:
                    self.update.new.append(entry.msgid)
        for key, entry in self.result.items():
            self.result[key] = self._gather_comments(key, entry)
        self.update.words_to_do = sum(
            len(entry.msgid.split())
            for entry in self.result.values()
            if entry.fuzzy or is_empty(entry)
        )
        return replace(self.po, entries=self._order()), self.update

    def _keep(self, entry: Entry, known: Entry) -> Entry:
        """Bring what is said about a message up to date; its translation stays as it is."""
        if entry.msgid_plural != known.msgid_plural:
            return self._outdate(entry, known, entry.msgid_plural or entry.msgid)
        self.update.kept += 1
        return self._describe(entry, known)

    def _describe(self, entry: Entry, known: Entry) -> Entry:
        """Take notes, references and flags from the template; our marks stay while it waits."""
        marks: tuple[str, ...] = ()
        if known.fuzzy or is_empty(known):
            marks = tuple(filter(is_mark, known.extracted))
            if known.fuzzy and known.previous_msgid not in (None, entry.msgid):
                # Made anew, since an editor may have wrapped it.
                marks = (mark_changed(show_changed_words(str(known.previous_msgid), entry.msgid)),)
        elif known.previous_msgid is not None:
            known = replace(
                known, previous_msgctxt=None, previous_msgid=None, previous_msgid_plural=None
            )
        flags = _merge_flags(known.flags, entry.flags)
        extracted = entry.extracted + marks
        return replace(known, extracted=extracted, references=entry.references, flags=flags)

    def _revive(self, entry: Entry, empty: Entry | None) -> bool:
        """Take a message that returns from the obsolete ones, if it is there with a translation."""
        known = self.obsolete.get(entry.key)
        if known is None or is_empty(known) or known.msgid_plural != entry.msgid_plural:
            return False
        del self.obsolete[entry.key]
        comments = tuple(dict.fromkeys(known.comments + (empty.comments if empty else ())))
        known = replace(known, obsolete=False, comments=comments)
        self.result[entry.key] = self._describe(entry, known)
        self.update.revived.append(entry.msgid)
        return True

    def _match(self, fresh: Sequence[int]) -> dict[Key, Kind]:
        """Give new messages the translations of vanished ones; say what those became."""
        old = list(self.active)
        texts = [entry.msgid for entry in self.template]
        became: dict[Key, Kind] = {}
        for change in find_changes([msgid for _, msgid in old], texts, fresh):
            known = [self.active[old[i]] for i in change.old]
            entries = [self.template[j] for j in change.new]
            became.update((entry.key, change.kind) for entry in known)
            if any(is_empty(entry) for entry in known):
                became.update((entry.key, Kind.SPLIT) for entry in known)
                continue
            if change.kind is Kind.SPLIT:
                self._split(entries, known[0])
            elif change.kind is Kind.MERGED:
                self._join(entries[0], known)
            elif self.minor and not known[0].fuzzy and _is_minor_entry(known[0], entries[0]):
                self._correct(entries[0], known[0])
            else:
                new = self._outdate(entries[0], known[0], entries[0].msgid)
                self.result[new.key] = new
        return became

    def _outdate(self, entry: Entry, known: Entry, told: str) -> Entry:
        """Keep a translation as fuzzy, with the English it was made from and the changed words."""
        waiting = known.fuzzy and known.previous_msgid is not None
        previous = known.previous_msgid if waiting else known.msgid
        plural = known.previous_msgid_plural if waiting else known.msgid_plural
        words = show_changed_words(str(previous), entry.msgid)
        if previous == entry.msgid:
            words = show_changed_words(plural or str(previous), told)
        self.update.outdated.append((entry.msgid, words))
        return replace(
            known,
            msgid=entry.msgid,
            msgctxt=entry.msgctxt,
            msgid_plural=entry.msgid_plural,
            msgstr=self._fit_forms(entry, known.msgstr),
            comments=self._keep_lost_forms(entry, known),
            extracted=(*entry.extracted, mark_changed(words)),
            references=entry.references,
            flags=_merge_flags(("fuzzy", *(f for f in known.flags if f != "fuzzy")), entry.flags),
            previous_msgctxt=known.msgctxt if known.msgctxt != entry.msgctxt else None,
            previous_msgid=previous,
            previous_msgid_plural=plural,
        )

    def _correct(self, entry: Entry, known: Entry) -> None:
        """Let a corrected message keep its finished translation."""
        words = show_changed_words(known.msgid, entry.msgid)
        self.corrected.add(known.key)
        self.update.corrected.append((entry.msgid, words))
        corrected = replace(known, msgid=entry.msgid, msgid_plural=entry.msgid_plural)
        self.result[entry.key] = self._describe(entry, corrected)

    def _split(self, entries: Sequence[Entry], known: Entry) -> None:
        """Tell each part which passage it was in; none gets the whole translation as its own."""
        for entry in entries:
            new = self._add(entry)
            self.result[entry.key] = replace(new, extracted=entry.extracted + mark_split(known))
            self.update.split.append((entry.msgid, known.msgid))

    def _join(self, entry: Entry, known: Sequence[Entry]) -> None:
        """Give a message that several became their translations, joined, as fuzzy."""
        joined = replace(
            known[0],
            msgid=" ".join(e.msgid for e in known),
            msgid_plural=None,
            msgstr=(" ".join(e.msgstr[0] for e in known),),
            comments=tuple(dict.fromkeys(line for e in known for line in e.comments)),
            flags=tuple(flag for flag in known[0].flags if flag != "fuzzy"),
        )
        self.result[entry.key] = self._outdate(entry, joined, entry.msgid)

    def _add(self, entry: Entry) -> Entry:
        """Give a message without translation; one that is there already keeps its comments."""
        known = self.active.get(entry.key)
        if known is not None:
            return self._describe(entry, replace(known, msgid_plural=entry.msgid_plural))
        return replace(entry, msgstr=self._fit_forms(entry, ("",)))

    def _keep_lost_forms(self, entry: Entry, known: Entry) -> tuple[str, ...]:
        """Keep as a comment the plural forms that the message has no more room for."""
        if set(known.msgstr) <= set(self._fit_forms(entry, known.msgstr)):
            return known.comments
        return (*known.comments, quote_earlier(known))

    def _fit_forms(self, entry: Entry, msgstr: tuple[str, ...]) -> tuple[str, ...]:
        """Give as many forms as the message needs: one, or the catalogue's number of plurals."""
        count = self.nplurals if entry.msgid_plural is not None else 1
        return (msgstr + (msgstr[0],) * count)[:count]

    def _retire(self, entry: Entry, became: Kind | None) -> None:
        """Make an entry obsolete; one that waits elsewhere as fuzzy already is not kept twice."""
        if entry.fuzzy and became in (Kind.EDITED, Kind.MERGED):
            return
        entry = _tell_earlier(entry, self.obsolete.get(entry.key))
        self.obsolete[entry.key] = replace(entry, obsolete=True, extracted=(), references=())

    def _gather_comments(self, key: Key, entry: Entry) -> Entry:
        """Bring together what was said in every entry of a message; only one stays in the file."""
        older = self.obsolete.pop(key, None)
        entry = _tell_earlier(entry, older)
        known = self.active.get(key)
        said = [
            *entry.comments,
            *(known.comments if known else ()),
            *(older.comments if older else ()),
        ]
        return replace(entry, comments=tuple(dict.fromkeys(said)))

    def _order(self) -> tuple[Entry, ...]:
        """Put the entries in the letter's order, the obsolete ones last, unless all is in place."""
        wanted = [self.result[entry.key] for entry in self.template]
        obsolete = list(self.obsolete.values())
        before = [(entry.key, entry.obsolete) for entry in self.po.entries]
        now = {(entry.key, entry.obsolete): entry for entry in (*wanted, *obsolete)}
        active = [key for key, is_obsolete in before if not is_obsolete]
        if active == [entry.key for entry in wanted] and set(before) == set(now):
            return tuple(now[name] for name in before)
        return (*wanted, *obsolete)


def _is_minor_entry(known: Entry, entry: Entry) -> bool:
    old, new = known.msgid_plural or "", entry.msgid_plural or ""
    return is_minor(known.msgid, entry.msgid) and is_minor(old, new)


def is_minor(old: str, new: str) -> bool:
    """Say whether only the spelling of words, capitals, or marks between words differ.

    Numbers, signs, links and placeholders must be the same, and a word may differ by one letter or
    two changed places, inside of it: so neither "Iraq" for "Iran" nor "with" for "without" gets
    through. What does is for a person to look at, and is named.
    """
    if _FIXED.findall(old) != _FIXED.findall(new):
        return False
    before, after = _list_words(old), _list_words(new)
    return len(before) == len(after) and all(
        one == other or _is_respelled(one, other) for one, other in zip(before, after, strict=True)
    )


def _is_respelled(one: str, other: str) -> bool:
    """Say whether a word was misspelled: letters that changed places, or one letter inside it."""
    if one[0] != other[0] or one[-1] != other[-1]:
        return False
    start = _count_common(one, other)
    end = _count_common(one[start:][::-1], other[start:][::-1])
    wrong, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(wrong) == len(right) == 2:
        return wrong == right[::-1]
    return max(len(wrong), len(right)) == 1 and min(len(one), len(other)) > 5 and start > 1 < end


def _count_common(one: str, other: str) -> int:
    """Count the letters that two words begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _list_words(text: str) -> list[str]:
    return [word for word in split_words(text) if word[0].isalpha()]


def _tell_earlier(entry: Entry, older: Entry | None) -> Entry:
    """Keep the translation of an older entry of the same message as a comment."""
    if older is None or older.msgstr == entry.msgstr or is_empty(older):
        return entry
    return replace(entry, comments=(*entry.comments, quote_earlier(older)))


def _count_plurals(po: PoFile) -> int:
    try:
        return parse_plural_forms(header_fields(po).get("Plural-Forms", "")).nplurals
    except PluralError:
        counts = [len(entry.msgstr) for entry in po.entries if entry.msgid_plural is not None]
        return max(counts, default=2)


def _merge_flags(known: tuple[str, ...], wanted: Iterable[str]) -> tuple[str, ...]:
    """Take the format flags from the template and all others from the catalogue."""
    merged = [flag for flag in known if not _FORMAT_FLAG.fullmatch(flag)]
    merged += [flag for flag in wanted if flag not in merged]
    return known if set(merged) == set(known) else tuple(merged)
