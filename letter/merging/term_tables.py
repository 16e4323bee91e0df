"""The glossary of one language as translators' tools take it: written, and read on its return.

Weblate keeps one row for each source, so that right forms stand in one cell, parted by "|". OmegaT
reads UTF-8 on every system only from a file named .utf8: parted by tabs, without headings and
quotation marks, a row for each form.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from letter.languages.header_facts import JOINERS
from letter.languages.language import Language
from letter.merging.attachments import ReceiveError
from letter.merging.spreadsheet import bare_formula, guard_formula, is_formula
from letter.merging.tbx_terms import list_tbx_cells
from letter.po.encoding import guess_wide, name_encoding
from letter.source.csv_rows import read_csv_rows, read_csv_text
from letter.source.hidden_characters import isolate, replace_unprintable

_TABBED = (".utf8", ".txt", ".tab", ".tsv")
_SOURCES = ("source", "term")  # "term", as in the glossary itself
_NOTES = ("notes", "note", "translator_comments", "developer_comments", "explanation")
_UNFINISHED = ("true", "1", "yes", "x", "fuzzy")
# What a formula that fails, or one that compares, leaves behind in Excel and LibreOffice.
_FAILED = re.compile(r"#[A-Z_]+[!?]|#DIV/0!|#N/A|##+|Err:[0-9]{3}|TRUE|FALSE")
_HTML = re.compile(r"<[a-z/!?]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A term, its right translations into one language, and what translators should know."""

    name: str
    forms: tuple[str, ...]
    note: str
    place: int = 0  # its line in a file that came back, its row in the glossary
    waits: bool = False  # for someone to finish it in Weblate; nothing of it is taken


def format_terms(terms: Sequence[Term], path: Path) -> bytes:
    """Write the terms as the file of that name is read: as CSV, or parted by tabs.

    All cells of the CSV are quoted: else Weblate guesses what parts them, and may guess wrong.
    """
    file = StringIO(newline="")
    if not is_tabbed(path):
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(("source", "target", "notes"))
        for term in terms:
            writer.writerow(map(guard_formula, (term.name, "|".join(term.forms), term.note)))
        return file.getvalue().encode("utf-8-sig")
    file.write("# source\ttarget\tnotes\n")
    for term in terms:
        for form in term.forms:
            cells = (guard_formula(tidy_cell(cell)) for cell in (term.name, form, term.note))
            file.write("\t".join(cells) + "\n")
    return file.getvalue().encode()


