"""Files whose program has spelled the English otherwise bring what was translated, and no more."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from letter.merging.base_version import find_base, read_history
from letter.merging.known_messages import spell_alike
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from letter.po.writer import format_po
from scripts import receive, status, update
from tests.conftest import Copy
from tests.git import commit
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, TITLE
from tests.merging.test_sent_catalogue import compile_po

HARD = "\u00a0"
SPELLINGS: dict[str, Callable[[str], str]] = {
    "straight": lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "two spaces": lambda text: text.replace(". ", ".  "),
    "invisible": lambda text: text.replace("t", "t\u00ad"),
}


def spell(copy: Copy, name: str, new: str) -> PoFile:
    """Give the catalogue as a program saves it that spells the English otherwise."""
    turn, po = SPELLINGS[name], read_po(copy.po("ku"))
    entries = [
        replace(
            e,
            msgid=turn(e.msgid),
            msgid_plural=e.msgid_plural and turn(e.msgid_plural),
            msgstr=tuple(text.replace(TITLE, new) for text in e.msgstr),
        )
        for e in po.entries
    ]
    return PoFile("sent.po", po.header, tuple(entries))


def receive_change(copy: Copy, sent: Path, *options: str) -> None:
    """Receive a file in which the title alone is new, and see that nothing else changes."""
    before = copy.po("ku").read_text(encoding="utf-8")
    code, told = run_command(receive, copy, str(sent), *options)
    assert (code, told.splitlines()[-1]) == (0, f"{copy.po('ku')}: 1 taken")
    assert copy.po("ku").read_text(encoding="utf-8") == before.replace(TITLE, BETTER)


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_compiled_catalogue_is_of_the_messages_at_hand(repository: Copy, name: str) -> None:
    sent = repository.letter.parent / "sent.mo"
    text = format_po(spell(repository, name, BETTER)).decode()
    sent.write_bytes(compile_po(text, repository.letter.parent))
    receive_change(repository, sent)


@pytest.mark.parametrize("name", SPELLINGS)
def test_an_earlier_version_is_known_though_its_english_is_spelled_otherwise(
    repository: Copy, name: str
) -> None:
    sent = repository.letter.parent / "sent.po"
    old, new = (format_po(spell(repository, name, title)) for title in (TITLE, BETTER))
    repository.change("amounts to a death sentence", "amounts to a kind of death sentence")
    repository.change("civilians and hospitals. It is", "civilians and hospitals.\n\nIt is")
    told = run_command(update, repository)[1]
    assert re.search("1 outdated, 2 split off", told)
    commit(repository.letter.parent)
    before = repository.po("ku").read_bytes()
    compiled = [compile_po(text.decode(), repository.letter.parent) for text in (old, new)]
    for untouched, changed in ((old, new), compiled):
        sent.write_bytes(untouched)
        assert run_command(receive, repository, str(sent))[0] == 0
        assert repository.po("ku").read_bytes() == before
        sent.write_bytes(changed)
        receive_change(repository, sent)
        repository.po("ku").write_bytes(before)


def test_of_earlier_versions_the_one_with_the_same_english_is_the_base(repository: Copy) -> None:
    path = repository.po("ku")
    for old, new in (("a death", "a kind of death"), ("a kind of death", "a sort of death")):
        sent = spell(repository, "straight", TITLE)
        repository.change(f"amounts to {old} sentence", f"amounts to {new} sentence")
        assert run_command(update, repository)[0] == 0
        commit(repository.letter.parent)
    base, _ = find_base(sent, read_history(path), read_po(path))
    assert base
    assert any("a kind of death" in entry.msgid for entry in base.entries)


def test_a_table_from_before_the_english_was_straightened_brings_its_change(
    repository: Copy,
) -> None:
    table = repository.letter.parent / "table.csv"
    assert repository.run(status, "--table=ku", f"--output={table}") == 0
    repository.change(
        "The international community’s failure", "The international community's failure"
    )
    assert run_command(update, repository)[0] == 0
    commit(repository.letter.parent)
    rows = list(csv.reader(StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    for row in rows:
        row[1] = f"Na: {row[1]}" if "community’s failure" in row[0] else row[1]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    code, told = run_command(receive, repository, str(table), "--language=ku")
    assert (code, told) == (0, f"{repository.po('ku')}: 1 taken\n")
    assert "#~" not in repository.po("ku").read_text(encoding="utf-8")


def test_the_language_of_a_table_is_found_though_its_english_is_spelled_otherwise(
    repository: Copy,
) -> None:
    table = repository.letter.parent / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = [(e.msgid, e.msgstr[0]) for e in spell(repository, "hard spaces", BETTER).entries]
        csv.writer(file).writerows(
            [("source", "target"), *(r for r in rows if "%(" not in r[0] and HARD in r[0])]
        )
    receive_change(repository, table)


def test_only_what_is_clear_is_spelled_alike() -> None:
    curly, straight, low = "The “end”", 'The "end"', "The „end“"

    def list_spelled(*msgids: str, models: tuple[tuple[str, ...], ...]) -> list[str]:
        files = [PoFile("x", None, tuple(map(Entry, each))) for each in (msgids, *models)]
        return [entry.msgid for entry in spell_alike(files[0], *files[1:]).entries]

    assert list_spelled(low, models=((curly,),)) == [curly]
    assert list_spelled(low, models=((curly, straight),)) == [low]
    assert list_spelled(low, straight, models=((curly,), (straight,))) == [curly, straight]
    assert list_spelled(low, straight, models=((curly,),)) == [curly, straight]
    assert list_spelled(low, curly, models=((curly,),)) == [low, curly]
