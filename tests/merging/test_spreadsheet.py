"""The table for translators who use a spreadsheet: what it holds, and how it comes back."""

import csv
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.merging.attachments import ReceiveError
from letter.merging.sent_catalogue import read_sent
from letter.merging.spreadsheet import format_table
from letter.po.model import Entry, PoFile, is_blank, is_empty
from letter.po.reader import parse_po, read_po
from scripts import status
from tests.merging.examples import HEADER
from tests.po.samples import TEXTS
from tests.tools import ROOT

TABLE = "source,target,notes\r\nPeace,Aştî,\r\n"
ARABIC = HEADER.replace(
    "nplurals=2; plural=n != 1;",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);",
)


def read_rows(table: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(table.decode("utf-8-sig"), newline="")))


def read_pairs(data: bytes, path: str = "ku.csv") -> dict[str, tuple[str, ...]]:
    return {entry.msgid: entry.msgstr for entry in read_sent(data, path)[0].entries}


@pytest.mark.parametrize("tag", ["ar", "ckb", "ku"])
def test_a_real_table_comes_back_as_the_catalogue(tag: str, tmp_path: Path) -> None:
    po = read_po(ROOT / "locales" / tag / "LC_MESSAGES" / "letter.po")
    path = tmp_path / "table.csv"
    assert status.main([f"--table={tag}", f"--output={path}"]) == 0
    printed = path.read_bytes()
    assert printed.startswith(b"\xef\xbb\xbfsource,target,notes\r\n")
    sent, notes = read_sent(printed, str(path))
    done = {e.key: (e.msgstr, e.msgid_plural) for e in po.entries if not is_empty(e)}
    assert {e.key: (e.msgstr, e.msgid_plural) for e in sent.entries} == done
    assert notes == ()
    rows = read_rows(printed)
    assert rows[1][2].startswith("The title of the letter"), "the letter's own messages come first"


def test_each_plural_form_has_a_row_that_names_its_numbers() -> None:
    message = Entry("one day", ("", ""), msgid_plural="%(n)s days", extracted=("Until then.",))
    rows = read_rows(format_table(parse_po(ARABIC.encode(), "ar.po"), [message]))[1:]
    assert [row[0] for row in rows] == ["one day", *["%(n)s days"] * 5]
    assert rows[3][2] == "Plural form 4 of 6, for 3, 4, 5, 6, 7, 8 …\nUntil then."


def test_the_forms_of_a_plural_are_put_together_only_as_they_were_sent_out() -> None:
    message = Entry("one day", ("roj", "rojan"), msgid_plural="days")
    table = format_table(
        PoFile("ku", parse_po(HEADER.encode(), "ku").header, (message,)), [message]
    )
    assert read_sent(table, "x.csv")[0].entries == (message,)
    first, *rows = table.splitlines(keepends=True)
    for wrong in ([rows[1], rows[0]], [rows[0]], [rows[0], b"a,b,\r\n", rows[1]]):
        with pytest.raises(ReceiveError, match=r"x\.csv:2: .* put them in order"):
            read_sent(first + b"".join(wrong), "x.csv")
    po, notes = read_sent(table.replace(b"rojan", b""), "x.csv")
    assert po.entries[0].fuzzy
    assert "lacks the translation of a plural form" in notes[0]


