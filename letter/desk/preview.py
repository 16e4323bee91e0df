"""A translation that somebody has sent, as a page that needs neither a server nor a script."""

from contextlib import suppress
from pathlib import Path

from letter.desk.desk_page import Around, render_worksheet
from letter.desk.progress import split_messages
from letter.desk.worksheet import Tables, make_worksheet
from letter.editions.catalogue import Catalogue, make_catalogue, make_plain_catalogue
from letter.editions.edition import make_edition
from letter.editions.interface import Interface
from letter.editions.shelf import Shelf
from letter.errors import OneLetterError
from letter.formats.site import Site
from letter.languages.folders import list_interfaces, name_language
from letter.languages.language import Language, find_language
from letter.po.model import PoFile
from letter.po.reader import read_po
from letter.source.letter import Letter


def render_preview(
    letter: Letter, po: PoFile, language: Language, locales: Path, tables: Tables
) -> str:
    """Render a catalogue beside the letter, whoever sent the catalogue and however old it is.

    The page's own words are those of the catalogues in `locales`, or the project's.
    """
    source = find_language(letter.settings.language)
    interface = Interface(language, _read_interfaces(language, locales))
    edition = make_edition(letter, make_plain_catalogue(language), source, interface)
    sheet = make_worksheet(edition, po, split_messages(letter, locales), tables)
    shelf = Shelf(letter, {language.tag: sheet.edition}, ())
    return render_worksheet(sheet, shelf, Site(), Around(is_live=False))


def _read_interfaces(language: Language, locales: Path) -> tuple[Catalogue, ...]:
    """Read the catalogues of an interface, the nearest first; a broken one is left out."""
    found = []
    for path in list_interfaces(locales, [language.tag])[language.tag]:
        if path.exists():
            with suppress(OneLetterError):
                found.append(make_catalogue(name_language(path.parent.parent), read_po(path)))
    return tuple(found)
