"""What all commands share: their options, their version, and how they end."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.tools import ROOT

COMMANDS = sorted(
    path
    for path in (ROOT / "scripts").glob("*.py")
    if "@command" in path.read_text(encoding="utf-8")
)
LETTERLESS = {"check.py", "receive.py"}  # they read catalogues alone


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
def test_shared_options_are_explained_alike_and_none_does_nothing(command: Path) -> None:
    told = " ".join(run(command, "--help").stdout.split())
    shared = command.name not in ("bench.py", "merge_driver.py")
    assert ("--locales LOCALES another folder of catalogues" in told) == shared
    expected = shared and command.name not in LETTERLESS
    assert ("--letter LETTER another letter, in Markdown" in told) == expected


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


def test_an_error_for_a_person_is_one_line_and_ends_with_2(tmp_path: Path) -> None:
    done = run(ROOT / "scripts" / "status.py", f"--letter={tmp_path / 'none.md'}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "none.md" in done.stderr
