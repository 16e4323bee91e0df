"""Our marks and other tools: what msgmerge, msgcat and Babel do to them, and what is made again."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as read_with_babel
from babel.messages.pofile import write_po as write_with_babel

from letter.merging.update import update_catalogue
from letter.po.marks import find_reviews, make_digest
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.examples import HEADER, LONG, LONGER, catalogue, entry, template
from tests.tools import run_gettext

HEAD = "We appeal to every government to act now, wherever its embassies are and whatever its ties."
TAIL = "And we ask every reader to write to their representatives before Friday, and once more."
WHOLE = f"{HEAD} {TAIL}"
CHANGED = "Source changed: We appeal to [-every-] {+any+} government to act now, …"
SPLIT = (
    f"Split from: {WHOLE}",
    "Translation of that passage: Hemû werger, ku ew jî têra xwe dirêj e û li du rêzan dabeş dibe.",
)
MINE = "My own question: which hospital is it, and is it still there? Please ask before you go on."
DATE = '"PO-Revision-Date: 2026-11-22 10:00+0000\\n"\n"MIME-Version: 1.0\\n"\n'
MESSAGES = template("One", LONGER, HEAD, TAIL)


def bring(data: bytes) -> bytes:
    """Update; an update after the update changes no byte."""
    made = format_po(update_catalogue(parse_po(data, "letter.po"), MESSAGES)[0])
    again = format_po(update_catalogue(parse_po(made, "letter.po"), MESSAGES)[0])
    assert again == made
    return made


@pytest.fixture
def marked() -> bytes:
    """A catalogue with every mark, among a person's own comments."""
    one = entry("One", "Yek", f"# {MINE}\n# Earlier translation: Yêk\n")
    start = catalogue(one, entry(LONG, "Em.", f"# {MINE}\n"), entry(WHOLE, SPLIT[1][29:]))
    return bring(format_po(start).replace(b'"Content', DATE.encode() + b'"Content', 1))


def read(data: bytes) -> dict[str, Entry]:
    return {e.msgid: e for e in parse_po(data, "letter.po").entries if not e.obsolete}


def check_marks(data: bytes) -> None:
    entries = read(data)
    assert entries["One"].comments == (MINE, "Earlier translation: Yêk")
    assert entries[LONGER].comments == (MINE, CHANGED)
    assert entries[LONGER].previous_msgid == LONG
    assert [entries[msgid].comments for msgid in (HEAD, TAIL)] == [SPLIT, SPLIT]


def format_template() -> bytes:
    entries = tuple(Entry(e.msgid, references=e.references) for e in MESSAGES)
    header = parse_po(HEADER.encode(), "letter.pot").header
    return format_po(PoFile("letter.pot", header, entries))


@pytest.mark.parametrize("options", [[], ["--previous"]])
def test_msgmerge_and_an_update_do_not_undo_each_other(
    marked: bytes, options: list[str], tmp_path: Path
) -> None:
    check_marks(marked)
    path, pot = tmp_path / "letter.po", tmp_path / "letter.pot"
    pot.write_bytes(format_template())
    rounds = [marked]
    for _ in range(2):
        path.write_bytes(rounds[-1])
        rounds.append(bring(run_gettext("msgmerge", "-q", *options, path, pot)))
        check_marks(rounds[-1])
    assert rounds[1] == rounds[2]
    path.write_bytes(rounds[-1])
    assert bring(run_gettext("msgcat", path)) == rounds[-1]


def write_babel(data: bytes) -> bytes:
    """Update a file with Babel, as `pybabel update` does: long comments are wrapped."""
    catalog, out = read_with_babel(io.BytesIO(data), locale="ku"), io.BytesIO()
    catalog.update(read_with_babel(io.BytesIO(format_template())))
    write_with_babel(out, catalog, width=76)
    return out.getvalue()


def test_what_babel_wrapped_and_dropped_is_made_again(marked: bytes) -> None:
    wrapped = write_babel(marked)
    assert b"\n#| " not in wrapped
    entries = read(wrapped)
    assert len(entries[HEAD].comments) > len(SPLIT)
    assert len(entries[LONGER].comments) > 4
    entries = read(bring(wrapped))
    assert entries[LONGER].previous_msgid == LONG
    assert entries[LONGER].comments[-1] == CHANGED
    assert " ".join(entries[LONGER].comments[:-1]) == MINE
    assert [entries[msgid].comments for msgid in (HEAD, TAIL)] == [SPLIT, SPLIT]
    assert read(bring(write_babel(bring(wrapped)))) == entries, "in turns nothing more changes"


def test_marks_that_babel_wrapped_go_when_the_translation_is_finished(marked: bytes) -> None:
    text = write_babel(marked).decode().replace("#, fuzzy\n", "").replace('msgstr ""', 'msgstr "x"')
    entries = read(bring(text.replace('msgstr "x"', 'msgstr ""', 1).encode()))
    assert " ".join(entries[LONGER].comments) == MINE
    assert entries[LONGER].previous_msgid is None
    assert [entries[msgid].comments for msgid in (HEAD, TAIL)] == [(), ()]


