"""Bringing a catalogue up to a changed letter: what stays, what waits, and that nothing is lost."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.merging.update import Update, update_catalogue
from letter.po.marks import strip_marks
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po
from scripts import update as command
from tests.merging.examples import HEADER, LONG, LONGER, catalogue, entry, template


def update(
    po: PoFile, messages: Sequence[Entry], *, minor: bool = False, check: bool = True
) -> tuple[dict[str, Entry], Update, str]:
    """Update, check that msgfmt takes the result, and give entries, report and text."""
    result, report = update_catalogue(po, messages, minor=minor)
    data = format_po(result)
    if check and shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "-o", "/dev/null", "-"], input=data, check=True)
    result = parse_po(data, "letter.po")
    again, _ = update_catalogue(result, messages, minor=minor)
    assert format_po(again) == data, "a second update changes nothing"
    return {e.msgid: e for e in result.entries if not e.obsolete}, report, data.decode()


@pytest.mark.parametrize("minor", [False, True])
def test_a_changed_message_waits_with_its_translation_and_the_changed_words(*, minor: bool) -> None:
    po = catalogue(entry(LONG, "Em bang dikin."))
    entries, report, text = update(po, template(LONGER), minor=minor)
    changed = "We appeal to [-every-] {+any+} government to act now, …"
    assert entries[LONGER].fuzzy
    assert entries[LONGER].msgstr == ("Em bang dikin.",)
    assert entries[LONGER].previous_msgid == LONG
    assert f"# Source changed: {changed}\n" in text
    assert report.outdated == [{"msgid": LONGER, "changed": changed}]
    assert report.words_to_do == len(LONGER.split())
    assert not report.corrected


def test_marks_go_when_the_translator_clears_fuzzy() -> None:
    po, _ = update_catalogue(catalogue(entry(LONG, "Em bang dikin.")), template(LONGER))
    text = format_po(po).decode().replace("#, fuzzy\n", "").replace("Em bang", "Em gazî")
    entries, _, text = update(parse_po(text.encode(), "letter.po"), template(LONGER))
    assert entries[LONGER].msgstr == ("Em gazî dikin.",)
    assert entries[LONGER].previous_msgid is None
    assert "Source changed" not in text


def test_a_second_change_still_compares_with_what_the_translation_was_made_from() -> None:
    po, _ = update_catalogue(catalogue(entry(LONG, "Em bang dikin.")), template(LONGER))
    last = LONGER.replace("now", "today")
    entries, report, _ = update(po, template(last))
    assert entries[last].previous_msgid == LONG
    assert "[-every-] {+any+}" in report.outdated[0]["changed"]
    assert "[-now,-] {+today,+}" in report.outdated[0]["changed"]


def test_a_message_that_returns_is_revived_as_it_was() -> None:
    start = catalogue(entry("One", "Yek"), entry(LONG, "Em bang dikin.", "# a comment\n"))
    po, _ = update_catalogue(start, template("One"))
    entries, report, text = update(po, template("One", LONG))
    assert entries[LONG].msgstr == ("Em bang dikin.",)
    assert not entries[LONG].fuzzy
    assert entries[LONG].comments == ("a comment",)
    assert report.revived == [LONG]
    assert "#~" not in text


REVIEW = "# Reviewed by Zîn <zin@example.org> on 2026-11-22 (0123456789ab)\n"


def test_a_text_that_waits_is_in_the_file_once_with_all_that_was_said_of_it() -> None:
    start = catalogue(entry(LONG, "Em bang dikin.", f"# mine\n{REVIEW}"))
    _, _, text = update(start, template(LONGER))
    assert "#~" not in text
    for said in ("Em bang dikin.", "# mine", REVIEW.strip()):
        assert text.count(said) == 1


OBSOLETE = f'#~ msgid "{LONG}"\n#~ msgstr "Em bang dikin."\n'


@pytest.mark.parametrize(
    ("obsolete", "stays"),
    [
        (OBSOLETE, False),
        (f"# mine\n{OBSOLETE}", False),
        (f"# another comment\n{OBSOLETE}", True),
        (OBSOLETE.replace("dikin", "dikin!"), True),
        (OBSOLETE.replace("every", "each"), True),
        (OBSOLETE.replace("#~ msgid", '#~ msgctxt "title"\n#~ msgid'), True),
    ],
)
def test_an_obsolete_copy_goes_only_where_all_of_it_stands_elsewhere(
    obsolete: str, *, stays: bool
) -> None:
    po, _ = update_catalogue(catalogue(entry(LONG, "Em bang dikin.", "# mine\n")), template(LONGER))
    text = f"{format_po(po).decode()}\n{obsolete}"
    _, _, now = update(parse_po(text.encode(), "letter.po"), template(LONGER))
    assert now == (text if stays else format_po(po).decode())


def test_a_copy_that_waits_among_the_obsolete_goes_when_its_english_returns_finished() -> None:
    gone = f'#, fuzzy\n#~| msgid "{LONG}"\n#~ msgid "{LONGER}"\n#~ msgstr "Em."\n'
    _, _, text = update(catalogue(entry(LONG, "Em."), gone), template(LONG))
    assert "#~" not in text
    _, _, text = update(catalogue(entry(LONG, "Em!"), gone), template(LONG))
    assert '#~ msgstr "Em."' in text


def test_a_text_that_waits_for_its_own_english_waits_without_that_english() -> None:
    said = f'# mine\n# Source changed: [-We-] {{+You+}} appeal\n#, fuzzy\n#| msgid "{LONG}"\n'
    entries, _, text = update(catalogue(entry(LONG, "Em.", said)), template(LONG))
    assert entries[LONG].fuzzy
    assert entries[LONG].comments == ("mine",)
    assert "#|" not in text


def test_what_the_template_lacks_becomes_obsolete_and_is_not_lost() -> None:
    """Also a message that never was in it: Weblate's merges leave such ones active."""
    stray, gone = entry("Stray", "Winda"), entry("Gone with the wind", "Çû", "# mine\n")
    entries, report, text = update(catalogue(stray, entry("One", "Yek"), gone), template("One"))
    assert list(entries) == ["One"]
    assert report.gone == ["Stray", "Gone with the wind"]
    assert '#~ msgstr "Winda"' in text
    assert '# mine\n#~ msgid "Gone with the wind"\n#~ msgstr "Çû"\n' in text


