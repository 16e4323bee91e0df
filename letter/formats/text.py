"""An edition as plain text, for a mail or a message."""

from collections.abc import Iterator
from itertools import pairwise

from letter.editions.edition import Edition
from letter.editions.interface import Phrase, choose_comma, isolate_part
from letter.editions.signatory_names import count_names, count_signatories, list_signatories
from letter.formats.notices import list_notices, say_date_line
from letter.formats.outline import find_date_place, find_sign_place, lacks_title
from letter.languages.dates import Date
from letter.languages.language import Language
from letter.source.blocks import Block
from letter.source.markdown import plain_text
from letter.source.plain_runs import lay_runs

# Without a charset, hosts' and browsers' guess at one would be windows-1252 (Encoding §6).
BYTE_ORDER_MARK = "\ufeff"
_POP = "\u2069"  # ends what RLI, LRI and FSI begin


def write_text(edition: Edition, address: str = "") -> str:
    """Write an edition as plain text: a line for each paragraph, a bullet before each list item.

    The notices, such as that the translation is a draft, stand above the letter in brackets. Who
    publishes the letter stands at the end, and an address, if there is one.

    A byte order mark begins the text, so that its letters are right on hosts that name no charset.
    A passage in another language stands between isolates.
    """
    lines = [*(f"[{notice}]" for notice, _ in list_notices(edition)), ""]
    lines += _write_letter(edition)
    lines += [*_write_publisher(edition), _isolate_address(edition, address), ""]
    lines = [line for before, line in pairwise(["", *lines]) if before or line]
    return BYTE_ORDER_MARK + lay_lines("\n".join(lines), edition.language)


def lay_lines(text: str, language: Language) -> str:
    """Lay each line of a text in the direction of its language, whatever stands around the text.

    A line from right to left lies in an isolate, which also holds in paragraphs from left to right
    (UAX #9, X5a). A mark before the isolate tells the paragraph's direction to programs that look
    for the first letter outside of isolates (UAX #9, P2). A line from left to right has neither.

    >>> from letter.languages.language import find_language
    >>> ascii(lay_lines("a.", find_language("ar"))), lay_lines("a.", find_language("en"))
    ("'\\\\u200f\\\\u2067a.\\\\u2069'", 'a.')
    """
    if language.direction == "ltr":
        return text
    return "\n".join(f"\u200f\u2067{line}{_POP}" if line else line for line in text.split("\n"))


def _write_letter(edition: Edition) -> Iterator[str]:
    """Write the letter itself, the date below its title, and the address where it is signed."""
    letter = edition.letter
    below, place = find_date_place(letter), find_sign_place(letter)
    if lacks_title(letter):
        yield from (_say_words(edition, letter.title.msgid), "")
    for number, block in enumerate((*letter.blocks, None)):
        yield from (say_date_line(edition)[0], "") if number == below else ()
        yield from _write_sign(edition) if number == place else ()
        yield from _write_block(edition, block, "") if block else ()


def _write_block(edition: Edition, block: Block, indent: str) -> Iterator[str]:
    """Write a block and all in it, with an empty line below."""
    if block.message:
        yield from (indent + line for line in _say_words(edition, block.message.msgid).split("\n"))
        yield ""
    elif block.tag == "pre":
        lines = block.code.rstrip("\n").split("\n")
        yield from (f"{indent}    {_isolate_address(edition, line)}" for line in lines)
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
    if block.signatories and not block.heading:
        yield from (_say_phrase(edition.interface.gettext("Signatories")), "")
    count = count_names(block)
    if block.signatories and count < count_signatories(edition.letter):
        counted = edition.interface.ngettext("%(count)s signatory", "%(count)s signatories", count)
        yield from (indent + _say_phrase(counted), "")
    for number, item in enumerate(block.children, block.start):
        bullet = {"ul": "• ", "footnotes": f"[{number}] "}.get(block.tag, f"{number}. ")
        yield from _write_item(edition, item, indent, bullet)
    for signatory in list_signatories(block, edition.source, edition.catalogue):
        details = choose_comma(edition.language).join(
            isolate_part(*detail) for detail in signatory.details
        )
        name = isolate_part(signatory.name, signatory.attributes)
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


def _write_sign(edition: Edition) -> Iterator[str]:
    if address := edition.letter.settings.sign:
        yield from (
            _join_address(edition, edition.interface.gettext("Sign the letter"), address),
            "",
        )


def _write_publisher(edition: Edition) -> Iterator[str]:
    """Write who is responsible for the letter, and of which day the translation is."""
    settings, gettext = edition.letter.settings, edition.interface.gettext
    if settings.publisher:
        name = edition.texts[settings.publisher].words
        yield _say_phrase(gettext("Published by %(publisher)s.", publisher=name))
    if settings.contact:
        yield _join_address(edition, gettext("Contact"), settings.contact)
    if settings.imprint:
        yield _join_address(edition, gettext("Imprint"), settings.imprint)
    if edition.day and edition.is_begun:
        yield _say_phrase(gettext("This translation: %(date)s", date=Date(edition.day)))
    yield ""


def _join_address(edition: Edition, name: Phrase, address: str) -> str:
    return f"{_say_phrase(name)}: {_isolate_address(edition, address)}"


def _say_words(edition: Edition, msgid: str) -> str:
    passage = edition.texts[msgid]
    text = lay_runs(plain_text(passage.text, edition.letter.notes), passage.direction)
    return "\n".join(isolate_part(line, passage.attributes) for line in text.split("\n"))


def _say_cell(edition: Edition, cell: Block) -> str:
    return _say_words(edition, cell.message.msgid).replace("\n", " ") if cell.message else ""


def _say_phrase(phrase: Phrase) -> str:
    return isolate_part(phrase.text, phrase.attributes)


def _isolate_address(edition: Edition, text: str) -> str:
    """Isolate an address, or a line of code, from right-to-left text around it."""
    return f"\u2066{text}{_POP}" if text and edition.language.direction == "rtl" else text
