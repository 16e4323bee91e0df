"""Our own marks in the comments of an entry: what became of a message, and who reviewed it.

All marks are translator's comments ("# "), which every editor shows and every tool keeps. Extracted
comments ("#."), as some marks were once, are deleted by msgmerge. Some marks go once the
translation is finished: what changed, and what a message was split from.

A review is such a comment, too. A digest of the original and the translation stands in it: when
either text changes, the digest no longer fits, and the review has lapsed.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from letter.errors import OneLetterError
from letter.po.header import is_placeholder
from letter.po.model import Entry, PoFile, shorten_text

CHANGED = "Source changed: "
_SPLIT_FROM = "Split from: "
_WAS_TRANSLATED = "Translation of that passage: "
_EARLIER = "Earlier translation: "
_OTHER = "Another translation: "
_MEANT = re.compile(
    r"Meant so ?: ?(\w[\w-]*)(?: ?[(（]((?:[^()（）]|\([^()]*\))*)[)）])?", re.IGNORECASE
)
_ARROW = re.compile(r"[-–—=]*>|<[-–—=]+|[→←⟶⟵➔➝⇒⇐]|\bto\b")  # as typed on any keyboard
_VALUE = re.compile(r"\d+|\w+|[½¼¾]")
_UNSEEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks of direction

# How the marks were written once, as extracted comments. Such marks are read for ever.
_ONCE = {"Changed in English: ": CHANGED, "Split from an earlier passage: ": _SPLIT_FROM}
_PASSING = (CHANGED, _SPLIT_FROM, _WAS_TRANSLATED, *_ONCE)  # until the translation is finished

DIGEST_LENGTH = 12  # hexadecimal digits

MAX_LINES = 50  # as many as a mark may be wrapped into: a hostile file may have any number

REVIEWED = "Reviewed by "  # how a review begins
_REVIEW = re.compile(
    rf"{REVIEWED}([^<>]+ <[^<>]+>) on (\d{{4}}-\d\d-\d\d) \(([0-9a-f]{{{DIGEST_LENGTH}}})\)"
)
_REVIEWER = re.compile(r"[^\s<>][^<>\n]* <[^<>\s@]+@[^<>\s@]+>")


def mark_changed(words: str) -> str:
    """Write the mark of a message whose English changed; the words show how, as wdiff does."""
    return CHANGED + words


def mark_split(whole: Entry) -> tuple[str, str]:
    """Write the marks of a part of a former passage: the whole passage, and its translation."""
    return _SPLIT_FROM + whole.msgid.replace("\n", " "), _WAS_TRANSLATED + _quote(whole.msgstr[:1])


def is_mark(line: str) -> bool:
    """Say whether a comment is a mark of ours that goes once the translation is finished.

    >>> is_mark("Split from: We write."), is_mark("Changed in English: [-We-] {+I+} write")
    (True, True)
    >>> is_mark("Source changed: by whom?"), is_mark("Reviewed by Zîn <zin@example.org>")
    (False, False)
    """
    if not line.startswith(_PASSING):
        return False
    # A person may begin a comment with the same words, but won't write as wdiff does.
    return not rename_mark(line).startswith(CHANGED) or "[-" in line or "{+" in line


def strip_marks(comments: Iterable[str]) -> tuple[str, ...]:
    """Give the comments without the marks that go once the translation is finished."""
    return tuple(line for line in comments if not is_mark(line))


def set_marks(comments: tuple[str, ...], marks: tuple[str, ...]) -> tuple[str, ...]:
    """Put marks behind the comments in place of all marks before; the same marks stay in place."""
    if tuple(filter(is_mark, comments)) == marks:
        return comments
    return strip_marks(comments) + marks


def is_split(entry: Entry) -> bool:
    """Say whether an entry has both marks of a part of a former passage."""
    return all(
        any(line.startswith(mark) for line in entry.comments)
        for mark in (_SPLIT_FROM, _WAS_TRANSLATED)
    )


def rename_mark(line: str) -> str:
    """Write a mark as marks are written today.

    >>> rename_mark("Changed in English: [-We-] {+I+} write")
    'Source changed: [-We-] {+I+} write'
    """
    once = next((name for name in _ONCE if line.startswith(name)), None)
    return line if once is None else _ONCE[once] + line.removeprefix(once)


def join_marks(comments: Sequence[str], is_whole: Callable[[str], bool]) -> tuple[str, ...]:
    """Join the marks that a tool has wrapped into several lines, as Babel does at 76 characters.

    A mark goes on in as many lines as make it whole. Where no number of lines does, all lines stay
    as they are, since a line may be a person's own.
    """
    starts = [n for n, line in enumerate(comments) if line.startswith(_PASSING)]
    joined = list(comments[: starts[0]] if starts else comments)
    for start, stop in pairwise([*starts, len(comments)]):
        ends = range(start + 1, min(stop, start + MAX_LINES) + 1)
        texts = ((end, rename_mark(" ".join(comments[start:end]))) for end in ends)
        whole = ((end, text) for end, text in texts if len(ends) == 1 or is_whole(text))
        end, line = next(whole, (start + 1, rename_mark(comments[start])))
        joined += [line if is_mark(line) else comments[start], *comments[end:stop]]
    return tuple(joined)


def is_meant(entry: Entry, check: str, values: str = "") -> bool:
    """Say whether a translator has confirmed what a check would find, by `# Meant so: CHECK`.

    The values in brackets behind the check have to be those of today. English left as it is, which
    has no values, is meant only as long as the translation is the original.

    >>> is_meant(Entry("7", ("8",), comments=("Meant so: numbers (7 -> 8)",)), "numbers", "7 → 8")
    True
    """
    if check == "english" and set(entry.msgstr) - {entry.msgid, entry.msgid_plural}:
        return False
    said = [(name, _spell_values(found)) for name, found in _find_meant(entry)]
    return (_spell_name(check), _spell_values(values)) in said


def _find_meant(entry: Entry) -> list[tuple[str, str]]:
    """Find the checks that an entry's marks settle, as `_spell_name` writes them, and the values.

    Babel wraps comments, so a mark may go on in the next line.
    """
    said = _UNSEEN.sub("", " ".join(entry.comments)) if entry.comments else ""
    return [(_spell_name(name), values) for name, values in _MEANT.findall(said)]


def _spell_name(check: str) -> str:
    """Write the name of a check without what people type in many ways: Numbers, number."""
    return check.casefold().removesuffix("s")


def is_settled(entry: Entry, text: str) -> bool:
    """Say whether an entry has the mark that the text of a finding offers.

    >>> entry = Entry("7", ("8",), comments=("Meant so: numbers (7 → 8)",))
    >>> is_settled(entry, "there is 8: write 7, or write “# Meant so: numbers (7 → 8)” above it")
    True
    """
    offered = _MEANT.search(text) if entry.comments else None
    return offered is not None and is_meant(entry, offered[1], offered[2] or "")


def tell_other_mark(entry: Entry, text: str) -> str:
    """Add to the text of a finding that a mark of the entry settles other values than today's.

    >>> entry = Entry("7", ("8",), comments=("Meant so: numbers (7 → 9)",))
    >>> tell_other_mark(entry, "write “# Meant so: numbers (7 → 8)” above it")
    'write “# Meant so: numbers (7 → 8)” above it: the one there says (7 → 9)'
    """
    offered = _MEANT.search(text) if entry.comments else None
    name = _spell_name(offered[1]) if offered else None
    other = next((values for found, values in _find_meant(entry) if found == name), None)
    return text if other is None else f"{text}: the one there says ({other or 'nothing'})"


def _spell_values(values: str) -> str:
    """Write values in one way, whatever arrow, spaces, digits and order a person has typed."""
    chars = (str(unicodedata.decimal(char, char)) for char in values.casefold())
    sides = _ARROW.split("".join(chars))
    if len(sides) == 1:
        return "".join(sides[0].split())
    return "→".join(",".join(sorted(_VALUE.findall(side))) for side in sides)


def _quote(msgstr: Sequence[str]) -> str:
    """Write a translation on one line, its line breaks as they are written in a msgstr."""
    return " / ".join(msgstr).replace("\n", "\\n")


def quote_earlier(entry: Entry) -> str:
    """Write the comment that keeps a translation when a later one has taken its place."""
    return _EARLIER + _quote(entry.msgstr)


def quote_other(entry: Entry) -> str:
    """Write the comment that keeps a second translation until a person has chosen between two."""
    return _OTHER + _quote(entry.msgstr)


def keeps_text(comment: str) -> bool:
    """Say whether a comment keeps a translation that stands nowhere else in its entry."""
    return comment.startswith((_EARLIER, _OTHER))


def split_kept_text(comment: str) -> tuple[str, str]:
    """Split a comment that quotes a translation into what it is, and the translation.

    >>> split_kept_text("Earlier translation: Em dinivîsin."), split_kept_text("Is this right?")
    (('Earlier translation: ', 'Em dinivîsin.'), ('Is this right?', ''))
    """
    names = (_WAS_TRANSLATED, _EARLIER, _OTHER)
    name = next((each for each in names if comment.startswith(each)), comment)
    return name, comment.removeprefix(name)


def quotes_other(comment: str) -> bool:
    """Say whether a comment keeps a second translation, for a person to choose between two."""
    return comment.startswith(_OTHER)


def awaits_choice(entry: Entry) -> bool:
    """Say whether an entry keeps a second translation, for a person to choose between two."""
    return any(map(quotes_other, entry.comments))


class ReviewError(OneLetterError):
    """A sign-off can't be recorded; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word that a translation is right."""

    reviewer: str  # "Name <mail>"
    day: date
    digest: str  # of all that the reviewer read

    @property
    def name(self) -> str:
        """The reviewer's name without the address."""
        return self.reviewer.partition("<")[0].strip()


