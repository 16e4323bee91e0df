"""The editions at one moment, and the report on them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from letter.editions.catalogue import State
from letter.editions.edition import Edition
from letter.source.letter import Letter
from letter.source.moved_passages import Move


@dataclass(frozen=True, slots=True)
class Shelf:
    """The editions at one moment, by tag in the order of the switcher, and what is wrong."""

    letter: Letter
    editions: Mapping[str, Edition]
    unusable: tuple[str, ...]  # what is wrong with files that are no edition's catalogue
    documents: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)  # by tag and name
    folders: tuple[Path, ...] = ()  # in which the letter and the catalogues lie
    moved: Mapping[str, Move] = field(default_factory=dict)  # passages, by their old anchors

    @property
    def source(self) -> Edition:
        """The edition in the letter's own language, which every shelf has."""
        return next(edition for edition in self.editions.values() if edition.is_source)

    def report_health(self) -> dict[str, object]:
        """Say which editions are up, how far they are, and every problem, for /healthz.

        Anybody may ask, so that files are named from their folders; the log has their whole paths.
        """
        editions = self.editions.items()
        problems = [*self.unusable, *(e.problem for _, e in editions if e.problem)]
        return {
            "status": "degraded" if problems else "ok",
            "editions": {
                tag: {
                    "passages": len(edition.passages),
                    "finished": edition.count_passages(State.FINISHED),
                    "problem": edition.problem and cut_paths(edition.problem, self.folders),
                }
                for tag, edition in editions
            },
            "problems": [cut_paths(problem, self.folders) for problem in problems],
        }


def cut_paths(text: str, folders: Iterable[Path]) -> str:
    """Name files in a text from these folders; a folder itself is named by its last name.

    >>> cut_paths("/srv/locales/ku/x.po:1: is not in /srv/locales", [Path("/srv/locales")])
    'ku/x.po:1: is not in locales'
    """
    for folder in sorted(folders, key=lambda folder: len(str(folder)), reverse=True):
        if folder.name:  # "." has none
            place = rf"(?<![\w./-]){re.escape(str(folder))}"
            text = folder.name.join(re.split(rf"{place}\b", re.sub(f"{place}/", "", text)))
    return text
