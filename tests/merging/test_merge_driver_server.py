"""The merge driver on a server: any Python without a package, and nobody to answer a conflict."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from letter.po.model import PoFile
from letter.po.reader import parse_po
from letter.po.unmerged import UNREAD, is_block, split_blocks, unquote_block
from tests.git import git
from tests.merging.driven import (
    BARE,
    DRIVER,
    FULL,
    NEIGHBOURS,
    NOT,
    RELEASE,
    find_entry,
    make_text,
    merge_texts,
    read_merged,
    start_driven,
    swap,
)
from tests.merging.examples import entry
from tests.tools import ROOT

HALF = len(RELEASE) // 2
PARTED = make_text(RELEASE[:HALF], "").replace(
    NEIGHBOURS[3], f"{entry(RELEASE[HALF:], '')}\n{NEIGHBOURS[3]}"
)

CHANGES = {
    "a conflict": (make_text(RELEASE, "Yek."), make_text(RELEASE, "Du.")),
    "an edit of the letter": (make_text(RELEASE, "Yek."), make_text(NOT, "Hemûyan berdin.")),
    "a split": (make_text(RELEASE, "Yek."), PARTED),
    "a broken side": (make_text(RELEASE, "Yek."), FULL + '\nmsgid "broken\n'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_python_without_packages_merges_as_the_projects_own(change: str, tmp_path: Path) -> None:
    theirs, ours = CHANGES[change]
    found = []
    for number, python in enumerate((BARE, (sys.executable,))):
        folder = tmp_path / str(number)
        start_driven(folder, python=python)
        done = merge_texts(folder, theirs, ours, base=FULL)
        found.append((done.returncode, done.stderr, (folder / "letter.po").read_bytes()))
    assert found[0] == found[1]
    assert "Yek." in found[0][2].decode()


SHOW_LOADED = """
import runpy, sys
before = set(sys.modules)
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
"""


def test_nothing_but_pythons_own_modules_is_loaded(tmp_path: Path) -> None:
    """All packages are there to be imported, by a function, too."""
    for name, text in zip("bot", (FULL, *CHANGES["a split"]), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    code = SHOW_LOADED.replace("sys.argv[0]", repr(str(DRIVER)), 1)
    command = [sys.executable, "-c", code, *(str(tmp_path / name) for name in "bot"), "letter.po"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) - sys.stdlib_module_names == {"letter"}


def test_any_folder_is_the_right_one(tmp_path: Path) -> None:
    done = subprocess.run([*BARE, str(DRIVER), "--help"], cwd=tmp_path, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("told_by", ["option", "environment"])
def test_a_server_goes_on_with_both_texts(
    tmp_path: Path, told_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_driven(tmp_path, *(["--never-stop"] if told_by == "option" else []))
    if told_by == "environment":
        monkeypatch.setenv("LETTER_MERGE", "never-stop")
    done = merge_texts(tmp_path, make_text(RELEASE, "Yek."), make_text(RELEASE, "Du."))
    assert done.returncode == 0, done.stderr
    assert "both texts are in the entry, choose one" in done.stderr
    found = find_entry(tmp_path, RELEASE)
    assert (found.fuzzy, found.msgstr) == (True, ("Du.",))
    assert found.comments == ("Another translation: Yek.",)


def strip_quotes(po: PoFile) -> str:
    """What the comments above the header keep of a side that could not be read."""
    lines = po.header.comments if po.header else ()
    return "\n\n".join(unquote_block(block) for block in filter(is_block, split_blocks(lines)))


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("bad", "kept"),
    [
        (b"", ""),
        (b'msgid "broken\n', 'msgid "broken'),
        (b"\x89PNG\r\n\x1a\n\0\0", "\\x89PNG\n\\x1a\n\\x00\\x00"),
        (
            FULL.replace("Cîran 4", "Cîrana 4").encode("utf-16"),
            'msgid "Neighbour 4"\nmsgstr "Cîrana 4"\n\nmsgid "Neighbour 5"\nmsgstr "Cîran 5"',
        ),
        (
            FULL.replace('Cîran 4"', "Cîrana 4").replace("\n", "\r\n").encode(),
            'msgid "Neighbour 4"\nmsgstr "Cîrana 4\n\nmsgid "Neighbour 5"\nmsgstr "Cîran 5"',
        ),
    ],
)
def test_a_server_goes_on_with_the_side_that_can_be_read(
    tmp_path: Path, bad: bytes, kept: str, *, swapped: bool
) -> None:
    start_driven(tmp_path, "--never-stop")
    good = FULL.replace("Cîran 5", "Cîrana 5")
    done = merge_texts(tmp_path, base=FULL, **swap(bad, good, swapped=swapped))
    assert done.returncode == 0, done.stderr
    sides = ("theirs", "ours") if swapped else ("ours", "theirs")
    assert f"letter.po ({sides[0]}):" in done.stderr
    assert f"letter.po: {sides[1]} stands alone" in done.stderr
    assert find_entry(tmp_path, "Neighbour 5").msgstr == ("Cîrana 5",)
    assert strip_quotes(read_merged(tmp_path)) == kept


def test_a_server_keeps_what_it_can_where_neither_side_can_be_read(tmp_path: Path) -> None:
    start_driven(tmp_path, "--never-stop")
    done = merge_texts(tmp_path, b'msgid "theirs\n', b'msgid "ours\n', base=FULL)
    assert done.returncode == 0, done.stderr
    told, kept, last, ours = (tmp_path / "letter.po").read_text().split("\n", 3)
    assert (kept, ours) == ('# >1 msgid "theirs', 'msgid "ours\n')
    assert told.startswith(f"# {UNREAD}")
    assert last.startswith("# > (end of ")


def test_nothing_of_a_broken_side_is_lost_by_a_rebase(tmp_path: Path) -> None:
    start_driven(tmp_path, "--never-stop")
    broken = make_text(RELEASE, "Yek.") + '\nmsgid "broken\n'
    merge_texts(tmp_path, FULL.replace("Cîran 5", "Cîrana 5"), broken, base=FULL)
    git(tmp_path, "reset", "-q", "--hard", "ORIG_HEAD")
    git(tmp_path, "rebase", "-q", "translator")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", f"file://{tmp_path}", str(clone))
    assert find_entry(clone, "Neighbour 5").msgstr == ("Cîrana 5",)
    assert 'msgstr "Yek."' in strip_quotes(read_merged(clone))


def test_letters_that_the_charset_of_ours_lacks_make_it_utf_8(tmp_path: Path) -> None:
    start_driven(tmp_path)
    latin = FULL.replace("UTF-8", "ISO-8859-9")
    theirs = latin.replace("ISO-8859-9", "UTF-8").replace("Hemûyan berdin.", "هەموویان بەردەن.")
    ours = latin.replace("Cîran 5", "Cîrana 5").encode("iso-8859-9")
    folder = tmp_path
    done = merge_texts(folder, theirs, ours, base=FULL)
    assert done.returncode == 0, done.stderr
    assert find_entry(folder, RELEASE).msgstr == ("هەموویان بەردەن.",)
    assert find_entry(folder, "Neighbour 5").msgstr == ("Cîrana 5",)


def run_alone(folder: Path, *command: str, path: str = os.defpath) -> tuple[int, str, str]:
    """Run the driver where its Python is all there is; give its code, our file, and its words."""
    for name, text in zip("bot", (FULL, FULL + "# ours\nmsgid\n", PARTED), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    files = (*(str(folder / name) for name in "bot"), "letter.po")
    done = subprocess.run(
        [*BARE, *command, *files],
        capture_output=True,
        env={"PATH": path},
        text=True,
        check=False,
    )
    return done.returncode, (folder / "o").read_text(encoding="utf-8"), done.stderr


@pytest.mark.parametrize("path", [os.defpath, ""])
def test_an_old_python_leaves_both_sides_and_says_what_is_needed(path: str, tmp_path: Path) -> None:
    """All that such a Python reads is written as it was in 3.6."""
    for file in (DRIVER, ROOT / "letter" / "merging" / "both_sides.py"):
        ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 6))
    code = f"import runpy, sys\nsys.version_info = (3, 9)\nrunpy.run_path({str(DRIVER)!r})"
    ended, text, told = run_alone(tmp_path, "-c", code, path=path)
    assert ended == 1
    assert "Python 3.11 or newer is needed" in told
    assert told.count("\n") == 1
    assert "# ours" in text
    assert RELEASE[:HALF] in text


def test_git_need_not_be_found(tmp_path: Path) -> None:
    ended, text, told = run_alone(tmp_path, str(DRIVER), path="")
    assert (ended, text.startswith("<<<<<<< ours\n")) == (1, True), told
    assert RELEASE[:HALF] in text
    ended, text, told = run_alone(tmp_path, str(DRIVER), "--never-stop", path="")
    assert (ended, parse_po(text.encode(), "").entries) == (
        *(0, parse_po(PARTED.encode(), "").entries),
    ), told


def test_the_driver_tells_whether_it_can_run_and_what_a_setting_means(tmp_path: Path) -> None:
    done = subprocess.run([*BARE, str(DRIVER), "--version"], cwd=tmp_path, check=False)
    assert done.returncode == 0
    files = [str(tmp_path / "no"), str(tmp_path / "no"), str(tmp_path / "no"), "letter.po"]
    done = subprocess.run(
        [*BARE, str(DRIVER), *files],
        env={"LETTER_MERGE": "1"},
        stderr=subprocess.PIPE,
        check=False,
    )
    assert b"LETTER_MERGE=1 means nothing: LETTER_MERGE=never-stop does" in done.stderr


def test_an_error_of_the_driver_is_a_conflict_with_both_sides_in_the_file(tmp_path: Path) -> None:
    """A base that is a folder stands for any error that nobody foresaw."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.write_text(FULL, encoding="utf-8")
    theirs.write_text(FULL.replace("Cîran 5", "Cîrana 5"), encoding="utf-8")
    paths = map(str, (tmp_path, ours, theirs, "letter.po"))
    done = subprocess.run(
        [*BARE, str(DRIVER), "--never-stop", *paths], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, "nobody knows what is lost"
    assert "directory" in done.stderr
    text = ours.read_text(encoding="utf-8")
    assert "Cîran 5" in text
    assert "Cîrana 5" in text


@pytest.mark.parametrize("is_there", [True, False])
def test_make_configures_the_driver_and_what_happens_without_python(
    tmp_path: Path, *, is_there: bool
) -> None:
    start_driven(tmp_path)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / ".git" / "info" / "exclude").write_text(".venv\n", encoding="utf-8")
    told = subprocess.run(
        ["make", "-n", ".venv/.run-ready"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    (line,) = (line for line in told.splitlines() if "merge.letter-po.driver" in line)
    subprocess.run(line, shell=True, cwd=tmp_path, check=True)
    if not is_there:
        driver = git(tmp_path, "config", "merge.letter-po.driver").stdout.strip()
        git(tmp_path, "config", "merge.letter-po.driver", driver.replace("'/", "'/gone/", 1))
    ours = FULL.replace("Cîran 5", "Cîrana 5")
    done = merge_texts(tmp_path, make_text(RELEASE, "Yek."), ours, base=FULL)
    text = (tmp_path / "letter.po").read_text(encoding="utf-8")
    assert "Cîrana 5" in text
    assert "Yek." in text
    assert (done.returncode == 0) == is_there, "lines are never merged in silence"
    assert ("/gone/" in done.stderr) != is_there


@pytest.mark.parametrize("is_there", [True, False])
def test_weblates_page_configures_the_driver_and_what_happens_without_its_clone(
    tmp_path: Path, *, is_there: bool
) -> None:
    page = (ROOT / "scripts" / "deploy" / "weblate.md").read_text(encoding="utf-8")
    _clone, block = page.split("```\n", 2)[1].split("\n", 1)
    data, folder = tmp_path / "data", tmp_path / "letter"
    (data / "home").mkdir(parents=True)
    (data / "letter-driver").symlink_to(ROOT)
    done = subprocess.run(
        ["sh", "-ec", block.replace("DATA_DIR", str(data))], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout[:11]) == (0, "one-letter "), done.stderr
    start_driven(folder)
    git(folder, "config", "--unset", "merge.letter-po.driver")
    git(folder, "config", "include.path", str(data / "home" / ".gitconfig"))
    if not is_there:
        (data / "letter-driver").unlink()
    done = merge_texts(folder, *CHANGES["a conflict"], base=FULL)
    text = (folder / "letter.po").read_text(encoding="utf-8")
    assert "Yek." in text
    assert "Du." in text
    assert (done.returncode == 0) == is_there, "lines are never merged in silence"
    assert ("fuzzy" in text, "<<<<<<<" in text) == (is_there, not is_there)
