"""Which tags mean an edition, as regular expressions for hosts that can't ask `match_language`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.core import get_global

from letter.languages.matching import fold_tag, match_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

EXTENDED = "(?:[-_][a-z]{3}){0,3}"  # what may follow a language's code (RFC 5646 §2.2.2)
REST = "(?:[-_][a-z0-9]{1,8}){0,8}"  # what may follow all that counts

ZERO = r"0(?:\.(?:0{0,2}|0{3}[0-9]*))?"  # a weight that refuses: three decimals count

_ANY_SCRIPT = "[a-z]{4}"
_OTHER = "-x"  # a subtag that changes no meaning, and keeps a tag from being an edition's own


@dataclass(frozen=True, slots=True)
class TagPattern:
    """Tags that mean the edition `tag`, or none if that is "", unless an earlier pattern matches.

    `pattern` is for whole tags in any case. It is written for RE2 and PCRE alike, without groups
    that capture.
    """

    pattern: str
    tag: str


def list_tag_patterns(available: Collection[str]) -> list[TagPattern]:
    """Write `match_language` for these editions as patterns, of which the first that matches holds.

    Found by asking it for every language, script and region that CLDR gives a meaning.
    """
    wanted = [*available, "en"]
    likely = [
        (key.lower().split("_"), value.lower().split("_")[1])
        for key, value in get_global("likely_subtags").items()
    ]
    tags = [fold_tag(tag).split("-") for tag in wanted]
    known = [*(key for key, _ in likely), *tags]
    regions = sorted({part for key in known for part in key[1:] if len(part) in (2, 3)})
    scripts = {script for key, script in likely if key[0] in {tag[0] for tag in tags}}
    scripts |= {part for tag in tags for part in tag[1:] if len(part) == 4}
    languages = {key[0] for key in known} | set(get_global("language_aliases"))
    meanings: dict[tuple[TagPattern, ...], list[str]] = {}
    for language in sorted(code for code in languages if 2 <= len(code) <= 3):
        probes = [language, *(f"{language}-{script}" for script in scripts)]
        if any(match_language(probe + _OTHER, wanted) for probe in probes):
            rules = tuple(_list_rules(language, sorted(scripts), regions, wanted))
            meanings.setdefault(rules, []).append(language)
    own = [
        TagPattern(fold_tag(tag).replace("-", "[-_]"), tag)
        for tag in available
        if match_language(tag + _OTHER, wanted) != tag
    ]
    return own + [
        TagPattern(f"{_join(codes)}{EXTENDED}{rule.pattern}", rule.tag)
        for rules, codes in meanings.items()
        for rule in rules
    ]


def list_beginnings(tag: str) -> dict[str, str]:
    """List a tag and its beginnings, by which a range of weight 0 refuses it, with patterns."""
    subtags = tag.split("-")
    names = ["-".join(subtags[:length]) for length in range(1, len(subtags) + 1)]
    return {name: name.replace("-", "[-_]") for name in names}


def _list_rules(
    language: str, scripts: list[str], regions: list[str], available: Collection[str]
) -> Iterator[TagPattern]:
    """List what follows a language's code, and what it then means; the general case comes last."""

    def ask(*subtags: str) -> str:
        return match_language("-".join((language, *subtags)) + _OTHER, available) or ""

    def ask_regions(script: str) -> tuple[str, dict[str, list[str]]]:
        usual, meant = ask(script) if script else ask(), dict[str, list[str]]()
        for region in regions:
            found = ask(script, region) if script else ask(region)
            if found != usual:
                meant.setdefault(found, []).append(region)
        return usual, meant

    any_script, no_script = ask_regions("zzzz"), ask_regions("")
    special = [(script, ask_regions(script)) for script in scripts]
    ordered = [(script, answers) for script, answers in special if answers != any_script]
    for pattern, (usual, meant) in [*ordered, (_ANY_SCRIPT, any_script), ("", no_script)]:
        before = f"[-_]{pattern}" if pattern else ""
        for tag, group in meant.items():
            yield TagPattern(f"{before}[-_]{_join(group)}{REST}", tag)
        if ordered or meant or usual != no_script[0] or not pattern:
            yield TagPattern(before + REST, usual)


def _join(alternatives: list[str]) -> str:
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"
