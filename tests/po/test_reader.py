"""PO files are read as msgfmt and polib read them, whatever stands in them, and come back."""

import os
import subprocess
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letter.po.faults import MAX_FAULTS, PoError
from letter.po.header import header_fields
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po, read_po
from letter.po.writer import format_po
from tests.po.samples import GOOD, HEADER, LONG, ODD, parse_text, run_tool
from tests.processor_time import limit_time

REAL = sorted(Path(str(files("django"))).rglob("*.po"))


def try_parsing(data: bytes) -> tuple[PoFile | None, PoError | None]:
    try:
        return parse_po(data, "any"), None
    except PoError as error:
        return None, error


def test_every_odd_form_is_read() -> None:
    po = parse_text(ODD)
    first, same, empty, again, gone, last = po.entries
    assert first == Entry(
        "onetwothree",
        ('Aé"\t', "b"),
        "new",
        "plural",
        comments=("the translator's",),
        extracted=("for the translator",),
        references=("letter.md:3", "\u2068a file\u2069:4", "app.py"),
        flags=("fuzzy", "c-format", "x-unknown", "range: 0..3"),
        previous_msgctxt="old",
        previous_msgid="before",
        previous_msgid_plural="befores",
    )
    assert first.fuzzy
    assert first.key == ("new", "onetwothree")
    assert ODD.split("\n")[first.line - 1] == "# the translator's"
    assert (same.msgid, same.msgstr) == ("same line", ("d",))
    assert (empty.comments, empty.msgid) == (("trailing",), "next")
    assert again.msgstr == ("again",)
    assert (gone.obsolete, gone.msgid, gone.previous_msgid) == (True, "goneby", "older")
    assert (last.obsolete, last.comments) == (True, ("said",))
    assert header_fields(po)["X-Ours"] == "draft"
    assert header_fields(po.header)["PO-Revision-Date"] == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n", " \n\t"])
def test_an_odd_file_comes_back_byte_for_byte(newline: str, mark: str, end: str) -> None:
    data = (mark + ODD + end).replace("\n", newline).encode()
    po = parse_po(data, "ku.po")
    assert format_po(po) == data
    assert po.entries == parse_text(ODD).entries


@pytest.mark.parametrize("path", REAL[::7], ids=lambda path: path.parts[-4] + path.parts[-3])
def test_a_real_catalogue_comes_back_and_reads_as_polib_reads_it(path: Path) -> None:
    data = path.read_bytes()
    po = parse_po(data, str(path))
    assert format_po(po) == data
    theirs = polib.pofile(data.decode())
    ours = sorted(po.entries, key=lambda entry: (entry.obsolete, entry.line))
    assert [(e.msgctxt, e.msgid, e.msgid_plural or "", e.obsolete) for e in ours] == [
        (e.msgctxt, e.msgid, e.msgid_plural, bool(e.obsolete)) for e in theirs
    ]
    for entry, other in zip(ours, theirs, strict=True):
        plural = tuple(other.msgstr_plural.values())
        assert entry.msgstr == (plural if entry.msgid_plural else (other.msgstr,))
        assert entry.fuzzy == other.fuzzy
        assert entry.previous_msgid == other.previous_msgid


LINES = st.sampled_from(
    [
        *('msgid "n{n}"\nmsgstr "x"', 'msgid ""\n"n{n}\\n"\nmsgstr "x"\n"y\\n"'),
        *("# c", "#. e", "", "\t"),
        *("#: a:1 b", "#, fuzzy", "#, c-format", "#", "#x", "#~", "#= y", "#! z", 'msgstr "t"'),
        *('#~ msgid "n{n}"\n#~ msgstr "x"', '#~| msgid "o"\n#~ msgid "n{n}"\n#~ msgstr "x"'),
        *('#| msgid "o"\nmsgid "n{n}"\nmsgstr ""', 'msgctxt "c"\nmsgid "n{n}" "m"\n  msgstr"a"'),
        *('msgid "n{n}"\nmsgid_plural "p"\nmsgstr[0] "a"\nmsgstr[1]"b"', "\f", 'msgid "n{n}"'),
        *('domain "messages"', '"m"', '"\\101\\x41"', '"\\q"', 'msgstr[0] "x"', "msgid", '"open'),
    ]
)


