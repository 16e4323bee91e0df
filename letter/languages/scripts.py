"""The script that a language is written in, as ISO 15924 names it: Arab, Latn, Cyrl …"""

from __future__ import annotations

from babel.core import get_global


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
