"""What must not reach a reader: the errors in one entry of a catalogue.

A check is a function that yields sentences, and stands in one of the tuples below under the name
that the translator is shown. Warnings are for the translator alone: letter.checks.catalogue_checks.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from letter.checks import (
    characters,
    emphasis,
    link_addresses,
    markup,
    numbers,
    placeholders,
    wording,
)
from letter.checks.allowed_links import AllowedLinks
from letter.checks.texts import PLACEHOLDER, Pair, Writing, find_writing, read_original
from letter.languages.language import ENGLISH, Language
from letter.languages.plural_rules import PluralRule
from letter.po.marks import is_settled, tell_other_mark
from letter.po.model import Entry, is_blank

Check = Callable[[Pair], Iterable[str]]
_EVERY_TEXT: tuple[tuple[str, Check], ...] = (
    ("addresses", link_addresses.find_changed_addresses),
    ("footnotes", markup.find_changed_calls),
    ("numbers", numbers.find_changed_numbers),
    ("empty", wording.find_no_words),
)
# For a text with a character that the language's `suspicious` finds.
_SUSPICIOUS_TEXT: tuple[tuple[str, Check], ...] = (
    ("joined", markup.find_joined_texts),
    ("html", markup.find_html),
    ("bidi", characters.find_bidi_controls),
    ("characters", characters.find_unreadable_characters),
    ("encoding", characters.find_mojibake),
    ("look-alike", characters.find_look_alikes),
    ("script", characters.find_wrong_script),
    ("markup", emphasis.find_open_marks),
    ("markup", markup.find_broken_links),
    ("markup", markup.find_backslashes),
)
_MSGSTR = re.compile(r"^[ \t]*msgstr", re.MULTILINE)
_DOT_IN_WORD = re.compile(r"\.[a-z]")  # as in the name of a site
_FIRST_WORDS = 40  # characters of a msgid that are enough to find the message in an editor
_QUOTES = {"“": "”", "„": "“", "«": "»", '"': '"'}
_OFTEN = 5  # a plural form for more counts below 1000 is for many (gettext's msgl-check.c, OFTEN)


class Severity(StrEnum):
    """Whether a finding keeps a passage from readers."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing that is wrong in a PO file."""

    line: int
    severity: Severity
    text: str  # what is wrong, and what to do
    check: str  # the name of the check
    words: str = ""  # the first words of the msgid; none where a whole file is meant


@dataclass(frozen=True, slots=True)
class Form:
    """A translated string of an entry: `number` is 0, or the number of the plural form.

    `pair` is the string beside the msgid, for a plural beside msgid_plural; `other` is the string
    of a plural beside the singular msgid.
    """

    entry: Entry
    number: int
    pair: Pair
    other: Pair | None = None

    def run_check(self, check: Check) -> list[str]:
        """Run a check beside the original text, and beside its plural where there is one.

        A form of a plural has a fault only if the check finds one beside both original texts. What
        a comment of the entry confirms is none.
        """
        found = [text for text in check(self.pair) if not is_settled(self.entry, text)]
        if not found or (self.other is not None and not list(check(self.other))):
            return []
        return [tell_other_mark(self.entry, text) for text in found]

    def report(self, severity: Severity, text: str, check: str) -> Finding:
        """Make a finding at the line of the form; which of several forms it is of stands first."""
        if len(self.entry.msgstr) > 1:
            text = f"msgstr[{self.number}]: {text}"
        return report_finding(self.entry, severity, text, check, self.number)


def report_finding(
    entry: Entry, severity: Severity, text: str, check: str, number: int = 0
) -> Finding:
    """Make a finding at the line of one form of an entry."""
    words = quote_start(entry.msgid)
    return Finding(find_line(entry, number), severity, text, check, words)


@lru_cache(maxsize=4_096)
def quote_start(msgid: str) -> str:
    """Give the first words of a msgid, by which an editor that shows no lines finds the message.

    The words stand as they do in the msgid, for a search finds nothing else: a line ends them, and
    so do quotation marks around all of them. "…" at the end of letters marks a word that was cut.

    >>> quote_start("“We are being left to die as the world watches.”")
    'We are being left to die as the world …'
    """
    first, *others = msgid.strip().splitlines() or [""]
    text = first.rstrip()
    if len(text) <= _FIRST_WORDS:
        return _strip_quotes(text) + (" …" if others else "")
    whole = text[: _FIRST_WORDS + 1].rpartition(" ")[0]
    if len(whole) < _FIRST_WORDS // 2:  # a long word or an address follows
        return _strip_quotes(text[:_FIRST_WORDS]) + "…"
    return _strip_quotes(whole).rstrip(" ,;:.—–-") + " …"


