"""The shelf hears of a change in every file that the letter names."""

import pytest

from letter.editions.library import Library
from letter.source.letter_faults import LetterError
from tests.conftest import WriteSite

LETTER = "# Hi\n\n<!-- signatories: lists/people.csv -->\n"


def test_names_that_change_make_every_edition_anew(write_site: WriteSite) -> None:
    site = write_site(LETTER, ku="")
    path = site.letter.parent / "lists" / "people.csv"
    path.parent.mkdir()
    library = Library(site.letter, site.locales)
    with pytest.raises(LetterError, match="there is no such file"):
        library.read_shelf()
    path.write_text("name,mail\nZîn,zin@example.org\n", encoding="utf-8")
    with pytest.raises(LetterError, match="the column 'mail' must go"):
        library.read_shelf()
    path.write_text("name\nZîn\n", encoding="utf-8")
    before = library.read_shelf()
    assert [name.name for name in before.letter.blocks[-1].names] == ["Zîn"]
    assert str(path.parent) in library.list_folders()
    path.write_text("name\nZîn\nAda\n", encoding="utf-8")
    after = library.read_shelf()
    assert len(after.letter.blocks[-1].names) == 2
    assert after.editions["ku"] is not before.editions["ku"]
    path.write_text("name\nA,more\n", encoding="utf-8")
    broken = library.read_shelf()
    assert broken.letter is after.letter, "the last good names stay"
    assert "people.csv:2: " in str(broken.report_health()["problems"])
    path.write_text("name\nAda\n", encoding="utf-8")
    assert [name.name for name in library.read_shelf().letter.blocks[-1].names] == ["Ada"]


def test_another_logo_makes_every_edition_anew(write_site: WriteSite) -> None:
    site = write_site("---\nlogo: our logo.svg\n---\n# Hi\n", ku="")
    library = Library(site.letter, site.locales)
    with pytest.raises(LetterError, match=r"letter\.md:2: there is no image our logo\.svg"):
        library.read_shelf()
    logo = site.letter.with_name("our logo.svg")
    logo.write_text("<svg/>", encoding="utf-8")
    before = library.read_shelf()
    assert before.letter.images == {"our%20logo.svg"}
    logo.write_text("<svg></svg>", encoding="utf-8")
    assert library.read_shelf().editions["ku"] is not before.editions["ku"]
