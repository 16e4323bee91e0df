"""Git's merge driver: branches are merged entry by entry, by git itself."""

from pathlib import Path

import pytest

from letter.merging.update import update_catalogue
from letter.po.model import Entry
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.driven import (
    FULL,
    NEIGHBOURS,
    NOT,
    RELEASE,
    find_entry,
    make_text,
    merge_texts,
    start_driven,
    swap,
)
from tests.merging.examples import HEADER, entry


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with the project's attributes and driver."""
    start_driven(tmp_path)
    return tmp_path


@pytest.mark.parametrize("with_driver", [True, False])
def test_git_does_not_put_an_old_translation_under_the_opposite_sentence(
    repository: Path, *, with_driver: bool
) -> None:
    """Without the driver git merges the lines, in silence, and the letter says the opposite."""
    if not with_driver:
        (repository / ".gitattributes").unlink()
    theirs = make_text(RELEASE, "Hemû girtî werin berdan.")
    done = merge_texts(repository, theirs, make_text(NOT, ""))
    assert done.returncode == 0, done.stderr
    found = find_entry(repository, NOT)
    assert found.msgstr == ("Hemû girtî werin berdan.",)
    assert found.fuzzy is with_driver
    assert found.previous_msgid == (RELEASE if with_driver else None)


def test_git_loses_neither_side_where_one_cannot_be_read(repository: Path) -> None:
    broken = make_text(RELEASE, "Ours.") + '\nmsgid "broken\n'
    done = merge_texts(repository, make_text(RELEASE, "Theirs."), broken)
    assert done.returncode != 0
    assert "letter.po (ours):" in done.stderr
    text = (repository / "letter.po").read_text()
    assert "Ours." in text
    assert "Theirs." in text


def test_git_stops_where_both_sides_translated(repository: Path) -> None:
    done = merge_texts(repository, make_text(RELEASE, "Yek."), make_text(RELEASE, "Du."))
    assert done.returncode != 0
    text = (repository / "letter.po").read_text()
    assert "<<<<<<<" not in text, "the file stays one that an editor opens"
    found = find_entry(repository, RELEASE)
    assert found.fuzzy
    assert found.msgstr == ("Du.",)
    assert found.comments == ("Another translation: Yek.",)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (make_text(RELEASE, ""), "kept; to withdraw a text, mark it fuzzy"),
        (make_text(RELEASE, "\u200f "), "kept; to withdraw a text, mark it fuzzy"),
        ("\n".join([HEADER, *NEIGHBOURS]), "kept; to withdraw a text, mark it fuzzy"),
        (make_text(RELEASE, RELEASE), "“# Meant so: english”"),
        (make_text(RELEASE, "").replace(entry("Neighbour 0", "Cîran 0"), ""), "kept; to withdraw"),
    ],
)
def test_git_keeps_a_text_that_one_branch_lost(
    repository: Path, lost: str, told: str, *, swapped: bool
) -> None:
    other = FULL.replace("Cîran 5", "Cîrana 5")
    done = merge_texts(repository, base=FULL, **swap(lost, other, swapped=swapped))
    assert done.returncode == 0, done.stderr
    assert told in done.stderr
    merged = parse_po((repository / "letter.po").read_bytes(), "letter.po")
    assert merged.entries == parse_po(other.encode(), "letter.po").entries


