"""Which messages the merge of two branches has, and in which order."""

import pytest

from letter.merging.message_order import merge_message_order
from letter.merging.update import update_catalogue
from letter.po.model import Entry, PoFile
from tests.merging.examples import LONG, LONGER, catalogue, entry, template


def make_file(letters: str, who: str) -> PoFile:
    """A file with a message for each letter; those after a `~` are obsolete."""
    active, _, obsolete = letters.partition("~")
    entries = [Entry(letter, references=(who,)) for letter in active]
    entries += [Entry(letter, references=(who,), obsolete=True) for letter in obsolete]
    return PoFile("letter.po", entries=tuple(entries))


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "acx", "abc", "acx"),  # ours alone changed
        ("abc", "abc", "cbx", "cbx"),  # theirs alone changed
        ("abc", "abx", "ayc", "ayx"),  # each dropped one and added one
        ("abc", "abcx", "abcy", "abcyx"),  # both added at the end
        ("abc", "abcx", "yabc", "yabcx"),
        ("abc", "xabc", "abyzc", "xabyzc"),  # neighbours stay neighbours
        ("abc", "bcx", "aybc", "ybcx"),  # behind a message that ours dropped
        ("abc", "abcn", "anbc", "abcn"),  # both added the same one
        ("abc", "cba", "abcy", "cyba"),  # ours moved, theirs added
        ("abc", "cab", "bac", "cab"),  # both moved: ours
        ("abc", "", "abcy", "y"),
        ("", "ab", "cb", "cab"),  # both added the file
        ("a~z", "az", "ab~z", "abz"),  # obsolete messages don't count
        ("ab", "a~b", "abc", "ac"),
    ],
)
def test_what_either_side_dropped_is_dropped_and_what_either_added_is_added(
    base: str, ours: str, theirs: str, merged: str
) -> None:
    files = (make_file(base, "base"), make_file(ours, "ours"), make_file(theirs, "theirs"))
    assert "".join(entry.msgid for entry in merge_message_order(*files)) == merged


@pytest.mark.parametrize(("ours", "theirs"), [("ax", "yax"), ("a", "a")])
def test_a_message_of_both_is_given_as_ours_has_it(ours: str, theirs: str) -> None:
    files = (make_file("a", "base"), make_file(ours, "ours"), make_file(theirs, "theirs"))
    found = {entry.msgid: entry.references for entry in merge_message_order(*files)}
    assert found == {m: ("ours" if m in ours else "theirs",) for m in {*ours, *theirs}}


OLD = catalogue(entry("One", "Yek"), entry(LONG, "Em."), entry("More", "Zêde"), entry("New", ""))


@pytest.mark.parametrize(
    ("side", "messages"),
    [
        # Out of the file without a trace: an editor's or a platform's loss.
        (catalogue(entry("One", "Yek"), entry("More", "Zêde")), ["One", LONG, "More"]),
        (catalogue(entry(LONG, "Em."), entry("Fresh", "")), ["One", LONG, "More", "Fresh"]),
        # Out of the letter, or changed there.
        (update_catalogue(OLD, template("One", "More"))[0], ["One", "More"]),
        (update_catalogue(OLD, template("One", LONGER, "More"))[0], ["One", LONGER, "More"]),
        (
            catalogue(entry("One", "Yek"), entry(LONGER, "Em!"), entry("More", "Z")),
            ["One", LONGER, "More"],
        ),
    ],
)
def test_a_translated_message_that_a_side_has_lost_is_not_dropped(
    side: PoFile, messages: list[str]
) -> None:
    for ours, theirs in ((OLD, side), (side, OLD)):
        assert [e.msgid for e in merge_message_order(OLD, ours, theirs)] == messages
