"""A full disk, a read-only one, a killed command: everything stays as it was, and it is told."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import letter.files
from letter.files import write_files
from scripts import add_language, export, receive, sign_off, status, update
from tests.conftest import Copy
from tests.tools import ROOT
from tests.waiting import DEADLINE

pytestmark = pytest.mark.slow

BASE = "https://letter.example.org"
PAGE = 4096  # bytes: what a disk in memory gives out at a time
NO_MOUNT = "needs the right to mount a disk (root, and a container that allows it)"


class Disk:
    """A real disk of its own, in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self, free: int) -> None:
        """Leave so many bytes of it free."""
        ballast = self.path / ".ballast"
        ballast.unlink(missing_ok=True)
        state = os.statvfs(self.path)
        ballast.write_bytes(bytes(state.f_bavail * state.f_frsize - free))

    @contextmanager
    def is_read_only(self) -> Iterator[None]:
        subprocess.run(["mount", "-o", "remount,ro", self.path], check=True)
        yield
        subprocess.run(["mount", "-o", "remount,rw", self.path], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8M", "tmpfs", str(path)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip(NO_MOUNT)
    yield Disk(path)
    subprocess.run(["umount", path], check=True)


@pytest.fixture
def small(write_site: Callable[..., Copy]) -> Copy:
    """A small letter with two catalogues."""
    entry = 'msgid "Text"\nmsgstr "{}"\n'
    return write_site("# Title\n\nText\n", ar=entry.format("نص"), ku=entry.format("Nivîs"))


@pytest.fixture
def site(disk: Disk, small: Copy) -> Copy:
    """The small letter on the disk, with catalogues as an update writes them."""
    moved = Copy(disk.path / "letter.md", disk.path / "locales")
    shutil.move(small.letter, moved.letter)
    shutil.move(small.locales, moved.locales)
    assert moved.run(update) == 0
    return moved


def export_to(site: Copy, destination: Path) -> int:
    return site.run(export, str(destination), f"--base-url={BASE}")


def read_tree(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder, folders and hidden files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
        if path.name != ".ballast"
    }


def test_an_update_of_a_full_disk_changes_all_files_or_none(
    site: Copy, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    """It fails at the first file, at the second, at the third, at the last, and then succeeds."""
    files = ["moved.csv", "letter.pot", "ar", "ku"]
    site.letter.write_text("# Title\n\nText, changed\n", encoding="utf-8")
    before = read_tree(disk.path)
    named = []
    for pages in range(10):
        disk.fill(pages * PAGE)
        capsys.readouterr()
        if site.run(update) == 0:
            break
        told = capsys.readouterr().err
        named.append(next(name for name in files if f"/{name}" in told))
        assert told.endswith(": No space left on device: nothing was changed\n")
        assert read_tree(disk.path) == before
    assert list(dict.fromkeys(named)) == files
    assert all("Text, changed" in site.po(folder).read_text() for folder in ("ar", "ku"))
    assert not [name for name in read_tree(disk.path) if "/." in name]


def test_an_export_to_a_full_disk_leaves_the_old_site_whole(
    site: Copy, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever it fails: at the first file, in the middle, at the last."""
    public = disk.path / "deep" / "public"
    disk.fill(PAGE)
    assert export_to(site, public) == 2
    assert not public.parent.exists(), "not even its folders"
    disk.fill(4_000_000)
    assert export_to(site, public) == 0
    site.edit("ku", "Nivîs", "Nivîsek")
    before = read_tree(disk.path)
    named = set()
    for pages in range(0, 500, 12):
        disk.fill(pages * PAGE)
        capsys.readouterr()
        if export_to(site, public) == 0:
            break
        told = capsys.readouterr().err
        assert told.startswith(f"{public}/")
        assert told.endswith(": No space left on device: the site is as it was\n")
        named.add(told.partition(":")[0])
        assert read_tree(disk.path) == before
    assert len(named) > 3
    assert "Nivîsek" in (public / "ku" / "index.html").read_text(encoding="utf-8")


def test_what_cannot_be_written_is_named_and_nothing_else_happens(
    site: Copy, disk: Disk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent, ku, locales = tmp_path / "sent.po", site.po("ku"), f"--locales={site.locales}"
    sent.write_bytes(ku.read_bytes().replace("Nivîs".encode(), b"Gotin"))
    template, public = site.locales / "letter.pot", disk.path / "public"
    template.unlink()
    before = read_tree(disk.path)

    def fails(told: str) -> bool:
        capsys.readouterr()
        results = [
            (receive.main([str(sent), "--language=ku", f"--base={ku}", locales]), f"{ku}"),
            (site.run(sign_off, "ku", "--passage=1", "--reviewer=Z <z@example.org>"), f"{ku}"),
            (site.run(add_language, "fa"), "/fa"),
            (site.run(status, f"--svg={disk.path / 'status.svg'}"), "status.svg"),
            (site.run(update), f"{template}: "),
            (export_to(site, public), f"{public}"),
        ]
        lines = capsys.readouterr().err.splitlines()
        assert {code for code, _ in results} == {2}
        for (_, name), line in zip(results, lines, strict=True):
            assert name in line
            assert told in line
        return read_tree(disk.path) == before

    disk.fill(0)
    assert fails("No space left on device")
    with disk.is_read_only():
        assert fails("Read-only file system")
        assert site.run(update, "--check") == 1, "which only reads"
    disk.fill(4_000_000)
    assert site.run(update) == 0
    assert export_to(site, public) == 0


def test_a_file_that_cannot_be_replaced_is_told_with_those_that_were(
    site: Copy, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file mounted by itself, as containers do, refuses only when its turn comes."""
    site.letter.write_text("# Title\n\nText, changed\n", encoding="utf-8")
    before = site.po("ku").read_bytes()
    subprocess.run(["mount", "--bind", site.po("ku"), site.po("ku")], check=True)
    try:
        assert site.run(update) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"{site.po('ku')}: Device or resource busy: ")
        assert f"letter.pot, {site.po('ar')} changed already, and {site.po('ku')} did not" in told
        assert site.po("ku").read_bytes() == before
        assert "Text, changed" in site.po("ar").read_text(encoding="utf-8")
    finally:
        subprocess.run(["umount", site.po("ku")], check=True)
    assert not [name for name in read_tree(disk.path) if "/." in name]
    assert site.run(update) == 0
    assert "Text, changed" in site.po("ku").read_text(encoding="utf-8")


def test_a_disk_of_its_own_cannot_be_replaced_by_a_site(
    site: Copy, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export_to(site, disk.path) == 2
    assert f"choose a folder in it, such as {disk.path}/site" in capsys.readouterr().err


def test_a_memory_stick_without_links_and_exchanges_gets_the_same_site(
    small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, wanted = tmp_path / "public", tmp_path / "wanted"
    assert export_to(small, public) == 0
    small.edit("ar", "نص", "نصنا")
    assert export_to(small, wanted) == 0
    (public / "en" / "index.html.br").unlink()  # which is written again

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(letter.files, "_exchange", lambda *_: False)
    assert export_to(small, public) == 0
    assert read_tree(public) == read_tree(wanted)
    assert not list(tmp_path.glob(".public*"))


def test_a_language_folder_that_may_not_be_entered_is_told_and_the_others_stay(
    copy: Copy, tmp_path: Path
) -> None:
    """As `scp` and careful umasks leave them, for a server that runs as another user."""
    for path in (tmp_path, *tmp_path.parents):
        if not path.stat().st_mode & 0o001:
            path.chmod(path.stat().st_mode | 0o011)
    program = (
        "import os, sys; from pathlib import Path; from letter.editions.library import Library;"
        # Babel's data is read while it may be: the checkout's own folder may be closed to others.
        "from letter.languages.language import find_language; find_language('nl').plural_forms;"
        "library = Library(*map(Path, sys.argv[1:])); library.read_shelf();"
        "os.makedirs(sys.argv[2] + '/nl/LC_MESSAGES'); os.chmod(sys.argv[2] + '/nl', 0);"
        "os.geteuid() == 0 and os.setuid(65534);"
        "shelf = library.read_shelf(); print(*shelf.editions);"
        "print(shelf.report_health()['problems'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(copy.letter), str(copy.locales), f"{tmp_path}/state"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    (copy.locales / "nl").chmod(0o755)
    assert {"en", "ar", "ckb", "ku"} <= set(done.stdout.partition("\n")[0].split()), done.stderr
    assert "nl/LC_MESSAGES/letter.po:1: " in done.stdout
    assert "Permission denied" in done.stdout


def test_files_keep_their_owner(tmp_path: Path) -> None:
    """An administrator's update must not lock the translators out of their files."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files to others")
    path = tmp_path / "ku.po"
    path.write_bytes(b"old")
    os.chown(path, 12345, 23456)
    write_files({path: b"new"})
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


# --- killed, and two at a time ----------------------------------------------------------------


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start_export() -> Iterator[Start]:
    """Start exports as processes of their own, which don't outlive the test."""
    with ExitStack() as started:

        def start(site: Copy, destination: Path, *before: str) -> subprocess.Popen[str]:
            words = (str(destination), f"--base-url={BASE}")
            process = started.enter_context(start_command("export", site, *before, words=words))
            started.callback(process.kill)
            return process

        yield start


def start_command(
    name: str, site: Copy, *before: str, words: Sequence[str] = ()
) -> subprocess.Popen[str]:
    """Start a command as a process of its own; `before` is Python that the process runs first."""
    main = f"import sys; sys.path.append('scripts'); import {name}; sys.exit({name}.main())"
    where = (f"--letter={site.letter}", f"--locales={site.locales}")
    return subprocess.Popen(
        [sys.executable, "-c", "\n".join([*before, main]), *words, *where],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def await_stop(process: subprocess.Popen[str]) -> None:
    """Wait until a process has stopped itself, which is then there."""
    state = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    assert state
    assert state.si_code == os.CLD_STOPPED, "it ended instead"


def test_several_workers_write_the_same_file_at_once_and_nobody_is_refused(tmp_path: Path) -> None:
    """None takes the draft of another for what a killed program left."""
    program = (
        "import sys; from pathlib import Path; from letter.files import write_file;"
        "[write_file(Path(sys.argv[1]), b'%d' % n) for n in range(100)]"
    )
    path = tmp_path / "letter.po"
    command = [sys.executable, "-c", program, str(path)]
    workers = [subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT) for _ in range(4)]
    assert [worker.communicate()[1] for worker in workers] == [b""] * 4
    assert path.read_bytes() == b"99"
    assert [each.name for each in tmp_path.iterdir()] == ["letter.po"]


def test_a_killed_update_leaves_whole_files_and_the_next_one_mends_all(small: Copy) -> None:
    """It is killed while drafts are on the disk, and when some of the files are new already."""
    for tag in ("af", "bs", "cs", "da", "et", "fi", "ga", "hr", "is", "it", "lt", "lv", "nl", "sv"):
        shutil.copytree(small.locales / "ku", small.locales / tag)
    assert small.run(update) == 0
    old = read_tree(small.locales)
    small.letter.write_text("# Title\n\nText, changed\n", encoding="utf-8")
    assert small.run(update) == 0
    new = read_tree(small.locales)
    changed = [name for name in new if old.get(name) != new[name]]
    assert len(changed) == 18
    for calls in (3, 20, 25, 36):
        for name in changed:
            (small.locales / name).write_bytes(old.get(name) or b"")
        (small.locales / "moved.csv").unlink()  # which begins with the first move
        # The drafts are made durable one by one, and then put in their places one by one.
        count = (
            "import os, pathlib; calls = []; sync, put = os.fsync, pathlib.Path.replace\n"
            f"def tick(): calls.append(0); len(calls) == {calls} and os.kill(os.getpid(), 9)\n"
            "os.fsync = lambda handle: (tick(), sync(handle))\n"
            "pathlib.Path.replace = lambda path, target: (tick(), put(path, target))"
        )
        process = start_command("update", small, count)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        killed = read_tree(small.locales)
        states = {killed.get(name) == new[name] for name in changed}
        assert states == ({False} if calls < 18 else {False, True})
        assert all(killed[name] in (old[name], new[name]) for name in old)
        drafts = [name for name in killed if "/." in f"/{name}"]
        assert drafts, "they are left, and nobody reads them"
        assert small.run(update) == 0
        assert read_tree(small.locales) == new


def test_two_updates_leave_each_others_drafts_alone(small: Copy, tmp_path: Path) -> None:
    small.letter.write_text("# Title\n\nText, changed\n", encoding="utf-8")
    stop = "import os, pathlib\npathlib.Path.replace = lambda *_: os.kill(os.getpid(), 19)"
    with start_command("update", small, stop) as process:
        await_stop(process)
        (draft,) = small.locales.glob("ku/*/.letter.po.*")
        code, is_left = small.run(update), draft.exists()
        process.kill()
    assert (code, is_left) == (0, True)
    small.letter.write_text("# Title\n\nText, changed again\n", encoding="utf-8")
    assert small.run(update) == 0
    assert not draft.exists()


def test_an_update_over_a_limit_of_file_sizes_changes_nothing_and_says_so(small: Copy) -> None:
    """As a quota refuses: by a limit that the system keeps for each process."""
    small.letter.write_text("# Title\n\nText, changed\n", encoding="utf-8")
    before = read_tree(small.locales)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))"
    process = start_command("update", small, "import sys; sys.dont_write_bytecode = True", limit)
    told = process.communicate()[1]
    assert (process.returncode, read_tree(small.locales)) == (2, before)
    assert told == f"{small.locales / 'letter.pot'}: File too large: nothing was changed\n"


def stop_at(files: int) -> str:
    """Write Python that stops an export when it has begun to write so many files."""
    return (
        "import itertools, os, pathlib\n"
        "count, link, write = itertools.count(), os.link, pathlib.Path.write_bytes\n"
        f"def tick(): next(count) == {files} and os.kill(os.getpid(), 19)\n"
        "os.link = lambda *names: (tick(), link(*names))\n"
        "pathlib.Path.write_bytes = lambda path, data: (tick(), write(path, data))"
    )


def test_a_killed_export_leaves_the_old_site_and_the_next_one_clears_up(
    small: Copy, tmp_path: Path, start_export: Start
) -> None:
    public, mine = tmp_path / "public", tmp_path / ".public-of-mine"
    mine.mkdir()
    assert export_to(small, public) == 0
    before = read_tree(public)
    for number, files in enumerate((0, 25)):
        small.letter.write_text(f"# Title {number}\n\nText\n", encoding="utf-8")
        process = start_export(small, public, stop_at(files))
        await_stop(process)
        (draft,) = tmp_path.glob(".public.*")
        process.kill()
        process.wait()
        assert read_tree(public) == before
        assert draft.exists()
    assert export_to(small, public) == 0
    assert "Title 1" in (public / "en" / "index.html").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {
        "letter.md", "locales", "public", ".public-of-mine"
    }  # fmt: skip


def test_two_exports_at_a_time_wait_for_each_other(
    small: Copy, tmp_path: Path, start_export: Start
) -> None:
    public = tmp_path / "public"
    first = start_export(small, public, stop_at(5))
    await_stop(first)
    (draft,) = tmp_path.glob(".public.*/*")
    small.letter.write_text("# A new title\n\nText\n", encoding="utf-8")
    second = start_export(small, public)
    assert second.stderr
    assert "waiting" in second.stderr.readline()
    assert draft.exists(), "the second leaves the first one's work alone"
    first.send_signal(signal.SIGCONT)
    assert [process.wait(DEADLINE) for process in (first, second)] == [0, 0]
    assert export_to(small, tmp_path / "wanted") == 0
    assert read_tree(public) == read_tree(tmp_path / "wanted")
    assert not list(tmp_path.glob(".public*"))


def test_exports_beside_each_other_do_not_wait(
    small: Copy, tmp_path: Path, start_export: Start
) -> None:
    first = start_export(small, tmp_path / "public", stop_at(5))
    await_stop(first)
    for name in ("public2", "other", ".public"):
        assert export_to(small, tmp_path / name) == 0
    first.send_signal(signal.SIGCONT)
    assert first.wait(DEADLINE) == 0
    assert read_tree(tmp_path / "public") == read_tree(tmp_path / "other")
