"""Translators' comments of three versions made into one list."""

from io import BytesIO
from textwrap import wrap

import pytest
from babel.messages import pofile

from letter.merging.comment_merge import merge_comments
from letter.merging.three_way import reconcile_catalogues
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.examples import HEADER, catalogue, entry

Lines = tuple[str, ...]
REVIEW = "Reviewed by Zîn <zin@example.org> on 2026-01-01 (0123456789ab)"
LATER = "Reviewed by Zîn <zin@example.org> on 2026-02-01 (ba9876543210)"
EARLIER = "Earlier translation: Em gazî dikin."
LONG = "This is the hospital in the east of the city that was hit again and again in that spring."
WRAPPED = tuple(wrap(LONG, 40))


def say(comments: Lines, text: str = "A") -> Entry:
    return Entry("One", (text,), comments=comments)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ((REVIEW,), (REVIEW,), (), (REVIEW,)),  # lost on the way
        ((REVIEW,), (), (REVIEW,), (REVIEW,)),
        (("x", REVIEW), ("x", REVIEW), ("x",), ("x", REVIEW)),
        (("x", REVIEW), ("x", REVIEW), (REVIEW,), (REVIEW,)),
        ((REVIEW,), (LATER,), (REVIEW,), (LATER,)),  # the same reviewer again
        ((REVIEW,), (REVIEW,), (LATER,), (LATER,)),
        ((), (REVIEW,), (LATER,), (REVIEW, LATER)),
        (("x", EARLIER), ("x", EARLIER), ("x",), ("x", EARLIER)),
        # Broken into other lines.
        ((LONG,), (LONG,), WRAPPED, (LONG,)),
        (WRAPPED, WRAPPED, (LONG,), WRAPPED),
        (WRAPPED, WRAPPED, tuple(wrap(LONG, 30)), WRAPPED),
        ((LONG,), (LONG,), (*WRAPPED, "y"), (LONG, "y")),
        ((LONG, "x"), (LONG, "x"), WRAPPED, (LONG,)),
        ((REVIEW,), (REVIEW,), tuple(wrap(REVIEW, 30)), (REVIEW,)),
        # Short lines inside longer ones are comments of their own.
        (("x", "y"), ("x", "y"), ("y",), ("y",)),
        (("no",), ("no",), ("no", "or no one"), ("no", "or no one")),
        # Blank lines are nobody's words, and stay as they are.
        (("x", "", "y", "", "z"), ("x", "", "y", "", "z"), ("x", "y"), ("x", "", "y", "")),
        # What msgcat writes above each file's comments.
        (("x",), ("x",), ("#-#-#-#-#  a.po  #-#-#-#-#", "x", "y"), ("x", "y")),
        # Our marks are merged with the texts they belong to.
        (("Split from: We.",), ("x", "Split from: We."), ("y",), ("x", "y")),
    ],
)
def test_comments_are_merged(base: Lines, ours: Lines, theirs: Lines, merged: Lines) -> None:
    assert merge_comments(say(base), say(ours), say(theirs)) == merged


def test_a_text_in_a_comment_goes_with_a_person_who_was_at_the_entry() -> None:
    both = say(("x", "Another translation: B"))
    assert merge_comments(both, both, say(("x",), "C")) == ("x",)
    assert merge_comments(both, say(("x",), "C"), both) == ("x",)


def test_a_file_that_lost_all_comments_takes_none_out() -> None:
    notes = [
        entry("One", "Yek", "# Which one?\n# Earlier translation: Êk\n"),
        entry("Two", "Du", "# Reviewed by T\n"),
        entry("Three", "Sê", "# Sê?\n"),
    ]
    base = catalogue(*notes)
    bare = catalogue(*(entry(e.msgid, e.msgstr[0] + "!") for e in base.entries))
    for ours, theirs in ((base, bare), (bare, base)):
        merged, _ = reconcile_catalogues(base, ours, theirs)
        assert [e.comments for e in merged.entries] == [e.comments for e in base.entries]
        assert all(e.msgstr[0].endswith("!") for e in merged.entries)
    some = catalogue(entry("One", "Yek"), notes[1], entry("Three", "Sê"))
    merged, _ = reconcile_catalogues(base, base, some)
    assert [e.comments for e in merged.entries] == [
        ("Earlier translation: Êk",),
        ("Reviewed by T",),
        (),
    ]


