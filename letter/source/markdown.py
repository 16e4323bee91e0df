"""The inline Markdown of messages: rendered as HTML or plain words, and what may stand in it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from letter.source.links import find_slug, has_link_scheme, is_image_address
from letter.source.plain_runs import lay_runs, part_text

# Two spaces or a backslash at the end of a line (CommonMark §6.7), not an escaped backslash.
_HARD_BREAK = re.compile(r"(?: {2,}|(?<!\\)((?:\\\\)*)\\)\n[ \t]*")
_HELD_BREAK = re.compile(r"((?<!\\)(?:\\\\)*\\)?[ \t]*\0")
_SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")


@cache
def _make_message_parser(*, xhtml: bool = False, joined: bool = True) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"breaks": True, "html": False, "xhtmlOut": xhtml})
    parser.enable("strikethrough").disable(["html_inline", "html_block", "reference"])
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.validateLink = _is_safe_address  # type: ignore[assignment,method-assign]
    return parser if joined else parser.disable("text_join")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a message on a page: where its links within the letter lead to.

    `links` has the address of each heading by its slug, and `notes` the number of each footnote by
    its label. `prefix` begins the ids of all footnotes, where several editions stand on one page.
    `caller` is the message's anchor; the marks of a message without one have no id, since the
    message stands on the page a second time. `page` is the address of the page on which the
    footnotes stand, where that is another page.
    """

    links: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    prefix: str = ""
    caller: str = ""
    page: str = ""


def render_message(
    text: str,
    images: frozenset[str] = frozenset(),
    media: str = "",
    *,
    xhtml: bool = False,
    around: Around | None = None,
    direction: str = "ltr",
) -> str:
    """Render inline Markdown as HTML, or as XHTML, that is safe whoever wrote the text.

    Only words, emphasis, code, hard breaks, links to LINK_SCHEMES, links within the letter, marks
    of its footnotes and its own images come through: of any other link or image the words remain.
    `media` is put before an image's address. What turns around among words of the text's
    `direction` is isolated.

    >>> render_message("*We* [write](javascript:x)")
    '<em>We</em> [write](javascript:x)'
    """
    around = around or Around()
    parser = _make_message_parser(xhtml=xhtml)
    tokens = parser.parseInline(text)
    for inline in tokens:
        children = list(_lead_links(inline.children or (), around.links))
        children = [
            _keep_own_image(child, images, media) if child.type == "image" else child
            for child in children
        ]
        inline.children = list(_isolate_runs(_make_marks(children, around), direction))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _make_marks(tokens: Sequence[Token], around: Around) -> Iterator[Token]:
    """Make links to footnotes of their marks; a mark of no footnote is text."""
    counts: Counter[str] = Counter()
    for token in tokens:
        if token.type != "footnote_ref":
            yield token
            continue
        label = str(token.meta["label"])
        number = around.notes.get(label)
        if number is None:
            yield Token("text", "", 0, content=f"[^{label}]")
            continue
        counts[label] += 1
        own = around.prefix + name_call(around.caller, number, counts[label])
        own = f' id="{own}"' if around.caller else ""
        goal = escape(f"{around.page}#{around.prefix}{name_footnote(number)}")
        link = f'<a href="{goal}"{own} role="doc-noteref">'
        html = f'<sup class="note">{link}{number}</a></sup>'
        yield Token("html_inline", "", 0, content=html)


def _isolate_runs(tokens: Iterable[Token], direction: str) -> Iterator[Token]:
    """Put what turns around in a text between the tags of an element that isolates it.

    Code, which is written from left to right, has the direction in its own tag.
    """
    around = direction
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            around = str(token.attrs.get("dir", direction))
        elif token.type == "code_inline" and around == "rtl":
            token.attrs["dir"] = "ltr"
        elif token.type == "image":
            for child in token.children or ():
                child.content = lay_runs(child.content, around)
        parts = list(part_text(token.content, around)) if token.type == "text" else []
        for part, own in parts if len(parts) > 1 else ():
            marks = (f'<bdi dir="{own}">', "</bdi>") if own else ("", "")
            yield Token("html_inline", "", 0, content=marks[0])
            yield Token("text", "", 0, content=part)
            yield Token("html_inline", "", 0, content=marks[1])
        if len(parts) < 2:
            yield token


