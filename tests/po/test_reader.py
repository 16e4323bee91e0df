"""PO files as translators' property: read any, explain what is wrong, change only what changed."""

import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from letter.files import write_file
from letter.po.encoding import guess_encoding
from letter.po.faults import MAX_FAULTS, PoError
from letter.po.header import header_fields, set_header_fields
from letter.po.model import Entry, PoFile
from letter.po.page_width import find_width
from letter.po.reader import parse_po, read_po
from letter.po.wrap import NO_WRAP
from letter.po.writer import format_po, write_po

HEADER = 'msgid ""\nmsgstr ""\n"Language: ku\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
GOOD = '\nmsgid "good"\nmsgstr "baş"\n'
REAL = sorted(Path(str(files("django"))).rglob("*.po"))
slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def parse_text(text: str) -> PoFile:
    return parse_po(text.encode(), "ku.po")


def format_text(po: PoFile) -> str:
    return format_po(po).decode()


def try_parsing(data: bytes) -> tuple[PoFile | None, PoError | None]:
    try:
        return parse_po(data, "any"), None
    except PoError as error:
        return None, error


def explain_text(text: str) -> str:
    with pytest.raises(PoError) as caught:
        parse_text(text)
    return str(caught.value)


def run_tool(data: bytes, *command: str) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def list_changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """Lines that only one of two texts has."""
    before, after = old.split("\n"), new.split("\n")
    return [x for x in before if x not in after], [x for x in after if x not in before]


# ---- Reading, and giving the bytes back ----

ODD = r"""# Translation of the letter.
#no blank after the mark
#! odd

msgid ""
msgstr ""
"X-Before: 1\n"
"Content-Type: text/plain; charset=UTF-8\n"
"PO-Revision-Date: \n"
"no colon here\n"
"Language: ku\n"
"X-Ours: draft\n"

# A loose comment.
#

# the translator's
#. for the translator
#: letter.md:3 ⁨a file⁩:4
#: app.py
#, fuzzy
#, c-format, x-unknown
#= range: 0..3
#| msgctxt "old"
#| msgid ""
#| "before"
#| msgid_plural "befores"
msgctxt "new"
  msgid"one" "two"
	"three"
msgid_plural "plural"
msgstr [ 0 ] "\x41\303\251\"\t"
msgstr[1]"b"


msgid "same line" msgstr "d" # trailing
msgid "next" msgstr ""
domain "other"
msgid "next"
msgstr "again"
#~| msgid "older"
#~ msgid "gone"
#~ "by"
#~ msgstr "çû"
#~
#~ # said
#~ msgid "gone too"
#~ msgstr "x"

# the end"""


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
        *(
            'msgid "n{n}"\nmsgstr "x"',
            'msgid ""\n"n{n}\\n"\nmsgstr "x"\n"y\\n"',
            "# c",
            "#. e",
            "",
            "\t",
        ),
        *("#: a:1 b", "#, fuzzy", "#, c-format", "#", "#x", "#~", "#= y", "#! z", 'msgstr "t"'),
        *('#~ msgid "n{n}"\n#~ msgstr "x"', '#~| msgid "o"\n#~ msgid "n{n}"\n#~ msgstr "x"'),
        *('#| msgid "o"\nmsgid "n{n}"\nmsgstr ""', 'msgctxt "c"\nmsgid "n{n}" "m"\n  msgstr"a"'),
        *('msgid "n{n}"\nmsgid_plural "p"\nmsgstr[0] "a"\nmsgstr[1]"b"', "\f", 'msgid "n{n}"'),
        *('domain "d"', '"more"', '"\\101\\x41"', '"\\q"', 'msgstr[0] "x"', "msgid", '"open'),
    ]
)
odd_files = st.tuples(st.lists(LINES, max_size=9), st.sampled_from(["\n", "\r\n", "\n\n"])).map(
    lambda drawn: (
        HEADER
        + drawn[1].join(line.replace("{n}", str(number)) for number, line in enumerate(drawn[0]))
    )
)


