"""What keeps prepared answers fresh: a look at each touch, and a thread that goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from letter.editions.library import Library, Shelf
from letter.serving.watch import UNWATCHED, watch_folders
from tests.serving.test_prepared import ask, close_watches, make_front, read_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Copy

__all__ = ["close_watches"]  # a fixture that each test of this module has

pytestmark = pytest.mark.slow


def hear(folder: Path, name: str | bytes) -> set[str]:
    """Touch a file in a folder that is watched, and give what is heard of first."""
    end = threading.Event()
    heard = watch_folders([str(folder)], end)
    assert next(heard) == set(), "nothing was touched"
    with open(os.path.join(os.fsencode(folder), os.fsencode(name)), "w"):  # noqa: PTH118, PTH123 - bytes
        touched = next(heard)
    end.set()
    assert list(heard) == []
    return touched


def test_a_touch_is_heard_at_once(tmp_path: Path) -> None:
    start = time.monotonic()
    assert hear(tmp_path, "letter.po") == {str(tmp_path / "letter.po")}
    assert time.monotonic() - start < 1.7, "not only at the next second"


def test_a_name_that_is_no_text_does_not_end_the_watch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert hear(tmp_path, b"\xff.po") == set()
    assert caplog.messages[0].startswith(UNWATCHED % "Unable to decode path")


def test_a_look_that_fails_is_logged_and_the_next_edit_shows(
    copy: Copy, caplog: pytest.LogCaptureFixture
) -> None:
    class Fragile(Library):
        is_broken = False

        def look_again(self) -> Shelf:
            if self.is_broken:
                raise RuntimeError("The library is broken")
            return super().look_again()

    front = make_front(copy, Fragile)
    before = ask(front, "/ku/")
    Fragile.is_broken = True
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    end = time.monotonic() + 10
    while "The library is broken" not in caplog.text:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert ask(front, "/ku/") == before
    Fragile.is_broken = False
    read_until(front, "/ku/", lambda _, body: b"Mala Kurdan" in body)


def test_the_watch_ends_with_the_process() -> None:
    code = "import app, time; app.make_application(); time.sleep(1.5); print('done')"
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
    assert time.monotonic() - start < 30
