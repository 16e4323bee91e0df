"""The parser of letters: CommonMark, with notes to translators and the mark of the signatories.

Both are comments in HTML, which GitHub and every other reader of Markdown leaves out. A letter with
anything in it that could not be translated safely is refused.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from letter.addresses import IMAGE_SUFFIXES
from letter.source.letter_faults import LetterFault
from letter.source.markdown import has_link_scheme, is_image_address, join_lines

_NOTE_OPENS = "<!-- translators:"
SIGNATORIES = "<!-- signatories -->"  # stands above the list of those who signed
_MAX_NESTING = 100  # markdown-it drops, without a word, what is nested more deeply than this


def parse_tokens(text: str) -> tuple[list[Token], list[LetterFault]]:
    """Parse a letter into tokens, and find all that can't be translated safely."""
    env: dict[str, Any] = {}
    tokens = _make_letter_parser().parse(text, env)
    told = "can't be translated safely: write the address in the link itself, [words](address)"
    faults = [
        LetterFault(reference["map"][0] + 1, f"the reference link [{label.lower()}] {told}")
        for label, reference in env.get("references", {}).items()
    ]
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.level >= _MAX_NESTING - 1:
            told = "is nested too deeply: use fewer lists and quotes in each other"
            faults.append(LetterFault(line, told))
        if token.type == "html_block":
            faults.append(LetterFault(line, _explain_html(token.content.lstrip())))
        if token.type == "inline":
            faults.extend(LetterFault(*fault) for fault in _find_inline_faults(token, line))
    return tokens, faults


@cache
def _make_letter_parser() -> MarkdownIt:
    """Make the parser, which turns notes and the mark into tokens of their own."""
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("html_block", "comment", _parse_comment, {"alt": interrupts})
    return parser


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
        token = state.push("signatories" if text == SIGNATORIES else "note", "", 0)
        token.content = " ".join(text[len(_NOTE_OPENS) : -len("-->")].split())
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
        if not lines and line == SIGNATORIES:
            return [line]
        if not lines and not line.startswith(_NOTE_OPENS):
            return []
        lines.append(line)
        if "-->" in line:
            break
    whole = lines[-1].endswith("-->") and lines[-1].count("-->") == 1
    return lines if whole else []


def _find_inline_faults(token: Token, line: int) -> Iterator[tuple[int, str]]:
    """Find what is wrong in a paragraph or heading that starts at a line, with the line of each."""
    in_code = line
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "html_inline":
            yield line, _explain_html(child.content)
        elif child.type == "link_open" and not has_link_scheme(str(child.attrs["href"])):
            must = "must begin with http://, https:// or mailto:"
            yield line, f"the link to {child.attrs['href']} {must}"
        elif child.type == "image" and not is_image_address(str(child.attrs["src"])):
            where = f"a file beside the letter, one of {', '.join(IMAGE_SUFFIXES)}"
            yield line, f"the image {child.attrs['src']} must be {where}"
        elif child.type == "code_inline":
            in_code = line
    if not _is_same_joined(token):
        text = "code or emphasis changes its meaning where its lines are joined"
        yield in_code, f"{text}: put the code on one line, and the marks beside words"


def _explain_html(html: str) -> str:
    if html.startswith(_NOTE_OPENS):
        return "this note to translators needs lines of its own, and a --> at its end"
    if html.startswith("<!--"):
        return f"only {SIGNATORIES} and comments that begin with {_NOTE_OPENS} are allowed here"
    words = html.split("\n")[0][:40]
    return f"raw HTML ({words}) can't be translated safely: write it in Markdown or leave it out"


def _is_same_joined(token: Token) -> bool:
    """Say whether a paragraph has the same code, emphasis and links with its lines joined.

    In code, two spaces or a backslash at the end of a line are no break, as they are elsewhere.
    Beside a mark of emphasis, a backslash counts as punctuation (CommonMark §6.2).
    """
    marks = _list_marks([token])
    if not marks or "\n" not in token.content:
        return True
    return marks == _list_marks(_make_letter_parser().parseInline(join_lines(token.content)))


def _list_marks(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [
        (child.type, child.content if child.type == "code_inline" else "")
        for token in tokens
        for child in token.children or ()
        if child.type not in ("text", "softbreak", "hardbreak")
    ]
