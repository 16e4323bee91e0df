"""Record in a catalogue that a person has reviewed its translations.

Example: python scripts/sign_off.py ku --reviewer "Zîn Ehmed <zin@example.org>" --passage pbeox35z
"""

import sys
from datetime import UTC, datetime

from letter.editions.catalogue import make_catalogue
from letter.errors import command
from letter.languages.folders import choose_catalogues, name_language
from letter.paths import make_parser
from letter.po.marks import sign_off
from letter.po.reader import read_po
from letter.po.writer import write_po
from letter.source.letter import read_letter


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
        help="only these: addresses as on the page (pbeox35z), or numbers from 1; else the letter",
    )
    args = parser.parse_args(argv)
    path = choose_catalogues(args.locales, [args.language])[args.language]
    wanted = read_letter(args.letter).find_messages(args.passage)
    po = read_po(path)
    finished = make_catalogue(name_language(path.parent.parent), po).list_finished()
    today = datetime.now(UTC).date()
    signed, count = sign_off(po, args.reviewer, today, [m.msgid for m in wanted], finished)
    write_po(path, signed)
    print(f"{path}: {count} passages signed off by {args.reviewer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
