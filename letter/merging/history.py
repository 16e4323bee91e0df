"""Earlier versions of a catalogue, as git has them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSIONS = 500  # how far back a translator's file is looked for, in versions of the catalogue


def list_versions(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the committed versions that led to a file, newest first: (commit, content).

    Nothing where there is no git, no repository or no history of the file.
    """
    folder = path.resolve().parent
    log = _run_git(folder, "log", "HEAD", f"--max-count={VERSIONS}", "--format=%H", "--", path.name)
    seen: set[bytes] = set()
    for commit in (log or b"").decode().split():
        data = _run_git(folder, "show", f"{commit}:./{path.name}")
        if data is not None and data not in seen:
            seen.add(data)
            yield commit, data


def _run_git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
