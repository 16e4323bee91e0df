"""Which messages the merge of two branches has, and in which order."""

from __future__ import annotations

import pytest

from letter.merging.three_way import merge_message_order
from letter.po.model import Entry, PoFile


def make_file(letters: str, who: str) -> PoFile:
    """A file with a message for each letter; those after a `~` are obsolete."""
    active, _, obsolete = letters.partition("~")
    entries = [Entry(letter, (who,)) for letter in active]
    entries += [Entry(letter, (who,), obsolete=True) for letter in obsolete]
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


def test_a_message_of_both_is_given_as_ours_has_it() -> None:
    files = (make_file("a", "base"), make_file("ax", "ours"), make_file("yax", "theirs"))
    found = {entry.msgid: entry.msgstr for entry in merge_message_order(*files)}
    assert found == {"y": ("theirs",), "a": ("ours",), "x": ("ours",)}
