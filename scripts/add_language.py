"""Add a language: its catalogue, ready for translators, and with it its edition.

Example: python scripts/add_language.py fa
"""

import sys
from pathlib import Path

from letter.errors import command
from letter.files import make_folder, write_files
from letter.languages.folders import CATALOGUE, INTERFACE, list_interfaces
from letter.languages.language import Language, find_language
from letter.merging.catalogues import make_new_catalogue, make_new_interface
from letter.paths import make_parser
from letter.source.letter import read_letter


@command
def main(argv: list[str] | None = None) -> int:
    """Add one language; 0 when its catalogue is there, 2 when it can't be added."""
    parser = make_parser(__doc__)
    parser.add_argument("tag", help="the language's tag, such as fa, pt-BR or zh-Hant")
    args = parser.parse_args(argv)
    language = find_language(args.tag)
    path = args.locales / language.folder / CATALOGUE
    files = {path: make_new_catalogue(read_letter(args.letter), args.locales, language)}
    interface = path.with_name(INTERFACE.name)
    if not has_interface(language, args.locales):
        files[interface] = make_new_interface(language)
    with make_folder(path.parent):
        write_files(files)
    print(f"{path}: {language.name} ({language.english_name}) is ready to be translated")
    if interface in files:
        print(f"{interface}: so are the words of the page, which the project has not yet")
    else:
        print("The words of the page around it come with the project.")
    print(f"Its edition is at /{language.tag}/ at the next visit.")
    return 0


def has_interface(language: Language, locales: Path) -> bool:
    """Say whether the page's words are there: in a catalogue, a parent's, or English as made."""
    paths = list_interfaces(locales, [language.tag])[language.tag]
    return language.tag.split("-")[0] == "en" or any(path.exists() for path in paths)


if __name__ == "__main__":
    sys.exit(main())
