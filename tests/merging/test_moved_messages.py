"""Texts of the page that an old branch or file brings back into the letter's catalogue."""

import pytest

from letter.po.model import Entry
from letter.po.reader import read_po
from scripts import update
from tests.conftest import Copy, WriteSite
from tests.git import commit, start_repository
from tests.merging.examples import entry, run_command

PAGE = "#: letter/formats/templates/edition.html\n"
OWN = entry("Hi", "Silav") + "\n"
FUZZY = "#, fuzzy\n"
CHOOSE = "Plain text: changed here too: both texts are in the entry, choose one"
WITHDRAWN = "Plain text: withdrawn: marked fuzzy"


def page(msgstr: str, flags: str = "") -> str:
    return OWN + entry("Plain text", msgstr, PAGE + flags) + entry("Share:", "Par", "\n" + PAGE)


def write(site: Copy, *texts: str) -> None:
    """Write the letter's catalogue and the interface's beside it, and commit them."""
    for name, text in zip(("letter.po", "interface.po"), texts, strict=False):
        path = site.po("ku").with_name(name)
        header = (
            'msgid ""\nmsgstr "Language: ku\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        )
        path.write_text(header + text, encoding="utf-8")
    commit(site.letter.parent)


def update_page(site: Copy) -> tuple[Entry, str]:
    """Update twice; give the entry of the page, and what the first update told."""
    code, told = run_command(update, site)
    assert code == 0
    assert run_command(update, site) == (0, "Everything is up to date.\n")
    found = read_po(site.po("ku").with_name("interface.po")).entries
    return next(each for each in found if each.msgid == "Plain text"), told


@pytest.mark.parametrize(
    ("once", "interface", "brought", "text", "said"),
    [
        (("A", ""), [("A", "")], ("M", ""), ("M", False), ""),  # an old branch's is newer
        (("A", ""), [("A", ""), ("B", "")], ("A", ""), ("B", False), ""),  # an old file
        (("A", ""), [("B", "")], ("A", ""), ("B", True), CHOOSE),
        (("A", ""), [("A", ""), ("B", "")], ("M", ""), ("B", True), CHOOSE),
        (("A", ""), [("A", "")], ("A", FUZZY), ("A", True), WITHDRAWN),
        (
            ("A", FUZZY),
            [("A", FUZZY), ("A", "")],
            ("A", FUZZY),
            ("A", False),
            "",
        ),  # confirmed since
        (("A", ""), [("A", ""), ("A", FUZZY)], ("A", ""), ("A", True), ""),  # withdrawn since
        (("", ""), [("B", "")], ("M", ""), ("B", True), CHOOSE),  # a draft came meanwhile
        (("", ""), [("B", "")], ("B", FUZZY), ("B", True), WITHDRAWN),
        (("", ""), [("B", FUZZY)], ("B", ""), ("B", True), "which is later is not known"),
        (("A", ""), [("", "")], ("M", ""), ("M", False), ""),
    ],
)
def test_of_two_texts_the_newer_is_taken_where_git_shows_which(
    write_site: WriteSite,
    once: tuple[str, str],
    interface: list[tuple[str, str]],
    brought: tuple[str, str],
    text: tuple[str, bool],
    said: str,
) -> None:
    site = write_site("# Hi\n", ku=OWN)
    start_repository(site.letter.parent)
    write(site, page(*once))
    for each in interface:
        write(site, OWN, page(*each).removeprefix(OWN))
    write(site, page(*brought))
    found, told = update_page(site)
    assert (found.msgstr[0], found.fuzzy) == text
    assert said in told
    assert ("interface.po: Plain text" in told) == bool(said)
    others = [f"Another translation: {brought[0]}"] if said == CHOOSE else []
    assert list(found.comments) == others


def test_without_git_both_texts_wait_for_a_person(write_site: WriteSite) -> None:
    site = write_site("# Hi\n", ku=page("M"))
    path = site.po("ku").with_name("interface.po")
    path.write_text(site.po("ku").read_text("utf-8").replace('"M"', '"B"'), encoding="utf-8")
    found, told = update_page(site)
    assert (found.msgstr, found.fuzzy) == (("B",), True)
    assert found.comments == ("Another translation: M",)
    assert f"interface.po: {CHOOSE}\n" in told


def test_a_text_beside_the_letter_goes_before_what_the_project_ships(
    write_site: WriteSite,
) -> None:
    site = write_site("# Hi\n", ku=page("M"))
    found, _ = update_page(site)
    assert (found.msgstr, found.fuzzy) == (("M",), False)