def test_what_waits_as_fuzzy_is_shown_in_the_notes_alone() -> None:
    po = parse_po(f'{HEADER}\n#, fuzzy\nmsgid "a"\nmsgstr "kevn"\n'.encode(), "ku.po")
    assert read_rows(format_table(po, [Entry("a")]))[1] == [
        "a",
        "",
        "Earlier translation, to be checked: kevn",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+963 11", "-5", "@SUM(A1)", "'=x", "''@", "\tx", "＝1"])
def test_no_cell_is_a_formula_and_the_text_comes_back(text: str) -> None:
    entry = Entry(text, (text.strip(),), extracted=(text,))
    table = format_table(PoFile("x", None, (entry,)), [entry])
    assert not any(re.match("[=+@\t＝-]", cell) for cell in read_rows(table)[1])
    assert read_pairs(table) == {text: (text.strip(),)}


@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_any_text_comes_back(texts: dict[str, str], delimiter: str) -> None:
    entries = tuple(
        Entry(msgid, (msgstr.strip(),))
        for msgid, msgstr in texts.items()
        if not is_blank(msgid) and not is_blank(msgstr)
    )
    table = format_table(PoFile("x", None, entries), entries)
    file = StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(read_rows(table))
    if entries:
        assert read_sent(file.getvalue().encode(), "x.csv")[0].entries == entries


@pytest.mark.parametrize(
    "table",
    [
        TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        TABLE.replace("\r\n", "\r"),
        TABLE.replace("\r\n", "\r\r\n"),
        "sep=;\r\n" + TABLE.replace(",", ";"),
        '\r\n"SEP=|"||\r\n,,\r\n' + TABLE.replace(",", "|"),
        TABLE.replace("source,target,notes", "English,Kurdish"),
        TABLE.replace("source,target,notes", "English , Translation ,,,"),
        TABLE.replace("source,target,notes\r\n", ""),
        TABLE.replace("\r\n", ",,,,\r\n") + ",,,,\r\n\r\n",
        TABLE.replace("Aştî", '" Aştî\n"'),
        'notes,target,source\r\n"a, b",Aştî,Peace\r\n',
        TABLE + "War,,\r\n,Nayê,\r\n",
        TABLE + "Peace,Aştî,again\r\n",
    ],
)
def test_tables_as_spreadsheets_save_them_are_read(table: str) -> None:
    assert read_pairs(table.encode()) == {"Peace": ("Aştî",)}
    assert read_pairs(b"\xef\xbb\xbf" + table.encode()) == {"Peace": ("Aştî",)}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1254", "utf-32"])
def test_the_encodings_of_spreadsheets_are_read_and_told(encoding: str) -> None:
    table = TABLE.replace(",", "\t") + "Freedom\tAzadî û aştî, îro\t\r\n"
    po, notes = read_sent(table.encode(encoding), "ku.txt")
    assert po.entries[1].msgstr == ("Azadî û aştî, îro",)
    assert "converted to UTF-8" in notes[0]


def test_arabic_in_windows_own_encoding_is_read() -> None:
    table = "English;Arabic\r\nPeace;السلام، والحرية\r\n".encode("cp1256")
    assert read_pairs(table) == {"Peace": ("السلام، والحرية",)}


def test_a_row_of_which_two_translations_stand_in_the_table_is_told() -> None:
    po, notes = read_sent(f"{TABLE}Peace,Aramî,\r\n".encode(), "ku.csv")
    assert [entry.msgstr for entry in po.entries] == [("Aştî",)]
    assert notes[0].startswith("ku.csv:3: its original stands in an earlier row")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (f"{TABLE}War,a, b, c\r\n", "ku.csv:3: has 4 cells, where 3 belong"),
        (f'{TABLE}War,"a "b" c",\r\n', r"ku.csv:3: the quotation marks of this row"),
        (f'{TABLE}War,"a\r\n', "ku.csv:3: the quotation marks of this row"),
        ("source,target\r\nPeace,\r\n", "ku.csv: nothing is translated in this table"),
        ("Peace\r\nWar\r\n", "ku.csv: isn’t clearly a table of two columns"),
        ("Peace, now;Aştî, niha\r\n", "ku.csv: isn’t clearly a table of two columns"),
        ("source,target\r\nPeace,ﾀ\x80\r\n", "ku.csv: it isn’t clear in which encoding"),
    ],
)
def test_a_table_whose_texts_may_be_torn_is_refused(table: str, told: str) -> None:
    data = table.encode("cp932", "replace") + (b"\x81" if "ﾀ" in table else b"")
    with pytest.raises(ReceiveError, match=f"^{told}"):
        read_sent(table.encode() if "ﾀ" not in table else data, "ku.csv")


def test_a_table_is_printed_whole(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/status.py", "--table=ku"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert status.main(["--table=ku", f"--output={tmp_path / 'ku.csv'}"]) == 0
    assert (tmp_path / "ku.csv").read_bytes() == printed


def test_a_table_for_no_language_and_an_output_without_a_table_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert status.main(["--table=fr"]) == 2
    assert "no catalogue of 'fr'" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        status.main(["--output=x.csv"])
    assert "--table LANGUAGE" in capsys.readouterr().err
