"""What keeps a letter from being published, all of it at once, each fault with its line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from letter.errors import OneLetterError

MAX_FAULTS = 200  # that are told one by one: more than a person makes, less than a table can have


class LetterError(OneLetterError):
    """The letter can't be published; the text has a line `path:line: …` for each fault.

    `files` are those that the letter names: mending one of these may mend the letter.
    """

    def __init__(self, text: str, files: frozenset[Path] = frozenset()) -> None:
        super().__init__(text)
        self.files = files


@dataclass(frozen=True, slots=True)
class LetterFault:
    """A thing that is wrong in a letter, or in a file that the letter names."""

    line: int  # counted from 1
    text: str  # what is wrong: what to do
    path: str = ""  # of another file than the letter


def explain_encoding(error: UnicodeDecodeError, noun: str, path: str = "") -> LetterFault:
    """Say on which line a file isn't UTF-8, and what to do with the file, called by its `noun`."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return LetterFault(line, f"is not UTF-8: save the {noun} in UTF-8", path)


def refuse_faults(path: str, faults: Iterable[LetterFault], files: frozenset[Path]) -> None:
    """Raise LetterError if there is any fault, with at most MAX_FAULTS of them in the text.

    The letter's own faults come first, in the order of lines. `path` is the letter's, and `files`
    are those that it names.
    """
    found = sorted(dict.fromkeys(faults), key=lambda fault: (fault.path, fault.line))
    lines = [f"{fault.path or path}:{fault.line}: {fault.text}" for fault in found[:MAX_FAULTS]]
    if len(found) > MAX_FAULTS:
        lines.append(f"… and {len(found) - MAX_FAULTS} more")
    if lines:
        raise LetterError("\n".join(lines), files)
