"""A language: its tag, its folder, its names, its direction, its script and its plural rule.

No list of supported languages stands here: the folders under locales/ are that list, and CLDR
(through Babel) knows the rest. The tables below hold only what CLDR lacks or Babel gets wrong.
"""

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import get_global

from letter.errors import OneLetterError
from letter.languages import plural_rules
from letter.languages.declared import list_known, name_addition, spell_subtags, spell_tag
from letter.languages.header_facts import NO_FACTS, HeaderFacts
from letter.languages.matching import (
    fold_tag,
    guess_likely,
    match_language,
    read_subtags,
)
from letter.languages.usual_plurals import TWO_FORMS, list_usual_forms

# Readers know their language by the name in brackets; CLDR's "Kurdish" alone would hide Sorani.
_NATIVE_NAMES = {"ku": "Kurdî (Kurmancî)", "ckb": "کوردی (سۆرانی)"}
_ENGLISH_NAMES = {"ku": "Kurdish (Kurmanji)", "ckb": "Kurdish (Sorani)"}
ENGLISH = "en"  # the language of the page's templates, and of a letter that doesn't say its own
_NO_LANGUAGES = ("mis", "mul", "und", "zxx")  # codes of ISO 639 for no language, or for several


class LanguageError(OneLetterError):
    """A language that cannot be used; the text says what to use instead."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that CLDR knows, or that the header of its catalogue describes.

    `tag` is its BCP 47 name in URLs and lang=, `folder` its name under locales/. `locale` is None
    where CLDR lacks the language. What `facts` says counts before what CLDR says. Creating a
    language reads no CLDR data; the first property of a language reads its data (some ms, once).
    """

    tag: str
    folder: str
    locale: Locale | None
    facts: HeaderFacts = NO_FACTS

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of text for dir=, from CLDR's character order.

        Of a language that CLDR lacks, the direction in its header, of its name, or of its script.
        """
        told = self.facts.direction or find_first_direction("" if self.locale else self.facts.name)
        if told:
            return "rtl" if told == "rtl" else "ltr"
        locale = self.locale or _find_locale_of_script(self.script)
        # Mongolian script runs "top-to-bottom", for which dir= has no value: HTML wants ltr.
        return "rtl" if locale and locale.character_order == "right-to-left" else "ltr"

    @property
    def name(self) -> str:
        """The language's name in itself; its English name where neither header nor CLDR has one."""
        known = _NATIVE_NAMES.get(self.folder) or (self.locale and self.locale.display_name)
        return self.facts.name or known or self.english_name

    @property
    def english_name(self) -> str:
        """The language's name in English; its tag where neither header nor CLDR has one."""
        known = _ENGLISH_NAMES.get(self.folder) or (self.locale and self.locale.english_name)
        return self.facts.english_name or known or _name_in_english(self.tag)

    @property
    def is_latin(self) -> bool:
        """Whether `name` is in Latin letters, so that every screen reader has a voice for it."""
        return all("LATIN" in unicodedata.name(char, "") for char in self.name if char.isalpha())

    @property
    def script(self) -> str:
        """The script of the language as ISO 15924 names it, Latn where CLDR doesn't say.

        A language that CLDR lacks is in Latin letters where its name is (nan: Bân-lâm-gú).
        """
        if self.locale is None and self.facts.name and self.is_latin:
            return "Latn"
        subtags = read_subtags(fold_tag(self.tag))
        return (subtags and subtags.script.title()) or "Latn"

    @property
    def territory_name(self) -> str:
        """The language with its territory, as Open Graph's og:locale names them: "en_US".

        The territory is the tag's own, or CLDR's likeliest for the language in its script. A
        language that CLDR lacks has none, nor has a region that is wider than a country (es-419).
        Arabic is ar_EG by the same rule: in Facebook's own ar_AR, AR would be Argentina.
        """
        language = self.tag.partition("-")[0]
        subtags = read_subtags(fold_tag(self.tag))
        if self.locale is None or subtags is None:
            return language
        likely = guess_likely(subtags.language, script=subtags.script)[1]
        territory = subtags.region.upper() or likely
        return f"{language}_{territory}" if territory.isalpha() else language

    @property
    def plural_forms(self) -> str:
        """The Plural-Forms header of a new catalogue: gettext's rule, else Weblate's, else CLDR's.

        CLDR's forms stand in its order (zero, one, two, few, many, other), without the categories
        that only fractions and full millions reach. A language that CLDR lacks has two forms.
        """
        return list_usual_forms(self.locale)[0] if self.locale else TWO_FORMS

    def choose_plural_rule(self, header: str = "") -> plural_rules.PluralRule:
        """Choose the rule of a file's Plural-Forms, or `plural_forms` if that can't be used."""
        try:
            return plural_rules.parse_plural_forms(header)
        except plural_rules.PluralError:
            return plural_rules.parse_plural_forms(self.plural_forms)