@given(odd_files)
@settings(slow, max_examples=150)
def test_what_msgfmt_accepts_is_read_and_comes_back(text: str) -> None:
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
@settings(max_examples=400, deadline=None)
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
    data = (piece * (1_000_000 // len(piece))).encode()
    start = time.process_time()
    for text in (data, HEADER.encode() + data, data + b"x", b'msgid "a"\n' + data + b"\x00"):
        with suppress(PoError):
            parse_po(text, "x")
    assert time.process_time() - start < 60, "linear: a few seconds; quadratic: many minutes"


@pytest.mark.parametrize("charset", ["ISO-8859-9", "CP1256", "EUC-JP", "SHIFT_JIS", "GB18030"])
def test_a_declared_charset_is_read_and_written_back(charset: str) -> None:
    word = {"ISO-8859-9": "çîşû", "CP1256": "سلام"}.get(charset, "日本語表")
    text = (
        f'{HEADER.replace("UTF-8", charset)}\nmsgid "a"\nmsgstr "{word}"\n{GOOD.replace("ş", "s")}'
    )
    data = text.encode(charset)
    po = parse_po(data, "x.po")
    assert po.entries[0].msgstr == (word,)
    assert format_po(po) == data
    changed = replace(po, entries=(po.entries[0], replace(po.entries[1], msgstr=("b",))))
    assert format_po(changed) == text.replace('"bas"', '"b"').encode(charset)
    alien = replace(po, entries=(replace(po.entries[0], msgstr=("\u1234\U0001f54a" * 2,)),))
    if charset != "GB18030":
        with pytest.raises(PoError, match="convert the file to UTF-8"):
            format_po(alien)
    fields = {"Content-Type": "text/plain; charset=UTF-8"}
    converted = format_po(set_header_fields(po, fields))
    assert converted.decode() == text.replace(charset, "UTF-8")


def test_bytes_that_their_charset_has_twice_come_back() -> None:
    data = HEADER.replace("UTF-8", "CP932").encode() + b'msgid "a"\nmsgstr "\x87\x90"\n'
    data += b'msgid "b"\nmsgstr ""\n'
    po = parse_po(data, "x")
    assert format_po(po) == data
    assert format_po(change_entry(po, 1, msgstr=("c",))) == data[:-3] + b'"c"\n'


# ---- What is wrong ----

WRONG = {
    'msgid "a\nmsgstr "b"': "9: This line has an opening quotation mark but no closing one",
    'msgid "a"\nmsgstr b"': "10: This line has a closing quotation mark but no opening one",
    'msgid ""\nwords"\nmsgstr ""': "10: This line has a closing quotation mark but no opening one",
    'msgid "a"\nmsgstr "say "no" now"': "10: There is a quotation mark inside this text",
    'msgid "a"\nmsgstr "b\\"': "10: The backslash before the last quotation mark",
    "msgid “a”\nmsgstr «b»": "9: The quotation marks around this text are curly",
    'msgid "a"\nmsgstr "b”': "10: The quotation marks around this text are curly",
    'msgid "a"\nmsgstr "b"\nhello there': "11: This text stands outside quotation marks",
    'msgid "a"\nmsgstr "b" c': "10: Text stands after the closing quotation mark",
    'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x': "10: Two versions",
    'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"': "12: The message that starts here is already"
    " in the file at line 9",
    'msgid "a"': '9: A message lacks its translation: add a line msgstr ""',
    'msgstr "a"': "9: This msgstr has no msgid of its own above it",
    'msgid "a"\nmsgstr "b"\nmsgstr "c"': "11: This msgstr has no msgid of its own above it",
    'msgid "a"\nmsgctxt "c"\nmsgstr "b"': "10: This msgctxt stands below its msgid",
    'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"': "12: msgstr[2] stands where",
    'msgid "a"\nmsgid_plural "b"\nmsgstr "c"': "11: This message has a plural",
    'msgid "a"\nmsgstr[0] "c"': "10: msgstr[0] is for messages with a msgid_plural",
    'msgid "a"\nmsgstring "b"': "10: “msgstring” is not a word that belongs here",
    'msgid "a"\nmsgstr "50\\% b"': "10: There is a backslash before “%”",
    'msgid "a"\nmsgstr "b\x00c"': "10: This line has an invisible control character (number 0)",
    'msgid "a"\n# note\nmsgstr "b"': "10: This comment stands in the middle of a message",
    '#~ msgid "a"\nmsgstr "b"': "10: Some lines of this message start with #~",
    'msgid\nmsgstr "b"': "9: No text follows msgid",
}


@pytest.mark.parametrize("text", WRONG)
def test_each_fault_is_told_with_its_line_and_a_remedy(text: str) -> None:
    told = explain_text(f'{HEADER}\nmsgid "x"\nmsgstr "y"\n\n{text}\n{GOOD}').split("\n")
    assert told[0].startswith("ku.po:" + WRONG[text])
    assert len(told) == 1 + ("«" in text)


def test_faults_behind_a_fault_are_told_too() -> None:
    bad = 'msgid "a{n}"\nmsgstr "b\n\n'
    text = HEADER + "\n" + "".join(bad.replace("{n}", str(n)) for n in range(3)) + GOOD
    assert re.findall(r"ku\.po:(\d+): This line has an opening", explain_text(text)) == [
        *("7", "10", "13"),
    ]
    many = HEADER + "\n" + bad * 100
    assert len(explain_text(many).split("\n")) == MAX_FAULTS


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "1: This file is empty"),
        (b" \n\n", "1: This file is empty"),
        ((HEADER + GOOD).encode("utf-16"), "1: This line cannot be read: .* UTF-16"),
        ((HEADER + GOOD).encode("utf-16-be"), "1: This line cannot be read: .* UTF-16"),
        (HEADER.encode() + 'msgid "a"\nmsgstr "السلام عليكم"'.encode("cp1256"), "6: .*cp1256"),
        (HEADER.encode() + 'msgid "a"\nmsgstr "Gelê çêîşû"'.encode("cp1254"), "6: .*cp1254"),
        (HEADER.encode() + b'msgid "a"\nmsgstr "\xff\xfe\x80"', "6: This line cannot be read"),
        (HEADER.replace("UTF-8", "MARTIAN").encode(), "4: The header names a charset .*martian"),
    ],
)
def test_a_file_that_is_not_in_its_charset_is_recognised(data: bytes, told: str) -> None:
    with pytest.raises(PoError, match=f"^x.po:{told}"):
        parse_po(data, "x.po")


