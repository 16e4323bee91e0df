"""An edition as plain text, for a mail or a message, and the notices that stand above it."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from letter.editions.edition import Edition
from letter.editions.interface import isolate
from letter.formats.rendering import render_template
from letter.source.blocks import Block
from letter.source.markdown import plain_text

RIGHT_TO_LEFT_MARK = "\u200f"
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def write_text(edition: Edition, address: str = "") -> str:
    """Write an edition as plain text: a line for each paragraph, a bullet before each list item.

    The notices, such as that the translation is a draft, stand above the letter in brackets. An
    address stands at the end, if there is one.

    A passage in another language stands between isolates. Each line of a right-to-left edition
    begins with a mark, from which programs guess the line's direction (UAX #9, P2).
    """
    lines = [*(f"[{notice}]" for notice, _ in list_notices(edition)), ""]
    lines += [line for block in edition.letter.blocks for line in _write_block(edition, block, "")]
    lines += [address, ""] if address else []
    lines = [line for before, line in pairwise(["", *lines]) if before or line]
    if edition.language.direction == "rtl":
        lines = [RIGHT_TO_LEFT_MARK + line if line else line for line in lines]
    return "\n".join(lines)


def _write_block(edition: Edition, block: Block, indent: str) -> Iterator[str]:
    if block.message:
        passage = edition.texts[block.message.msgid]
        text = plain_text(passage.text)
        if passage.attributes:
            text = "\n".join(isolate(line) for line in text.split("\n"))
        yield from (indent + line for line in text.split("\n"))
        yield ""
    elif block.tag == "pre":
        yield from (indent + "    " + line for line in block.code.rstrip("\n").split("\n"))
        yield ""
    elif block.tag == "hr":
        yield from (indent + "* * *", "")
    elif block.tag in ("ul", "ol"):
        for number, item in enumerate(block.children, block.start):
            bullet = "• " if block.tag == "ul" else f"{number}. "
            yield from _write_item(edition, item, indent, bullet)
        yield ""
    else:
        inner = indent + "> " if block.tag == "blockquote" else indent
        for child in block.children:
            yield from _write_block(edition, child, inner)


def _write_item(edition: Edition, item: Block, indent: str, bullet: str) -> Iterator[str]:
    lines = [line for child in item.children for line in _write_block(edition, child, "")]
    is_tight = all(child.tag in ("", "ul", "ol") for child in item.children)
    lines = [line for line in lines if line or not is_tight]
    hanging = " " * len(bullet)
    for number, line in enumerate(lines):
        yield (indent + (hanging if number else bullet) + line) if line else line


def list_notices(edition: Edition) -> list[tuple[str, str]]:
    """List the notices that stand above an edition, each on one line with its language's tag.

    The first notice says who stands behind the translation. The letter's own language has none.
    A notice that isn't in the edition's language is isolated from its direction (UAX #9).
    """
    html = render_template("notices.html", edition=edition)
    return [_read_notice(found, edition) for found in _PARAGRAPH.findall(html)]


def _read_notice(html: str, edition: Edition) -> tuple[str, str]:
    isolated = re.sub(r"<bdi>(.*?)</bdi>", lambda match: isolate(match[1]), html)
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", isolated)).split())
    if f'<span lang="{edition.source.tag}"' in html:
        return isolate(text), edition.source.tag
    return text, edition.language.tag
