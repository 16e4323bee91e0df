"""How far each language has come, counted: the letter and the interface apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letter.editions.catalogue import Catalogue, State, make_catalogue, make_plain_catalogue
from letter.languages.folders import find_catalogues
from letter.languages.language import Language, find_language
from letter.po.faults import PoError
from letter.po.reader import read_po
from letter.source.template import make_template

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from letter.po.model import Entry
    from letter.source.letter import Letter


@dataclass(frozen=True, slots=True)
class Part:
    """How far one part has come, the letter or the interface, in messages."""

    total: int
    finished: int
    outdated: int
    unfinished: int
    untranslated: int
    withheld: int
    reviewed: int
    words_to_do: int  # English words of the messages that are not finished
    lapsed: tuple[str, ...]  # msgids of reviews that no longer hold


@dataclass(frozen=True, slots=True)
class Status:
    """How far one language has come."""

    tag: str
    name: str
    letter: Part
    interface: Part
    last_translator: str
    revision_date: str
    problem: str | None  # why the file can't be read; all then counts as untranslated


def report_status(letter: Letter, locales: Path) -> list[Status]:
    """Report on every catalogue, in order of tags; a broken file is reported too."""
    template = make_template(letter, locales)
    own = {message.msgid for message in letter.messages}
    return [
        _report_language(find_language(tag), path, template, own)
        for tag, path in find_catalogues(locales).items()
    ]


def _report_language(
    language: Language, path: Path, template: Sequence[Entry], own: Collection[str]
) -> Status:
    problem = None
    try:
        catalogue = make_catalogue(language, read_po(path))
    except PoError as error:
        catalogue, problem = make_plain_catalogue(language), str(error)
    return Status(
        language.tag,
        language.name,
        _count_part([entry for entry in template if entry.msgid in own], catalogue),
        _count_part([entry for entry in template if entry.msgid not in own], catalogue),
        catalogue.headers.get("Last-Translator", ""),
        catalogue.headers.get("PO-Revision-Date", ""),
        problem,
    )


def _count_part(entries: Sequence[Entry], catalogue: Catalogue) -> Part:
    found = [(e.msgid, catalogue.find_translation(e.msgid, e.msgctxt)) for e in entries]
    counts = Counter(known.state for _, known in found)
    return Part(
        total=len(found),
        finished=counts[State.FINISHED],
        outdated=counts[State.OUTDATED],
        unfinished=counts[State.UNFINISHED],
        untranslated=counts[State.UNTRANSLATED],
        withheld=counts[State.WITHHELD],
        reviewed=sum(bool(known.reviews) for _, known in found),
        words_to_do=sum(
            len(msgid.split()) for msgid, known in found if known.state is not State.FINISHED
        ),
        lapsed=tuple(msgid for msgid, known in found if known.has_lapsed),
    )
