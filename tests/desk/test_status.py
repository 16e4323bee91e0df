"""`scripts/status.py`, as a maintainer uses it."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from letter.desk.status import draw_status, report_status
from letter.source.letter import read_letter
from scripts import sign_off, status
from tests.conftest import Copy, WriteSite
from tests.merging.examples import run_command
from tests.tools import ROOT

TITLE = "“Em ji mirinê re tên hiştin û cîhan temaşe dike.”"


def test_the_status_counts_letter_and_interface_apart(copy: Copy) -> None:
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr ""')  # a name is nobody's work
    copy.edit("ku", 'msgid "“We', '#, fuzzy\n#| msgid "Said"\nmsgid "“We')
    code, told = run_command(status, copy, "--json")
    assert code == 0
    found = {entry["tag"]: entry for entry in json.loads(told)}
    letter = found["ku"]["letter"]
    assert (letter["total"], letter["finished"]) == (6, 5)
    assert (letter["untranslated"], letter["outdated"]) == (0, 1)
    assert letter["words_to_do"] == 10
    assert found["ar"]["letter"]["finished"] == 6
    assert found["ar"]["interface"]["finished"] == found["ar"]["interface"]["total"]
    assert found["ku"]["last_translator"] == "Unreviewed draft"


def test_copies_of_the_original_are_counted_unless_they_are_meant_so(copy: Copy) -> None:
    def count() -> int:
        code, told = run_command(status, copy, "--json")
        letter = next(entry for entry in json.loads(told) if entry["tag"] == "ku")["letter"]
        shown = run_command(status, copy)[1].partition("ckb")[2]
        copies = int(letter["copies"])
        assert code == 0
        assert (f"copies of the original: letter {copies}\n" in shown) == bool(copies)
        return copies

    assert count() == 0, "a name that is copied is nobody's work"
    english = "We are being left to die as the world watches."
    copy.edit("ku", f'msgstr "{TITLE}"', f'msgstr "\\"{english}\\""')
    assert count() == 1
    copy.edit("ku", 'msgid "“We are being', '# Meant so: english\nmsgid "“We are being')
    assert count() == 1, "other quotes are no longer what was meant"
    copy.edit("ku", f'msgstr "\\"{english}\\""', f'msgstr "“{english}”"')
    assert count() == 0


def test_names_are_in_no_count_and_front_matter_has_its_own(write_site: WriteSite) -> None:
    letter = "---\ndescription: About us.\n---\n# Hi\n\n<!-- signatories -->\n- Zaad\n- SAY\n"
    entries = 'msgid "Hi"\nmsgstr "Silav"\n\nmsgid "Zaad"\nmsgstr "Zad"\n'
    site = write_site(letter, ku=entries)
    (found,) = json.loads(run_command(status, site, "--json")[1])
    assert (found["letter"]["total"], found["letter"]["finished"]) == (1, 1)
    assert found["front_matter"]["words_to_do"] == len(["About", "us."])
    told = run_command(status, site)[1]
    assert "letter 1/1  front matter 0/1  interface " in told
    assert "front matter: 1 untranslated" in told
    data = json.loads(site.client().get("/letter.json").text)
    assert len(data["passages"]) == 1, "the same count"
    assert found["interface"]["finished"] == found["interface"]["total"], "the project's own"


def test_the_table_names_reviews_that_have_lapsed(copy: Copy) -> None:
    assert copy.run(sign_off, "ku", "--reviewer", "Zîn <zin@example.org>") == 0
    copy.edit("ku", "re tên hiştin û cîhan temaşe dike.”", "re tên hiştin.”")
    code, told = run_command(status, copy)
    assert code == 0
    assert "reviewed 5" in told
    assert "review lapsed: “We are being left" in told


def test_a_side_that_was_not_merged_is_in_the_status_until_its_line_goes(copy: Copy) -> None:
    text = copy.po("ckb").read_text(encoding="utf-8")
    line = "# Not merged, since it can't be read: what `git show 482b82` prints."
    copy.po("ckb").write_text(f"{line}\n{text}", encoding="utf-8")
    code, told = run_command(status, copy)
    assert code == 2
    assert "ckb/LC_MESSAGES/letter.po:1: a side of a merge isn't in this file (“Not" in told
    copy.po("ckb").write_text(text, encoding="utf-8")
    assert run_command(status, copy)[0] == 0


def test_a_broken_catalogue_is_in_the_status(copy: Copy) -> None:
    copy.po("ckb").write_text('msgid "broken\n', encoding="utf-8")
    code, told = run_command(status, copy)
    assert code == 2
    assert "letter.po:1: " in told
    assert "letter 6/6" in told


def test_the_picture_in_the_readme_is_true() -> None:
    """After a change of the catalogues: scripts/status.py --svg locales/pictures/status.svg."""
    letter = read_letter(ROOT / "letter" / "letter.md")
    drawn = draw_status(report_status(letter, ROOT / "locales"))
    assert (ROOT / "locales" / "pictures" / "status.svg").read_text(encoding="utf-8") == drawn


def test_the_picture_is_an_svg_that_says_the_same(copy: Copy, tmp_path: Path) -> None:
    assert copy.run(status, f"--svg={tmp_path / 'status.svg'}") == 0
    picture = ET.parse(tmp_path / "status.svg").getroot()
    title = picture.findtext("{http://www.w3.org/2000/svg}title", "")
    assert "ckb: 6 of 6 passages, 0 reviewed" in title
    assert not [e for e in picture.iter() if e.tag.endswith(("script", "style", "image"))]
