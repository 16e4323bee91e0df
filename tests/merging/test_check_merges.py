"""`check_merges.py`: what a merge of lines leaves finished under another text is told of."""

import re
from pathlib import Path

import pytest

from scripts import check_merges
from tests.git import commit, git
from tests.merging.driven import FULL, NOT, RELEASE, make_text, merge_texts, start_driven

BRANCHES = {
    "translator": make_text(RELEASE, "Hemûyan berdin."),
    "other": make_text(RELEASE, "").replace("Cîran 0", "Cîranê 0"),
    "main": make_text(NOT, ""),  # the letter says the opposite now
}
BY_LINES = ("-c", "merge.letter-po.driver=git merge-file %A %O %B")
FOUND = (
    r"letter\.po:(\d+): “We call on the government NOT to release …”: its lines come from two "
    r"branches, by the merge [0-9a-f]{10} without the driver: translate it anew, or write "
    r"“# Meant so: merge” above it\n"
)


@pytest.fixture
def branched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, at main, in which each branch has changed the catalogue."""
    start_driven(tmp_path)
    path = tmp_path / "letter.po"
    path.write_text(make_text(RELEASE, ""), encoding="utf-8")
    commit(tmp_path)
    for branch, text in BRANCHES.items():
        git(tmp_path, "checkout", "-q", "main")
        if branch != "main":
            git(tmp_path, "checkout", "-qb", branch)
        path.write_text(text, encoding="utf-8")
        commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    return path


@pytest.mark.parametrize(
    "merges",
    [
        [["merge", "--no-edit", "translator", "other"]],
        [["merge", "--no-edit", "other"], [*BY_LINES, "merge", "--no-edit", "translator"]],
    ],
    ids=["several branches at once", "without the driver, as a forge's button"],
)
def test_a_translation_that_lines_put_under_another_text_is_told(
    merges: list[list[str]], branched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_merges.main(["main"]) == 0
    for merge in merges:
        git(branched.parent, *merge)
    text = branched.read_text(encoding="utf-8")
    assert 'msgstr "Hemûyan berdin."' in text
    assert "fuzzy" not in text, "so it is published"
    capsys.readouterr()
    assert check_merges.main([]) == 1
    told = capsys.readouterr().out
    found = re.fullmatch(FOUND, told)
    assert found, told
    assert text.splitlines()[int(found[1]) - 1] == 'msgstr "Hemûyan berdin."'

    assert check_merges.main(["HEAD^..HEAD^"]) == 0, "another range"
    mark = "# Meant so: merge\nmsgid"
    branched.write_text(re.sub("msgid(?= .We call)", mark, text), encoding="utf-8")
    assert check_merges.main([]) == 0
    branched.write_text(text.replace("Hemûyan berdin", "Kesî bernedin"), encoding="utf-8")
    assert check_merges.main([]) == 0
    assert "No merge" in capsys.readouterr().out


def test_merges_by_entries_and_what_people_write_into_merges_are_fine(branched: Path) -> None:
    for branch in ("translator", "other"):
        git(branched.parent, "merge", "--no-edit", branch)
    assert "fuzzy" in branched.read_text(encoding="utf-8")
    assert check_merges.main([]) == 0
    text = branched.read_text(encoding="utf-8")
    done = text.replace("#, fuzzy\n", "").replace("Hemûyan berdin", "Kesî bernedin")
    branched.write_text(done, encoding="utf-8")
    git(branched.parent, "commit", "-qa", "--amend", "--no-edit")
    assert check_merges.main([]) == 0


@pytest.mark.parametrize("name", ["letter-po", "lines"])
def test_what_the_driver_would_leave_finished_as_well_is_fine(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_driven(tmp_path)
    git(tmp_path, "config", f"merge.{name}.driver", "git merge-file %A %O %B")
    corrected = FULL.replace("We call", "We call,")  # by `update.py --minor`
    merge_texts(tmp_path, FULL.replace("berdin", "azad bikin"), corrected, FULL)
    text = (tmp_path / "letter.po").read_text(encoding="utf-8")
    assert ("We call," in text, "azad bikin" in text, "fuzzy" in text) == (True, True, False)
    monkeypatch.chdir(tmp_path)
    assert check_merges.main([]) == 0


def test_other_spaces_make_no_other_text(branched: Path) -> None:
    spaced = make_text(RELEASE.replace("We call", "We\xa0call"), "")  # no change of the words
    branched.write_text(spaced, encoding="utf-8")
    git(branched.parent, "commit", "-qam", "spaced")
    git(branched.parent, *BY_LINES, "merge", "--no-edit", "translator")
    assert "fuzzy" not in branched.read_text(encoding="utf-8")
    assert check_merges.main([]) == 0


def test_what_git_cannot_do_is_told(
    branched: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_merges.main(["nowhere..main"]) == 2
    told = capsys.readouterr().err
    assert "nowhere" in told
    git(branched.parent, "clone", "-q", "--depth=1", branched.parent.as_uri(), "shallow")
    monkeypatch.chdir("shallow")
    assert check_merges.main([]) == 2
    assert "git fetch --unshallow brings the rest" in capsys.readouterr().err
    monkeypatch.chdir("/")
    assert check_merges.main([]) == 2
    assert "not a git repository" in capsys.readouterr().err
