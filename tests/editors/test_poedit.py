"""Poedit, the editor that most translators send files from, in a real window."""

from __future__ import annotations

import pytest

from tests.editors.conftest import HEIGHT, WIDTH, Desk, Screen, look_for, wait_for
from tests.editors.returning import NEW, TYPED, check_confirmed, check_saved, check_typed

# As a translator has it who gave their name; the list in the file's order, nothing above it.
CONFIG = """\
translator_name=Zîn
translator_email=zin@example.org
sort_errors_first=0
enable_spellchecking=0
"""
SAVED = r"letter .*(?<!\(modified\)) - Poedit"
MODIFIED = r"letter .* \(modified\) - Poedit"


@pytest.fixture
def poedit(screen: Screen, desk: Desk) -> Screen:
    """Poedit with the file open, its first message selected."""
    config = screen.home / ".config" / "poedit" / "config"
    config.parent.mkdir(parents=True)
    config.write_text(CONFIG, encoding="utf-8")
    screen.start("poedit", desk.sent)
    window = wait_for("the file in Poedit's window", lambda: screen.find_window(SAVED))
    screen.fill(window)
    screen.save(desk.sent)  # once it has been saved it hears every key
    return screen


def click_translation(poedit: Screen) -> None:
    """Click into the translation; a letter typed and deleted shows that it has the keyboard."""

    def try_once() -> bool:
        poedit.xdotool("mousemove", WIDTH // 4, HEIGHT - 50, "click", 1)
        poedit.press("asciitilde")
        changed = look_for(lambda: poedit.find_window(MODIFIED), 2)
        poedit.press("BackSpace" if changed else "Escape")
        return changed is not None

    wait_for("Poedit's field for the translation", try_once)


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
    wait_for("a change", lambda: poedit.find_window(MODIFIED))
    poedit.save(desk.sent)
    check_confirmed(desk)


@pytest.mark.parametrize("desk", NEW, indirect=True)
def test_the_first_text_of_a_new_catalogue_is_all_it_says(poedit: Screen, desk: Desk) -> None:
    click_translation(poedit)
    poedit.type_text(TYPED[desk.tag])
    poedit.save(desk.sent)
    check_typed(desk)
