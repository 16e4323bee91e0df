"""Those who signed, as an edition shows them: each name as it is written, or in the edition's own.

A name is no passage: nothing stands in for a name without a translation, and nothing is to do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from letter.checks.texts import compile_letters
from letter.editions.interface import mark_language
from letter.languages.language import Language
from letter.source.blocks import Block

UNKNOWN = Markup(' lang=""')  # the mark of a text whose language nobody told (HTML §3.2.6.2)


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
    script in the name: then nobody knows the language.
    """
    foreign = compile_letters(source.script)[1]
    return UNKNOWN if foreign.search(name) else mark_language(source, around)


def list_signatories(block: Block, source: Language, around: Language) -> Iterator[Signatory]:
    """List the names from a file, in their order, as an edition in the language `around` does."""
    for name in block.names:
        own = name.own.get(around.tag, "")
        attributes = Markup() if own else mark_name(name.name, source, around)
        details = tuple(
            (text, mark_name(text, source, around))
            for text in (name.affiliation, name.country, name.date)
            if text
        )
        yield Signatory(own or name.name, attributes, details)


def count_names(block: Block) -> int:
    """Count those who signed, in one list of signatories."""
    return len(block.names) or len(block.children)
