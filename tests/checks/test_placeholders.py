"""Placeholders, %(count)s, which a program fills in: lost, misspelt, or left out on purpose."""

import pytest

from letter.checks.findings import find_errors
from letter.languages.language import find_language
from letter.po.model import Entry

ONE, MANY = "%(count)s passage of %(name)s", "%(count)s passages of %(name)s"


def tell_plural(tag: str, *forms: str) -> list[str]:
    """Tell what is wrong with the forms of a plural, by their text."""
    found = find_errors(Entry(ONE, forms, None, MANY), find_language(tag))
    assert {finding.check for finding in found} <= {"placeholders"}
    return [finding.text for finding in found]


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("ku", ("beşek ji %(name)s", "beş ji %(name)s")),
        ("ckb", ("بەشێک لە %(name)s", "چەند بەش لە %(name)s")),
        ("fr", ("un passage de %(name)s", "des passages de %(name)s")),
        ("de", ("ein Absatz von %(name)s", "Absätze von %(name)s")),
        ("ja", ("%(name)sの段落",)),
        # The first form of Russian is for 21 and 31, too.
        ("ru", ("часть %(name)s", "%(count)s части %(name)s", "%(count)s частей %(name)s")),
        ("ar", ("لا مقطع من %(name)s", "مقطع من %(name)s", "مقطعان من %(name)s",
                "مقاطع من %(name)s", *["%(count)s مقطعا من %(name)s"] * 2)),
    ],
)  # fmt: skip
def test_a_form_for_many_counts_needs_its_count(tag: str, forms: tuple[str, ...]) -> None:
    missing = "%(count)s of the original is missing: copy it to where its value belongs"
    number = {"ja": "", "ru": "msgstr[0]: ", "ar": "msgstr[3]: "}.get(tag, "msgstr[1]: ")
    assert tell_plural(tag, *forms) == [f"{number}{missing}"]
    filled = [form if "%(count)s" in form else f"%(count)s {form}" for form in forms]
    assert tell_plural(tag, *filled) == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("%count", "%count"),
        ("% count", "% count"),
        ("s(count)%", "s(count)%"),
        ("%(count)", "%(count)"),
        ("(count)s", "(count)s"),
        ("%{count}", "%{count}"),
        ("{count}", "{count}"),
        ("{{count}}", "{count}"),
        ("%[count]s", "%[count]s"),
        ("%(count)d", "%(count)d"),
        ("%(Count)s", "%(Count)s"),
        ("%( count )s", "%( count )s"),
        ("count%", "count%"),
        ("%(hejmar)s", "%(hejmar)s"),
    ],
)
def test_a_misspelt_placeholder_is_named_with_the_right_one(written: str, told: str) -> None:
    """Also in the form for one, which could do without: a reader would be shown the letters."""
    wanted = [f"“{told}” is not in the original: write %(count)s"]
    wrong, right = f"{written}, beş ji %(name)s", "%(count)s beş ji %(name)s"
    for number, forms in enumerate(((wrong, right), (right, wrong))):
        assert tell_plural("ku", *forms) == [f"msgstr[{number}]: {wanted[0]}"]
    single = find_errors(Entry("%(count)s left", (f"{written}, beş",)), find_language("ku"))
    assert [finding.text for finding in single] == wanted


@pytest.mark.parametrize(("tag", "text"), [("ar", "بقي {count} منها"), ("ckb", "s(count)% ماوە")])
def test_a_misspelt_placeholder_is_found_among_arabic_letters(tag: str, text: str) -> None:
    (found,) = find_errors(Entry("%(count)s of it left", (text,)), find_language(tag))
    assert found.text.endswith("is not in the original: write %(count)s")


def test_words_that_are_like_a_placeholders_name_are_words() -> None:
    language = find_language("de")
    assert find_errors(Entry("The %(name)s", ("Der Name (name) %(name)s",)), language) == ()
    entry = Entry("(count) of %(count)s", ("(count) von",))
    assert len(find_errors(entry, language)) == 1
    assert "is missing" in find_errors(entry, language)[0].text
