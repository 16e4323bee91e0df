"""Earlier versions of a catalogue, as git has them, and from which of them a translator started."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from letter.merging.message_order import list_active
from letter.po.faults import PoError
from letter.po.reader import parse_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from letter.po.model import Entry, Key, PoFile

VERSIONS = 500  # how far back a translator's file is looked for, in versions of the catalogue


def find_base(sent: PoFile, path: Path, current: PoFile) -> PoFile | None:
    """Find the version of a catalogue that a translator started from, in git's history.

    The version that has most in common with the sent file is taken, of several the oldest. What
    another person changed after it is then seen as changed since, and is never overwritten. None
    if no version shares a message with the file.
    """
    said = list_active(sent)
    best, most = current, _count_common_entries(said, list_active(current))
    for version in _read_versions(path):
        common = _count_common_entries(said, list_active(version))
        if common >= most:
            best, most = version, common
    return best if list_active(best).keys() & said.keys() else None


def _count_common_entries(one: Mapping[Key, Entry], other: Mapping[Key, Entry]) -> int:
    """Count what two files have in common: 2 for each same translation, −1 for a message of one.

    A message of one file alone counts, since an edit of the English tells versions apart that no
    translator had touched.
    """
    same = sum(
        (known.msgstr, known.fuzzy) == (entry.msgstr, entry.fuzzy)
        for key, entry in one.items()
        if (known := other.get(key))
    )
    return 2 * same - len(one.keys() ^ other.keys())


def _read_versions(path: Path) -> Iterator[PoFile]:
    """Read the committed versions that led to a file, newest first, but for broken ones.

    Nothing where there is no git, no repository or no history of the file.
    """
    folder = path.resolve().parent
    log = _run_git(folder, "log", "HEAD", f"--max-count={VERSIONS}", "--format=%H", "--", path.name)
    seen: set[bytes] = set()
    for commit in (log or b"").decode().split():
        data = _run_git(folder, "show", f"{commit}:./{path.name}")
        if data is None or data in seen:
            continue
        seen.add(data)
        try:
            yield parse_po(data, str(path))
        except PoError:
            continue


def _run_git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
