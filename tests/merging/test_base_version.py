"""The version that a translator started from is shown by git's history, or there is none."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from letter.merging.base_version import find_base, read_history
from letter.po.model import PoFile
from letter.po.reader import parse_po, read_po
from scripts import receive
from tests.conftest import Copy
from tests.git import commit, git, start_repository
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, NAME, NAMED, OTHER, TITLE, refuse_and_keep, send


def find_title(sent: PoFile, path: Path) -> str | None:
    """Give the title of the version that a file started from."""
    base, lack = find_base(sent, read_history(path), read_po(path))
    assert (base is None) is bool(lack)
    return base.entries[0].msgstr[0] if base else None


def test_the_base_is_the_version_that_was_sent_out(repository: Copy) -> None:
    path = repository.po("ku")
    versions = [(TITLE, path.read_bytes())]
    for old, new in pairwise((TITLE, BETTER, OTHER, "“Em dimirin.”")):
        repository.edit("ku", old, new)
        commit(repository.letter.parent)
        versions.append((new, path.read_bytes()))
    for title, version in versions:
        sent = parse_po(version.replace(NAME.encode(), NAMED.encode()), "x")
        assert find_title(sent, path) == title


def change_meanwhile(repository: Copy) -> str:
    """Send a file, and commit what another person does meanwhile; give the file's path."""
    sent = send(repository, TITLE, BETTER)
    shutil.move(sent, repository.letter.parent.with_suffix(".po"))
    repository.edit("ku", NAME, NAMED)
    commit(repository.letter.parent)
    return str(repository.letter.parent.with_suffix(".po"))


def receive_in(folder: Path, sent: str) -> tuple[int, str, str]:
    """Receive a file in another copy of the repository; give its catalogue's text, too."""
    copy = Copy(folder / "letter.md", folder / "locales")
    code, told = run_command(receive, copy, sent)
    return code, told, copy.po("ku").read_text(encoding="utf-8")


def take_history_away(repository: Copy, place: Path, how: str) -> None:
    """Make a copy that lacks history: a shallow clone, no repository, or an untracked file."""
    if how == "shallow":
        source = f"file://{repository.letter.parent}"
        git(place.parent, "clone", "-q", "--depth=1", source, str(place))
        return
    shutil.copytree(repository.letter.parent, place, ignore=shutil.ignore_patterns(".git"))
    if how == "untracked":
        git(place, "init", "-q")
        git(place, "commit", "-q", "--allow-empty", "-m", "nothing")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("shallow", "git fetch --unshallow"),
        ("no repository", "in no git repository"),
        ("untracked", "git does not know the catalogue"),
    ],
)
def test_without_the_history_nothing_finished_is_replaced(
    repository: Copy, tmp_path_factory: pytest.TempPathFactory, how: str, words: str
) -> None:
    sent = change_meanwhile(repository)
    place = tmp_path_factory.mktemp("copy") / "here"
    take_history_away(repository, place, how)
    code, told, text = receive_in(place, sent)
    assert code == 1
    assert words in told
    assert "--base FILE" in told
    assert NAMED in text, "what another person did meanwhile stands"
    assert TITLE in text
    assert f"# Another translation: {BETTER}" in text


