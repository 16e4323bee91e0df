"""What is known of one language's file: its edition as of now, its entries, and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from letter.checks.allowed_links import AllowedLinks
from letter.checks.catalogue_checks import gather_findings
from letter.checks.checked_entries import CheckedEntry, check_entries
from letter.checks.findings import Finding
from letter.checks.glossary import Glossary, find_terms
from letter.desk.file_findings import split_findings
from letter.desk.interface_sheet import InterfaceSheet
from letter.desk.progress import Status, Texts, count_part, find_copies, make_status
from letter.editions.catalogue import make_catalogue
from letter.editions.edition import Edition, make_edition
from letter.languages.folders import CATALOGUE, INTERFACE
from letter.merging.update import Update, update_catalogue
from letter.po.model import Entry, Key, PoFile
from letter.po.untranslated import Worth
from letter.source.letter import Letter

Terms = tuple[tuple[str, tuple[str, ...]], ...]  # of the glossary, each with its translations


@dataclass(frozen=True, slots=True)
class Tables:
    """What lies beside the catalogues: terms, links that may stand for others, and all editions."""

    glossary: Glossary | None = None
    links: AllowedLinks = ()
    page_template: PoFile | None = None  # of the page's words
    editions: tuple[str, ...] = ()  # tags
    problems: tuple[str, ...] = ()  # of these files


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One language's file beside the letter.

    `po` is the file as it is, or was when it could last be read; None of the letter's own language,
    and of a file that never could be read. `edition` and `entries` are what the file would be after
    scripts/update.py, whose report is `update`; that is None where the file is up to the letter.
    `findings` are those of check.py by the first line of their entry, and the header's by 0, but
    for msgids that the letter lacks, of which `update` says all. What the update will take away,
    since it is about words of the letter from before, is in `older`. What is known of each entry by
    itself, `checked`, is for the next worksheet of the file.
    """

    edition: Edition
    status: Status
    path: str  # of the file, or of the letter itself
    texts: Texts
    po: PoFile | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)  # by msgid
    gone: tuple[Entry, ...] = ()  # of the file, and no longer of the letter
    obsolete: int = 0  # how many translations the file keeps of what has left the letter
    update: Update | None = None
    findings: Mapping[int, Sequence[Finding]] = field(default_factory=dict)
    older: Mapping[int, Sequence[Finding]] = field(default_factory=dict)
    checked: Mapping[Key, CheckedEntry] = field(default_factory=dict)
    terms: Mapping[str, Terms] = field(default_factory=dict)  # by msgid
    interface: InterfaceSheet | None = None
    missing: str = ""  # what somebody took away: "the file", or the folder of catalogues

    @property
    def broken_file(self) -> str:
        """The name of the first of the language's files with a problem; "" if none has any."""
        is_torn = bool(self.interface and self.interface.problem)
        return CATALOGUE.name if self.edition.problem else INTERFACE.name if is_torn else ""

    @property
    def all_findings(self) -> list[Finding]:
        """All that check.py finds in the language's files, but for `older`."""
        own = [finding for found in self.findings.values() for finding in found]
        return own + (self.interface.findings if self.interface else [])


def make_worksheet(
    edition: Edition,
    po: PoFile,
    texts: Texts,
    tables: Tables,
    interface: InterfaceSheet | None = None,
    before: Worksheet | None = None,
) -> Worksheet:
    """Make the worksheet of a file that could be read once; nothing is written.

    The `edition` is of the same file. Where the file isn't up to the letter, only the words of the
    page, the lenders and the problem are those of the edition. What hasn't changed since the
    worksheet `before` isn't checked again.
    """
    language, source = edition.language, edition.source.tag
    made, now, update = _bring_up_to_letter(edition, po, texts, tables, before)
    known = before.checked if before else None
    checked = check_entries(po, language, tables.glossary, source, tables.links, known)
    found = gather_findings(po, language, checked.values(), tables.editions)
    findings, older = split_findings(po, now, found)
    catalogue = made.catalogue
    part = interface.part if interface else count_part((), catalogue, frozenset())
    if now is po:
        copies = frozenset(key for key, each in checked.items() if each.worth is Worth.COPY)
    else:
        copies = find_copies(now)
    entries = {entry.msgid: entry for entry in now.entries if not entry.obsolete}
    lines = {entry.line for entry in entries.values()}
    return Worksheet(
        made,
        make_status(language.tag, texts, catalogue, copies, part, edition.problem),
        po.path,
        texts,
        po,
        entries,
        tuple(e for e in po.entries if not e.obsolete and e.line not in lines),
        sum(entry.obsolete for entry in po.entries),
        update,
        findings,
        older,
        checked,
        interface=interface,
    )


def _bring_up_to_letter(
    edition: Edition, po: PoFile, texts: Texts, tables: Tables, before: Worksheet | None
) -> tuple[Edition, PoFile, Update | None]:
    """Do in memory what scripts/update.py would do to a file, if that isn't up to the letter."""
    if {e.key for e in texts.template} == {e.key for e in po.entries if not e.obsolete}:
        return edition, po, None
    now, update = update_catalogue(po, texts.template)
    source, known = edition.source, before.edition.catalogue if before else None
    catalogue = make_catalogue(edition.language, now, source.tag, tables.links, known)
    letter, interface = edition.letter, edition.interface
    made = make_edition(letter, catalogue, source, interface, edition.lenders, edition.problem)
    return made, now, update


def find_all_terms(letter: Letter, glossary: Glossary | None, tag: str) -> dict[str, Terms]:
    """Find the terms in each message of a letter that the glossary translates, by msgid."""
    passages = (message.msgid for message in letter.messages if glossary and not message.is_name)
    found = ((msgid, find_terms(glossary or {}, tag, msgid)) for msgid in passages)
    return {msgid: tuple((term, tuple(forms)) for term, forms in terms) for msgid, terms in found}


def make_bare_worksheet(
    edition: Edition, texts: Texts, path: str, interface: InterfaceSheet | None = None
) -> Worksheet:
    """Make the worksheet of the letter's own language, or of a file that never could be read."""
    part = interface.part if interface else count_part((), edition.catalogue, frozenset())
    status = make_status(
        edition.language.tag, texts, edition.catalogue, frozenset(), part, edition.problem
    )
    return Worksheet(edition, status, path, texts, interface=interface)
