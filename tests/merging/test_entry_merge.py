"""Three versions of one entry made into one."""

from dataclasses import replace
from textwrap import wrap

import pytest

from letter.merging.branch_merge import merge_branches
from letter.merging.entry_merge import Verdict, merge_entry
from letter.po.model import Entry
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging.examples import catalogue, entry

OLD_ENGLISH = "Three"


def read_entry(text: str | None) -> Entry | None:
    """An entry in short: `form / form # comment # comment`.

    A `?` before the forms is fuzzy, `??` fuzzy of an earlier English, `~` obsolete.
    """
    if text is None:
        return None
    said, *comments = text.split(" # ")
    return Entry(
        "One",
        tuple(said.lstrip("?~").split(" / ")),
        comments=tuple(comments),
        flags=("fuzzy",) if said.startswith("?") else (),
        previous_msgid=OLD_ENGLISH if said.startswith("??") else None,
        obsolete=said.startswith("~"),
    )


ENTRIES = [
    # One side has something to say.
    ("A", "A", "A", "A", None),
    ("A", "A", "B", "B", Verdict.TAKEN),
    ("A", "B", "A", "B", None),
    ("A", "B", "B", "B", None),
    ("", "", "B", "B", Verdict.TAKEN),
    (None, "", "B", "B", Verdict.TAKEN),
    (None, "A", None, "A", None),
    ("A", "B", "", "B", None),
    ("?A", "?A", "", "?A", None),
    # A translation that waited is confirmed.
    ("?A", "?A", "A", "A", Verdict.TAKEN),
    ("", "?A", "A", "A", Verdict.TAKEN),  # ours typed the same, and was not sure
    ("", "A", "?A", "A", None),
    ("A", "A", "?A", "?A", Verdict.WITHDRAWN),
    ("??A", "??A", "A", "A", Verdict.TAKEN),
    # Both sides changed.
    ("A", "B", "C", "?B # Another translation: C", Verdict.CONFLICT),
    (None, "B", "C", "?B # Another translation: C", Verdict.CONFLICT),
    ("A", "?B", "C", "?B # Another translation: C", Verdict.CONFLICT),
    ("A", "B # Another translation: C", "C", "B # Another translation: C", None),  # chosen
    ("A / A", "A / A", "a / b / c", "?A / A # Another translation: a / b / c", Verdict.CONFLICT),
    (
        "",
        "A",
        "A b # Another translation: A c",
        "?A # Another translation: A c # Another translation: A b",
        Verdict.CONFLICT,
    ),  # its first words are not the text
    # The English has changed.
    ("", "", "??B", "??B", Verdict.OUTDATED),
    ("??A", "??A", "??B", "??B", Verdict.OUTDATED),
    ("?A", "?A", "??B", "??B # Earlier translation: A", Verdict.OUTDATED),
    ("?A", "??B", "?A", "??B # Earlier translation: A", None),
    ("??A", "B", "??C", "B # Earlier translation: C", Verdict.SUPERSEDED),
    ("??A", "A", "??B", "A # Earlier translation: B", Verdict.SUPERSEDED),  # ours was confirmed
    ("??A", "?B", "??C", "?B # Another translation: C", Verdict.CONFLICT),
    # The message left the letter.
    ("~A", "~A", "~B", "~B", Verdict.GONE),
    ("~A", "~B", "~C", "~B # Earlier translation: C", Verdict.GONE),
    ("~A", "~B", "~A", "~B", None),
    # Comments are merged line by line.
    ("A # x", "A # x", "A # x # y", "A # x # y", Verdict.TAKEN),
    ("A # x", "A # x # y", "A", "A # y", Verdict.TAKEN),
    ("A", "A # y", "A # z", "A # y # z", Verdict.TAKEN),
    ("A # x", "A", "A # x", "A", None),
    ("A # x", "B # x", "A # x # y", "B # x # y", Verdict.TAKEN),
    ("A", "A # y", "B # z", "B # y # z", Verdict.TAKEN),
    # A text beats nothing, whichever side lost it, and the loss is told.
    ("A", "", "A", "A", Verdict.KEPT),
    ("A", "A", "", "A", Verdict.KEPT),
    ("A", "\u200f ", "A", "A", Verdict.KEPT),
    ("A", "A", "\xa0", "A", Verdict.KEPT),
    ("A", "", "", "A", Verdict.KEPT),
    ("A / B", "A / B", "A / ", "A / B", Verdict.KEPT),
    ("A / B", " / B", "A / B", "A / B", Verdict.KEPT),
    ("A", "", "B", "B", Verdict.TAKEN),
    ("A", "B", "", "B", None),
    ("A", "?A", "", "?A", None),  # withdrawn, as it should be
    ("A", "", "?A", "?A", Verdict.TAKEN),
    ("?A", "", "?A", "?A", None),
    ("A", "A", "?", "A", Verdict.KEPT),
    ("A", "A", "?B", "?B", Verdict.WITHDRAWN),
    ("?A", "?A", "?B", "?B", Verdict.TAKEN),
    # A copy of the English is no translation.
    ("A", "A", "One", "A", Verdict.COPIED),
    ("A", "One", "A", "A", Verdict.COPIED),
    ("A", "B", "“One”", "B", None),
    ("A", "One", "B", "B", Verdict.TAKEN),
    ("", "A", "One", "A", None),
    ("", "One", "A", "A", Verdict.TAKEN),
    (None, "A", "One", "A", None),
    ("?A", "?A", "One", "?A", None),
    # Nor is a copy of the English that the text was made from.
    ("??A", "??A", "??Three", "??A", Verdict.COPIED),
    ("??A", "??A", "??“Three ”", "??A", Verdict.COPIED),
    ("??A", "??Three", "??A", "??A", Verdict.COPIED),
    ("", "A", "??Three", "A", None),
    ("", "??Three", "??A", "??A", Verdict.OUTDATED),
    ("??A", "B", "??Three", "B", None),
    ("~", "~A", "~One", "~A", Verdict.GONE),
    ("", "", "One", "One", Verdict.TAKEN),  # a name that stays as it is
    ("", "One", "", "One", None),
    ("A", "A", "One # Meant so: english", "One # Meant so: english", Verdict.TAKEN),
    ("A", "One # Meant so: english", "A", "One # Meant so: english", None),
    (
        *("A", "B", "One # Meant so: english"),
        *("?B # Meant so: english # Another translation: One", Verdict.CONFLICT),
    ),
    # A plural with a new form and an empty one is whole on neither side.
    ("A / B", "A / B", "C / ", "A / B # Another translation: C / ", Verdict.CONFLICT),
    ("A / B", "C / ", "A / B", "A / B # Another translation: C / ", Verdict.CONFLICT),
    # What it has of another is nothing new.
    (None, "A / B", "A / ", "A / B", None),
    (None, "A / ", "A / B", "A / B", Verdict.TAKEN),
    # A line break in a text that a comment keeps can be written as it was.
    ("A", "B", "C\nD", "?B # Another translation: C\\nD", Verdict.CONFLICT),
    ("??A", "B", "??C\nD", "B # Earlier translation: C\\nD", Verdict.SUPERSEDED),
    # Letters written in parts, as OmegaT and macOS write them, are the same letters.
    ("\u00ee", "\u00ee", "i\u0302", "\u00ee", None),
    ("\u00ee", "i\u0302", "\u00ee", "i\u0302", None),
    ("\u00ee", "i\u0302", "B", "B", Verdict.TAKEN),
    ("?\u00ee", "?\u00ee", "i\u0302", "\u00ee", Verdict.TAKEN),
    # The English has changed on our side, too.
    ("??A", "??C", "B", "B # Earlier translation: C", Verdict.SUPERSEDED),
    ("??A", "??B", "A", "A # Earlier translation: B", Verdict.SUPERSEDED),
    ("A", "A", "??B", "A # Earlier translation: B", Verdict.SUPERSEDED),
    ("A", "A # Earlier translation: B", "??B", "A # Earlier translation: B", None),
    # What is merged is merged with a side again, as after a squashed merge: the choice still waits.
    ("?A", "A", "B", "?A # Another translation: B", Verdict.CONFLICT),
    ("?A", "?A # Another translation: B", "B", "?A # Another translation: B", None),
    ("?A", "B", "?A # Another translation: B", "?A # Another translation: B", Verdict.WITHDRAWN),
    ("?A", "?A # Another translation: B", "A", "?A # Another translation: B", None),
    ("?A", "A", "?A # Another translation: B", "?A # Another translation: B", Verdict.WITHDRAWN),
    ("", "?A # Another translation: B", "A", "?A # Another translation: B", None),
    ("A", "?B # Another translation: C", "C", "?B # Another translation: C", None),
    (
        *("?A", "?A # Another translation: B", "C"),
        *("?A # Another translation: B # Another translation: C", Verdict.CONFLICT),
    ),
    # Who saw that the choice waits has chosen.
    ("?A # Another translation: B", "?A # Another translation: B", "B", "B", Verdict.TAKEN),
    ("?A # Another translation: B", "A", "?A # Another translation: B", "A", None),
    # Also who has chosen the base's text, and left the other in its comment.
    ("A", "A # Another translation: C", "C", "A # Another translation: C", None),
    ("A", "C", "A # Another translation: C", "A # Another translation: C", Verdict.TAKEN),
    ("A", "A # Another translation: C", "?C", "A # Another translation: C", None),
    ("A", "?C", "A # Another translation: C", "A # Another translation: C", Verdict.TAKEN),
    ("A", "A", "A # Another translation: C", "A # Another translation: C", Verdict.TAKEN),
    ("A # Another translation: C", "A # Another translation: C", "C", "C", Verdict.TAKEN),
    (
        *("A", "A # Another translation: C", "D"),
        *("?A # Another translation: C # Another translation: D", Verdict.CONFLICT),
    ),
    # Of two that met before, the one chosen there stands.
    ("A", "C", "B # Another translation: C", "B # Another translation: C", Verdict.TAKEN),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "merged", "verdict"), ENTRIES)
