"""The catalogues as they stand on the disk before files are received, and what they become."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from letter.files import Signature, sign_file
from letter.languages.folders import (
    INTERFACE,
    OWN_LOCALES,
    SHARED,
    choose_both_kinds,
    name_language,
)
from letter.merging.base_version import History, read_history
from letter.merging.catalogues import make_new_interface
from letter.merging.split_domains import is_of_page, split_domains
from letter.po.faults import PoError
from letter.po.model import Key, PoFile
from letter.po.reader import parse_po, read_po

_MARK = b"<<<<<<< "  # of git, where two versions of a file were put together


@dataclass(frozen=True, slots=True)
class Standing:
    """A catalogue as it stands on the disk, and with what the files so far brought."""

    path: Path
    signature: Signature | None  # None where the file isn't there yet
    stored: PoFile
    current: PoFile
    problem: str = ""  # why the catalogue can't be read; it is empty then


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


def add_interface(standing: Mapping[str, Standing], tag: str) -> dict[str, Standing]:
    """Add the interface's catalogue of a language where the letter has none beside its own.

    The project's own is what the texts are compared with, or else an empty one.
    """
    path = standing[tag].path.with_name(INTERFACE.name)
    language = name_language(path.parent.parent)
    own = OWN_LOCALES / language.folder / INTERFACE
    if own.exists():
        po = replace(read_po(own), path=str(path))
    else:
        po = parse_po(make_new_interface(language), str(path))
    return {**standing, SHARED + tag: Standing(path, None, po, po)}


def keep_additions(standing: Standing) -> Standing:
    """Leave out of a catalogue that is new what the project's own says in the same way."""
    if standing.signature is not None or standing.current is standing.stored:
        return standing
    same = {(e.key, e.msgstr, e.flags, e.comments) for e in standing.stored.entries}
    entries = [
        e for e in standing.current.entries if (e.key, e.msgstr, e.flags, e.comments) not in same
    ]
    return replace(standing, current=replace(standing.current, entries=tuple(entries)))


def join_kinds(standing: Mapping[str, Standing], tag: str) -> PoFile:
    """Join all texts that stand in one language, of the letter and of the page."""
    found = [standing[name].stored for name in (tag, SHARED + tag) if name in standing]
    entries = chain.from_iterable(po.entries for po in found)
    return replace(found[0], entries=tuple(entries))


def list_keys(standing: Mapping[str, Standing], *, shared: bool) -> set[Key]:
    """List the messages of all the catalogues of the letter, or of the interface."""
    found = (each.stored for name, each in standing.items() if name.startswith(SHARED) == shared)
    return {e.key for po in found for e in po.entries if shared or not is_of_page(e)}


def read_domain_history(standing: Mapping[str, Standing], name: str) -> History:
    """Read the versions of one catalogue: those of the page's words, too, in the letter's once."""
    tag = name.removeprefix(SHARED)
    own, shared = list_keys(standing, shared=False), list_keys(standing, shared=True)
    once = read_history(standing[tag].path) if tag in standing else History(())
    parts = [split_domains(po, own, shared)[name != tag] for po in once.versions]
    if name == tag:
        return History(tuple(parts), once.lack)
    later = read_history(standing[name].path) if standing[name].signature else History(())
    parts = [po for po in parts if po.entries]
    return History((*parts, *later.versions), once.lack if parts else later.lack)
