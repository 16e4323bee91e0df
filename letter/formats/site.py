"""Where the pages will be, which of them there are, and where mistakes in them are reported."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from letter.addresses import Kind, relate
from letter.editions.edition import Edition
from letter.editions.shelf import Shelf
from letter.errors import OneLetterError
from letter.source.letter import Letter
from letter.source.markdown import plain_line

MANY_PASSAGES = 100  # above which passages have no pages: each language would have as many more
MANY_EDITIONS = 6  # above which not all editions are shown beside each other: 7 are 42 pages
FEW_EDITIONS = 8  # up to which a list of editions shows them all at once
SHOWN_EDITIONS = 12  # of a longer list, at most: three or four lines on a phone

_BASE_URL = re.compile(r"https?://[\w.:-]+(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")


class SiteError(OneLetterError):
    """A site that can't be; the text says what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages will be.

    `base_url` ("https://example.org/aleppo") makes addresses whole, and with them the links to
    share and the QR code possible. `report` is where mistakes are reported: a mail address, or the
    address of a form with {title} and {body} in it. Either may be empty. `disk` says that pages
    are opened as files, so that links name the file of a page. `all_pairs` says that any two
    editions have a page side by side, however many editions there are. `hsts` is the number of
    seconds for which browsers are told to ask by https alone (RFC 6797), or "" to tell nothing.
    """

    base_url: str = ""
    report: str = ""
    disk: bool = False
    all_pairs: bool = False
    hsts: str = ""

    def __post_init__(self) -> None:
        if self.base_url and not _BASE_URL.fullmatch(self.base_url):
            told = "must be like https://example.org or https://example.org/letter"
            raise SiteError(f"the base URL {self.base_url!r} {told}")
        if self.hsts and not re.fullmatch("[0-9]{1,10}", self.hsts):
            told = "write seconds, such as 31536000 for a year, or leave it out"
            raise SiteError(f"{self.hsts!r} is no time for Strict-Transport-Security: {told}")

    @property
    def is_secure(self) -> bool:
        """Whether readers ask by https."""
        return self.base_url.startswith("https:")

    @property
    def prefix(self) -> str:
        """The path below which all pages are, without a slash at its end."""
        return urlsplit(self.base_url).path.rstrip("/")

    def join(self, path: str) -> str:
        """Give the whole address of a path ("/ar/").

        Where the base isn't known, that is the path; on a disk, the file below the site's folder.
        """
        if self.disk and not self.base_url:
            return self.link("/", path)
        return self.base_url.rstrip("/") + path

    def share(self, tag: str) -> str:
        """Give the whole address of an edition to hand on; "" where the base isn't known."""
        return self.join(Kind.EDITION.write_path(tag)) if self.base_url else ""

    def link(self, here: str, there: str) -> str:
        """Write the link from one path to another, which holds wherever the site is put."""
        link = relate(here, there)
        return f"{link}index.html" if self.disk and link.endswith("/") else link

    def report_link(self, title: str, body: str, contact: str = "") -> str:
        """Give the link that reports a mistake, with everything filled in; "" if there is none.

        Where the site doesn't say to whom, it is the letter's contact: a mail address or a page.
        """
        report = self.report or contact
        if not report or (report == contact and "://" in contact):
            return report
        mail = f"mailto:{report}?subject={{title}}&body={{body}}"
        template = report if "{body}" in report else mail
        return template.replace("{title}", quote(title)).replace("{body}", quote(body))

    def report_edition(self, edition: Edition) -> str:
        """Give the link that reports a mistake in an edition, or offers help; "" if there is none.

        Where the site doesn't say to whom, it is the letter's contact, or else its imprint.
        """
        tag, settings = edition.language.tag, edition.letter.settings
        title, body = plain_line(edition.title.text), self.join(Kind.EDITION.write_path(tag))
        contact = settings.contact or settings.imprint
        return self.report_link(f"{tag}: {title}", f"{body}\n\n", contact)


def choose_pairs(wanted: str | None) -> bool:
    """Read which editions have a page side by side: "all" of them, or nothing for the usual ones.

    Raises SiteError if `wanted` says anything else.
    """
    if wanted not in (None, "", "all"):
        raise SiteError(f"{wanted!r} are no pairs of editions: write all, or leave it out")
    return wanted == "all"


def has_passage_pages(letter: Letter) -> bool:
    """Say whether passages have pages; in a long letter each has only a place on an edition's."""
    return len(letter.passages) <= MANY_PASSAGES


def list_beside(edition: Edition, shelf: Shelf, site: Site) -> list[Edition]:
    """List the editions that stand beside an edition on a page: all, or else the source's.

    The source's edition itself stands beside every other.
    """
    others = [other for other in shelf.editions.values() if other is not edition]
    is_all = site.all_pairs or edition.is_source or len(shelf.editions) <= MANY_EDITIONS
    return [other for other in others if is_all or other.is_source]


def split_editions(
    editions: Sequence[Edition], current: str | None
) -> tuple[list[Edition], list[Edition]]:
    """Split a list of editions in those that are in view and those that are folded.

    A long list shows the edition with the tag `current` and the source's, and then those
    that are finished, in their order.
    """
    if len(editions) <= FEW_EDITIONS:
        return list(editions), []
    finished = [e for e in editions if e.is_finished]
    first = [e for e in editions if e.is_source or e.language.tag == current]
    tags = dict.fromkeys(edition.language.tag for edition in (*first, *finished))
    shown = list(tags)[:SHOWN_EDITIONS]
    in_view = [edition for edition in editions if edition.language.tag in shown]
    return in_view, [edition for edition in editions if edition.language.tag not in shown]
