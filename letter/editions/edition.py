"""An edition: the letter in one language, each passage marked with what its text really is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from letter.editions.catalogue import Catalogue, State, Translation
from letter.editions.interface import Interface, isolate, mark_language
from letter.editions.signatory_names import mark_name
from letter.languages.language import Language
from letter.po.marks import Review
from letter.source.blocks import Message
from letter.source.letter import Letter
from letter.source.markdown import plain_line
from letter.source.words import Word, list_changed_words

DESCRIPTION = 160  # characters, about what search engines and messengers show


@dataclass(frozen=True, slots=True)
class Passage:
    """One message as an edition shows it.

    `text` is inline Markdown in `language`. `attributes` mark the language where it isn't the
    edition's own. `state` is that of the translation: in any state but finished, the source's text
    stands in.
    """

    message: Message
    text: str
    language: Language
    state: State
    attributes: Markup
    translation: Translation

    @property
    def line(self) -> str:
        """The passage's words on one line, isolated where they are in a foreign language."""
        line = plain_line(self.text)
        return isolate(line) if self.attributes else line

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
        """Whether the source's text stands here in place of a finished translation."""
        return self.state is not State.FINISHED


@dataclass(frozen=True, slots=True)
class Edition:
    """The letter in one language; `problem` says why its catalogue couldn't be read, if so."""

    letter: Letter
    catalogue: Catalogue
    interface: Interface
    texts: Mapping[str, Passage]  # every message of the letter by its msgid
    passages: Mapping[str, Passage]  # those that are counted, in the order of the letter
    problem: str | None = None

    @property
    def language(self) -> Language:
        """The language that the edition is meant to be in."""
        return self.catalogue.language

    @property
    def source(self) -> Language:
        """The letter's own language."""
        return self.interface.source

    @property
    def is_source(self) -> bool:
        """Whether this edition is the letter in its own language."""
        return self.language.tag == self.source.tag

    @property
    def title(self) -> Passage:
        """The letter's title."""
        return self.texts[self.letter.title.msgid]

    @property
    def beginning(self) -> Passage:
        """The first passage below the title; the title where the letter has no other passage."""
        below = (each for each in self.passages.values() if each is not self.title)
        return next(below, self.title)

    @property
    def description(self) -> str:
        """The front matter's description, or else the beginning of the letter, without markup.

        At most DESCRIPTION characters.
        """
        given = self.letter.settings.description
        passage = self.texts[given] if given else self.beginning
        text = plain_line(passage.text)
        if len(text) > DESCRIPTION:
            text = text[:DESCRIPTION].rpartition(" ")[0] + "…"
        return isolate(text) if passage.attributes else text

    @property
    def day(self) -> str:
        """The day of the file's last revision, as ISO 8601; "" where the file doesn't tell."""
        match = re.match(r"\d{4}-\d\d-\d\d", self.catalogue.headers.get("PO-Revision-Date", ""))
        return match[0] if match else ""

    @property
    def reviews(self) -> list[Review]:
        """The reviews that hold, one for each person, with that person's last day."""
        found = {
            review.reviewer: review
            for passage in self.passages.values()
            for review in sorted(passage.translation.reviews, key=lambda review: review.day)
        }
        return list(found.values())

    @property
    def reviewed(self) -> int:
        """How many passages someone has reviewed."""
        return sum(bool(passage.translation.reviews) for passage in self.passages.values())

    @property
    def is_draft(self) -> bool:
        """Whether the file calls itself a draft, in its X-Letter-Status header."""
        return self.catalogue.headers.get("X-Letter-Status", "").strip().lower() == "draft"

    @property
    def is_unreadable(self) -> bool:
        """Whether the catalogue has never been good, so that the source stands in for all of it."""
        return self.problem is not None and not self.catalogue.translations

    @property
    def is_alternate(self) -> bool:
        """Whether anything is translated, so that search engines should know of the edition."""
        return self.count_passages(State.FINISHED) > 0

    @property
    def content_languages(self) -> list[str]:
        """The tags of all languages on the page, its own first (RFC 9110 §8.5)."""
        stands_in = self.count_passages(State.FINISHED) < len(self.passages)
        return [self.language.tag, *([self.source.tag] if stands_in else [])]

    def count_passages(self, *states: State) -> int:
        """Count the passages whose translation is in one of these states."""
        return sum(passage.state in states for passage in self.passages.values())


def make_edition(
    letter: Letter, catalogue: Catalogue, source: Language, problem: str | None = None
) -> Edition:
    """Put the letter and a catalogue together; where nothing is finished, the source stands in."""
    texts = {
        message.msgid: _make_passage(message, catalogue, source) for message in letter.messages
    }
    passages = {message.msgid: texts[message.msgid] for message in letter.passages}
    return Edition(letter, catalogue, Interface(catalogue, source), texts, passages, problem)


def _make_passage(message: Message, catalogue: Catalogue, source: Language) -> Passage:
    """Decide what an edition shows for a message, once: nothing is judged inside a template.

    A finished translation that repeats the source, such as a name, is in the source's language. A
    name's script tells whether that holds.
    """
    translation = catalogue.find_translation(message.msgid)
    finished = translation.state is State.FINISHED
    text = translation.forms[0].strip() if finished else message.msgid
    language = source if text == message.msgid else catalogue.language
    attributes = mark_language(language, catalogue.language)
    if message.is_name and language is source:
        attributes = mark_name(plain_line(text), source, catalogue.language)
    return Passage(message, text, language, translation.state, attributes, translation)