def test_an_encoding_is_guessed() -> None:
    assert guess_encoding("السلام عليكم".encode("cp1256")) == "cp1256"
    assert guess_encoding("السلام".encode()) == "utf-8"
    assert guess_encoding("a b c d".encode("utf-16-le")) == "utf-16-le"
    assert guess_encoding(b"\xd7" * 8) is None


@pytest.mark.parametrize("name", ["missing.po", "."])
def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(PoError, match="1: This file cannot be opened"):
        read_po(tmp_path / name)


def test_a_file_without_a_header_is_no_fault() -> None:
    assert parse_text('msgid "a"\nmsgstr "ê"\n').header is None
    assert parse_text("# only a comment").tail == "# only a comment"
    assert header_fields(parse_text("# only a comment")) == {}
    assert parse_text(HEADER.replace("UTF-8", "CHARSET") + GOOD).entries[0].msgstr == ("baş",)


# ---- Changes ----


def change_entry(po: PoFile, place: int, **changes: object) -> PoFile:
    entries = list(po.entries)
    entries[place] = replace(entries[place], **changes)  # type: ignore[arg-type]
    return replace(po, entries=tuple(entries))


@pytest.mark.parametrize(
    ("changes", "gone", "new"),
    [
        ({"msgstr": ("a", "b")}, ['msgstr [ 0 ] "\\x41\\303\\251\\"\\t"'], ['msgstr[0] "a"']),
        ({"flags": ("c-format", "x-unknown", "range: 0..3")}, ["#, fuzzy"], []),
        (
            {"flags": ("fuzzy", "x-unknown", "range: 0..3")},
            ["#, c-format, x-unknown"],
            ["#, x-unknown"],
        ),
        ({"comments": ("the translator's", "ours", "")}, [], ["# ours"]),
        ({"extracted": ()}, ["#. for the translator"], []),
        ({"extracted": ("for the translator", "Changed")}, [], ["#. Changed"]),
        (
            {"references": ("letter.md",)},
            ["#: letter.md:3 \u2068a file\u2069:4", "#: app.py"],
            ["#: letter.md"],
        ),
        (
            {"previous_msgctxt": None, "previous_msgid": None, "previous_msgid_plural": None},
            ['#| msgctxt "old"', '#| msgid ""', '#| "before"', '#| msgid_plural "befores"'],
            [],
        ),
        ({"msgctxt": "newer"}, ['msgctxt "new"'], ['msgctxt "newer"']),
        ({"msgid": "x\ny"}, ['  msgid"one" "two"', '\t"three"'], ['msgid ""', '"x\\n"', '"y"']),
    ],
)
def test_a_change_touches_the_lines_of_that_part_only(
    changes: dict[str, object], gone: list[str], new: list[str]
) -> None:
    po = parse_text(ODD)
    changed = change_entry(po, 0, **changes)
    text = format_text(changed)
    assert list_changed(ODD, text) == (gone, [line for line in new if line not in ODD.split("\n")])
    assert parse_text(text).entries == changed.entries


