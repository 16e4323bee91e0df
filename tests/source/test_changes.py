"""Which vanished message a new message was."""

import random

from hypothesis import given
from hypothesis import strategies as st

from letter.source.changes import Change, Kind, find_changes
from letter.source.letter import read_letter
from tests.processor_time import limit_time
from tests.tools import ROOT

LETTER = [m.msgid for m in read_letter(ROOT / "letter" / "letter.md").messages]
FIRST, FOURTH = LETTER[1], LETTER[4]


def replaced(texts: list[str], index: int, *new: str) -> list[str]:
    return [*texts[:index], *new, *texts[index + 1 :]]


def test_an_edited_passage_is_found() -> None:
    new = replaced(LETTER, 1, FIRST.replace("more than 200", "more than 300"))
    assert find_changes(LETTER, new) == [Change(Kind.EDITED, (1,), (1,))]


def test_a_rewritten_passage_is_found_by_its_place() -> None:
    new = replaced(LETTER, 2, "Failing to protect us is a death sentence, and the world watches.")
    assert find_changes(LETTER, new) == [Change(Kind.EDITED, (2,), (2,))]


def test_an_unrelated_passage_is_new() -> None:
    text = "Write to your member of parliament today, and ask what they will do."
    assert find_changes(LETTER, [*LETTER, text]) == []
    assert find_changes(LETTER, replaced(LETTER, 4, text)) == []


def test_a_moved_passage_is_no_change_and_a_moved_edit_is_found() -> None:
    moved = [*LETTER[:1], *LETTER[2:6], FIRST, *LETTER[6:]]
    assert find_changes(LETTER, moved) == []
    moved[5] = FIRST.replace("strongly condemn", "condemn")
    assert find_changes(LETTER, moved) == [Change(Kind.EDITED, (1,), (5,))]


def test_a_split_passage_is_recognised() -> None:
    head, tail = FOURTH.split(" Assad’s troops")
    new = replaced(LETTER, 4, head, "Assad’s troops" + tail)
    assert find_changes(LETTER, new) == [Change(Kind.SPLIT, (4,), (4, 5))]


def test_merged_passages_are_recognised() -> None:
    new = [*LETTER[:1], f"{LETTER[1]} {LETTER[2]}", *LETTER[3:]]
    assert find_changes(LETTER, new) == [Change(Kind.MERGED, (1, 2), (1,))]


def test_position_breaks_a_tie() -> None:
    """Two edits of equally similar texts go to the ones that stood in their places."""
    old = ["A", "Signed by one", "B", "Signed by two", "C"]
    new = ["A", "Signed by ten", "B", "Signed by six", "C"]
    assert [(c.old, c.new) for c in find_changes(old, new)] == [((1,), (1,)), ((3,), (3,))]


def test_short_names_are_compared_by_their_letters() -> None:
    new = replaced(LETTER, 8, "Baytna Suria")
    assert find_changes(LETTER, new) == [Change(Kind.EDITED, (8,), (8,))]


@given(st.data())
def test_each_text_takes_part_once(data: st.DataObject) -> None:
    word = st.sampled_from(["the", "a", "bombs", "of", "Aleppo", "people", "killed", "and", "we"])
    words = st.lists(word, max_size=8)
    texts = st.lists(words.map(" ".join), max_size=8, unique=True)
    old, new = data.draw(texts), data.draw(texts)
    changes = find_changes(old, new)
    used_old = [i for change in changes for i in change.old]
    used_new = [j for change in changes for j in change.new]
    assert len(set(used_old)) == len(used_old)
    assert len(set(used_new)) == len(used_new)
    assert not {old[i] for i in used_old} & set(new)
    assert not {new[j] for j in used_new} & set(old)


def test_a_large_catalogue_is_compared_in_bounded_time() -> None:
    """The comparisons grow with the changes, not with changes times messages: that is a minute."""
    draw = random.Random(7)
    vocabulary = [f"word{n}" for n in range(4000)]
    old = [" ".join(draw.choices(vocabulary, k=40)) for _ in range(3000)]
    new = [text + " more" if n % 20 == 0 else text for n, text in enumerate(old)]
    with limit_time(5):
        changes = find_changes(old, new)
    assert [change.new for change in changes] == [(n,) for n in range(0, 3000, 20)]
    assert all(change.old == change.new for change in changes)


def test_a_text_made_to_resemble_itself_everywhere_is_not_matched() -> None:
    """Each message resembles hundreds, and changes on the other side: nothing is matched, soon."""
    old, new = (
        [f"Home of {side} w{n} and w{n * 13 % 1009} they w{n * 7 % 997} came" for n in range(4_000)]
        for side in "ab"
    )
    with limit_time(15):
        assert find_changes(old, new) == []