def name_footnote(number: int) -> str:
    """Name the id of a footnote on a page, without the page's prefix.

    >>> name_footnote(2), name_call("pbeox35z", 2, 1), name_call("pbeox35z", 2, 2)
    ('note-2', 'pbeox35z-note-2', 'pbeox35z-note-2-2')
    """
    return f"note-{number}"


def name_call(anchor: str, number: int, count: int) -> str:
    """Name the id of the mark that calls a footnote for the `count`th time in a message."""
    return f"{anchor}-{name_footnote(number)}" + (f"-{count}" if count > 1 else "")


def plain_text(text: str, notes: Mapping[str, int] | None = None) -> str:
    r"""Give the words of inline Markdown alone, for plain text; a hard break is a newline.

    A mark of one of the footnotes in `notes` becomes its number, any other mark nothing.

    >>> plain_text("A *b* [c](https://example.org) `d`[^x]\n![e](e.png) &amp;[^y]", {"x": 1})
    'A b c d[1]\ne &'
    """
    return "".join(_read_words(_parse_inline(text), notes or {}))


def plain_line(text: str) -> str:
    """Give the words of inline Markdown on one line, for a title or a description.

    >>> plain_line("We, *the people*\\nof the [city](https://example.org)")
    'We, the people of the city'
    """
    return " ".join(plain_text(text).split())


def _read_words(tokens: Sequence[Token], notes: Mapping[str, int]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield from _read_words(token.children or (), notes)
        elif token.type == "footnote_ref":
            number = notes.get(token.meta["label"])
            yield "" if number is None else f"[{number}]"
        else:
            yield token.content


def read_left_marks(text: str) -> tuple[str, int]:
    r"""Give the words of inline Markdown without its code and escaped marks, and count emphasis.

    A mark that stands in these words is one that a page shows, and that nobody escaped.

    >>> read_left_marks(r"*a* **b** `*` \* c*")
    ('a b     c*', 2)
    """
    inlines = _make_message_parser(joined=False).parseInline(text)
    tokens = [token for inline in inlines for token in inline.children or ()]
    # A mark of emphasis has no words; code and an escaped mark leave a gap.
    kinds = {"text_special": " ", "code_inline": " ", "softbreak": "\n", "hardbreak": "\n"}
    emphasised = sum(token.type in ("em_open", "strong_open", "s_open") for token in tokens)
    return "".join(kinds.get(token.type, token.content) for token in tokens), emphasised


def find_links(text: str) -> list[str]:
    """List the addresses of the links in inline Markdown, in order."""
    return [str(t.attrs["href"]) for t in _parse_inline(text) if t.type == "link_open"]


def find_footnote_calls(text: str) -> list[str]:
    """List the labels of the footnotes that inline Markdown calls, in order."""
    return [str(t.meta["label"]) for t in _parse_inline(text) if t.type == "footnote_ref"]


def has_words(text: str) -> bool:
    """Say whether inline Markdown has words beside those of its images.

    >>> has_words("[![Our logo](a.png)](https://example.org)"), has_words("![Our logo](a.png) Us")
    (False, True)
    """
    return any(token.type != "image" and token.content.strip() for token in _parse_inline(text))


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
    return has_link_scheme(address) or address[:1] == "#" or is_image_address(address)


def _lead_links(tokens: Sequence[Token], links: Mapping[str, str]) -> Iterator[Token]:
    """Lead links within the letter to its headings, and drop the links that lead nowhere good.

    The words of a dropped link, such as of one to a picture, remain.
    """
    dropped: list[bool] = []
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.type == "link_open":
            address = str(token.attrs["href"])
            if address.startswith("tel:") and not any(map(str.isalpha, after.content)):
                token.attrs["dir"] = "ltr"  # or a plus sign would stand behind its number
            known = links.get(find_slug(address))
            token.attrs["href"] = known or address
            dropped.append(known is None and not has_link_scheme(address))
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
