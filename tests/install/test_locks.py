"""The locks install as they stand, whatever has been released since, with old and new pips.

make's own rules are run in a copy of the checkout. Its index is a folder of wheels without code but
with the real packages' metadata, and beside each locked release lies a newer one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tools import ROOT

Index = tuple[Path, dict[str, str]]  # wheels and locks with their hashes; the locked versions

pytestmark = pytest.mark.slow

LOCKS = ("requirements.txt", "requirements-documents.txt", "requirements-dev.txt")
NEWER = "9999"
WHEEL = b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# What these tests are run with must not reach the make and pip that they test.
OTHERS = ("PIP_", "GIT_", "MAKE", "MFLAGS", "PYTHON", "VIRTUAL_ENV")
# Releases of pip with the hashes of their wheels.
PIPS = {
    "22.3": "1daab4b8d3b97d1d763caeb01a4640a2250a0ea899e257b1e44b9eded91e15ab",
    "23.2.1": "7ccf472345f20d35bdc9d1841ff5f313260c2c33fe417f48c30ac46cccabf5be",
    "26.3": "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13",
}
# The oldest that a Python like this one came with; before 23.1.2 none runs on Python 3.12.
OLDEST = "22.3" if sys.version_info < (3, 12) else "23.2.1"
NEWEST = "26.3"
OWN = ""  # what this Python itself puts into a new environment


@dataclass(frozen=True)
class Checkout:
    """A copy of what installing needs, with nothing but the index to install from."""

    folder: Path
    index: Path

    @property
    def python(self) -> str:
        return str(self.folder / ".venv" / "bin" / "python")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(OTHERS)} | {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": self.index.as_uri(),
            "PIP_NO_CACHE_DIR": "1",
            # pip takes the value for that of `compile`.
            "PIP_NO_COMPILE": "0",
            "PIP_PROXY": "http://127.0.0.1:9",  # where nobody answers, should pip ask elsewhere
            "PIP_RETRIES": "0",
            "GIT_CEILING_DIRECTORIES": str(self.folder.parent),  # make configures git around it
        }
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True
        )

    def make(self, goal: str = "test") -> subprocess.CompletedProcess[str]:
        return self.run("make", f".venv/.{goal}-ready", f"PYTHON={sys.executable}")

    def lend_pip(self) -> None:
        """Make the environment with a copy of the pip that these tests have, which is quick."""
        self.run(sys.executable, "-m", "venv", "--without-pip", ".venv").check_returncode()
        packages = distribution("pip").locate_file("")
        place = next(self.folder.glob(".venv/lib/python*/site-packages"))
        for part in ("pip", f"pip-{distribution('pip').version}.dist-info"):
            shutil.copytree(Path(str(packages)) / part, place / part)

    def put_pip(self, version: str) -> None:
        """Make the environment that make would make, with this pip instead of Python's own.

        The pip comes from wherever this machine gets its packages.
        """
        self.run(sys.executable, "-m", "venv", "--without-pip", ".venv").check_returncode()
        lock = self.folder.parent / "pip.txt"
        lock.write_text(f"pip=={version} --hash=sha256:{PIPS[version]}\n")
        pip = (sys.executable, "-m", "pip", "--python", self.python)
        command = (*pip, "install", "--no-compile", "--no-deps", "--require-hashes", "-r", lock)
        done = subprocess.run(command, capture_output=True, text=True)
        assert "DO NOT MATCH" not in done.stderr, done.stderr
        if done.returncode:
            reason = done.stderr.strip().rpartition("\n")[2]
            pytest.skip(f"pip {version} cannot be fetched, which needs a network: {reason}")


def write_releases(folder: Path, name: str, version: str) -> str:
    """Write wheels of a package's locked release and of a newer one; give the locked one's hash."""
    package = distribution(name)
    assert package.version == version, f"{name} {version} is locked, {package.version} installed"
    folder.mkdir()
    metadata = (package.read_text("METADATA") or "").partition("\n\n")[0]
    digests = {}
    for release in (version, NEWER):
        stem = f"{name.replace('-', '_')}-{release}"
        text = re.sub("(?m)^Version: .*", f"Version: {release}", metadata, count=1)
        record = f"{stem}.dist-info/RECORD"
        files = {
            f"{stem}.dist-info/WHEEL": WHEEL,
            f"{stem}.dist-info/METADATA": text.encode(),
        }
        if (name, release) == ("setuptools", version):  # it builds the project
            ours = (file for file in package.files or () if ".." not in file.parts)
            files |= {str(file): file.read_binary() for file in ours if file.suffix != ".pyc"}
        files[record] = "".join(f"{file},,\n" for file in (*files, record)).encode()
        path = folder / f"{stem}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            for file, content in files.items():
                wheel.writestr(file, content)
        digests[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    links = (f'<a href="{file}#sha256={digest}">{file}</a>\n' for file, digest in digests.items())
    (folder / "index.html").write_text("".join(links))
    return next(iter(digests.values()))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    locked = {}
    for lock in LOCKS:
        blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
        for number, block in enumerate(blocks):
            line = block.partition(" \\\n")[0]
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate():
                name, version = wanted.name, str(wanted.specifier).removeprefix("==")
                digest = write_releases(folder / name, name, version)
                blocks[number] = f"{line} \\\n    --hash=sha256:{digest}"
                locked[name] = version
        (folder / lock).write_text("\n".join(blocks) + "\n")
    return folder, locked


def list_locked(folder: Path, index: Index) -> dict[str, str]:
    """List what `make run` installs, with its versions."""
    names = re.findall(r"(?m)^([\w.-]+)==", (folder / LOCKS[0]).read_text())
    return {name: version for name, version in index[1].items() if name in names}


@pytest.fixture
def checkout(tmp_path: Path, index: Index) -> Checkout:
    folder = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("__pycache__")  # where other tests write at the same time
    shutil.copytree(ROOT / "letter", folder / "letter", ignore=ignored)
    for name in ("Makefile", "pyproject.toml", "README.md", "app.py"):
        shutil.copy(ROOT / name, folder)
    for lock in LOCKS:
        shutil.copy(index[0] / lock, folder)
    return Checkout(folder, index[0])


# Who only reads the letter may have any pip; the locks of the tests are read by Python's own.
@pytest.mark.parametrize(
    ("pip", "goal"), [(OWN, "test"), (OLDEST, "run"), (NEWEST, "run")], ids=["own", "old", "new"]
)
def test_make_installs_what_is_locked_though_newer_releases_are_there(
    checkout: Checkout, index: Index, pip: str, goal: str
) -> None:
    if pip:
        checkout.put_pip(pip)
    done = checkout.make(goal)
    assert done.returncode == 0, done.stdout + done.stderr
    listed = checkout.run(checkout.python, "-m", "pip", "list", "--format=json")
    installed = {canonicalize_name(each["name"]): each for each in json.loads(listed.stdout)}
    used = installed.pop(canonicalize_name("pip"))["version"]
    assert pip in (OWN, used), "make leaves the environment's pip alone"
    letter = installed.pop(canonicalize_name("one-letter"))
    assert letter["editable_project_location"] == str(checkout.folder)
    locked = index[1] if goal == "test" else list_locked(checkout.folder, index)
    assert {name: each["version"] for name, each in installed.items()} == locked


def test_make_tells_what_an_incomplete_lock_lacks(checkout: Checkout) -> None:
    lock = checkout.folder / "requirements.txt"
    text, count = re.subn(r"(?m)^markupsafe==.*\n.*\n", "", lock.read_text())
    assert count == 1
    lock.write_text(text)
    checkout.lend_pip()
    done = checkout.make()
    assert done.returncode != 0
    assert re.search(r"(?i)jinja2 \S+ requires markupsafe, which is not installed", done.stdout)
