"""Which edition a requested tag means, as regular expressions for hosts that run no program.

The patterns are for PCRE (nginx, Apache) and RE2 (Caddy) alike: no group captures, and nothing
looks ahead or back. A host has to compare without case. It takes the first tag that fits
`write_known_tags`, and of that tag the edition of the first of `list_tag_patterns`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_lowercase

from babel.core import get_global

from letter.languages.matching import match_language

_REST = "(?:[-_][a-z0-9_-]*)?"  # of a tag, behind the subtags that decide


@dataclass(frozen=True, slots=True)
class TagPattern:
    """The beginnings of the tags that mean the edition `tag`.

    An exception narrows a later pattern: "ku-iq" means Sorani, while "ku" with any other region
    means Kurmanji.
    """

    pattern: str
    tag: str
    is_exception: bool = False


@lru_cache(maxsize=32)  # each letter of a process, whose languages hardly ever change
def list_tag_patterns(available: tuple[str, ...]) -> tuple[TagPattern, ...]:
    """List patterns of which the first that fits a tag names the edition.

    The patterns say what `match_language` says of each language with each script and region, of the
    tags that mean an edition.

    >>> for found in list_tag_patterns(("ckb", "ku"))[:2]:
    ...     print(found.pattern, found.tag)
    (?:kmr|ku|kur)[-_](?:arab|iq|ir) ckb
    (?:ckb|sdh) ckb
    """
    scripts, regions = _list_scripts(available), _list_regions()
    general: dict[str, list[str]] = {}
    exceptions: dict[tuple[str, str, bool], list[str]] = {}
    for code in _list_codes(frozenset(available)):
        usual = match_language(code, available)
        if usual:
            general.setdefault(usual, []).append(code)
        narrower: dict[str, list[str]] = {}
        for subtag in (*scripts, *regions):
            meant = match_language(f"{code}-{subtag}", available)
            if meant and meant != usual:
                narrower.setdefault(meant, []).append(subtag)
        for tag, subtags in narrower.items():
            exceptions.setdefault((_join(subtags), tag, bool(usual)), []).append(code)
    return (
        *(
            TagPattern(f"{_join(codes)}[-_]{subtags}", tag, is_exception)
            for (subtags, tag, is_exception), codes in exceptions.items()
        ),
        *(TagPattern(_join(general[tag]), tag) for tag in available if tag in general),
    )


@lru_cache(maxsize=32)
def write_known_tags(available: tuple[str, ...]) -> str:
    """Write the pattern of all whole tags that mean an edition.

    Behind a language stands a script that its readers read, or a region that brings no other.

    >>> write_known_tags(("zza",))
    '(?:(?:diq|zza)(?:[-_](?:latn|[a-z0-9]{1,3}|[a-z0-9]{5,}|[0-9][a-z0-9]+)(?:[-_][a-z0-9_-]*)?)?)'
    """
    groups: dict[str, list[str]] = {}
    for code in _list_codes(frozenset(available)):
        read = [each for each in _list_all_scripts() if match_language(f"{code}-{each}", available)]
        meant = {each: match_language(f"{code}-{each}", available) for each in _list_regions()}
        if match_language(code, available):
            read += _list_others([each for each, tag in meant.items() if not tag])
            ending = f"(?:[-_]{_join(read)}{_REST})?"
        else:
            read += [each for each, tag in meant.items() if tag]
            ending = f"[-_]{_join(read)}{_REST}"
        groups.setdefault(ending, []).append(code)
    return f"(?:{'|'.join(_join(codes) + ending for ending, codes in groups.items())})"


def _list_others(refused: Collection[str]) -> list[str]:
    """List the patterns of all subtags but scripts and the refused regions, of two letters each."""
    if not refused:
        return ["[a-z0-9]{1,3}", "[a-z0-9]{5,}", "[0-9][a-z0-9]+"]
    endings: dict[str, list[str]] = {}  # first letters by the second letters that they may have
    for first in ascii_lowercase:
        seconds = [each for each in ascii_lowercase if first + each not in refused]
        endings.setdefault(_write_class(seconds), []).append(first)
    regions = [_write_class(firsts) + seconds for seconds, firsts in endings.items()]
    return [*regions, "[a-z0-9]", "[a-z0-9]{3}", "[a-z0-9]{5,}", "[0-9][a-z0-9]+"]


def _write_class(letters: Iterable[str]) -> str:
    """Write a class of letters, with a range for each run of neighbours.

    >>> _write_class("abcz"), _write_class("p")
    ('[a-cz]', 'p')
    """
    runs: list[str] = []
    for letter in letters:
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1] = runs[-1][0] + letter
        else:
            runs.append(letter)
    if runs and len(runs) == len(runs[0]) == 1:
        return runs[0]
    return f"[{''.join('-'.join(run) for run in runs)}]"


def list_other_names(available: Collection[str]) -> dict[str, str]:
    """List the codes that ISO 639 has besides an edition's tag, each with that tag (from CLDR)."""
    found = {
        code: match_language(code, available)
        for code in sorted(get_global("language_aliases"))
        if len(code) <= 3 and code not in available
    }
    return {code: tag for code, tag in found.items() if tag}


@lru_cache(maxsize=32)
def _list_codes(available: frozenset[str]) -> tuple[str, ...]:
    """List the codes of CLDR, a language's other codes among them, that may mean an edition."""
    codes = {key.split("_")[0] for key in get_global("likely_subtags")}
    codes |= {*get_global("language_aliases"), *(tag.split("-")[0] for tag in available)}
    ends = ["", *(f"-{script}" for script in _list_scripts(available))]
    return tuple(
        code
        for code in sorted(codes)
        if 2 <= len(code) <= 3 and any(match_language(code + end, available) for end in ends)
    )


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


@cache
def _list_all_scripts() -> list[str]:
    """List all scripts that CLDR knows a language in, in lower case."""
    likely = get_global("likely_subtags").values()
    return sorted({each.split("_")[1].lower() for each in likely})


@cache
def _list_regions() -> list[str]:
    """List the regions of CLDR that may decide on a script, in lower case."""
    parts = {part.lower() for key in get_global("likely_subtags") for part in key.split("_")[1:]}
    return sorted(part for part in parts if len(part) in (2, 3))


def _join(alternatives: list[str]) -> str:
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"