def test_a_part_that_was_absent_goes_where_msgcat_has_it() -> None:
    po = parse_text(HEADER + GOOD)
    full = change_entry(
        po, 0, comments=("c",), extracted=("e",), references=("r",), flags=("x", "fuzzy"),
        previous_msgid="p", msgctxt="k",
    )  # fmt: skip
    want = '\n# c\n#. e\n#: r\n#, fuzzy, x\n#| msgid "p"\nmsgctxt "k"\n' + GOOD[1:]
    assert format_text(full) == HEADER + want
    assert format_text(replace(po, entries=full.entries)) == HEADER + want


def test_a_comment_that_stays_is_not_written_anew() -> None:
    po = parse_text(f"#odd\n#  wide\n{GOOD[1:]}")
    changed = format_text(change_entry(po, 0, comments=("odd", " wide", "new")))
    assert changed == f"#odd\n#  wide\n# new\n{GOOD[1:]}"


def test_an_escape_ends_with_its_string() -> None:
    assert parse_text('msgid "\\1" "23"\nmsgstr "\\x4" "1"').entries[0] == Entry(
        "\x0123", ("\x041",)
    )


def test_a_change_follows_the_line_endings() -> None:
    data = ODD.replace("\n", "\r\n")
    text = format_text(
        change_entry(parse_text(data), 0, msgstr=("a\nb", "c"), extracted=("x", "y"))
    )
    assert text.count("\n") == text.count("\r\n")


LONG = " ".join(["Em bang li rêveberiyên cîhanê dikin ku rawestandina şer biparêzin"] * 4)


