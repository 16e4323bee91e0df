"""What keeps prepared answers fresh: a look at each touch, and a thread that goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from letter.editions.library import Library
from letter.serving.watch import UNWATCHED, Watch, watch_folders
from tests.serving.test_prepared import WATCHES, ask, close_watches, make_front
from tests.waiting import DEADLINE, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from letter.editions.shelf import Shelf
    from tests.conftest import Copy

__all__ = ["close_watches"]  # a fixture that each test of this module has

pytestmark = pytest.mark.slow


def test_a_touch_is_heard_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letter.serving.watch.LOOK", DEADLINE)
    end, is_heard, file = threading.Event(), threading.Event(), tmp_path / "letter.po"
    heard = watch_folders([str(tmp_path)], end)

    def touch() -> bool:
        file.touch()
        return is_heard.is_set()

    # Nobody knows when the system has begun to watch.
    touching = threading.Thread(target=wait_for, args=[touch], daemon=True)
    touching.start()
    assert next(heard) == {str(file)}, "an empty set tells of the next look"
    is_heard.set()
    touching.join()
    end.set()
    assert all(each == {str(file)} for each in heard)


def test_a_look_is_due_where_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letter.serving.watch.LOOK", 0.1)
    end = threading.Event()
    heard = watch_folders([str(tmp_path)], end)
    assert [next(heard), next(heard)] == [set(), set()]
    end.set()
    assert list(heard) == []


def test_a_name_that_is_no_text_ends_a_watch_and_its_folder_is_left_out_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("letter.serving.watch.LOOK", 0.02)
    end, strange = threading.Event(), tmp_path / os.fsdecode(b"\xff")
    heard = watch_folders([str(tmp_path)], end)
    assert next(heard) == set()
    (strange / "LC_MESSAGES").mkdir(parents=True)
    start = time.monotonic()
    for _ in heard:
        assert time.monotonic() - start < DEADLINE
    folders = [str(tmp_path), str(strange), str(strange / "LC_MESSAGES")]
    assert next(watch_folders(folders, end)) == set()
    heard, file = watch_folders(folders, end), tmp_path / "letter.po"
    assert next(heard) == set()
    told = UNWATCHED % f"{strange}: the name isn't UTF-8"
    assert caplog.messages.count(told) == 1
    assert not any("LC_MESSAGES" in each for each in caplog.messages)
    file.touch()
    wait_for(lambda: next(heard) == {str(file)})
    end.set()


class Listener:
    """Follows a watch, and counts how often it is told."""

    count = 0

    def take(self, shelf: Shelf) -> None:
        self.count += 1

    def make_next(self) -> bool:
        return False


def test_every_file_of_the_letter_is_heard_of(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the tables that no edition is made of, and folders that come later."""
    monkeypatch.setattr("letter.serving.watch.LOOK", 60)
    image = copy.letter.with_name("city.png")
    image.write_bytes(b"\x89PNG")
    copy.letter.write_text(f"{copy.letter.read_text(encoding='utf-8')}\n![A city](city.png)\n")
    library, listener = Library(copy.letter, copy.locales), Listener()
    watch = Watch(library, listener)
    watch.start()
    WATCHES.append(watch)
    wait_for(lambda: listener.count == 2)
    new = copy.po("nl")
    files = [
        *(copy.letter, image, copy.locales / "glossary.csv", copy.locales / "links.csv"),
        *(copy.po("ar"), copy.po("ar").with_name("interface.po"), copy.po("ckb")),
        *(new.parent.parent, new.parent, new),
    ]
    for file in files:
        told = listener.count

        def is_heard(file: Path = file, told: int = told) -> bool:
            file.touch() if file.suffix else file.mkdir(exist_ok=True)
            os.utime(file)
            return listener.count > told

        wait_for(is_heard, f"{file} isn't heard of")
        time.sleep(0.05)  # until the last touch has been heard of
    wait_for(lambda: "nl" in library.read_shelf().editions)


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
    wait_for(lambda: "The library is broken" in caplog.text)
    assert ask(front, "/ku/") == before
    Fragile.is_broken = False
    wait_for(lambda: b"Mala Kurdan" in ask(front, "/ku/")[2])


def test_the_watch_ends_with_the_process() -> None:
    code = "import app, time; app.make_application(); time.sleep(1.5); print('done')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
