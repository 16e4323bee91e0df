"""The plural rules that translators' tools write for a language, beside CLDR's own.

CLDR's rules come from Babel. usual_plurals.csv holds no more than the rules of others that differ:
of gettext's table (gettext 0.21, plural-table.c), which msginit writes, and of Weblate's language
data (weblate-language-data 2026.11, © Michal Čihař, MIT licence). A rule of the table is for a new
catalogue (`new`) or right in a file that has it (`also`).
"""

from functools import cache

from babel import Locale, localedata

from letter.files import read_table
from letter.languages.plural_rules import PluralRule, parse_plural_forms, write_plural_forms

# What gettext's tools and Weblate write for nearly every language of which CLDR has no rule.
TWO_FORMS = "nplurals=2; plural=n != 1;"


@cache
def list_usual_forms(locale: Locale) -> tuple[str, ...]:
    """List the Plural-Forms headers that are usual for a language, the one to write first.

    gettext's comes first, then Weblate's, then CLDR's.
    """
    found = _read_usual(str(locale)) or _read_usual(locale.language)
    headers = [header for use, header in found if use == "new"]
    if has_plural_rule(locale):
        headers.append(write_plural_forms(locale.plural_form))
    headers += [header for use, header in found if use == "also"]
    return tuple(dict.fromkeys(headers)) or (TWO_FORMS,)


@cache
def list_usual_rules(locale: Locale | None) -> tuple[PluralRule, ...]:
    """List the plural rules that are usual for a language; none where CLDR has no rule of it."""
    headers = list_usual_forms(locale) if locale and has_plural_rule(locale) else ()
    return tuple(parse_plural_forms(header) for header in headers)


def has_plural_rule(locale: Locale) -> bool:
    """Say whether CLDR has a plural rule of a language, which may be that of one form."""
    return locale.plural_form is not localedata.load("root")["plural_form"]


def _read_usual(name: str) -> list[tuple[str, str]]:
    """Read what the table has of a language: the use and the header of each rule."""
    rows = read_table("languages/usual_plurals.csv")
    return [(use, f"nplurals={n}; plural={rule};") for tag, use, n, rule, _ in rows if tag == name]
