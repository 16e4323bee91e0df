"""The blocks of a letter, made from the tokens of its parser."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it.token import Token

from letter.source.blocks import HEADINGS, Block, Message, list_blocks
from letter.source.hidden_characters import strip_blanks
from letter.source.letter_faults import LetterFault
from letter.source.letter_parser import SIGNATORIES
from letter.source.markdown import find_footnote_calls, join_lines, name_call
from letter.source.message_kinds import NAME_NOTE
from letter.source.signatories import is_names_file, read_names

_LISTS = ("bullet_list", "ordered_list")


@dataclass(frozen=True, slots=True)
class _Node:
    """A token, the opening one of two, and all between the two."""

    token: Token
    children: "list[_Node]"

    @property
    def kind(self) -> str:
        return self.token.type.removesuffix("_open")


def _grow_tree(tokens: Sequence[Token]) -> _Node:
    """Make a tree of the blocks; markdown-it's own has a node for each word with a mark as well."""
    path = [_Node(Token("root", "", 0), [])]
    for token in tokens:
        if token.nesting < 0:
            path.pop()
            continue
        node = _Node(token, [])
        path[-1].children.append(node)
        if token.nesting > 0:
            path.append(node)
    return path[0]


@dataclass(slots=True)
class BlockMaker:
    """Makes blocks of a letter's tokens, and keeps what is wrong with them.

    Names are read from files in `folder`, if there is one. `files` are the files of names that the
    letter means, there or not. `footnotes` are by label, in the order of the letter.
    """

    folder: Path | None
    faults: list[LetterFault] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    footnotes: dict[str, Block] = field(default_factory=dict)

    def make_blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Make all blocks; the last holds the footnotes, in the order of their calls."""
        blocks = self._make_children(_grow_tree(_join_lists(tokens)), (), 1)
        lists = [block for block in list_blocks(blocks) if block.signatories]
        for block in lists if len(lists) > 1 else ():
            if block.heading is None:
                told = "of several lists of signatories, each needs a heading directly above"
                self._refuse(block.line, f"{told}: say there who signed")
        notes = tuple(_number_footnotes(blocks, self.footnotes))
        if notes:
            blocks += (Block("footnotes", notes[0].line, notes),)
        return _settle_names(blocks)

    def _refuse(self, line: int, told: str) -> None:
        self.faults.append(LetterFault(line, told))

    def _make_children(
        self, parent: _Node, notes: tuple[str, ...], line: int, *, is_name: bool = False
    ) -> tuple[Block, ...]:
        """Make blocks of what a node holds.

        A note to translators is about the next block. Where that is a list, a quote or a table, the
        note is about every text in that block.
        """
        blocks: list[Block] = []
        pending: tuple[str, ...] = ()
        is_marked = False
        for node in parent.children:
            line = node.token.map[0] + 1 if node.token.map else line
            if node.kind == "note":
                pending += (node.token.content,)
            elif node.kind == "signatories" and not node.token.content:
                is_marked = True
            elif node.kind == "signatories":
                blocks.append(self._read_names(node.token.content, line, _find_heading(blocks)))
            else:
                block = self._make_block(node, notes + pending, line, is_name=is_name or is_marked)
                if is_marked:
                    block = self._mark_list(block, _find_heading(blocks))
                if blocks and blocks[-1].names and node.kind in _LISTS:
                    told = "a list stands directly below the names from a file"
                    self._refuse(line, f"{told}: put a heading or a sentence in between")
                if node.kind == "footnote_reference":
                    self.footnotes.setdefault(str(node.token.meta["label"]), block)
                else:
                    blocks.append(block)
                pending, is_marked = (), False
        if pending or is_marked:
            what = (
                f"{SIGNATORIES} stands above no list" if is_marked else "this note is above nothing"
            )
            self._refuse(line, f"{what}: put it above what it concerns")
        return tuple(blocks)

    def _make_block(
        self, node: _Node, notes: tuple[str, ...], line: int, *, is_name: bool
    ) -> Block:
        if node.kind in ("fence", "code_block"):
            return Block("pre", line, code=node.token.content)
        if node.kind in ("paragraph", "heading", "th", "td"):
            words = join_lines(node.children[0].token.content).strip()
            words = strip_blanks(words) if is_name else words
            notes = (*notes, NAME_NOTE) if is_name else notes
            message = Message(words, notes, line, is_name) if words else None
            align = str(node.token.attrs.get("style", "")).removeprefix("text-align:")
            return Block(
                "" if node.token.hidden else node.token.tag, line, message=message, align=align
            )
        children = self._make_children(node, notes, line, is_name=is_name)
        if node.kind == "table":  # without its head and its body
            children = tuple(row for part in children for row in part.children)
        tag = "footnote" if node.kind == "footnote_reference" else node.token.tag
        return Block(tag, line, children, start=int(node.token.attrs.get("start", 1)))

    def _mark_list(self, block: Block, heading: Message | None) -> Block:
        if block.tag not in ("ul", "ol"):
            told = f"{SIGNATORIES} stands above no list: put it above what it concerns"
            self._refuse(block.line, told)
        return replace(block, signatories=True, heading=heading)

    def _read_names(self, name: str, line: int, heading: Message | None) -> Block:
        if not is_names_file(name):
            told = "write the name of a CSV file beside the letter, such as people.csv"
            self._refuse(line, f"{name} can't be read as a list of signatories: {told}")
            return Block("ul", line, signatories=True, heading=heading)
        self.files.append(name)
        found, faults = read_names(self.folder / name, self.folder) if self.folder else ([], [])
        self.faults += faults
        return Block("ul", line, signatories=True, heading=heading, names=tuple(found))


def _find_heading(blocks: Sequence[Block]) -> Message | None:
    """Find the heading that stands directly above what comes next, if one does."""
    return blocks[-1].message if blocks and blocks[-1].tag in HEADINGS else None


def _join_lists(tokens: Sequence[Token]) -> list[Token]:
    """Make one list again of a list that a note between two of its items has parted.

    For markdown-it a note, as a block of its own, ends the list. A list belongs to the one before
    if nothing but notes stands between them and both have the same level and the same marker.
    """
    joined: list[Token] = []
    for token in tokens:
        ended = next((each for each in reversed(joined) if each.type != "note"), token)
        is_parted = token.type.endswith("_list_open") and joined[-1:] != [ended]
        closing = (token.type.replace("open", "close"), token.markup, token.level)
        if is_parted and closing == (ended.type, ended.markup, ended.level):
            joined = [each for each in joined if each is not ended]
        else:
            joined.append(token)
    return joined


def _number_footnotes(blocks: Sequence[Block], footnotes: dict[str, Block]) -> Iterator[Block]:
    """Number the footnotes in the order of their first calls, each with the ids of its calls."""
    messages = [block.message for block in list_blocks(blocks) if block.message]
    calls: dict[str, list[str]] = {}
    for message in dict.fromkeys(messages):
        if "[^" not in message.msgid:
            continue
        counts = Counter[str]()
        for label in find_footnote_calls(message.msgid):
            if label in footnotes:
                counts[label] += 1
                found = calls.setdefault(label, [])
                number = list(calls).index(label) + 1
                found.append(name_call(message.anchor, number, counts[label]))
    for number, (label, ids) in enumerate(calls.items(), 1):
        yield replace(footnotes[label], start=number, calls=tuple(ids), label=label)


def _settle_names(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make a passage of each name that stands elsewhere in the letter as a passage."""
    messages = [block.message for block in list_blocks(blocks) if block.message]
    passages = {message.msgid for message in messages if not message.is_name}
    if not any(message.is_name and message.msgid in passages for message in messages):
        return blocks

    def settle(block: Block) -> Block:
        message = block.message
        if message and message.is_name and message.msgid in passages:
            notes = tuple(note for note in message.notes if note != NAME_NOTE)
            message = replace(message, notes=notes, is_name=False)
        return replace(block, message=message, children=tuple(map(settle, block.children)))

    return tuple(map(settle, blocks))
