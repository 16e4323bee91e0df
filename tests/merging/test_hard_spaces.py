"""Spaces that a page or an editor made hard are usual ones again, and meant ones stay."""

from collections.abc import Callable
from pathlib import Path

import pytest

from letter.merging.sent_catalogue import read_sent
from letter.po.reader import read_po
from scripts import receive, status
from tests.conftest import Copy
from tests.merging.examples import HEADER, run_command
from tests.merging.sending import BETTER, TITLE, send, send_turned

HARD = "\u00a0"


def harden(text: str) -> str:
    return text.replace(" ", HARD)


@pytest.mark.parametrize("folder", ["ar", "ckb", "ku"])
def test_a_catalogue_with_hard_spaces_alone_brings_nothing(repository: Copy, folder: str) -> None:
    sent = send_turned(repository, folder, harden)
    before = repository.po(folder).read_bytes()
    code, told = run_command(receive, repository, sent)
    assert (code, "nothing new in the file" in told) == (0, True), told
    assert f"{sent}: had spaces that don’t break (U+00A0) in place of all others" in told
    assert repository.po(folder).read_bytes() == before


def write_hard(copy: Copy) -> str:
    """A whole file, its header and its English too, in which a text changed."""
    sent = Path(send(copy, TITLE, BETTER))
    lines = sent.read_text(encoding="utf-8").splitlines()
    turned = (f'{a}"{harden(b)}' for a, _, b in (line.partition('"') for line in lines) if b)
    rest = iter(turned)
    text = "\n".join(next(rest) if line.partition('"')[2] else line for line in lines)
    sent.write_text(text + "\n", encoding="utf-8")
    return str(sent)


def write_hard_table(copy: Copy) -> str:
    path = copy.letter.parent / "hard.csv"
    assert copy.run(status, "--table=ku", f"--output={path}") == 0
    text = path.read_text(encoding="utf-8").replace(TITLE, BETTER)
    path.write_text(harden(text), encoding="utf-8", newline="")
    return str(path)


@pytest.mark.parametrize("write", [write_hard, write_hard_table])
def test_a_change_among_hard_spaces_is_taken_alone(
    repository: Copy, write: Callable[[Copy], str]
) -> None:
    before = repository.po("ku").read_text(encoding="utf-8")
    code, told = run_command(receive, repository, write(repository), "--language=ku")
    assert (code, "1 taken" in told) == (0, True), told
    assert read_po(repository.po("ku")).entries[0].msgstr == (BETTER,)
    now = repository.po("ku").read_text(encoding="utf-8")
    assert now.count(HARD) == before.count(HARD)


def test_one_pasted_passage_is_softened(repository: Copy) -> None:
    code, told = run_command(receive, repository, send(repository, TITLE, harden(BETTER)))
    assert (code, "1 text had spaces that don’t break" in told) == (0, True), told
    assert BETTER in repository.po("ku").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "Paix\u00a0!",
        "«\u00a0Paix\u00a0», 10\u00a0000\u00a0:",
        "le 27\u00a0avril",
        "M.\u00a0Amer\u00a0Masri",
    ],
)
def test_few_hard_spaces_are_meant(text: str) -> None:
    po, notes = read_sent(f'{HEADER}\nmsgid "a"\nmsgstr "{text}"\n'.encode(), "x.po")
    assert (po.entries[0].msgstr, notes) == ((text,), ())


def test_hard_spaces_beside_french_signs_stay_in_a_file_of_hard_spaces() -> None:
    text = "Nous sommes 10\u00a0000 dans la ville\u00a0: «\u00a0la paix\u00a0» !"
    po, _ = read_sent(f'{HEADER}\nmsgid "a"\nmsgstr "{harden(text)}"\n'.encode(), "x.po")
    assert po.entries[0].msgstr == (text[:-2] + "\u00a0!",)
