"""Poedit's window, as a translator has it who gave their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.editors.conftest import HEIGHT, WIDTH, Screen, look_for, wait_to_see

if TYPE_CHECKING:
    from pathlib import Path

# The list is in the file's order, and nothing is above it.
CONFIG = """\
translator_name=Zîn
translator_email=zin@example.org
sort_errors_first=0
enable_spellchecking=0
"""
SAVED = r"letter.*(?<!\(modified\)) - Poedit"
MODIFIED = r"letter.* \(modified\) - Poedit"


def open_poedit(screen: Screen, path: Path) -> None:
    """Open a file, whose first message is selected."""
    config = screen.home / ".config" / "poedit" / "config"
    config.parent.mkdir(parents=True)
    config.write_text(CONFIG, encoding="utf-8")
    screen.start("poedit", path)
    window = wait_to_see("the file in Poedit's window", lambda: screen.find_window(SAVED))
    screen.fill(window)
    screen.save(path)  # once it has been saved it hears every key


def click_translation(poedit: Screen) -> None:
    """Click into the translation; a letter typed and deleted shows that it has the keyboard."""

    def try_once() -> bool:
        poedit.xdotool("mousemove", WIDTH // 4, HEIGHT - 50, "click", 1)
        poedit.press("asciitilde")
        changed = look_for(lambda: poedit.find_window(MODIFIED), 2)
        poedit.press("BackSpace" if changed else "Escape")
        return changed is not None

    wait_to_see("Poedit's field for the translation", try_once)
