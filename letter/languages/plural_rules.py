"""Plural rules: reading the Plural-Forms header of any file, and writing CLDR's rule as a header.

Babel's own `babel.plural.to_gettext` isn't used: 171 of its 1,081 headers have a `!` or an
undefined `e` in them, which gettext's readers refuse.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from gettext import c2py
from typing import TYPE_CHECKING

from letter.errors import OneLetterError

if TYPE_CHECKING:  # the merge driver reads headers where Babel is not installed
    from babel import plural

# The longest rule in CLDR, Cornish, takes 394 characters.
_LONGEST_HEADER = 1_000
_HEADER = re.compile(r"\s*nplurals\s*=\s*([1-9][0-9]?)\s*;\s*plural\s*=([^;]*)[;\s]*")
_EXPRESSION = re.compile(r"(?:[ \tn0-9()%<>=&|?:+*/]|!=)+")
_EXAMPLE = "write it as in 'nplurals=2; plural=n != 1;'"

_RELATION = re.compile(r"([a-z])(?: mod ([0-9]+))?( not)? in ([0-9.,]+)")
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
# The spelling that gettext's manual, msginit and translators' tools have for the same rules.
_KNOWN_RULES = {"n==1": "n != 1", "n<=1": "n > 1", "n==0 || n==1": "n > 1"}
# These reach every category that whole numbers below a million have (the tests try many more).
_COUNTS = (*range(200), 1_000, 10_000, 100_000)
COUNTS = (*range(1001), 10_000, 100_000, 1_000_000)  # by which two plural rules are compared


class PluralError(OneLetterError):
    """A plural rule that cannot be used; the text says how to write one."""


@dataclass(frozen=True, slots=True)
class PluralRule:
    """A Plural-Forms header that can be evaluated."""

    nplurals: int
    expression: str
    evaluate: Callable[[int], int] = field(repr=False, compare=False)

    def index(self, n: int) -> int:
        """Return the number of the form that a count takes, 0 ≤ number < nplurals.

        A count is taken without its sign. Where the expression divides by zero or leaves the
        range, the form is 0, as in GNU gettext's plural_lookup().
        """
        try:
            form = self.evaluate(abs(n))
        except ZeroDivisionError:
            return 0
        return form if 0 <= form < self.nplurals else 0

    def refines(self, other: "PluralRule") -> bool:
        """Say whether counts that share a form here share one in the other rule as well."""
        pairs = {(self.index(n), other.index(n)) for n in COUNTS}
        return len(pairs) == len({form for form, _ in pairs})


@lru_cache(maxsize=256)
def parse_plural_forms(header: str) -> PluralRule:
    """Read a Plural-Forms header, which anyone may have written.

    The expression is C as the gettext manual has it ("Plural forms"), without `!x` and `-`: the
    standard library's c2py reads these two otherwise than C does. (c2py also gives `a || b` the
    value of a or b, not 1, which makes no difference between comparisons.) PluralError is raised
    for any other text, and where a count of 0…1000, the range of `msgfmt -c`, has no form.

    >>> parse_plural_forms("nplurals=2; plural=(n != 1);").index(5)
    1
    """
    match = _HEADER.fullmatch(header[: _LONGEST_HEADER + 1])
    if len(header) > _LONGEST_HEADER or match is None:
        raise PluralError(f"Plural-Forms {header[:40]!r} cannot be read: {_EXAMPLE}")
    nplurals, expression = int(match[1]), match[2].strip()
    if not _EXPRESSION.fullmatch(expression):
        known = "n, whole numbers, brackets and + * / % == != < > <= >= && || ? :"
        wrong = f"{expression[:40]!r} has something other than {known} in it"
        raise PluralError(f"the plural rule {wrong}: {_EXAMPLE}")
    try:
        evaluate = c2py(expression)
        stray = next((n for n in range(1001) if not 0 <= evaluate(n) < nplurals), None)
    except ZeroDivisionError:
        raise PluralError(f"the plural rule divides by zero: {_EXAMPLE}") from None
    except (ValueError, SyntaxError, MemoryError) as error:  # the last two: Python's own limits
        raise PluralError(f"the plural rule cannot be read ({error}): {_EXAMPLE}") from None
    if stray is not None:
        wrong = f"asks for a form above {nplurals - 1} when n={stray}, but nplurals={nplurals}"
        raise PluralError(f"the plural rule {wrong}: {_EXAMPLE}")
    return PluralRule(nplurals, expression, evaluate)


@cache
def write_plural_forms(choose_category: "plural.PluralRule") -> str:
    """Write CLDR's plural rule of a language as a Plural-Forms header.

    Each category that a whole number below a million reaches gets a form, in the order of
    `_CATEGORIES`. Gettext numbers the forms alone, so that order is what makes msgstr[4] of Arabic
    the form for 11. French, Spanish and others have a category for full millions alone, for which
    gettext, Poedit and Weblate write no form.
    """
    conditions = choose_category.rules
    reached = {choose_category(n) for n in _COUNTS}
    forms = [category for category in _CATEGORIES if category in reached]
    tests = [_write_condition(conditions[category]) for category in forms[:-1]]
    expression = " : ".join([f"{test} ? {i}" for i, test in enumerate(tests)] + [str(len(tests))])
    if tests:
        expression = f"({expression})"
    if len(tests) == 1:
        expression = _KNOWN_RULES.get(tests[0], expression)
    return f"nplurals={len(forms)}; plural={expression};"


def _write_condition(rule: str) -> str:
    """Write one CLDR condition (UTS #35, "n mod 10 in 2..4 and v in 0 or …") in C, for integers.

    An alternative that holds for no integer is left out; so is a relation that holds for all.
    """
    alternatives = []
    for conjunction in rule.split(" or "):
        tests = [test for relation in conjunction.split(" and ") if (test := _write_test(relation))]
        if "0" not in tests:
            alternatives.append(_join_by_and(tests))
    return " || ".join(alternatives)


def _join_by_and(tests: Sequence[str]) -> str:
    """Join tests in C by &&, with brackets around each test that has an || in it."""
    return " && ".join(f"({test})" if " || " in test and len(tests) > 1 else test for test in tests)


def _write_test(relation: str) -> str:
    """Write one CLDR relation in C: "" if it holds for every integer, "0" if for none."""
    match = _RELATION.fullmatch(relation)
    if match is None:
        raise PluralError(f"the plural rule {relation!r} of CLDR cannot be read: report it")
    operand, modulus, negated, values = match.groups()
    ends = [item.partition("..") for item in values.split(",")]
    ranges = [(int(low), int(high or low)) for low, _, high in ends]
    if operand not in "ni":
        # v, w, f, t, c and e describe fractions and exponents: all 0 in an integer.
        holds = (ranges[0][0] == 0) != bool(negated)
        return "" if holds else "0"
    left = f"n%{modulus}" if modulus else "n"
    highest = int(modulus) - 1 if modulus else None
    tests = [_write_range(left, *limits, highest, negated=bool(negated)) for limits in ranges]
    return _join_by_and(tests) if negated else " || ".join(tests)


def _write_range(left: str, low: int, high: int, highest: int | None, *, negated: bool) -> str:
    """Write low ≤ left ≤ high, or the contrary, in C, without a limit that always holds."""
    if low == high:
        return f"{left}{'!=' if negated else '=='}{low}"
    if negated:
        return f"{left}<{low}" if high == highest else f"{left}<{low} || {left}>{high}"
    if low == 0:
        return f"{left}<={high}"
    return f"{left}>={low}" if high == highest else f"{left}>={low} && {left}<={high}"
