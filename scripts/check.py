"""Say what is wrong with the translations, line by line and in plain words.

Example: python scripts/check.py ckb
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from letter.checks.allowed_links import LINKS, read_links
from letter.checks.catalogue_checks import check_file
from letter.checks.findings import Finding, Severity
from letter.checks.glossary import GLOSSARY, read_glossary
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
from letter.source.letter import read_source_tag


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
    found = {}
    for name, path in paths.items():
        tag = name.removeprefix(SHARED)
        language = name_language(path.parent.parent)
        kind = (original, lenders, links) if name == tag else (ENGLISH,)
        found[name] = check_file(path, language, glossary, *kind)
    if args.json:
        told = {
            name: {"path": str(paths[name]), "findings": [asdict(each) for each in findings]}
            for name, findings in found.items()
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print_findings(paths, found)
    severities = {finding.severity for findings in found.values() for finding in findings}
    is_wrong = Severity.ERROR in severities or (args.strict and severities)
    return 1 if misnamed or is_wrong else 0


def print_findings(paths: dict[str, Path], found: dict[str, list[Finding]]) -> None:
    """Print a line for each finding, and one that counts them."""
    for name, findings in found.items():
        for finding in findings:
            place = f"{paths[name]}:{finding.line}"
            print(f"{place}: {finding.severity}: {finding.text} [{finding.check}]")
    counts = []
    for severity in Severity:
        count = sum(f.severity is severity for findings in found.values() for f in findings)
        counts.append(f"{count or 'no'} {severity}{'' if count == 1 else 's'}")
    tags = dict.fromkeys(name.removeprefix(SHARED) for name in found)
    print(f"{', '.join(counts).capitalize()} in {', '.join(sorted(tags))}.")


if __name__ == "__main__":
    sys.exit(main())
