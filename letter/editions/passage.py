"""A passage: one message of the letter as an edition shows it, in whatever language that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from letter.editions.catalogue import Catalogue, State, Translation
from letter.editions.interface import isolate_part, mark_language, read_direction
from letter.editions.signatory_names import mark_name
from letter.languages.language import Language
from letter.source.blocks import Message
from letter.source.markdown import plain_line
from letter.source.plain_runs import lay_runs
from letter.source.words import Word, list_changed_words

EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class Passage:
    """One message as an edition shows it.

    `text` is inline Markdown in `language`. `attributes` mark the language where it isn't the
    edition's own. `state` is that of the translation: in any state but finished, another text
    stands in, borrowed from a related language's edition or else the source's.
    """

    message: Message
    text: str
    language: Language
    state: State
    attributes: Markup
    translation: Translation
    is_borrowed: bool = False

    @property
    def direction(self) -> str:
        """The direction of the words: "ltr" or "rtl"."""
        return read_direction(self.attributes, self.language)

    @property
    def words(self) -> str:
        """The passage's words on one line, with isolates around what would turn around."""
        return lay_runs(plain_line(self.text), self.direction)

    @property
    def line(self) -> str:
        """The passage's words on one line, isolated where they are in a foreign language."""
        return isolate_part(self.words, self.attributes)

    @property
    def excerpt(self) -> str:
        """The passage's line, cut to about what search engines and messengers show."""
        return self.cut_line(EXCERPT)

    def cut_line(self, limit: int) -> str:
        """Cut the passage's line at the end of a word where it is longer than some characters."""
        line = plain_line(self.text)
        if len(line) > limit:
            line = (line[:limit].rpartition(" ")[0] or line[:limit]) + "…"
        return isolate_part(lay_runs(line, self.direction), self.attributes)

    @property
    def earlier(self) -> str | None:
        """The translation of an older source text, which waits to be brought up to date."""
        return self.translation.forms[0] if self.state is State.OUTDATED else None

    @property
    def changed_words(self) -> list[tuple[Word, str]]:
        """What changed in the source's text since the earlier translation was made."""
        return list_changed_words(self.translation.previous or "", self.message.msgid)

    @property
    def stands_in(self) -> bool:
        """Whether another text stands here in place of a finished translation."""
        return self.state is not State.FINISHED


def make_passage(message: Message, catalogues: Sequence[Catalogue], source: Language) -> Passage:
    """Decide what an edition shows for a message, once: nothing is judged inside a template.

    The first catalogue is the edition's own. A finished translation that repeats the source, such
    as a name, is in the source's language. A name's script tells whether that holds.
    """
    own, msgid = catalogues[0], message.msgid
    translation = own.find_translation(msgid)
    text, language, is_borrowed = msgid, source, False
    for catalogue in catalogues:
        known = catalogue.find_translation(msgid)
        if known.state is State.FINISHED:
            text = known.forms[0].strip()
            language = source if text == msgid else catalogue.language
            is_borrowed = catalogue is not own and language is not source
            break
    attributes = mark_language(language, own.language)
    if message.is_name and language is source:
        attributes = mark_name(plain_line(text), source, own.language)
    return Passage(message, text, language, translation.state, attributes, translation, is_borrowed)
