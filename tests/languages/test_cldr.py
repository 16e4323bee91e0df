"""What we read of CLDR ourselves is what Babel makes of it, for every locale there is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from letter.languages.cldr import read_facts

pytestmark = pytest.mark.slow


def test_the_facts_on_every_locale_are_those_that_babel_gives() -> None:
    """Scripts that aren't a language's own inherit otherwise: mn_Mong, ha_Arab, bal_Latn."""
    for identifier in sorted(locale_identifiers()):
        locale = Locale.parse(identifier)
        facts = read_facts(locale)
        assert facts.character_order == locale.character_order, identifier
        assert facts.name == (locale.display_name or ""), identifier
        assert facts.english_name == (locale.get_display_name("en") or ""), identifier
        assert dict(facts.plural_rules) == locale.plural_form.rules, identifier


def test_a_thousand_languages_leave_little_behind() -> None:
    code = """
import resource
from babel.localedata import locale_identifiers
from letter.languages.language import LanguageError, find_language
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for folder in sorted(locale_identifiers()):
    try:
        language = find_language(folder)
    except LanguageError:
        continue
    language.direction, language.name, language.english_name, language.plural_forms
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60, "megabytes; Babel's own locales would keep some 190"