def make_digest(entry: Entry) -> str:
    """Digest everything that a reviewer reads: the message, its context and its translation."""
    parts = (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "", *entry.msgstr)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:DIGEST_LENGTH]


def find_reviews(entry: Entry) -> tuple[list[Review], list[Review]]:
    """Find an entry's reviews: those that hold, and those that have lapsed."""
    # Babel wraps comments, so a review may go on in the next line.
    said = " ".join(entry.comments) if entry.comments else ""
    found = [review for match in _REVIEW.finditer(said) if (review := _make_review(match))]
    digest = make_digest(entry) if found else ""
    holding = [review for review in found if review.digest == digest]
    return holding, [review for review in found if review.digest != digest]


def strip_reviews(comments: Sequence[str]) -> Iterator[str]:
    """Give the lines of comments but for reviews, each of which may be wrapped.

    >>> list(strip_reviews(("Hi.", "Reviewed by Zîn <z@x.org> on", "2026-01-02 (0123456789ab)")))
    ['Hi.']
    """
    said = _REVIEW.sub(lambda found: "\0" * len(found[0]), " ".join(comments))
    start = 0
    for line in comments:
        if set(said[start : start + len(line)]) != {"\0"}:
            yield line
        start += len(line) + 1  # and the space behind


def sign_off(
    po: PoFile, reviewer: str, day: date, wanted: Collection[str], finished: Collection[str]
) -> tuple[PoFile, int]:
    """Record that a person has reviewed the wanted msgids; give the file and the count of msgids.

    The reviewer's earlier review of an entry is replaced; those of others stay. ReviewError for a
    reviewer who isn't "Name <mail>", and for a msgid that isn't among the finished ones.
    """
    is_named = any(map(str.isalpha, reviewer.partition("<")[0]))
    has_controls = any(unicodedata.category(char)[0] == "C" for char in reviewer)
    is_nobody = is_placeholder(reviewer) or is_placeholder(reviewer.partition("<")[2])
    if not _REVIEWER.fullmatch(reviewer) or not is_named or has_controls or is_nobody:
        raise ReviewError(
            f'{reviewer!r} is no reviewer: write --reviewer "Name <mail@example.org>"'
        )
    lines = {entry.msgid: entry.line for entry in po.entries if not entry.obsolete}
    for msgid in wanted:
        if msgid not in finished:
            text = "isn't finished, so it can't be signed off: finish it first"
            raise ReviewError(f"{po.path}:{lines.get(msgid, 1)}: “{shorten_text(msgid)}” {text}")
    entries = list(po.entries)
    for place, entry in enumerate(entries):
        if entry.msgid in wanted and not entry.obsolete:
            entries[place] = _record_review(entry, reviewer, day)
    return replace(po, entries=tuple(entries)), len(set(wanted))


def _record_review(entry: Entry, reviewer: str, day: date) -> Entry:
    """Add a review to an entry; the same review is left as it is, with its day."""
    if any(review.reviewer == reviewer for review in find_reviews(entry)[0]):
        return entry
    others = []
    for comment in entry.comments:
        found = _REVIEW.fullmatch(comment.strip())
        if not found or found[1] != reviewer:
            others.append(comment)
    line = f"{REVIEWED}{reviewer} on {day.isoformat()} ({make_digest(entry)})"
    return replace(entry, comments=(*others, line))


def _make_review(match: re.Match[str]) -> Review | None:
    try:
        return Review(match[1], date.fromisoformat(match[2]), match[3])
    except ValueError:  # such as 2026-13-01, which a person may have typed
        return None