@pytest.mark.parametrize("swapped", [False, True])
def test_git_takes_a_text_that_was_withdrawn(repository: Path, *, swapped: bool) -> None:
    fuzzy = FULL.replace('msgid "We call', '#, fuzzy\nmsgid "We call')
    other = FULL.replace("Cîran 5", "Cîrana 5")
    done = merge_texts(repository, base=FULL, **swap(fuzzy, other, swapped=swapped))
    assert (done.returncode, find_entry(repository, RELEASE).fuzzy) == (0, True)
    assert "kept" not in done.stderr


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("bad", "is_text"),
    [
        (b"", True),
        (HEADER.encode(), True),
        (("# Kurdish.\n" + FULL).replace("\n", "\r").encode(), True),
        (b"Dear all, the file is attached.\n", True),
        (b'msgid "broken\n', True),
        (b"\x89PNG\r\n\x1a\n\0\0", False),
        (FULL.encode("utf-16"), False),
    ],
)
def test_git_never_puts_a_file_without_messages_over_a_good_one(
    repository: Path, bad: bytes, *, is_text: bool, swapped: bool
) -> None:
    good = FULL.replace("Cîran 5", "Cîrana 5")
    done = merge_texts(repository, base=FULL, **swap(bad, good, swapped=swapped))
    assert done.returncode == 1
    assert f"letter.po ({'theirs' if swapped else 'ours'}):1: " in done.stderr
    assert "you were sent" not in done.stderr
    data = (repository / "letter.po").read_bytes()
    for line in good.splitlines():
        assert line.encode() in data
    if is_text:
        assert all(line in data for line in bad.splitlines())
    else:
        assert data == good.encode()


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("waits", [False, True])
def test_git_takes_a_copy_of_the_english_of_then_for_no_text(
    repository: Path, *, waits: bool, swapped: bool
) -> None:
    old, new = make_text(RELEASE, "Hemûyan berdin."), make_text(NOT, "Kesî bernedin.")
    if waits:
        previous = f'#, fuzzy\n#| msgid "{RELEASE}"\nmsgid "We call'
        new = make_text(NOT, "Hemûyan berdin.").replace('msgid "We call', previous)
    copied = make_text(RELEASE, RELEASE)
    done = merge_texts(repository, base=old, **swap(copied, new, swapped=swapped))
    assert done.returncode == 0, done.stderr
    assert ("“# Meant so: english”" in done.stderr) is waits
    found = find_entry(repository, NOT)
    assert found.msgstr == ("Hemûyan berdin." if waits else "Kesî bernedin.",)
    assert found.fuzzy is waits
    assert RELEASE not in "".join(found.comments)


PAGE = "#: letter/formats/templates/edition.html\n"
WORDS = {"Plain text": "Nivîs", "Share:": "Par:", "Contents": "Naverok"}


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("change", ["Nivîsa nû", "", None])
def test_git_tells_once_that_the_words_of_the_page_moved(
    repository: Path, change: str | None, *, swapped: bool
) -> None:
    pages = "\n".join(["", *(entry(key, text, PAGE) for key, text in WORDS.items())])
    edited = pages.replace("Nivîs", change or "Nivîs")
    if change == "":
        edited = pages.replace(PAGE, PAGE + "#, fuzzy\n", 1)
    both = "\n" + entry("Contact", "Têkilî", f"#: letter/letter.md\n{PAGE}")
    old, new = FULL + both, (FULL + both).replace("Cîran 5", "Cîrana 5")
    done = merge_texts(repository, base=old + pages, **swap(old, new + edited, swapped=swapped))
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("letter.po:")]
    assert len(told) == 1, told
    assert told[0].startswith("letter.po: 3 messages of the page stand in interface.po on one side")
    found = find_entry(repository, "Plain text")
    assert (found.msgstr, found.fuzzy) == ((change or "Nivîs",), change == "")


def test_git_tells_of_a_word_of_the_page_that_was_left_out(repository: Path) -> None:
    pages = "\n".join(["", *(entry(key, text, PAGE) for key, text in WORDS.items())])
    some = FULL + pages.replace(entry("Share:", "Par:", PAGE), "")
    edited = FULL + pages.replace("Nivîs", "Nivîsa nû")
    done = merge_texts(repository, some, edited, FULL + pages)
    assert "letter.po: Share:: emptied or left out: kept" in done.stderr
    assert "messages of the page" not in done.stderr


HEAD, REST = "We appeal to every government to act now.", "Write to them. Each letter is read."


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("parts", [(HEAD, REST), (HEAD, "Write to them.", "Each letter is read.")])
def test_git_shows_an_edit_of_a_passage_to_the_translators_of_its_parts(
    repository: Path, parts: tuple[str, ...], *, swapped: bool
) -> None:
    old = make_text(f"{HEAD} {REST}", "Kevn.")
    template = [Entry(f"Neighbour {n}") for n in range(6)]
    template[3:3] = map(Entry, parts)
    split = format_po(update_catalogue(parse_po(old.encode(), "letter.po"), template)[0])
    assert split.count(b"# Translation of that passage: Kevn.") == len(parts)
    edited = old.replace("Kevn.", "Kevn, lê baştir.")
    done = merge_texts(repository, base=old, **swap(split, edited, swapped=swapped))
    assert done.returncode == 0, done.stderr
    for part in parts:
        found = find_entry(repository, part)
        assert found.msgstr == ("",)
        assert found.comments == (
            f"Split from: {HEAD} {REST}",
            "Translation of that passage: Kevn, lê baştir.",
        )
    assert "Kevn." not in (repository / "letter.po").read_text(encoding="utf-8")
