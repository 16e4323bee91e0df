"""Git's merge driver: branches are merged entry by entry, by git itself."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from letter.po.model import Entry
from letter.po.reader import parse_po
from tests.git import commit, git, start_repository
from tests.merging.examples import HEADER, entry
from tests.tools import ROOT


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with the project's attributes and the driver that `make` configures."""
    start_repository(tmp_path)
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    assert "merge.letter-po.driver" in (ROOT / "Makefile").read_text(), "make configures the driver"
    driver = f"{sys.executable} {ROOT / 'scripts' / 'merge_driver.py'} %O %A %B %P"
    git(tmp_path, "config", "merge.letter-po.driver", driver)
    return tmp_path


NEIGHBOURS = [entry(f"Neighbour {n}", f"Cîran {n}") for n in range(6)]
TAIL = "held in the prisons of Damascus, of Homs and of every other town in Syria."
RELEASE = "We call on the government to release every prisoner " + TAIL
NOT = "We call on the government NOT to release any prisoner " + TAIL


def make_text(msgid: str, msgstr: str) -> str:
    """A catalogue in which the message stands between others, in lines as an editor breaks it."""
    text = "\n".join([HEADER, *NEIGHBOURS[:3], entry(msgid, msgstr), *NEIGHBOURS[3:]])
    return text.replace(msgid, msgid.replace(TAIL, '"\n"' + TAIL[:40] + '"\n"' + TAIL[40:]))


def merge_branches(folder: Path, theirs: str, ours: str) -> subprocess.CompletedProcess[str]:
    """Commit what each branch has in the place of an untranslated message, and merge."""
    path = folder / "letter.po"
    path.write_text(make_text(RELEASE, ""))
    commit(folder)
    git(folder, "checkout", "-qb", "translator")
    path.write_text(theirs)
    commit(folder)
    git(folder, "checkout", "-q", "main")
    path.write_text(ours)
    commit(folder)
    return git(folder, "merge", "--no-edit", "translator", check=False)


def find_entry(folder: Path, msgid: str) -> Entry:
    entries = parse_po((folder / "letter.po").read_bytes(), "letter.po").entries
    return next(entry for entry in entries if entry.msgid == msgid)


@pytest.mark.parametrize("with_driver", [True, False])
def test_git_does_not_put_an_old_translation_under_the_opposite_sentence(
    repository: Path, *, with_driver: bool
) -> None:
    """Without the driver git merges the lines, in silence, and the letter says the opposite."""
    if not with_driver:
        (repository / ".gitattributes").unlink()
    theirs = make_text(RELEASE, "Hemû girtî werin berdan.")
    done = merge_branches(repository, theirs, make_text(NOT, ""))
    assert done.returncode == 0, done.stderr
    found = find_entry(repository, NOT)
    assert found.msgstr == ("Hemû girtî werin berdan.",)
    assert found.fuzzy is with_driver
    assert found.previous_msgid == (RELEASE if with_driver else None)


def test_git_loses_neither_side_where_one_cannot_be_read(repository: Path) -> None:
    broken = make_text(RELEASE, "Ours.") + '\nmsgid "broken\n'
    done = merge_branches(repository, make_text(RELEASE, "Theirs."), broken)
    assert done.returncode != 0
    assert "letter.po:" in done.stderr
    text = (repository / "letter.po").read_text()
    assert "Ours." in text
    assert "Theirs." in text


def test_git_stops_where_both_sides_translated(repository: Path) -> None:
    done = merge_branches(repository, make_text(RELEASE, "Yek."), make_text(RELEASE, "Du."))
    assert done.returncode != 0
    text = (repository / "letter.po").read_text()
    assert "<<<<<<<" not in text, "the file stays one that an editor opens"
    found = find_entry(repository, RELEASE)
    assert found.fuzzy
    assert found.msgstr == ("Du.",)
    assert found.comments == ("Another translation: Yek.",)
