"""The letter: its blocks and its messages, read from Markdown.

Extraction and rendering both walk the blocks that `parse_letter` makes from one token stream, so
they cannot disagree on a msgid.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from letter.source.front_matter import TEXTS, FrontMatter, Settings, split_front_matter
from letter.source.letter_faults import LetterError, LetterFault, refuse_faults
from letter.source.letter_parser import SIGNATORIES, parse_tokens
from letter.source.markdown import find_images, join_lines

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable text of the letter, in inline Markdown; a newline in it is a hard break."""

    msgid: str
    notes: tuple[str, ...]  # to translators, from the comments above the text
    line: int  # in the letter, counted from 1, where the text stands for the first time
    is_name: bool = False  # whether the text is a signatory's name, and nothing but that

    @property
    def anchor(self) -> str:
        """The address of the passage: "p", and seven letters or digits made from its words.

        The address depends on the msgid alone: a link to a passage holds while others change.
        """
        digest = hashlib.sha256(self.msgid.encode()).digest()
        return "p" + base64.b32encode(digest)[:7].decode().lower()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the letter: a list, an item or a quote with blocks in it, or text, code, a rule.

    The tag is the HTML element, or "" for text that stands directly in the item of a tight list
    (CommonMark §5.3).
    """

    tag: str
    line: int
    children: "tuple[Block, ...]" = ()
    message: Message | None = None  # of a paragraph or a heading with words in it
    code: str = ""  # of a "pre"
    start: int = 1  # the number of the first item of an "ol"
    signatories: bool = False  # whether a list is the list of those who signed


@dataclass(frozen=True, slots=True)
class Place:
    """A block, and whether an item, a quote or the list of signatories holds it at any depth."""

    block: Block
    is_item: bool = False
    is_quote: bool = False
    is_signatory: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter, ready to be read in any language."""

    path: str
    blocks: tuple[Block, ...]
    title: Message  # the front matter's, or the first heading, or the first passage
    passages: tuple[Message, ...]  # what is counted and addressed: in blocks, no names, each once
    messages: tuple[Message, ...]  # all to translate, each msgid once: the front matter's first
    images: frozenset[str]  # addresses as the letter writes them, %20 for a space; the logo too
    files: frozenset[Path]  # which the letter names: the letter changes when one of these does
    settings: Settings

    def walk(self) -> Iterator[Place]:
        """Walk through all blocks in the order of reading, a container before its contents.

        >>> [place.block.tag for place in parse_letter("# Title\\n\\n> A quote.").walk()]
        ['h1', 'blockquote', 'p']
        """
        return _walk_blocks(self.blocks, Place(Block("", 0)))

    def find_messages(self, names: Sequence[str] | None) -> list[Message]:
        """Find messages by anchor or by number from 1, or all; LetterError for another name."""
        if names is None:
            return list(self.passages)
        known = {message.anchor: message for message in self.passages}
        known |= {str(number): message for number, message in enumerate(self.passages, 1)}
        for name in names:
            if name not in known:
                text = f"no passage {name}: use 1 to {len(self.passages)}, or its address"
                raise LetterError(f"{self.path}: {text}")
        return [known[name] for name in names]


def _walk_blocks(blocks: Sequence[Block], around: Place) -> Iterator[Place]:
    for block in blocks:
        place = Place(
            block,
            around.is_item or block.tag == "li",
            around.is_quote or block.tag == "blockquote",
            around.is_signatory or block.signatories,
        )
        yield place
        yield from _walk_blocks(block.children, place)


def read_letter(path: Path) -> Letter:
    """Read a letter from a file; LetterError says what keeps the letter from being published."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LetterError(f"{path}:1: can't be read: {error.strerror}") from error
    return parse_letter(decode_letter(data, str(path)), str(path), path.parent)


def decode_letter(data: bytes, path: str) -> str:
    """Decode a letter's UTF-8, with or without a BOM; LetterError names a line in another code."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LetterError(f"{path}:{line}: is not UTF-8: save the letter as UTF-8") from error


