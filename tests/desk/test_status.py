"""`scripts/status.py`, as a maintainer uses it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from letter.desk.status import report_status
from letter.desk.status_views import draw_status
from letter.source.letter import read_letter
from scripts import sign_off, status
from tests.tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import Copy


def test_the_status_counts_letter_and_interface_apart(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr ""')
    copy.edit("ku", 'msgid "SAY"\n', '#| msgid "SAID"\nmsgid "SAY"\n')
    copy.edit("ku", '#| msgid "SAID"\n', '#, fuzzy\n#| msgid "SAID"\n')
    assert copy.run(status, "--json") == 0
    told = {entry["tag"]: entry for entry in json.loads(capsys.readouterr().out)}
    letter = told["ku"]["letter"]
    assert (letter["total"], letter["finished"]) == (24, 22)
    assert (letter["untranslated"], letter["outdated"]) == (1, 1)
    assert letter["words_to_do"] == 3
    assert told["ar"]["letter"]["finished"] == 24
    assert told["ar"]["interface"]["finished"] == told["ar"]["interface"]["total"]
    assert told["ku"]["last_translator"] == "Unreviewed draft"


def test_the_table_names_reviews_that_have_lapsed(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert copy.run(sign_off, "ku", "--reviewer", "Zîn <zin@example.org>") == 0
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    capsys.readouterr()
    assert copy.run(status) == 0
    told = capsys.readouterr().out
    assert "reviewed 23" in told
    assert "review lapsed: Kurds House" in told


def test_a_broken_catalogue_is_in_the_status(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.po("ckb").write_text('msgid "broken\n', encoding="utf-8")
    assert copy.run(status) == 2
    told = capsys.readouterr().out
    assert "letter.po:1: " in told
    assert "letter 24/24" in told


def test_the_picture_in_the_readme_is_true() -> None:
    """After a change of the catalogues: scripts/status.py --svg locales/pictures/status.svg."""
    letter = read_letter(ROOT / "letter" / "letter.md")
    drawn = draw_status(report_status(letter, ROOT / "locales"))
    assert (ROOT / "locales" / "pictures" / "status.svg").read_text(encoding="utf-8") == drawn


def test_the_picture_is_an_svg_that_says_the_same(copy: Copy, tmp_path: Path) -> None:
    assert copy.run(status, f"--svg={tmp_path / 'status.svg'}") == 0
    picture = ET.parse(tmp_path / "status.svg").getroot()
    title = picture.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text is not None
    assert "ckb: 24 of 24 passages, 0 reviewed" in title.text
    assert not [e for e in picture.iter() if e.tag.endswith(("script", "style", "image"))]
