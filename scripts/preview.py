"""Show a translator what readers would see of a file: one page that needs no network.

Example: python scripts/preview.py ~/Downloads/letter-ar-final.po --output ar.html
What lies on another branch: git show weblate:locales/ar/LC_MESSAGES/letter.po > ar.po
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import own_clone  # noqa: F401  before all else of the project

from letter.desk.preview import make_previews
from letter.errors import command
from letter.files import write_file
from letter.formats.site import Site
from letter.merging.attachments import ReceiveError
from letter.merging.sent_files import Known
from letter.paths import make_parser
from letter.po.reader import read_po
from letter.source.letter import read_source_tag


@command
def main(argv: list[str] | None = None) -> int:
    """Write the pages; 0 when all can be shown, 1 when a page says what is wrong, 2 without one."""
    parser = make_parser(__doc__)
    parser.add_argument("file", type=Path, help="the file that came: whatever receive.py takes")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the page (preview-ar.html)")
    parser.add_argument("--language", help="whose catalogue it is, if its header is wrong")
    parser.add_argument("--base", type=Path, help="the file that the translator started from")
    parser.add_argument("--trust-letters", action="store_true", help="show letters that look lost")
    args = parser.parse_args(argv)
    if not args.file.is_file():
        what = "is a folder" if args.file.is_dir() else "there is no such file"
        raise ReceiveError(f"{args.file}: {what}: name the file that came")
    base, source = read_po(args.base) if args.base else None, read_source_tag(args.letter)
    known = Known(args.language, base, letters_are_right=args.trust_letters, source=source)
    site = Site(os.environ.get("LETTER_BASE_URL", ""), disk=True)
    previews = make_previews(args.file, args.letter, args.locales, known, site)
    if args.output and len(previews) > 1:
        tags = " and ".join(preview.tag for preview in previews)
        raise ReceiveError(f"{args.file}: makes a page for {tags} each: leave out --output")
    for preview in previews:
        name = f"preview-{preview.tag}.html" if preview.tag else "preview.html"
        path = args.output or Path(name)
        write_file(path, preview.html.encode(errors="backslashreplace"))
        print(f"{path}: {preview.summary or 'says what is wrong with the file'}")
    for problem in dict.fromkeys(each for preview in previews for each in preview.problems):
        print(problem, file=sys.stderr)
    return int(any(preview.problems for preview in previews))


if __name__ == "__main__":
    sys.exit(main())
