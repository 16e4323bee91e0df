"""One language's translations, each with its state: the one place that decides what is finished."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letter.checks.findings import find_errors
from letter.editions.state import State, judge_state
from letter.languages.plural_rules import PluralError, PluralRule, parse_plural_forms
from letter.po.header import header_fields
from letter.po.reviews import Review, find_reviews

if TYPE_CHECKING:
    from collections.abc import Mapping

    from letter.languages.language import Language
    from letter.po.model import Entry, Key, PoFile

_TRANSLATOR = re.compile(r"([^<>@]*[^<>@\s])\s*<[^<>\s]+@[^<>\s]+>")


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalogue has for one message; `forms` is one string, or one for each plural form."""

    state: State
    forms: tuple[str, ...] = ("",)
    previous: str | None = None
    reviews: tuple[Review, ...] = ()
    has_lapsed: bool = False  # it was reviewed, and has been changed since


UNTRANSLATED = Translation(State.UNTRANSLATED)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language, and what its file says of itself."""

    language: Language
    translations: Mapping[Key, Translation]
    headers: Mapping[str, str]
    plural_rule: PluralRule
    translators: tuple[str, ...] = ()  # names, as the file gives them

    def find_translation(self, msgid: str, msgctxt: str | None = None) -> Translation:
        """Look up a message; one that the catalogue doesn't have is untranslated."""
        return self.translations.get((msgctxt, msgid), UNTRANSLATED)

    def list_finished(self) -> set[str]:
        """List the msgids whose translation is finished."""
        found = self.translations.items()
        return {msgid for (_, msgid), known in found if known.state is State.FINISHED}


def make_catalogue(language: Language, po: PoFile) -> Catalogue:
    """Read a catalogue from a PO file; an unusable plural rule is replaced by the language's own.

    Obsolete entries are left out. Entries keep their order and are never changed here.
    """
    headers = header_fields(po)
    try:
        rule = parse_plural_forms(headers.get("Plural-Forms", ""))
    except PluralError:
        rule = parse_plural_forms(language.plural_forms)
    translations = {
        entry.key: _make_translation(entry, language, rule.nplurals)
        for entry in po.entries
        if not entry.obsolete
    }
    return Catalogue(language, translations, headers, rule, _list_translators(po, headers))


def _list_translators(po: PoFile, headers: Mapping[str, str]) -> tuple[str, ...]:
    """List who is named as gettext has it: "# Name <mail>, 2026." above the header, and in it."""
    lines = [*(po.header.comments if po.header else ()), headers.get("Last-Translator", "")]
    found = [match[1].strip() for line in lines if (match := _TRANSLATOR.match(line))]
    return tuple(dict.fromkeys(found))


def _make_translation(entry: Entry, language: Language, nplurals: int) -> Translation:
    state = judge_state(entry, nplurals)
    if state is State.FINISHED and find_errors(entry, language):
        state = State.WITHHELD
    reviews, lapsed = find_reviews(entry)
    if state is not State.FINISHED:
        lapsed, reviews = lapsed + reviews, []
    has_lapsed = bool(lapsed) and not reviews
    return Translation(state, entry.msgstr, entry.previous_msgid, tuple(reviews), has_lapsed)


def make_source_catalogue(language: Language, msgids: tuple[str, ...]) -> Catalogue:
    """Make the catalogue of the letter's own language, in which every message says itself."""
    own: dict[Key, Translation] = {
        (None, msgid): Translation(State.FINISHED, (msgid,)) for msgid in msgids
    }
    return Catalogue(language, own, {}, parse_plural_forms(language.plural_forms))


def make_empty_catalogue(language: Language) -> Catalogue:
    """Make the catalogue of a language whose file can't be read: nothing is translated."""
    return Catalogue(language, {}, {}, parse_plural_forms(language.plural_forms))
