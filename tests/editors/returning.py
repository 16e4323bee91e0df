"""What a file has to pass when it comes back from an editor: nothing lost, nothing else changed."""

from __future__ import annotations

import os
import shutil
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from letter.languages.plural_rules import parse_plural_forms
from letter.merging.header_merge import WHO
from letter.merging.three_way import name_entries
from letter.po.header import header_fields
from letter.po.marks import CHANGED
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from scripts import check, receive, update
from tests.conftest import Copy
from tests.merging.examples import run_command
from tests.tools import run_gettext

if TYPE_CHECKING:
    from tests.editors.conftest import Desk

# The header fields that editors set, and that say nothing about the messages.
NAMED = "# Zîn"  # as Lokalize names its translator above the header
EDITORS_FIELDS = {*WHO, "Language-Team", "X-Generator"}
SAID = [field.name for field in fields(Entry) if field.compare]

Differences = dict[str, set[str]]  # msgid → names of the fields that differ


def find_differences(before: PoFile, after: PoFile) -> Differences:
    """Compare two files by meaning, entry by entry; the header goes under the empty msgid.

    An entry that is lost or added differs in "existence"; an order that changed is told, too.
    """
    old, new = name_entries(before), name_entries(after)
    found: Differences = {key[1]: {"existence"} for key, _ in old.keys() ^ new.keys()}
    for name in old.keys() & new.keys():
        names = {field for field in SAID if getattr(old[name], field) != getattr(new[name], field)}
        if names:
            found.setdefault(name[0][1], set()).update(names)
    if header := _compare_headers(before, after):
        found[""] = header
    if list(old) != list(new):
        found.setdefault("", set()).add("order of entries")
    return found


def _compare_headers(before: PoFile, after: PoFile) -> set[str]:
    """List the header fields that differ, but for those that are the editor's to set."""
    old, new = header_fields(before), header_fields(after)
    differing = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    plurals = [parse_plural_forms(fields.get("Plural-Forms", "")) for fields in (old, new)]
    if plurals[0] == plurals[1]:
        differing.discard("Plural-Forms")
    assert before.header is not None
    assert after.header is not None
    if not set(before.header.comments) <= set(after.header.comments):
        differing.add("comments")
    return differing - EDITORS_FIELDS


def find_entry(po: PoFile, words: str) -> Entry:
    """Find the message to translate that has these words."""
    (entry,) = [e for e in po.entries if words in e.msgid and not e.obsolete]
    return entry


TITLE = "“We are being left to die"
OUTDATED = "In the last week"
# What a translator types behind the title, with letters of their own keyboard.
TYPED = {"ku": " Êdî bes e, çi û çawa şîn!", "ar": " كفى، أيّها العالم!"}
NEW = ("tr", "fa")  # languages that have no catalogue yet
TYPED |= {"tr": "Artık yeter, dünya!", "fa": TYPED["ar"]}


def check_saved(desk: Desk) -> None:
    """Check a file in which nothing was edited: it says what it said, and brings nothing."""
    data = desk.path.read_bytes()
    assert find_differences(read_po(desk.path), read_po(desk.sent)) == {}
    _check_received(desk, "nothing new in the file", desk.sent.read_bytes())
    assert desk.path.read_bytes() == data


def check_typed(desk: Desk) -> None:
    """Check a file in which a text was typed behind the title's translation."""
    before, after = read_po(desk.path), read_po(desk.sent)
    old, new = find_entry(before, TITLE), find_entry(after, TITLE)
    assert find_differences(before, after) == {old.msgid: {"msgstr"}}
    assert new.msgstr == (old.msgstr[0] + TYPED[desk.tag],)
    _check_received(desk, "1 taken", desk.sent.read_bytes())
    _check_taken(before, desk, replace(old, msgstr=new.msgstr))


def check_confirmed(desk: Desk) -> None:
    """Check a file in which the outdated translation was confirmed: no longer fuzzy."""
    before, after = read_po(desk.path), read_po(desk.sent)
    old, new = find_entry(before, OUTDATED), find_entry(after, OUTDATED)
    assert old.fuzzy
    assert not new.fuzzy
    assert new.comments[-1].startswith(CHANGED)
    (difference,) = find_differences(before, after).items()
    assert difference[0] == old.msgid
    assert difference[1] - {"previous_msgid"} == {"flags"}
    lines = desk.sent.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith((f"# {CHANGED}".encode(), b"#|"))]
    _check_received(desk, "1 taken", b"".join(kept))
    finished = replace(old, flags=(), previous_msgid=None, comments=old.comments[:-1])
    _check_taken(before, desk, finished)
    data = desk.path.read_bytes()
    assert desk.copy.run(update) == 0
    assert desk.path.read_bytes() == data


def _check_received(desk: Desk, told: str, updated: bytes) -> None:
    """Check that a file is valid, what an update makes of the file, and what receiving tells."""
    run_gettext("msgfmt", "-c", "-o", os.devnull, desk.sent)
    assert _update(desk) == updated
    received = run_command(receive, desk.copy, str(desk.sent))
    assert received == (0, f"{desk.path}: {told}\n")
    assert check.main([desk.tag, f"--locales={desk.copy.locales}"]) == 0


def _check_taken(before: PoFile, desk: Desk, wanted: Entry) -> None:
    """Check that in the repository only one entry, and who translated it, was written anew."""
    after = read_po(desk.path)
    assert [entry.key for entry in after.entries] == [entry.key for entry in before.entries]
    for old, new in zip(before.as_read, after.as_read, strict=True):
        if new.key == wanted.key and not new.obsolete:
            assert new == wanted
        elif old is before.header:
            assert _list_fixed_lines(new) == _list_fixed_lines(old)
        else:
            assert new.source == old.source
    assert (after.tail, after.bom, after.newline) == (before.tail, before.bom, before.newline)


def _list_fixed_lines(header: Entry) -> list[str]:
    assert header.source is not None
    lines = header.source.text.splitlines()
    changing = (*(f'"{name}:' for name in WHO), NAMED)
    return [line for line in lines if not line.startswith(changing)]


def _update(desk: Desk) -> bytes:
    """Put the file in the catalogue's place in another folder, update there, return its bytes."""
    folder = desk.sent.parent / "updated"
    shutil.copytree(desk.copy.locales, folder / "locales")
    shutil.copy(desk.copy.letter, folder)
    copy = Copy(folder / "letter.md", folder / "locales")
    shutil.copy(desk.sent, copy.po(desk.tag))
    assert copy.run(update) == 0
    data = copy.po(desk.tag).read_bytes()
    assert copy.run(update) == 0
    assert copy.po(desk.tag).read_bytes() == data, "a second update changes nothing more"
    return data
