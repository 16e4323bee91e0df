"""The version of a catalogue that a translator started from, where git's history shows it.

A wrong base would undo what others did meanwhile. So none is taken that can't be shown to be the
base: every difference from a finished translation is then a conflict for a person.
"""

import os
import subprocess
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from letter.languages.declared import find_same_language
from letter.merging.attachments import ReceiveError
from letter.merging.entry_changes import has_same_text
from letter.merging.known_messages import spell_alike
from letter.merging.message_decisions import list_active
from letter.po.faults import PoError
from letter.po.header import header_fields
from letter.po.model import Entry, Key, PoFile, is_empty
from letter.po.reader import parse_po

V = TypeVar("V")  # a version of a file
_FEW = 6  # a file of fewer translations may have changed them all
VERSIONS = 500  # how far back a translator's file is looked for, in versions of the catalogue
# A hook of another repository sets these, and git would look there.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
_REST = "git fetch --unshallow brings the rest"


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a catalogue in git, and why others may be missing."""

    versions: tuple[PoFile, ...]  # the oldest first, but for broken ones
    lack: str = ""  # why an older version may be missing, and how to get it; "" for the whole


def find_base(sent: PoFile, history: History, current: PoFile) -> tuple[PoFile | None, str]:
    """Find the version that a translator started from; None, and why, where none can be shown.

    The rule is that of `choose_version`.
    """
    versions = (*history.versions, current)
    said = list_active(spell_alike(sent, *reversed(versions)))
    return choose_version(
        versions,
        lambda po: _count_common_entries(said, list_active(po)),
        lambda po: _is_started_from(said, list_active(po)),
        history.lack,
    )


def choose_version(
    versions: Sequence[V], score: Callable[[V], int], is_start: Callable[[V], bool], lack: str
) -> tuple[V | None, str]:
    """Choose the version that a sent file was started from; None, and why, where none can be shown.

    The version with most in common with the sent file is taken, of several the oldest. What
    another person changed after it is then seen as changed since, and is never overwritten. The
    last version is the one that is here, beside those in git. Where older versions may be missing
    (`lack` says why), the oldest at hand is no proof.
    """
    best = max(versions, key=score)
    if best is versions[0] and (lack or len(versions) == 1):
        return None, lack or "no version in git can be read"
    if not is_start(best):
        return None, "its translations are those of no version in git"
    return best, ""


def score_version(same: int, one: Set[Hashable], other: Set[Hashable]) -> int:
    """Score how much two files have in common, by the keys of their messages.

    Each message with the same translation in both adds 2. Each message that only one file has
    takes 1 away: versions that no translator touched differ in nothing but their English.
    """
    return 2 * same - len(one ^ other)


def is_likely_start(same: Sequence[bool]) -> bool:
    """Say whether a file has enough translations of a version; `same` has an answer for each.

    A file that someone translated anew has hardly any. Of a few translations, as a list of
    corrections has them, all may be changed.
    """
    return len(same) < _FEW or sum(same) * 5 >= len(same)


def refuse_other_base(base: PoFile, sent: PoFile, tag: str) -> None:
    """Refuse a base of another language: whatever differs from such a base would count as changed.

    The header tells the language, unless the texts tell otherwise.
    """
    declared = header_fields(base).get("Language", "").strip()
    if declared and find_same_language(declared, [tag]):
        return
    said, there = list_active(spell_alike(sent, base)), list_active(base)
    if not _is_started_from(said, there) or (declared and not _share_text(said, there)):
        said_there = f"its header says {declared}" if declared else "its texts are others"
        raise ReceiveError(
            f"{base.path}: {said_there}, and {sent.path} is a file of {tag}: is that the version "
            "that the translator started from? Give another one with --base, or none"
        )


def _share_text(one: Mapping[Key, Entry], other: Mapping[Key, Entry]) -> bool:
    """Say whether two files share a translation that is no copy of the English."""
    return any(
        known.msgstr[0] != known.msgid and not is_empty(known) and has_same_text(known, entry)
        for key, entry in one.items()
        if (known := other.get(key))
    )


def _count_common_entries(one: Mapping[Key, Entry], other: Mapping[Key, Entry]) -> int:
    same = sum(
        known.fuzzy == entry.fuzzy and has_same_text(known, entry)
        for key, entry in one.items()
        if (known := other.get(key))
    )
    return score_version(same, one.keys(), other.keys())


def _is_started_from(sent: Mapping[Key, Entry], version: Mapping[Key, Entry]) -> bool:
    """Say whether a file shares messages with a version, and enough of its translations."""
    same = [
        has_same_text(entry, sent[key])
        for key, entry in version.items()
        if key in sent and not is_empty(entry) and entry.msgstr[0] != entry.msgid
    ]
    return bool(sent.keys() & version.keys()) and is_likely_start(same)


def read_history(path: Path) -> History:
    """Read the last committed versions that led to a file, under its earlier names too."""
    texts, lack = read_versions(path, "the catalogue")
    return History(tuple(_parse_versions(path, texts)), lack)


def read_versions(path: Path, noun: str) -> tuple[list[bytes], str]:
    """Read the last committed versions of a file, which messages call by its `noun`.

    The oldest comes first. The text says why others may be missing; "" where none are.
    """
    command = ("log", "--follow", "-m", "--raw", "--no-abbrev", "--format=", f"-{VERSIONS}")
    told = _run_git(path, noun, *command, "HEAD", "--", path.name)
    if isinstance(told, str):
        return [], told
    blobs = [line.split()[3] for line in told.decode().splitlines() if line]
    if not blobs:
        return [], f"git does not know {noun}, so that no earlier version is at hand"
    shallow = _run_git(path, noun, "rev-parse", "--is-shallow-repository")
    lack = ""
    if shallow != b"false\n":
        lack = f"this clone has only the last versions: {_REST}"
    elif len(blobs) >= VERSIONS:
        lack = f"only the last {VERSIONS} versions are looked at"
    found = (_run_git(path, noun, "cat-file", "blob", b) for b in dict.fromkeys(reversed(blobs)))
    return [data for data in found if isinstance(data, bytes)], lack


def is_new_to_git(path: Path) -> bool:
    """Say whether a file lies in a git repository that doesn't know it, neither staged nor before.

    False as well where git can't answer, and where no version is committed yet.
    """
    noun = "the file"
    told = (
        _run_git(path, noun, "ls-files", "--", path.name),
        _run_git(path, noun, "ls-tree", "HEAD", "--", path.name),
    )
    return told == (b"", b"")


def _parse_versions(path: Path, texts: Iterable[bytes]) -> Iterator[PoFile]:
    for data in texts:
        with suppress(PoError):
            yield parse_po(data, str(path))


def _run_git(path: Path, noun: str, *arguments: str) -> bytes | str:
    """Run git where a file is; where git can't answer, a text that says why."""
    command = ["git", "-C", str(path.resolve().parent), *arguments]
    environment = {key: value for key, value in os.environ.items() if key not in _ELSEWHERE}
    environment["LC_ALL"] = "C"  # git's words are looked at below
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
    except OSError:
        return "git is not there, so that no earlier version is at hand"
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
    if "not a git repository" in said:
        return f"{noun} is in no git repository, so that no earlier version is at hand"
    return f"git gives no earlier version ({said})"