@pytest.mark.parametrize("behind", ["", "Our own word.\n# And one more,\n# Reviewed, I think.\n# "])
def test_a_comment_behind_a_mark_is_never_taken_for_the_rest_of_the_mark(behind: str) -> None:
    said = f"# {MINE}\n# {CHANGED}\n# {behind}A word of a person, as long as a line that goes on.\n"
    start = catalogue(entry(LONGER, "Em.", f"{said}#, fuzzy\n"), entry("One", "Yek", said))
    entries = read(bring(format_po(start)))
    comments = start.entries[0].comments
    assert entries[LONGER].comments == comments
    assert entries[LONGER].previous_msgid == LONG
    assert entries["One"].comments == tuple(line for line in comments if line != CHANGED)


def test_a_comment_of_a_person_that_begins_as_a_mark_does_stays() -> None:
    said = ("Source changed: ask Zîn why.", "Changed in English: but how?")
    start = catalogue(entry("One", "Yek", "".join(f"# {line}\n" for line in said)))
    assert read(bring(format_po(start)))["One"].comments == said


def test_marks_of_earlier_versions_are_read_and_replaced() -> None:
    changed = CHANGED.replace("Source changed", "Changed in English")
    split = SPLIT[0].replace("Split from", "Split from an earlier passage"), SPLIT[1]
    told = "".join(f"#. {line}\n" for line in ("A note.", *split))
    wrapped = told.replace(" to every", "\n#. to every").replace(" dirêj", "\n#. dirêj")
    start = catalogue(
        entry(LONGER, "Em.", f"# {MINE}\n#. {changed}\n#, fuzzy\n"),
        entry(HEAD, "", told),
        entry(TAIL, "", wrapped),
        entry("One", "Yek", told),
        f'#~ msgid "{WHOLE}"\n#~ msgstr "{SPLIT[1][29:]}"\n',
    )
    text = bring(format_po(start))
    check_again = read(text)
    assert check_again[LONGER].comments == (MINE, CHANGED)
    assert check_again[LONGER].previous_msgid == LONG
    assert [check_again[msgid].comments for msgid in (HEAD, TAIL, "One")] == [SPLIT, SPLIT, ()]
    assert b"#. " not in text


@pytest.mark.parametrize("lost", [SPLIT, SPLIT[:1], SPLIT[1:]])
def test_a_part_that_lost_its_marks_gets_them_from_the_whole(
    marked: bytes, lost: tuple[str, ...]
) -> None:
    text = marked.decode()
    for line in lost:
        text = text.replace(f"# {line}\n", "")
    assert bring(text.encode()) == marked


@pytest.mark.parametrize("left", SPLIT)
def test_a_part_that_is_not_word_for_word_in_the_whole_is_known_by_a_mark(left: str) -> None:
    gone = f'#~ msgid "{WHOLE}"\n#~ msgstr "{SPLIT[1][29:]}"\n'
    part = f"{HEAD} Now."
    start = catalogue(entry(part, "", f"# {left}\n# {MINE}\n"), gone)
    [found, _] = update_catalogue(start, template(part))[0].entries
    assert found.comments == (MINE, *SPLIT)


def test_what_two_passages_may_have_been_is_not_guessed(marked: bytes) -> None:
    other = f'\n#~ msgid "{HEAD} But do it well."\n#~ msgstr "Din."\n'
    text = marked.decode().replace("".join(f"# {line}\n" for line in SPLIT), "") + other
    entries = read(bring(text.encode()))
    assert entries[HEAD].comments == ()
    assert entries[TAIL].comments == SPLIT


@pytest.mark.parametrize("lost", [f"# {CHANGED}\n", f'#| msgid "{LONG}"\n'])
def test_a_waiting_text_gets_its_mark_from_its_previous_msgid_and_the_other_way_round(
    lost: str,
) -> None:
    start, _ = update_catalogue(catalogue(entry(LONG, "Em.")), template(LONGER))
    text = (
        format_po(start).decode().replace('"\n#| "', "").replace('#| msgid ""\n#| "', '#| msgid "')
    )
    assert lost in text
    waiting = read(bring(text.replace(lost, "").encode()))[LONGER]
    assert waiting.comments == (CHANGED,)
    assert waiting.previous_msgid == LONG


def test_a_mark_that_another_tool_put_under_another_message_goes() -> None:
    """As msgmerge does without --previous, where the English changed once more."""
    last = LONGER.replace("now", "today")
    start = catalogue(entry(last, "Em.", f"# {MINE}\n# {CHANGED}\n#, fuzzy\n"))
    result, _ = update_catalogue(start, template(last))
    assert result.entries[0].comments == (MINE,)
    assert result.entries[0].previous_msgid is None
    assert result.entries[0].fuzzy


def test_a_mark_of_a_message_with_a_hard_line_break_stays_and_is_joined() -> None:
    old, new = LONG.replace(", ", "\n"), LONGER.replace(", ", "\n")
    start, _ = update_catalogue(PoFile("letter.po", entries=(Entry(old, ("Em.",)),)), template(new))
    [waiting] = start.entries
    lost = replace(waiting, previous_msgid=None)
    [same] = update_catalogue(replace(start, entries=(lost,)), template(new))[0].entries
    assert same.comments == waiting.comments
    assert same.previous_msgid is None


def test_a_review_in_a_wrapped_comment_is_still_one(marked: bytes) -> None:
    one = read(marked)["One"]
    review = "Reviewed by Zîn Ehmed of the Kurds House in Amûdê <zin@example.org> on 2026-11-22"
    text = marked.decode().replace(f"# {MINE}\n", f"# {review} ({make_digest(one)})\n", 1)
    assert len(find_reviews(read(bring(write_babel(text.encode())))["One"])[0]) == 1
