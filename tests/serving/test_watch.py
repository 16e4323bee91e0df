"""Word from the system that a file was touched."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from letter.serving.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch()
    watch.add([tmp_path])
    yield watch
    watch.close()


def test_what_is_touched_before_the_wait_is_told_once(watch: Watch, tmp_path: Path) -> None:
    assert not watch.is_touched()
    (tmp_path / "one").write_text("1")
    (tmp_path / "other").write_text("2")
    assert watch.is_touched()
    assert watch.wait()
    assert not watch.is_touched()


def test_any_thread_may_ask_while_one_waits(watch: Watch, tmp_path: Path) -> None:
    answers: list[bool] = []
    waiter = threading.Thread(target=lambda: answers.append(watch.wait()))
    waiter.start()
    try:
        for _ in range(1000):
            assert not watch.is_touched()
    finally:
        (tmp_path / "new").write_text("1")
        waiter.join(5)
    assert answers == [True]


def test_a_folder_that_was_made_anew_is_new_to_it(watch: Watch, tmp_path: Path) -> None:
    folder = tmp_path / "fa"
    folder.mkdir()
    assert watch.add([folder])
    assert not watch.add([folder])
    folder.rmdir()
    folder.mkdir()
    assert watch.add([folder])


def test_who_waits_is_let_go_when_it_is_closed(watch: Watch) -> None:
    answers: list[bool] = []
    waiter = threading.Thread(target=lambda: answers.append(watch.wait()))
    waiter.start()
    watch.close()
    waiter.join(5)
    assert answers == [False]
