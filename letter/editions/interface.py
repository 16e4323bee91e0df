"""The page's own words in an edition's language, or in another and marked so."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from letter.editions.catalogue import Catalogue, State
from letter.languages.dates import Date, write_date
from letter.languages.language import ENGLISH, Language, find_language
from letter.source.hidden_characters import isolate

# CLDR's name of Kurmanji in Sorani is "Kurdish", which Sorani is as well.
_KURDISH = {("ku", "ckb"): "کوردی (کورمانجی)", ("ckb", "ku"): "kurdî (soranî)"}
# The commas of the scripts that have one of their own (Unicode's Script_Extensions).
_COMMAS = dict.fromkeys(("Arab", "Nkoo", "Rohg", "Syrc", "Thaa", "Yezi"), "، ")
_COMMAS |= dict.fromkeys(("Hans", "Hant", "Jpan"), "、") | {"Ethi": "፣ "}

_DIRECTION = re.compile(' dir="(ltr|rtl)"')
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|%)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A string of the interface as readers see it; in a template the phrase marks its language.

    `text` is for attributes and titles. `attributes` are the ` lang` and ` dir` that an element
    needs whose attribute holds the text; they are empty in the language of the page.
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
    """gettext for the templates, in the language of a page.

    The first of the catalogues that has finished a text gives the text. What none has is English,
    whatever the letter's language, and is marked so.
    """

    language: Language
    catalogues: tuple[Catalogue, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether any text is from a draft, and nobody has reviewed the text."""
        found: dict[object, bool] = {}
        for catalogue in self.catalogues:
            for key, known in catalogue.translations.items():
                if known.state is State.FINISHED:
                    found.setdefault(key, catalogue.is_draft and not known.reviews)
        return any(found.values())

    def gettext(self, message: str, **values: object) -> Phrase:
        """Translate a string; `values` take the places of its %(name)s, each isolated."""
        for catalogue in self.catalogues:
            translation = catalogue.find_translation(message)
            if translation.state is State.FINISHED:
                return self._make_phrase(translation.forms[0], catalogue.language, values)
        return self._make_phrase(message, find_language(ENGLISH), values)

    def ngettext(self, one: str, many: str, count: int, **values: object) -> Phrase:
        """Translate a string that depends on a number, by the plural rule of its catalogue."""
        values["count"] = count
        for catalogue in self.catalogues:
            translation = catalogue.find_translation(one)
            index = catalogue.plural_rule.index(count)
            if translation.state is State.FINISHED and index < len(translation.forms):
                return self._make_phrase(translation.forms[index], catalogue.language, values)
        return self._make_phrase(one if count == 1 else many, find_language(ENGLISH), values)

    def _make_phrase(self, text: str, language: Language, values: dict[str, object]) -> Phrase:
        """Fill in a text, and mark the text where its language isn't the page's.

        What a value is called depends on the language of the text.
        """
        values = {name: _name_value(value, language) for name, value in values.items()}
        return Phrase(
            _fill_in(text, values, _write_text),
            Markup(_fill_in(str(escape(text)), values, _write_html)),
            mark_language(language, self.language),
        )


@cache
def language_attributes(language: Language) -> Markup:
    """Give the attributes that mark a part in another language (WCAG 2.2, 3.1.2)."""
    return Markup(' lang="{}" dir="{}"').format(language.tag, language.direction)


def mark_language(language: Language, around: Language) -> Markup:
    """Give the attributes of a part in a language; none where the text around has that language."""
    return language_attributes(language) if language.tag != around.tag else Markup()


def read_direction(attributes: str, language: Language) -> str:
    """Read the direction of a part from its attributes; where they tell none, its language's."""
    found = _DIRECTION.search(attributes)
    return found[1] if found else language.direction


def name_in_language(language: Language, reader: Language) -> str | Markup:
    """Name a language to a reader of another, as CLDR does; by its own name where CLDR has none."""
    if reader.tag == ENGLISH:
        return language.english_name
    if language.tag == reader.tag:
        return language.name
    name = _KURDISH.get((language.tag, reader.tag))
    if not name and language.locale and reader.locale:
        name = language.locale.get_display_name(reader.locale)
    return name or Markup("<bdi{}>{}</bdi>").format(language_attributes(language), language.name)


def _name_value(value: object, reader: Language) -> object:
    """Name a language, a date, or several with commas, to a reader of a language."""
    if isinstance(value, tuple):
        named = (Markup(escape(_name_value(each, reader))) for each in value)
        return Markup(choose_comma(reader)).join(named)
    if isinstance(value, Date):
        return mark_date(value.text, reader)
    return name_in_language(value, reader) if isinstance(value, Language) else value


def mark_date(text: str, reader: Language) -> Markup:
    """Write a date to a reader of a language, and for programs as it is (HTML, `<time>`)."""
    return Markup('<time datetime="{}">{}</time>').format(text, write_date(text, reader))


def isolate_part(text: str, attributes: str) -> str:
    """Put a part between isolates where its attributes mark the part as another language's."""
    return isolate(text) if attributes else text


def choose_comma(language: Language) -> str:
    """Choose the comma of a language's script, with the blank that follows the comma, if any."""
    return _COMMAS.get(language.script, ", ")


def join_names(names: Iterable[str], language: Language) -> Markup:
    """Join names of any script with the commas of a language, each isolated from its direction."""
    comma = Markup(choose_comma(language))
    return comma.join(Markup("<bdi>{}</bdi>").format(name) for name in names)


def _fill_in(text: str, values: dict[str, object], write: Callable[[object], str]) -> str:
    """Put values in for %(name)s, and % for %%; a name without a value stays as it is written."""

    def replace(match: re.Match[str]) -> str:
        if not match[1]:
            return "%"
        return write(values[match[1]]) if match[1] in values else match[0]

    return _PLACEHOLDER.sub(replace, text)


def _write_text(value: object) -> str:
    """Write a value for plain text; all but numbers and phrases are isolated."""
    if isinstance(value, Phrase | int):
        return value.text if isinstance(value, Phrase) else str(value)
    return isolate(value.striptags() if isinstance(value, Markup) else str(value))


def _write_html(value: object) -> str:
    """Write a value for HTML; all but numbers and markup are isolated."""
    if isinstance(value, int) or hasattr(value, "__html__"):
        return str(escape(value))
    return str(Markup("<bdi>{}</bdi>").format(value))
