"""An edition: the letter in one language, each passage marked with what its text really is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from letter.editions.catalogue import Catalogue, State
from letter.editions.interface import Interface
from letter.editions.passage import Passage, make_passage
from letter.languages.dates import is_day
from letter.languages.language import Language
from letter.po.marks import Review
from letter.source.letter import Letter


class Standing(StrEnum):
    """How far readers can trust an edition; the values are those of letter.schema.json."""

    SOURCE = "source"  # the letter's own words
    UNREADABLE = "unreadable"
    DRAFT = "draft"  # says its file
    UNREVIEWED = "unreviewed"
    PARTLY_REVIEWED = "partly reviewed"
    REVIEWED = "reviewed"  # and all is translated


@dataclass(frozen=True, slots=True)
class Edition:
    """The letter in one language; `problem` says why its catalogue couldn't be read, if so."""

    letter: Letter
    catalogue: Catalogue
    source: Language  # the letter's own
    interface: Interface
    texts: Mapping[str, Passage]  # every message of the letter by its msgid
    passages: Mapping[str, Passage]  # those that have a number, which readers count
    explained: frozenset[State] = frozenset()  # states whose reason the notice above gives
    lenders: tuple[Catalogue, ...] = ()  # of related languages, which lend passages
    problem: str | None = None

    @property
    def language(self) -> Language:
        """The language that the edition is meant to be in."""
        return self.catalogue.language

    @property
    def is_source(self) -> bool:
        """Whether this edition is the letter in its own language."""
        return self.language.tag == self.source.tag

    @property
    def title(self) -> Passage:
        """The letter's title."""
        return self.texts[self.letter.title.msgid]

    @property
    def summary(self) -> Passage:
        """The front matter's description, or else the first numbered passage.

        The title itself where the letter has no such passage below the title.
        """
        if given := self.letter.settings.description:
            return self.texts[given]
        return next((each for each in self.passages.values() if each is not self.title), self.title)

    @property
    def description(self) -> str:
        """The beginning of the summary without markup."""
        return self.summary.excerpt

    @property
    def day(self) -> str:
        """The day of the file's last revision, as ISO 8601; "" where the file tells no such day."""
        day = self.catalogue.headers.get("PO-Revision-Date", "")[:10]
        return day if is_day(day) else ""

    @property
    def work(self) -> list[Passage]:
        """All that has to be translated and reviewed, numbered or not; names needn't be."""
        messages = dict.fromkeys((self.letter.title, *self.letter.passages))
        return [self.texts[each.msgid] for each in messages]

    @property
    def reviews(self) -> list[Review]:
        """The reviews that hold, one for each person, with that person's last day."""
        found = {
            review.reviewer: review
            for passage in self.work
            for review in sorted(passage.translation.reviews, key=lambda review: review.day)
        }
        return list(found.values())

    @property
    def reviewed(self) -> int:
        """How many of the numbered passages someone has reviewed."""
        return sum(bool(passage.translation.reviews) for passage in self.passages.values())

    def count_reviews(self) -> tuple[int, int]:
        """Count what someone has reviewed, and what there is: numbered passages, or else all.

        Titles and cells count where every passage with a number is reviewed, and they are not.
        """
        total = len(self.passages)
        if self.reviewed < total:
            return self.reviewed, total
        work = self.work
        return sum(bool(passage.translation.reviews) for passage in work), len(work)

    @property
    def is_settled(self) -> bool:
        """Whether all is translated and reviewed, so that nothing has to be told beforehand."""
        return all(passage.translation.reviews for passage in self.work)

    @property
    def is_finished(self) -> bool:
        """Whether all is translated, so that no other text stands in anywhere."""
        return not any(passage.stands_in for passage in self.work)

    @property
    def standing(self) -> Standing:
        """How far readers can trust the edition, which the first notice above it tells them."""
        if self.is_source:
            return Standing.SOURCE
        if self.is_unreadable:
            return Standing.UNREADABLE
        if self.reviewed:
            return Standing.REVIEWED if self.is_settled else Standing.PARTLY_REVIEWED
        return Standing.DRAFT if self.catalogue.is_draft else Standing.UNREVIEWED

    @property
    def is_unread(self) -> bool:
        """Whether the catalogue has never been good, so that nobody knows what is in its file."""
        return self.problem is not None and not self.catalogue.translations

    @property
    def is_unreadable(self) -> bool:
        """Whether the source stands in for all of a catalogue that has never been good."""
        return self.is_unread and not self.lenders

    @property
    def is_begun(self) -> bool:
        """Whether anything is translated, so that there is something to print and to review."""
        return not all(passage.stands_in for passage in self.work)

    @property
    def is_indexed(self) -> bool:
        """Whether search engines should know of the edition.

        A file that broke keeps the edition's place there, if finished texts can be seen in it: a
        missing quotation mark is mended soon, and a place that was lost comes back after weeks.
        """
        return self.is_begun or self.catalogue.has_lost

    @property
    def content_languages(self) -> list[str]:
        """The tags of all languages on the page, its own first (RFC 9110 §8.5)."""
        shown = {each.language.tag for each in self.work if each.stands_in}
        others = (*(lender.language for lender in self.lenders), self.source)
        found = [self.language.tag, *(each.tag for each in others if each.tag in shown)]
        return list(dict.fromkeys(found))

    def gives_reason(self, passage: Passage, *, is_alone: bool = False) -> bool:
        """Whether the reason why another text stands in is told below a passage.

        A passage that `is_alone` on a page has no notice above.
        """
        is_explained = self.is_unreadable or passage.state in self.explained
        return passage.stands_in and (is_alone or not is_explained)

    def list_borrowed(self) -> list[tuple[Language, int]]:
        """List the languages from which passages are borrowed, and how many from each."""
        passages = (passage for passage in self.passages.values() if passage.is_borrowed)
        counts = Counter(passage.language.tag for passage in passages)
        languages = (lender.language for lender in self.lenders)
        return [(each, counts[each.tag]) for each in languages if counts[each.tag]]

    def count_source_texts(self, *states: State) -> int:
        """Count the passages in one of these states that are shown in the letter's own language."""
        passages = self.passages.values()
        return sum(each.state in states and not each.is_borrowed for each in passages)

    def count_passages(self, *states: State) -> int:
        """Count the passages whose translation is in one of these states."""
        return sum(passage.state in states for passage in self.passages.values())


def make_edition(
    letter: Letter,
    catalogue: Catalogue,
    source: Language,
    interface: Interface,
    lenders: tuple[Catalogue, ...] = (),
    problem: str | None = None,
) -> Edition:
    """Put the letter and a catalogue together.

    Where nothing is finished, the first of the lenders that has finished the passage stands in, or
    else the source.
    """
    texts = {
        message.msgid: make_passage(message, (catalogue, *lenders), source)
        for message in letter.messages
    }
    passages = {msgid: texts[msgid] for msgid, number in letter.numbers.items() if number}
    common = _find_common_states(passages.values())
    return Edition(letter, catalogue, source, interface, texts, passages, common, lenders, problem)


def _find_common_states(passages: Iterable[Passage]) -> frozenset[State]:
    """Find the states of passages that all have one reason, which the notice above them gives.

    An outdated passage has an earlier translation to show as well.
    """
    states = frozenset(passage.state for passage in passages)
    is_one = states <= {State.UNTRANSLATED, State.UNFINISHED} or states == {State.WITHHELD}
    return states if is_one else frozenset()
