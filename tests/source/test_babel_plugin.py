"""`pybabel extract` works natively, and the committed templates are what it gives."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from letter.po.model import Entry
from letter.source.letter import read_letter
from letter.source.template import make_interface_template, make_template
from tests.tools import ROOT


def extract(domain: str, target: Path) -> Catalog:
    """Extract a domain with its mapping file, from the root of the project."""
    pybabel = Path(sys.executable).with_name("pybabel")
    command = [str(pybabel), "-q", "extract", "-F", f"locales/{domain}.toml", "-o", str(target)]
    subprocess.run([*command, "."], cwd=ROOT, check=True)
    return read_po(target.read_text(encoding="utf-8").splitlines())


def make_own(domain: str) -> tuple[Entry, ...]:
    if domain == "interface":
        return make_interface_template()
    return make_template(read_letter(ROOT / "letter" / "letter.md"), ROOT / "locales")


@pytest.mark.parametrize("domain", ["letter", "interface"])
def test_plain_pybabel_extracts_each_domain_as_we_do(domain: str, tmp_path: Path) -> None:
    found = [message for message in extract(domain, tmp_path / "x.pot") if message.id]
    own = make_own(domain)
    keys = [message.id if isinstance(message.id, str) else message.id[0] for message in found]
    assert keys == [entry.msgid for entry in own]
    assert [" ".join(message.auto_comments) for message in found] == [
        " ".join(entry.extracted) for entry in own
    ]
    places = [dict.fromkeys(path for path, _ in message.locations) for message in found]
    assert [tuple(sorted(each)) for each in places] == [tuple(sorted(e.references)) for e in own]
    with (ROOT / "locales" / f"{domain}.pot").open("rb") as committed:
        assert [m.id for m in read_po(committed) if m.id] == [m.id for m in found]


def test_an_edit_of_one_passage_changes_no_others_reference(tmp_path: Path) -> None:
    found = [message for message in extract("letter", tmp_path / "x.pot") if message.id]
    lines = {str(line) for message in found for _, line in message.locations}
    assert lines == {"None"}
