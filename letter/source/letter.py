"""The Markdown rules: a letter becomes messages, and a message becomes inline HTML.

Extraction and rendering both walk the blocks that `parse_letter` makes from one token stream, so
they cannot disagree on a msgid.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from letter.addresses import IMAGE_SUFFIXES
from letter.errors import OneLetterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock

LINK_SCHEMES = ("http", "https", "mailto")
NOTE_OPENS = "<!-- translators:"
SIGNATORIES = "<!-- signatories -->"  # stands above the list of those who signed
MAX_NESTING = 100  # markdown-it drops, without a word, what is nested more deeply than this

_HARD_BREAK = re.compile(r"(?: {2,}|(?<!\\)(?:\\\\)*\\)\n[ \t]*")
_SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class LetterError(OneLetterError):
    """The letter can't be published; the text is `path:line: what is wrong, and what to do`."""


@dataclass(frozen=True, slots=True)
class Message:
    """One translatable text of the letter: inline Markdown, a newline being a hard break."""

    msgid: str
    notes: tuple[str, ...]
    line: int

    @property
    def anchor(self) -> str:
        """Its short address, which depends on nothing but its own words."""
        digest = hashlib.sha256(self.msgid.encode()).digest()
        return "p" + base64.b32encode(digest)[:7].decode().lower()


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the letter: a container with children, a leaf with a message, code or a rule.

    `tag` is the HTML element, or "" for text that stands directly in the item of a tight list.
    """

    tag: str
    line: int
    children: tuple[Block, ...] = ()
    message: Message | None = None
    code: str = ""
    start: int = 1
    signatories: bool = False

    def walk(self) -> Iterator[Block]:
        """Give this block and all below it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter, ready to be read in any language."""

    path: str
    blocks: tuple[Block, ...]
    messages: tuple[Message, ...]
    images: frozenset[str]

    def find_messages(self, names: Sequence[str] | None) -> list[Message]:
        """Find messages by anchor or by number from 1, or all; LetterError for another name."""
        if names is None:
            return list(self.messages)
        known = {message.anchor: message for message in self.messages}
        known |= {str(number): message for number, message in enumerate(self.messages, 1)}
        for name in names:
            if name not in known:
                count = len(self.messages)
                raise LetterError(
                    f"{self.path}: no passage {name}: use 1 to {count}, or its address"
                )
        return [known[name] for name in names]


def read_letter(path: Path) -> Letter:
    """Read a letter from a file; LetterError says what keeps it from being published."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LetterError(f"{path}:1: can't be read: {error.strerror}") from error
    letter = parse_letter(decode_letter(data, str(path)), str(path))
    for image in sorted(letter.images):
        if not (path.parent / unquote(image)).is_file():
            line = next(m.line for m in letter.messages if image in _find_images(m.msgid))
            text = f"there is no image {unquote(image)} beside the letter: put the file there"
            raise LetterError(f"{path}:{line}: {text}")
    return letter


def decode_letter(data: bytes, path: str) -> str:
    """Decode a letter's UTF-8, with or without a BOM; LetterError names the line that isn't."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LetterError(f"{path}:{line}: is not UTF-8: save the letter as UTF-8") from error


def parse_letter(text: str, path: str = "letter.md") -> Letter:
    """Parse CommonMark into blocks and messages; LetterError refuses what can't be translated."""
    env: dict[str, Any] = {}
    tokens = _letter_parser().parse(text, env)
    _refuse_untranslatable(tokens, env, path)
    tree = SyntaxTreeNode(_join_lists(tokens))
    blocks = _make_blocks(tree.children, (), path)
    messages = tuple(_merge_messages(blocks))
    signatories = [found.line for block in blocks for found in block.walk() if found.signatories]
    if len(signatories) > 1:
        text = f"a second list has {SIGNATORIES} above it: put all who signed into one list"
        raise LetterError(f"{path}:{signatories[1]}: {text}")
    if not messages:
        raise LetterError(f"{path}:1: holds no text: write the letter here, in Markdown")
    images = frozenset(image for m in messages for image in _find_images(m.msgid))
    return Letter(path, blocks, messages, images)


def render_message(
    text: str, images: frozenset[str] = frozenset(), media: str = "", xhtml: bool = False
) -> str:
    """Render inline Markdown as HTML, or as XHTML, that is safe whoever wrote it.

    Only text, emphasis, code, hard breaks, links to LINK_SCHEMES and the letter's own `images`
    come through; `media` is put before an image's address.
    """
    parser = _message_parser(xhtml)
    tokens = parser.parseInline(text)
    for inline in tokens:
        inline.children = [
            _own_image(child, images, media) if child.type == "image" else child
            for child in _drop_bad_links(inline.children or ())
        ]
    return str(parser.renderer.render(tokens, parser.options, {}))


