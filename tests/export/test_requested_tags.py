"""Patterns of tags, for hosts that can't ask: they mean what `match_language` means."""

import re
from functools import cache

import pytest
from babel.core import get_global
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letter.export.requested_tags import list_other_names, list_tag_patterns
from letter.languages.matching import match_language

pytestmark = pytest.mark.slow

LANGUAGES = sorted({key.split("_")[0] for key in get_global("likely_subtags")})
KNOWN = ["ar", "arb", "apc", "ku", "kmr", "kur", "ckb", "sdh", "en", "pt", "zh", "sr", "sh", "no"]
EDITIONS = [
    ("ar", "ku", "ckb", "en"),
    ("ckb", "en"),
    ("pt-BR", "pt-PT", "zh-Hant", "zh-Hans", "sr-Latn", "nb", "ku", "en"),
]

codes = st.from_regex("[a-z]{1,4}", fullmatch=True)
tags = st.tuples(
    st.sampled_from(KNOWN) | st.sampled_from(LANGUAGES) | codes,
    st.sampled_from(["", "-arab", "-Latn", "-hans", "-hant", "-IQ", "_ir", "-SY", "-tw", "-PT"]),
    st.sampled_from(["", "", "-1994", "-u-nu-arab"]),
).map("".join)


@cache
def compile_patterns(available: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    found = list_tag_patterns(available)
    return [(re.compile(f"(?i)^{rule.pattern}(?:[-_]|$)"), rule.tag) for rule in found]


@settings(max_examples=300)
@given(st.sampled_from(EDITIONS), tags)
@example(("ckb", "en"), "ku-Arab")
@example(("ar", "ku", "ckb", "en"), "ku_arab_tr")
@example(("pt-BR", "pt-PT", "zh-Hant", "zh-Hans", "sr-Latn", "nb", "ku", "en"), "zh-mo")
def test_the_first_pattern_that_matches_names_the_edition(
    available: tuple[str, ...], requested: str
) -> None:
    found = next((tag for known, tag in compile_patterns(available) if known.match(requested)), "")
    language = re.split("[-_]", requested)[0]
    wanted = match_language(requested, available) or match_language(language, available)
    assert found == (wanted or "")


@pytest.mark.parametrize("available", EDITIONS)
def test_patterns_are_for_every_engine(available: tuple[str, ...]) -> None:
    for rule in list_tag_patterns(available):
        assert re.fullmatch(r"(?:[a-z0-9|_\[\])-]|\(\?:)+", rule.pattern)


def test_other_names_are_those_of_the_same_language() -> None:
    names = list_other_names(EDITIONS[0])
    assert names["kmr"] == "ku"
    assert names["arb"] == "ar"
    assert not names.keys() & set(EDITIONS[0])
