"""Previews: what a file that was sent would make of an edition, each as one page without a server.

The file is received as scripts/receive.py does, and nothing is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from letter.checks.findings import Finding
from letter.desk.desk_page import (
    Showing,
    count_findings,
    render_refusal,
    render_worksheet,
    tell_problems,
)
from letter.desk.sent_lines import (
    Folders,
    find_strange_originals,
    list_notes,
    locate_texts,
    read_sent_files,
)
from letter.desk.worksheet import Worksheet
from letter.desk.worksheets import Worksheets
from letter.editions.library import Library
from letter.editions.shelf import Shelf
from letter.formats.site import Site
from letter.languages.folders import SHARED
from letter.languages.language import LanguageError
from letter.merging.sent_files import Known, Received, receive_files
from letter.merging.standing_catalogues import Standing, read_domain_history, read_standing
from letter.paths import OWN_LOCALES
from letter.po.model import PoFile
from letter.po.writer import format_po
from letter.source.letter import Letter
from letter.source.template import make_interface_template, make_template


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
    folders = Folders(sent.parent, letter.parent, locales.parent, OWN_LOCALES.parent)
    if not tags:
        shown = tuple(map(folders.hide, problems))
        showing = Showing(problems=shown, is_live=False, sent=sent.name)
        return [Preview("", render_refusal(showing), "", problems)]
    files = read_sent_files(sent, standing)
    by_path = {each.path: files.get(each.file) for each in received}
    with TemporaryDirectory() as folder:
        library = Library(letter, locales, stand_ins=_write_stand_ins(after, Path(folder)))
        worksheets = Worksheets(library, lambda po: locate_texts(po, by_path.get(po.path)))
        make = _PreviewMaker(sent, library, worksheets, received, files, folders, standing)
        return [make.make_preview(tag, site) for tag in tags]


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


@dataclass(frozen=True, slots=True)
class _PreviewMaker:
    """Makes the previews of a file that was sent, of which `files` are what was in it."""

    sent: Path
    library: Library
    worksheets: Worksheets
    received: Sequence[Received]
    files: Mapping[str, PoFile]
    folders: Folders
    standing: Mapping[str, Standing]

    def make_preview(self, tag: str, site: Site) -> Preview:
        """Make the preview of one language."""
        shelf = self.library.read_shelf()
        edition = shelf.editions.get(tag)
        if edition is None:
            wrong = f"the letter has no edition in {tag} that could be shown"
            raise LanguageError(f"{self.sent.name}: {wrong}")
        tables = self.worksheets.find_tables(shelf)
        sheet = self.worksheets.find_sheet(edition, shelf)
        told = [sheet.interface.problem] if sheet.interface and sheet.interface.problem else []
        problems = [each.problem for each in self.received if each.problem] + told
        own = [each for each in self.received if each.language == tag]
        sheet = self._name_files(sheet, shelf, own)
        notes = tuple(map(self.folders.hide, list_notes(own, self.files)))
        showing = Showing(is_live=False, sent=self.sent.name, notes=notes)
        showing = tell_problems(showing, *map(self.folders.hide, (*problems, *tables.problems)))
        html = render_worksheet(sheet, shelf, site, showing)
        part = sheet.status.letter
        summary = f"{part.finished} of {part.total} done, {count_findings(sheet.all_findings)}"
        problems += [edition.problem] if edition.problem else []
        return Preview(tag, html, f"{edition.language.english_name}: {summary}", tuple(problems))

    def _name_files(self, sheet: Worksheet, shelf: Shelf, own: Sequence[Received]) -> Worksheet:
        """Name the files as they were sent; add what is found in them and not in what they make."""
        names = {each.path: each.file for each in own}
        interface = sheet.interface
        if interface:
            texts = (
                replace(text, path=self.folders.hide(names.get(text.path, text.path)))
                for text in interface.texts
            )
            interface = replace(interface, texts=tuple(texts))
        edition = sheet.edition
        edits = self._find_edits(edition.language.tag, shelf.letter, own)
        if edition.problem:
            edition = replace(edition, problem=self.folders.hide(edition.problem))
        return replace(
            sheet,
            edition=edition,
            path=self.folders.hide(names.get(sheet.path, sheet.path)),
            findings={**sheet.findings, 0: [*sheet.findings.get(0, ()), *edits]},
            interface=interface,
            missing="",
        )

    def _find_edits(self, tag: str, letter: Letter, own: Sequence[Received]) -> Iterator[Finding]:
        """Find msgids that were edited in the files of a language."""
        templates = make_template(letter, self.library.locales), make_interface_template()
        for file in dict.fromkeys(each.file for each in own):
            if po := self.files.get(file):
                name = tag if tag in self.standing else SHARED + tag
                stored = self.standing[name]
                versions = (*read_domain_history(self.standing, name, po).versions, stored.stored)
                is_in_place = self.sent.resolve() == stored.path.resolve()
                yield from find_strange_originals(po, () if is_in_place else versions, templates)
