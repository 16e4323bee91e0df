"""What turns around among words of the other direction is isolated, and nothing else is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.languages.language import find_language
from letter.source.markdown import render_message
from letter.source.plain_runs import find_runs, lay_runs
from tests.processor_time import limit_time
from tests.turned_runs import RIGHT, TURNED, TURNED_IN_ARABIC, WORDS


@pytest.mark.parametrize("tag", WORDS)
def test_what_turns_around_is_isolated_whole_and_the_rest_is_left_alone(tag: str) -> None:
    before, after = WORDS[tag]
    direction = find_language(tag).direction
    mixed = ["#Aleppo_حلب", "https://ar.wikipedia.org/wiki/حلب"]
    for run in [*TURNED, *TURNED_IN_ARABIC, *mixed]:
        laid = lay_runs(f"{before} ({run})، «{run}»! {run} {after}", direction)
        own = (
            f"\u2066{run}\u2069"
            if not re.search("[٠-٩]", run)
            else f"\u2066\u202d{run}\u202c\u2069"
        )
        assert laid == f"{before} ({own})، «{own}»! {own} {after}", run
        assert lay_runs(f"{before} {run}", "ltr") == f"{before} {run}"
    for run in RIGHT:
        text = f"{before} {run} {after}. {run}"
        assert lay_runs(text, direction) == text


def test_a_word_of_one_letter_may_stand_before_a_hashtag_and_a_full_stop_behind() -> None:
    laid = lay_runs("تابعوا #SaveAleppo و@whitehelmets.", "rtl")
    assert laid == "تابعوا \u2066#SaveAleppo\u2069 و\u2066@whitehelmets\u2069."


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("السعر بين $5 و$10", ["$5", "$10"]),
        ("بين -5 و-10 ول-5°C", ["-5", "-10", "-5°C"]),
        ("لغة و.NET وال.NET بـ€5 الـ-5", [".NET", ".NET", "€5"]),
        ("\u05d1-.NET וב-.NET ב-$5 ב-5 ו-10", [".NET", ".NET", "$5"]),
        ("وبهای ۰۲۱-۸۸۸۸۱۲۳۴ و 555 1234 در 100 2016", ["۰۲۱-۸۸۸۸۱۲۳۴", "555 1234"]),
        ("تابعوا #Aleppo. #Idlib بخير", ["#Aleppo", "#Idlib"]),
    ],
)
def test_letters_and_stops_beside_a_run_do_not_hinder_it(text: str, runs: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_runs(text, "rtl")] == runs


def test_a_bracket_closes_where_it_was_opened() -> None:
    assert lay_runs("(قال #A (b)) ثم", "rtl") == "(قال \u2066#A (b)\u2069) ثم"
    assert lay_runs("قال 50% {ص} (#A)", "rtl") == "قال 50% {ص} (\u2066#A\u2069)"


def test_signs_that_join_two_words_belong_to_neither() -> None:
    for text in ("و/OR", "English/عربي", "عربي+English", "ה-BBC", "ב-5 ימים", "نص.Text"):
        assert lay_runs(text, "rtl") == text


@pytest.mark.parametrize("run", ["#أنقذوا_حلب", "#حَلَب", "#הצילו", "#ئازادی", "#25يناير", "@حلب"])
def test_a_right_to_left_hashtag_among_other_words_has_its_own_direction(run: str) -> None:
    assert lay_runs(f"Save, {run}!", "ltr") == f"Save, \u2067{run}\u2069!"
    assert lay_runs(run, "rtl") == run


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("ب **C++**", 'ب <strong><bdi dir="ltr">C++</bdi></strong>'),
        ("ب `C++`", 'ب <code dir="ltr">C++</code>'),
        (
            "ب [#A&B](https://example.org/)",
            'ب <a href="https://example.org/"><bdi dir="ltr">#A&amp;B</bdi></a>',
        ),
        ("[+963 11](tel:+963-11)", '<a href="tel:+963-11" dir="ltr">+963 11</a>'),
        ("![#A](a.png)", '<img src="a.png" alt="\u2066#A\u2069">'),
        ("ب 'a' \"b\"", "ب 'a' &quot;b&quot;"),
    ],
)
def test_pages_isolate_words_and_code_and_what_stands_for_an_image(text: str, html: str) -> None:
    assert render_message(text, frozenset({"a.png"}), direction="rtl") == html


@given(st.text(alphabet="a1ب٣ #@+-./:$°()\n_C–", max_size=40), st.sampled_from(["ltr", "rtl"]))
def test_runs_are_in_order_and_end_no_word_of_the_other_direction(text: str, way: str) -> None:
    done = 0
    for start, end, own in find_runs(text, way):
        assert done <= start < end
        assert own != way
        assert "\n" not in text[start:end]
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        done = end


@pytest.mark.parametrize("part", ["1 ", "11-", "+1", "a.", "#a", "(1", "0 ", "1", "/", "1(ب", "(a"])
def test_long_texts_take_no_longer_than_their_length(part: str) -> None:
    with limit_time(1):
        list(find_runs("ب " + part * 50_000, "rtl"))
