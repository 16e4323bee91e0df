"""The rows of a returned table are the catalogue's messages, with their notes or without."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest

from letter.languages.folders import INTERFACE
from letter.merging.attachments import ReceiveError
from letter.merging.sent_catalogue import read_sent
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from scripts import receive, status
from tests.conftest import Copy
from tests.merging.examples import run_command

Rows = list[list[str]]


def read_table(copy: Copy, folder: str, *options: str) -> Rows:
    path = copy.letter.parent / "table.csv"
    assert copy.run(status, f"--table={folder}", f"--output={path}", *options) == 0
    return list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def receive_rows(
    copy: Copy, folder: str, rows: Rows, catalogue: str = "letter.po"
) -> tuple[int, str, list[str]]:
    """Receive a table; give the exit code, what is printed, and the lines that are new."""
    catalogue_path = copy.po(folder).with_name(catalogue)
    path = copy.letter.parent / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    before = catalogue_path.read_text(encoding="utf-8").splitlines()
    code, told = run_command(receive, copy, str(path), f"--language={folder}")
    now = catalogue_path.read_text(encoding="utf-8").splitlines()
    return code, told, [line for line in now if line not in before]


def find_row(rows: Rows, start: str) -> int:
    return next(n for n, row in enumerate(rows) if row[0].startswith(start))


def drop_notes(rows: Rows) -> Rows:
    return [row[:2] for row in rows]


def empty_notes(rows: Rows) -> Rows:
    return [rows[0], *([*row[:2], "seen"] for row in rows[1:])]


@pytest.mark.parametrize("folder", ["ar", "ckb", "ku"])
@pytest.mark.parametrize("change", [drop_notes, empty_notes])
def test_without_its_notes_an_untouched_table_brings_nothing(
    repository: Copy, folder: str, change: Callable[[Rows], Rows]
) -> None:
    code, told, new = receive_rows(repository, folder, change(read_table(repository, folder)))
    assert (code, new) == (0, [])
    assert told == f"{repository.po(folder)}: nothing new in the file\n"


def test_without_notes_a_changed_form_is_taken(repository: Copy) -> None:
    rows = drop_notes(read_table(repository, "ar", "--interface"))
    first = find_row(rows, "%(count)s of %(total)s passages has been")
    rows[first + 2][1] += " معاً"
    code, told, new = receive_rows(repository, "ar", rows, INTERFACE.name)
    assert (code, "1 taken" in told) == (0, True), told
    assert "معاً" in "".join(new)
    assert not any(line.startswith("#~") for line in new)


def test_without_notes_a_plural_that_is_not_whole_is_left_alone_and_told(repository: Copy) -> None:
    rows = drop_notes(read_table(repository, "ku", "--interface"))
    first = find_row(rows, "%(count)s of %(total)s passages has been")
    for wrong in (
        [*rows[:first], *rows[first + 1 :]],
        [*rows[: first + 1], *rows[first + 2 :]],
        [*rows[:first], rows[first + 1], rows[first], *rows[first + 2 :]],
    ):
        code, told, new = receive_rows(repository, "ku", wrong, INTERFACE.name)
        assert (code, new) == (0, [])
        assert "lack their notes, and are not those that were sent out: not taken" in told
        assert "nothing new" in told


def test_without_notes_the_context_is_the_catalogues_where_that_is_clear() -> None:
    menu, name = Entry("open", ("veke",), "menu"), Entry("Zaad", ("Zad",), "name")
    model = PoFile("ku", None, (Entry("open", ("vekirî",)), menu, name))
    table = b"source,target\r\nopen,vebe\r\nopen,veke\r\nZaad,Zaad\r\n"
    po, notes = read_sent(table, "x.csv", model)
    assert [(e.msgctxt, e.msgid, e.msgstr) for e in po.entries] == [("name", "Zaad", ("Zaad",))]
    assert [note.partition(": ")[0] for note in notes] == ["x.csv:2", "x.csv:3"]
    with pytest.raises(ReceiveError, match="that of several messages"):
        read_sent(table[:27], "x.csv", model)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "straight": lambda text: text.replace("’", "'"),
    "left": lambda text: text.replace("’", "‘"),
    "hard space": lambda text: text.replace(" ", "\u00a0", 1),
    "two spaces": lambda text: text.replace(" ", "  ", 1),
    "space at the end": lambda text: f"{text} ",
    "line end": lambda text: f"{text}\n",
    "blanks around": lambda text: f" {text} \n",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_source_that_is_spelled_otherwise_is_the_same_message(
    repository: Copy, name: str
) -> None:
    rows = read_table(repository, "ku")
    row = rows[find_row(rows, "The international community")]
    before = row[0]
    row[:2] = SPELLINGS[name](row[0]), SPELLINGS[name](f"Na: {row[1]}")
    code, told, new = receive_rows(repository, "ku", rows)
    assert (code, "1 taken" in told) == (0, True), told
    assert not any(line.startswith("#~") for line in new)
    (entry,) = (e for e in read_po(repository.po("ku")).entries if e.msgid == before)
    assert entry.msgstr[0] == entry.msgstr[0].strip()