@pytest.mark.parametrize("width", [79, 77, 76, 80, 72, 100, NO_WRAP])
def test_a_change_follows_the_page_width(width: int) -> None:
    entries = tuple(Entry(f"{n} " + "word " * 40, (f"{n} {LONG}",)) for n in range(5))
    text = HEADER + GOOD + "\n" + format_text(PoFile("x", entries=entries)) + "\n"
    options = ["--no-wrap"] if width == NO_WRAP else [f"--width={width}"]
    data = run_tool(text.encode(), "msgcat", *options, "-")
    po = parse_po(data, "x")
    assert find_width(po) == width
    changed = format_po(change_entry(po, 0, msgstr=(LONG,)))
    assert run_tool(changed, "msgcat", *options, "-") == changed


def test_entries_are_added_dropped_and_moved_with_one_blank_line_between() -> None:
    text = HEADER + '\n\n\n# loose\n\nmsgid "a"\nmsgstr "1"\nmsgid "b"\nmsgstr "2"\n'
    text += '\n\nmsgid "c"\nmsgstr "3"'
    po = parse_text(text)
    a, b, c = po.entries
    new = Entry("n", ("4",))
    assert format_text(replace(po, entries=(a, c))) == text.replace('msgid "b"\nmsgstr "2"\n', "")
    assert format_text(replace(po, entries=(a, b, c, new))) == text + '\n\nmsgid "n"\nmsgstr "4"\n'
    assert format_text(replace(po, entries=(a, new, b, c))) == text.replace(
        'msgid "b"', '\nmsgid "n"\nmsgstr "4"\n\nmsgid "b"'
    )
    first = format_text(replace(po, entries=(new, a, b, c)))
    assert first == text.replace("\n\n\n# loose", '\nmsgid "n"\nmsgstr "4"\n\n# loose')
    moved = format_text(replace(po, entries=(c, a, b)))
    assert moved.startswith(f'{HEADER}\nmsgid "c"\nmsgstr "3"\n\n# loose\n\nmsgid "a"')
    assert moved.endswith('msgstr "1"\nmsgid "b"\nmsgstr "2"\n')
    assert format_text(replace(po, entries=(b, c))).count("# loose") == 1
    assert format_text(replace(po, entries=())).count("# loose") == 1
    for entries in ((a, c), (c, b, a), (new, c, a), (b,), ()):
        assert parse_text(format_text(replace(po, entries=entries))).entries == entries


def test_an_entry_of_another_file_is_written_anew() -> None:
    guest = parse_text('  msgid"guest"\nmsgstr"x"').entries
    po = parse_text(HEADER)
    assert format_text(replace(po, entries=guest)) == HEADER + '\nmsgid "guest"\nmsgstr "x"\n'


def test_an_entry_is_made_obsolete_and_revived_as_msgmerge_does(tmp_path: Path) -> None:
    body = (
        '# said\n#. note\n#: letter.md\n#, fuzzy\n#| msgctxt "o"\n#| msgid "old"\n'
        f'msgctxt "c"\nmsgid "gone"\nmsgstr ""\n"{LONG[:60]} "\n"{LONG[60:120]}"\n'
    )
    text = f"{HEADER}\n{body}{GOOD}"
    (tmp_path / "ku.po").write_bytes(run_tool(text.encode(), "msgcat", "-"))
    (tmp_path / "t.pot").write_text(HEADER.replace("ku", "") + GOOD.replace("baş", ""))
    po = read_po(tmp_path / "ku.po")
    gone, good = po.entries
    ours = replace(po, entries=(good, replace(gone, obsolete=True)))
    merge = ("msgmerge", "--quiet", "--previous", str(tmp_path / "ku.po"), str(tmp_path / "t.pot"))
    assert list_changed(run_tool(b"", *merge).decode(), format_text(ours))[1] == []
    back = parse_text(format_text(ours)).entries[1]
    assert (back.obsolete, back.references, back.extracted) == (True, (), ())
    revived = replace(back, obsolete=False, references=("letter.md",), extracted=("note",))
    again = format_text(replace(ours, entries=(revived, good)))
    assert again == format_text(po)


