"""Names come from a CSV beside the letter, and nothing else of what a form collects does."""

from pathlib import Path

import pytest

from letter.source.blocks import Name
from letter.source.letter import Letter, read_letter
from letter.source.letter_faults import LetterError
from tests.processor_time import limit_time

MARK = "Text\n\n<!-- signatories: people.csv -->\n"


def read_with(folder: Path, table: str | bytes, letter: str = MARK) -> Letter:
    (folder / "letter.md").write_text(letter, encoding="utf-8")
    data = table.encode() if isinstance(table, str) else table
    (folder / "people.csv").write_bytes(data)
    return read_letter(folder / "letter.md")


def refuse(folder: Path, table: str | bytes, letter: str = MARK) -> list[str]:
    with pytest.raises(LetterError) as caught:
        read_with(folder, table, letter)
    return str(caught.value).replace(f"{folder}/", "").split("\n")


def test_names_come_in_their_order_and_enter_no_catalogue(tmp_path: Path) -> None:
    table = (
        'name,affiliation,country,date,name:ar\r\nZîn,"Kurds, House",SY,2016-05,زين\r\n\r\nAda\r\n'
    )
    letter = read_with(tmp_path, b"\xef\xbb\xbf" + table.encode())
    assert letter.blocks[-1].names == (
        Name("Zîn", "Kurds, House", "SY", "2016-05", {"ar": "زين"}, 2),
        Name("Ada", "", "", "", {}, 4),
    )
    assert letter.blocks[-1].signatories
    assert [m.msgid for m in letter.messages] == ["Text"]
    assert letter.files == {tmp_path / "people.csv"}


@pytest.mark.parametrize("above", ["", "\nsep={}\n"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_a_spreadsheet_puts_between_columns(tmp_path: Path, mark: str, above: str) -> None:
    letter = read_with(tmp_path, f"{above.format(mark)}country{mark}Name\nSY{mark}Zîn\n")
    names = [(name.name, name.country, name.line) for name in letter.blocks[-1].names]
    assert names == [("Zîn", "SY", 4 if above else 2)]


def test_columns_that_a_form_adds_are_refused_all_at_once(tmp_path: Path) -> None:
    told = refuse(tmp_path, "name,email,Phone,name\nZîn,z@example.org,1,x\n")
    assert [line.partition(":")[2].partition(" must")[0] for line in told[:2]] == [
        "1: the column 'email'",
        "1: the column 'Phone'",
    ]
    assert "twice" in told[2]
    assert "z@example.org" not in "".join(told)


def test_every_bad_line_is_told_with_its_number(tmp_path: Path) -> None:
    table = """\
name,affiliation,country,date
Zîn,,,
,Us,,
"Two
lines",,,
Ada <ada@example.org>,,,
Ada,call 040 123 45 67 8,,
Ada,+963 11 555 1234,,
Ada,,,5.4.2016
Ada,Us,,,more
Zîn,,,
"""
    told = refuse(tmp_path, table)
    wanted = {3: "no name", 6: "mail address", 7: "telephone", 8: "telephone", 9: "is no date"}
    wanted |= {10: "5 columns in place of 4", 11: "the same as line 2"}
    assert [line.split(":")[:2] for line in told] == [["people.csv", str(n)] for n in wanted]
    for line, words in zip(told, wanted.values(), strict=True):
        assert words in line


def test_years_and_house_numbers_are_no_telephone(tmp_path: Path) -> None:
    table = "name,affiliation\nA,Class of 1990-1994\nB,House 12/345\nC,2011-2016 council\n"
    assert len(read_with(tmp_path, table).blocks[-1].names) == 3


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("Zîn\nAda\n", "there is no column name"),
        ("name\n\"open\n", "is no CSV"),
        ("name\nZîn\n".encode("utf-16"), "is not UTF-8"),
        (b"name\nZ\xeen\n", "is not UTF-8"),
        ("name\n" + "x" * 600 + "\n", "more than 500 characters"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_names(tmp_path: Path, table: str | bytes, words: str) -> None:
    assert words in refuse(tmp_path, table)[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.csv", "there is no such file"),
        ("../people.csv", "beside the letter"),
        ("/etc/people.csv", "beside the letter"),
        ("people.txt", "beside the letter"),
        ("folder.csv", "there is no such file"),
    ],
)
def test_the_file_is_beside_the_letter(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert words in refuse(tmp_path, "name\nZîn\n", MARK.replace("people.csv", name))[0]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.csv").write_text("name\nZîn\n", encoding="utf-8")
    (tmp_path / "inside" / "out.csv").symlink_to(tmp_path / "secret.csv")
    told = refuse(tmp_path / "inside", "name\nA\n", MARK.replace("people", "out"))
    assert "there is no such file" in told[0]


def test_several_lists_need_headings_and_a_list_below_a_file_is_no_list_of_names(
    tmp_path: Path,
) -> None:
    both = "## Us\n\n<!-- signatories: people.csv -->\n\n## Them\n\n<!-- signatories -->\n- Three\n"
    blocks = read_with(tmp_path, "name\nZîn\n", f"Text\n\n{both}").blocks
    assert [b.heading.msgid for b in blocks if b.heading] == ["Us", "Them"]
    told = refuse(tmp_path, "name\nZîn\n", f"Text\n\n{both.replace('## Them', 'Them')}")
    assert "letter.md:10: of several lists" in told[0]
    assert "directly below the names" in refuse(tmp_path, "name\nZîn\n", f"{MARK}- Three\n")[0]


def test_three_thousand_names_are_quick_and_a_hundred_thousand_bounded(tmp_path: Path) -> None:
    row = "Name {0},Organisation {0},DE,2016-05\n"
    head = "name,affiliation,country,date\n"
    with limit_time(1):
        letter = read_with(tmp_path, head + "".join(row.format(n) for n in range(3_084)))
    assert len(letter.blocks[-1].names) == 3_084
    told = refuse(tmp_path, head + "".join(row.format(n) + "x" * 180 for n in range(100_000)))
    assert "larger than" in told[0]


def test_hidden_characters_are_refused_with_their_line_and_taken_off_the_ends(
    tmp_path: Path,
) -> None:
    table = "name,country\nAnn\x07B,\nBob,S\x00Y\nC\u202ed,\n\u2068E,\n"
    told = refuse(tmp_path, table)
    assert [line.split(": ")[0] for line in told] == [f"people.csv:{n}" for n in (2, 3, 4, 5)]
    assert all("hidden character" in line for line in told)
    letter = read_with(tmp_path, "name\n\u200bAnn\ufeff\nمی\u200cخواهم\n\u2068Bo\u2069\n")
    assert [n.name for n in letter.blocks[-1].names] == ["Ann", "می\u200cخواهم", "\u2068Bo\u2069"]
    listed = "Text\n\n<!-- signatories -->\n- \u200bAnn\n- B\u202eo\n- &#x202E;Ce\n"
    assert [line.split(" ")[0] for line in refuse(tmp_path, "", listed)] == [
        "letter.md:5:",
        "letter.md:6:",
    ]
    good = read_with(tmp_path, "", listed[: listed.index("- B")])
    assert [m.msgid for m in good.messages] == ["Text", "Ann"]
