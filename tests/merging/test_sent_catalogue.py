"""What a translator sent is read in any encoding, with any line ends, and compiled."""

import struct
import subprocess
from contextlib import suppress
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.errors import OneLetterError
from letter.merging.attachments import ReceiveError, unpack_sent
from letter.merging.sent_catalogue import read_sent
from letter.po.faults import PoError
from letter.po.header import header_fields
from letter.po.model import PoFile, is_empty
from letter.po.reader import parse_po, read_po
from scripts import receive
from tests.conftest import Copy
from tests.git import commit, start_repository
from tests.merging.examples import HEADER, run_command
from tests.tools import ROOT

PATHS = {tag: ROOT / "locales" / tag / "LC_MESSAGES" / "letter.po" for tag in ("ar", "ckb", "ku")}
ENTRIES = """
#, fuzzy
msgid "waits"
msgstr "li bendê"

msgctxt "menu"
msgid "open"
msgstr "veke"

msgid "open"
msgstr "vekirî"

msgid "one"
msgid_plural "many"
msgstr[0] "yek"
msgstr[1] "pir"
"""


def compile_po(text: str, folder: Path, *options: str, charset: str = "UTF-8") -> bytes:
    """Compile a catalogue with GNU msgfmt."""
    (folder / "x.po").write_bytes(text.replace("UTF-8", charset).encode(charset))
    command = ["msgfmt", *options, "-o", str(folder / "x.mo"), str(folder / "x.po")]
    subprocess.run(command, check=True)
    return (folder / "x.mo").read_bytes()


def list_said(po: PoFile) -> dict[object, object]:
    """The finished translations of a file."""
    return {
        e.key: (e.msgstr, e.msgid_plural)
        for e in po.entries
        if not (e.fuzzy or e.obsolete or is_empty(e))
    }


@pytest.mark.parametrize("endianness", ["little", "big"])
@pytest.mark.parametrize("charset", ["UTF-8", "ISO-8859-9"])
def test_a_compiled_catalogue_is_read_and_a_note_says_what_is_not_in_it(
    endianness: str, charset: str, tmp_path: Path
) -> None:
    data = compile_po(HEADER + ENTRIES, tmp_path, f"--endianness={endianness}", charset=charset)
    po, notes = read_sent(data, "ku.mo")
    assert list_said(po) == list_said(parse_po((HEADER + ENTRIES).encode(), "x"))
    assert header_fields(po) == header_fields(parse_po(HEADER.encode(), "x"))
    assert notes == (
        "ku.mo: is a compiled catalogue (.mo), which has no comments and nothing unfinished in "
        "it: ask for the .po next time",
    )


@pytest.mark.parametrize("tag", PATHS)
def test_the_real_catalogues_compiled_by_two_programs_say_the_same(
    tag: str, tmp_path: Path
) -> None:
    text = PATHS[tag].read_text(encoding="utf-8")
    polib.pofile(text).save_as_mofile(str(tmp_path / "polib.mo"))
    said = list_said(read_po(PATHS[tag]))
    for data in (compile_po(text, tmp_path), (tmp_path / "polib.mo").read_bytes()):
        assert list_said(read_sent(data, "x")[0]) == said


@pytest.mark.parametrize("order", "<>")
def test_a_hostile_compiled_catalogue_is_refused(order: str) -> None:
    magic = struct.pack(f"{order}I", 0x950412DE)
    bombs = [
        struct.pack(f"{order}5I", 0, 2**31, 28, 28, 0),  # more texts than the file has bytes
        struct.pack(f"{order}5I", 0, 1, 2**31, 2**31, 0),  # tables outside of the file
        struct.pack(f"{order}5I", 0, 500, 24, 24, 0) + struct.pack(f"{order}2I", 64, 24) * 500,
        struct.pack(f"{order}5I", 9 << 16, 0, 28, 28, 0),  # a version nobody knows
        b"",
    ]
    told = r"^x\.mo: is a compiled catalogue \(\.mo\) that is broken: ask for the \.po"
    for bomb in bombs:
        with pytest.raises(ReceiveError, match=told):
            read_sent(magic + bomb, "x.mo")


