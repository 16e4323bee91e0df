"""Files of which nobody knows the version they started from decide nothing that they can't know."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.languages.folders import INTERFACE
from letter.merging.entry_merge import NOTHING_TAKEN
from letter.merging.sent_files import receive_catalogue
from letter.po.model import Entry
from letter.po.reader import read_po
from letter.po.untranslated import Worth, measure_worth
from scripts import add_language, receive
from tests.conftest import Copy
from tests.merging.examples import LONG, catalogue, entry, run_command
from tests.merging.sending import BETTER, OTHER, TITLE, send

ENGLISH = "“We are being left to die as the world watches.”"
LINE = f'msgid "{ENGLISH}"\n'
ALICE, BOB, CAROL = "“Alice.”", "“Bob.”", "“Carol.”"


def read_title(copy: Copy, folder: str = "ku") -> Entry:
    return next(e for e in read_po(copy.po(folder)).entries if e.msgid == ENGLISH)


def withdraw(copy: Copy, title: str = TITLE) -> None:
    copy.edit("ku", f'{LINE}msgstr "{TITLE}"', f'#, fuzzy\n{LINE}msgstr "{title}"')


def test_a_withdrawn_text_is_not_published_by_a_file_that_still_has_it(copy: Copy) -> None:
    sent = copy.letter.parent / "old.po"
    sent.write_bytes(copy.po("ku").read_bytes())
    withdraw(copy)
    before = copy.po("ku").read_bytes()
    for _ in range(2):
        code, told = run_command(receive, copy, str(sent))
        assert (code, "1 unsure" in told, "in no git repository" in told) == (1, True, True), told
        assert copy.po("ku").read_bytes() == before


def test_another_text_in_place_of_a_withdrawn_one_waits_beside_it(copy: Copy) -> None:
    sent = send(copy, TITLE, BETTER)
    withdraw(copy)
    code, told = run_command(receive, copy, sent, "--dry-run")
    assert (code, "1 conflict" in told, "in no git repository" in told) == (1, True, True), told
    assert f"- \u2068{TITLE}\u2069\n# \u2068Another translation: {BETTER}\u2069\n" in told
    assert run_command(receive, copy, sent)[0] == 1
    title = read_title(copy)
    assert (title.fuzzy, title.msgstr) == (True, (TITLE,))
    assert title.comments == (f"Another translation: {BETTER}",)


@pytest.fixture
def french(copy: Copy) -> dict[str, str]:
    """Files of three people who translated a new language's title, each in another way."""
    assert run_command(add_language, copy, "fr")[0] == 0
    line = f'{LINE}msgstr "'
    return {
        title: send(copy, f'{line}"', f'{line}{title}"', "fr", f"{n}.po")
        for n, title in enumerate((ALICE, BOB, CAROL))
    }


@pytest.mark.parametrize("at_once", [False, True])
def test_a_conflict_waits_for_a_person_however_often_a_file_comes(
    copy: Copy, french: dict[str, str], *, at_once: bool
) -> None:
    order = (ALICE, BOB, BOB, ALICE, CAROL, BOB)
    runs = [order] if at_once else [(title,) for title in order]
    told = [run_command(receive, copy, *(french[title] for title in run)) for run in runs]
    said = [
        line
        for _, text in told
        for line in text.split("\n")
        if "fr/LC_MESSAGES/letter.po: " in line
    ]
    words = ("1 taken", "1 conflict", "nothing new", "1 unsure", "1 conflict", "nothing new")
    assert all(word in line for word, line in zip(words, said, strict=True)), said
    title = read_title(copy, "fr")
    assert (title.fuzzy, title.msgstr) == (True, (ALICE,))
    assert title.comments == (f"Another translation: {BOB}", f"Another translation: {CAROL}")


@pytest.mark.parametrize(
    ("msgid", "msgstr", "word"),
    [
        (f"#, fuzzy\n{LINE}", TITLE, "1 unsure"),
        (LINE, "", "1 kept"),
        (LINE, ENGLISH, "1 copied"),
        (LINE.replace("“", '\\"').replace("”", '\\"'), ENGLISH, "1 copied"),
    ],
)
def test_what_a_file_has_less_of_is_told(copy: Copy, msgid: str, msgstr: str, word: str) -> None:
    before = copy.po("ku").read_bytes()
    sent = send(copy, f'{LINE}msgstr "{TITLE}"', f'{msgid}msgstr "{msgstr}"')
    code, told = run_command(receive, copy, sent)
    assert (code, word in told, "in no git repository" in told) == (1, True, True), told
    assert copy.po("ku").read_bytes() == before


