"""What can't be translated safely in a letter, or would be published as raw marks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from letter.addresses import IMAGE_SUFFIXES
from letter.source.foreign_marks import find_foreign_marks
from letter.source.hidden_characters import find_harmful
from letter.source.letter_faults import LetterFault
from letter.source.letter_parser import MAX_NESTING, NOTE_OPENS, SIGNATORIES, make_letter_parser
from letter.source.links import (
    find_slug,
    has_link_scheme,
    is_image_address,
    make_slugs,
)
from letter.source.markdown import join_lines, plain_line

_Faults = Iterator[tuple[int, str]]  # a line, counted from 1, and what is wrong there: what to do
_IDENTIFIER = re.compile(r"\s*\{#[^{}]*\}$")  # of a heading, which is refused for itself
_LABEL = re.compile(r"[\w-]+")


def find_token_faults(tokens: Sequence[Token], env: Mapping[str, Any]) -> list[LetterFault]:
    """Find all that is wrong in the tokens of a letter; `env` is what its parser kept."""
    found = [*_find_reference_links(env), *_find_footnote_faults(tokens)]
    titles = [
        plain_line(_IDENTIFIER.sub("", inline.content))
        for opener, inline in pairwise(tokens)
        if opener.type == "heading_open" and inline.content
    ]
    slugs = make_slugs(titles)
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.level >= MAX_NESTING - 1:
            found.append((line, "is nested too deeply: use fewer lists and quotes in each other"))
        if token.type == "html_block":
            found.append((line, _explain_html(token.content.lstrip())))
        elif token.type == "dl_open":
            told = "a definition list isn't rendered: write a list, - **term**: what it means"
            found.append((line, f"{told}, or put a backslash before the colon"))
        elif token.type == "inline":
            found += _find_inline_faults(token, line, slugs, env)
    return [LetterFault(line, told) for line, told in found]


def find_text_faults(text: str, line: int) -> list[LetterFault]:
    """Find what is wrong in words of the front matter, which have no links, images and notes."""
    found: list[tuple[int, str]] = []
    for token in make_letter_parser().parseInline(text):
        found += _find_inline_faults(token, line, (), {})
        types = {child.type for child in token.children or ()}
        if types & {"link_open", "image", "footnote_ref"}:
            found.append((line, "links, images and footnotes stand in the letter itself alone"))
    return [LetterFault(line, told) for line, told in found]


def _find_reference_links(env: Mapping[str, Any]) -> _Faults:
    told = "can't be translated safely: write the address in the link itself, [words](address)"
    for label, reference in env.get("references", {}).items():
        yield reference["map"][0] + 1, f"the reference link [{label.lower()}] {told}"


def _find_footnote_faults(tokens: Sequence[Token]) -> _Faults:
    """Find footnotes that are called nowhere, are missing, or stand where none can stand."""
    known: dict[str, int] = {}
    calls: list[tuple[int, str]] = []
    line, depth = 1, 0
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        depth += token.nesting if token.type.startswith("footnote_reference") else 0
        if token.type == "footnote_reference_open":
            label = str(token.meta["label"])
            if not _LABEL.fullmatch(label):
                yield line, f"the footnote [^{label[:40]}] needs a name of letters and digits"
            elif label in known:
                yield line, f"there is a footnote [^{label}] already in line {known[label]}"
            known.setdefault(label, line)
        elif token.type == "inline":
            found = list(_list_calls(token, line))
            if found and depth:
                yield line, "a footnote can't call a footnote: write its text out here"
            calls += found
    yield from _compare_calls(known, calls)


def _compare_calls(known: Mapping[str, int], calls: Sequence[tuple[int, str]]) -> _Faults:
    for line, label in calls:
        if not label:
            told = "write a mark, [^name], and [^name]: with the text on a line of its own below"
            yield line, f"a footnote within a sentence isn't read: {told}"
        elif label not in known:
            told = f"write [^{label}]: and its text below, or \\[ where no footnote is meant"
            yield line, f"there is no footnote [^{label[:40]}]: {told}"
    called = {label for _, label in calls}
    for label, line in known.items():
        if label not in called:
            told = f"put [^{label}] where it belongs, or take the footnote out"
            yield line, f"the footnote [^{label[:40]}] is called nowhere: {told}"


def _list_calls(token: Token, line: int) -> _Faults:
    """List the footnotes that a paragraph calls, "" for one within a sentence, with their lines."""
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "footnote_ref":
            yield line, str(child.meta.get("label", ""))


def _find_inline_faults(
    token: Token, line: int, slugs: Sequence[str], env: Mapping[str, Any]
) -> _Faults:
    """Find what is wrong in a paragraph or heading that starts at a line, with the line of each."""
    at = in_code = line
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            at += 1
        elif child.type == "html_inline":
            yield at, _explain_html(child.content)
        elif child.type == "link_open":
            yield from ((at, told) for told in _explain_link(str(child.attrs["href"]), slugs))
        elif child.type == "image" and not is_image_address(str(child.attrs["src"])):
            where = f"a file beside the letter, one of {', '.join(IMAGE_SUFFIXES)}"
            yield at, f"the image {child.attrs['src']} must be {where}"
        elif child.type == "code_inline":
            in_code = at
        elif child.type == "text_special":  # such as &#x202E;
            yield from ((at, told) for _, told in find_harmful(child.content))
    if not _is_same_joined(token, env):
        text = "code or emphasis changes its meaning where its lines are joined"
        yield in_code, f"{text}: put the code on one line, and the marks beside words"
    for number, told in find_foreign_marks(_read_bare_text(token)):
        yield line + number, told


def _explain_link(address: str, slugs: Sequence[str]) -> Iterator[str]:
    """Say what is wrong with where a link leads to, if anything is."""
    if has_link_scheme(address):
        return
    slug = find_slug(address)
    if not address.startswith("#"):
        must = "must begin with http://, https://, mailto: or tel:, or be a heading's, #its-words"
        yield f"the link to {address} {must}"
    elif slug not in slugs:
        nearest = get_close_matches(slug, slugs, 1, 0.4) or slugs[:5]
        advice = f"write #{' or #'.join(nearest)}" if nearest else "take the link out"
        yield f"there is no heading #{slug} in the letter: {advice}"


def _read_bare_text(token: Token) -> str:
    """Give a paragraph's text with its lines, and NUL for code, escapes and what is rendered."""
    texts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            texts.append("\n")
        elif child.type == "text":
            texts.append(child.content)
        else:
            is_mark = child.type.startswith(("em_", "strong_"))  # [[_TOC_]]
            texts.append(child.markup if is_mark else "\0")
    return "".join(texts)


def _explain_html(html: str) -> str:
    if html.startswith(NOTE_OPENS):
        return "this note to translators needs lines of its own, and a --> at its end"
    if html.startswith("<!--"):
        return f"only {SIGNATORIES} and comments that begin with {NOTE_OPENS} are allowed here"
    words = html.split("\n")[0][:40]
    return f"raw HTML ({words}) can't be translated safely: write it in Markdown or leave it out"


def _is_same_joined(token: Token, env: Mapping[str, Any]) -> bool:
    """Say whether a paragraph has the same code, emphasis and links with its lines joined.

    In code, two spaces or a backslash at the end of a line are no break, as they are elsewhere.
    Beside a mark of emphasis, a backslash counts as punctuation (CommonMark §6.2).
    """
    marks = _list_marks([token])
    if not marks or "\n" not in token.content:
        return True
    known = {"references": env.get("references", {})}
    return marks == _list_marks(make_letter_parser().parseInline(join_lines(token.content), known))


def _list_marks(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [
        (child.type, child.content if child.type == "code_inline" else "")
        for token in tokens
        for child in token.children or ()
        if child.type not in ("text", "text_special", "softbreak", "hardbreak")
    ]
