"""What we know about a language that Babel does not, or has wrong, and which one a tag means.

There is no list of supported languages here: the folders under locales/ are the list, and CLDR
(through Babel) knows the rest. The tables below hold only what CLDR lacks or Babel gets wrong.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from babel import Locale, localedata
from babel.core import get_global

from letter.errors import OneLetterError
from letter.languages.cldr import read_facts
from letter.languages.plural_rules import parse_plural_forms, write_plural_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Readers know their language by the name in brackets; CLDR's "Kurdish" alone would hide Sorani.
_NATIVE_NAMES = {"ku": "Kurdî (Kurmancî)", "ckb": "کوردی (سۆرانی)"}
_ENGLISH_NAMES = {"ku": "Kurdish (Kurmanji)", "ckb": "Kurdish (Sorani)"}

# CLDR files Bokmål under Norwegian, but Babel's table of aliases leaves it out.
_ALIASES = {"nb": "no"}
# ISO 639-3's members of the macrolanguage Arabic, with a retired one (bbz);
# arb and ajp are CLDR's own aliases of ar and apc.
_ARABIC = """aao abh abv acm acq acw acx acy adf aeb aec afb apc apd arq ars ary arz
             auz avl ayh ayl ayn ayp bbz pga shu ssh"""
# Languages whose readers read another one; Southern Kurdish is written like Sorani.
_READ_AS = {"sdh": "ckb"} | dict.fromkeys(_ARABIC.split(), "ar")

# RFC 5646 §4.4.1 asks for room for 35 characters; browsers add extensions.
_LONGEST_TAG = 96
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}"
    r"(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?:-[a-z0-9]{1,8}){0,8}"
)


class LanguageError(OneLetterError):
    """A language that cannot be used; the text says what to use instead."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language that CLDR knows.

    `tag` is its BCP 47 name in URLs and lang=, `folder` its name under locales/. The properties
    read CLDR data (about 0.5 ms a language, once), creating a language does not.
    """

    tag: str
    folder: str
    locale: Locale

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of text for dir=, from CLDR's character order."""
        # Mongolian script runs "top-to-bottom", for which dir= has no value: HTML wants ltr.
        order = read_facts(self.locale).character_order
        return "rtl" if order == "right-to-left" else "ltr"

    @property
    def name(self) -> str:
        """The language's name in itself; its English name where CLDR has none."""
        return _NATIVE_NAMES.get(self.folder) or read_facts(self.locale).name or self.english_name

    @property
    def english_name(self) -> str:
        """The language's name in English; its tag where CLDR has none."""
        return _ENGLISH_NAMES.get(self.folder) or read_facts(self.locale).english_name or self.tag

    @property
    def is_latin(self) -> bool:
        """Whether `name` is in Latin letters, so that every screen reader has a voice for it."""
        return _is_latin(self.name)

    @property
    def plural_forms(self) -> str:
        """The Plural-Forms header: CLDR's rule for whole numbers, as a C expression.

        Forms stand in CLDR's order (zero, one, two, few, many, other), without the categories
        that only fractions reach. A language for which CLDR has no rule has one form.
        """
        return write_plural_forms(read_facts(self.locale).plural_rules)

    @property
    def nplurals(self) -> int:
        """How many forms `plural_forms` has."""
        return parse_plural_forms(self.plural_forms).nplurals


@cache
def find_language(tag_or_folder: str) -> Language:
    """Find any language that CLDR knows by its tag ("pt-BR") or its folder ("pt_BR").

    Raises LanguageError for every other name, also for those that Babel takes for another
    language without a word ("kmr", "ku_Arab", "iw").
    """
    if len(tag_or_folder) > _LONGEST_TAG:
        raise LanguageError(f"{tag_or_folder[:20]!r}… is too long: use a tag such as ku or pt-BR")
    folder = _list_known().get(fold_tag(tag_or_folder))
    if folder is None:
        raise LanguageError(_explain_unknown(tag_or_folder))
    tag = _spell_tag(folder)
    if tag_or_folder not in (tag, folder):
        spelling = repr(tag) if tag == folder else f"{tag!r}, or {folder!r} for the folder"
        raise LanguageError(f"{tag_or_folder!r} is not spelled as it should be: use {spelling}")
    locale = Locale.parse(folder)
    if str(locale) != folder:
        raise LanguageError(f"Babel takes {folder!r} for {locale}: use {_spell_tag(str(locale))}")
    return Language(tag, folder, locale)


