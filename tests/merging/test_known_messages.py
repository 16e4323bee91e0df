"""Messages that are found again although their msgid isn't the same to the byte."""

import unicodedata
from datetime import date

import pytest

from letter.merging.three_way import reconcile_catalogues
from letter.merging.update import update_catalogue
from letter.po.marks import find_reviews, sign_off
from letter.po.model import Entry
from letter.source.words import fold_text
from tests.merging.examples import LONG, LONGER, catalogue, entry, template
from tests.merging.test_update import update

CURLY = "The Café’s people said: “we\u00a0stay”, and the world’s leaders left."
DAY = date(2026, 11, 22)
FORMS = {
    "straight quotes": CURLY.replace("’", "'").replace("“", '\\"').replace("”", '\\"'),
    "low quotes": CURLY.replace("“", "„").replace("”", "“"),
    "decomposed letters": unicodedata.normalize("NFD", CURLY),
    "other spaces": f" {CURLY} ".replace("\u00a0", "  ").replace("people", "people\u202f"),
    "invisible characters": CURLY.replace("leaders", "lea\u00adders\u200b").replace("T", "\ufeffT"),
}
OTHER_FORMS = {
    "a hard line break": CURLY.replace(": ", ":\\n"),
    "angle quotes": CURLY.replace("“", "«").replace("”", "»"),
    "a letter": CURLY.replace("é", "e"),
    "a capital": CURLY.replace("leaders", "Leaders"),
    "a dash": CURLY.replace(":", " –"),
}


