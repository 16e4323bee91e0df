"""Sign-offs: recorded in the file, kept by every tool, and lapsed when a text changes."""

import re
from datetime import date
from pathlib import Path

import pytest

from letter.po.marks import Review, find_reviews, is_meant, sign_off
from letter.po.reader import parse_po, read_po
from letter.po.writer import format_po
from letter.source.letter import read_letter
from scripts import sign_off as command
from tests.conftest import Copy
from tests.merging.examples import HEADER, catalogue, entry, run_command
from tests.tools import run_gettext

ZIN = "Zîn Ehmed <zin@example.org>"
KURDS = "pztyw7yl"  # the address of the last name
DAY = date(2026, 11, 22)
ONE = catalogue(entry("One", "Yek"))


def test_a_review_holds_until_either_text_changes_and_the_person_signs_again() -> None:
    po, count = sign_off(ONE, ZIN, DAY, ["One"], ["One"])
    data = format_po(po)
    assert count == 1
    [found] = parse_po(data, "x").entries
    valid, lapsed = find_reviews(found)
    assert [(review.name, review.day) for review in valid] == [("Zîn Ehmed", DAY)]
    assert lapsed == []
    for old, new in (("Yek", "Yêk"), ('msgid "One"', 'msgid "Ones"')):
        changed = parse_po(data.decode().replace(old, new).encode(), "x")
        assert [len(reviews) for reviews in find_reviews(changed.entries[0])] == [0, 1]
        msgid = changed.entries[0].msgid
        again, _ = sign_off(changed, ZIN, DAY, [msgid], [msgid])
        assert [len(reviews) for reviews in find_reviews(again.entries[0])] == [1, 0]


def test_signing_again_changes_nothing_and_another_person_is_added() -> None:
    once, _ = sign_off(ONE, ZIN, DAY, ["One"], ["One"])
    again, _ = sign_off(once, ZIN, date(2027, 1, 1), ["One"], ["One"])
    assert format_po(again) == format_po(once)
    both, _ = sign_off(once, "Azad <azad@example.org>", DAY, ["One"], ["One"])
    assert [review.name for review in find_reviews(both.entries[0])[0]] == ["Zîn Ehmed", "Azad"]


def test_a_review_that_a_person_mistyped_is_none() -> None:
    text = "# Reviewed by Zîn <zin@example.org> on 2026-13-45 (0123456789ab)\n"
    assert find_reviews(catalogue(entry("One", "Yek", text)).entries[0]) == ([], [])


@pytest.mark.parametrize(
    ("said", "check", "values", "meant"),
    [
        ("numbers (27 → 8)", "numbers", "27 → 8", True),
        ("numbers (27 → 8)", "numbers", "27 → 9", False),
        ("numbers", "numbers", "27 → 8", False),
        ("numbers (27 → 8)", "spelling", "27 → 8", False),
        ("english", "english", "", True),
        ("English", "english", "", True),
        ("english (One)", "english", "", False),
        ("brackets (a (b) → c)", "brackets", "a (b) → c", True),
    ],
)
def test_what_is_meant_so_holds_while_the_values_fit(
    said: str, check: str, values: str, *, meant: bool
) -> None:
    [found] = catalogue(entry("One", "One", f"# A word.\n# Meant so: {said}\n")).entries
    assert is_meant(found, check, values) is meant


def test_english_is_meant_only_as_long_as_it_is_the_english() -> None:
    [found] = catalogue(entry("One", "Yek", "# Meant so: english\n")).entries
    assert not is_meant(found, "english")


def test_reviews_survive_the_tools(copy: Copy, tmp_path: Path) -> None:
    assert copy.run(command, "ku", "--reviewer", ZIN) == 0
    before: list[list[Review]] = [find_reviews(e)[0] for e in read_po(copy.po("ku")).entries]
    assert sum(map(len, before)) == 23
    path, template = copy.po("ku"), copy.locales / "letter.pot"
    for tool in (("msgcat", path), ("msgmerge", "-q", path, template), ("msgattrib", path)):
        out = tmp_path / "out.po"
        out.write_bytes(run_gettext(*tool))
        assert [find_reviews(e)[0] for e in read_po(out).entries] == before


