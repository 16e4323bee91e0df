"""The shelf as files change: only what changed is read, and nothing while someone keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.editions.library import Library

if TYPE_CHECKING:
    from tests.conftest import Copy


def test_an_edit_of_one_catalogue_leaves_the_other_editions_as_they_are(copy: Copy) -> None:
    library = Library(copy.letter, copy.locales)
    before = library.read_shelf()
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    after = library.read_shelf()
    same = {tag for tag in after.editions if after.editions[tag] is before.editions[tag]}
    assert same == {"ar", "ckb"}, "English is made of the letter each time"
    assert after.editions["ku"].catalogue.find_translation("Kurds House").forms == ("Mala Kurdan",)


def test_a_broken_catalogue_is_told_in_its_own_edition_alone(copy: Copy) -> None:
    library = Library(copy.letter, copy.locales)
    before = library.read_shelf()
    copy.po("ku").write_text('msgid "broken\n', encoding="utf-8")
    after = library.read_shelf()
    assert after.editions["ku"].problem
    assert after.editions["ku"].passages == before.editions["ku"].passages
    assert after.editions["ar"] is before.editions["ar"]


def test_while_someone_keeps_the_shelf_readers_take_it_as_it_is(copy: Copy) -> None:
    library = Library(copy.letter, copy.locales)
    before = library.read_shelf()
    library.is_kept = True
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    assert library.read_shelf() is before
    assert library.look_again() is not before
    assert library.read_shelf() is library.look_again()
