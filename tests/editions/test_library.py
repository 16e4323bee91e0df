"""The shelf as files change: only what changed is read, and nothing while someone keeps it."""

import os
import re
import time

import pytest

from letter.editions.catalogue import State
from letter.editions.library import Library
from tests.conftest import Copy, WriteSite


def test_an_edit_of_one_catalogue_leaves_the_other_editions_as_they_are(copy: Copy) -> None:
    library = Library(copy.letter, copy.locales)
    before = library.read_shelf()
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    after = library.read_shelf()
    same = {tag for tag in after.editions if after.editions[tag] is before.editions[tag]}
    assert same == {"ar", "ckb", "en"}
    assert after.editions["ku"].catalogue.find_translation("Kurds House").forms == ("Mala Kurdan",)


def test_a_file_of_which_only_the_beginning_is_there_is_half_saved(
    write_site: WriteSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letter.editions.readings.QUIET", 1000)  # in which the test is done
    entries = [f'msgid "{text}"\nmsgstr "{text * 9}"\n\n' for text in "ABCD"]
    site = write_site("A\n\nB\n\nC\n\nD\n", ku="".join(entries), ar="")
    path, library = site.po("ku"), Library(site.letter, site.locales)
    whole = path.read_text(encoding="utf-8")
    half = whole.partition('msgid "C"')[0]

    def count_finished(text: str, age: int = 0) -> int:
        """Save a file so many seconds ago; count the translations that are shown."""
        path.write_text(text, encoding="utf-8")
        os.utime(path, (0, time.time() - age))
        return library.read_shelf().editions["ku"].count_passages(State.FINISHED)

    assert count_finished(whole) == 4
    assert count_finished("") == 4
    assert count_finished(half) == 4
    site.po("ar").write_text(whole, encoding="utf-8")
    other = library.read_shelf().editions["ar"]
    assert other.count_passages(State.FINISHED) == 4, "no need to wait"
    assert count_finished(whole.replace("B" * 9, "")) == 3, "shorter, but it ends as before"
    assert count_finished(whole.rstrip()) == 4, "so does this"
    assert count_finished(whole.replace("D" * 9, "D")) == 4
    shown = library.read_shelf().editions["ku"].catalogue.find_translation("D").forms
    assert shown == ("D",), "the last line is new, and nothing lacks"
    assert count_finished(whole.replace("B" * 9, "")) == 3
    assert count_finished(re.sub("B{9}|D{9}", "", whole)) == 2, "so is an entry that was emptied"
    for old in ('#~ msgid "E"\n#~ msgstr "E"\n\n', '#, fuzzy\n#~ msgid "F"\n#~ msgstr "F"\n'):
        whole += old
        assert count_finished(whole) == 4
    assert count_finished(whole[:-5]) == 4
    assert library.read_shelf().editions["ku"].problem is None, "a line is cut"
    purged = whole.partition("#~")[0]
    assert count_finished(purged) == 4
    reading = library.find_reading(path)
    assert reading
    assert reading.text == purged.rstrip().encode(), "it lacks what had left the letter"
    assert count_finished(whole) == 4
    assert count_finished(half, 500) == 4
    assert count_finished(half, 1500) == 2, "nobody has written more"
    assert count_finished(whole) == 4
    path.unlink()
    assert library.read_shelf().editions["ku"].problem
    assert count_finished(half) == 4, "deleted first, and written again"


def test_while_someone_keeps_the_shelf_readers_take_it_as_it_is(copy: Copy) -> None:
    library = Library(copy.letter, copy.locales)
    before = library.read_shelf()
    library.is_kept = True
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    assert library.read_shelf() is before
    assert library.look_again() is not before
    assert library.read_shelf() is library.look_again()


def test_a_folder_of_catalogues_that_goes_away_takes_no_edition_along(copy: Copy) -> None:
    library = Library(copy.letter, copy.locales)
    before = library.read_shelf().editions
    away = copy.locales.rename(copy.locales.with_name("away"))
    shelf = library.read_shelf()
    assert shelf.editions.keys() == before.keys()
    assert "no such folder" in str(shelf.report_health()["problems"])
    away.rename(copy.locales)
    assert library.read_shelf().report_health()["status"] == "ok"


def test_what_is_no_ordinary_file_is_told_and_not_waited_for(copy: Copy) -> None:
    library = Library(copy.letter, copy.locales)
    library.read_shelf()
    copy.po("ku").unlink()
    os.mkfifo(copy.po("ku"))
    edition = library.read_shelf().editions["ku"]
    assert edition.problem
    assert "no ordinary file" in edition.problem
    assert edition.count_passages(State.FINISHED) == 5, "the last good one stays"


def test_another_picture_makes_every_edition_anew(write_site: WriteSite) -> None:
    """A PDF holds the picture, and is taken for the same while its edition is."""
    site = write_site("# Hi\n\n![Us](us.png)\n", ku='msgid "Hi"\nmsgstr "Silav"\n')
    picture = site.letter.with_name("us.png")
    picture.write_bytes(b"one")
    library = Library(site.letter, site.locales)
    library.read_shelf()  # which pictures there are is known from now on
    before = library.read_shelf().editions["ku"]
    assert library.read_shelf().editions["ku"] is before
    picture.write_bytes(b"other")
    assert library.read_shelf().editions["ku"] is not before
