"""A letter becomes blocks and messages, and what can't be published is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.source.blocks import Block
from letter.source.letter import parse_letter, read_letter
from letter.source.letter_faults import LetterError
from letter.source.markdown import join_lines
from tests.tools import ROOT

EVERYTHING = """\
<!-- translators: The title. -->
# A *strong* title

First line
second line\\
after a hard break  \nand another.

<!-- translators: All three. -->
- one
- <!-- translators: Two. -->
  two

  two, continued
<!-- translators: Three. -->
- three
  1. nested
  2. list

5. five
6. six

> A quote with a [link](https://example.org/?a=1&b=2 "its title").

![The old market](market.jpg)

***

    code <b>

```
fenced
```
"""


def msgids(letter: str) -> list[str]:
    return [message.msgid for message in parse_letter(letter).messages]


def outline(block: Block) -> str:
    inside = "".join(outline(child) for child in block.children)
    return f"{block.tag or '-'}({inside})" if inside else block.tag or "-"


def test_the_letter_is_carried_over_word_for_word() -> None:
    """Every word of the signatories' text is in letter.md, in order, and nothing else."""
    source = (ROOT / "tests" / "data" / "letter.txt").read_text(encoding="utf-8")
    letter = read_letter(ROOT / "letter" / "letter.md")
    told = [word for m in letter.messages for word in m.msgid.split()]
    assert told == source.replace("•", " ").split()


def test_heading_paragraphs_and_signatories_are_one_message_each() -> None:
    letter = read_letter(ROOT / "letter" / "letter.md")
    assert len(letter.messages) == 1 + 5 + 18
    assert [block.tag for block in letter.blocks] == ["h1", *["p"] * 5, "ul"]
    assert letter.blocks[-1].signatories
    assert len(letter.blocks[-1].children) == 18


def test_commonmark_becomes_messages_each_with_the_notes_above_it() -> None:
    messages = parse_letter(EVERYTHING).messages
    assert [(message.msgid, *message.notes) for message in messages] == [
        ("A *strong* title", "The title."),
        ("First line second line\nafter a hard break\nand another.",),
        ("one", "All three."),
        ("two", "All three.", "Two."),
        ("two, continued", "All three."),
        ("three", "All three.", "Three."),
        ("nested", "All three.", "Three."),
        ("list", "All three.", "Three."),
        ("five",),
        ("six",),
        ('A quote with a [link](https://example.org/?a=1&b=2 "its title").',),
        ("![The old market](market.jpg)",),
    ]


def test_blocks_keep_the_structure_of_the_english() -> None:
    """A note between two items doesn't part the list; tight text stands directly in its item."""
    blocks = parse_letter(EVERYTHING).blocks
    wanted = "h1 p ul(li(p)li(pp)li(-ol(li(-)li(-)))) ol(li(-)li(-)) blockquote(p) p hr pre pre"
    assert [outline(block) for block in blocks] == wanted.split()
    assert blocks[3].start == 5
    assert [block.code for block in blocks[-2:]] == ["code <b>\n", "fenced\n"]


def test_a_text_that_stands_twice_is_one_message_with_all_notes() -> None:
    text = "<!-- translators: a -->\nSame\n\n<!-- translators: b -->\nSame\n\nOther\n"
    letter = parse_letter(text)
    assert [(m.msgid, m.notes) for m in letter.messages] == [("Same", ("a", "b")), ("Other", ())]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Fine.\n\nA <b>bold</b> word\n", 3, "raw HTML (<b>)"),
        ("One\ntwo\nthree <br> four\n", 3, "raw HTML (<br>)"),
        ("Fine.\n\n<div>\nx\n</div>\n", 3, "raw HTML (<div>)"),
        ("[a][b]\n\n\n[b]: https://example.org\n", 4, "reference link [b]"),
        ("<!-- to do -->\nText\n", 1, "only <!-- signatories -->"),
        ("Text\n\n<!-- translators: no end\n\nMore\n", 3, "lines of its own, and a -->"),
        ("Text <!-- translators: inline -->\n", 1, "lines of its own"),
        ("Text\n\n<!-- translators: nothing below -->\n", 3, "above nothing"),
        ("<!-- signatories -->\nNot a list\n", 2, "above no list"),
        ("See [this](notes.html)\n", 1, "must begin with http://"),
        ("Two\nlines [x](ftp://example.org)\n", 2, "must begin with http://"),
        ("![a](https://example.org/a.png)\n", 1, "a file beside the letter"),
        ("![a](../a.png)\n", 1, "a file beside the letter"),
        ("A `code\\\nspan` over two lines\n", 1, "put the code on one line"),
        ("Signed **\\\nZîn**\n", 1, "the marks beside words"),
        ("> " * 150 + "deep\n", 1, "nested too deeply"),
        ("", 1, "holds no text"),
        ("***\n", 1, "holds no text"),
    ],
)
def test_what_cannot_be_translated_safely_is_refused(text: str, line: int, words: str) -> None:
    with pytest.raises(LetterError, match=rf"^letter\.md:{line}: .*{re.escape(words)}"):
        parse_letter(text)


