"""The letter: its blocks and its messages, read from Markdown.

Extraction and rendering both walk the blocks that `parse_letter` makes from one token stream, so
they cannot disagree on a msgid.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from letter.source.blocks import HEADINGS, Block, Message, Place, list_blocks, walk_places
from letter.source.front_matter import TEXTS, FrontMatter, Settings, split_front_matter
from letter.source.hidden_characters import find_harmful
from letter.source.letter_blocks import BlockMaker
from letter.source.letter_faults import (
    LetterError,
    LetterFault,
    explain_encoding,
    refuse_faults,
)
from letter.source.letter_parser import make_letter_parser
from letter.source.links import make_slugs
from letter.source.markdown import find_images, has_words, plain_line
from letter.source.message_kinds import FRONT_NOTE
from letter.source.token_faults import find_text_faults, find_token_faults


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter, ready to be read in any language."""

    path: str
    blocks: tuple[Block, ...]
    title: Message  # the front matter's, or the first heading's, or the first passage with words
    heading: Message | None  # which readers see as the title; None where the letter has none
    passages: tuple[Message, ...]  # what has an address: in blocks, no names, each once
    numbers: Mapping[str, int]  # of passages by msgid, as readers count; 0 of what has no number
    messages: tuple[Message, ...]  # all to translate, each msgid once: the front matter's first
    images: frozenset[str]  # addresses as the letter writes them, %20 for a space; the logo too
    files: frozenset[Path]  # which the letter names: the letter changes when one of these does
    headings: Mapping[str, Message]  # by the slug to which a link within the letter leads
    notes: Mapping[str, int]  # the numbers of the footnotes by their labels
    settings: Settings

    def walk(self) -> Iterator[Place]:
        """Walk through all blocks in the order of reading, a container before its contents.

        >>> [place.block.tag for place in parse_letter("# Title\\n\\n> A quote.").walk()]
        ['h1', 'blockquote', 'p']
        """
        return walk_places(self.blocks)

    def find_messages(self, names: Sequence[str] | None) -> list[Message]:
        """Find messages by anchor, or by a passage's number, or "0" for the title; all by None.

        Headings, cells and footnotes have no number. LetterError for another name.
        """
        if names is None:
            return list(self.messages)
        known = {message.anchor: message for message in self.messages}
        known |= {str(self.numbers[message.msgid]): message for message in self.passages}
        known["0"] = self.title
        for name in names:
            if name not in known:
                last = max(self.numbers.values())
                text = f"no passage {name}: use 1 to {last}, 0 for the title, or an address"
                raise LetterError(f"{self.path}: {text}")
        return [known[name] for name in names]


def read_letter(path: Path, copy: Path | None = None) -> Letter:
    """Read a letter from a file; LetterError says what keeps the letter from being published.

    A `copy` that was good once is read in place of the file. Names are taken from beside the copy,
    and pictures, which lie beside the file, may be missing.
    """
    text = decode_letter(_read_bytes(copy or path), str(path))
    return parse_letter(text, str(path), path.parent, copy.parent if copy else None)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LetterError(f"{path}:1: can't be read: {error.strerror}") from error


def read_source_tag(path: Path | None) -> str:
    """Read the language in which a letter is written, whatever else is wrong with the letter.

    Without a language in the letter, that is English; "" where nobody can know, since there is no
    letter, or since what should tell the language can't be read. LetterError where there is no
    file.
    """
    if path is None:
        return ""
    try:
        front = split_front_matter(decode_letter(_read_bytes(path), str(path)))[0]
    except LetterError:
        if path.is_file():
            return ""
        raise
    line = front.lines.get("language", 0)
    is_known = all(fault.line != line for fault in front.faults) if line else not front.faults
    return front.settings.language if is_known else ""


def decode_letter(data: bytes, path: str) -> str:
    """Decode a letter's UTF-8, with or without a BOM; LetterError names a line in another code."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = explain_encoding(error, "letter")
        raise LetterError(f"{path}:{fault.line}: {fault.text}") from error


def parse_letter(
    text: str, path: str = "letter.md", folder: Path | None = None, copies: Path | None = None
) -> Letter:
    """Parse a letter into blocks and messages; LetterError for one that can't be published.

    The path is for what an error says. The files that the letter names are looked for in the
    folder, if one is given. Where a folder of `copies` is given, names are read from there, and
    pictures aren't looked for.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, body = split_front_matter(text)
    env: dict[str, Any] = {}
    tokens = make_letter_parser().parse(body, env)
    maker = BlockMaker(copies or folder)
    blocks = maker.make_blocks(tokens)
    listed = list_blocks(blocks)
    found = [block.message for block in listed if block.message]
    first = list(_make_front_messages(front))
    images = _find_images(front, found)
    files = frozenset(Path(path).parent / unquote(name) for name in (*images, *maker.files))
    faults = [*front.faults, *maker.faults, *find_token_faults(tokens, env)]
    faults += [LetterFault(line + 1, told) for line, told in find_harmful(text)]
    faults += [fault for each in first for fault in find_text_faults(each.msgid, each.line)]
    faults += _find_missing_images(images, None if copies else folder)
    if not faults and all(message.is_name for message in found):
        faults.append(LetterFault(1, "holds no text: write the letter here, in Markdown"))
    refuse_faults(path, faults, files)
    return _make_letter(path, front, blocks, listed, first, frozenset(images), files)