@pytest.mark.parametrize(("fill", "word"), [("", "kept"), ("=", "copied")])
def test_a_file_that_has_lost_nearly_all_is_told_though_it_shows_no_base(
    repository: Copy, fill: str, word: str
) -> None:
    path, page = repository.letter.parent / "x.po", repository.po("ku").with_name(INTERFACE.name)
    head, *entries = page.read_text(encoding="utf-8").split("\n\n")
    before, lost = page.read_bytes(), []
    for number, message in enumerate(entries):
        if "msgid_plural" in message or "#~" in message:
            continue
        start, msgid, rest = message.partition("msgid ")
        english, _, _ = rest.partition("\nmsgstr ")
        text = english if fill else '""'
        lost.append(f"{start}{msgid}{english}\nmsgstr {text}\n" if number > 1 else message)
    path.write_text("\n\n".join([head, *lost]), encoding="utf-8")
    code, told = run_command(receive, repository, str(path))
    assert (code, f" {word}" in told, "more: " in told) == (1, True, True), told
    assert "those of no version in git" in told
    assert page.read_bytes() == before


@pytest.mark.parametrize("date", ["2026-11-25 12:00+0100", "YEAR-MO-DA HO:MI+ZONE"])
@pytest.mark.parametrize("folder", ["tr", "ku"])
def test_a_file_that_was_begun_from_the_template_has_lost_nothing(
    repository: Copy, folder: str, date: str
) -> None:
    path = repository.letter.parent / "x.po"
    text = (repository.locales / "interface.pot").read_text(encoding="utf-8")
    if folder == "ku":  # of both kinds, as once
        template = (repository.locales / "letter.pot").read_text(encoding="utf-8")
        text += "\n" + template.partition("\n\n")[2]
    text = text.replace('"Language: ', f'"Language: {folder}').replace(
        "#, fuzzy\nmsgid", "msgid", 1
    )
    text = text.replace("YEAR-MO-DA HO:MI+ZONE", date)
    text = text.replace('"Contact"\nmsgstr "', '"Contact"\nmsgstr "Xyz')
    path.write_text(text, encoding="utf-8")
    told = run_command(receive, repository, str(path))[1]
    assert "1 conflict" in told
    assert "kept" not in told, told


def test_a_part_of_a_file_has_lost_nothing(copy: Copy) -> None:
    sent = Path(send(copy, TITLE, TITLE))
    head, title, *_ = sent.read_text(encoding="utf-8").split("\n\n")
    sent.write_text(f"{head}\n\n{title}\n", encoding="utf-8")
    code, told = run_command(receive, copy, str(sent))
    assert (code, "nothing new" in told) == (0, True), told


def test_what_is_no_longer_open_is_compared_as_ever(copy: Copy) -> None:
    sent = send(copy, TITLE, BETTER)
    copy.edit("ku", TITLE, OTHER)
    for code in (1, 0):
        assert run_command(receive, copy, sent)[0] == code
        assert read_title(copy).comments == (f"Another translation: {BETTER}",)
    text = copy.po("ku").read_text(encoding="utf-8")
    text = text.replace(f"# Another translation: {BETTER}\n", "").replace(f"#, fuzzy\n{LINE}", LINE)
    copy.po("ku").write_text(text, encoding="utf-8")
    assert run_command(receive, copy, sent)[0] == 1, "nobody knows that a person has chosen"


MARKS = st.sampled_from(["", "#, fuzzy\n", f'#, fuzzy\n#| msgid "{LONG}"\n'])
TEXTS = st.sampled_from(["", "A.", "B.", "C.", "One", "Two"])
SIDES = st.tuples(st.tuples(TEXTS, MARKS), st.tuples(TEXTS, MARKS))


@given(SIDES, st.lists(SIDES, min_size=1, max_size=3))
def test_however_often_files_come_they_decide_nothing(
    here: tuple[tuple[str, str], ...], files: list[tuple[tuple[str, str], ...]]
) -> None:
    """What was withdrawn stays so, each text is in its entry, and a file is new but once."""
    current, *sent = (
        catalogue(*(entry(msgid, *said) for msgid, said in zip(("One", "Two"), side, strict=True)))
        for side in (here, *files)
    )
    merged = current
    for po in (*sent, *sent):
        before = merged
        merged, _ = receive_catalogue(merged, po, None)
        again, outcomes = receive_catalogue(merged, po, None)
        assert again == merged
        assert {each.verdict for each in outcomes} <= set(NOTHING_TAKEN)
        for was, now, said in zip(before.entries, merged.entries, po.entries, strict=True):
            if was.fuzzy and was.previous_msgid is None and measure_worth(was) is Worth.WHOLE:
                assert (now.fuzzy, now.msgstr) == (True, was.msgstr)
            if measure_worth(said) is Worth.WHOLE:
                assert said.msgstr[0] in " ".join((*now.msgstr, *now.comments))


def test_a_choice_that_was_made_here_is_not_undone_by_a_file_of_any_age() -> None:
    chosen = catalogue(entry(LONG, "Alice."))
    old = catalogue(entry(LONG, "Alice.", "# Another translation: Bob.\n#, fuzzy\n"))
    merged = receive_catalogue(chosen, old, None)[0].entries[0]
    assert (merged.fuzzy, merged.msgstr) == (False, ("Alice.",))