def notice(copy: Copy, tag: str) -> str:
    page = copy.client().get(f"/{tag}/").get_data(as_text=True)
    return page.partition('role="note"')[2].partition("</div>")[0]


def test_the_page_tells_who_has_reviewed_it(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    draft = notice(copy, "ku")
    assert "Zîn" not in draft
    anchor = read_letter(copy.letter).messages[1].anchor
    assert copy.run(command, "ku", "--reviewer", ZIN, "--passage", "0", anchor) == 0
    assert "2 texts signed off" in capsys.readouterr().out
    partly = notice(copy, "ku")
    assert "Zîn Ehmed" in partly
    assert "zin@example.org" not in partly
    assert copy.run(command, "ku", "--reviewer", ZIN) == 0
    assert notice(copy, "ku") == "", "there is nothing to warn of"
    assert partly != draft
    copy.edit("ku", "re tên hiştin û cîhan temaşe dike.”", "re tên hiştin.”")
    lapsed = notice(copy, "ku")
    assert "Zîn Ehmed" in lapsed, "the review of the title has lapsed"
    assert re.findall(r"\d+", lapsed.partition("<p>")[2]) == ["6", "5"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("xx", "--reviewer", ZIN), "no catalogue of 'xx'"),
        (("ku", "--reviewer", "nobody"), "is no reviewer"),
        (("ku", "--reviewer", "Zîn <no address>"), "is no reviewer"),
        (("ku", "--reviewer", "FULL NAME <EMAIL@ADDRESS>"), "is no reviewer"),
        (("ku", "--reviewer", "Zîn <EMAIL@ADDRESS>"), "is no reviewer"),
        (("ku", "--reviewer", "A\n#~ <a@example.org>"), "is no reviewer"),
        (("ku", "--reviewer", ZIN, "--passage", "24"), "no passage 24"),
        (("ku", "--reviewer", ZIN, "--passage", KURDS), "isn't finished"),
    ],
)
def test_a_sign_off_that_cannot_be_recorded_changes_nothing(
    copy: Copy, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.edit("ku", 'msgstr "Kurds House"', 'msgstr ""')
    before = copy.po("ku").read_bytes()
    assert copy.run(command, *arguments) == 2
    assert words in capsys.readouterr().err
    assert copy.po("ku").read_bytes() == before


LAST = r'(msgid ""\n"We do not understand[^#]*?msgstr) '
UNFINISHED = (  # what is done to a catalogue, and what is told of the passage
    (LAST + r"[^#]*?\n\n", r'\1 ""\n\n', "isn't translated yet"),
    (LAST, r"#, fuzzy\n\1 ", "is marked fuzzy"),
    (LAST, r'#, fuzzy\n#| msgid "We don’t."\n\1 ', "is of an older text"),
    (LAST + r'""\n"', r'\1 ""\n"https://example.org/ ', "has an error"),
)


@pytest.mark.parametrize("tag", ["ku", "ckb", "ar"])
@pytest.mark.parametrize(("old", "new", "reason"), UNFINISHED)
def test_of_a_letter_with_an_unfinished_passage_the_rest_is_signed(
    copy: Copy, tag: str, old: str, new: str, reason: str
) -> None:
    text, count = re.subn(old, new, copy.po(tag).read_text("utf-8"))
    assert count == 1
    copy.po(tag).write_text(text, "utf-8")
    code, told = run_command(command, copy, tag, "--reviewer", ZIN)
    assert code == 0
    done, left = told.splitlines()
    assert "5 texts and 1" in done
    assert re.fullmatch(rf".*letter\.po:\d+: “.*” isn't signed off: it {reason}.*", left)
    assert copy.read_shelf().editions[tag].reviewed == 4
    before = copy.po(tag).read_bytes()
    assert run_command(command, copy, tag, "--reviewer", ZIN)[1].startswith(done), "and again"
    assert copy.po(tag).read_bytes() == before


def test_where_nothing_is_finished_there_is_nothing_to_sign(copy: Copy) -> None:
    copy.po("ku").write_text(HEADER, "utf-8")
    before = copy.po("ku").read_bytes()
    code, told = run_command(command, copy, "ku", "--reviewer", ZIN)
    assert (code, copy.po("ku").read_bytes()) == (2, before)
    assert "isn't finished" in told
