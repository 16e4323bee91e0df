"""The desk: each language's page as its files are now, with what is left to do beside it."""

from letter.desk.desk_page import (
    STYLES,
    Showing,
    find_standings,
    read_script,
    render_gone,
    render_overview,
    render_worksheet,
    tell_problems,
)
from letter.desk.memo import Memo
from letter.desk.next_step import write_options
from letter.desk.worksheet import Worksheet
from letter.desk.worksheets import Worksheets
from letter.editions.library import Library
from letter.editions.shelf import Shelf
from letter.formats.policies import make_page_policy
from letter.formats.site import Site
from letter.languages.folders import explain_absence
from letter.languages.language import LanguageError, find_language


class Desk:
    """Renders the desk's pages, and keeps what hasn't changed since; it writes nothing.

    `editor` is the program that links to lines open: vscode, sublime, or none.
    """

    def __init__(self, library: Library, site: Site, editor: str = "") -> None:
        self._library, self._site = library, site
        self._showing = Showing(editor, write_options(library.letter_path, library.locales))
        self._worksheets = Worksheets(library)
        self._sources: set[str] = set()  # tags of the languages that the letter has been in
        self._pages = Memo[str]()
        self._pieces = Memo[Memo[str]]()  # by language, as long as the letter is the same

    def render(self, tag: str) -> str | None:
        """Render the page of a language, or of all for ""; None where there is no such edition.

        `data-version` is left empty: the feed fills it in.
        """
        shelf = self._library.read_shelf()
        if tag == "":
            return self._render_overview(shelf)
        if tag not in shelf.editions:
            return None
        self._sources.add(shelf.source.language.tag)
        sheet = self._find_sheets(shelf, tag)[0]
        return self._render_sheet(sheet, shelf)

    def render_gone(self, tag: str) -> str | None:
        """Render what to show of a language that has no edition now; None if that is no language.

        None as well where the language has an edition.
        """
        shelf = self._library.read_shelf()
        try:
            language = find_language(tag)
        except LanguageError:
            return None
        if language.tag in shelf.editions:
            return None
        folder = self._library.locales / language.folder
        told = [problem for problem in shelf.unusable if f"{folder}/" in problem]
        gone = f"{folder} is no longer there"
        if language.tag in self._sources:
            gone = f"{shelf.letter.path} is in {shelf.source.language.english_name} now"
        told = told or [gone]
        return render_gone(language, shelf, tell_problems(self._showing, *told))

    def _render_sheet(self, sheet: Worksheet, shelf: Shelf) -> str:
        edition, tables = sheet.edition, self._worksheets.find_tables(shelf)
        first = shelf.source
        letter_problem = None if edition.is_source else first.problem
        others = self._find_sheets(shelf)[1:] if edition.is_source else []
        interface_problem = sheet.interface.problem if sheet.interface else None
        absence = explain_absence(self._library.locales)
        away = [absence] if absence in shelf.unusable else []
        told = (letter_problem, *away, interface_problem, *tables.problems)

        def make() -> str:
            showing = tell_problems(self._showing, *told)
            standings = find_standings(others) if edition.is_source else None
            pieces = self._pieces.find(edition.language.tag, (shelf.letter,), Memo[str])
            return render_worksheet(sheet, shelf, self._site, showing, standings, pieces)

        return self._pages.find(edition.language.tag, (sheet, told, *others), make)

    def _render_overview(self, shelf: Shelf) -> str:
        sheets, tables = self._find_sheets(shelf), self._worksheets.find_tables(shelf)

        def make() -> str:
            showing = tell_problems(self._showing, *tables.problems)
            return render_overview(sheets, shelf, showing)

        return self._pages.find("", (shelf.unusable, *sheets), make)

    def _find_sheets(self, shelf: Shelf, tag: str = "") -> list[Worksheet]:
        """Give the worksheet of one language, or of all."""
        wanted = [shelf.editions[tag]] if tag else shelf.editions.values()
        return [self._worksheets.find_sheet(edition, shelf) for edition in wanted]


def make_desk_policy() -> str:
    """Give the Content-Security-Policy of the desk: its styles, its script, its own events."""
    return make_page_policy(*STYLES, script=read_script())
