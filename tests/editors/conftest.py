"""A screen of its own for each test of an editor, with nothing of the machine's own on it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from scripts import add_language, update
from tests.git import commit, start_repository
from tests.tools import require_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Copy

Found = TypeVar("Found")

SESSION = Path(__file__).parent / "session"  # how the bus and the window manager are set
PATIENCE = 240.0  # seconds; an editor that needs longer for one step counts as hung

WIDTH, HEIGHT = 1200, 800  # pixels
# English, Arabic, Kurdish and Turkish keyboards at once: a switch in between would garble what is
# waiting. For a letter of no keyboard xdotool makes a key for a moment: a busy editor may miss it.
KEYBOARDS = ("-layout", "us,ara,tr,tr", "-variant", ",,ku,")


def look_for(look: Callable[[], Found | None], seconds: float) -> Found | None:
    """Look until something is there, and return it; nothing if it does not come."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def wait_to_see(what: str, look: Callable[[], Found | None]) -> Found:
    """Look until something is there, and return it; fail with what was waited for."""
    found = look_for(look, PATIENCE)
    if not found:
        pytest.fail(f"{what}: not seen in {PATIENCE:.0f} seconds")
    return found


@dataclass
class Screen:
    """A virtual screen with a window manager, a home folder and a D-Bus session of its own."""

    home: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str | Path) -> None:
        """Start a program, whose children are ended with it; what it prints goes to home."""
        log = self.home / f"{Path(command[0]).name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*map(str, command)],
                env=self.environment,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)

    def end(self) -> None:
        """End every program, the last started first."""
        for process in reversed(self.processes):
            for sign in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, sign)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=3)
                    break

    def xdotool(self, *arguments: str | int) -> str:
        """Give a command to xdotool and return what it prints, "" where it found nothing."""
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE
        )
        return done.stdout.strip()

    def find_window(self, title: str) -> str | None:
        """Find the window to be seen whose title matches a pattern, as a whole."""
        windows = self.xdotool("search", "--onlyvisible", "--name", ".").split()
        names = {window: self.xdotool("getwindowname", window) for window in windows}
        return next((window for window in windows if re.fullmatch(title, names[window])), None)

    def fill(self, window: str) -> None:
        """Make a window as large as the screen, and give it the keyboard."""

        def try_once() -> bool:
            self.xdotool("windowsize", window, WIDTH, HEIGHT, "windowmove", window, 0, 0)
            self.xdotool("windowactivate", window)
            geometry = self.xdotool("getwindowgeometry", window)
            fills = geometry.endswith(f"Position: 0,0 (screen: 0)\n  Geometry: {WIDTH}x{HEIGHT}")
            return fills and self.xdotool("getactivewindow") == window

        wait_to_see("a window that fills the screen", try_once)

    def press(self, *keys: str) -> None:
        """Press keys one after another, such as Down or ctrl+s."""
        self.xdotool("key", "--delay", 40, *keys)

    def type_text(self, text: str) -> None:
        """Type a text in any of the three scripts' languages."""
        self.xdotool("type", "--delay", 20, text)

    def save(self, path: Path) -> None:
        """Press Ctrl+S until the file has been written anew, and wait until it is whole.

        A window that has only just appeared does not hear every key.
        """
        before = path.stat().st_mtime_ns

        def is_written() -> bool:
            return path.exists() and path.stat().st_mtime_ns > before

        def try_once() -> bool | None:
            self.press("ctrl+s")
            return look_for(is_written, 1)

        wait_to_see(f"{path.name} being saved", try_once)
        seen = [b""]

        def is_settled() -> bool:
            seen.append(path.read_bytes() if path.exists() else b"")
            return seen[-1].endswith(b"\n") and seen[-5:] == [seen[-1]] * 5

        wait_to_see(f"{path.name} being whole", is_settled)


@dataclass(frozen=True)
class Desk:
    """A catalogue in its repository, with an outdated entry, and the file sent to a translator."""

    copy: Copy
    tag: str
    sent: Path

    @property
    def path(self) -> Path:
        return self.copy.po(self.tag)


@pytest.fixture(params=["ku", "ar"])
def desk(request: pytest.FixtureRequest, copy: Copy, tmp_path: Path) -> Desk:
    """The real catalogue after the letter changed: one entry outdated, one obsolete, one noted.

    A language that has no catalogue yet gets a new one.
    """
    tag = str(request.param)
    start_repository(tmp_path)
    if copy.po(tag).exists():
        copy.edit(tag, "#. The title of", "# Our own note: “%s” جيد\n#. The title of")
        commit(tmp_path)
        copy.change("In the past week, the Assad", "In the last week, the Assad")
        letter = copy.letter.read_text(encoding="utf-8")
        copy.change(letter[letter.rindex("\n- ") :], "\n")
        assert copy.run(update) == 0
    else:
        assert [copy.run(update), copy.run(add_language, tag)] == [0, 0]
    commit(tmp_path)
    sent = tmp_path / "sent" / f"letter {tag}.po"
    sent.parent.mkdir()
    shutil.copy(copy.po(tag), sent)
    return Desk(copy, tag, sent)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A virtual screen; its last picture is kept beside the test's files, for when one fails."""
    for name in ("Xvfb", "openbox", "xdotool", "setxkbmap", "dbus-daemon", "import"):
        require_tool(name)
    with tempfile.TemporaryDirectory(prefix="screen-", ignore_cleanup_errors=True) as folder:
        screen = Screen(Path(folder), _make_environment(Path(folder)))
        try:
            _start_session(screen)
            yield screen
            picture = ["import", "-window", "root", str(tmp_path / "screen.png")]
            subprocess.run(picture, env=screen.environment, timeout=PATIENCE, check=False)
        finally:
            screen.end()


def _make_environment(home: Path) -> dict[str, str]:
    home.chmod(0o700)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home / 'bus'}",
        "LANG": "C.UTF-8",
        "GDK_BACKEND": "x11",
        "QT_QPA_PLATFORM": "xcb",
        "NO_AT_BRIDGE": "1",
        "GSETTINGS_BACKEND": "memory",
    }


def _start_session(screen: Screen) -> None:
    # Xvfb takes the next free number, and prints that number.
    options = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"]
    screen.start("Xvfb", *options, "-displayfd", "1")
    log = screen.home / "Xvfb.log"
    number = wait_to_see(
        "Xvfb's number", lambda: re.search(r"^\d+\n", log.read_text(), re.MULTILINE)
    )
    screen.environment["DISPLAY"] = f":{number[0].strip()}"
    address = screen.environment["DBUS_SESSION_BUS_ADDRESS"]
    bus = f"--config-file={SESSION / 'dbus.conf'}"
    screen.start("dbus-daemon", bus, f"--address={address}", "--nofork")
    screen.start("openbox", "--config-file", SESSION / "openbox.xml")
    wait_to_see("the D-Bus session", (screen.home / "bus").exists)
    wait_to_see("the window manager", lambda: screen.xdotool("get_desktop"))
    subprocess.run(["setxkbmap", *KEYBOARDS], env=screen.environment, check=True, timeout=PATIENCE)
