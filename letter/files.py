"""Reading the project's own tables, and writing files and folders whole or not at all."""

import csv
import ctypes
import errno
import fcntl
import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from glob import escape
from pathlib import Path

_EXCHANGE = 2  # renameat2(2): RENAME_EXCHANGE
_HERE = -100  # AT_FDCWD

Signature = tuple[int, ...]  # a file's times of change in ns, size in bytes, and inode

log = logging.getLogger(__name__)


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Read a table of this package, which speakers of the languages edit: rows below the first.

    >>> read_table("checks/wrong_letters.csv")[1]
    ('ckb', 'ك', 'ک')
    """
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in csv.reader(file) if row)[1:]


def sign_file(path: Path) -> Signature | None:
    """Give the signature of a file, which any write changes; None where there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def write_file(path: Path, data: bytes) -> None:
    """Put bytes in the place of one file: see `write_files`."""
    write_files({path: data})


def write_files(
    contents: Mapping[Path, bytes], signatures: Mapping[Path, Signature | None] | None = None
) -> None:
    """Put bytes in the places of files: in all of them, or in none where the disk refuses one.

    Nothing is written where a file no longer has its signature in `signatures`: somebody saved
    that file in between. No file is written whose bytes are the same. A file keeps its mode
    and its owner. A symbolic link keeps its target.

    Each file is whole on the disk under another name before the first takes its place. Hardly
    anything can fail from then on (someone mounted a file, or the disk broke). Raises OSError,
    whose text says why and which files are new. What a program that was killed has left under such
    a name goes when the file is written again.
    """
    drafts: dict[Path, Path] = {}
    done: list[Path] = []
    path, held = Path(), ExitStack()
    try:
        for path, data in contents.items():
            target = path.resolve()
            _clear_drafts(target)
            if not (target.exists() and target.read_bytes() == data):
                drafts[path] = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
                _write_draft(drafts[path], data, target, held)
        for path, signature in (signatures or {}).items():
            if sign_file(path) != signature:
                raise OSError(errno.EBUSY, "was saved by someone else at this moment")
        for path, draft in drafts.items():
            draft.replace(path.resolve())
            done.append(path)
    except OSError as error:
        left = [path for path in drafts if path not in done]
        raise OSError(f"{path}: {explain_refusal(error)}: {_tell(done, left)}") from error
    finally:
        with suppress(OSError):  # closing may meet the full disk once more
            held.close()
        _remove_files(drafts.values())
    for folder in {path.resolve().parent for path in drafts}:
        sync_folder(folder)


def explain_refusal(error: OSError) -> str:
    """Say in the system's own words why it refused to read or write."""
    return error.strerror or str(error)


def _tell(done: list[Path], left: list[Path]) -> str:
    if not done:
        return "nothing was changed"
    new, old = (", ".join(map(str, paths)) for paths in (done, left))
    return f"{new} changed already, and {old} did not: run this again when that is mended"


def _write_draft(draft: Path, data: bytes, target: Path, held: ExitStack) -> None:
    """Write a draft, which stays open and locked for as long as its writer needs the draft."""
    while True:
        file = held.enter_context(draft.open("xb"))
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(file, fcntl.LOCK_EX)
        if draft.exists():
            break  # else someone took the draft for a killed writer's before it was locked
    file.write(data)
    file.flush()
    if target.exists():
        status = target.stat()
        with suppress(PermissionError):
            os.fchown(file.fileno(), status.st_uid, status.st_gid)
        os.fchmod(file.fileno(), status.st_mode & 0o7777)
    os.fsync(file.fileno())


def _remove_files(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _clear_drafts(target: Path) -> None:
    """Remove the drafts of a file whose writers were killed: the system has unlocked these."""
    for draft in target.parent.glob(f".{escape(target.name)}.{'[0-9a-f]' * 8}"):
        with suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlast a power failure, where its file system can."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)


@contextmanager
def make_folder(folder: Path) -> Iterator[None]:
    """Make a folder and its parents; if the block that uses it fails, what was made goes again."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        raise


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Make an empty folder to work in, which goes at the end with all that is in it.

    Whoever wants to hold the same folder waits. What a killed holder left in it is removed: the
    system lets go of the lock of a holder that is killed.
    """
    handle = _lock_folder(folder)
    try:
        for left in folder.iterdir():
            shutil.rmtree(left)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _lock_folder(folder: Path) -> int:
    """Make a folder and lock it; give the open folder, whose end is the end of the lock."""
    while True:
        with suppress(FileNotFoundError):  # the holder before removed the folder at this moment
            folder.mkdir(exist_ok=True)
            handle = os.open(folder, os.O_RDONLY)
            with suppress(OSError):  # some network file systems have no locks
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    log.warning("%s: someone else is writing here: waiting for them", folder)
                    fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_same_folder(handle, folder):
                return handle
            os.close(handle)


def _is_same_folder(handle: int, folder: Path) -> bool:
    """Say whether an open folder still has its name: a holder removes the folder at the end."""
    try:
        return os.path.samestat(os.fstat(handle), folder.stat())
    except FileNotFoundError:
        return False


def replace_folder(draft: Path, target: Path) -> None:
    """Put a folder in the place of another, which is removed; in one step where the system can."""
    if not target.exists() or not _exchange(draft, target):
        old = draft.with_name(draft.name + "-old")
        if target.exists():
            target.rename(old)
        try:
            draft.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    sync_folder(target.parent)
    shutil.rmtree(draft, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; say whether this system and its disk can (Linux)."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)  # neither macOS nor an older musl has it
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename and rename(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
