"""Record in a catalogue that a person has reviewed its translations, but for unfinished ones.

Example: python scripts/sign_off.py ku --reviewer "Zîn Ehmed <zin@example.org>" --passage pbeox35z
"""

import sys
from argparse import Namespace
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.checks.allowed_links import LINKS, read_links
from letter.editions.catalogue import Catalogue, State, make_catalogue
from letter.errors import command
from letter.languages.folders import SHARED, choose_both_kinds, name_language
from letter.languages.language import ENGLISH, LanguageError
from letter.merging.lent_interface import list_lent
from letter.paths import make_parser
from letter.po.marks import sign_off
from letter.po.model import PoFile, shorten_text
from letter.po.reader import read_po
from letter.po.writer import write_po
from letter.source.letter import Letter, read_letter
from letter.source.template import make_interface_template

_REASONS = {
    State.UNTRANSLATED: "isn't translated yet",
    State.UNFINISHED: "is marked fuzzy: read it, and take the mark away",
    State.OUTDATED: "is of an older text: bring it up to date, and take the mark fuzzy away",
    State.WITHHELD: "has an error, so that readers don't see it: scripts/check.py says which",
}


@command
def main(argv: list[str] | None = None) -> int:
    """Sign off what is finished; 0 when recorded, 2 when there is nothing to sign.

    What is named with --passage is signed as a whole, or not at all.
    """
    args = parse_options(argv)
    letter = read_letter(args.letter)
    found = choose_both_kinds(args.locales, [args.language], letter.settings.language)
    path = found.get((SHARED if args.interface else "") + args.language)
    if path is None:
        raise LanguageError(f"{args.locales}: there is no such catalogue of {args.language!r}")
    po = read_po(path)
    source = ENGLISH if args.interface else letter.settings.language
    links = () if args.interface else read_links(args.locales / LINKS)
    catalogue = make_catalogue(name_language(path), po, source, links)
    finished = catalogue.list_finished()
    wanted = list_wanted(args, letter, catalogue)
    left = [] if args.passage else [msgid for msgid in wanted if msgid not in finished]
    wanted = [msgid for msgid in wanted if msgid not in left] or wanted
    signed, count = sign_off(po, args.reviewer, datetime.now(UTC).date(), wanted, finished)
    write_po(path, signed)
    names = {message.msgid for message in letter.messages if message.is_name}.intersection(wanted)
    print(f"{path}: {describe_count(count, len(names))} signed off by {args.reviewer}")
    for line in tell_left(catalogue, po, left):
        print(line)
    return 0


def parse_options(argv: list[str] | None) -> Namespace:
    """Parse whose review of what is recorded; SystemExit where the options don't fit together."""
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
    return args


def list_wanted(args: Namespace, letter: Letter, catalogue: Catalogue) -> list[str]:
    """List the msgids that a person means to sign, finished or not.

    A name that nobody has translated is shown as it is written, and there is nothing to sign. So it
    is with a text of the page that another catalogue lends.
    """
    if args.interface:
        lent, finished = list_lent(args.locales, args.language), catalogue.list_finished()
        template = make_interface_template()
        return [e.msgid for e in template if e.msgid in finished or e.key not in lent]
    messages = letter.find_messages(args.passage)
    found = {m.msgid: catalogue.find_translation(m.msgid).state for m in messages}
    is_nothing = {m.msgid for m in messages if m.is_name and not args.passage}
    return [m for m in found if m not in is_nothing or found[m] is not State.UNTRANSLATED]


def tell_left(catalogue: Catalogue, po: PoFile, msgids: Collection[str]) -> Iterator[str]:
    """Tell which texts aren't signed off, each with its line and the reason."""
    lines = {entry.msgid: entry.line for entry in po.entries if not entry.obsolete}
    for (_, msgid), translation in catalogue.translations.items():
        if msgid in msgids:
            text = f"“{shorten_text(msgid)}” isn't signed off: it {_REASONS[translation.state]}"
            yield f"{po.path}:{lines[msgid]}: {text}"
    if missing := [msgid for msgid in msgids if msgid not in lines]:
        texts = "1 text isn't" if len(missing) == 1 else f"{len(missing)} texts aren't"
        yield f"{po.path}: {texts} in the file: run scripts/update.py, and translate first"


def describe_count(count: int, names: int) -> str:
    """Say how many texts were signed off, and how many of them are signatories' names."""
    texts = f"{count - names} text{'' if count - names == 1 else 's'}"
    return f"{texts} and {names} name{'' if names == 1 else 's'}" if names else texts


if __name__ == "__main__":
    sys.exit(main())