def match_language(requested: str, available: Collection[str]) -> str | None:
    """Return the available tag that a requested one means, or None; English is always available.

    RFC 4647 §3.4 lookup in any case and with `_` or `-`, in this order: the tag itself; the same
    language, script and region; the same language and script (without a region first, then
    CLDR's likeliest region, then by the alphabet); the language alone. The script is CLDR's
    likely one where the tag has none. A language that isn't available falls back to the one its
    readers read: Arabic for its members, Sorani for Southern Kurdish.
    """
    folded = fold_tag(requested)
    subtags = _read_subtags(folded)
    if subtags is None:
        return None
    language, script, region = subtags
    index = _index_tags(frozenset(available))
    keys = [folded]
    for known in filter(None, (language, _READ_AS.get(language))):
        keys += [f"{known}/{script}/{region}", f"{known}/{script}", known]
    return next((index[key] for key in keys if key in index), None)


def fold_tag(tag: str) -> str:
    """Bring a tag to lower case with hyphens, the form to compare; "" if it can't be a tag."""
    # Without isascii(), KELVIN SIGN and its like would become ASCII letters.
    if len(tag) > _LONGEST_TAG or not tag.isascii():
        return ""
    return tag.lower().replace("_", "-")


@cache
def _list_known() -> Mapping[str, str]:
    """Map every CLDR locale from its folded tag to its folder."""
    # en_US_POSIX is the C library's locale: no page is written in it, and BCP 47 has no such tag.
    folders = (folder for folder in localedata.locale_identifiers() if folder != "en_US_POSIX")
    return {fold_tag(folder): folder for folder in folders}


def _spell_tag(folder: str) -> str:
    """Spell a folder's name as a BCP 47 tag, whose variants are in lower case."""
    return "-".join(part.lower() if len(part) > 4 else part for part in folder.split("_"))


def _explain_unknown(asked: str) -> str:
    """Say what to use instead of a name that CLDR doesn't have."""
    subtags = _read_subtags(fold_tag(asked))
    if subtags is None:
        return f"{asked!r} is not a language tag: use one such as ku, ckb or pt-BR"
    if subtags[0] in ("ku", "ckb"):
        return (
            f"{asked!r} is not a language here: "
            "use ku for Kurmanji in Latin script, ckb for Sorani in Arabic script"
        )
    nearest = match_language(asked, [_spell_tag(folder) for folder in _list_known().values()])
    if nearest is None:
        return f"CLDR has no language {asked!r}: use one that `pybabel --list-locales` prints"
    return f"CLDR has no language {asked!r}: use {nearest}"


@lru_cache(maxsize=1_024)
def _read_subtags(folded: str) -> tuple[str, str, str] | None:
    """Split a folded tag into language, script and region, the language by its one right name.

    The script is the likely one if there is none, the region "" if there is none. A Kurdish
    reader gets Sorani in Arabic script, and in Iraq and Iran unless the script says otherwise.
    """
    match = _TAG.fullmatch(folded)
    if match is None:
        return None
    language, script, region = (match[part] or "" for part in ("language", "script", "region"))
    alias = _ALIASES.get(language) or get_global("language_aliases").get(language, "")
    if meant := _TAG.fullmatch(fold_tag(alias)):
        language = meant["language"]
        script, region = script or meant["script"] or "", region or meant["region"] or ""
    if language == "ku":
        sorani = script == "arab" or (not script and region in ("iq", "ir"))
        return ("ckb", "arab", region) if sorani else ("ku", "latn", region)
    return language, script or _guess_likely(language, region)[0], region


def find_script(language: Language) -> str:
    """Give the ISO 15924 code of the script that a language is written in."""
    locale = language.locale
    likely = get_global("likely_subtags")
    found = likely.get(f"{locale.language}_{locale.territory}") or likely.get(locale.language)
    return locale.script or (found.split("_")[1] if found else "Latn")


def _guess_likely(language: str, region: str = "", script: str = "") -> tuple[str, str]:
    """Return the likely script and region of a language, in lower case (CLDR likely subtags)."""
    likely = get_global("likely_subtags")
    for subtag in filter(None, (region.upper(), script.title())):
        if found := likely.get(f"{language}_{subtag}"):
            break
    else:
        found = likely.get(language, "__")
    _, likely_script, likely_region = found.lower().split("_")
    return likely_script, likely_region


@cache
def _is_latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in name if char.isalpha())


@lru_cache(maxsize=8)
def _index_tags(available: frozenset[str]) -> Mapping[str, str]:
    """Map every key that `match_language` looks up to the tag it means."""

    def rank(tag: str) -> tuple[bool, bool, int, str]:
        language, script, region = _read_subtags(fold_tag(tag)) or ("", "", "")
        likely_region = _guess_likely(language, script=script)[1]
        return region != "", region != likely_region, len(tag), tag

    tags = sorted(available | {"en"}, key=rank)
    index = {fold_tag(tag): tag for tag in tags}
    for tag in tags:
        if subtags := _read_subtags(fold_tag(tag)):
            index.setdefault("/".join(subtags), tag)
            index.setdefault("/".join(subtags[:2]), tag)
    return index
