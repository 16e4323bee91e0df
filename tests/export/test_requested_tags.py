"""Patterns of tags, for hosts that can't ask: they mean what `match_language` means."""

import re
from functools import cache

import pytest
from babel.core import get_global
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letter.export.requested_tags import list_other_names, list_tag_patterns, write_known_tags
from letter.languages.matching import match_language

pytestmark = pytest.mark.slow

LANGUAGES = sorted({key.split("_")[0] for key in get_global("likely_subtags")})
KNOWN = ["ar", "arb", "apc", "ku", "kmr", "kur", "ckb", "sdh", "en", "pt", "zh", "sr", "sh", "no"]
KNOWN += ["pa", "pan", "ur", "az", "fa", "fr", "cmn", "aii", "hi"]
EDITIONS = [
    ("ar", "ku", "ckb", "en"),
    ("ckb", "en"),
    ("pt-BR", "pt-PT", "zh-Hant", "zh-Hans", "sr-Latn", "nb", "ku", "en"),
    ("pa", "ur", "en"),
    ("az", "fa"),
    ("zh-Hans", "en"),
    ("zh-Hant", "fr"),
    ("sr-Latn", "en"),
    ("fr", "ar", "ku", "aii"),
]

codes = st.from_regex("[a-z]{1,4}", fullmatch=True)
tags = st.tuples(
    st.sampled_from(KNOWN) | st.sampled_from(LANGUAGES) | codes,
    st.sampled_from(["", "-arab", "-Latn", "-hans", "-hant", "-IQ", "_ir", "-SY", "-tw", "-PT"])
    | st.sampled_from(["-Cyrl", "-guru", "-PK", "-IR", "-RU", "-IN", "-US", "-CN", "-419", "-RS"]),
    st.sampled_from(["", "", "-1994", "-u-nu-arab"]),
).map("".join)


@cache
def compile_known(available: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(write_known_tags(available), re.IGNORECASE)


@cache
def compile_patterns(available: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    found = list_tag_patterns(available)
    return [(re.compile(f"(?i)^{rule.pattern}(?:[-_]|$)"), rule.tag) for rule in found]


def find_by_patterns(requested: str, available: tuple[str, ...]) -> str | None:
    """Do what hosts do: the first tag that is known, and the first pattern that fits the tag."""
    if not compile_known(available).fullmatch(requested):
        return None
    return next(tag for known, tag in compile_patterns(available) if known.match(requested))


@settings(max_examples=100)
@given(st.sampled_from(EDITIONS), tags)
@example(("ckb", "en"), "ku-Arab")
@example(("ar", "ku", "ckb", "en"), "ku_arab_tr")
@example(("pa", "ur", "en"), "pa-PK")
@example(("pa", "ur", "en"), "pa-ca")
@example(("az", "fa"), "az-Arab-IR")
@example(("zh-Hans", "en"), "zh-Hant-HK")
@example(("zh-Hant", "fr"), "zh-tw")
@example(("sr-Latn", "en"), "sr-Cyrl-BA")
@example(("pt-BR", "pt-PT", "zh-Hant", "zh-Hans", "sr-Latn", "nb", "ku", "en"), "zh-mo")
def test_the_first_pattern_that_matches_names_the_edition(
    available: tuple[str, ...], requested: str
) -> None:
    assert find_by_patterns(requested, available) == match_language(requested, available)


@pytest.mark.parametrize("available", EDITIONS)
def test_every_script_and_region_of_an_editions_language_means_the_same(
    available: tuple[str, ...],
) -> None:
    ends = {end for key in get_global("likely_subtags") for end in key.split("_")[1:]}
    for language in {tag.split("-")[0] for tag in available}:
        for end in ends:
            requested = f"{language}-{end}"
            meant = match_language(requested, available)
            assert (requested, find_by_patterns(requested, available)) == (requested, meant)


@pytest.mark.parametrize("available", EDITIONS)
def test_patterns_are_for_every_engine(available: tuple[str, ...]) -> None:
    for rule in list_tag_patterns(available):
        assert re.fullmatch(r"(?:[a-z0-9|_\[\])-]|\(\?:)+", rule.pattern)
    known = write_known_tags(available)
    assert re.fullmatch(r"(?:[a-z0-9|_\[\])*+?{},-]|\(\?:)+", known)
    assert len(known) < 4_000  # nginx reads 4,096 bytes of a parameter


def test_other_names_are_those_of_the_same_language() -> None:
    names = list_other_names(EDITIONS[0])
    assert names["kmr"] == "ku"
    assert names["arb"] == "ar"
    assert not names.keys() & set(EDITIONS[0])
