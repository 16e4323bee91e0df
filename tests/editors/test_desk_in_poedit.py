"""A translator with Poedit and the desk side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.open_desk import DeskServer, OpenDesk
from tests.editors.poedit_window import click_translation, open_poedit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Copy
    from tests.editors.conftest import Screen


def test_what_is_typed_in_poedit_lands_on_the_desk(
    screen: Screen, copy: Copy, browser: Browser
) -> None:
    server = DeskServer(copy)
    server.start()
    try:
        page = browser.new_page()
        desk = OpenDesk(page, server)
        desk.visit("ku")
        desk.ask("window.landed = []")
        desk.ask(
            """new MutationObserver((changes) => {
                for (const { target } of changes) {
                    if (target.matches(".landed") && !landed.includes(target)) landed.push(target);
                }
            }).observe(document.body, {subtree: true, attributeFilter: ["class"]})"""
        )
        open_poedit(screen, copy.po("ku"))  # which wraps the whole file anew, and saves that
        click_translation(screen)
        screen.press("ctrl+End")
        screen.type_text(" Êdî bes e!")
        screen.save(copy.po("ku"))
        desk.wait_for("Êdî bes e!")
        assert desk.ask("landed.map(each => kept.indexOf(each))") == [0]
        assert desk.ask("kept.every(each => each.isConnected)")
        assert desk.complaints == []
        page.close()
    finally:
        server.stop()
