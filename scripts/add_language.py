"""Add a language: its catalogue, ready for translators, and with it its edition.

Example: python scripts/add_language.py fa
"""

import sys

from letter.errors import command
from letter.files import make_folder, write_file
from letter.languages.folders import CATALOGUE
from letter.languages.language import find_language
from letter.merging.catalogues import make_new_catalogue
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
    data = make_new_catalogue(read_letter(args.letter), args.locales, language)
    with make_folder(path.parent):
        write_file(path, data)
    print(f"{path}: {language.name} ({language.english_name}) is ready to be translated")
    print(f"Its edition is at /{language.tag}/ at the next visit.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
