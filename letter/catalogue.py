"""One language's translations, each with its state: the one place that decides what is finished."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from letter.languages import Language
from letter.plurals import PluralError, PluralRule, parse_plural_forms
from letter.po import Entry, PoFile, header_fields

Key = tuple[str | None, str]  # msgctxt and msgid, which together name a message


class State(StrEnum):
    """How far the translation of one message has come."""

    FINISHED = "finished"
    OUTDATED = "outdated"  # fuzzy, and the English has changed since
    UNFINISHED = "unfinished"  # fuzzy for any other reason
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalogue has for one message; `forms` is one string, or one for each plural form."""

    state: State
    forms: tuple[str, ...] = ("",)
    previous: str | None = None


UNTRANSLATED = Translation(State.UNTRANSLATED)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language, and what its file says of itself."""

    language: Language
    translations: Mapping[Key, Translation]
    headers: Mapping[str, str]
    plural_rule: PluralRule

    def find_translation(self, msgid: str, msgctxt: str | None = None) -> Translation:
        """Look up a message; one that the catalogue doesn't have is untranslated."""
        return self.translations.get((msgctxt, msgid), UNTRANSLATED)


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
        (entry.msgctxt, entry.msgid): Translation(
            judge_state(entry, rule.nplurals), entry.msgstr, entry.previous_msgid
        )
        for entry in po.entries
        if not entry.obsolete
    }
    return Catalogue(language, translations, headers, rule)


def make_source_catalogue(language: Language, msgids: tuple[str, ...]) -> Catalogue:
    """Make the catalogue of the letter's own language, in which every message says itself."""
    own: dict[Key, Translation] = {
        (None, msgid): Translation(State.FINISHED, (msgid,)) for msgid in msgids
    }
    return Catalogue(language, own, {}, parse_plural_forms(language.plural_forms))


def make_empty_catalogue(language: Language) -> Catalogue:
    """Make the catalogue of a language whose file can't be read: nothing is translated."""
    return Catalogue(language, {}, {}, parse_plural_forms(language.plural_forms))


def judge_state(entry: Entry, nplurals: int) -> State:
    """Say how far one entry has come (gettext manual, "Fuzzy Entries", "Plural forms").

    A plural is untranslated while any of its `nplurals` forms is missing or blank.
    """
    complete = entry.msgid_plural is None or len(entry.msgstr) == nplurals
    if not complete or any(is_blank(form) for form in entry.msgstr):
        return State.UNTRANSLATED
    if not entry.fuzzy:
        return State.FINISHED
    return State.UNFINISHED if entry.previous_msgid is None else State.OUTDATED


def is_blank(text: str) -> bool:
    """Say whether a reader would see nothing: only spaces, controls and invisible characters."""
    return not text or all(unicodedata.category(char)[0] in "ZC" for char in text)
