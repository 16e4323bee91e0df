"""Previews: what a file that was sent would make of an edition, each as one page without a server.

The file is received as scripts/receive.py does, and nothing is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from letter.desk.desk_page import (
    Around,
    count_findings,
    render_refusal,
    render_worksheet,
    tell_problems,
)
from letter.desk.worksheets import Worksheets
from letter.editions.library import Library
from letter.formats.site import Site
from letter.languages.language import LanguageError
from letter.merging.sent_files import Known, Received, receive_files
from letter.merging.standing_catalogues import Standing, read_standing
from letter.merging.three_way import explain_outcomes
from letter.po.writer import format_po


@dataclass(frozen=True, slots=True)
class Preview:
    """The page of one language, or of a file that can't be shown.

    `summary` says in a line how far the language is; `problems` are what keeps a file, or a part of
    it, from readers.
    """

    tag: str  # "" where the language isn't known
    html: str
    summary: str
    problems: tuple[str, ...] = ()


def make_previews(
    sent: Path, letter: Path, locales: Path, known: Known, site: Site
) -> list[Preview]:
    """Make the preview of each language that a file brings; LetterError without a good letter."""
    standing = read_standing(locales, known.source)
    received, after = receive_files([sent], standing, known)
    problems = tuple(each.problem for each in received if each.problem)
    tags = list(dict.fromkeys(each.language for each in received if not each.problem))
    if not tags:
        around = Around(problems=problems, is_live=False, sent=sent.name)
        return [Preview("", render_refusal(around), "", problems)]
    with TemporaryDirectory() as folder:
        library = Library(letter, locales, stand_ins=_write_stand_ins(after, Path(folder)))
        return [_make_preview(tag, library, site, sent.name, received) for tag in tags]


def _write_stand_ins(after: dict[str, Standing], folder: Path) -> dict[Path, Path]:
    """Write what would change, each file below a folder named after its language."""
    stand_ins = {}
    for each in after.values():
        if each.current is not each.stored:
            place = folder.joinpath(*each.path.parts[-3:])
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(format_po(each.current))
            stand_ins[each.path] = place
    return stand_ins


def _make_preview(
    tag: str, library: Library, site: Site, sent: str, received: Sequence[Received]
) -> Preview:
    shelf = library.read_shelf()
    edition = shelf.editions.get(tag)
    if edition is None:
        raise LanguageError(f"{sent}: the letter has no edition in {tag} that could be shown")
    worksheets = Worksheets(library)
    sheet, tables = worksheets.find_sheet(edition, shelf), worksheets.find_tables(shelf)
    problems = [each.problem for each in received if each.problem]
    problems += [sheet.interface.problem] if sheet.interface and sheet.interface.problem else []
    own = [each for each in received if each.language == tag]
    around = Around(is_live=False, sent=sent, notes=tuple(_list_notes(own)))
    html = render_worksheet(sheet, shelf, site, tell_problems(around, *problems, *tables.problems))
    part = sheet.status.letter
    summary = f"{part.finished} of {part.total} done, {count_findings(sheet.all_findings)}"
    problems += [edition.problem] if edition.problem else []
    return Preview(tag, html, f"{edition.language.english_name}: {summary}", tuple(problems))


def _list_notes(received: Sequence[Received]) -> Iterator[str]:
    """List what a person should know of a file: what was converted, what is doubtful."""
    for each in received:
        yield from each.notes
        yield from explain_outcomes(each.entries, each.path)
