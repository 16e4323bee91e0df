"""Catalogues as translators send them: changed, under another name, and received."""

from collections.abc import Callable
from dataclasses import replace

from letter.po.model import PoFile
from letter.po.reader import read_po
from letter.po.writer import format_po
from scripts import receive
from tests.conftest import Copy
from tests.merging.examples import run_command

TITLE = "“Em ji mirinê re tên hiştin û cîhan temaşe dike.”"
BETTER = "“Em li ber çavên cîhanê ji mirinê re tên hiştin.”"
OTHER = "“Em tên kuştin û cîhan temaşe dike.”"
NAME, NAMED = 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"'


def send(copy: Copy, old: str, new: str, folder: str = "ku", name: str = "final (2).po") -> str:
    """Write a catalogue as its translator sends it, under another name; give the file's path."""
    path = copy.letter.parent / name
    text = copy.po(folder).read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def send_turned(copy: Copy, folder: str, turn: Callable[[str], str]) -> str:
    """Write a catalogue all of whose translations a program turned; give the file's path."""
    po = read_po(copy.po(folder))
    entries = [replace(e, msgstr=tuple(map(turn, e.msgstr))) for e in po.entries]
    path = copy.letter.parent / "turned.po"
    path.write_bytes(format_po(PoFile(str(path), po.header, tuple(entries))))
    return str(path)


def refuse_and_keep(copy: Copy, *arguments: str) -> str:
    """Receive what must be refused, and see that no catalogue changed; give what is printed."""
    before = {path: path.read_bytes() for path in copy.locales.rglob("*.po")}
    code, told = run_command(receive, copy, *arguments)
    assert code == 2, told
    assert {path: path.read_bytes() for path in copy.locales.rglob("*.po")} == before
    return told
