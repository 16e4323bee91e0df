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
    r"(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?:-[a-z0-9]{1,8}){0,8}"
)

# CLDR files Bokmål under Norwegian, but Babel's table of aliases leaves Bokmål out.
_ALIASES = {"nb": "no"}
# ISO 639-3's members of the macrolanguage Arabic, with a retired one (bbz);
# arb and ajp are CLDR's own aliases of ar and apc.
_ARABIC = """aao abh abv acm acq acw acx acy adf aeb aec afb apc apd arq ars ary arz
             auz avl ayh ayl ayn ayp bbz pga shu ssh"""
# Languages whose readers read another one; Southern Kurdish is written like Sorani.
_READ_AS = {"sdh": "ckb"} | dict.fromkeys(_ARABIC.split(), "ar")


class Subtags(NamedTuple):
    """The parts of a tag, in lower case; `region` is "" where the tag has none."""

    language: str
    script: str
    region: str


def match_language(requested: str, available: Collection[str]) -> str | None:
    """Return the available tag that a requested tag means, or None; English is always available.

    Lookup by RFC 4647 §3.4, in any case and with `_` or `-`, in this order: the tag itself; the
    same language, script and region; the same language and script (a tag without a region first,
    then CLDR's likeliest region, then by the alphabet); the language alone. A tag without a script
    has CLDR's likely script. A language that isn't available falls back to the language that its
    readers read: Arabic for the members of Arabic, Sorani for Southern Kurdish.

    >>> match_language("ku-Arab-IQ", ["ar", "ckb", "ku"]), match_language("apc-SY", ["ar", "ku"])
    ('ckb', 'ar')
    """
    folded = fold_tag(requested)
    subtags = read_subtags(folded)
    if subtags is None:
        return None
    language, script, region = subtags
    index = _index_tags(frozenset(available))
    keys = [folded]
    for known in filter(None, (language, _READ_AS.get(language))):
        keys += [f"{known}/{script}/{region}", f"{known}/{script}", known]
    return next((index[key] for key in keys if key in index), None)


def fold_tag(tag: str) -> str:
    """Bring a tag to lower case with hyphens, so that tags can be compared; "" for no tag at all.

    >>> fold_tag("pt_BR")
    'pt-br'
    """
    # Without isascii(), KELVIN SIGN and its like would become ASCII letters.
    if len(tag) > _LONGEST_TAG or not tag.isascii():
        return ""
    return tag.lower().replace("_", "-")


@lru_cache(maxsize=1_024)
def read_subtags(folded: str) -> Subtags | None:
    """Split a folded tag into its subtags; None for what is no tag of BCP 47.

    The language is CLDR's name for it (`iw` is `he`), the script is the likely script where the
    tag has none. All Kurdish is read as two languages: `ckb` (Sorani) in Arabic script, and in
    Iraq and Iran where the tag has no script, else `ku` (Kurmanji).

    >>> tuple(read_subtags("kmr-tr")), tuple(read_subtags("ku-iq"))
    (('ku', 'latn', 'tr'), ('ckb', 'arab', 'iq'))
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
        is_sorani = script == "arab" or (not script and region in ("iq", "ir"))
        return Subtags("ckb", "arab", region) if is_sorani else Subtags("ku", "latn", region)
    return Subtags(language, script or guess_likely(language, region)[0].lower(), region)


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

    The keys are folded tags (`pt-br`), `language/script/region` and `language/script`.
    """

    def rank(tag: str) -> tuple[bool, bool, int, str]:
        language, script, region = read_subtags(fold_tag(tag)) or ("", "", "")
        likely_region = guess_likely(language, script=script)[1].lower()
        return region != "", region != likely_region, len(tag), tag

    tags = sorted(available | {"en"}, key=rank)
    index = {fold_tag(tag): tag for tag in tags}
    for tag in tags:
        if subtags := read_subtags(fold_tag(tag)):
            index.setdefault("/".join(subtags), tag)
            index.setdefault("/".join(subtags[:2]), tag)
    return index