@given(st.data())
def test_whatever_bytes_arrive_only_our_own_errors_are_raised(data: st.DataObject) -> None:
    text = HEADER + ENTRIES
    whole = data.draw(
        st.sampled_from(
            [
                MO,
                text.encode(),
                text.encode("utf-16"),
                f"source,target\n{ENTRIES}".encode(),
                b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\n\n" + text.encode(),
            ]
        )
    )
    start = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=12))
    broken = whole[:start] + junk + whole[start + data.draw(st.integers(0, 40)) :]
    with suppress(OneLetterError):
        for part in unpack_sent(broken, "x"):
            read_sent(part.data, part.path)


MO = polib.pofile(HEADER + ENTRIES).to_binary()


@pytest.mark.parametrize("newline", ["\r", "\r\r\n", "\r\n", "\n\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_of_any_kind_are_read(newline: str, encoding: str) -> None:
    text = HEADER + ENTRIES
    po, notes = read_sent(text.replace("\n", newline).encode(encoding), "x.po")
    assert po.entries == parse_po(text.encode(), "x").entries
    assert ("x.po: its line ends were unusual (CR): converted" in notes) is (newline != "\r\n")


def test_line_ends_that_differ_from_line_to_line_lose_nothing() -> None:
    lines = (HEADER + ENTRIES).split("\n")
    text = "".join(line + ("\n", "\r", "\r\n")[n % 3] for n, line in enumerate(lines))
    whole = parse_po((HEADER + ENTRIES).encode(), "x")
    assert read_sent(text.encode(), "x")[0].entries == whole.entries


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-be", "UTF-32"),
        ("cp1254", "Turkish Windows (cp1254)"),
        ("iso8859-9", "Turkish Windows (cp1254)"),
    ],
)
def test_kurmanji_in_another_encoding_than_it_says_is_converted(encoding: str, name: str) -> None:
    text = f'{HEADER}\nmsgid "a"\nmsgstr "Gelê me, şer û aştî"\n'
    po, notes = read_sent(text.encode(encoding), "ku.po")
    assert po.entries[0].msgstr == ("Gelê me, şer û aştî",)
    assert len(notes) == 1
    assert name in notes[0]


def test_two_byte_order_marks_are_none() -> None:
    data = b"\xef\xbb\xbf" * 2 + (HEADER + ENTRIES).encode()
    assert read_sent(data, "x")[0].entries == parse_po(data[6:], "x").entries


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "Em ji mirinê re tên hiştin.\n",
            "x.txt: has no msgid, .*: ask for the .po",
        ),
        (
            'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n',
            "x.txt: is the template, ",
        ),
    ],
)
def test_a_text_without_its_places_and_a_template_are_named(content: str, told: str) -> None:
    with pytest.raises(ReceiveError, match=f"^{told}"):
        read_sent(content.encode(), "x.txt")


def test_an_encoding_that_is_not_clear_is_not_guessed() -> None:
    hungarian = f'{HEADER}\nmsgid "a"\nmsgstr "árvíztűrő tükörfúrógép"\n'.encode("cp1250")
    with pytest.raises(PoError, match="save it as UTF-8"):
        read_sent(hungarian, "hu.po")


def test_what_a_compiled_catalogue_or_a_table_leaves_out_means_nothing(copy: Copy) -> None:
    table = copy.letter.parent / "ku.csv"
    table.write_text("source,target\nKurds House,Mala Kurdan\n", encoding="utf-8")
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    before = copy.po("ku").read_text(encoding="utf-8")
    path = copy.po("ku")
    told = run_command(receive, copy, str(table), "--language=ku")
    assert told == (0, f"{path}: 1 taken\n")
    now = path.read_text(encoding="utf-8")
    assert now == before.replace('msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