def parse_letter(text: str, path: str = "letter.md", folder: Path | None = None) -> Letter:
    """Parse a letter into blocks and messages; LetterError for one that can't be published.

    The path is for what an error says. The files that the letter names are looked for in the
    folder, if one is given.
    """
    front, body = split_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    tokens, faults = parse_tokens(body)
    blocks = _make_blocks(SyntaxTreeNode(_join_lists(tokens)).children, (), faults)
    found = [place.block for place in _walk_blocks(blocks, Place(Block("", 0)))]
    signatories = [block.line for block in found if block.signatories]
    if len(signatories) > 1:
        told = f"a second list has {SIGNATORIES} above it: put all who signed into one list"
        faults.append(LetterFault(signatories[1], told))
    passages = _merge_messages([block.message for block in found if block.message])
    if not passages and not faults and not front.faults:
        faults.append(LetterFault(1, "holds no text: write the letter here, in Markdown"))
    images = {image: m.line for m in reversed(passages) for image in find_images(m.msgid)}
    if front.settings.logo:
        images[front.settings.logo] = front.lines["logo"]
    faults += [*front.faults, *_find_missing_images(images, folder)]
    refuse_faults(path, faults)
    title = next((b.message for b in found if b.message and b.tag in HEADINGS), passages[0])
    first = _make_front_messages(front)
    return Letter(
        path,
        blocks,
        first[0] if front.settings.title else title,
        passages,
        _merge_messages([*first, *passages]),
        frozenset(images),
        frozenset(Path(path).parent / unquote(image) for image in images),
        front.settings,
    )


def _make_front_messages(front: FrontMatter) -> list[Message]:
    """Make messages of what readers see of the front matter."""
    texts = {key: getattr(front.settings, key) for key in TEXTS}
    return [
        Message(text, (f"Front matter: {key}",), front.lines[key])
        for key, text in texts.items()
        if text
    ]


def _find_missing_images(images: Mapping[str, int], folder: Path | None) -> Iterator[LetterFault]:
    for image, line in images.items():
        if folder and not (folder / unquote(image)).is_file():
            told = f"there is no image {unquote(image)} beside the letter: put the file there"
            yield LetterFault(line, told)


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


def _make_blocks(
    nodes: Sequence[SyntaxTreeNode], notes: tuple[str, ...], faults: list[LetterFault]
) -> tuple[Block, ...]:
    """Turn nodes of one level into blocks.

    A note to translators is about the next block. Where that is a list or a quote, the note is
    about every text in that block. What is wrong is added to the faults.
    """
    blocks: list[Block] = []
    pending: tuple[str, ...] = ()
    signatories = False
    line = 1
    for node in nodes:
        line = node.map[0] + 1 if node.map else line
        if node.type == "note":
            pending += (node.content,)
        elif node.type == "signatories":
            signatories = True
        else:
            if signatories and node.type not in ("bullet_list", "ordered_list"):
                told = f"{SIGNATORIES} stands above no list: put it above what it concerns"
                faults.append(LetterFault(line, told))
                signatories = False
            block = _make_block(node, notes + pending, line, faults)
            blocks.append(replace(block, signatories=signatories))
            pending, signatories = (), False
    if pending or signatories:
        what = (
            f"{SIGNATORIES} stands above no list" if signatories else "this note is above nothing"
        )
        faults.append(LetterFault(line, f"{what}: put it above what it concerns"))
    return tuple(blocks)


def _make_block(
    node: SyntaxTreeNode, notes: tuple[str, ...], line: int, faults: list[LetterFault]
) -> Block:
    if node.type in ("fence", "code_block"):
        return Block("pre", line, code=node.content)
    if node.type in ("paragraph", "heading"):
        words = join_lines(node.children[0].content).strip()
        message = Message(words, notes, line) if words else None
        return Block("" if node.hidden else node.tag, line, message=message)
    start = int(node.attrs.get("start", 1))
    return Block(node.tag, line, _make_blocks(node.children, notes, faults), start=start)


def _merge_messages(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Keep each msgid once, where it stands first, with the notes of all its places."""
    merged: dict[str, Message] = {}
    for message in messages:
        first = merged.setdefault(message.msgid, message)
        notes = tuple(dict.fromkeys(first.notes + message.notes))
        merged[message.msgid] = replace(first, notes=notes)
    return tuple(merged.values())