def test_a_letter_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_bytes("Fine\n\n“Quoted”\n".encode("cp1252"))
    with pytest.raises(LetterError, match=r"letter\.md:3: is not UTF-8"):
        read_letter(path)


def test_an_image_has_to_be_there(tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_text("Text\n\n![Us](our%20photo.jpg)\n")
    with pytest.raises(LetterError, match=r"letter\.md:3: there is no image our photo\.jpg"):
        read_letter(path)
    (tmp_path / "our photo.jpg").write_bytes(b"")
    assert read_letter(path).images == {"our%20photo.jpg"}


LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])


@given(st.lists(st.text(alphabet=LETTERS, min_size=1), min_size=1, max_size=5))
def test_rewrapping_the_english_changes_no_msgid(words: list[str]) -> None:
    text = "A " + " ".join(" ".join(words).split())
    try:
        wanted = msgids(text)
    except LetterError:
        return
    wrapped = re.sub(r"(?<!\\) (?=[A-Za-z])", "\n", text)  # behind a backslash: a hard break
    assert msgids(wrapped) == wanted


def test_code_and_images_may_go_on_in_the_next_line() -> None:
    assert msgids("A `code\nspan`, ![the old\nmarket](a.png)") == [
        "A `code span`, ![the old market](a.png)"
    ]


def test_hard_breaks_stay_and_escaped_backslashes_are_none() -> None:
    assert join_lines("a\nb") == "a b"
    assert join_lines("a  \n b") == "a\nb"
    assert join_lines("a\\\nb") == "a\nb"
    assert join_lines("a \\\nb") == "a\nb"
    assert join_lines("a \\\\\\\nb") == "a \\\\\nb"
    assert msgids("We \\\nwrite") == ["We\nwrite"], "not refused for the blank"
    assert join_lines("a\\\\\nb") == "a\\\\ b"
    assert join_lines("a\\  \nb") == "a\\ \nb", "a backslash before blanks is a backslash"


def test_an_anchor_depends_on_the_words_alone() -> None:
    one = parse_letter("First\n\nSecond\n").messages[1].anchor
    other = parse_letter("New\n\nthing\n\nSecond\n").messages[2].anchor
    assert one == other
    assert re.fullmatch(r"p[a-z2-7]{7}", one)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("# Title\n\nOne\n\n## Two\n\nThree", {"Title": 0, "One": 1, "Two": 0, "Three": 2}),
        ("- One\n\n> Two\n", {"One": 1, "Two": 2}),
        ("One\n\n|A|\n|-|\n|B|\n\nTwo", {"One": 1, "A": 0, "B": 0, "Two": 2}),
        ("One\n\nTwo[^a]\n\n[^a]: Note", {"One": 1, "Two[^a]": 2, "Note": 0}),
        ("# Title\n\n## One\n", {"Title": 0, "One": 1}),
        ("Above\n\n# Title\n\nOne\n", {"Title": 0, "Above": 1, "One": 2}),
        ("---\ntitle: Front\n---\n## Two\n\nOne\n", {"Two": 0, "One": 1}),
        ("---\ntitle: Front\n---\n# Title\n\nOne\n", {"Title": 0, "One": 1}),
        ("---\ntitle: Same\n---\nOne\n\n## Same\n", {"Same": 0, "One": 1}),
        ("# Title\n\n<!-- signatories -->\n- Zaad\n", {"Title": 1}),
    ],
)
def test_passages_are_numbered_as_readers_count_them(text: str, numbers: dict[str, int]) -> None:
    """Paragraphs and items, wherever the title comes from; all where the letter has no others."""
    letter = parse_letter(text)
    assert letter.numbers == numbers
    assert letter.find_messages(["0"]) == [letter.title]
    assert letter.find_messages(["1"])[0].msgid in ("One", "Above", "Title")
