"""The glossary: how names and terms are translated, and the check of a catalogue against it.

The glossary is a CSV file, which translators' tools read.
"""

import errno
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from letter.checks.texts import Pair
from letter.errors import OneLetterError
from letter.files import read_table
from letter.languages.folders import CATALOGUE
from letter.languages.header_facts import read_header_facts
from letter.languages.language import LanguageError, find_language
from letter.source.csv_rows import read_csv_rows, read_csv_text

GLOSSARY = "glossary.csv"
_SAME = 4  # first letters that two forms of one name share
# Kashida, vowel signs, joiners; the points of Hebrew.
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u200c\u200d\u0591-\u05bd\u05bf-\u05c7]")
_ALIKE = str.maketrans("أإآٱىيكةھۀ", "ااااییکههه")  # letters that spellings of a word interchange
_MOST_DROPPED = 2  # letters
_LONGEST_SHORT = 3  # letters of a word that begins too many others
_SHORTEST_JOINED = 4  # letters of a word that is found as the last part of a longer one


@dataclass(frozen=True, slots=True)
class Inflection:
    """How the words of a language change.

    `before` is the pattern of what is written together with a word's start. `dropped` are letters
    that endings take the place of, while `shortest` letters remain. `ends` has the patterns of
    stems' ends that change, `fleeting` the vowels that fall out before a stem's last letter.
    `alike` are letters that change into each other inside a word. `is_joined` says whether words
    are joined to longer ones. `short` is the pattern of what may follow a short word, "" where
    anything may.
    """

    before: str
    dropped: str
    shortest: int
    ends: Mapping[str, str]
    fleeting: str
    alike: Mapping[int, str]
    is_joined: bool
    short: str


@dataclass(frozen=True, slots=True)
class TermUse:
    """How a term is translated in a message: by a name of the glossary, or what is wrong."""

    term: str
    name: str | None  # how the translation begins, without its article
    told: str = ""


# The translations that are right, by English term and by language tag. The longest term stands
# first, so that "Al Quds hospital" hides "hospital".
Glossary = Mapping[str, Mapping[str, Sequence[str]]]


class GlossaryError(OneLetterError):
    """A glossary that can't be used; the text is `path:line: what is wrong, and what to do`."""


def read_glossary(path: Path) -> Glossary:
    """Read locales/glossary.csv: the columns term and note, and a column for each language tag.

    Several right translations are parted by "|"; an empty cell asks for no translation.
    GlossaryError says what is wrong and where.
    """
    text = read_csv_text(path, GlossaryError, "glossary")
    if text is None:
        raise GlossaryError(f"{path}:1: can't be read: {os.strerror(errno.ENOENT)}")
    return parse_glossary(text, str(path))


def parse_glossary(text: str, path: str = GLOSSARY) -> Glossary:
    """Parse the text of a glossary; GlossaryError for one that a check could misunderstand."""
    rows = read_csv_rows(text, path, GlossaryError)
    if not rows:
        raise GlossaryError(f"{path}:1: is empty: begin with the line term,note,ar,ckb,ku")
    tags = _read_tags(rows[0], path)
    terms: dict[str, dict[str, list[str]]] = {}
    for line, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(tags) + 2:
            text = f"has {len(row)} cells, the first line has {len(tags) + 2}: put one under each"
            raise GlossaryError(f"{path}:{line}: {text}")
        term = row[0].strip()
        if not term:
            raise GlossaryError(f"{path}:{line}: the term is missing: write it")
        if term in terms:
            raise GlossaryError(f"{path}:{line}: {term} is there twice: delete one line")
        cells = {
            tag: [form.strip() for form in cell.split("|") if form.strip()]
            for tag, cell in zip(tags, row[2:], strict=True)
        }
        terms[term] = {tag: forms for tag, forms in cells.items() if forms}
    return dict(sorted(terms.items(), key=lambda item: -len(item[0])))


def _read_tags(first: tuple[int, list[str]], path: str) -> list[str]:
    """Read the language tags of the first row; GlossaryError for any other column."""
    line, names = first
    if names[:2] != ["term", "note"]:
        raise GlossaryError(f"{path}:{line}: must begin with the columns term and note")
    for number, tag in enumerate(names[2:], 3):
        try:
            catalogue = Path(path).parent / tag.replace("-", "_") / CATALOGUE
            find_language(tag, read_header_facts(catalogue))
        except LanguageError as error:
            raise GlossaryError(f"{path}:{line}: column {number}: {error}") from error
        if tag in names[2 : number - 1]:
            raise GlossaryError(f"{path}:{line}: the column {tag} is there twice: join the two")
    return names[2:]


