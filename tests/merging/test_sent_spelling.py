"""Files whose program has spelled the English otherwise bring what was translated, and no more."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from letter.merging.known_messages import spell_alike
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from letter.po.writer import format_po
from scripts import receive, update
from tests.conftest import Copy
from tests.git import commit
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, TITLE
from tests.merging.test_sent_catalogue import compile_po

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


def receive_change(copy: Copy, sent: Path) -> None:
    """Receive a file in which the title alone is new, and see that nothing else changes."""
    before = copy.po("ku").read_text(encoding="utf-8")
    code, told = run_command(receive, copy, str(sent))
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
    sent.write_bytes(old)
    before = repository.po("ku").read_bytes()
    assert run_command(receive, repository, str(sent))[0] == 0
    assert repository.po("ku").read_bytes() == before
    sent.write_bytes(new)
    receive_change(repository, sent)


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