def write_plural(msgid: str) -> str:
    return (
        f'msgctxt "title"\nmsgid "{msgid}"\nmsgid_plural "{msgid}"\n'
        'msgstr[0] "yek"\nmsgstr[1] "pir"\n'
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_meaning_free_difference_leaves_a_translation_finished(form: str) -> None:
    start, _ = sign_off(
        catalogue(entry(FORMS[form], "Em dimînin.", "# mine\n")),
        "Zîn Ehmed <zin@example.org>",
        DAY,
        [msgid := catalogue(entry(FORMS[form], "")).entries[0].msgid],
        [msgid],
    )
    entries, report, text = update(start, template("One", CURLY))
    assert entries[CURLY].msgstr == ("Em dimînin.",)
    assert (entries[CURLY].flags, entries[CURLY].previous_msgid) == ((), None)
    assert len(find_reviews(entries[CURLY])[0]) == 1, "the review holds"
    assert [message["msgid"] for message in report.corrected] == [CURLY]
    assert (report.outdated, report.kept, report.gone) == ([], 0, [])
    assert "#~" not in text
    assert "# mine\n" in text


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_every_other_difference_is_a_change(form: str) -> None:
    entries, report, _ = update(catalogue(entry(OTHER_FORMS[form], "Em.")), template(CURLY))
    assert entries[CURLY].fuzzy
    assert not report.corrected
    assert len(report.outdated) == 1


@pytest.mark.parametrize("form", FORMS)
def test_plurals_contexts_and_obsolete_entries_are_found_alike(form: str) -> None:
    plural = Entry(CURLY, ("", ""), "title", CURLY)
    entries, _, _ = update(catalogue(write_plural(FORMS[form])), [plural])
    assert entries[CURLY].msgstr == ("yek", "pir")
    assert not entries[CURLY].fuzzy
    gone = "".join(f"#~ {line}\n" for line in entry(FORMS[form], "Em.").splitlines())
    entries, report, text = update(catalogue(gone), template(CURLY))
    assert entries[CURLY].msgstr == ("Em.",)
    assert report.revived == [CURLY]
    assert "#~" not in text


def test_a_translation_is_found_beside_the_empty_entry_that_another_tool_has_made() -> None:
    """As msgmerge leaves a file: the message of the template, empty, and the other obsolete."""
    straight = entry(FORMS["straight quotes"], "Em.", "# mine\n")
    for other in (straight, straight.replace("msg", "#~ msg")):
        start = catalogue(entry(CURLY, "", "# of the empty\n"), other)
        entries, _, text = update(start, template(CURLY))
        assert entries[CURLY].msgstr == ("Em.",)
        assert set(entries[CURLY].comments) == {"mine", "of the empty"}
        assert "#~" not in text


def test_what_has_a_text_of_its_own_keeps_it() -> None:
    other = entry(FORMS["straight quotes"], "Ya din.")
    entries, report, text = update(catalogue(entry(CURLY, "Em."), other), template(CURLY))
    assert entries[CURLY].msgstr == ("Em.",)
    assert '#~ msgstr "Ya din."' in text
    assert len(report.gone) == 1
    older = other.replace("msg", "#~ msg").replace(FORMS["straight quotes"], CURLY)
    now = entry(FORMS["low quotes"], "Em.")
    entries, _, text = update(catalogue(now, older), template(CURLY))
    assert entries[CURLY].msgstr == ("Em.",)
    assert entries[CURLY].comments == ("Earlier translation: Ya din.",)


def test_of_entries_that_fold_alike_a_text_comes_before_none_and_the_active_one_before() -> None:
    straight, low = FORMS["straight quotes"], FORMS["low quotes"]
    gone = entry(low, "Em.").replace("msg", "#~ msg")
    entries, _, text = update(catalogue(entry(straight, "", "# mine\n"), gone), template(CURLY))
    assert entries[CURLY].msgstr == ("Em.",)
    assert "# mine" in text
    for order in (1, -1):
        both = [entry(straight, "Niha."), gone][::order]
        entries, _, text = update(catalogue(*both), template(CURLY))
        assert entries[CURLY].msgstr == ("Niha.",)
        assert '#~ msgstr "Em."' in text


def test_of_two_messages_that_fold_alike_only_the_exact_one_is_known() -> None:
    straight, low = FORMS["straight quotes"], FORMS["low quotes"]
    messages = template(CURLY, straight.replace("\\", ""))
    entries, report, _ = update(catalogue(entry(straight, "Em.")), messages)
    assert [(e.msgstr, e.fuzzy) for e in entries.values()] == [(("",), False), (("Em.",), False)]
    assert not report.corrected
    entries, report, _ = update(catalogue(entry(low, "Em.")), messages)
    assert sorted((e.msgstr, e.fuzzy) for e in entries.values()) == [
        (("",), False),
        (("Em.",), True),
    ]
    assert not report.corrected


@pytest.mark.parametrize("form", FORMS)
def test_a_file_whose_editor_changed_the_msgids_brings_its_texts(form: str) -> None:
    """Seven entries of one letter became fuzzy by this; a text that differs by NFD is the same."""
    base = catalogue(entry(CURLY, "Em."), entry("One", "Yek"))
    sent = catalogue(entry(FORMS[form], "Em dimînin."), entry("One", "Yek"))
    merged, outcomes = reconcile_catalogues(base, base, sent)
    assert [(e.msgid, e.msgstr, e.flags) for e in merged.entries] == [
        (CURLY, ("Em dimînin.",), ()),
        ("One", ("Yek",), ()),
    ]
    assert [outcome.msgid for outcome in outcomes] == [CURLY]


def test_a_waiting_text_whose_english_returns_waits_without_the_english_of_before() -> None:
    """Whether the text was touched or withdrawn meanwhile nobody knows: a person confirms it."""
    start = catalogue(entry("One", "Yek"), entry(LONG, "Em.", "# mine\n"))
    po, _ = update_catalogue(start, template("One", LONGER))
    entries, report, text = update(po, template("One", LONG))
    assert entries[LONG] == Entry(
        LONG, ("Em.",), comments=("mine",), references=("letter/letter.md",), flags=("fuzzy",)
    )
    assert report.revived == [LONG]
    assert text.count("Em.") == 1


def test_fold_text_is_stable() -> None:
    for text in (*FORMS.values(), *OTHER_FORMS.values()):
        assert fold_text(fold_text(text)) == fold_text(text)