def test_an_entry_is_merged(
    base: str | None, ours: str, theirs: str | None, merged: str, verdict: Verdict | None
) -> None:
    mine = read_entry(ours)
    assert mine
    assert merge_entry(read_entry(base), mine, read_entry(theirs)) == (read_entry(merged), verdict)


TEXTS = {  # the text of the base, and those of two branches
    "ar": ("يحدث هذا الآن.", "إن هذا يحدث الآن.", "هذا ما يجري في هذه الساعة ونحن نكتب إليكم."),
    "ku": ("Ev niha diqewime.", "Niha ev dibe.", "Ev di vê saetê de dibe, dema em dinivîsin."),
    "ckb": ("ئەمە ئێستا ڕوودەدات.", "ئێستا ئەمە دەبێت.", "ئەمە لەم کاتژمێرەدا کە دەنووسین دەبێت."),
}


@pytest.mark.parametrize("tag", TEXTS)
@pytest.mark.parametrize("mark", ["", "#, fuzzy\n"])
@pytest.mark.parametrize("swapped", [False, True])
def test_who_chose_the_text_of_the_base_is_not_asked_again(
    tag: str, mark: str, *, swapped: bool
) -> None:
    """After a squashed merge, the branch of the other text is merged again with the old base."""
    base, ours, theirs = (
        catalogue(entry("This is happening now.", text, before))
        for text, before in zip(TEXTS[tag], ("", "", mark), strict=True)
    )
    squashed = merge_branches(base, ours, theirs).po
    waiting = squashed.entries[0]
    assert waiting.fuzzy
    comments = tuple(line for text in waiting.comments for line in wrap(text, 40))  # as by Babel
    chosen = replace(waiting, msgstr=base.entries[0].msgstr, flags=(), comments=comments)
    settled = parse_po(format_po(replace(squashed, entries=(chosen,))), "letter.po")
    sides = (theirs, settled) if swapped else (settled, theirs)
    merged = merge_branches(base, *sides)
    assert (merged.po.entries, merged.told) == (settled.entries, ())
