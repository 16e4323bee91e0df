"""Add a language: its catalogue, ready for translators, and with it its edition.

Example: python scripts/add_language.py fa
A language that CLDR doesn't know: add_language.py aii --name ܣܘܪܝܬ --direction rtl
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.errors import command
from letter.files import make_folder, write_files
from letter.languages.folders import CATALOGUE, INTERFACE
from letter.languages.header_facts import HeaderFacts, clean_name
from letter.languages.language import Language, LanguageError, find_language
from letter.languages.plural_rules import parse_plural_forms
from letter.merging.catalogues import make_new_catalogue, make_new_interface
from letter.merging.lent_interface import list_lent
from letter.paths import make_parser
from letter.source.letter import read_letter
from letter.source.template import (
    INTERFACE_TEMPLATE,
    make_interface_template,
    update_template,
)


@command
def main(argv: list[str] | None = None) -> int:
    """Add one language; 0 when its catalogue is there, 2 when it can't be added."""
    parser = make_parser(__doc__)
    parser.add_argument("tag", help="the language's tag, such as fa, pt-BR or zh-Hant")
    parser.add_argument("--name", default="", help="the language's name in itself")
    parser.add_argument("--english-name", default="", metavar="NAME", help="its name in English")
    parser.add_argument("--direction", choices=("ltr", "rtl"), default="", help="of its text")
    parser.add_argument("--plurals", default="", metavar="RULE", help="its Plural-Forms in gettext")
    args = parser.parse_args(argv)
    language = _describe_language(args)
    path = args.locales / language.folder / CATALOGUE
    data = make_new_catalogue(read_letter(args.letter), args.locales, language, args.plurals)
    if path.exists():
        raise LanguageError(f"{path}: is there already: name the language in its header")
    files = {path: data}
    interface = path.with_name(INTERFACE.name)
    lent = list_lent(args.locales, language.tag)
    template = make_interface_template()
    if not interface.exists() and any(entry.key not in lent for entry in template):
        files[interface] = make_new_interface(language, args.plurals, lent)
        pot = args.locales / INTERFACE_TEMPLATE
        files[pot] = update_template(template, pot, datetime.now(UTC))
    with make_folder(path.parent):
        write_files(files)
    print(f"{path}: {language.name} ({language.english_name}) is ready to be translated")
    if interface in files:
        print(f"{interface}: so are the words of the page, which the project has not yet")
    else:
        print("The words of the page around it come with the project.")
    print(f"Its edition is at /{language.tag}/ at the next visit.")
    print(f"Its translators' desk is at /desk/{language.tag}/ while scripts/serve.py runs.")
    return 0


def _describe_language(args: argparse.Namespace) -> Language:
    """Take a language from CLDR and the options; LanguageError where they don't say enough."""
    for name in (args.name, args.english_name):
        if name != clean_name(name):
            told = f": write {clean_name(name)!r}" if clean_name(name) else ""
            raise LanguageError(f"{name[:60]!r} can't be a language's name{told}")
    facts = HeaderFacts(args.tag, args.name, args.english_name, args.direction)
    language = find_language(args.tag, facts)
    if args.plurals:
        parse_plural_forms(args.plurals)
    if language.locale is None and not (args.name and args.direction):
        raise LanguageError(
            f"CLDR doesn't know {language.tag} ({language.english_name}): say its name in its own "
            f'words and its direction, such as --name "…" --direction {language.direction}, and, '
            f'where its plural rule is another one, --plurals "{language.plural_forms}"'
        )
    if args.direction and language.direction != args.direction:
        raise LanguageError(
            f"{language.tag} is written {language.direction}: leave out --direction"
        )
    return language


if __name__ == "__main__":
    sys.exit(main())
