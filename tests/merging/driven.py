"""Repositories whose catalogues are merged by the driver, and two branches of them merged."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from tests.git import commit, git, start_repository
from tests.merging.examples import HEADER, entry
from tests.tools import ROOT

DRIVER = ROOT / "scripts" / "merge_driver.py"
BARE = (sys.executable, "-S", "-I")  # as `make` and servers call it, without any package

NEIGHBOURS = [entry(f"Neighbour {n}", f"Cîran {n}") for n in range(6)]
TAIL = "held in the prisons of Damascus, of Homs and of every other town in Syria."
RELEASE = "We call on the government to release every prisoner " + TAIL
NOT = "We call on the government NOT to release any prisoner " + TAIL


def start_driven(folder: Path, *options: str, python: tuple[str, ...] = BARE) -> None:
    """Start a repository with the project's attributes, and the driver as git is told of it."""
    folder.mkdir(exist_ok=True)
    start_repository(folder)
    shutil.copy(ROOT / ".gitattributes", folder)
    driver = f"{shlex.join([*python, str(DRIVER), *options])} %O %A %B %P"
    git(folder, "config", "merge.letter-po.driver", driver)


def make_text(msgid: str, msgstr: str) -> str:
    """A catalogue in which the message stands between others, in lines as an editor breaks it."""
    text = "\n".join([HEADER, *NEIGHBOURS[:3], entry(msgid, msgstr), *NEIGHBOURS[3:]])
    return text.replace(msgid, msgid.replace(TAIL, '"\n"' + TAIL[:40] + '"\n"' + TAIL[40:]))


FULL = make_text(RELEASE, "Hemûyan berdin.")


def swap(ours: str | bytes, theirs: str | bytes, *, swapped: bool) -> dict[str, str | bytes]:
    return {"ours": theirs, "theirs": ours} if swapped else {"ours": ours, "theirs": theirs}


def merge_texts(
    folder: Path, theirs: str | bytes, ours: str | bytes, base: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Commit what each branch has in the place of an untranslated message, and merge."""
    path = folder / "letter.po"
    path.write_text(make_text(RELEASE, "") if base is None else base)
    commit(folder)
    git(folder, "checkout", "-qb", "translator")
    for text, branch in ((theirs, "main"), (ours, "")):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        commit(folder)
        git(folder, "checkout", "-q", *branch.split())
    return git(folder, "merge", "--no-edit", "translator", check=False)


def read_merged(folder: Path) -> PoFile:
    return parse_po((folder / "letter.po").read_bytes(), "letter.po")


def find_entry(folder: Path, msgid: str) -> Entry:
    return next(entry for entry in read_merged(folder).entries if entry.msgid == msgid)
