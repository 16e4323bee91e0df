"""Tables, footnotes, headings that are linked, and names become blocks and messages."""

from letter.source.blocks import Block
from letter.source.letter import parse_letter
from letter.source.message_kinds import NAME_NOTE

LETTER = """\
# What *we* ask!

See [above](#what-we-ask) and [below](#what-we-ask-1).[^b] ~~Never.~~[^a] Again[^b].

<!-- translators: Figures. -->
| Town | Killed | |
|:-----|-------:|:-:|
| a \\| b[^a] | 5 | |

[^a]: First

[^b]: Second
  goes on

    - with a list

## What we ask
"""


def find_block(letter: str, tag: str) -> Block:
    return next(place.block for place in parse_letter(letter).walk() if place.block.tag == tag)


def test_every_cell_is_a_message_with_its_alignment() -> None:
    table = find_block(LETTER, "table")
    cells = [
        [(c.tag, c.align, c.message.msgid if c.message else None) for c in row.children]
        for row in table.children
    ]
    assert cells == [
        [("th", "left", "Town"), ("th", "right", "Killed"), ("th", "center", None)],
        [("td", "left", "a | b[^a]"), ("td", "right", "5"), ("td", "center", None)],
    ]
    head = table.children[0].children[0].message
    assert head
    assert (head.notes, head.line) == (("Figures.",), 6)


def test_footnotes_stand_at_the_end_in_the_order_of_their_calls() -> None:
    letter = parse_letter(LETTER)
    last = letter.blocks[-1]
    assert last.tag == "footnotes"
    assert [(b.tag, b.label, b.start, b.line) for b in last.children] == [
        ("footnote", "b", 1, 12),
        ("footnote", "a", 2, 10),
    ]
    assert letter.notes == {"b": 1, "a": 2}
    text, cell = (m.anchor for m in letter.passages if "[^a]" in m.msgid)
    assert last.children[0].calls == (f"{text}-note-1", f"{text}-note-1-2")
    assert last.children[1].calls == (f"{text}-note-2", f"{cell}-note-2")
    assert [m.msgid for m in letter.passages[-3:]] == ["Second goes on", "with a list", "First"]
    assert [p.is_footnote for p in letter.walk() if p.block.message][-3:] == [True] * 3


def test_headings_are_found_by_the_slugs_that_github_gives_them() -> None:
    letter = parse_letter(LETTER)
    assert {slug: m.msgid for slug, m in letter.headings.items()} == {
        "what-we-ask": "What *we* ask!",
        "what-we-ask-1": "What we ask",
    }
    arabic = parse_letter("# ماذا نطلب؟\n\n[هنا](#ماذا-نطلب)\n")
    assert list(arabic.headings) == ["ماذا-نطلب"]


NAMES = """\
Text

## Organisations

<!-- signatories -->
- *One*
- Two
  - Branch

## People

<!-- translators: People. -->
<!-- signatories -->
1. Three
2. Text
"""


def test_names_are_messages_and_no_passages() -> None:
    letter = parse_letter(NAMES)
    assert [m.msgid for m in letter.passages] == ["Text", "Organisations", "People"]
    names = {m.msgid: m.notes for m in letter.messages if m.is_name}
    assert names == dict.fromkeys(("*One*", "Two", "Branch"), (NAME_NOTE,)) | {
        "Three": ("People.", NAME_NOTE)
    }
    lists = [block for block in letter.blocks if block.signatories]
    assert [block.heading and block.heading.msgid for block in lists] == ["Organisations", "People"]
    assert letter.find_messages(["1"])[0].msgid == "Text"


def test_a_name_that_is_a_passage_too_is_a_passage_everywhere() -> None:
    letter = parse_letter(NAMES)
    message = lists[-1].message if (lists := letter.blocks[-1].children[-1].children) else None
    assert message
    assert (message.msgid, message.is_name, message.notes) == ("Text", False, ("People.",))


def test_a_publisher_who_signed_is_a_name() -> None:
    letter = parse_letter("---\npublisher: One\n---\nText\n\n<!-- signatories -->\n- One\n")
    found = next(m for m in letter.messages if m.msgid == "One")
    assert found.is_name
    assert found.notes == ("Front matter: publisher", NAME_NOTE)
