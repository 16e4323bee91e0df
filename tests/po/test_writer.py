"""A change touches the lines of what changed only, and is written as gettext writes it."""

import os
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from letter.po.header import header_fields, set_header_fields
from letter.po.model import Entry, PoFile
from letter.po.parts import find_width
from letter.po.reader import parse_po, read_po
from letter.po.wrap import NO_WRAP
from letter.po.writer import format_po, write_po
from tests.po.samples import (
    GOOD,
    HEADER,
    LONG,
    ODD,
    TEXTS,
    change_entry,
    format_text,
    list_changed,
    parse_text,
    run_tool,
)


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
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_change_touches_the_lines_of_that_part_only(
    newline: str, changes: dict[str, object], gone: list[str], new: list[str]
) -> None:
    changed = change_entry(parse_text(ODD.replace("\n", newline)), 0, **changes)
    text = format_text(changed)
    assert text.count("\n") == text.count(newline)
    text = text.replace(newline, "\n")
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


WORDS = st.sampled_from(["letter.md", "app.py", "templates/page.html", "\u2068a b.md\u2069:12"])
NEW = st.builds(
    Entry,
    TEXTS,
    msgstr=st.tuples(TEXTS),
    msgctxt=st.none() | TEXTS,
    comments=st.lists(st.sampled_from(["one", "", "two words"]), max_size=3).map(tuple),
    extracted=st.lists(st.sampled_from(["Changed: [-a-] {+b+}", "x"]), max_size=2).map(tuple),
    references=st.lists(WORDS, max_size=9, unique=True).map(tuple),
    flags=st.sampled_from([(), ("fuzzy",), ("fuzzy", "no-wrap"), ("no-wrap",)]),
    previous_msgid=st.none() | TEXTS,
    obsolete=st.booleans(),
)


@given(st.lists(NEW, min_size=1, max_size=6, unique_by=lambda entry: entry.msgid))
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
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
    plain = [
        replace(e, msgstr=("",), comments=(), flags=e.flags[e.fuzzy :], previous_msgid=None)
        for e in whole
        if not e.obsolete
    ]
    (folder / "x.po").write_bytes(data)
    (folder / "x.pot").write_bytes(format_po(replace(po, entries=tuple(plain))))
    merge = ("msgmerge", "--quiet", "--previous", str(folder / "x.po"), str(folder / "x.pot"))
    assert run_tool(b"", *merge).decode() == data.decode()


def test_a_file_is_written_whole_with_its_mode_through_its_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, link = tmp_path / "ku.po", tmp_path / "link.po"
    file.write_text(HEADER + GOOD)
    file.chmod(0o640)
    link.symlink_to(file)
    po = read_po(link)
    before = file.stat()
    write_po(link, po)
    assert file.stat().st_ino == before.st_ino
    changed = change_entry(po, 0, msgstr=("qenc",))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", Mock(side_effect=OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            write_po(link, changed)
    assert file.read_text() == HEADER + GOOD
    write_po(link, changed)
    assert link.is_symlink()
    assert file.read_text() == HEADER + GOOD.replace("baş", "qenc")
    assert file.stat().st_mode == before.st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ku.po", "link.po"]
