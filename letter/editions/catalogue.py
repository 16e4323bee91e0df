"""One language's translations, each with its state: the one place that decides what is finished."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from letter.checks.allowed_links import AllowedLinks
from letter.checks.findings import find_errors
from letter.languages.language import ENGLISH, Language
from letter.languages.plural_rules import PluralRule
from letter.po.header import FALLBACK, STATUS, header_fields, is_placeholder
from letter.po.marks import Review, find_reviews
from letter.po.model import Entry, Key, PoFile, is_blank
from letter.po.unmerged import list_words

# What a translation is judged by: the languages of both texts, the plural rule, the links.
_Around = tuple[Language, PluralRule, str, AllowedLinks]
_TRANSLATOR = re.compile(r"([^<>@]*[^<>@\s])\s*<[^<>\s]+@[^<>\s]+>")


class State(StrEnum):
    """How far the translation of one message has come."""

    FINISHED = "finished"
    OUTDATED = "outdated"  # fuzzy, and the source has changed since
    UNFINISHED = "unfinished"  # fuzzy for any other reason
    UNTRANSLATED = "untranslated"
    WITHHELD = "withheld"  # finished, but with a mistake that must not reach a reader


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalogue has for one message; `forms` is its text, or its plural forms.

    Whatever is made of the same `parts` is the same.
    """

    state: State
    forms: tuple[str, ...] = ("",)
    previous: str | None = None
    reviews: tuple[Review, ...] = ()
    has_lapsed: bool = False  # it was reviewed, and has been changed since
    parts: tuple[object, ...] = field(default=(), compare=False, repr=False)


UNTRANSLATED = Translation(State.UNTRANSLATED)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language, and what its file says of itself."""

    language: Language
    translations: Mapping[Key, Translation]
    headers: Mapping[str, str]
    plural_rule: PluralRule
    translators: tuple[str, ...] = ()  # names, as the file gives them
    has_lost: bool = False  # the file can't be read, and can be seen to hold finished texts

    def find_translation(self, msgid: str, msgctxt: str | None = None) -> Translation:
        """Look up a message; a message that the catalogue lacks is untranslated."""
        return self.translations.get((msgctxt, msgid), UNTRANSLATED)

    @property
    def is_draft(self) -> bool:
        """Whether the file calls itself a draft, in its X-Letter-Status header."""
        return self.headers.get(STATUS, "").strip().lower() == "draft"

    @property
    def fallbacks(self) -> str:
        """The tags of the languages that lend passages, as the file gives them."""
        return self.headers.get(FALLBACK, "")

    def list_finished(self) -> set[str]:
        """List the msgids whose translation is finished."""
        found = self.translations.items()
        return {msgid for (_, msgid), known in found if known.state is State.FINISHED}


def make_catalogue(
    language: Language,
    po: PoFile,
    source: str = ENGLISH,
    links: AllowedLinks = (),
    before: Catalogue | None = None,
) -> Catalogue:
    """Read a catalogue from a PO file; an unusable plural rule is replaced by the language's own.

    Obsolete entries are left out. Entries keep their order and are never changed here. `source` is
    the tag of the msgids' language. `links` are those that may stand in another's place. What
    hasn't changed since the catalogue `before` isn't checked again.
    """
    headers = header_fields(po)
    rule = language.choose_plural_rule(headers.get("Plural-Forms", ""))
    around = (language, rule, source, links)
    known = before.translations if before else {}
    translations = {
        entry.key: _make_translation(entry, known.get(entry.key), around)
        for entry in po.entries
        if not entry.obsolete
    }
    return Catalogue(language, translations, headers, rule, _list_translators(po, headers))


def _list_translators(po: PoFile, headers: Mapping[str, str]) -> tuple[str, ...]:
    """List the translators: of "# Name <mail>, 2026." above the header, and of Last-Translator."""
    comments = list_words(po.header.comments) if po.header else ()
    lines = [*comments, headers.get("Last-Translator", "")]
    told = [line for line in lines if not is_placeholder(line)]
    found = [match[1].strip() for line in told if (match := _TRANSLATOR.match(line))]
    return tuple(dict.fromkeys(found))


def judge_state(entry: Entry, nplurals: int) -> State:
    """Say how far one entry has come (gettext manual, "Fuzzy Entries", "Plural forms").

    A plural is untranslated while any of its `nplurals` forms is missing or blank.
    """
    complete = entry.msgid_plural is None or len(entry.msgstr) == nplurals
    if not complete or any(is_blank(form) for form in entry.msgstr):
        return State.UNTRANSLATED
    if not entry.fuzzy:
        return State.FINISHED
    is_outdated = entry.previous_msgid not in (None, entry.msgid)
    return State.OUTDATED if is_outdated else State.UNFINISHED


def _make_translation(entry: Entry, known: Translation | None, around: _Around) -> Translation:
    said = (entry.msgid_plural, entry.msgstr, entry.comments, entry.flags, entry.previous_msgid)
    parts = (around, hash(said))  # not what was said: a server of many languages would keep it all
    if known and known.parts == parts:
        return known
    state = judge_state(entry, around[1].nplurals)
    if state is State.FINISHED and find_errors(entry, *around):
        state = State.WITHHELD
    reviews, lapsed = find_reviews(entry)
    if state is not State.FINISHED:
        lapsed, reviews = lapsed + reviews, []
    has_lapsed = bool(lapsed) and not reviews
    return Translation(state, entry.msgstr, entry.previous_msgid, tuple(reviews), has_lapsed, parts)


def make_plain_catalogue(language: Language, msgids: Iterable[str] = ()) -> Catalogue:
    """Make a catalogue without a file, in which each of these messages is its own translation.

    The letter's own language has such a catalogue, of all messages. A language whose file can't be
    read has an empty catalogue.
    """
    own: dict[Key, Translation] = {
        (None, msgid): Translation(State.FINISHED, (msgid,)) for msgid in msgids
    }
    return Catalogue(language, own, {}, language.choose_plural_rule())
