"""The parser of letters: CommonMark, tables, footnotes, notes to translators, and signatories.

Notes and the mark of the signatories are comments in HTML, which GitHub and every other reader of
Markdown leaves out.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

NOTE_OPENS = "<!-- translators:"
SIGNATORIES = "<!-- signatories -->"  # stands above a list of those who signed
MAX_NESTING = 100  # markdown-it drops, without a word, what is nested more deeply than this

_SIGNATORIES = re.compile(r"<!-- signatories(?::[ \t]*(\S.*?))? -->")  # with the file of the names


@cache
def make_letter_parser() -> MarkdownIt:
    """Make the parser, which turns notes and the mark into tokens of their own.

    Definition lists and footnotes within a sentence are parsed to be refused. Escapes remain
    tokens, so that a mark with a backslash before it is told from one without.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable("text_join")
    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True).use(deflist_plugin)
    parser.validateLink = _take_any_link  # type: ignore[assignment,method-assign]
    interrupts = ["paragraph", "reference", "blockquote", "list", "table", "footnote_def"]
    parser.block.ruler.before("html_block", "comment", _parse_comment, {"alt": interrupts})
    return parser


def _take_any_link(_address: str) -> bool:
    """Take any address, also javascript:, for a link, so that such a link is refused."""
    return True


def _parse_comment(
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001 (markdown-it calls it so)
) -> bool:
    """Take a note or the mark, on lines of its own, as a token: a block rule of markdown-it.

    A rule gives whether the lines are its own; if silent, it only looks.
    """
    lines = [] if state.is_code_block(start) else _read_comment(state, start, end)
    if lines and not silent:
        text = " ".join(lines)
        mark = _SIGNATORIES.fullmatch(text)
        token = state.push("signatories" if mark else "note", "", 0)
        token.content = mark[1] or "" if mark else " ".join(text[len(NOTE_OPENS) : -3].split())
        token.map = [start, start + len(lines)]
        state.line = start + len(lines)
    return bool(lines)


def _read_comment(state: StateBlock, start: int, end: int) -> list[str]:
    """Read the lines of a whole note, or of the mark; none if neither starts at this line."""
    lines: list[str] = []
    for number in range(start, end):
        if lines and state.sCount[number] < state.blkIndent:
            return []
        start_of_text = state.bMarks[number] + state.tShift[number]
        line = state.src[start_of_text : state.eMarks[number]].rstrip()
        if not lines and _SIGNATORIES.fullmatch(line):
            return [line]
        if not lines and not line.startswith(NOTE_OPENS):
            return []
        lines.append(line)
        if "-->" in line:
            break
    whole = lines[-1].endswith("-->") and lines[-1].count("-->") == 1
    return lines if whole else []
