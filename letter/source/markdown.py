"""The inline Markdown of messages: rendered as HTML or plain words, and what may stand in it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from letter.addresses import IMAGE_SUFFIXES

LINK_SCHEMES = ("http", "https", "mailto")

# Two spaces or a backslash at the end of a line (CommonMark §6.7), not an escaped backslash.
_HARD_BREAK = re.compile(r"(?: {2,}|(?<!\\)((?:\\\\)*)\\)\n[ \t]*")
_HELD_BREAK = re.compile(r"((?<!\\)(?:\\\\)*\\)?[ \t]*\0")
_SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")


@cache
def _make_message_parser(*, xhtml: bool = False) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"breaks": True, "html": False, "xhtmlOut": xhtml})
    parser.disable(["html_inline", "html_block", "reference"])
    parser.validateLink = _is_safe_address  # type: ignore[assignment,method-assign]
    return parser


def render_message(
    text: str, images: frozenset[str] = frozenset(), media: str = "", *, xhtml: bool = False
) -> str:
    """Render inline Markdown as HTML, or as XHTML, that is safe whoever wrote the text.

    Only words, emphasis, code, hard breaks, links to LINK_SCHEMES and the letter's own images come
    through: of any other link or image the words remain. `media` is put before an image's address.

    >>> render_message("*We* [write](javascript:x)")
    '<em>We</em> [write](javascript:x)'
    """
    parser = _make_message_parser(xhtml=xhtml)
    tokens = parser.parseInline(text)
    for inline in tokens:
        inline.children = [
            _keep_own_image(child, images, media) if child.type == "image" else child
            for child in _drop_bad_links(inline.children or ())
        ]
    return str(parser.renderer.render(tokens, parser.options, {}))


def plain_text(text: str) -> str:
    r"""Give the words of inline Markdown alone, for plain text; a hard break is a newline.

    >>> plain_text("A *b* [c](https://example.org) `d`\n![e](e.png) &amp;")
    'A b c d\ne &'
    """
    return "".join(_read_words(_parse_inline(text)))


def plain_line(text: str) -> str:
    """Give the words of inline Markdown on one line, for a title or a description.

    >>> plain_line("We, *the people*\\nof the [city](https://example.org)")
    'We, the people of the city'
    """
    return " ".join(plain_text(text).split())


def _read_words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield from _read_words(token.children or ())
        else:
            yield token.content


def find_links(text: str) -> list[str]:
    """List the addresses of the links in inline Markdown, in order."""
    return [str(t.attrs["href"]) for t in _parse_inline(text) if t.type == "link_open"]


def find_images(text: str) -> list[str]:
    """List the addresses of the images in inline Markdown, in order."""
    return [str(token.attrs["src"]) for token in _parse_inline(text) if token.type == "image"]


def _parse_inline(text: str) -> list[Token]:
    return [c for inline in _make_message_parser().parseInline(text) for c in inline.children or ()]


def join_lines(content: str) -> str:
    r"""Put a paragraph on one line, with a newline for each hard break (CommonMark §6.7, §6.8).

    Wrapping the source anew therefore changes no msgid.

    >>> join_lines("We, the\npeople of the city,\\\nwrite")
    'We, the people of the city,\nwrite'
    """
    # A hard break is held by a NUL, which no letter has, until the soft breaks are gone.
    text = _SOFT_BREAK.sub(" ", _HARD_BREAK.sub("\\1\0", content))
    # A blank keeps a backslash that stood before blanks from making a break of its own.
    return _HELD_BREAK.sub(lambda held: f"{held[1]} \n" if held[1] else "\n", text)


def _is_safe_address(address: str) -> bool:
    return has_link_scheme(address) or is_image_address(address)


def has_link_scheme(address: str) -> bool:
    """Say whether a link is a whole address of one of LINK_SCHEMES.

    >>> has_link_scheme("https://example.org/"), has_link_scheme("https:x"), has_link_scheme("/x")
    (True, False, False)
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # such as "http://["
        return False
    target = parts.path if parts.scheme == "mailto" else parts.netloc
    return parts.scheme in LINK_SCHEMES and target != ""


def is_image_address(address: str) -> bool:
    """Say whether an address is a picture's file name, relative to the letter's folder."""
    name = unquote(address)
    path = PurePosixPath(name)
    return (
        re.fullmatch(r"[\w %./()-]+", name) is not None
        and not path.is_absolute()
        and ".." not in path.parts
        and path.suffix.lower() in IMAGE_SUFFIXES
    )


def _drop_bad_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """Drop the link around its words where a reader should not be led, such as to a picture."""
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            dropped.append(not has_link_scheme(str(token.attrs["href"])))
        if token.type not in ("link_open", "link_close") or not dropped[-1]:
            yield token
        if token.type == "link_close":
            dropped.pop()


def _keep_own_image(token: Token, images: frozenset[str], media: str) -> Token:
    """Keep an image of the letter; of any other image only the words remain."""
    if token.attrs["src"] in images:
        token.attrs["src"] = media + str(token.attrs["src"])
        return token
    return Token("text", "", 0, content=token.content)
