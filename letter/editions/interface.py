"""The strings around the letter, in the edition's language, or in English and marked as English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from letter.editions.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from letter.editions.catalogue import Catalogue
    from letter.languages.language import Language

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|%)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One string of the interface as it is shown; in a template it marks its own language.

    `text` is for attributes and titles, with foreign words between isolates (Unicode UAX #9);
    `attributes` are the ` lang` and ` dir` that an element needs whose attribute holds the text,
    empty when it is in the language of the page.
    """

    text: str
    markup: Markup
    attributes: Markup

    def __html__(self) -> Markup:
        if not self.attributes:
            return self.markup
        return Markup("<span{}>{}</span>").format(self.attributes, self.markup)


@dataclass(frozen=True, slots=True)
class Interface:
    """Gettext for the templates, over one catalogue."""

    catalogue: Catalogue
    source: Language

    def gettext(self, message: str, **values: object) -> Phrase:
        """Translate a string; `values` are put in for its %(name)s, isolated from its direction."""
        translation = self.catalogue.find_translation(message)
        if translation.state is State.FINISHED:
            text = translation.forms[0]
            return self._make_phrase(text, text == message, values)
        return self._make_phrase(message, True, values)

    def ngettext(self, one: str, many: str, count: int, **values: object) -> Phrase:
        """Translate a string that depends on a number, by the plural rule of its file."""
        values["count"] = count
        english = one if count == 1 else many
        translation = self.catalogue.find_translation(one)
        index = self.catalogue.plural_rule.index(count)
        if translation.state is State.FINISHED and index < len(translation.forms):
            text = translation.forms[index]
            return self._make_phrase(text, text == english, values)
        return self._make_phrase(english, True, values)

    def _make_phrase(self, text: str, is_english: bool, values: dict[str, object]) -> Phrase:
        foreign = is_english and self.catalogue.language.tag != self.source.tag
        return Phrase(
            fill_in(text, {name: _isolate(value) for name, value in values.items()}),
            Markup(
                fill_in(str(escape(text)), {name: _markup(value) for name, value in values.items()})
            ),
            language_attributes(self.source) if foreign else Markup(),
        )


@cache
def language_attributes(language: Language) -> Markup:
    """Give the attributes that mark a part in another language (WCAG 2.2, 3.1.2)."""
    return Markup(' lang="{}" dir="{}"').format(language.tag, language.direction)


def join_names(names: Iterable[str], language: Language) -> Markup:
    """Join names of any script with the commas of a language, each isolated from its direction."""
    comma = Markup("، " if language.direction == "rtl" else ", ")
    return comma.join(Markup("<bdi>{}</bdi>").format(name) for name in names)


def fill_in(text: str, values: dict[str, str]) -> str:
    """Put values in for %(name)s and one % for %%; what has no value stays as it is written."""

    def replace(match: re.Match[str]) -> str:
        return values.get(match[1], match[0]) if match[1] else "%"

    return _PLACEHOLDER.sub(replace, text)


def _isolate(value: object) -> str:
    if isinstance(value, Phrase):
        return value.text
    text = value.striptags() if isinstance(value, Markup) else str(value)
    return text if isinstance(value, int) else FIRST_STRONG_ISOLATE + text + POP_ISOLATE


def _markup(value: object) -> str:
    if isinstance(value, int) or hasattr(value, "__html__"):
        return str(escape(value))
    return str(Markup("<bdi>{}</bdi>").format(value))