def test_new_and_unrelated_text_stays_empty() -> None:
    new = "Write to your parliament today."
    entries, report, _ = update(catalogue(entry(LONG, "Em bang dikin.")), template(LONG, new))
    assert entries[new].msgstr == ("",)
    assert report.new == [new]
    assert report.kept == 1


def test_an_entry_that_is_there_but_empty_can_still_be_matched() -> None:
    po = catalogue(entry(LONG, "Em bang dikin."), entry(LONGER, "", "# keep me\n"))
    entries, _, _ = update(po, template(LONGER))
    assert entries[LONGER].msgstr == ("Em bang dikin.",)
    assert strip_marks(entries[LONGER].comments) == ("keep me",)
    assert entries[LONGER].fuzzy


HEAD = "We appeal to every government to act now."
TAIL = "And we ask every reader to write to their representatives before Friday."


def test_no_half_of_a_split_passage_gets_the_whole_translation() -> None:
    whole = f"{HEAD} {TAIL}"
    entries, report, text = update(catalogue(entry(whole, "Hemû werger.")), template(HEAD, TAIL))
    for half in (HEAD, TAIL):
        assert entries[half].msgstr == ("",)
        assert entries[half].comments == (
            f"Split from: {whole}",
            "Translation of that passage: Hemû werger.",
        )
    assert report.split == [{"msgid": half, "from": whole} for half in (HEAD, TAIL)]
    assert report.new == []
    assert '#~ msgstr "Hemû werger."' in text, "the whole is kept once, obsolete"
    assert text.count('"Hemû werger."') == 1


def test_a_split_that_is_taken_back_has_its_translation_again() -> None:
    whole = f"{HEAD} {TAIL}"
    po, _ = update_catalogue(catalogue(entry(whole, "Hemû.", "# mine\n")), template(HEAD, TAIL))
    entries, report, text = update(po, template(whole))
    assert (entries[whole].msgstr, entries[whole].flags) == (("Hemû.",), ())
    assert entries[whole].comments == ("mine",)
    assert report.revived == [whole]
    assert "#~" not in text
    assert "Split from" not in text


def test_merged_passages_bring_both_translations_and_keep_each_for_a_way_back() -> None:
    whole = f"{HEAD} {TAIL}"
    start = catalogue(entry(HEAD, "Serî.", "# one\n"), entry(TAIL, "Dûv.", "# two\n"))
    po, _ = update_catalogue(start, template(whole))
    entries, _, text = update(start, template(whole))
    assert entries[whole].msgstr == ("Serî. Dûv.",)
    assert entries[whole].fuzzy
    assert [text.count(f'#~ msgstr "{part}"') for part in ("Serî.", "Dûv.")] == [1, 1]
    entries, _, text = update(po, template(HEAD, TAIL))
    assert [(e.msgstr, e.fuzzy) for e in entries.values()] == [
        (("Serî.",), False),
        (("Dûv.",), False),
    ]
    assert [e.comments for e in entries.values()] == [("one",), ("two",)]


def test_a_minor_correction_keeps_the_translation_finished_and_is_named() -> None:
    messages = [Entry(LONG, msgctxt="title")]
    old = LONG.replace("government", "goverment")
    entries, report, _ = update(catalogue(entry(old, "Em bang dikin.")), messages, minor=True)
    assert not entries[LONG].fuzzy
    assert entries[LONG].msgctxt == "title"
    assert entries[LONG].msgstr == ("Em bang dikin.",)
    changed = "We appeal to every [-goverment-] {+government+} to act now, and …"
    assert report.corrected == [{"msgid": LONG, "changed": changed}]


def test_entries_stand_in_the_order_of_the_letter_and_keep_their_bytes() -> None:
    one, two = entry("One", 'Yek"\n"! ', "# eins\n#, no-wrap\n"), entry("Two", "Du")
    po = catalogue(two, one)
    result, _ = update_catalogue(po, [Entry("One"), Entry("Two")])
    text = format_po(result).decode()
    assert text == "\n".join([HEADER, one, two])


