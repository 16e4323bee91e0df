"""A language: its tag, its folder, its names, its direction, its script and its plural rule.

No list of supported languages stands here: the folders under locales/ are that list, and CLDR
(through Babel) knows the rest. The tables below hold only what CLDR lacks or Babel gets wrong.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from letter.errors import OneLetterError
from letter.languages import plural_rules
from letter.languages.declared import list_known, name_addition, spell_tag
from letter.languages.matching import fold_tag, guess_likely, match_language, read_subtags
from letter.languages.usual_plurals import list_usual_forms

# Readers know their language by the name in brackets; CLDR's "Kurdish" alone would hide Sorani.
_NATIVE_NAMES = {"ku": "Kurdî (Kurmancî)", "ckb": "کوردی (سۆرانی)"}
_ENGLISH_NAMES = {"ku": "Kurdish (Kurmanji)", "ckb": "Kurdish (Sorani)"}


class LanguageError(OneLetterError):
    """A language that cannot be used; the text says what to use instead."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that CLDR knows.

    `tag` is its BCP 47 name in URLs and lang=, `folder` its name under locales/. Creating a
    language reads no CLDR data; the first property of a language reads its data (some ms, once).
    """

    tag: str
    folder: str
    locale: Locale

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of text for dir=, from CLDR's character order."""
        # Mongolian script runs "top-to-bottom", for which dir= has no value: HTML wants ltr.
        return "rtl" if self.locale.character_order == "right-to-left" else "ltr"

    @property
    def name(self) -> str:
        """The language's name in itself; its English name where CLDR has none."""
        return _NATIVE_NAMES.get(self.folder) or self.locale.display_name or self.english_name

    @property
    def english_name(self) -> str:
        """The language's name in English; its tag where CLDR has none."""
        return _ENGLISH_NAMES.get(self.folder) or self.locale.english_name or self.tag

    @property
    def is_latin(self) -> bool:
        """Whether `name` is in Latin letters, so that every screen reader has a voice for it."""
        return all("LATIN" in unicodedata.name(char, "") for char in self.name if char.isalpha())

    @property
    def script(self) -> str:
        """The script of the language as ISO 15924 names it, Latn where CLDR doesn't say."""
        locale = self.locale
        return locale.script or guess_likely(locale.language, locale.territory or "")[0] or "Latn"

    @property
    def plural_forms(self) -> str:
        """The Plural-Forms header of a new catalogue: gettext's rule, else Weblate's, else CLDR's.

        CLDR's forms stand in its order (zero, one, two, few, many, other), without the categories
        that only fractions and full millions reach.
        """
        return list_usual_forms(self.locale)[0]

    def choose_plural_rule(self, header: str = "") -> plural_rules.PluralRule:
        """Choose the rule of a file's Plural-Forms, or `plural_forms` if that can't be used."""
        try:
            return plural_rules.parse_plural_forms(header)
        except plural_rules.PluralError:
            return plural_rules.parse_plural_forms(self.plural_forms)


@cache
def find_language(tag_or_folder: str) -> Language:
    """Find any language that CLDR knows by its tag ("pt-BR") or its folder ("pt_BR").

    Raises LanguageError for every other name, also for names that Babel takes for another
    language without a word ("kmr", "ku_Arab", "iw").
    """
    folder = list_known().get(fold_tag(tag_or_folder))
    if folder is None:
        raise LanguageError(_explain_unknown(tag_or_folder))
    tag = spell_tag(folder)
    if tag_or_folder not in (tag, folder):
        raise LanguageError(f"{tag_or_folder!r} is not spelled as it should be: {_offer(tag)}")
    return Language(tag, folder, Locale.parse(folder))


def _explain_unknown(asked: str) -> str:
    """Say what to use instead of a name that CLDR doesn't have."""
    subtags = read_subtags(fold_tag(asked))
    if subtags is None:
        return f"{asked[:40]!r} is not a language tag: use one such as ku, ckb or pt-BR"
    if subtags.language in ("ku", "ckb"):
        kurdish = "use ku for Kurmanji in Latin script, ckb for Sorani in Arabic script"
        return f"{asked!r} is not a language here: {kurdish}"
    if same := name_addition(asked):
        return f"{asked!r} is not the name of a language here: {_offer(same)}"
    nearest = match_language(asked, [spell_tag(folder) for folder in list_known().values()])
    advice = f"{nearest} if that fits" if nearest else "one that `pybabel --list-locales` prints"
    return f"CLDR has no language {asked!r}: use {advice}"


def _offer(tag: str) -> str:
    """Say how a language is spelled as a tag and as a folder, where the two differ."""
    folder = list_known()[fold_tag(tag)]
    return f"use {tag!r}" if tag == folder else f"use {tag!r}, or {folder!r} for the folder"
