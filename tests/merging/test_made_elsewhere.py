"""Catalogues that another tool has begun get our header at an update, and published ones don't."""

import shutil

import pytest

from letter.po.header import header_fields
from letter.po.reader import read_po
from scripts import update
from tests.conftest import Copy
from tests.git import git

STATUS = '"X-Letter-Status: draft\\n"\n'
OURS = "# Kurmanji Kurdish translation of the letter.\n"
REMARK = "# An unreviewed draft; corrections by native speakers are welcome.\n"
TEAM = '"Language-Team: Kurmanji Kurdish\\n"'
TITLE = "Kurdish (Kurmanji) translation of the letter."


def begin(copy: Copy, *, text: bool, comment: str = "", status: str = "") -> None:
    """Put a Kurmanji catalogue in place as a platform begins it, with texts or without."""
    copy.edit("ku", OURS + REMARK, comment)
    copy.edit("ku", TEAM, '"Language-Team: none\\n"')
    copy.edit("ku", STATUS, status)
    path = copy.po("ku")
    if not text:
        head = path.read_text(encoding="utf-8").partition("\n\n")[0]
        path.write_text(head + "\n", encoding="utf-8")


def read_header(copy: Copy) -> tuple[tuple[str, ...], str | None, str]:
    """Update; give the lines above the header, the status, and the team."""
    assert copy.run(update) == 0
    header = read_po(copy.po("ku")).header
    assert header
    fields = header_fields(header)
    assert copy.run(update, "--check") == 0
    return header.comments, fields.get("X-Letter-Status"), fields["Language-Team"]


@pytest.mark.parametrize("comment", ["", "# Template of the letter.\n"])
@pytest.mark.parametrize("status", ["", STATUS])
def test_a_catalogue_without_a_text_becomes_a_draft_of_ours(
    copy: Copy, comment: str, status: str
) -> None:
    begin(copy, text=False, comment=comment, status=status)
    assert read_header(copy) == ((TITLE,), "draft", "Kurdish (Kurmanji)")


def test_what_a_person_wrote_above_the_header_or_of_the_status_stays(copy: Copy) -> None:
    begin(copy, text=False, comment="# For Zîn.\n", status='"X-Letter-Status: checked\\n"\n')
    assert read_header(copy) == (("For Zîn.",), "checked", "none")
    copy.edit("ku", "checked", "draft")
    assert read_header(copy) == (("For Zîn.",), "draft", "Kurdish (Kurmanji)")


def test_a_file_that_git_knows_may_be_published_and_a_new_one_not(repository: Copy) -> None:
    begin(repository, text=True)
    assert read_header(repository) == ((), None, "none")
    folder = repository.letter.parent
    git(folder, "rm", "-q", "--cached", str(repository.po("ku")))
    git(folder, "commit", "-qm", "before the language")
    assert read_header(repository) == ((TITLE,), "draft", "Kurdish (Kurmanji)")


@pytest.mark.parametrize("is_known", [True, False])
def test_a_committed_catalogue_whose_texts_all_wait_may_have_been_published(
    repository: Copy, *, is_known: bool
) -> None:
    """As after the whole letter was written anew; without git, no earlier version is at hand."""
    begin(repository, text=True)
    path, folder = repository.po("ku"), repository.letter.parent
    head, *rest = path.read_text(encoding="utf-8").split("\n\n")
    rest = [each.replace("\nmsgid", "\n#, fuzzy\nmsgid", 1) for each in rest]
    path.write_text("\n\n".join([head, *rest]), encoding="utf-8")
    git(folder, "commit", "-qam", "A letter written anew")
    if not is_known:
        shutil.rmtree(folder / ".git")
    assert read_header(repository) == ((), None, "none")


def test_a_language_that_a_platform_began_and_committed_is_a_draft(repository: Copy) -> None:
    begin(repository, text=False)
    folder = repository.locales / "tr" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    path = repository.po("ku").rename(folder / "letter.po")
    path.write_text(path.read_text("utf-8").replace("Language: ku", "Language: tr"), "utf-8")
    git(repository.letter.parent, "checkout", "-q", str(repository.po("ku")))
    git(repository.letter.parent, "add", ".")
    git(repository.letter.parent, "commit", "-qm", "Added translation using Weblate (Turkish)")
    assert repository.run(update) == 0
    header = read_po(path).header
    assert header
    assert header.comments == ("Turkish translation of the letter.",)
    assert header_fields(header)["X-Letter-Status"] == "draft"


def test_a_catalogue_of_ours_without_a_status_stays_as_it_is(repository: Copy) -> None:
    repository.edit("ku", STATUS, "")
    git(repository.letter.parent, "rm", "-q", "--cached", str(repository.po("ku")))
    git(repository.letter.parent, "commit", "-qm", "before the language")
    assert read_header(repository)[1] is None
