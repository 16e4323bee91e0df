"""The blocks of a letter, the messages that stand in them, and the walk through them all."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def make_anchor(msgid: str) -> str:
    """Make the address of a passage: "p", and seven letters or digits made from its words.

    The address depends on the msgid alone: a link to a passage holds while others change.
    """
    digest = hashlib.sha256(msgid.encode()).digest()
    return "p" + base64.b32encode(digest)[:7].decode().lower()


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable text of the letter, in inline Markdown; a newline in it is a hard break."""

    msgid: str
    notes: tuple[str, ...]  # to translators, from the comments above the text
    line: int  # in the letter, counted from 1, where the text stands for the first time
    is_name: bool = False  # whether the text is a signatory's name, and no passage anywhere
    anchor: str = field(init=False, compare=False)  # the address of the passage

    def __post_init__(self) -> None:
        object.__setattr__(self, "anchor", make_anchor(self.msgid))


@dataclass(frozen=True, slots=True)
class Name:
    """A signatory from a file: plain words as they were given, "" where nothing was."""

    name: str
    affiliation: str
    country: str
    date: str  # YYYY, YYYY-MM or YYYY-MM-DD
    own: Mapping[str, str]  # the name in other languages, by tag
    line: int  # in the file, counted from 1


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the letter: with blocks in it, or text, code, a rule, or names from a file.

    The tag is the HTML element, or "" for text that stands directly in the item of a tight list
    (CommonMark §5.3). A "table" has a "tr" for each row, and that "th" or "td", which may be empty;
    the first row is of "th". The last block of a letter with footnotes is "footnotes", which has a
    "footnote" for each, in the order of their first calls.
    """

    tag: str
    line: int
    children: "tuple[Block, ...]" = ()
    message: Message | None = None  # of a paragraph, a heading or a cell with words in it
    code: str = ""  # of a "pre"
    start: int = 1  # the number of the first item of an "ol", or of a "footnote"
    align: str = ""  # of a "th" or "td": left, center, right, or as the language has it
    signatories: bool = False  # whether a list is one of those who signed
    heading: Message | None = None  # of a list of signatories that has one directly above
    names: tuple[Name, ...] = ()  # of a list of signatories from a file; it has no children then
    label: str = ""  # of a "footnote": its name in the letter
    calls: tuple[str, ...] = ()  # of a "footnote": the ids of the marks that call it, in order


@dataclass(frozen=True, slots=True)
class Place:
    """A block, and what holds it at any depth."""

    block: Block
    is_item: bool = False
    is_quote: bool = False
    is_signatory: bool = False
    is_cell: bool = False
    is_footnote: bool = False


_TOP = Place(Block("", 0))  # a letter itself, which is none of its blocks


def list_blocks(blocks: Sequence[Block]) -> list[Block]:
    """List all blocks in the order of reading, a container before its contents."""
    found: list[Block] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        found.append(block)
        waiting += reversed(block.children)
    return found


def walk_places(blocks: Sequence[Block], around: Place = _TOP) -> Iterator[Place]:
    """Walk through all blocks as `list_blocks` does, with what holds each."""
    for block in blocks:
        place = Place(
            block,
            around.is_item or block.tag == "li",
            around.is_quote or block.tag == "blockquote",
            around.is_signatory or block.signatories,
            around.is_cell or block.tag in ("th", "td"),
            around.is_footnote or block.tag == "footnote",
        )
        yield place
        yield from walk_places(block.children, place)