def find_terms(glossary: Glossary, tag: str, english: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Find the terms in a message that the glossary translates, the longest first."""
    for term, forms in glossary.items():
        if tag in forms and (pattern := _compile_term(term)).search(english):
            english = pattern.sub(" ", english)
            yield term, forms[tag]


@lru_cache(maxsize=4_096)
def _compile_term(term: str) -> re.Pattern[str]:
    """Compile a term as a whole word, singular or plural; a name is found in its own case only."""
    flags = re.IGNORECASE if term.islower() else re.NOFLAG
    return re.compile(rf"(?<!\w){re.escape(term)}(?:e?s)?(?!\w)", flags)


@cache
def _read_inflection(language: str) -> Inflection:
    """Read how the words of a language change; without a row in the table, they get endings."""
    rows = (row[1:] for row in read_table("checks/inflection.csv") if language in row[0].split())
    before, dropped, shortest, ends, fleeting, alike, joined, short = next(rows, ("",) * 8)
    counts = (each.split(":") for each in before.split())
    return Inflection(
        "".join(f"[{letters}]{{0,{count}}}" for letters, count in counts),
        dropped,
        int(shortest or 1),
        {end: f"(?:{change})" for end, change in _read_changes(ends)},
        fleeting,
        str.maketrans({**dict(_read_changes(alike.upper())), **dict(_read_changes(alike))}),
        joined == "yes",
        "".join(f"(?:{ending})?" for ending in short.split()),
    )


def _read_changes(cell: str) -> Iterator[tuple[str, str]]:
    """Read the cell "a=b c=d" of a table."""
    for each in cell.split():
        old, _, new = each.partition("=")
        yield old, new


@lru_cache(maxsize=4_096)
def _compile_form(form: str, language: str) -> re.Pattern[str]:
    """Compile a form so that the grammar of its language doesn't hide the form.

    >>> bool(_compile_form("حلب", "ar").search("وبحلب"))
    True
    >>> bool(_compile_form("kitap", "tr").search("kitabı"))
    True
    """
    inflection = _read_inflection(language)
    words = [_bend_word(word, inflection) for word in _fold(form, language).split()]
    is_name = form != form.lower() and not inflection.is_joined
    flags = re.NOFLAG if is_name else re.IGNORECASE
    return re.compile(r"(?<!\w)" + r"\W{1,3}".join(words) + r"(?!\w)", flags)


def _bend_word(word: str, inflection: Inflection) -> str:
    """Write the pattern of a word's forms: what comes before, the stem, and any ending."""
    stem = word.removeprefix("ال") if len(word) > inflection.shortest else word
    while (
        len(stem) > max(inflection.shortest, len(word) - _MOST_DROPPED)
        and stem[-1] in inflection.dropped
    ):
        stem = stem[:-1]
    is_last = inflection.is_joined and len(stem) >= _SHORTEST_JOINED
    before = r"\w*" if is_last else inflection.before
    after = r"\w*" if is_last else r"\w{0,9}"
    if len(word) <= _LONGEST_SHORT and inflection.short:
        after = inflection.short
    ends = inflection.ends
    end = next((stem[-size:] for size in (2, 1) if stem[-size:] in ends), stem[-1])
    base = stem.removesuffix(end)
    # A vowel falls out only before the last letter of the whole word: отец, отца.
    is_fleeting = stem == word and len(word) > 2 and base[-1:] in inflection.fleeting
    maybe = "?" if base and is_fleeting else ""
    return before + re.escape(base) + maybe + ends.get(end, re.escape(end)) + after


def _fold(text: str, language: str) -> str:
    """Take away what may differ between two spellings or forms of a word."""
    text = _MARKS.sub("", unicodedata.normalize("NFC", text)).translate(_ALIKE)
    return text.translate(_read_inflection(language).alike)


def find_term_uses(glossary: Glossary, tag: str, pair: Pair) -> Iterator[TermUse]:
    """Find how the terms in a message are translated; none in a name that is kept as it is."""
    if pair.text == pair.original.text:
        return
    language, terms = tag.partition("-")[0], list(find_terms(glossary, tag, pair.original.text))
    text = _fold(pair.text, language) if terms else ""
    for term, forms in terms:
        form = next((f for f in forms if _compile_form(f, language).search(text)), None)
        if form is None:
            right = " or ".join(f"“{form}”" for form in forms)
            advice = "use that, or correct the glossary"
            yield TermUse(term, None, f"the glossary has {right} for “{term}”: {advice}")
        else:
            yield TermUse(term, _fold(form, language).removeprefix("ال")[:_SAME])


def find_rare_names(uses: Sequence[Sequence[TermUse]]) -> Iterator[tuple[int, str]]:
    """Find every translation of a name but the translation that stands most often in the file.

    `uses` are those of each message. Each finding is the number of the message from 0, and what is
    wrong there.
    """
    used: dict[str, dict[str, list[int]]] = {}  # by term, by the beginning of its translation
    for index, found in enumerate(uses):
        for use in found:
            if use.name is not None and use.term[0].isupper():
                used.setdefault(use.term, {}).setdefault(use.name, []).append(index)
    for term, names in used.items():
        usual = max(names, key=lambda name: len(names[name]))
        told = f"“{term}” has another name here than elsewhere in this file"
        for name, indexes in names.items():
            if name != usual:
                yield from ((index, f"{told}: use one name for one thing") for index in indexes)