def _make_letter(
    path: str,
    front: FrontMatter,
    blocks: tuple[Block, ...],
    listed: Sequence[Block],
    first: Sequence[Message],
    images: frozenset[str],
    files: frozenset[Path],
) -> Letter:
    """Make the letter of blocks in which there is a passage; `listed` has those inside others, too.

    `first` are the front matter's messages.
    """
    found = [block.message for block in listed if block.message]
    passages = _merge_messages([message for message in found if not message.is_name])
    headings = [b.message for b in listed if b.message and b.tag in HEADINGS]
    heading = _find_heading(front.settings.title, (*blocks, *listed))
    return Letter(
        path,
        blocks,
        first[0] if front.settings.title else heading or _choose_title(headings, passages),
        heading,
        passages,
        _number_passages(blocks, passages, heading),
        _merge_messages([*first, *found]),
        images,
        files,
        dict(zip(make_slugs(plain_line(m.msgid) for m in headings), headings, strict=True)),
        {block.label: block.start for block in listed if block.label},
        front.settings,
    )


def _find_heading(title: str, blocks: Sequence[Block]) -> Message | None:
    """Find the heading that readers see as the title: the first heading or none.

    The first heading is the title where it is the front matter's `title` itself, or an <h1>, rather
    not within a quote or a list. In a letter without such a title, a heading at its top is one at
    any level, also below a logo or a rule. A heading that is a picture alone is none.
    """
    worded = [b for b in blocks if b.tag != "hr" and not (b.message and is_picture(b.message))]
    first = next((each for each in worded if each.message and each.tag in HEADINGS), None)
    if first is None or first.message is None:
        return None
    is_top = not title and first is worded[0]
    return first.message if first.message.msgid == title or first.tag == "h1" or is_top else None


def _choose_title(headings: Sequence[Message], passages: Sequence[Message]) -> Message:
    """Choose the title of a letter that shows none: the first text that is no picture alone."""
    found = (each for each in (*headings, *passages) if not is_picture(each))
    return next(found, passages[0])


def is_picture(message: Message) -> bool:
    """Say whether a message is a picture alone, such as a logo: its words are no title."""
    return "![" in message.msgid and not has_words(message.msgid)


def _number_passages(
    blocks: Sequence[Block], passages: Sequence[Message], heading: Message | None
) -> dict[str, int]:
    """Number the passages by msgid as readers count them: paragraphs, and items of lists.

    Titles, cells, footnotes and pictures have the number 0, unless the letter has nothing else.
    """
    firsts: dict[str, Place] = {}
    for place in walk_places(blocks):
        if (message := place.block.message) and not message.is_name:
            firsts.setdefault(message.msgid, place)
    texts = [
        msgid
        for msgid, at in firsts.items()
        if at.block.tag in ("", "p")
        and not at.is_footnote
        and not (at.block.message and is_picture(at.block.message))
    ]
    below = [msgid for msgid in firsts if heading is None or msgid != heading.msgid]
    numbers = {msgid: number for number, msgid in enumerate(texts or below or firsts, 1)}
    return {each.msgid: numbers.get(each.msgid, 0) for each in passages}


def _find_images(front: FrontMatter, messages: Sequence[Message]) -> dict[str, int]:
    """Find the addresses of the letter's pictures, each with the line of its first place."""
    lines: dict[str, int] = {}
    if front.settings.logo:
        lines[front.settings.logo] = front.lines["logo"]
    for message in messages:
        for image in find_images(message.msgid) if "![" in message.msgid else ():
            lines.setdefault(image, message.line)
    return lines


def _make_front_messages(front: FrontMatter) -> Iterator[Message]:
    """Make messages of what readers see of the front matter."""
    for key in TEXTS:
        if text := getattr(front.settings, key):
            yield Message(text, (FRONT_NOTE + key,), front.lines[key])


def _find_missing_images(images: Mapping[str, int], folder: Path | None) -> Iterator[LetterFault]:
    for image, line in images.items():
        if folder and not (folder / unquote(image)).is_file():
            told = f"there is no image {unquote(image)} beside the letter: put the file there"
            yield LetterFault(line, told)


def _merge_messages(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Keep each msgid once, where it stands first, with the notes of all its places."""
    merged: dict[str, Message] = {}
    for message in messages:
        first = merged.setdefault(message.msgid, message)
        if first is message:
            continue
        notes = tuple(dict.fromkeys(first.notes + message.notes))
        is_name = first.is_name or message.is_name
        merged[message.msgid] = replace(first, notes=notes, is_name=is_name)
    return tuple(merged.values())