def plain_text(text: str) -> str:
    """Give the words of inline Markdown alone, hard breaks as newlines, for titles and text."""
    return "".join(_list_words(_inline_tokens(text)))


def _list_words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield from _list_words(token.children or ())
        else:
            yield token.content


def find_links(text: str) -> list[str]:
    """List the addresses of the links in inline Markdown, in order."""
    return [str(t.attrs["href"]) for t in _inline_tokens(text) if t.type == "link_open"]


def _find_images(text: str) -> list[str]:
    return [str(token.attrs["src"]) for token in _inline_tokens(text) if token.type == "image"]


def _inline_tokens(text: str) -> list[Token]:
    return [c for inline in _message_parser().parseInline(text) for c in inline.children or ()]


@cache
def _letter_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("html_block", "note", _parse_note, interrupts)
    parser.block.ruler.before("html_block", "signatories", _parse_signatories, interrupts)
    return parser


@cache
def _message_parser(xhtml: bool = False) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"breaks": True, "html": False, "xhtmlOut": xhtml})
    parser.disable(["html_inline", "html_block", "reference"])
    parser.validateLink = _is_safe_address  # type: ignore[assignment,method-assign]
    return parser


def _is_safe_address(address: str) -> bool:
    return _has_link_scheme(address) or _is_image_address(address)


