"""Write the glossary of one language for translators' tools, and take such a file back.

Example: python scripts/glossary.py ar                      writes glossary-ar.csv, for Weblate
Example: python scripts/glossary.py ar --output ar.utf8     for OmegaT
Example: python scripts/glossary.py ar ~/Downloads/glossary-ar.csv     takes it back
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.checks.glossary import GLOSSARY, GlossaryError
from letter.errors import command
from letter.files import sign_file, write_file, write_files
from letter.languages.folders import CATALOGUE, find_catalogues
from letter.languages.header_facts import read_header_facts
from letter.languages.language import Language, find_language
from letter.merging.csv_table import CsvTable, format_csv_table, list_row_lines
from letter.merging.glossary_merge import (
    TermChange,
    add_language_column,
    find_base_terms,
    list_columns,
    list_terms,
    merge_terms,
    read_glossary_table,
    refuse_other_language,
    spell_terms,
)
from letter.merging.term_tables import Term, find_doubts, format_terms, read_terms
from letter.paths import make_parser
from letter.source.letter import read_source_tag


@command
def main(argv: list[str] | None = None) -> int:
    """Write or take back; 0 when all is done, 1 when a person has to choose, 2 when it can't be."""
    parser = make_parser(__doc__, needs_letter=False)
    parser.add_argument("language", help="a language's tag, such as ar")
    parser.add_argument("file", type=Path, nargs="?", help="the file that came back")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where the language's terms go")
    parser.add_argument("--add", action="store_true", help="give the language a column if needed")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    args = parser.parse_args(argv)
    if args.file and args.output:
        parser.error("--output is for a file that is written: leave it out to take one back")
    args.language = args.language.replace("_", "-")
    args.source = read_source_tag(args.letter)
    if args.language == args.source:
        told = "is the letter's own language, whose words are the terms: name another language"
        raise GlossaryError(f"{args.language} {told}")
    folder = args.locales / args.language.replace("-", "_")
    language = find_language(args.language, read_header_facts(folder / CATALOGUE))
    return take_back(args, language) if args.file else write_out(args)


def write_out(args: argparse.Namespace) -> int:
    """Write the terms of a language, all of them, also those that aren't translated yet."""
    output = args.output or Path(f"glossary-{args.language}.csv")
    path = args.locales / GLOSSARY
    if output.resolve() == path.resolve():
        told = "is the glossary of all languages: name another file"
        raise GlossaryError(f"{output}: {told}")
    table = read_glossary_table(path)
    terms = list_terms(table, args.language)
    write_file(output, format_terms(terms, output))
    print(f"{output}: {len(terms)} terms, {sum(bool(term.forms) for term in terms)} translated")
    if args.language not in list_columns(table):
        told = f"has no column {args.language} yet: take the file back with --add"
        print(f"{path}:1: {told}", file=sys.stderr)
    return 0


def take_back(args: argparse.Namespace, language: Language) -> int:
    """Take a file that came back into the glossary, and tell of each term that changed."""
    path = args.locales / GLOSSARY
    signature, before = sign_file(path), read_glossary_table(path)
    table = before
    if args.language not in list_columns(table):
        if not args.add:
            told = f"has no column {args.language}: add it with --add"
            raise GlossaryError(f"{path}:1: {told}")
        table = add_language_column(table, args.language)
        if not find_catalogues(args.locales).get(args.language):
            told = f"no edition is called {args.language} yet: its column is of use to none"
            print(f"{path}:1: {told}", file=sys.stderr)
    came = spell_terms(table, args.language, read_terms(args.file, args.language, args.source))
    sent = [term for term in came if not term.waits]
    refuse_other_language(table, args.file, args.language, sent)
    base, lack = find_base_terms(path, args.language, sent)
    table, changes = merge_terms(table, args.language, sent, base)
    if table != before and not args.dry_run:
        write_files({path: format_csv_table(table).encode()}, {path: signature})
    for line in explain_changes(table, changes, path):
        print(line)
    changed = {change.term for change in changes}
    doubts = [
        f"{args.file}:{term.place}: {term.name}: {doubt}"
        for term in sent
        if term.name in changed
        for doubt in find_doubts(term, language)
    ]
    needs_person = any(change.needs_person for change in changes)
    if lack and needs_person:
        doubts.append(f"{args.file}: which version it was written from is not known: {lack}")
    for line in (*doubts, *explain_rest(came, list_terms(before, args.language), path, args.file)):
        print(line)
    return int(needs_person or bool(doubts))


def explain_rest(
    came: Sequence[Term], own: Sequence[Term], path: Path, file: Path
) -> Iterator[str]:
    """Say how many terms wait in a file that came back, and how many the file doesn't have."""
    if count := sum(term.waits for term in came):
        told = "1 term waits" if count == 1 else f"{count} terms wait"
        yield f"{file}: {told} for editing there (fuzzy), and nothing of it is taken"
    names = {term.name for term in own}
    for term in came:
        if term.name not in names and not term.forms and not term.waits:
            yield f"{file}:{term.place}: {term.name}: is new and has no translation: not taken"
    names = {term.name for term in came}
    if count := sum(term.name not in names for term in own):
        told, stay = ("1 term is", "stays") if count == 1 else (f"{count} terms are", "stay")
        yield f"{path}: {told} not in {file}, and {stay}"


def explain_changes(table: CsvTable, changes: Sequence[TermChange], path: Path) -> Iterator[str]:
    """Say what became of the terms, each with its line; or that nothing did."""
    if not changes:
        yield f"{path}: nothing new in the file"
    lines = list_row_lines(table)
    for change in changes:
        yield f"{path}:{lines[change.row]}: {change.term}: {change.told}"


if __name__ == "__main__":
    sys.exit(main())
