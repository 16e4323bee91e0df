"""Random histories of a catalogue hold one law: no finished text is lost, and none misleads."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.merging.histories import History


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_no_finished_text_is_ever_lost(seed: int) -> None:
    History(random.Random(seed)).run()
