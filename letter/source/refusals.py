"""What in a letter can't be published, and why: it could not be translated safely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from letter.addresses import IMAGE_SUFFIXES
from letter.errors import OneLetterError
from letter.source.letter_parser import MAX_NESTING, NOTE_OPENS, SIGNATORIES, make_letter_parser
from letter.source.markdown import has_link_scheme, is_image_address, join_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


class LetterError(OneLetterError):
    """The letter can't be published; the text is `path:line: what is wrong, and what to do`."""


def refuse_untranslatable(tokens: Sequence[Token], env: dict[str, Any], path: str) -> None:
    """Raise LetterError for the first thing in a letter that can't be translated safely.

    The tokens and `env` are what `make_letter_parser` gave of the letter.
    """
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
    """Find what is wrong in a paragraph or heading that starts at a line, with the line of each."""
    in_code = line
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "html_inline":
            yield line, _explain_html(child.content)
        elif child.type == "link_open" and not has_link_scheme(str(child.attrs["href"])):
            yield (
                line,
                f"the link to {child.attrs['href']} must begin with http://, https:// or mailto:",
            )
        elif child.type == "image" and not is_image_address(str(child.attrs["src"])):
            where = f"a file beside the letter, one of {', '.join(IMAGE_SUFFIXES)}"
            yield line, f"the image {child.attrs['src']} must be {where}"
        elif child.type == "code_inline":
            in_code = line
    if not _is_same_joined(token):
        text = "code or emphasis changes its meaning where its lines are joined"
        yield in_code, f"{text}: put the code on one line, and the marks beside words"


def _explain_html(html: str) -> str:
    if html.startswith(NOTE_OPENS):
        return "this note to translators needs lines of its own, and a --> at its end"
    if html.startswith("<!--"):
        return f"only {SIGNATORIES} and comments that begin with {NOTE_OPENS} are allowed here"
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
    return marks == _list_marks(make_letter_parser().parseInline(join_lines(token.content)))


def _list_marks(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [
        (child.type, child.content if child.type == "code_inline" else "")
        for token in tokens
        for child in token.children or ()
        if child.type not in ("text", "softbreak", "hardbreak")
    ]
