"""`pybabel extract` works natively, and the committed template is what it gives."""

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

from letter.source.letter import read_letter
from tests.tools import ROOT


def test_plain_pybabel_extracts_the_letter_then_the_interface(tmp_path: Path) -> None:
    pybabel, target = Path(sys.executable).with_name("pybabel"), tmp_path / "letter.pot"
    command = [str(pybabel), "-q", "extract", "-F", "pyproject.toml", "-o", str(target), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    catalog = read_po(target.read_text(encoding="utf-8").splitlines())
    found = [message for message in catalog if message.id]
    letter = [m.msgid for m in read_letter(ROOT / "letter" / "letter.md").messages]
    assert [message.id for message in found[: len(letter)]] == letter
    heading = next(m for m in found[len(letter) :] if m.id == "Signatories")
    assert any("heading above the list" in comment for comment in heading.auto_comments)
    third = next(m for m in found if "Dier Ezzor" in m.id)
    assert any("Deir ez-Zor" in comment for comment in third.auto_comments)
    places = [place for message in found for place in message.locations]
    lines = {line for path, line in places if path == "letter/letter.md"}
    assert lines == {None}, "an edit of one passage changes no other's reference"
    with (ROOT / "locales" / "letter.pot").open("rb") as committed:
        assert [message.id for message in read_po(committed) if message.id] == [m.id for m in found]