TITLE = "# Kurdish translation.\n"


def settle(text: str, remark: str = "", title: str = TITLE) -> PoFile:
    """A catalogue of two entries, of which one at most has a comment."""
    entries = "\n".join([HEADER, entry("One", text, remark), entry("Two", "Du")])
    return parse_po((title + entries).encode(), "letter.po")


@pytest.mark.parametrize("text", ["Yek", "Êk"])
@pytest.mark.parametrize("other", ["Yek", "Yekem"])
@pytest.mark.parametrize("title", ["", TITLE])
def test_the_only_remark_stays_out_once_a_person_has_taken_it_out(
    text: str, other: str, title: str
) -> None:
    """It may be taken out for somebody's safety; a file without titles had none to lose."""
    remark = "# Call Zîn at 0123\n"
    base, theirs = settle("Yek", remark, title), settle(other, remark, title)
    for sides in ((settle(text, "", title), theirs), (theirs, settle(text, "", title))):
        merged, _ = reconcile_catalogues(base, *sides)
        assert not any("0123" in line for line in merged.entries[0].comments)
        assert merged.entries[0].msgstr[0] in {text, other}


@pytest.mark.parametrize("kept", ["Call Zîn at 0123", EARLIER, REVIEW])
def test_the_only_comment_comes_back_from_an_editor_that_drops_all(kept: str) -> None:
    """Those above the header are gone, too."""
    base = settle("Yek", f"# {kept}\n")
    bare = settle("Êk", title="")
    for sides in ((base, bare), (bare, base)):
        merged, _ = reconcile_catalogues(base, *sides)
        assert (merged.entries[0].msgstr, merged.entries[0].comments) == (("Êk",), (kept,))


def test_the_only_text_in_a_comment_goes_with_who_settled_the_choice_and_a_review_never() -> None:
    settled = settle("Sisê")
    for kept, left in ((EARLIER, ()), (REVIEW, (REVIEW,))):
        base = settle("Yek", f"# {kept}\n")
        for sides in ((base, settled), (settled, base)):
            merged, _ = reconcile_catalogues(base, *sides)
            assert merged.entries[0].comments == left
        merged, _ = reconcile_catalogues(base, base, settle("Yek"))
        assert merged.entries[0].comments == (kept,)


def test_comments_that_babel_wrapped_are_no_others() -> None:
    lines = f"# {REVIEW}\n# {LONG}\n# Earlier translation: {LONG}\n"
    base = catalogue(entry("One", "Yek", lines), entry("Two", "Du"))
    wrapped = BytesIO()
    pofile.write_po(wrapped, pofile.read_po(BytesIO(format_po(base)), locale="ku"), width=76)
    data = wrapped.getvalue().replace(b'"Du"', b'"Didu"')
    assert LONG.encode() not in data
    sent = parse_po(data, "sent.po")
    merged, outcomes = reconcile_catalogues(base, base, sent)
    assert merged.entries[0] == base.entries[0]
    assert [outcome.msgid for outcome in outcomes] == ["Two"]


def test_a_translation_that_came_from_another_message_takes_no_kept_text_out() -> None:
    base = say((EARLIER,))
    moved = Entry("One", ("B",), flags=("fuzzy",), previous_msgid="Two")
    assert merge_comments(base, base, moved) == merge_comments(base, moved, base) == (EARLIER,)
    assert merge_comments(base, base, say((), "B")) == ()
