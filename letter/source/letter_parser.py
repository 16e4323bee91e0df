"""The parser of letters: CommonMark, with notes to translators and the mark of the signatories.

Both are comments in HTML, which GitHub and every other reader of Markdown leaves out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock

NOTE_OPENS = "<!-- translators:"
SIGNATORIES = "<!-- signatories -->"  # stands above the list of those who signed
MAX_NESTING = 100  # markdown-it drops, without a word, what is nested more deeply than this


@cache
def make_letter_parser() -> MarkdownIt:
    """Make the parser, which turns notes and the mark into tokens of their own."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("html_block", "note", _parse_note, interrupts)
    parser.block.ruler.before("html_block", "signatories", _parse_signatories, interrupts)
    return parser


def _parse_note(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001 (markdown-it calls it so)
) -> bool:
    """Take `<!-- translators: … -->` on lines of its own as a token: a block rule of markdown-it.

    A rule gives whether the lines are its own; if silent, it only looks.
    """
    if state.is_code_block(start) or not _read_line(state, start).startswith(NOTE_OPENS):
        return False
    lines: list[str] = []
    for number in range(start, end):
        if number > start and state.sCount[number] < state.blkIndent:
            return False
        lines.append(_read_line(state, number))
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


def _parse_signatories(
    state: StateBlock,
    start: int,
    _end: int,
    silent: bool,  # noqa: FBT001 (markdown-it calls it so)
) -> bool:
    """Take the line above the list of the signatories as a token: a block rule of markdown-it."""
    if state.is_code_block(start) or _read_line(state, start) != SIGNATORIES:
        return False
    if not silent:
        state.push("signatories", "", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def _read_line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