def test_without_git_nothing_finished_is_replaced(
    repository: Copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sent = change_meanwhile(repository)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, told, text = receive_in(repository.letter.parent, sent)
    assert (code, "git is not there" in told, TITLE in text) == (1, True, True), told


def test_without_the_history_what_waits_or_is_empty_is_filled(copy: Copy) -> None:
    sent = send(copy, TITLE, BETTER)
    copy.edit("ku", f'msgstr "{TITLE}"', 'msgstr ""')
    assert run_command(receive, copy, sent, "--dry-run")[0] == 0
    line = 'msgid "“We are being left to die as the world watches.”"\n'
    waiting = f'#, fuzzy\n#| msgid "We die."\n{line}msgstr "{OTHER}"'
    copy.edit("ku", f'{line}msgstr ""', waiting)
    assert run_command(receive, copy, sent)[0] == 0
    text = copy.po("ku").read_text(encoding="utf-8")
    assert f'{line}msgstr "{BETTER}"' in text
    assert f"# Earlier translation: {OTHER}\n" in text


def test_a_shallow_clone_shows_a_later_version_as_the_base(
    repository: Copy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The oldest version at hand fits worse than the next, which therefore is the base."""
    for old, new in ((TITLE, OTHER), (OTHER, BETTER)):
        repository.edit("ku", old, new)
        commit(repository.letter.parent)
    sent = change_meanwhile_of(repository)
    place = tmp_path_factory.mktemp("copy") / "here"
    source = f"file://{repository.letter.parent}"
    git(place.parent, "clone", "-q", "--depth=3", source, str(place))
    code, told, text = receive_in(place, sent)
    assert (code, "1 taken" in told) == (0, True), told
    assert NAMED in text
    assert "“Em dimirin.”" in text


def change_meanwhile_of(repository: Copy) -> str:
    """Send a file with another name translated, and change the title meanwhile."""
    sent = send(repository, NAME, NAMED)
    shutil.move(sent, repository.letter.parent.with_suffix(".po"))
    repository.edit("ku", BETTER, "“Em dimirin.”")
    commit(repository.letter.parent)
    return str(repository.letter.parent.with_suffix(".po"))


def test_a_renamed_folder_keeps_its_history(repository: Copy) -> None:
    sent = change_meanwhile(repository)
    git(repository.letter.parent, "mv", "locales", "languages")
    commit(repository.letter.parent)
    moved = Copy(repository.letter, repository.letter.parent / "languages")
    assert run_command(receive, moved, sent)[0] == 0
    assert NAMED in moved.po("ku").read_text(encoding="utf-8")


def test_a_linked_worktree_and_a_submodule_have_their_history(
    repository: Copy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sent = change_meanwhile(repository)
    linked, outer = tmp_path_factory.mktemp("linked") / "tree", tmp_path_factory.mktemp("outer")
    git(repository.letter.parent, "worktree", "add", "-q", str(linked))
    git(outer, "init", "-q")
    allowed = ("-c", "protocol.file.allow=always")
    git(outer, *allowed, "submodule", "add", "-q", str(repository.letter.parent), "sub")
    for folder in (linked, outer / "sub"):
        code, told, text = receive_in(folder, sent)
        assert (code, NAMED in text, BETTER in text) == (0, True, True), told


def test_a_hook_of_another_repository_does_not_mislead(
    repository: Copy, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = change_meanwhile(repository)
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    code, told, text = receive_in(repository.letter.parent, sent)
    assert (code, NAMED in text, BETTER in text) == (0, True, True), told


def test_a_file_that_someone_translated_anew_replaces_nothing_finished(repository: Copy) -> None:
    """Every translation differs from every version: no version is the one it started from."""
    sent = Path(send(repository, TITLE, BETTER))
    text = sent.read_text(encoding="utf-8")
    text = re.sub(r'(?<=msgstr ")(?=\w)|(?<=\n")(?=\w[^:\n]*[êîûş])', "Na, ", text)
    sent.write_text(text, encoding="utf-8")
    assert run_command(receive, repository, str(sent))[0] == 1
    assert TITLE in repository.po("ku").read_text(encoding="utf-8")


@pytest.mark.parametrize("header", ["Language: ar", "Language: ", "Language: tr"])
def test_a_base_of_another_language_is_asked_about(repository: Copy, header: str) -> None:
    sent = send(repository, TITLE, BETTER)
    other = repository.letter.parent / "base.po"
    text = repository.po("ar").read_text(encoding="utf-8")
    other.write_text(text.replace("Language: ar", header), encoding="utf-8")
    told = refuse_and_keep(repository, sent, f"--base={other}")
    assert told.startswith(f"{other}: it")
    assert "is that the version that the translator started from?" in told


def test_a_base_with_few_texts_of_another_language_is_asked_about(repository: Copy) -> None:
    header = 'msgid ""\nmsgstr "Language: ar\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    base = repository.letter.parent / "base.po"
    text = header + 'msgid "Zaytoon"\nmsgstr "زيتون"\n'
    base.write_text(text, encoding="utf-8")
    sent = send(repository, TITLE, BETTER)
    assert "its header says ar" in refuse_and_keep(repository, sent, f"--base={base}")


@pytest.mark.parametrize("header", ["Language: ku", "Language: kmr", "Language: ", "Language: tr"])
def test_a_base_whose_texts_are_the_files_own_is_taken(repository: Copy, header: str) -> None:
    sent = send(repository, TITLE, BETTER)
    base = repository.letter.parent / "base.po"
    text = repository.po("ku").read_text(encoding="utf-8")
    base.write_text(text.replace("Language: ku", header), encoding="utf-8")
    assert run_command(receive, repository, sent, f"--base={base}")[0] == 0
    assert BETTER in repository.po("ku").read_text(encoding="utf-8")


def test_a_broken_version_in_the_history_is_passed_over(repository: Copy) -> None:
    repository.edit("ku", f'msgstr "{TITLE}"', f'msgstr "{TITLE}')
    commit(repository.letter.parent)
    repository.edit("ku", f'msgstr "{TITLE}', f'msgstr "{TITLE}"')
    sent = change_meanwhile(repository)
    assert receive_in(repository.letter.parent, sent)[0] == 0


def test_a_history_of_broken_versions_alone_is_none(copy: Copy) -> None:
    copy.edit("ku", f'msgstr "{TITLE}"', f'msgstr "{TITLE}')
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    copy.edit("ku", f'msgstr "{TITLE}', f'msgstr "{TITLE}"')
    sent = send(copy, TITLE, BETTER)
    copy.edit("ku", TITLE, OTHER)
    code, told = run_command(receive, copy, sent)
    assert (code, "no version in git can be read" in told) == (1, True), told
