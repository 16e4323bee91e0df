"""What is known of one language's file: its edition as of now, its entries, and what is wrong."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from letter.checks.allowed_links import AllowedLinks
from letter.checks.catalogue_checks import check_catalogue
from letter.checks.findings import Finding
from letter.checks.glossary import Glossary
from letter.editions.catalogue import make_catalogue
from letter.editions.edition import Edition, make_edition
from letter.merging.update import Update, update_catalogue
from letter.po.model import Entry, FullKey, PoFile
from letter.source.template import make_template

HEADER: FullKey = ((None, ""), False)


@dataclass(frozen=True, slots=True)
class Tables:
    """What is beside the catalogues: terms, links that may stand for others, and all editions."""

    glossary: Glossary | None = None
    links: AllowedLinks = ()
    editions: tuple[str, ...] = ()  # tags


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One language's file beside the letter.

    `po` is the file as it is, or was when it could last be read; None of the letter's own language.
    `edition` and `entries` are what the file would be after scripts/update.py, whose report is
    `update`; that is None where the file is up to the letter. `findings` are those of check.py on
    the file as it is, by the name of their entry.
    """

    edition: Edition
    po: PoFile | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)  # by msgid
    gone: tuple[Entry, ...] = ()  # of the file, and no longer of the letter
    update: Update | None = None
    findings: Mapping[FullKey, Sequence[Finding]] = field(default_factory=dict)
    glossary: Glossary | None = None

    @property
    def obsolete(self) -> int:
        """How many translations the file keeps of what has left the letter."""
        return sum(entry.obsolete for entry in self.po.entries) if self.po else 0

    @property
    def all_findings(self) -> list[Finding]:
        """All that check.py finds in the file, in the order of lines."""
        return [finding for found in self.findings.values() for finding in found]


def make_worksheet(edition: Edition, po: PoFile, locales: Path, tables: Tables) -> Worksheet:
    """Make a worksheet of a file that could be read; nothing is written.

    The interface, the lenders and the problem are those of the `edition`; its texts are taken from
    the file. `locales` is the folder from which references to the letter are written.
    """
    letter, source, language = edition.letter, edition.source, edition.language
    active = {entry.msgid: entry for entry in po.entries if not entry.obsolete}
    wanted = {message.msgid for message in letter.messages}
    now, update = po, None
    if wanted != active.keys():
        now, update = update_catalogue(po, make_template(letter, locales))
    catalogue = make_catalogue(language, now, source.tag, tables.links)
    lenders, problem = edition.lenders, edition.problem
    found = check_catalogue(
        po, language, tables.glossary, source.tag, tables.editions, tables.links
    )
    return Worksheet(
        make_edition(letter, catalogue, source, edition.interface, lenders, problem),
        po,
        {entry.msgid: entry for entry in now.entries if not entry.obsolete},
        tuple(entry for msgid, entry in active.items() if msgid not in wanted),
        update,
        group_findings(po, found),
        tables.glossary,
    )


def group_findings(po: PoFile, findings: Sequence[Finding]) -> dict[FullKey, list[Finding]]:
    """Group findings by the entry in which their lines are; what is above all is the header's."""
    entries = sorted(po.read, key=lambda entry: entry.line)
    starts = [entry.line for entry in entries]
    grouped: dict[FullKey, list[Finding]] = {}
    for finding in findings:
        place = bisect(starts, finding.line) - 1
        key = entries[place].full_key if place >= 0 else HEADER
        grouped.setdefault(key, []).append(finding)
    return grouped


def mend_problem(sheet: Worksheet, edition: Edition) -> Worksheet:
    """Take over what is wrong with the file now, while its last good state stays."""
    return replace(sheet, edition=replace(sheet.edition, problem=edition.problem))
