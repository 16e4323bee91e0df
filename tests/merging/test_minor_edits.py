"""Which edits of the English leave a finished translation right."""

import pytest

from letter.merging.minor_edits import is_minor


@pytest.mark.parametrize(
    ("old", "new", "minor"),
    [
        ("Dier Ezzor receives airdrops", "Deir Ezzor receives airdrops", True),
        ("Organisations of Syria", "Organizations of Syria", True),
        ("a, b and c", "a, b, and c", True),
        ("the world watches", "The world watches.", True),
        ("the world watches.", "the world watches!", False),
        ("We left Iraq", "We left Iran", False),
        ("with protection", "without protection", False),
        ("seven people", "seventy people", False),
        ("the Hama road", "the Hamas road", False),
        ("a careful plan", "a careless plan", False),
        ("it is -5 here", "it is 5 here", False),
        ("1.5 million", "1,5 million", False),
        ("%(count)s left", "%(county)s left", False),
        ("the goverment", "the government", True),
        ("receive it", "recieve it", True),
        ("act now", "act not", False),
        ("it is legal", "it is illegal", False),
        ("killed 200 people", "killed 300 people", False),
        ("killed 1,000", "killed 1000", False),
        ("release every prisoner", "release any prisoner", False),
        ("they can come", "they can't come", False),
        ("do stop", "do not stop", False),
        ("see [x](https://a.example)", "see [x](https://b.example)", False),
    ],
)
def test_only_spelling_and_punctuation_are_minor(old: str, new: str, *, minor: bool) -> None:
    assert is_minor(old, new) is minor
