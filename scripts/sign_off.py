"""Record in a catalogue that a person has reviewed its translations.

Example: python scripts/sign_off.py ku --reviewer "Zîn Ehmed <zin@example.org>" --passage pbeox35z
"""

import sys
from datetime import UTC, datetime

from letter.editions.catalogue import make_catalogue
from letter.errors import command
from letter.languages.folders import SHARED, choose_both_kinds, name_language
from letter.languages.language import ENGLISH, LanguageError
from letter.merging.lent_interface import list_lent
from letter.paths import make_parser
from letter.po.marks import sign_off
from letter.po.reader import read_po
from letter.po.writer import write_po
from letter.source.letter import read_letter
from letter.source.template import make_interface_template


@command
def main(argv: list[str] | None = None) -> int:
    """Sign off; 0 when recorded, 2 when it can't be."""
    parser = make_parser(__doc__)
    parser.add_argument("language", help="the tag of the catalogue, such as ku")
    parser.add_argument("--reviewer", required=True, help='"Name <mail>", shown without the mail')
    parser.add_argument(
        "--passage",
        nargs="+",
        metavar="PASSAGE",
        help="only these, else the letter: the numbers on its page, 0 for the title, or addresses "
        "such as pbeox35z, which headings, cells and footnotes have, too",
    )
    parser.add_argument(
        "--interface", action="store_true", help="the words of the page, in place of the letter"
    )
    args = parser.parse_args(argv)
    if args.interface and args.passage:
        parser.error("--passage is of the letter: leave out --interface")
    letter = read_letter(args.letter)
    found = choose_both_kinds(args.locales, [args.language], letter.settings.language)
    path = found.get((SHARED if args.interface else "") + args.language)
    if path is None:
        raise LanguageError(f"{args.locales}: there is no such catalogue of {args.language!r}")
    po = read_po(path)
    source = ENGLISH if args.interface else letter.settings.language
    finished = make_catalogue(name_language(path.parent.parent), po, source).list_finished()
    if args.interface:
        lent = list_lent(args.locales, args.language)
        template = make_interface_template()
        wanted = [e.msgid for e in template if e.msgid in finished or e.key not in lent]
    else:
        messages = letter.find_messages(args.passage)
        # A name that nobody has translated is shown as it is written, and there is nothing to sign.
        is_open = args.passage is None
        wanted = [m.msgid for m in messages if not (is_open and m.is_name) or m.msgid in finished]
    signed, count = sign_off(po, args.reviewer, datetime.now(UTC).date(), wanted, finished)
    write_po(path, signed)
    names = {message.msgid for message in letter.messages if message.is_name}.intersection(wanted)
    print(f"{path}: {describe_count(count, len(names))} signed off by {args.reviewer}")
    return 0


def describe_count(count: int, names: int) -> str:
    """Say how many texts were signed off, and how many of them are signatories' names."""
    texts = f"{count - names} text{'' if count - names == 1 else 's'}"
    return f"{texts} and {names} name{'' if names == 1 else 's'}" if names else texts


if __name__ == "__main__":
    sys.exit(main())