@given(st.lists(LINES, max_size=9), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_what_msgfmt_accepts_is_read_and_comes_back(lines: list[str], glue: str) -> None:
    text = HEADER + glue.join(line.replace("{n}", str(n)) for n, line in enumerate(lines))
    data = text.encode()
    done = subprocess.run(["msgfmt", "-o", os.devnull, "-"], input=data, capture_output=True)
    po, error = try_parsing(data)
    if error is not None:
        assert done.returncode != 0, str(error)
        assert all(0 < fault.line <= text.count("\n") + 1 for fault in error.faults)
    if po is not None:
        assert format_po(po) == data
        # Without these two habits of ours, which lose nothing, msgfmt must accept it as well.
        if not ("#|" in text or "#~|" in text or '\\n"' in text[len(HEADER) :]):
            assert done.returncode == 0, done.stderr.decode()


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode) | st.lists(
    st.sampled_from([b"msgid", b"msgstr", b'"', b"\\", b"\n", b"#", b"~", b"|", b" ", b"[0]", b"a"])
).map(b"".join))  # fmt: skip
@settings(max_examples=400)
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    po, error = try_parsing(data)
    if error is not None:
        assert 1 <= len(error.faults) <= MAX_FAULTS
        assert str(error).startswith("any:")
        assert all(fault.line >= 1 for fault in error.faults)
    if po is not None:
        assert format_po(po) == data


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *('msgid "a', '"', '""\n', "#\n\n", "#~\n", "#~ ", "\n", " ", '\\"', "msgid ", "#| x\n"),
        *('msgid "a"\n\n', 'msgid "a" "b"\n', "charset=Content-Type:", "<<<<<<< x\n\n", "\\\n"),
        *('#~ msgid "a"\n\n\n', "msgstr[0]", "# c\n\nx", 'msgid ""\nmsgstr ""\n', "a b“\n"),
    ],
)
def test_no_hostile_file_takes_long(piece: str) -> None:
    data = (piece * (200_000 // len(piece))).encode()
    with limit_time(8):
        for text in (data, HEADER.encode() + data, data + b"x", b'msgid "a"\n' + data + b"\x00"):
            with suppress(PoError):
                parse_po(text, "x")


@pytest.mark.parametrize("name", ["missing.po", "."])
def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(PoError, match="1: This file cannot be opened"):
        read_po(tmp_path / name)


def test_a_file_without_a_header_is_no_fault() -> None:
    assert parse_text('msgid "a"\nmsgstr "ê"\n').header is None
    assert header_fields(parse_text(GOOD)) == {}
    assert parse_text(HEADER.replace("UTF-8", "CHARSET") + GOOD).entries[0].msgstr == ("baş",)


def test_an_escape_ends_with_its_string() -> None:
    po = parse_text('msgid "\\1" "23"\nmsgstr "\\x4" "1"')
    assert po.entries == (Entry("\x0123", ("\x041",)),)


def test_an_obsolete_entry_beside_an_active_one_is_read() -> None:
    """As `pybabel update` leaves them; nothing is unclear about it."""
    po = parse_text(f'{HEADER}\nmsgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n')
    said = [(entry.msgstr[0], entry.obsolete) for entry in po.entries]
    assert said == [("b", False), ("c", True)]


@pytest.mark.parametrize("line", ['domain "other"', '#~ domain "other"'])
def test_messages_of_a_second_domain_are_not_mixed_with_those_of_the_first(line: str) -> None:
    with pytest.raises(PoError, match=r"x:8: Another text domain starts here \(") as caught:
        parse_po(f'{HEADER}\nmsgid "a"\nmsgstr "b"\n{line}\nmsgid "a"\nmsgstr ""\n'.encode(), "x")
    assert str(caught.value).count("\n") == 0, "the same message there is no fault"
    parse_text(f'{line}\n{HEADER}\n{line}\nmsgid "a"\nmsgstr "b"\n')


@pytest.mark.parametrize("writer", ["msgcat", "polib", "pybabel", "no-wrap"])
def test_what_other_tools_write_comes_back(tmp_path: Path, writer: str) -> None:
    text = ODD.replace('domain "messages"\n', "")
    data = text.replace("#= range: 0..3\n", "").encode()
    if writer == "polib":
        theirs = str(polib.pofile(run_tool(data, "msgcat", "-").decode())).encode()
    elif writer == "pybabel":
        (tmp_path / "a.po").write_text(f'{HEADER}\n#. e\nmsgid "{LONG} a"\nmsgstr "b"\n')
        (tmp_path / "t.pot").write_text(HEADER + GOOD + f'\nmsgid "{LONG}"\nmsgstr ""\n')
        pybabel = str(Path(sys.executable).with_name("pybabel"))
        paths = ("-i", str(tmp_path / "t.pot"), "-o", str(tmp_path / "a.po"))
        run_tool(b"", pybabel, "update", "--previous", "-l", "ku", *paths)
        theirs = (tmp_path / "a.po").read_bytes()
    else:
        theirs = run_tool(data, "msgcat", *(["--no-wrap"] if writer == "no-wrap" else []), "-")
    assert format_po(parse_po(theirs, "x")) == theirs
