"""Our own marks in the comments of an entry: what became of a message, and who reviewed it.

A mark that goes once the translation is finished is an extracted comment ("#."), since Poedit and
msgmerge drop flags that they don't know. A translation that has lost its place is kept in a
translator's comment ("# "), which every editor leaves alone.

A review is such a comment, too. A digest of the English and the translation stands in it: when
either text changes, the digest no longer fits, and the review has lapsed.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from letter.errors import OneLetterError
from letter.po.model import Entry, PoFile, join_forms, shorten_text

CHANGED = "Changed in English: "
_SPLIT_FROM = "Split from an earlier passage: "
_WAS_TRANSLATED = "Translation of that passage: "
_EARLIER = "Earlier translation: "
_OTHER = "Another translation: "

DIGEST_LENGTH = 12  # hexadecimal digits

_REVIEW = re.compile(
    rf"Reviewed by ([^<>]+ <[^<>]+>) on (\d{{4}}-\d\d-\d\d) \(([0-9a-f]{{{DIGEST_LENGTH}}})\)"
)
_REVIEWER = re.compile(r"[^\s<>][^<>\n]* <[^<>\s@]+@[^<>\s@]+>")


def mark_changed(words: str) -> str:
    """Write the mark of a message whose English changed; the words show how, as wdiff does."""
    return CHANGED + words


def mark_split(whole: Entry) -> tuple[str, str]:
    """Write the marks of a part of a former passage: the whole passage, and its translation."""
    marks = _SPLIT_FROM + whole.msgid, _WAS_TRANSLATED + whole.msgstr[0]
    return marks[0].replace("\n", " "), marks[1].replace("\n", " ")


def is_mark(extracted: str) -> bool:
    """Say whether an extracted comment is a mark of ours, not a note of the letter's authors."""
    return extracted.startswith((CHANGED, _SPLIT_FROM, _WAS_TRANSLATED))


def quote_earlier(entry: Entry) -> str:
    """Write the comment that keeps a translation when a later one has taken its place."""
    return _EARLIER + join_forms(entry)


def quote_other(entry: Entry) -> str:
    """Write the comment that keeps a second translation until a person has chosen between two."""
    return _OTHER + join_forms(entry)


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


def sign_off(
    po: PoFile, reviewer: str, day: date, wanted: Collection[str], finished: Collection[str]
) -> tuple[PoFile, int]:
    """Record that a person has reviewed the wanted msgids; give the file and the count of msgids.

    The reviewer's earlier review of an entry is replaced; those of others stay. ReviewError for a
    reviewer who isn't "Name <mail>", and for a msgid that isn't among the finished ones.
    """
    is_named = any(map(str.isalpha, reviewer.partition("<")[0]))
    has_controls = any(unicodedata.category(char)[0] == "C" for char in reviewer)
    if not _REVIEWER.fullmatch(reviewer) or not is_named or has_controls:
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
    line = f"Reviewed by {reviewer} on {day.isoformat()} ({make_digest(entry)})"
    return replace(entry, comments=(*others, line))


def _make_review(match: re.Match[str]) -> Review | None:
    try:
        return Review(match[1], date.fromisoformat(match[2]), match[3])
    except ValueError:  # such as 2026-13-01, which a person may have typed
        return None
