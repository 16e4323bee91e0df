"""A file that comes back from a translator: read in any state, and merged into its catalogue.

Which catalogue and which version of the catalogue the file started from is found, too.
"""

import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain, pairwise
from math import sqrt
from pathlib import Path

from letter.languages.language import LanguageError
from letter.languages.matching import match_language
from letter.merging.attachments import ReceiveError
from letter.merging.header_merge import credit_translator, merge_header_comments
from letter.merging.message_decisions import list_active
from letter.merging.three_way import Outcome, reconcile_catalogues
from letter.po.faults import PoError
from letter.po.header import header_fields
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.po.reader import parse_po
from letter.po.writer import format_po

# How much more alike two texts must be than the next best, as a cosine of their pairs of letters.
CLEARLY = 0.05
VERSIONS = 500  # how far back a translator's file is looked for, in versions of the catalogue


def receive_catalogue(
    current: PoFile, sent: PoFile, base: PoFile | None
) -> tuple[PoFile, list[Outcome]]:
    """Merge what a translator sent into the current catalogue; give it and every changed entry.

    Without a base, whatever differs from a finished translation here is a conflict. ReceiveError
    where the file has no message of the current catalogue or of the base.
    """
    start = base or PoFile(sent.path, sent.header)
    if not list_active(sent).keys() & {entry.key for entry in (*current.entries, *start.entries)}:
        raise ReceiveError(f"{sent.path}: has no message of this letter: is it the right file?")
    merged, outcomes = reconcile_catalogues(start, current, sent)
    merged = merge_header_comments(start, merged, sent)
    if outcomes:
        merged = credit_translator(merged, sent)
    written = parse_po(format_po(merged), current.path)
    lines = {entry.msgid: entry.line for entry in written.entries}
    return merged, [replace(outcome, line=lines[outcome.msgid]) for outcome in outcomes]


def find_sent_language(sent: PoFile, catalogues: Mapping[str, PoFile]) -> str:
    """Find the tag of the catalogue that a file belongs to: by its header, else by its text.

    LanguageError where neither tells, or where the text is clearly another language's than
    the header says: people translate into the file that they have at hand.
    """
    declared = header_fields(sent).get("Language", "")
    tag = match_language(declared, list(catalogues)) if declared else None
    letters = _count_letters(sent)
    scores = {tag: _compare_counts(letters, _count_letters(po)) for tag, po in catalogues.items()}
    likeliest = max(scores, key=lambda tag: scores[tag], default="")
    if tag in scores:
        if scores[likeliest] - scores[tag] >= CLEARLY:
            raise LanguageError(
                f"{sent.path}: its header says {declared}, its text looks like {likeliest}: say "
                "which it is with --language"
            )
        return tag
    next_best = max((score for tag, score in scores.items() if tag != likeliest), default=0.0)
    if scores and scores[likeliest] - next_best >= CLEARLY:
        return likeliest
    raise LanguageError(
        f"{sent.path}: its header names no language that there is a catalogue of "
        f"({', '.join(catalogues)}): say which one with --language"
    )


def _count_letters(po: PoFile) -> Counter[str]:
    """Count the translations' pairs of neighbouring letters, which differ even within a script."""
    letters: Counter[str] = Counter()
    for entry in po.entries:
        if not is_empty(entry) and entry.msgstr[0] != entry.msgid:
            text = entry.msgstr[0].lower()
            letters.update(a + b for a, b in pairwise(text) if a.isalpha())
    return letters


def _compare_counts(one: Counter[str], other: Counter[str]) -> float:
    """Give the cosine of two counts, 0…1."""
    product = sum(count * other[pair] for pair, count in one.items())
    size = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return product / size if size else 0.0


def find_base(sent: PoFile, path: Path, current: PoFile) -> PoFile | None:
    """Find the version of a catalogue that a translator started from, in git's history.

    The version that has most in common with the sent file is taken, of several the oldest. What
    another person changed after it is then seen as changed since, and is never overwritten. None
    if no version shares a message with the file.
    """
    said = list_active(sent)
    versions = chain(_read_versions(path), [current])
    best = max(versions, key=lambda po: _count_common_entries(said, list_active(po)))
    return best if list_active(best).keys() & said.keys() else None


def _count_common_entries(one: Mapping[Key, Entry], other: Mapping[Key, Entry]) -> int:
    """Score how much two files have in common.

    Each message with the same translation in both adds 2. Each message that only one file has
    takes 1 away: versions that no translator touched differ in nothing but their English.
    """
    same = sum(
        (known.msgstr, known.fuzzy) == (entry.msgstr, entry.fuzzy)
        for key, entry in one.items()
        if (known := other.get(key))
    )
    return 2 * same - len(one.keys() ^ other.keys())


def _read_versions(path: Path) -> Iterator[PoFile]:
    """Read the last committed versions that led to a file, the oldest first, but for broken ones.

    Nothing where there is no git, no repository or no history of the file.
    """
    options = ("--reverse", f"--max-count={VERSIONS}", "--format=%H")
    for commit in _run_git(path, "log", *options, "HEAD", "--", path.name).decode().split():
        with suppress(PoError):
            yield parse_po(_run_git(path, "show", f"{commit}:./{path.name}"), str(path))


def _run_git(path: Path, *arguments: str) -> bytes:
    """Run git where a file is; b"" where git can't answer."""
    command = ["git", "-C", str(path.resolve().parent), *arguments]
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, check=False).stdout
    return b""