def test_notes_and_format_flags_follow_the_template_and_other_flags_stay() -> None:
    new = Entry("One", extracted=("A note.",), references=("a.html",), flags=("python-format",))
    before = entry("One", "Yek", "#. Old\n#: b.html\n#, c-format, my-flag\n")
    entries, _, _ = update(catalogue(before), [new])
    found = entries["One"]
    assert (found.extracted, found.references) == (new.extracted, new.references)
    assert found.flags == ("my-flag", "python-format")


@pytest.mark.parametrize("text", ["%(n)s roj", ""])
def test_a_singular_that_becomes_a_plural_waits_with_all_its_forms(text: str) -> None:
    plural = Entry("%(n)s day", ("", ""), msgid_plural="%(n)s days", flags=("python-format",))
    entries, _, _ = update(catalogue(entry("%(n)s day", text)), [plural])
    found = entries["%(n)s day"]
    assert found.msgstr == (text, text)
    assert found.fuzzy is bool(text)


def test_a_plural_form_that_has_no_more_room_is_kept_as_a_comment() -> None:
    plural = 'msgid "Days"\nmsgid_plural "%(n)s days"\nmsgstr[0] "roj"\nmsgstr[1] "rojan"\n'
    entries, _, _ = update(catalogue(plural), template("Days"))
    assert entries["Days"].msgstr == ("roj",)
    assert strip_marks(entries["Days"].comments) == ("Earlier translation: roj / rojan",)


def test_a_changed_plural_of_a_waiting_message_is_shown_in_its_words() -> None:
    waiting = catalogue(
        '#, fuzzy\n#| msgid "%(n)s day"\n#| msgid_plural "%(n)s day"\n'
        'msgid "%(n)s day"\nmsgid_plural "%(n)s dayes"\nmsgstr[0] "roj"\nmsgstr[1] "roj"\n'
    )
    plural = Entry("%(n)s day", ("", ""), msgid_plural="%(n)s days")
    _, report, _ = update(waiting, [plural], check=False)
    assert report.outdated == [{"msgid": "%(n)s day", "changed": "%(n)s [-day-] {+days+}"}]


def test_the_real_catalogues_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[tag]["words_to_do"] for tag in ("ar", "ckb", "ku")] == [0, 0, 0]


KINDS: dict[str, dict[str, Any]] = {
    "finished": {},
    "fuzzy": {"flags": ("fuzzy",)},
    "empty": {"msgstr": ("",)},
    "obsolete": {"obsolete": True},
}
words = st.sampled_from(["the", "bombs", "of", "Aleppo", "people", "killed", "and", "we", "not"])
texts = st.lists(words, min_size=1, max_size=9).map(" ".join)


@given(
    old=st.dictionaries(texts, st.sampled_from(list(KINDS)), min_size=1, max_size=7),
    new=st.lists(texts, min_size=1, max_size=7, unique=True),
)
def test_no_translation_is_ever_lost(old: dict[str, str], new: list[str]) -> None:
    """Whatever the letter becomes, each translated text is still in the file, active or not."""
    before = [
        replace(Entry(msgid, (f"T{n}.",), comments=(f"by translator {n}",)), **KINDS[kind])
        for n, (msgid, kind) in enumerate(old.items())
    ]
    found, _, text = update(PoFile("letter.po", entries=tuple(before)), template(*new), check=False)
    assert list(found) == new
    for known in before:
        assert known.msgstr[0] in text
        assert known.comments[0] in text
        if old[known.msgid] == "finished" and known.msgid in found:
            assert found[known.msgid].msgstr == known.msgstr
            assert not found[known.msgid].fuzzy
    for msgid, now in found.items():
        if not now.fuzzy and now.msgstr != ("",):
            assert now.msgstr in {e.msgstr for e in before if e.msgid == msgid}


def test_an_unchanged_file_of_any_form_keeps_every_byte() -> None:
    """CRLF, a BOM, foreign headers, odd wrapping, a comment twice, an obsolete entry in between."""
    text = "\ufeff" + HEADER + '"X-Poedit-Basepath: .\\n"\n\n#~ msgid "Old"\n#~ msgstr "Kevn"\n\n'
    text += '# Mine.\n#\n# Mine.\n#\n#: letter/letter.md\nmsgid "On"\n"e"\nmsgstr "Ye"\n"k"'
    data = text.replace("\n", "\r\n").encode()
    result, _ = update_catalogue(parse_po(data, "letter.po"), template("One"))
    assert format_po(result) == data


def test_a_message_that_is_there_twice_is_one_again_and_both_texts_are_kept() -> None:
    """As `pybabel update` leaves a message that returned: active and obsolete."""
    twice = catalogue(entry("One", "Yek"), '#~ msgid "One"\n#~ msgstr "Yêk"\n')
    entries, _, text = update(twice, template("One"))
    assert entries["One"].msgstr == ("Yek",)
    assert entries["One"].comments == ("Earlier translation: Yêk",)
    assert "#~" not in text
