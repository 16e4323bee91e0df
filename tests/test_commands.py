"""What all commands share: their options, their version, and how they end."""

import os
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from app import create_app
from letter.paths import default_paths, shorten_path
from scripts import add_language, check, export, receive, sign_off, status, update
from tests.conftest import copy_letter
from tests.tools import ROOT

COMMANDS = sorted(
    path
    for path in (ROOT / "scripts").glob("*.py")
    if "@command" in path.read_text(encoding="utf-8")
)


def run(command: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(command), *options], capture_output=True, text=True, cwd=ROOT
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda path: path.name)
def test_every_command_says_its_version(command: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    done = run(command, "--version")
    assert (done.returncode, done.stdout) == (0, f"{project['name']} {project['version']}\n")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda path: path.name)
def test_shared_options_are_explained_alike_and_none_does_nothing(
    command: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [str(command), "--help"])
    monkeypatch.setattr(sys, "path", [*sys.path])  # to which one adds where the project is
    with pytest.raises(SystemExit):
        runpy.run_path(str(command), run_name="__main__")
    told = " ".join(capsys.readouterr().out.split())
    shared = command.name not in ("bench.py", "check_merges.py", "merge_driver.py")
    assert ("--locales LOCALES another folder of catalogues" in told) == shared
    assert ("--letter LETTER another letter, in Markdown" in told) == shared


@pytest.mark.parametrize("name", ["status.py", "check.py", "update.py --check"])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_reader_who_has_seen_enough_ends_a_command_quietly(name: str, buffered: str) -> None:
    script, *options = name.split()
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, str(ROOT / "scripts" / script), *options]
    environment = {"PYTHONUNBUFFERED": buffered, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b""), "as of a program that SIGPIPE ends"


def test_a_command_acts_on_its_own_clone_whatever_modules_its_python_has(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "letter").mkdir()
    (tmp_path / "letter" / "checks.py").write_text("raise SystemExit('own')", encoding="utf-8")
    done = run(tmp_path / "scripts" / "check.py")
    assert (done.returncode, done.stderr) == (1, "own\n"), "not the modules of ROOT"


@pytest.mark.parametrize(
    "options",
    [
        ["-m", "scripts.check", "--version"],
        ["-I", "scripts/check.py", "--version"],
        ["-c", "from scripts import check; check.main(['--version'])"],
    ],
    ids=["-m", "-I", "import"],
)
def test_a_command_starts_in_each_way_that_python_knows(options: list[str]) -> None:
    done = run(Path(options[0]), *options[1:])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda path: path.name)
def test_a_python_without_packages_is_told_so_in_a_line(command: Path) -> None:
    done = run(Path("-S"), str(command), "--version")
    if command.name == "merge_driver.py":
        assert (done.returncode, done.stdout) == (0, run(command, "--version").stdout)
        return
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "lacks babel, flask, markdown_it" in done.stderr
    assert f"call “make run” in {ROOT} once" in done.stderr