PROSE = st.lists(
    st.sampled_from(
        [
            *("the", "White", "Helmets", "çêîşû", "Sûriyê", "ئەم", "نامەیە؟", "الشعب،", "日本語。"),
            *(" ", " ", " ", " — ", "-", "/", '"', "“", "”", "%(name)s", "\n", "\t", "\\", "50%"),
            *("https://example.org/a-very-long/path/to/some/page?with=query&and=more", "\n\n", "…"),
        ]
    ),
    min_size=1,
    max_size=70,
).map("".join)
WORDS = st.sampled_from(["letter.md", "app.py", "templates/page.html", "\u2068a b.md\u2069:12"])
NEW = st.builds(
    Entry,
    PROSE,
    msgstr=st.tuples(PROSE),
    msgctxt=st.none() | PROSE,
    comments=st.lists(st.sampled_from(["one", "", "two words"]), max_size=3).map(tuple),
    extracted=st.lists(st.sampled_from(["Changed: [-a-] {+b+}", "x"]), max_size=2).map(tuple),
    references=st.lists(WORDS, max_size=9, unique=True).map(tuple),
    flags=st.sampled_from([(), ("fuzzy",), ("fuzzy", "no-wrap"), ("no-wrap",)]),
    previous_msgid=st.none() | PROSE,
    obsolete=st.booleans(),
)


@given(st.lists(NEW, min_size=1, max_size=6, unique_by=lambda entry: entry.msgid))
@slow
def test_msgcat_and_msgmerge_change_nothing_in_a_file_of_ours(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    same_end = [
        replace(e, msgstr=(e.msgstr[0].strip("\n"),), msgid=f"{n} " + e.msgid.strip("\n"))
        for n, e in enumerate(entries)
    ]
    same_end.sort(key=lambda entry: entry.obsolete)
    fuzzy = [e if e.fuzzy else replace(e, previous_msgid=None) for e in same_end]
    stripped = [replace(e, references=(), extracted=()) if e.obsolete else e for e in fuzzy]
    whole = [e for e in stripped if e.msgstr != ("",)]
    assume(whole)  # msgcat writes nothing for a file of a header alone
    fields = {"POT-Creation-Date": "2016-04-28 10:00+0000", "Language": "ku"}
    fields |= {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}
    po = set_header_fields(PoFile("x", entries=tuple(whole)), {"Content-Transfer-Encoding": "8bit"})
    po = set_header_fields(po, fields)
    assert list(header_fields(po)) == [*fields, "Content-Transfer-Encoding"]
    data = format_po(po)
    assert run_tool(data, "msgcat", "-").decode() == data.decode()
    assert parse_po(data, "x").entries == po.entries
    folder = tmp_path_factory.mktemp("merge")
    active = [
        replace(e, msgstr=("",), flags=(), previous_msgid=None) for e in whole if not e.obsolete
    ]
    plain = [replace(e, comments=(), flags=tuple(f for f in w.flags if f != "fuzzy"))
             for e, w in zip(active, whole, strict=False)]  # fmt: skip
    (folder / "x.po").write_bytes(data)
    (folder / "x.pot").write_bytes(format_po(replace(po, entries=tuple(plain))))
    merge = ("msgmerge", "--quiet", "--previous", str(folder / "x.po"), str(folder / "x.pot"))
    assert run_tool(b"", *merge).decode() == data.decode()


@pytest.mark.parametrize("writer", ["msgcat", "polib", "pybabel", "no-wrap"])
def test_what_other_tools_write_comes_back(tmp_path: Path, writer: str) -> None:
    text = ODD.replace('domain "other"\nmsgid "next"', 'msgid "next 2"').replace(
        "#= range: 0..3\n", ""
    )
    data = text.encode()
    if writer == "polib":
        theirs = str(polib.pofile(run_tool(data, "msgcat", "-").decode())).encode()
    elif writer == "pybabel":
        (tmp_path / "a.po").write_text(f'{HEADER}\n#. e\nmsgid "{LONG} a"\nmsgstr "b"\n')
        (tmp_path / "t.pot").write_text(HEADER + GOOD + f'\nmsgid "{LONG}"\nmsgstr ""\n')
        command = (
            str(Path(sys.executable).with_name("pybabel")),
            "update",
            "--previous",
            "-l",
            "ku",
            "-i",
            str(tmp_path / "t.pot"),
        )
        subprocess.run([*command, "-o", str(tmp_path / "a.po")], check=True, capture_output=True)
        theirs = (tmp_path / "a.po").read_bytes()
    else:
        theirs = run_tool(data, "msgcat", *(["--no-wrap"] if writer == "no-wrap" else []), "-")
    assert format_po(parse_po(theirs, "x")) == theirs


# ---- The header ----


def test_a_header_field_changes_one_line() -> None:
    po = parse_text(ODD)
    text = format_text(set_header_fields(po, {"Language": "ckb", "X-Before": "1"}))
    assert text == ODD.replace("Language: ku", "Language: ckb")
    gone = format_text(set_header_fields(po, {"X-Before": None, "X-Absent": None}))
    assert gone == ODD.replace('"X-Before: 1\\n"\n', "")


def test_a_header_field_keeps_its_own_lines() -> None:
    long = (
        '"Language-Team: a name that is long, and " "another\\n"\n"X-Long: '
        + "word " * 30
        + '\\n"\n'
    )
    text = HEADER + long
    changed = format_text(set_header_fields(parse_text(text), {"Language": "ckb"}))
    assert changed == text.replace("Language: ku", "Language: ckb")


def test_a_new_header_field_goes_where_gettext_has_it() -> None:
    po = parse_text(ODD)
    text = format_text(set_header_fields(po, {"MIME-Version": "1.0", "X-New": "a"}))
    assert list_changed(ODD, text) == ([], ['"MIME-Version: 1.0\\n"', '"X-New: a\\n"'])
    lines = text.split("\n")
    assert lines.index('"MIME-Version: 1.0\\n"') == lines.index('"Language: ku\\n"') + 1
    assert lines.index('"X-New: a\\n"') == lines.index('"X-Ours: draft\\n"') + 1
    long = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : 4);"
    made = format_po(set_header_fields(parse_text(HEADER + GOOD), {"Plural-Forms": long}))
    assert run_tool(made, "msgcat", "-") == made


