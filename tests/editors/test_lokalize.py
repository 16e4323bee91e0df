"""Lokalize, KDE's editor of translations, in a real window."""

from __future__ import annotations

import pytest

from tests.editors.conftest import Desk, Screen, require, wait_for, wait_for_write
from tests.editors.returning import check_confirmed, check_typed

CONFIG = """\
[Identity]
authorEmail=zin@example.org
authorLocalizedName=Zîn
authorName=Zîn
"""
TEXTS = {"ku": "Êdî bes e, çi û çawa şîn! ", "ar": "كفى، أيّها العالم! "}


@pytest.fixture
def lokalize(screen: Screen, desk: Desk) -> Screen:
    """Lokalize with the file open, the keyboard in its first translation."""
    require("lokalize")
    config = screen.home / ".config" / "lokalizerc"
    config.parent.mkdir(parents=True)
    config.write_text(CONFIG, encoding="utf-8")
    screen.start("lokalize", desk.sent)
    screen.fill(wait_for("Lokalize's window", lambda: screen.find_window(".* — Lokalize")))
    log = screen.home / "lokalize.log"
    wait_for("the file in Lokalize", lambda: "for word completion" in log.read_text())
    return screen


def test_a_typed_translation_is_all_that_changes(lokalize: Screen, desk: Desk) -> None:
    lokalize.press("End")
    lokalize.type_text(TEXTS[desk.tag])
    with wait_for_write(desk.sent):
        lokalize.press("ctrl+s")
    check_typed(desk, TEXTS[desk.tag])


def test_approving_makes_the_outdated_entry_finished(lokalize: Screen, desk: Desk) -> None:
    """On the outdated entry Lokalize offers to show what changed; its own offer, declined here."""
    lokalize.press("ctrl+Next")
    wait_for("the outdated entry", lambda: lokalize.find_window("Alternate Translations — .*"))
    lokalize.press("Escape")
    wait_for("the dialog's end", lambda: not lokalize.find_window("Alternate Translations — .*"))
    lokalize.press("ctrl+u")
    with wait_for_write(desk.sent):
        lokalize.press("ctrl+s")
    check_confirmed(desk)