def _has_link_scheme(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # such as "http://["
        return False
    return parts.scheme in LINK_SCHEMES and bool(
        parts.path if parts.scheme == "mailto" else parts.netloc
    )


def _is_image_address(address: str) -> bool:
    """Say whether an address is a picture's file name, relative to the letter's folder."""
    path = PurePosixPath(unquote(address))
    plain = re.fullmatch(r"[\w %./()-]+", unquote(address)) is not None
    return (
        plain
        and not path.is_absolute()
        and ".." not in path.parts
        and (path.suffix.lower() in IMAGE_SUFFIXES)
    )


def _drop_bad_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """Leave of a link that leads nowhere a reader should go its words alone."""
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            dropped.append(not _has_link_scheme(str(token.attrs["href"])))
        if token.type not in ("link_open", "link_close") or not dropped[-1]:
            yield token
        if token.type == "link_close":
            dropped.pop()


def _own_image(token: Token, images: frozenset[str], media: str) -> Token:
    """Keep an image of the letter; of any other only its words remain."""
    if token.attrs["src"] in images:
        token.attrs["src"] = media + str(token.attrs["src"])
        return token
    return Token("text", "", 0, content=token.content)


def _parse_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `<!-- translators: … -->` on lines of its own as a token; a markdown-it block rule."""
    if state.is_code_block(start) or not _line(state, start).startswith(NOTE_OPENS):
        return False
    lines: list[str] = []
    for number in range(start, end):
        if number > start and state.sCount[number] < state.blkIndent:
            return False
        lines.append(_line(state, number))
        if "-->" in lines[-1]:
            break
    text = " ".join(lines)
    if not text.endswith("-->") or text.count("-->") != 1:
        return False
    if not silent:
        token = state.push("note", "", 0)
        token.content = " ".join(text[len(NOTE_OPENS) : -len("-->")].split())
        token.map = [start, start + len(lines)]
        state.line = start + len(lines)
    return True


def _parse_signatories(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the line that says the next list is the signatories; a markdown-it block rule."""
    if state.is_code_block(start) or _line(state, start) != SIGNATORIES:
        return False
    if not silent:
        state.push("signatories", "", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _refuse_untranslatable(tokens: Sequence[Token], env: dict[str, Any], path: str) -> None:
    """Raise LetterError for the first thing in the letter that can't be translated safely."""
    faults: list[tuple[int, str]] = [
        (
            reference["map"][0] + 1,
            f"the reference link [{label.lower()}] can't be translated safely: "
            "write the address in the link itself, [words](address)",
        )
        for label, reference in env.get("references", {}).items()
    ]
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.level >= MAX_NESTING - 1:
            faults.append((line, "is nested too deeply: use fewer lists and quotes in each other"))
        if token.type == "html_block":
            faults.append((line, _explain_html(token.content.lstrip())))
        if token.type == "inline":
            faults.extend(_find_inline_faults(token, line))
    if faults:
        line, text = min(faults, key=lambda fault: fault[0])
        raise LetterError(f"{path}:{line}: {text}")


def _find_inline_faults(token: Token, line: int) -> Iterator[tuple[int, str]]:
    in_code = line
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "html_inline":
            yield line, _explain_html(child.content)
        elif child.type == "link_open" and not _has_link_scheme(str(child.attrs["href"])):
            yield (
                line,
                f"the link to {child.attrs['href']} must begin with http://, https:// or mailto:",
            )
        elif child.type == "image" and not _is_image_address(str(child.attrs["src"])):
            where = f"a file beside the letter, one of {', '.join(IMAGE_SUFFIXES)}"
            yield line, f"the image {child.attrs['src']} must be {where}"
        elif child.type == "code_inline":
            in_code = line
    if not _same_when_joined(token.content):
        text = "a line ends inside code, where it can't be carried over: put the code on one line"
        yield in_code, text


def _explain_html(html: str) -> str:
    if html.startswith(NOTE_OPENS):
        return "this note to translators needs lines of its own, and a --> at its end"
    if html.startswith("<!--"):
        return f"only {SIGNATORIES} and comments that begin with {NOTE_OPENS} are allowed here"
    words = html.split("\n")[0][:40]
    return f"raw HTML ({words}) can't be translated safely: write it in Markdown or leave it out"


def _same_when_joined(content: str) -> bool:
    """Say whether joining the lines of a text leaves its meaning as it was."""

    def outline(text: str, soft: str) -> list[tuple[str, str]]:
        parser = MarkdownIt("commonmark")
        tokens = [c for inline in parser.parseInline(text) for c in inline.children or ()]
        merged: list[tuple[str, str]] = []
        for token in tokens:
            kind, words = token.type, token.content
            if kind == "softbreak":
                kind, words = ("text", " ") if soft == "softbreak" else ("hardbreak", "")
            if kind == "text" and merged and merged[-1][0] == "text":
                merged[-1] = ("text", merged[-1][1] + words)
            else:
                merged.append((kind, words))
        return merged

    return "\n" not in content or outline(content, "softbreak") == outline(
        join_lines(content), "hardbreak"
    )


def join_lines(content: str) -> str:
    """Collapse soft line breaks to a space; a hard break becomes one newline.

    Re-wrapping the English therefore changes no msgid (CommonMark §6.7, §6.8).
    """

    def keep_backslashes(match: re.Match[str]) -> str:
        return match[0].rstrip("\n \t").removesuffix("\\") + "\0"

    return _SOFT_BREAK.sub(" ", _HARD_BREAK.sub(keep_backslashes, content)).replace("\0", "\n")


def _join_lists(tokens: Sequence[Token]) -> list[Token]:
    """Make one list again of a list that a note between two of its items has parted."""
    joined: list[Token] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            last = len(joined) - 1
            while last >= 0 and joined[last].type == "note":
                last -= 1
            closing = (token.type.replace("open", "close"), token.markup, token.level)
            if 0 <= last < len(joined) - 1 and closing == (
                joined[last].type,
                joined[last].markup,
                joined[last].level,
            ):
                del joined[last]
                continue
        joined.append(token)
    return joined


def _make_blocks(
    nodes: Sequence[SyntaxTreeNode], notes: tuple[str, ...], path: str
) -> tuple[Block, ...]:
    """Turn siblings into blocks; a note concerns the next block, a container's note all in it."""
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
        elif signatories and node.type not in ("bullet_list", "ordered_list"):
            break
        else:
            block = _make_block(node, notes + pending, line, path)
            blocks.append(replace(block, signatories=signatories))
            pending, signatories = (), False
    if pending or signatories:
        what = (
            f"{SIGNATORIES} stands above no list" if signatories else "this note is above nothing"
        )
        raise LetterError(f"{path}:{line}: {what}: put it above what it concerns")
    return tuple(blocks)


def _make_block(node: SyntaxTreeNode, notes: tuple[str, ...], line: int, path: str) -> Block:
    if node.type in ("fence", "code_block"):
        return Block("pre", line, code=node.content)
    if node.type in ("paragraph", "heading"):
        words = join_lines(node.children[0].content).strip()
        message = Message(words, notes, line) if words else None
        return Block("" if node.hidden else node.tag, line, message=message)
    start = int(node.attrs.get("start", 1))
    return Block(node.tag, line, _make_blocks(node.children, notes, path), start=start)


def _merge_messages(blocks: tuple[Block, ...]) -> Iterator[Message]:
    """Give each msgid once, in the order of the letter, with the notes of all its places."""
    merged: dict[str, Message] = {}
    for block in blocks:
        for message in (found.message for found in block.walk() if found.message):
            first = merged.setdefault(message.msgid, message)
            notes = tuple(dict.fromkeys(first.notes + message.notes))
            merged[message.msgid] = replace(first, notes=notes)
    yield from merged.values()
