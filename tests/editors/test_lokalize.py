"""Lokalize, KDE's editor of translations, in a real window."""

from __future__ import annotations

import pytest

from tests.editors.conftest import Desk, Screen, look_for, wait_to_see
from tests.editors.returning import NEW, TYPED, check_confirmed, check_typed

CONFIG = """\
[Identity]
authorEmail=zin@example.org
authorLocalizedName=Zîn
authorName=Zîn
"""


@pytest.fixture
def lokalize(screen: Screen, desk: Desk) -> Screen:
    """Lokalize with the file open, the keyboard in its first translation."""
    config = screen.home / ".config" / "lokalizerc"
    config.parent.mkdir(parents=True)
    config.write_text(CONFIG, encoding="utf-8")
    screen.start("lokalize", desk.sent)
    screen.fill(wait_to_see("Lokalize's window", lambda: screen.find_window(".* — Lokalize")))
    log = screen.home / "lokalize.log"
    wait_to_see("the file in Lokalize", lambda: "for word completion" in log.read_text())
    return screen


def test_a_typed_translation_is_all_that_changes(lokalize: Screen, desk: Desk) -> None:
    lokalize.press("End")
    lokalize.type_text(TYPED[desk.tag])
    lokalize.save(desk.sent)
    check_typed(desk)


def test_approving_makes_the_outdated_entry_finished(lokalize: Screen, desk: Desk) -> None:
    """On the outdated entry Lokalize offers to show what changed; its own offer, declined here."""

    def is_asked() -> bool:
        return lokalize.find_window("Alternate Translations — .*") is not None

    def try_once() -> bool | None:
        lokalize.press("ctrl+Next")
        return look_for(is_asked, 2)

    wait_to_see("the outdated entry", try_once)
    lokalize.press("Escape")
    wait_to_see("the dialog's end", lambda: not is_asked())
    lokalize.press("ctrl+u")
    lokalize.save(desk.sent)
    check_confirmed(desk)


@pytest.mark.parametrize("desk", NEW, indirect=True)
def test_the_first_text_of_a_new_catalogue_is_all_it_says(lokalize: Screen, desk: Desk) -> None:
    lokalize.type_text(TYPED[desk.tag])
    lokalize.save(desk.sent)
    check_typed(desk)
