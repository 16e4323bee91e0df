"""What a Weblate needs on this machine, in one folder of a cache that stays there.

As root the system's packages are installed; others are told which lack.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

VERSION = "2026.10.1"  # of Weblate: the release that all of this was tried with
PYTHON = (3, 12)  # that the release needs at least
# Weblate's own backups alone use it, and it takes minutes to build.
LEFT_OUT = "borgbackup"
# Programs, and the packages of Debian that have them.
PROGRAMS = {
    "initdb": "postgresql",
    "redis-server": "redis-server",
    "msgmerge": "gettext",
    "git": "git",
}
_OWN = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
# Root's home is closed to the user of PostgreSQL, which refuses to run as root.
CACHE = (Path("/var/cache") if os.geteuid() == 0 else _OWN) / "one-letter" / "weblate"


def install_weblate(venv: Path, log: IO[bytes]) -> None:
    """Install Weblate into an environment of its own, unless it is there."""
    python = venv / "bin" / "python"
    if python.with_name("weblate").exists():
        return
    tell_progress("installing Weblate, which takes a minute or two")
    run_logged([find_python(), "-m", "venv", "--clear", str(venv)], log)
    run_logged([str(python), "-m", "pip", "install", "--quiet", "uv"], log)
    overrides = venv / "overrides.txt"
    overrides.write_text(f'{LEFT_OUT}; python_version < "3"\n', encoding="utf-8")
    uv = [str(python.with_name("uv")), "pip", "install", "--quiet", "--compile-bytecode"]
    options = ["--python", str(python), "--override", str(overrides)]
    run_logged([*uv, *options, f"weblate[postgres,wsgi]=={VERSION}"], log)


def tell_progress(text: str) -> None:
    """Tell on the console what takes long."""
    print(text, file=sys.stderr, flush=True)


def run_logged(
    command: list[str],
    log: IO[bytes],
    environment: dict[str, str] | None = None,
    user: str | None = None,
) -> str:
    """Run a program to its end, and give what it prints; SystemExit with the log where it fails."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, user=user
    )
    log.write(done.stdout)
    log.flush()
    if done.returncode:
        sys.exit(f"{command[0]} failed, see {log.name}:\n{done.stdout.decode()[-2_000:]}")
    return done.stdout.decode()


def find_python() -> str:
    """Find a Python that is new enough; SystemExit where there is none."""
    names = [f"python3.{minor}" for minor in range(20, PYTHON[1] - 1, -1)]
    found = (shutil.which(name) for name in names)
    # pyenv has many, of which only one is on PATH.
    installed = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"), reverse=True)
    test = f"import sys; sys.exit(sys.version_info < {PYTHON})"
    for python in filter(None, [sys.executable, *found, *map(str, installed)]):
        if subprocess.run([python, "-c", test], capture_output=True).returncode == 0:
            return python
    sys.exit(f"Weblate needs Python {'.'.join(map(str, PYTHON))} or newer: put one on PATH")


def find_program(name: str) -> str:
    """Find a program on PATH, or where Debian keeps PostgreSQL's; "" where it lacks."""
    folders = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *folders])) or ""


def install_programs() -> None:
    """Install the system's packages that lack, as root; SystemExit for others, who are told."""
    missing = [package for name, package in PROGRAMS.items() if not find_program(name)]
    if not missing:
        return
    if os.geteuid() or not find_program("apt-get"):
        sys.exit(f"This lacks: apt-get install {' '.join(missing)}")
    tell_progress(f"installing {', '.join(missing)}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # Debian would start a database of its own.
    if "postgresql" in missing:
        Path("/etc/postgresql-common").mkdir(exist_ok=True)
        settings = Path("/etc/postgresql-common/createcluster.conf")
        if not settings.exists():
            settings.write_text("create_main_cluster = false\n", encoding="utf-8")
    with Path(os.devnull).open("ab") as log:
        for words in (["update", "-qq"], ["install", "-y", "--no-install-recommends", *missing]):
            run_logged(["apt-get", "-o", "DPkg::Lock::Timeout=300", *words], log, quiet)