def test_a_header_is_made_where_there_is_none() -> None:
    po = set_header_fields(parse_text('msgid "a"\nmsgstr "b"\n'), {"Language": "ku"})
    assert format_text(po) == 'msgid ""\nmsgstr "Language: ku\\n"\n\nmsgid "a"\nmsgstr "b"\n'


# ---- Files ----


def test_a_file_is_written_whole_with_its_mode_through_its_link(tmp_path: Path) -> None:
    file, link = tmp_path / "ku.po", tmp_path / "link.po"
    file.write_text(HEADER + GOOD)
    file.chmod(0o640)
    link.symlink_to(file)
    po = read_po(link)
    before = file.stat()
    write_po(link, po)
    assert file.stat().st_ino == before.st_ino
    write_po(link, change_entry(po, 0, msgstr=("qenc",)))
    assert link.is_symlink()
    assert file.read_text() == HEADER + GOOD.replace("baş", "qenc")
    assert file.stat().st_mode == before.st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ku.po", "link.po"]
    write_file(tmp_path / "new.po", b"x")
    assert (tmp_path / "new.po").read_bytes() == b"x"


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ku.po"
    file.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_an_obsolete_entry_beside_an_active_one_is_read() -> None:
    """As `pybabel update` leaves them; nothing is unclear about it."""
    po = parse_text(f'{HEADER}\nmsgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n')
    assert [(entry.msgstr[0], entry.obsolete) for entry in po.entries] == [
        ("b", False),
        ("c", True),
    ]
