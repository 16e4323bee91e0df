"""The signatories from a CSV file beside the letter, such as a form's answers are saved in.

Nothing but names, affiliations, countries and dates is taken, so that no mail address is published.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from letter.languages.dates import is_date
from letter.languages.declared import spell_subtags
from letter.source.blocks import Name
from letter.source.csv_rows import RowError, list_csv_rows
from letter.source.hidden_characters import find_harmful, strip_blanks
from letter.source.letter_faults import LetterFault, explain_encoding
from letter.source.links import is_file_beside

COLUMNS = ("name", "affiliation", "country", "date")
MAX_SIZE = 20_000_000  # bytes: 100,000 names and more
MAX_CELL = 500  # characters

_OWN_NAME = re.compile(r"name:([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
_MAIL = re.compile(r"[^\s@]@[\w-]+\.\w")
# Seven digits behind a plus sign, or nine: 1990–1994 is none.
_PHONE = re.compile(r"(?:(?:\+|\b00)(?:[ ()./-]*\d){7}|\d(?:[ ()./-]*\d){8})")


def is_names_file(name: str) -> bool:
    """Say whether a name is that of a CSV file beside the letter, or in a folder there."""
    return is_file_beside(name, (".csv",))


def read_names(path: Path, folder: Path) -> tuple[list[Name], list[LetterFault]]:
    """Read the names in a file, in their order, and all that is wrong there, with its lines.

    A symbolic link that leads out of the folder counts as no file.
    """
    told = str(path)
    try:
        if not (path.is_file() and path.resolve().is_relative_to(folder.resolve())):
            return [], [LetterFault(1, "there is no such file of signatories: put it there", told)]
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
        if len(data) > MAX_SIZE:
            return [], [LetterFault(1, f"is larger than {MAX_SIZE:,} bytes: shorten it", told)]
        text = data.decode("utf-8-sig")
    except OSError as error:
        return [], [LetterFault(1, f"can't be read: {error.strerror}", told)]
    except UnicodeDecodeError as error:
        return [], [explain_encoding(error, "table as CSV", told)]
    names: list[Name] = []
    faults = []
    for line, found in _read_rows(text):
        if isinstance(found, Name):
            names.append(found)
        else:
            faults.append(LetterFault(line, found, told))
    return names, faults


def _read_rows(text: str) -> Iterator[tuple[int, Name | str]]:
    """Read each row as a name, or as a sentence on what is wrong with it."""
    known: dict[tuple[str, ...], int] = {}
    columns: list[str] = []
    try:
        for line, row in list_csv_rows(text):
            cells = [strip_blanks(" ".join(cell.split())) for cell in row]
            if not any(cells):
                pass
            elif not columns:
                columns = [_spell_column(cell) for cell in cells]
                faults = list(_check_columns(columns))
                yield from ((line, told) for told in faults)
                if faults:
                    return
            else:
                same = known.setdefault(tuple(cells), line)
                told = next(_check_row(columns, cells), "")
                if not told and same != line:
                    told = f"is the same as line {same}: take one of the two out"
                yield line, told or _make_name(columns, cells, line)
    except RowError as error:
        yield error.line, f"is no CSV ({error}): save the table again"
    if not columns:
        yield 1, "is empty: begin with the row name,affiliation,country,date"


def _spell_column(text: str) -> str:
    """Spell a column as the others are, also one such as NAME:PT-br, whose tag is BCP 47's.

    >>> _spell_column("Name"), _spell_column("name:PT-br"), _spell_column("Mail")
    ('name', 'name:pt-BR', 'Mail')
    """
    name, colon, tag = text.partition(":")
    if name.lower() not in COLUMNS:
        return text
    return name.lower() + colon + spell_subtags(tag.lower())


def _check_columns(columns: Sequence[str]) -> Iterator[str]:
    if "name" not in columns:
        yield f"there is no column name: begin with the row {','.join(COLUMNS)}"
    for column in columns:
        if column not in COLUMNS and not _OWN_NAME.fullmatch(column):
            own = f"{', '.join(COLUMNS)} and such as name:ar"
            told = f"only {own} are published, and nothing else may be in this file"
            yield f"the column {column[:40]!r} must go: {told}"
    for column in dict.fromkeys(columns):
        if columns.count(column) > 1:
            yield f"the column {column[:40]} stands there twice: take one out"


def _check_row(columns: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    if len(cells) > len(columns):
        told = "put quotation marks around a cell that has a comma in it"
        yield f"has {len(cells)} columns in place of {len(columns)}: {told}"
    for column, cell in zip_longest(columns, cells, fillvalue=""):
        is_phone = column != "date" and _PHONE.search(cell)
        if column == "name" and not cell:
            yield "has no name: write one, or take the row out"
        elif is_phone or _MAIL.search(cell):
            what = "a telephone number" if is_phone else "a mail address"
            yield f"has {what} in the column {column}: take it out, since all of this is published"
        elif told := next((told for _, told in find_harmful(cell)), ""):
            yield f"the column {column} {told}"
        elif column == "date" and cell and not is_date(cell):
            yield f"{cell[:40]!r} is no date: write it as 2016, 2016-05 or 2016-05-04"
        elif len(cell) > MAX_CELL:
            yield f"has more than {MAX_CELL} characters in the column {column}: shorten it"


def _make_name(columns: Sequence[str], cells: Sequence[str], line: int) -> Name:
    row = dict(zip_longest(columns, cells, fillvalue=""))
    found = ((_OWN_NAME.match(column), cell) for column, cell in row.items() if cell)
    own = {match[1]: cell for match, cell in found if match}
    name, affiliation, country, date = (row.get(column, "") for column in COLUMNS)
    return Name(name, affiliation, country, date, own, line)