@lru_cache(maxsize=2_048)  # more than CLDR's locales
def find_language(tag_or_folder: str, facts: HeaderFacts = NO_FACTS) -> Language:
    """Find a language by its tag ("pt-BR") or its folder ("pt_BR"), with what its header says.

    A language that CLDR lacks is found where the header names the language, by its tag or by its
    name. Raises LanguageError for every other name, also for names that Babel takes for another
    language without a word ("kmr", "ku_Arab", "iw").
    """
    folder = list_known().get(fold_tag(tag_or_folder))
    named = HeaderFacts(name=facts.name, english_name=facts.english_name)
    if folder is None:
        tag = spell_new_tag(tag_or_folder)
        is_declared = facts.name or fold_tag(facts.tag) == fold_tag(tag)
        if not (tag and is_declared and tag_or_folder in (tag, tag.replace("-", "_"))):
            raise LanguageError(_explain_unknown(tag_or_folder))
        return Language(tag, tag.replace("-", "_"), None, replace(named, direction=facts.direction))
    tag = spell_tag(folder)
    if tag_or_folder not in (tag, folder):
        raise LanguageError(f"{tag_or_folder!r} is not spelled as it should be: {_offer(tag)}")
    return Language(tag, folder, Locale.parse(folder), named)


def spell_new_tag(asked: str) -> str:
    """Spell the tag of a language that CLDR lacks; "" for what is no such tag.

    A tag that CLDR knows by another name is none, nor are Kurdish tags, extensions and codes that
    ISO 639 has for no language.

    >>> spell_new_tag("aii"), spell_new_tag("be_latn"), spell_new_tag("kmr"), spell_new_tag("und")
    ('aii', 'be-Latn', '', '')
    """
    folded = fold_tag(asked)
    subtags = read_subtags(folded)
    own, *others = folded.split("-")
    if subtags is None or subtags.language != own or own in ("ku", "ckb", *_NO_LANGUAGES):
        return ""
    if name_addition(asked) or any(len(part) == 1 for part in others):
        return ""
    return spell_subtags(folded)


def is_english(tag: str) -> bool:
    """Say whether a tag is of English, as written anywhere: nobody has to translate the page.

    >>> is_english("en-GB"), is_english("enm")
    (True, False)
    """
    return tag.partition("-")[0] == ENGLISH


def find_first_direction(text: str) -> Literal["ltr", "rtl", ""]:
    """Give the direction of the first letter that has one (UAX #9, P2); "" where none has.

    >>> find_first_direction("+963 حلب"), find_first_direction("+963")
    ('rtl', '')
    """
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""


def _find_locale_of_script(script: str) -> Locale | None:
    """Find the likeliest locale of a script, by CLDR's likely subtags (und_Syrc is syr)."""
    likely = get_global("likely_subtags").get(f"und_{script}", "")
    folder = list_known().get(likely.partition("_")[0])
    return Locale.parse(folder) if folder else None


def _name_in_english(tag: str) -> str:
    """Name a language that CLDR has no locale of: CLDR has English names of some, else the tag."""
    name = Locale("en").languages.get(tag.partition("-")[0])
    return f"{name} ({tag})" if name and "-" in tag else name or tag


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
    tag = spell_new_tag(asked)
    other = f", or say “Language: {tag}” and “X-Letter-Name: …” in its header" if tag else ""
    return f"CLDR has no language {asked!r}: use {name_nearest(asked)}{other}"


def name_nearest(asked: str) -> str:
    """Name the language of CLDR that is nearest to a tag, or say where CLDR's languages stand."""
    known = [spell_tag(folder) for folder in list_known().values()]
    subtags = read_subtags(fold_tag(asked))
    nearest = match_language(asked, known) or (
        match_language(subtags.language, known) if subtags else None
    )
    return f"{nearest} if that fits" if nearest else "one that `pybabel --list-locales` prints"


def _offer(tag: str) -> str:
    """Say how a language is spelled as a tag and as a folder, where the two differ."""
    folder = list_known()[fold_tag(tag)]
    return f"use {tag!r}" if tag == folder else f"use {tag!r}, or {folder!r} for the folder"
