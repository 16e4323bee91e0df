"""Say what is wrong with the translations, line by line and in plain words.

Example: python scripts/check.py ckb
"""

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.checks.allowed_links import LINKS, read_links
from letter.checks.catalogue_checks import check_file
from letter.checks.findings import Finding, Severity
from letter.checks.glossary import GLOSSARY, read_glossary
from letter.checks.open_messages import OpenMessages, describe_open
from letter.errors import command
from letter.languages.folders import (
    SHARED,
    choose_both_kinds,
    find_catalogues,
    find_misnamed,
    name_language,
)
from letter.languages.language import ENGLISH
from letter.paths import make_parser
from letter.source.hidden_characters import isolate
from letter.source.letter import read_source_tag
from letter.source.template import INTERFACE_TEMPLATE, TEMPLATE, read_template


@command
def main(argv: list[str] | None = None) -> int:
    """Check; 0 when nothing keeps a passage from readers, 1 if something does, 2 if unusable."""
    parser = make_parser(__doc__, needs_letter=False)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="a tag; all without one")
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings too")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    args = parser.parse_args(argv)
    source = read_source_tag(args.letter)
    misnamed = find_misnamed(args.locales, source)
    print("".join(f"{told}\n" for told in misnamed), end="", file=sys.stderr)
    paths = choose_both_kinds(args.locales, args.languages, source)
    glossary_path = args.locales / GLOSSARY
    glossary = read_glossary(glossary_path) if glossary_path.exists() else None
    # A letter of which nothing is known is judged as an English one, unless it has a translation
    # into English.
    editions = find_catalogues(args.locales)
    original = source or ("" if ENGLISH in editions else ENGLISH)
    lenders = (*editions, source) if source else ()
    links = read_links(args.locales / LINKS)
    names = (TEMPLATE, INTERFACE_TEMPLATE)
    templates = {name: read_template(args.locales / name) for name in names}
    found, counts = dict[str, list[Finding]](), dict[str, OpenMessages]()
    for name, path in paths.items():
        tag = name.removeprefix(SHARED)
        language = name_language(path)
        kind = (original, lenders, links) if name == tag else (ENGLISH, (), ())
        template = templates.get(path.with_suffix(".pot").name)
        found[name], counts[name] = check_file(path, language, glossary, *kind, template)
    if args.json:
        print_json(paths, found, counts)
    else:
        print_findings(paths, found)
        print_counts(counts, found)
    severities = {finding.severity for findings in found.values() for finding in findings}
    is_wrong = Severity.ERROR in severities or (args.strict and severities)
    return 1 if misnamed or is_wrong else 0


def print_json(
    paths: Mapping[str, Path],
    found: Mapping[str, Sequence[Finding]],
    counts: Mapping[str, OpenMessages],
) -> None:
    """Print all as JSON: by file its path, what it leaves open, and its findings."""
    told = {
        name: {
            "path": str(paths[name]),
            **asdict(counts[name]),
            "findings": [asdict(each) for each in findings],
        }
        for name, findings in found.items()
    }
    print(json.dumps(told, ensure_ascii=False, indent=1))


def print_findings(paths: Mapping[str, Path], found: Mapping[str, Sequence[Finding]]) -> None:
    """Print a line for each finding, with the first words of its message."""
    for name, findings in found.items():
        for finding in findings:
            place = f"{paths[name]}:{finding.line}: {finding.severity}: "
            print(f"{place}{quote_words(finding.words)}{finding.text} [{finding.check}]")


def quote_words(words: str) -> str:
    """Put first words in quotes and isolates, which keep Arabic from turning the line around.

    The isolates (UAX #9) stand outside of the quotes: what a person copies from between them can be
    searched for.
    """
    if not words:
        return ""
    is_turning = any(unicodedata.bidirectional(char) in ("R", "AL") for char in words)
    quoted = f"“{words}”"
    return f"{isolate(quoted) if is_turning else quoted}: "


def print_counts(
    counts: Mapping[str, OpenMessages], found: Mapping[str, Sequence[Finding]]
) -> None:
    """Print what each file leaves open, if anything, and a line that counts the findings."""
    for name, left in counts.items():
        noun = "message" if name.startswith(SHARED) else "passage"
        if told := describe_open(left, noun):
            print(f"{name}: {told}.")
    said = []
    for severity in Severity:
        count = sum(f.severity is severity for findings in found.values() for f in findings)
        said.append(f"{count or 'no'} {severity}{'' if count == 1 else 's'}")
    tags = dict.fromkeys(name.removeprefix(SHARED) for name in found)
    print(f"{', '.join(said).capitalize()} in {', '.join(sorted(tags))}.")


if __name__ == "__main__":
    sys.exit(main())
