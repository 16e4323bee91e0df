"""Gettext for the templates: what is shown, and how it marks its own language."""

import pytest
from markupsafe import Markup

from letter.editions.catalogue import Catalogue, make_catalogue
from letter.editions.interface import Interface, join_names
from letter.languages.language import find_language
from letter.po.marks import make_digest
from letter.po.model import Entry
from letter.po.reader import parse_po

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n%s"\n\n'
PLURAL = 'msgid "%(count)s thing"\nmsgid_plural "%(count)s things"\n'


def interface(entries: str, tag: str = "ar", headers: str = "") -> Interface:
    return Interface(find_language(tag), (catalogue(entries, tag, headers),))


def catalogue(entries: str, tag: str, headers: str = "") -> Catalogue:
    po = parse_po((HEADER % headers + entries).encode(), "interface.po")
    return make_catalogue(find_language(tag), po)


def test_a_translated_string_is_shown_as_it_is() -> None:
    phrase = interface('msgid "Hello"\nmsgstr "مرحبا"\n').gettext("Hello")
    assert (phrase.text, phrase.__html__(), phrase.attributes) == ("مرحبا", "مرحبا", "")


@pytest.mark.parametrize(
    "entry",
    ["", 'msgid "Hello"\nmsgstr ""\n', '#, fuzzy\nmsgid "Hello"\nmsgstr "مرحبا"\n'],
)
def test_what_is_not_finished_is_english_and_marked(entry: str) -> None:
    phrase = interface(entry).gettext("Hello")
    assert phrase.__html__() == '<span lang="en" dir="ltr">Hello</span>'
    assert phrase.attributes == ' lang="en" dir="ltr"'


def test_a_finished_text_that_is_the_same_in_english_is_in_the_pages_language() -> None:
    phrase = interface('msgid "Contact"\nmsgstr "Contact"\n', "fr").gettext("Contact")
    assert (phrase.__html__(), phrase.attributes) == ("Contact", "")


def test_the_nearest_catalogue_that_has_finished_a_text_gives_the_text_by_its_own_plural() -> None:
    own = catalogue('msgid "Hello"\nmsgstr "Oi"\n\nmsgid "Mail"\nmsgstr ""\n', "pt-BR")
    forms = 'msgstr[0] "uma"\nmsgstr[1] "%(count)s"\n'
    rule = "Plural-Forms: nplurals=2; plural=n != 5;\\n"
    other = catalogue(f'msgid "Hello"\nmsgstr "Olá"\n\n{PLURAL}{forms}', "pt", rule)
    page = Interface(find_language("pt-BR"), (own, other))
    assert page.gettext("Hello").__html__() == "Oi"
    borrowed = page.ngettext("%(count)s thing", "%(count)s things", 5)
    assert borrowed.__html__() == '<span lang="pt" dir="ltr">uma</span>'
    assert page.gettext("Mail").__html__() == '<span lang="en" dir="ltr">Mail</span>'


REVIEWED = "# Reviewed by Zîn <zin@example.org> on 2026-11-22 (%s)\n"


def test_the_interface_is_a_draft_until_every_text_of_a_draft_is_reviewed() -> None:
    entry, draft = 'msgid "Hello"\nmsgstr "Silav"\n', "X-Letter-Status: draft\\n"
    digest = make_digest(Entry("Hello", ("Silav",)))
    assert interface(entry, "ku", draft).is_draft
    assert not interface(entry, "ku").is_draft
    assert not interface(REVIEWED % digest + entry, "ku", draft).is_draft
    both = (catalogue(entry, "ku"), catalogue(entry, "ku", draft))
    assert not Interface(find_language("ku"), both).is_draft, "the draft gives no text"
    assert Interface(find_language("ku"), both[::-1]).is_draft


def test_values_are_escaped_and_isolated_from_the_direction_of_the_text() -> None:
    phrase = interface('msgid "By %(who)s"\nmsgstr "<من> %(who)s"\n').gettext(
        "By %(who)s", who="A & B"
    )
    assert phrase.__html__() == "&lt;من&gt; <bdi>A &amp; B</bdi>"
    assert phrase.text == "<من> \u2068A & B\u2069"
    safe = interface("").gettext("By %(who)s", who=Markup("<b>A</b>"))
    assert safe.markup == "By <b>A</b>"


@pytest.mark.parametrize(
    ("count", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5)]
)
def test_the_plural_form_is_the_files_own(count: int, form: int) -> None:
    forms = "".join(f'msgstr[{n}] "f{n}: %(count)s"\n' for n in range(6))
    phrase = interface(PLURAL + forms).ngettext("%(count)s thing", "%(count)s things", count)
    assert phrase.text == f"f{form}: {count}"


def test_a_header_with_its_own_rule_is_followed_and_a_broken_one_is_not() -> None:
    forms = 'msgstr[0] "a%(count)s"\nmsgstr[1] "b%(count)s"\n'
    rule = "Plural-Forms: nplurals=2; plural=n==5;\\n"
    ours = interface(PLURAL + forms, "ku", rule)
    assert [ours.ngettext("%(count)s thing", "", n).text for n in (1, 5)] == ["a1", "b5"]
    broken = interface(PLURAL + forms, "ku", "Plural-Forms: nplurals=2; plural=import os;\\n")
    assert [broken.ngettext("%(count)s thing", "", n).text for n in (1, 5)] == ["a1", "b5"]


@pytest.mark.parametrize("forms", ['msgstr[0] "a"\n', 'msgstr[0] "a"\nmsgstr[1] ""\n'])
def test_a_plural_with_a_form_missing_is_english(forms: str) -> None:
    phrase = interface(PLURAL + forms, "ku").ngettext("%(count)s thing", "%(count)s things", 7)
    assert phrase.text == "7 things"
    assert phrase.attributes


def test_a_percent_sign_needs_no_care() -> None:
    phrase = interface("", "ku").gettext("50% of %(x)s, 100%% %d %(y)s", x=7)
    assert phrase.text == "50% of 7, 100% %d %(y)s"


@pytest.mark.parametrize(
    ("tag", "comma"),
    [
        *((tag, "، ") for tag in ("ar", "ckb", "fa", "ur", "pa-Arab", "syr", "dv")),
        *((tag, ", ") for tag in ("he", "yi", "ku", "en", "ru", "hi", "pa")),
        *((tag, "、") for tag in ("zh", "zh-Hant", "ja", "yue")),
        *(("ko", ", "), ("am", "፣ ")),
    ],
)
def test_names_are_joined_by_the_comma_of_the_script(tag: str, comma: str) -> None:
    joined = join_names(["Zîn", "<b>"], find_language(tag))
    assert joined == f"<bdi>Zîn</bdi>{comma}<bdi>&lt;b&gt;</bdi>"
