"""How far each language has come, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from html import escape
from typing import TYPE_CHECKING

from letter.editions.catalogue import Catalogue, make_catalogue
from letter.editions.state import State
from letter.languages.folders import find_catalogues
from letter.languages.language import Language, find_language
from letter.po.faults import PoError
from letter.po.model import Entry
from letter.po.reader import read_po
from letter.source.template import make_template

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from letter.source.letter import Letter

BAR = 24  # characters of a terminal's bar


@dataclass(slots=True)
class Part:
    """How far one part has come, the letter or the interface, in messages and in English words."""

    total: int = 0
    finished: int = 0
    outdated: int = 0
    unfinished: int = 0
    untranslated: int = 0
    withheld: int = 0
    reviewed: int = 0
    words_to_do: int = 0
    lapsed: list[str] = field(default_factory=list)  # msgids of reviews that no longer hold


@dataclass(slots=True)
class Status:
    """How far one language has come; `problem` says why its file can't be read, if so."""

    tag: str
    name: str
    letter: Part
    interface: Part
    last_translator: str = ""
    revision_date: str = ""
    problem: str | None = None


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
    headers: Mapping[str, str] = {}
    try:
        catalogue = make_catalogue(language, read_po(path))
        headers = catalogue.headers
    except PoError as error:
        catalogue, problem = None, str(error)
    return Status(
        language.tag,
        language.name,
        _count([entry for entry in template if entry.msgid in own], catalogue),
        _count([entry for entry in template if entry.msgid not in own], catalogue),
        headers.get("Last-Translator", ""),
        headers.get("PO-Revision-Date", ""),
        problem,
    )


def _count(entries: Sequence[Entry], catalogue: Catalogue | None) -> Part:
    part = Part(total=len(entries))
    for entry in entries:
        found = catalogue.find_translation(entry.msgid, entry.msgctxt) if catalogue else None
        state = found.state if found else State.UNTRANSLATED
        setattr(part, state.value, getattr(part, state.value) + 1)
        if found and found.reviews:
            part.reviewed += 1
        if found and found.has_lapsed:
            part.lapsed.append(entry.msgid)
        if state is not State.FINISHED:
            part.words_to_do += len(entry.msgid.split())
    return part


def show_status(statuses: Sequence[Status]) -> str:
    """Show the languages as a table for a terminal, a bar for the letter of each."""
    lines = []
    for status in statuses:
        letter, interface = status.letter, status.interface
        bar = "█" * (BAR * letter.reviewed // max(letter.total, 1))
        bar = bar.ljust(BAR * letter.finished // max(letter.total, 1), "▒").ljust(BAR, "·")
        lines.append(
            f"{status.tag:<8} {bar}  letter {letter.finished}/{letter.total}"
            f"  interface {interface.finished}/{interface.total}  reviewed {letter.reviewed}"
        )
        todo = letter.words_to_do + interface.words_to_do
        told = [_list_counts(letter, "letter"), _list_counts(interface, "interface")]
        lines.append(f"{'':<8} {'; '.join(filter(None, told)) or 'nothing to do'}")
        if todo:
            lines.append(f"{'':<8} {todo} words to do")
        if status.last_translator:
            lines.append(f"{'':<8} {status.revision_date or 'no date'}, {status.last_translator}")
        lines += [f"{'':<8} review lapsed: {_shorten(m)}" for m in letter.lapsed + interface.lapsed]
        if status.problem:
            lines.append(f"{'':<8} {status.problem}")
    lines.append("█ reviewed  ▒ finished  · shown in English")
    return "\n".join(lines)


def list_status(statuses: Sequence[Status]) -> list[dict[str, object]]:
    """Give the report as data for other programs."""
    return [asdict(status) for status in statuses]


def draw_status(statuses: Sequence[Status]) -> str:
    """Draw the languages as an SVG picture that needs no font, script or style sheet of its own."""
    width, row, left, bar = 640, 34, 190, 330
    height = row * len(statuses) + 44
    title = "; ".join(
        f"{s.tag}: {s.letter.finished} of {s.letter.total} passages, {s.letter.reviewed} reviewed"
        for s in statuses
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" font-family="system-ui, sans-serif" font-size="14">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="6" fill="#fdfcf9"/>',
    ]
    for number, status in enumerate(statuses):
        y = row * number + 12
        total = max(status.letter.total, 1)
        finished = bar * status.letter.finished // total
        reviewed = bar * status.letter.reviewed // total
        told = f"{status.letter.finished} / {status.letter.total}"
        direction = find_language(status.tag).direction
        anchor = "start" if direction == "rtl" else "end"  # where the text ends on the left
        parts += [
            f'<text x="{left - 12}" y="{y + 15}" text-anchor="{anchor}"'
            f' direction="{direction}" fill="#1d1b18">{escape(status.name)}</text>',
            f'<rect x="{left}" y="{y}" width="{bar}" height="20" fill="#e4dfd3"/>',
            f'<rect x="{left}" y="{y}" width="{finished}" height="20" fill="#b9a06a"/>',
            f'<rect x="{left}" y="{y}" width="{reviewed}" height="20" fill="#4f6f52"/>',
            f'<text x="{left + bar + 12}" y="{y + 15}" fill="#1d1b18">{told}</text>',
        ]
    key = [("#4f6f52", "reviewed"), ("#b9a06a", "translated"), ("#e4dfd3", "in English")]
    for number, (colour, word) in enumerate(key):
        x, y = left + 120 * number, height - 24
        parts += [
            f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>',
            f'<text x="{x + 18}" y="{y + 11}" font-size="12" fill="#5c564c">{word}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _list_counts(part: Part, what: str) -> str:
    names = ("outdated", "unfinished", "untranslated", "withheld")
    counts = [f"{getattr(part, name)} {name}" for name in names if getattr(part, name)]
    return f"{what}: {', '.join(counts)}" if counts else ""


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
