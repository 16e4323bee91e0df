"""The catalogues as they stand on the disk before files are received, and what they become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from letter.files import Signature, sign_file
from letter.languages.folders import INTERFACE, SHARED, choose_both_kinds, name_language
from letter.merging.base_version import History, read_history
from letter.merging.catalogues import make_new_interface
from letter.merging.message_decisions import list_active
from letter.merging.split_domains import split_domains
from letter.merging.three_way import name_entries
from letter.paths import OWN_LOCALES
from letter.po.faults import PoError
from letter.po.model import NO_SOURCE, Entry, Key, PoFile
from letter.po.reader import parse_po, read_po
from letter.source.message_kinds import is_of_page
from letter.source.template import make_interface_template

_MARK = b"<<<<<<< "  # of git, where two versions of a file were put together


@dataclass(frozen=True, slots=True)
class Standing:
    """A catalogue as it stands on the disk, and with what the files so far brought."""

    path: Path
    signature: Signature | None  # None where the file isn't there yet
    stored: PoFile
    current: PoFile
    problem: str = ""  # why the catalogue can't be read; it is empty then
    lent: tuple[Entry, ...] = ()  # of the project's, in `current`, while files are received
    versions: tuple[PoFile, ...] = ()  # of the project's own, of which some is lent


def read_standing(locales: Path, source: str) -> dict[str, Standing]:
    """Read the catalogues that there are, named as by `choose_both_kinds`.

    Of a broken one, what is wrong with it.
    """
    found = choose_both_kinds(locales, source=source)
    return {name: _read_catalogue(path) for name, path in found.items()}


def _read_catalogue(path: Path) -> Standing:
    signature, empty = sign_file(path), PoFile(str(path))
    try:
        po = read_po(path)
    except PoError as error:
        problem = str(error).splitlines()[0]
        marks = [n for n, line in enumerate(path.read_bytes().split(b"\n"), 1) if line[:8] == _MARK]
        if marks:
            problem = f"{path}:{marks[0]}: a merge in this file is not finished: finish it first"
        return Standing(path, signature, empty, empty, problem)
    return Standing(path, signature, po, po)


def lend_interface(standing: Mapping[str, Standing], tag: str) -> dict[str, Standing]:
    """Lend the project's words to a language's interface, which may have no file beside a letter.

    What is sent is compared with these words, and with all messages that the page has.
    """
    name, path = SHARED + tag, (standing.get(tag) or standing[SHARED + tag]).path
    path = path.with_name(INTERFACE.name)
    own = OWN_LOCALES / path.parent.parent.name / INTERFACE
    there = standing.get(name)
    if there and (there.problem or there.lent or (own.exists() and path.samefile(own))):
        return dict(standing)
    project = read_po(own) if own.exists() else None
    if there is None:
        made = project or parse_po(make_new_interface(name_language(path)), "")
        empty = replace(made, path=str(path), entries=(), as_read=())
        there = Standing(path, None, empty, empty)
    entries = project.entries if project else ()
    words = list_active(project) if project else {}
    known = list_active(there.stored).keys()
    lent = [words.get(entry.key, entry) for entry in make_interface_template()]
    lent += [entry for entry in entries if entry.obsolete]
    lent = [replace(entry, source=NO_SOURCE) for entry in lent if entry.key not in known]
    versions: tuple[PoFile, ...] = ()
    if project and not words.keys().isdisjoint(entry.key for entry in lent):
        versions = (*read_history(own).versions, project)
    there = replace(there, lent=tuple(lent), versions=versions)
    return {**standing, name: replace(there, current=_fill(there.current, there.lent))}


def _fill(po: PoFile, lent: Sequence[Entry]) -> PoFile:
    """Put what is lent among the entries of a catalogue that lacks them, in the page's order."""
    known = {entry.key for entry in po.entries}
    added = [entry for entry in lent if entry.key not in known]
    places = {entry.key: n for n, entry in enumerate(make_interface_template())}
    entries = sorted((*po.entries, *added), key=lambda e: (e.obsolete, places.get(e.key, 0)))
    return replace(po, entries=tuple(entries)) if added else po


def keep_additions(standing: Standing) -> Standing:
    """Leave out of a catalogue what it was lent and nobody said otherwise."""
    if not standing.lent:
        return standing
    same = {_list_said(entry) for entry in standing.lent}
    now = standing.current
    before = name_entries(standing.stored)
    entries = tuple(e for e in now.entries if e.full_key in before or _list_said(e) not in same)
    now = replace(now, entries=entries)
    if before == name_entries(now) and now.header == standing.stored.header:
        return replace(standing, current=standing.stored)
    return replace(standing, current=now)


def _list_said(entry: Entry) -> tuple[object, ...]:
    return entry.full_key, entry.msgstr, entry.flags, entry.comments


def join_kinds(standing: Mapping[str, Standing], tag: str) -> PoFile:
    """Join all texts that stand in one language, of the letter and of the page."""
    found = [standing[name].stored for name in (tag, SHARED + tag) if name in standing]
    entries = chain.from_iterable(po.entries for po in found)
    return replace(found[0], entries=tuple(entries))


def list_keys(standing: Mapping[str, Standing], *, shared: bool) -> set[Key]:
    """List the messages of all the catalogues of the letter, or of the interface."""
    found = (each.stored for name, each in standing.items() if name.startswith(SHARED) == shared)
    return {e.key for po in found for e in po.entries if shared or not is_of_page(e)}


def read_domain_history(standing: Mapping[str, Standing], name: str, sent: PoFile) -> History:
    """Read the versions of one catalogue: those of the page's words, too, in the letter's once.

    What is sent may have begun as the project's, or as a sparse file beside a letter where that
    file has all its messages.
    """
    tag = name.removeprefix(SHARED)
    own, shared = list_keys(standing, shared=False), list_keys(standing, shared=True)
    once = read_history(standing[tag].path) if tag in standing else History(())
    parts = [split_domains(po, own, shared)[name != tag] for po in once.versions]
    if name == tag:
        return History(tuple(parts), once.lack)
    later = read_history(standing[name].path) if standing[name].signature else History(())
    parts = [po for po in parts if po.entries]
    mine = standing[name]
    if mine.versions:  # someone may have started from the project's, or from a file beside it
        said, beside = list_active(sent).keys(), []
        for po in (*parts, *later.versions, mine.stored):
            whole = said <= list_active(po).keys()
            beside += [po, _fill(po, mine.lent)] if whole else [_fill(po, mine.lent)]
        return History((*mine.versions, *beside))
    return History((*parts, *later.versions), once.lack if parts else later.lack)
