"""Patterns of tags, for hosts that can't ask: they mean what `match_language` means."""

import re
from functools import cache

import pytest
from babel.core import get_global
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letter.export.tag_patterns import list_tag_patterns
from letter.languages.matching import match_language

pytestmark = pytest.mark.slow

LANGUAGES = sorted({key.split("_")[0] for key in get_global("likely_subtags")})
KNOWN = ["ar", "arb", "apc", "ku", "kmr", "kur", "ckb", "sdh", "en", "pt", "zh", "sr", "sh", "no"]
EDITIONS = [
    ("ar", "ku", "ckb"),
    ("ckb",),
    ("ku",),
    ("pt-BR", "pt-PT", "zh-Hant", "zh-Hans", "sr-Latn", "nb", "ku"),
]

codes = st.from_regex("[a-z]{1,4}", fullmatch=True)
tags = st.tuples(
    st.sampled_from(KNOWN) | st.sampled_from(LANGUAGES) | codes,
    st.sampled_from(["", "", "", "-arb", "-aaa-bbb-ccc-ddd"]),
    st.sampled_from(["", "", "-arab", "-Latn", "-hans", "-hant", "-cyrl", "_xxxx"]),
    st.sampled_from(["", "", "-IQ", "_ir", "-SY", "-tw", "-br", "-PT", "-419", "-me"]),
    st.sampled_from(["", "", "-x-y", "-1994", "-u-nu-arab", "-a-b-c-d-e-f-g-h-i", "-", "-é"]),
).map("".join)


@cache
def compile_patterns(available: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    found = list_tag_patterns(available)
    return [(re.compile(rule.pattern, re.IGNORECASE | re.ASCII), rule.tag) for rule in found]


@settings(max_examples=300)
@given(st.sampled_from(EDITIONS), tags | st.text(max_size=12))
@example(("ckb",), "ku-Arab")
@example(("ku",), "ku_arab_tr")
@example(("pt-BR", "pt-PT", "zh-Hant", "zh-Hans", "sr-Latn", "nb", "ku"), "zh-mo")
def test_the_first_pattern_that_matches_names_the_edition(
    available: tuple[str, ...], requested: str
) -> None:
    matches = (tag for pattern, tag in compile_patterns(available) if pattern.fullmatch(requested))
    assert next(matches, "") == (match_language(requested, available) or "")


@pytest.mark.parametrize("available", EDITIONS)
def test_patterns_are_for_every_engine(available: tuple[str, ...]) -> None:
    for rule in list_tag_patterns(available):
        assert re.fullmatch(r"(?:[a-z0-9|_\[\]{},:()-]|\(\?:)+", rule.pattern)
