"""The worksheets of all languages, each made anew where one of its files has changed."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from letter.checks.glossary import GLOSSARY, Glossary, GlossaryError, read_glossary
from letter.desk.interface_sheet import InterfaceSheet, make_interface_sheet
from letter.desk.memo import Memo
from letter.desk.progress import Texts, split_messages
from letter.desk.worksheet import (
    Tables,
    Terms,
    Worksheet,
    find_all_terms,
    make_bare_worksheet,
    make_worksheet,
)
from letter.editions.awaited_files import AwaitedFiles
from letter.editions.edition import Edition
from letter.editions.library import Library
from letter.editions.readings import is_gone
from letter.editions.shelf import Shelf
from letter.files import sign_file
from letter.languages.folders import CATALOGUE, INTERFACE, explain_absence
from letter.paths import OWN_LOCALES
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import parse_po
from letter.source.template import INTERFACE_TEMPLATE, read_template


class Worksheets:
    """Makes the worksheets of a library's languages; of a broken file, as it last was good.

    `locate` puts the lines of another file into a catalogue's entries: a preview tells people the
    lines of the file that they sent.
    """

    def __init__(self, library: Library, locate: Callable[[PoFile], PoFile] | None = None) -> None:
        self._library, self._locales, self._locate = library, library.locales, locate
        library.keeps_entries = True  # from now on: what it has read before is read once more
        self._texts = Memo[Texts]()
        self._tables = Memo[Tables]()
        self._interfaces = Memo[InterfaceSheet]()
        self._sheets = Memo[Worksheet]()
        self._terms = Memo[Mapping[str, Terms]]()
        self._files = Memo[PoFile | None]()
        self._glossary: Glossary | None = None
        self._gone = AwaitedFiles()

    def find_sheet(self, edition: Edition, shelf: Shelf) -> Worksheet:
        """Give the worksheet of an edition on the shelf."""
        letter, tag = shelf.letter, edition.language.tag
        texts = self._texts.find("", (letter,), lambda: split_messages(letter, self._locales))
        tables = self.find_tables(shelf)
        interface = self._find_interface(edition, tables)
        path = self._locales / edition.language.folder / CATALOGUE
        po = None if edition.is_source else self._read_again(path)
        missing = "the file" if edition.problem and is_gone(path) else ""
        if explain_absence(self._locales) in shelf.unusable:
            missing = f"the folder {self._locales.name}"

        def make() -> Worksheet:
            if po is None:
                own = letter.path if edition.is_source else str(path)
                return make_bare_worksheet(edition, texts, own, interface)
            before = self._sheets.recall(tag)
            made = make_worksheet(edition, po, texts, tables, interface, before)
            find = partial(find_all_terms, letter, tables.glossary, tag)
            terms = self._terms.find(tag, (letter, tables), find)
            return replace(made, terms=terms, missing=missing)

        return self._sheets.find(tag, (edition, po, texts, tables, interface, missing), make)

    def find_tables(self, shelf: Shelf) -> Tables:
        """Give what lies beside the catalogues now; of what is awaited, what was there."""
        links = self._library.find_reading(self._library.links_path)
        paths = [self._locales / name for name in (GLOSSARY, INTERFACE_TEMPLATE)]
        signatures = tuple(map(sign_file, paths))
        self._gone.look(paths)
        # Whoever keeps the shelf has the pages made again.
        is_awaited = self._library.is_kept and self._gone.list_awaited()
        before = self._tables.recall("")
        if before and (is_awaited or not self._locales.is_dir()):
            return before
        tags = tuple(shelf.editions)

        def make() -> Tables:
            problem = ""
            try:
                self._glossary = read_glossary(paths[0]) if paths[0].exists() else None
            except GlossaryError as error:
                problem = str(error)
            problems = filter(None, (problem, links.problem if links else ""))
            allowed = links.allowed_links if links else ()
            page = read_template(paths[1])
            return Tables(self._glossary, allowed, page, tags, tuple(problems))

        return self._tables.find("", (links, signatures, tags), make)

    def _find_interface(self, edition: Edition, tables: Tables) -> InterfaceSheet:
        """Give the interface's own files of a language, beside the letter or of the project."""
        language = edition.language
        places = dict.fromkeys((self._locales, OWN_LOCALES))
        paths = [place / language.folder / INTERFACE for place in places]
        files = tuple(po for path in paths if (po := self._read_again(path)))
        readings = filter(None, map(self._library.find_reading, paths))
        problem = "\n".join(each.problem for each in readings if each.problem)
        catalogues = edition.interface.catalogues

        def make() -> InterfaceSheet:
            return make_interface_sheet(
                language,
                catalogues,
                files,
                tables.glossary,
                tables.page_template,
                missing=paths[0],
                problem=problem,
            )

        parts = (tables, problem, *files, *catalogues)
        return self._interfaces.find(language.tag, parts, make)

    def _read_again(self, path: Path) -> PoFile | None:
        """Read a catalogue as the library last found it good; None where it never was."""
        reading = self._library.find_reading(path)
        good = reading.good if reading else b""

        def make() -> PoFile | None:
            with suppress(PoError):
                po = (reading and reading.po) or parse_po(good + b"\n", str(path))
                return self._locate(po) if self._locate else po
            return None

        return self._files.find(path, (good,), make) if good else None
