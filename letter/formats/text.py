"""An edition as plain text, for a mail or a message, and the notices that stand above it."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from letter.editions.edition import Edition
from letter.editions.interface import Phrase, choose_comma, isolate
from letter.editions.signatory_names import count_names, list_signatories
from letter.formats.outline import find_sign_place, lacks_title
from letter.formats.rendering import render_template
from letter.source.blocks import Block
from letter.source.markdown import plain_line, plain_text

RIGHT_TO_LEFT_MARK = "\u200f"
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)


def write_text(edition: Edition, address: str = "") -> str:
    """Write an edition as plain text: a line for each paragraph, a bullet before each list item.

    The notices, such as that the translation is a draft, stand above the letter in brackets. Who
    publishes the letter stands at the end, and an address, if there is one.

    A passage in another language stands between isolates. Each line of a right-to-left edition
    begins with a mark, from which programs guess the line's direction (UAX #9, P2).
    """
    letter = edition.letter
    lines = [*(f"[{notice}]" for notice, _ in list_notices(edition)), ""]
    lines += [_say_words(edition, letter.title.msgid), ""] if lacks_title(letter) else []
    for number, block in enumerate(letter.blocks):
        lines += _write_sign(edition) if number == find_sign_place(letter) else []
        lines += _write_block(edition, block, "")
    lines += _write_sign(edition) if len(letter.blocks) == find_sign_place(letter) else []
    lines += [*_write_publisher(edition), address, ""]
    lines = [line for before, line in pairwise(["", *lines]) if before or line]
    if edition.language.direction == "rtl":
        lines = [RIGHT_TO_LEFT_MARK + line if line else line for line in lines]
    return "\n".join(lines)


def _write_block(edition: Edition, block: Block, indent: str) -> Iterator[str]:
    """Write a block and all in it, with an empty line below."""
    if block.message:
        yield from (indent + line for line in _say_words(edition, block.message.msgid).split("\n"))
        yield ""
    elif block.tag == "pre":
        yield from (indent + "    " + line for line in block.code.rstrip("\n").split("\n"))
        yield ""
    elif block.tag == "hr":
        yield from (indent + "* * *", "")
    elif block.tag == "table":
        yield from _write_table(edition, block, indent)
    elif block.tag in ("ul", "ol", "footnotes"):
        yield from _write_list(edition, block, indent)
    else:
        inner = indent + "> " if block.tag == "blockquote" else indent
        for child in block.children:
            yield from _write_block(edition, child, inner)


def _write_list(edition: Edition, block: Block, indent: str) -> Iterator[str]:
    """Write a list, also one of footnotes or of signatories, with what tells that it is one."""
    if block.tag == "footnotes":
        yield from (_say_phrase(edition.interface.gettext("Footnotes")), "")
    if block.signatories:
        one, many = "%(count)s signatory", "%(count)s signatories"
        yield indent + _say_phrase(edition.interface.ngettext(one, many, count_names(block)))
        yield ""
    for number, item in enumerate(block.children, block.start):
        bullet = {"ul": "• ", "footnotes": f"[{number}] "}.get(block.tag, f"{number}. ")
        yield from _write_item(edition, item, indent, bullet)
    for signatory in list_signatories(block, edition.source, edition.catalogue):
        details = choose_comma(edition.language).join(
            _isolate_part(*detail) for detail in signatory.details
        )
        name = _isolate_part(signatory.name, signatory.attributes)
        yield f"{indent}• {name}" + (f" ({details})" if details else "")
    yield ""


def _write_item(edition: Edition, item: Block, indent: str, bullet: str) -> Iterator[str]:
    lines = [line for child in item.children for line in _write_block(edition, child, "")]
    is_tight = all(child.tag in ("", "ul", "ol") for child in item.children)
    lines = [line for line in lines if line or not is_tight]
    hanging = " " * len(bullet)
    for number, line in enumerate(lines):
        yield (indent + (hanging if number else bullet) + line) if line else line


def _write_table(edition: Edition, table: Block, indent: str) -> Iterator[str]:
    """Write each row as an item, each cell on a line of its own below the name of its column.

    Columns side by side need letters of one width, and readers of one direction.
    """
    head, *rows = table.children
    names = [_say_cell(edition, cell) for cell in head.children]
    for row in rows or [head]:
        bullet = "• "
        for name, cell in zip(names, row.children, strict=True):
            if words := _say_cell(edition, cell):
                yield indent + bullet + (f"{name}: {words}" if name and rows else words)
                bullet = "  "
    yield ""


def _write_sign(edition: Edition) -> list[str]:
    address = edition.letter.settings.sign
    told = _say_phrase(edition.interface.gettext("Sign the letter"))
    return [f"{told}: {address}", ""] if address else []


def _write_publisher(edition: Edition) -> Iterator[str]:
    settings, gettext = edition.letter.settings, edition.interface.gettext
    if settings.publisher:
        name = plain_line(edition.texts[settings.publisher].text)
        yield _say_phrase(gettext("Published by %(publisher)s.", publisher=name))
    if settings.contact:
        yield f"{_say_phrase(gettext('Contact'))}: {settings.contact}"
    if settings.imprint:
        yield f"{_say_phrase(gettext('Imprint'))}: {settings.imprint}"
    yield ""


def _say_words(edition: Edition, msgid: str) -> str:
    passage = edition.texts[msgid]
    text = plain_text(passage.text, edition.letter.notes)
    return "\n".join(_isolate_part(line, passage.attributes) for line in text.split("\n"))


def _say_cell(edition: Edition, cell: Block) -> str:
    return _say_words(edition, cell.message.msgid).replace("\n", " ") if cell.message else ""


def _say_phrase(phrase: Phrase) -> str:
    return _isolate_part(phrase.text, phrase.attributes)


def _isolate_part(text: str, attributes: str) -> str:
    return isolate(text) if attributes else text


def list_notices(edition: Edition) -> list[tuple[str, str]]:
    """List the notices that stand above an edition, each on one line with its language's tag.

    The first notice says who stands behind the translation. The letter's own language has none.
    A notice that isn't in the edition's language is isolated from its direction (UAX #9).
    """
    return _read_part("show_notices", edition)


def say_date_line(edition: Edition) -> tuple[str, str]:
    """Say when the letter was written and how many signed it, and give the language's tag.

    Both are "" where nothing is known. What isn't in the edition's language is isolated (UAX #9).
    """
    return next(iter(_read_part("show_date_line", edition)), ("", ""))


def _read_part(macro: str, edition: Edition) -> list[tuple[str, str]]:
    """Read the paragraphs of a part of a page, each on one line with its language's tag."""
    html = render_template("part.html", macro=macro, edition=edition)
    return [_read_paragraph(found, edition) for found in _PARAGRAPH.findall(html)]


def _read_paragraph(html: str, edition: Edition) -> tuple[str, str]:
    isolated = re.sub(r"<bdi>(.*?)</bdi>", lambda match: isolate(match[1]), html)
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", isolated)).split())
    foreign = re.search(r'<span lang="([^"]+)"', html)
    return (isolate(text), foreign[1]) if foreign else (text, edition.language.tag)
