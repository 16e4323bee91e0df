"""Files that are gone, and may be back in a moment: many programs remove what they write anew."""

import math
import time
from collections.abc import Iterable
from pathlib import Path

from letter.editions.readings import is_gone

PATIENCE = 1.0  # seconds for which a file that is gone is awaited


class AwaitedFiles:
    """Tells which files have been gone for less than a moment, as far as looks at them can tell."""

    def __init__(self) -> None:
        # Until when each file is awaited: for good while a file is there, and never without a look.
        self._ends: dict[Path, float] = {}

    def look(self, paths: Iterable[Path]) -> None:
        """Look which files are there; what an earlier look has seen is awaited from now on."""
        end = time.monotonic() + PATIENCE
        self._ends = {
            path: min(self._ends.get(path, 0), end) if is_gone(path) else math.inf for path in paths
        }

    def list_awaited(self) -> list[Path]:
        """List the files that are awaited now."""
        now = time.monotonic()
        return [path for path, end in self._ends.items() if now < end < math.inf]