def test_an_error_for_a_person_is_one_line_and_ends_with_2(tmp_path: Path) -> None:
    done = run(ROOT / "scripts" / "status.py", f"--letter={tmp_path / 'none.md'}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "none.md" in done.stderr


def test_a_path_that_is_no_text_is_told_as_far_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    copy = copy_letter(folder)
    where = (f"--letter={copy.letter}", f"--locales={copy.locales}")
    strict = os.environ | {"PYTHONIOENCODING": "utf-8:strict"}  # as en_US.UTF-8 has it
    command = [sys.executable, str(ROOT / "scripts" / "update.py"), *where]
    done = subprocess.run(command, capture_output=True, text=True, env=strict)
    assert (done.returncode, done.stderr) == (0, "")
    assert r"/caf\udce9/locales/ku/" in done.stdout


# --- one of the letter and its catalogues without the other ------------------------------------


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LETTER_SOURCE", "LETTER_LOCALES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the project's own, with the letter in letter/, and another letter in it."""
    (tmp_path / "letter").mkdir()
    shutil.copy(ROOT / "letter" / "letter.md", tmp_path / "letter")
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    (tmp_path / "mine.md").write_text("# Mine\n\nAnother text.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (update, ()),
        (add_language, ("fr",)),
        (sign_off, ("ku", "--reviewer=Z <z@example.org>")),
        (status, ()),
        (export, ("public", "--disk", "--documents=none")),
    ],
    ids=["update", "add_language", "sign_off", "status", "export"],
)
@pytest.mark.parametrize("by", ["option", "environment"])
def test_no_command_puts_another_letter_and_these_catalogues_together(
    command: ModuleType,
    arguments: tuple[str, ...],
    by: str,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    if by == "environment":
        monkeypatch.setenv("LETTER_SOURCE", "mine.md")
    assert command.main([*arguments, *(["--letter=mine.md"] if by == "option" else [])]) == 2
    assert capsys.readouterr().err == (
        "mine.md: the catalogues beside this letter are those of letter/letter.md: name its folder "
        "of catalogues with --locales or LETTER_LOCALES\n"
    )
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_the_app_does_not_put_them_together_either(project: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"are those of letter/letter\.md"):
        create_app("mine.md")


def test_a_letter_and_its_catalogues_find_each_other(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Path("letter/letter.md"), Path("locales")
    assert default_paths("letter/letter.md") == pair
    assert default_paths(None, "locales") == pair
    monkeypatch.chdir("letter")
    assert default_paths("letter.md") == (Path("letter.md"), project / "locales")
    assert default_paths(None, "../locales") == (Path("letter.md"), Path("../locales"))
    shutil.move("letter.md", project)
    assert default_paths("../letter.md") == (Path("../letter.md"), project / "locales")
    assert default_paths(None, project / "locales")[0] == project / "letter.md"


def test_a_letter_under_another_name_has_the_catalogues_that_no_other_letter_has(
    project: Path,
) -> None:
    shutil.rmtree("letter")
    assert default_paths("mine.md") == (Path("mine.md"), Path("locales"))
    shutil.rmtree("locales")
    with pytest.raises(FileNotFoundError, match=r"mine\.md: there is no folder locales/ beside"):
        default_paths("mine.md")
    with pytest.raises(FileNotFoundError, match=r"none\.md: there is no such letter"):
        default_paths("none.md")
    with pytest.raises(FileNotFoundError, match="locales: there is no such folder"):
        default_paths(None, "locales")
    Path("locales").mkdir()
    with pytest.raises(FileNotFoundError, match=r"locales: there is no letter\.md beside this"):
        default_paths(None, "locales")


def test_what_the_environment_names_is_one_pair(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "other").mkdir()
    copy = copy_letter(project / "other")
    own = project / "letter" / "letter.md"
    monkeypatch.setenv("LETTER_LOCALES", str(copy.locales))
    assert default_paths(own)[1] == shorten_path(copy.locales), "only what is not given is taken"
    monkeypatch.setenv("LETTER_SOURCE", str(copy.letter))
    assert default_paths() == (shorten_path(copy.letter), shorten_path(copy.locales))
    assert default_paths(own) == (Path("letter/letter.md"), Path("locales"))


def test_a_command_that_reads_no_letter_needs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "locales", tmp_path / "catalogues")
    assert check.main([f"--locales={tmp_path / 'catalogues'}"]) == 0
    monkeypatch.setenv("LETTER_LOCALES", str(tmp_path / "catalogues"))
    assert check.main([]) == 0
    monkeypatch.delenv("LETTER_LOCALES")
    monkeypatch.setenv("LETTER_SOURCE", str(tmp_path / "none.md"))
    assert check.main([]) == 2, "whose catalogues are meant is not known"


@pytest.fixture
def lettre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A French letter under another name, with an English catalogue, and what came back of it."""
    header = 'msgid ""\nmsgstr "Language: en\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    folder = tmp_path / "fr" / "locales" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "fr" / "lettre.md").write_text("---\nlanguage: fr\n---\n# Salut\n", "utf-8")
    (folder / "letter.po").write_text(header + 'msgid "Salut"\nmsgstr ""\n', "utf-8")
    (tmp_path / "sent.po").write_text(header + 'msgid "Salut"\nmsgstr "Hello"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder / "letter.po"


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--locales=fr/locales"], {}),
        (["--letter=fr/lettre.md"], {}),
        (["--letter=fr/lettre.md", "--locales=fr/locales"], {}),
        ([], {"LETTER_SOURCE": "fr/lettre.md"}),
        ([], {"LETTER_LOCALES": "fr/locales"}),
        ([], {"LETTER_SOURCE": "fr/lettre.md", "LETTER_LOCALES": "fr/locales"}),
    ],
)
def test_a_letter_of_another_name_and_language_keeps_its_english_catalogue(
    options: list[str],
    environment: dict[str, str],
    lettre: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert check.main(["en", *options]) == 0
    assert receive.main(["sent.po", *options]) == 0
    assert 'msgstr "Hello"' in lettre.read_text("utf-8")
    assert "remove" not in "".join(capsys.readouterr())


def test_the_original_of_an_unknown_letter_is_judged_as_no_language(lettre: Path) -> None:
    text = '\nmsgid "Vingt mesures en 12 mois."\nmsgstr "20 measures in twelve months."\n'
    lettre.write_text(lettre.read_text("utf-8") + text, "utf-8")
    for options in (["--locales=fr/locales"], ["--letter=fr/lettre.md"]):
        assert check.main(options) == 0
    (lettre.parents[3] / "lettre.md").write_text("---\nlanguage: french\n---\n# Salut\n", "utf-8")
    assert check.main(["en", "--letter=fr/lettre.md"]) == 0, "the letter says no usable language"


def test_a_letter_that_is_named_must_be_there(
    lettre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, arguments in ((check, []), (receive, ["sent.po"])):
        assert command.main([*arguments, "--letter=none.md", "--locales=fr/locales"]) == 2
        assert capsys.readouterr().err.startswith("none.md:1: can't be read: ")
    assert 'msgstr "Hello"' not in lettre.read_text("utf-8")
