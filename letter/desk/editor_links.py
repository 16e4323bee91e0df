"""Where a text stands: the file and the line, and the address that opens an editor there."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+): (?P<told>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a file, as errors name it; `link` opens an editor there, and may be "".

    A line of 0 stands for the whole file, and one below 0 for what stands in no file at hand.
    """

    path: str
    line: int
    link: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line > 0 else self.path

    @property
    def name(self) -> str:
        """The place without its folders, for a page that says elsewhere which file is meant."""
        return str(replace(self, path=Path(self.path).name))


# The names by which people and systems call the editors whose links are known.
_EDITORS = {
    **dict.fromkeys(("vscode", "code", "vs code", "visual studio code"), "vscode"),
    **dict.fromkeys(("vscodium", "codium"), "vscodium"),
    **dict.fromkeys(("sublime", "subl", "sublime text"), "sublime"),
}
EDITORS = tuple(dict.fromkeys(_EDITORS.values()))


def find_editor(name: str) -> str | None:
    """Find one of EDITORS by any of its names; "" for no name, None for another editor.

    >>> find_editor("VSCode"), find_editor("/usr/bin/subl"), find_editor("vim")
    ('vscode', 'sublime', None)
    """
    command = name.strip().rpartition("/")[2].lower()
    return _EDITORS.get(command) if command else ""


def make_spot(path: str | Path, line: int, editor: str = "") -> Spot:
    """Name a line of a file, with the link that one of EDITORS takes.

    VS Code takes vscode://file/PATH:LINE:COLUMN, and Sublime Text's packages subl://open?url=….

    >>> make_spot("/a b/letter.po", 41, "vscode").link
    'vscode://file/a%20b/letter.po:41:1'
    >>> make_spot("/a/letter.po", 41, "sublime").link
    'subl://open?url=file:///a/letter.po&line=41'
    """
    if not editor:
        return Spot(str(path), line)
    place = os.path.abspath(path)  # noqa: PTH100  a link stays what people call the file
    whole = quote(os.fsencode(place))
    links = {
        "vscode": f"vscode://file{whole}:{max(line, 1)}:1",
        "vscodium": f"vscodium://file{whole}:{max(line, 1)}:1",
        "sublime": f"subl://open?url=file://{whole}&line={max(line, 1)}",
    }
    return Spot(str(path), line, links.get(editor, ""))


def split_problem(text: str, editor: str = "") -> list[tuple[Spot | None, str]]:
    """Split what is wrong with files into lines, each with its place where the line names one.

    >>> [(str(spot), told) for spot, told in split_problem("ku/letter.po:24: no quote: add one")]
    [('ku/letter.po:24', 'no quote: add one')]
    """
    found: list[tuple[Spot | None, str]] = []
    for line in text.splitlines():
        match = _PLACE.fullmatch(line)
        spot = make_spot(match["path"], int(match["line"]), editor) if match else None
        found.append((spot, match["told"] if match else line))
    return found
