"""A file that comes back from a translator: what it is, what it started from, what it brings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from letter.errors import OneLetterError
from letter.languages.matching import match_language
from letter.merging.header_merge import credit_translator, merge_header_comments
from letter.merging.history import list_versions
from letter.merging.three_way import Outcome, reconcile_catalogues
from letter.po.encoding import guess_encoding
from letter.po.faults import PoError
from letter.po.header import header_fields
from letter.po.model import Key, PoFile, is_empty
from letter.po.reader import parse_po
from letter.po.writer import format_po

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# How much more alike two languages' texts must be than the next best, as a cosine of their letters.
CLEARLY = 0.05

_CHARSET = re.compile(r'(Content-Type:[^"\n]*charset=)[^\s\\"]+', re.IGNORECASE)


class ReceiveError(OneLetterError):
    """A file that can't be used as it is; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a translator's file brings: the catalogue with it, and every entry it changed."""

    po: PoFile
    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]


def read_sent(data: bytes, path: str) -> tuple[PoFile, tuple[str, ...]]:
    """Read a file as it was sent, in whatever encoding; the notes say what had to be converted.

    Raises PoError where it is broken otherwise.
    """
    try:
        po = parse_po(data, path)
    except PoError as error:
        encoding = guess_encoding(data)
        if encoding is None:
            raise
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise error from None
        converted = _CHARSET.sub(r"\1UTF-8", text.removeprefix("\ufeff"), count=1)
        note = f"{path}: was in {encoding}, not in UTF-8 as it said: converted"
        return parse_po(converted.encode(), path), (note,)
    if po.encoding not in ("utf-8", "ascii"):
        return po, (f"{path}: is in {po.encoding}, as it says: converted to UTF-8",)
    return po, ()


def find_sent_language(sent: PoFile, catalogues: Mapping[str, PoFile]) -> str:
    """Say which of the catalogues a file belongs to: by its header, else by its text.

    ReceiveError where neither tells.
    """
    declared = header_fields(sent).get("Language", "")
    tag = match_language(declared, list(catalogues)) if declared else None
    letters = _count_letters(sent)
    scores = {tag: _compare(letters, _count_letters(po)) for tag, po in catalogues.items()}
    ranked = sorted(scores, key=lambda tag: -scores[tag])
    if tag in catalogues:
        if letters and scores[ranked[0]] - scores[str(tag)] >= CLEARLY:
            raise ReceiveError(
                f"{sent.path}: its header says {declared}, its text looks like {ranked[0]}: say "
                "which it is with --language"
            )
        return str(tag)
    if letters and ranked:
        second = scores[ranked[1]] if len(ranked) > 1 else 0.0
        if scores[ranked[0]] - second >= CLEARLY:
            return ranked[0]
    raise ReceiveError(
        f"{sent.path}: its header names no language that there is a catalogue of "
        f"({', '.join(catalogues)}): say which one with --language"
    )


def find_base(sent: PoFile, path: Path, current: PoFile) -> PoFile | None:
    """Find the version of a catalogue that a translator started from, in git's history.

    It is the one that shares most entries with what came back, and of several the oldest, with
    which another's later change is seen as such and never overwritten. None if none shares any.
    """
    said = _list_said(sent)
    best, most = None, 0
    versions = [(b"", current)]
    for _, data in list_versions(path):
        try:
            versions.append((data, parse_po(data, str(path))))
        except PoError:
            continue
    for _, version in versions:
        theirs = _list_said(version)
        shared = sum(2 if theirs.get(key) == text else 0 for key, text in said.items())
        shared -= sum(key not in said for key in theirs) + sum(key not in theirs for key in said)
        if best is None or shared >= most:
            best, most = version, shared
    return best if best is not None and _list_said(best).keys() & said.keys() else None


def receive_catalogue(current: PoFile, sent: PoFile, base: PoFile | None) -> Received:
    """Merge what a translator sent into the current catalogue.

    Without a base, whatever differs from a finished translation here is a conflict.
    """
    start = base or PoFile(sent.path, sent.header)
    if not _list_said(sent).keys() & {entry.key for entry in (*current.entries, *start.entries)}:
        raise ReceiveError(f"{sent.path}: has no message of this letter: is it the right file?")
    merged, outcomes = reconcile_catalogues(start, current, sent)
    merged = merge_header_comments(start, merged, sent)
    if outcomes:
        merged = credit_translator(merged, sent)
    notes: tuple[str, ...] = ()
    if base is None:
        notes = (f"{sent.path}: no version it could have started from was found in git",)
    return Received(merged, tuple(outcomes), notes)


def find_lines(po: PoFile) -> dict[str, int]:
    """Find the line of each message, as the file will be written."""
    return {entry.msgid: entry.line for entry in parse_po(format_po(po), po.path).entries}


def _list_said(po: PoFile) -> dict[Key, tuple[tuple[str, ...], bool]]:
    return {entry.key: (entry.msgstr, entry.fuzzy) for entry in po.entries if not entry.obsolete}


def _count_letters(po: PoFile) -> Counter[str]:
    """Count the letters of the translations, in pairs, which tell languages of one script apart."""
    letters: Counter[str] = Counter()
    for entry in po.entries:
        if not is_empty(entry) and entry.msgstr[0] != entry.msgid:
            text = entry.msgstr[0].lower()
            letters.update(a + b for a, b in pairwise(text) if a.isalpha())
    return letters


def _compare(one: Counter[str], other: Counter[str]) -> float:
    """Give the cosine of two counts, 0…1."""
    product = sum(count * other[pair] for pair, count in one.items())
    size = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return product / size if size else 0.0
