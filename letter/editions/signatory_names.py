"""Those who signed, as an edition shows them: each name as it is written, or in the edition's own.

A name is no passage: nothing stands in for a name without a translation, and nothing is to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from letter.checks.texts import compile_letters
from letter.editions.catalogue import Catalogue
from letter.editions.interface import mark_language, read_direction
from letter.languages.fallbacks import list_fallbacks
from letter.languages.language import (
    Language,
    LanguageError,
    find_first_direction,
    find_language,
)
from letter.source.blocks import Block, list_blocks
from letter.source.letter import Letter
from letter.source.plain_runs import lay_runs

# The marks of a text in an unknown language (HTML §3.2.6.2), by the direction of its letters.
_UNKNOWN = {each: Markup(' lang="" dir="{}"').format(each) for each in ("ltr", "rtl")}


@dataclass(frozen=True, slots=True)
class Signatory:
    """A name from a file as an edition shows it; `details` are who that is, from where, and when.

    `attributes` mark the language of the name, and each detail has such attributes beside it.
    """

    name: str
    attributes: Markup
    details: tuple[tuple[str, Markup], ...]


def mark_name(name: str, source: Language, around: Language) -> Markup:
    """Give the attributes of a name as it is written, in a text of the language `around`.

    The name is taken to be in the letter's own language, unless there are letters of another
    script in the name: then nobody knows the language, and the first letter tells the direction.
    """
    if not compile_letters(source.script)[1].search(name):
        return mark_language(source, around)
    return _UNKNOWN[find_first_direction(name) or "ltr"]


def list_signatories(block: Block, source: Language, catalogue: Catalogue) -> Iterator[Signatory]:
    """List the names from a file, in their order, as the edition of a catalogue does.

    A name in a language that lends passages to the edition stands in for one in its own.
    """
    around = catalogue.language
    tags = {tag for name in block.names for tag in name.own}
    is_own = around.tag == source.tag
    lent = () if is_own else list_fallbacks(around.tag, tags, catalogue.fallbacks)
    marks = {around.tag: Markup()} | {tag: _mark_lent(tag, around) for tag in lent}
    for name in block.names:
        tag = next((tag for tag in marks if tag in name.own), "")
        own = name.own.get(tag, "")
        attributes = marks[tag] if own else mark_name(name.name, source, around)
        details = tuple(
            _lay_part(text, mark_name(text, source, around), around)
            for text in (name.affiliation, name.country, name.date)
            if text
        )
        yield Signatory(*_lay_part(own or name.name, attributes, around), details)


def _lay_part(text: str, attributes: Markup, around: Language) -> tuple[str, Markup]:
    """Give a name or a detail with isolates around what would turn around, and its attributes."""
    return lay_runs(text, read_direction(attributes, around)), attributes


def _mark_lent(tag: str, around: Language) -> Markup:
    """Give the attributes of a name in another language, of which CLDR may know nothing."""
    try:
        return mark_language(find_language(tag), around)
    except LanguageError:
        return Markup(' lang="{}" dir="auto"').format(tag)


def count_names(block: Block) -> int:
    """Count those who signed, in one list of signatories."""
    return len(block.names) or len(block.children)


def count_signatories(letter: Letter) -> int:
    """Count those who signed, in all lists of a letter."""
    lists = (block for block in list_blocks(letter.blocks) if block.signatories)
    return sum(map(count_names, lists))
