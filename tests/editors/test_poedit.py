"""Poedit, the editor that most translators send files from, in a real window."""

from __future__ import annotations

import pytest

from tests.editors.conftest import Desk, Screen, wait_to_see
from tests.editors.poedit_window import MODIFIED, click_translation, open_poedit
from tests.editors.returning import NEW, TYPED, check_confirmed, check_saved, check_typed


@pytest.fixture
def poedit(screen: Screen, desk: Desk) -> Screen:
    """Poedit with the file open, its first message selected."""
    open_poedit(screen, desk.sent)
    return screen


def test_a_file_only_saved_says_what_it_said(poedit: Screen, desk: Desk) -> None:
    poedit.save(desk.sent)
    assert b"X-Generator: Poedit" in desk.sent.read_bytes()
    check_saved(desk)


def test_a_typed_translation_is_all_that_changes(poedit: Screen, desk: Desk) -> None:
    click_translation(poedit)
    poedit.press("ctrl+End")
    poedit.type_text(TYPED[desk.tag])
    poedit.save(desk.sent)
    check_typed(desk)


def test_clearing_needs_work_makes_the_outdated_entry_finished(poedit: Screen, desk: Desk) -> None:
    poedit.press("ctrl+shift+Down", "ctrl+u")
    wait_to_see("a change", lambda: poedit.find_window(MODIFIED))
    poedit.save(desk.sent)
    check_confirmed(desk)


@pytest.mark.parametrize("desk", NEW, indirect=True)
def test_the_first_text_of_a_new_catalogue_is_all_it_says(poedit: Screen, desk: Desk) -> None:
    click_translation(poedit)
    poedit.type_text(TYPED[desk.tag])
    poedit.save(desk.sent)
    check_typed(desk)
