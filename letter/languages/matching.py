"""What a tag means: its subtags, its likely script, and which of the available languages."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from babel.core import get_global

# RFC 5646 §4.4.1 asks for room for 35 characters; browsers add extensions.
_LONGEST_TAG = 96
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}"
    r"(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-[a-z0-9]{4,8}){0,8})(?:-[a-z0-9]{1,8}){0,8}"
)
# gettext's names of locales, ll_CC.charset@modifier (gettext manual, "Locale Names"), folded.
_LOCALE_NAME = re.compile(
    r"([a-z]{2,3})([a-z0-9-]*)(?:\.(?:utf|iso|cp|koi|euc|gb|big5)[a-z0-9-]*)?(?:@([a-z0-9-]{4,}))?"
)
# What the modifiers of glibc's, gettext's and Weblate's locales are called in BCP 47. Another
# modifier is a script (4 letters) or a variant; a currency, quotes or an order are no language.
_MODIFIERS = {
    "latin": "latn",
    "iqtelif": "latn",
    "hinglish": "latn",
    "cyrillic": "cyrl",
    "arabic": "arab",
    "devanagari": "deva",
    "ekavian": "ekavsk",
    "ijekavian": "ijekavsk",
    "ijekavianlatin": "latn-ijekavsk",
    "euro": "",
    "quot": "",
    "boldquot": "",
    "abegede": "",
}

# CLDR files Bokmål under Norwegian, but Babel's table of aliases leaves Bokmål out.
_ALIASES = {"nb": "no"}
# ISO 639-3's members of the macrolanguage Arabic, with a retired one (bbz);
# arb and ajp are CLDR's own aliases of ar and apc.
_ARABIC = """aao abh abv acm acq acw acx acy adf aeb aec afb apc apd arq ars ary arz
             auz avl ayh ayl ayn ayp bbz pga shu ssh"""
# Languages whose readers read another one; Southern Kurdish is written like Sorani.
_READ_AS = {"sdh": "ckb"} | dict.fromkeys(_ARABIC.split(), "ar")
# The other script that readers of a language in a script read. Serbian and the Latin letters that
# are no language's own stand in CLDR 47's languageMatching, which says of all other pairs of
# scripts that there is little comprehension. Chinese is left out: CLDR gives both ways 15 and 19
# points of distance, as a last resort. Kurdish has two editions only, by script.
_ALSO_READ = {
    "sr/latn": "cyrl",
    "sr/cyrl": "latn",
    "ku/cyrl": "latn",
    "ku/yezi": "latn",
    "ckb/latn": "arab",
    "ar/latn": "arab",
    "bn/latn": "beng",
    "gu/latn": "gujr",
    "hi/latn": "deva",
    "ja/latn": "jpan",
    "kn/latn": "knda",
    "ml/latn": "mlym",
    "mr/latn": "deva",
    "ta/latn": "taml",
    "te/latn": "telu",
}


class Subtags(NamedTuple):
    """The parts of a tag, in lower case; `region` and `variants` are "" where the tag has none."""

    language: str
    script: str
    region: str
    variants: str  # joined by hyphens: "valencia"


def match_language(requested: str, available: Collection[str]) -> str | None:
    """Return the available tag that a requested tag means, or None.

    Lookup by RFC 4647 §3.4, in any spelling that `fold_tag` knows, in this order: the tag itself;
    the same language, script and variants; the same language, script and region; the same language
    and script (a tag without a region first, then CLDR's likeliest region, then by the alphabet);
    another script that the language's readers read. A tag without a script has CLDR's likely
    script; no reader is given a script that he may not read. A language that isn't available falls
    back to the language that its readers read: Arabic for the members of Arabic, Sorani for
    Southern Kurdish.

    >>> match_language("ku-Arab-IQ", ["ar", "ckb", "ku"]), match_language("apc-SY", ["ar", "ku"])
    ('ckb', 'ar')
    >>> match_language("pa-PK", ["pa"]), match_language("sr-RS", ["sr-Latn"])
    (None, 'sr-Latn')
    """
    index = _index_tags(frozenset(available))
    keys = _list_keys(fold_tag(requested))
    return next((index[key] for key in keys if key in index), None)


@lru_cache(maxsize=2_048)
def _list_keys(folded: str) -> tuple[str, ...]:
    """List what to look up for a folded tag, the nearest first; nothing for what is no tag."""
    subtags = read_subtags(folded)
    if subtags is None:
        return ()
    language, script, region, variants = subtags
    keys = [folded, f"{language}/{script}/{variants}"] if variants else [folded]
    for known in filter(None, (language, _READ_AS.get(language))):
        own = script or guess_likely(known)[0].lower()
        for read in (own, _ALSO_READ.get(f"{known}/{own}")):
            keys += [f"{known}/{read}/{region}", f"{known}/{read}"]
    return tuple(keys)


def fold_tag(tag: str) -> str:
    """Bring a tag to lower case with hyphens, so that tags can be compared; "" for no tag at all.

    gettext's names of locales become tags, without their charset.

    >>> fold_tag("pt_BR"), fold_tag("sr_RS@latin"), fold_tag("ca_ES.UTF-8@valencia")
    ('pt-br', 'sr-latn-rs', 'ca-es-valencia')
    """
    # Without isascii(), KELVIN SIGN and its like would become ASCII letters.
    if len(tag) > _LONGEST_TAG or not tag.isascii():
        return ""
    folded = tag.lower().replace("_", "-")
    return _fold_locale_name(folded) if "@" in folded or "." in folded else folded


def _fold_locale_name(name: str) -> str:
    """Write a name with a charset or a modifier as a tag: the script goes after the language."""
    match = _LOCALE_NAME.fullmatch(name)
    if match is None:
        return ""
    language, others, modifier = match.groups(default="")
    meant = "-".join(_MODIFIERS.get(part, part) for part in modifier.split("-"))
    script = next((part for part in meant.split("-") if len(part) == 4 and part.isalpha()), "")
    variants = [part for part in meant.split("-") if part != script]
    return "-".join(filter(None, (language, script, *others.split("-"), *variants)))


@lru_cache(maxsize=2_048)  # more than CLDR's locales
def read_subtags(folded: str) -> Subtags | None:
    """Split a folded tag into its subtags; None for what is no tag of BCP 47.

    The language is CLDR's name for it (`iw` is `he`), the script is the likely script where the
    tag has none; extensions are left out. All Kurdish is read as two languages: `ckb` (Sorani) in
    Arabic script, and in Iraq and Iran where the tag has no script, else `ku` (Kurmanji).

    >>> tuple(read_subtags("kmr-tr")), tuple(read_subtags("ku-iq"))
    (('ku', 'latn', 'tr', ''), ('ckb', 'arab', 'iq', ''))
    """
    match = _TAG.fullmatch(folded)
    if match is None:
        return None
    language, script, region = (match[part] or "" for part in ("language", "script", "region"))
    variants = match["variants"].lstrip("-")
    alias = _ALIASES.get(language) or get_global("language_aliases").get(language, "")
    if meant := _TAG.fullmatch(fold_tag(alias)):
        language = meant["language"]
        script, region = script or meant["script"] or "", region or meant["region"] or ""
    if language == "ku":
        is_sorani = script == "arab" or (not script and region in ("iq", "ir"))
        language, script = ("ckb", "arab") if is_sorani else ("ku", script or "latn")
    return Subtags(language, script or guess_likely(language, region)[0].lower(), region, variants)


def guess_likely(language: str, region: str = "", script: str = "") -> tuple[str, str]:
    """Give the likely script and region of a language; "" and "" where CLDR knows neither.

    The subtags may be in any case; the answer is in the case of BCP 47. The rule is CLDR's likely
    subtags (UTS #35), looked up by region first, then by script, then by the language alone.

    >>> guess_likely("pa"), guess_likely("pa", region="pk")
    (('Guru', 'IN'), ('Arab', 'PK'))
    """
    likely = get_global("likely_subtags")
    subtags = filter(None, (region.upper(), script.title()))
    keys = [*(f"{language}_{subtag}" for subtag in subtags), language]
    found = next((likely[key] for key in keys if key in likely), "__")
    _, likely_script, likely_region = found.split("_")
    return likely_script, likely_region


@lru_cache(maxsize=8)
def _index_tags(available: frozenset[str]) -> Mapping[str, str]:
    """Map every key that `match_language` looks up to the tag that the key means.

    The keys are folded tags (`pt-br`), `language/script/region`, `language/script` and, of tags
    with variants, `language/script/variants`.
    """

    def rank(tag: str) -> tuple[bool, bool, int, str]:
        language, script, region, _ = read_subtags(fold_tag(tag)) or ("", "", "", "")
        likely_region = guess_likely(language, script=script)[1].lower()
        return region != "", region != likely_region, len(tag), tag

    tags = sorted(available, key=rank)
    index = {fold_tag(tag): tag for tag in tags}
    for tag in tags:
        if subtags := read_subtags(fold_tag(tag)):
            *start, region, variants = subtags
            for ends in ([region], [], [variants] if variants else []):
                index.setdefault("/".join([*start, *ends]), tag)
    return index
