"""Which words of a text changed."""

import pytest

from letter.source.words import show_changed_words


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a b c", "a x c", "a [-b-] {+x+} c"),
        ("a b", "a b c", "a b {+c+}"),
        ("a b c", "b c", "[-a-] b c"),
        ("same", "same", ""),
        (
            "one two three four five six seven eight nine",
            "one two three four five 6 seven eight nine",
            "… two three four five [-six-] {+6+} seven eight nine",
        ),
    ],
)
def test_the_changed_words_are_shown_with_what_stands_around_them(
    old: str, new: str, shown: str
) -> None:
    assert show_changed_words(old, new) == shown
