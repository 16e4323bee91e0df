"""Which edition a requested tag means, as regular expressions for hosts that run no program.

The patterns are for PCRE (nginx, Apache) and RE2 (Caddy) alike: no group captures, and nothing
looks ahead or back. A host has to compare without case.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from babel.core import get_global

from letter.languages.matching import match_language


@dataclass(frozen=True, slots=True)
class TagPattern:
    """The beginnings of the tags that mean the edition `tag`.

    An exception narrows a later pattern: "ku-iq" means Sorani, while "ku" with any other region
    means Kurmanji.
    """

    pattern: str
    tag: str
    is_exception: bool = False


def list_tag_patterns(available: Collection[str]) -> list[TagPattern]:
    """List patterns of which the first that fits a tag names the edition.

    The patterns say what `match_language` says of each language with each script and region. A tag
    for which `match_language` finds no edition gets the edition of its language, if there is one.

    >>> for found in list_tag_patterns(["ckb", "ku"])[:2]:
    ...     print(found.pattern, found.tag)
    (?:kmr|ku|kur)[-_](?:arab|iq|ir) ckb
    (?:ckb|sdh) ckb
    """
    scripts, regions = _list_scripts(available), _list_regions()
    general: dict[str, list[str]] = {}
    exceptions: dict[tuple[str, str, bool], list[str]] = {}
    for code in _list_codes():
        usual = match_language(code, available)
        if usual:
            general.setdefault(usual, []).append(code)
        elif not any(match_language(f"{code}-{script}", available) for script in scripts):
            continue
        narrower: dict[str, list[str]] = {}
        for subtag in (*scripts, *regions):
            meant = match_language(f"{code}-{subtag}", available)
            if meant and meant != usual:
                narrower.setdefault(meant, []).append(subtag)
        for tag, subtags in narrower.items():
            exceptions.setdefault((_join(subtags), tag, bool(usual)), []).append(code)
    return [
        *(
            TagPattern(f"{_join(codes)}[-_]{subtags}", tag, is_exception)
            for (subtags, tag, is_exception), codes in exceptions.items()
        ),
        *(TagPattern(_join(general[tag]), tag) for tag in available if tag in general),
    ]


def list_other_names(available: Collection[str]) -> dict[str, str]:
    """List the codes that ISO 639 has besides an edition's tag, each with that tag (from CLDR)."""
    found = {
        code: match_language(code, available)
        for code in sorted(get_global("language_aliases"))
        if len(code) <= 3 and code not in available
    }
    return {code: tag for code, tag in found.items() if tag}


def _list_codes() -> list[str]:
    """List the codes of all languages in CLDR, and their other codes."""
    codes = {key.split("_")[0] for key in get_global("likely_subtags")}
    codes |= set(get_global("language_aliases"))
    return sorted(code for code in codes if 2 <= len(code) <= 3)


def _list_scripts(available: Collection[str]) -> list[str]:
    """List the scripts in which CLDR knows the editions' languages, in lower case."""
    languages = {tag.split("-")[0] for tag in available}
    return sorted(
        {
            value.split("_")[1].lower()
            for key, value in get_global("likely_subtags").items()
            if key.split("_")[0] in languages
        }
    )


def _list_regions() -> list[str]:
    """List the regions of CLDR that may decide on a script, in lower case."""
    parts = {part.lower() for key in get_global("likely_subtags") for part in key.split("_")[1:]}
    return sorted(part for part in parts if len(part) in (2, 3))


def _join(alternatives: list[str]) -> str:
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"