def _strip_quotes(text: str) -> str:
    """Take off a quotation mark that opens a text, unless its partner stands inside of the text.

    >>> _strip_quotes("«Stop»"), _strip_quotes("«Stop» the war"), _strip_quotes("“Stop the war")
    ('Stop', '«Stop» the war', 'Stop the war')
    """
    partner = _QUOTES.get(text[:1])
    if partner is None or partner in text[1:-1]:
        return text
    return text[1:].removesuffix(partner)


def find_line(entry: Entry, number: int = 0) -> int:
    """Find the line in the file where one form of a translation starts."""
    start = next(islice(_MSGSTR.finditer(entry.source.text), number, None), None)
    return entry.line + entry.source.text.count("\n", 0, start.start() if start else 0)


def list_forms(
    entry: Entry, writing: Writing, source: str = ENGLISH, links: AllowedLinks = ()
) -> list[Form]:
    """List the translated strings of an entry that have words."""
    one, other = read_original(entry.msgid, source), None
    if entry.msgid_plural is not None:
        one, other = read_original(entry.msgid_plural, source), one
    forms = []
    for number, text in enumerate(entry.msgstr):
        if not is_blank(text):
            second = Pair(other, text, writing, links) if other else None
            forms.append(Form(entry, number, Pair(one, text, writing, links), second))
    return forms


def find_errors(
    entry: Entry,
    language: Language,
    rule: PluralRule | None = None,
    source: str = ENGLISH,
    links: AllowedLinks = (),
) -> tuple[Finding, ...]:
    """List what must not reach a reader in one entry, whatever its state; usually ().

    `rule` is the plural rule of the entry's file, the language's own if none is given. `source` is
    the tag of the msgids' language. `links` are those that may stand in another's place.
    A clean entry of 400 characters costs 5 µs: the search for suspicious characters, and the
    original, which is read once for all languages, spare such an entry the checks.
    """
    if len(entry.msgstr) > 1 or entry.msgid_plural is not None:
        rule = rule or language.choose_plural_rule()
        return tuple(_find_plural_errors(entry, language, rule, source, links))
    text = entry.msgstr[0]
    if not text or text == entry.msgid:
        return ()
    english, writing = read_original(entry.msgid, source), find_writing(language)
    # Without a dot in a word there is no address; a letter at its start makes a text not empty.
    if not (english.addresses or english.placeholders or english.numbers or english.calls) and (
        writing.suspicious.search(text) is None
        and text[0].isalpha()
        and _DOT_IN_WORD.search(text) is None
    ):
        return ()
    return tuple(_find_mistakes(Form(entry, 0, Pair(english, text, writing, links))))


def _find_plural_errors(
    entry: Entry, language: Language, rule: PluralRule, source: str, links: AllowedLinks
) -> Iterator[Finding]:
    """Find what is wrong in a plural: an empty form, and a form that is wrong by both msgids.

    A form may stand for one count, for many, or for either: which, the plural rule alone knows.
    """
    forms = list_forms(entry, find_writing(language), source, links)
    for number, msgstr in enumerate(entry.msgstr if forms else ()):
        if is_blank(msgstr):
            text = f"the plural form msgstr[{number}] is empty: write it, as the others"
            yield report_finding(entry, Severity.ERROR, text, "plural", number)
    for form in forms:
        if form.pair.text not in (entry.msgid, entry.msgid_plural):
            found = _find_mistakes(form, is_for_many=form.number in _find_many_forms(rule))
            yield from (each for each in found if not _is_about_nothing(each, form, rule))


@lru_cache(maxsize=256)
def _find_many_forms(rule: PluralRule) -> frozenset[int]:
    """Find the forms that stand for many counts, in which a reader needs to be told the count."""
    counts = Counter(map(rule.index, range(1000)))
    return frozenset(form for form, count in counts.items() if count > _OFTEN)


def _is_about_nothing(finding: Finding, form: Form, rule: PluralRule) -> bool:
    """Say whether a finding is the lack of placeholders in a form for 0: "none is translated"."""
    if finding.check != "placeholders" or "%(" in form.pair.text:
        return False
    return rule.index(0) == form.number and all(rule.index(n) != form.number for n in range(1, 200))


def _find_mistakes(form: Form, *, is_for_many: bool = False) -> Iterator[Finding]:
    """Run the error checks on one string; a placeholder's own letters make no text suspicious."""
    changed = placeholders.find_changed_placeholders
    for text in changed(form.pair, form.other, is_for_many=is_for_many):
        yield form.report(Severity.ERROR, text, "placeholders")
    bare = PLACEHOLDER.sub("", form.pair.text)
    is_suspicious = form.pair.writing.suspicious.search(bare)
    for name, check in _EVERY_TEXT + _SUSPICIOUS_TEXT if is_suspicious else _EVERY_TEXT:
        for text in form.run_check(check):
            yield form.report(Severity.ERROR, text, name)