def tidy_cell(cell: str) -> str:
    """Write a cell on one line and in NFC, as cells are compared."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def split_forms(cell: str) -> tuple[str, ...]:
    """List the right translations in a cell, each once."""
    return tuple(dict.fromkeys(form for part in cell.split("|") if (form := tidy_cell(part))))


def find_doubts(term: Term, language: Language) -> Iterator[str]:
    """Find what a person should look at in the translations of a term."""
    for form in term.forms:
        odd = [
            f"U+{ord(c):04X}" for c in form if unicodedata.category(c) == "Cf" and c not in JOINERS
        ]
        if odd:
            yield f"has signs that nobody sees ({', '.join(odd)}): take them away"
        if form.isascii() and any(map(str.isalpha, form)) and not language.is_latin:
            yield f"“{form}” has no letter of the language: is it translated?"
        if re.search("[,،]", form) and "," not in term.name:
            yield f"{isolate(form)} may be several: part them with |"


def is_tabbed(path: Path) -> bool:
    """Say whether the name of a file is one that tabs part."""
    return path.suffix.lower() in _TABBED


def read_terms(path: Path, tag: str, source: str) -> list[Term]:
    """Read a file that came back; the forms of a term may stand in several rows, or in one cell.

    `source` is the tag of the letter's own language, or "" where nobody knows it.
    ReceiveError for a file of other columns, for a cell that would do harm where the glossary is
    opened, and for a file in which nothing is finished.
    """
    if not path.is_file():
        raise ReceiveError(f"{path}: there is no such file")
    is_tbx = path.suffix.lower() == ".tbx"
    found: dict[str, Term] = {}
    forms: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line, cells in list_tbx_cells(path, tag, source) if is_tbx else _list_term_cells(path, tag):
        *texts, fuzzy = [*cells, ""][:4]
        _refuse_harm(texts, path, line)
        name, target, note = (tidy_cell(bare_formula(cell)) for cell in texts)
        if fuzzy and name:
            found.setdefault(name, Term(name, (), "", line, waits=True))
            continue
        if not name:
            if target:
                raise ReceiveError(f"{path}:{line}: the source is missing: write it")
            continue
        known = found.get(name, Term(name, (), "", line))
        forms[name] |= dict.fromkeys(split_forms(target))
        found[name] = replace(known, note=known.note or note, waits=False)
    if not found:
        raise ReceiveError(f"{path}: has no term in it: is it the right file?")
    if all(term.waits for term in found.values()):
        raise ReceiveError(f"{path}: all its terms wait for editing (fuzzy): finish them first")
    return [replace(term, forms=tuple(forms[term.name])) for term in found.values()]


def _list_term_cells(path: Path, tag: str) -> Iterator[tuple[int, list[str]]]:
    """List the source, the target, the note and perhaps a mark that it waits, with its line."""
    text = _read_table_text(path)
    if is_tabbed(path):
        for line, row in enumerate(text.split("\n"), 1):
            if row.strip() and not row.startswith("#"):
                parts = row.split("\t")
                if len(parts) not in (2, 3):
                    wrong = f"has {len(parts)} cells, where source, target and notes belong"
                    raise ReceiveError(f"{path}:{line}: {wrong}: part them with one tab each")
                yield line, [*parts, ""][:3]
        return
    first, *rows = read_csv_rows(text, str(path), ReceiveError) or [(1, [])]
    columns = _find_term_columns(first, path, tag)
    width = len(first[1])
    for line, cells in rows:
        if len(cells) > width:
            wrong = f"has {len(cells)} cells, the first line has {width}"
            raise ReceiveError(f"{path}:{line}: {wrong}: put the text in quotation marks")
        named = {name: cells[n] for name, n in columns.items() if n < len(cells)}
        note = next((named[name] for name in _NOTES if named.get(name)), "")
        fuzzy = "fuzzy" if named.get("fuzzy", "").lower() in _UNFINISHED else ""
        yield line, [named.get("source", ""), named.get("target", ""), note, fuzzy]


def _read_table_text(path: Path) -> str:
    """Read a text in UTF-8, or in UTF-16 as Excel's "Unicode text" is, with or without a mark."""
    if guess := guess_wide(path.read_bytes()):
        try:
            return path.read_bytes().decode(guess).lstrip("\ufeff")
        except UnicodeDecodeError:
            wrong = f"is not whole as {name_encoding(guess)}: save the file as UTF-8"
            raise ReceiveError(f"{path}:1: {wrong}") from None
    return (read_csv_text(path, ReceiveError, "file") or "").lstrip("\ufeff")


def _find_term_columns(first: tuple[int, list[str]], path: Path, tag: str) -> Mapping[str, int]:
    """Find the columns by their names, as this project, Weblate or the glossary writes them."""
    line, heading = first
    names = {name.strip().lower(): number for number, name in reversed([*enumerate(heading)])}
    source = next((names[name] for name in _SOURCES if name in names), None)
    target = names.get("target", names.get(tag.lower()))
    if source is None or target is None:
        advice = "write source,target,notes as its first line"
        raise ReceiveError(f"{path}:{line}: lacks the columns source and target: {advice}")
    return {**names, "source": source, "target": target}


def _refuse_harm(cells: Sequence[str], path: Path, line: int) -> None:
    """Refuse a formula, which spreadsheets run (OWASP, "CSV injection"), HTML and control signs."""
    for number, cell in enumerate(cells):
        wrong = ""
        if cell[:1] != "'" and is_formula(cell):
            wrong = "begins as a formula of a spreadsheet: put an apostrophe before it"
        elif number < 2 and _FAILED.fullmatch(cell.strip()):
            wrong = "is what a spreadsheet writes for a formula: write the words"
        elif number < 2 and _HTML.search(cell):
            wrong = "has HTML: write the words alone"
        elif any(unicodedata.category(char) == "Cc" and char not in "\t\r\n" for char in cell):
            wrong = "has control characters: take them away"
        if wrong:
            shown = replace_unprintable(cell[:40])
            raise ReceiveError(f"{path}:{line}: “{shown}” {wrong}")
