"""`pybabel extract` works natively, and the committed template is what it gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from letter.source.letter import read_letter
from tests.tools import ROOT

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


def read_template(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def extract(folder: Path) -> Catalog:
    pybabel = Path(sys.executable).with_name("pybabel")
    target = folder / "letter.pot"
    command = [str(pybabel), "-q", "extract", "-F", "pyproject.toml", "-o", str(target), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    return read_template(target)


def test_plain_pybabel_extracts_the_letter_then_the_interface(tmp_path: Path) -> None:
    found = [message.id for message in extract(tmp_path) if message.id]
    letter = [m.msgid for m in read_letter(ROOT / "letter" / "letter.md").messages]
    assert found[: len(letter)] == letter
    assert "Signatories" in found[len(letter) :]


def test_references_to_the_letter_carry_no_line_numbers(tmp_path: Path) -> None:
    """An edit of one passage must not change the reference of every passage after it."""
    locations = [place for message in extract(tmp_path) for place in message.locations]
    lines = {line for path, line in locations if path == "letter/letter.md"}
    assert lines == {None}


def test_notes_to_translators_come_along(tmp_path: Path) -> None:
    catalog = extract(tmp_path)
    third = next(m for m in catalog if "Dier Ezzor" in m.id)
    assert any("Deir ez-Zor" in comment for comment in third.auto_comments)
    heading = catalog.get("Signatories")
    assert heading is not None
    assert any("heading above the list" in comment for comment in heading.auto_comments)


def test_the_committed_template_is_up_to_date(tmp_path: Path) -> None:
    now, committed = extract(tmp_path), read_template(ROOT / "locales" / "letter.pot")
    assert [m.id for m in committed] == [m.id for m in now]


def test_extraction_loads_neither_flask_nor_polib() -> None:
    code = (
        "import sys, letter.source.babel_plugin;"
        "print(sorted({'flask', 'polib', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
