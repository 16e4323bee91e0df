"""The glossary: how names and terms are translated, and the check of a catalogue against it.

The glossary is a CSV file, which translators' tools read.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from letter.checks.texts import Pair
from letter.errors import OneLetterError
from letter.languages.folders import CATALOGUE
from letter.languages.header_facts import read_header_facts
from letter.languages.language import LanguageError, find_language

GLOSSARY = "glossary.csv"
_SHORTEST_STEM = 4  # letters that remain when an ending is taken off
_SAME = 4  # first letters that two forms of one name share
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u200c\u200d]")  # kashida, vowel signs, joiners
_ALIKE = str.maketrans("أإآٱىيكةھ", "ااااییکهه")  # letters that spellings of a word interchange
_ARABIC_PREFIX = "(?:[وفبکلس]{1,2})?(?:ا?ل)?"  # and, then, in, as, to, will; the article
_ENDINGS = "aeêiîuûەیا"  # vowels that a case or the plural puts in another's place

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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GlossaryError(f"{path}:1: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise GlossaryError(f"{path}:{line}: is not UTF-8: save the glossary as UTF-8") from error
    return parse_glossary(text, str(path))


def parse_glossary(text: str, path: str = GLOSSARY) -> Glossary:
    """Parse the text of a glossary; GlossaryError for one that a check could misunderstand."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        wrong = f"{path}:{reader.line_num}: is not CSV ({error})"
        raise GlossaryError(f"{wrong}: quote the cell") from None
    if not rows:
        raise GlossaryError(f"{path}:1: is empty: begin with the line term,note,ar,ckb,ku")
    tags = _read_tags(rows[0][1], path)
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


def _read_tags(header: Sequence[str], path: str) -> list[str]:
    """Read the language tags of the first line; GlossaryError for any other column."""
    names = [name.strip() for name in header]
    if names[:2] != ["term", "note"]:
        raise GlossaryError(f"{path}:1: must begin with the columns term and note")
    for number, tag in enumerate(names[2:], 3):
        try:
            catalogue = Path(path).parent / tag.replace("-", "_") / CATALOGUE
            find_language(tag, read_header_facts(catalogue))
        except LanguageError as error:
            raise GlossaryError(f"{path}:1: column {number}: {error}") from error
        if tag in names[2 : number - 1]:
            raise GlossaryError(f"{path}:1: the column {tag} is there twice: join the two")
    return names[2:]


def _find_terms(glossary: Glossary, tag: str, english: str) -> Iterator[tuple[str, Sequence[str]]]:
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


@lru_cache(maxsize=4_096)
def _compile_form(form: str) -> re.Pattern[str]:
    """Compile a form so that Arabic prefixes, suffixes and Kurdish endings don't hide the form.

    >>> bool(_compile_form("حلب").search("وبحلب")), bool(_compile_form("Heleb").search("Helebê"))
    (True, True)
    """
    words = []
    for word in _fold(form).split():
        stem = word.removeprefix("ال") if len(word) > _SHORTEST_STEM else word
        while len(stem) > _SHORTEST_STEM and stem[-1] in _ENDINGS:
            stem = stem[:-1]
        arabic = "؀" <= stem[0] <= "ۿ"
        words.append((_ARABIC_PREFIX if arabic else "") + re.escape(stem) + r"\w{0,9}")
    flags = re.IGNORECASE if form == form.lower() else re.NOFLAG
    return re.compile(r"(?<!\w)" + r"\W{1,3}".join(words) + r"(?!\w)", flags)


@lru_cache(maxsize=256)
def _fold(text: str) -> str:
    """Take away what may differ between two spellings of an Arabic or Kurdish word."""
    return _MARKS.sub("", unicodedata.normalize("NFC", text)).translate(_ALIKE)


def find_wrong_terms(
    glossary: Glossary, tag: str, pairs: Sequence[Pair]
) -> Iterator[tuple[int, str]]:
    """Find terms that are not translated as the glossary says, and names translated in two ways.

    Each finding is the index of the pair, and what is wrong with the translation.
    """
    used: dict[str, dict[str, list[int]]] = {}  # by term, by the beginning of its translation
    for index, pair in enumerate(pairs):
        if pair.text == pair.original.text:
            continue  # a name that is kept as it is
        for term, forms in _find_terms(glossary, tag, pair.original.text):
            form = next((f for f in forms if _compile_form(f).search(_fold(pair.text))), None)
            if form is None:
                right = " or ".join(f"“{form}”" for form in forms)
                advice = "use that, or correct the glossary"
                yield index, f"the glossary has {right} for “{term}”: {advice}"
            else:
                name = _fold(form).removeprefix("ال")[:_SAME]
                used.setdefault(term, {}).setdefault(name, []).append(index)
    for term, names in used.items():
        if term[0].isupper():
            yield from _find_rare_names(term, names)


def _find_rare_names(term: str, names: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, str]]:
    """Find every translation of a name but the translation that stands most often in the file."""
    usual = max(names, key=lambda name: len(names[name]))
    text = f"“{term}” has another name here than elsewhere in this file: use one name for one thing"
    for name, indexes in names.items():
        if name != usual:
            yield from ((index, text) for index in indexes)
