"""The rows of a table beside the catalogues, as a spreadsheet or an editor saves them."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from letter.errors import OneLetterError
from letter.source.letter_faults import explain_encoding

_SAID = re.compile(r"sep=([!#-~\t])\r?\n")


class RowError(OneLetterError):
    """A row that can't be read, with its line; the text is Python's reason."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def read_csv_text(path: Path, fault: type[OneLetterError], noun: str) -> str | None:
    """Read the text of a table, which messages call by its `noun`; None where there is no file.

    Raises `fault` for a file that can't be read, with the line of the first byte that isn't UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise fault(f"{path}:1: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        wrong = explain_encoding(error, noun)
        raise fault(f"{path}:{wrong.line}: {wrong.text}") from error


def read_csv_rows(
    text: str, path: str, fault: type[OneLetterError], delimiter: str = ""
) -> list[tuple[int, list[str]]]:
    r"""Read the rows of a table, without blanks around cells; `fault` where one can't be read.

    >>> read_csv_rows("source;target\n", "links.csv", OneLetterError)
    [(1, ['source', 'target'])]
    """
    try:
        rows = list(list_csv_rows(text, delimiter))
    except RowError as error:
        raise fault(f"{path}:{error.line}: is not CSV ({error}): quote the cell") from None
    return [(line, [cell.strip() for cell in row]) for line, row in rows]


def list_csv_rows(text: str, delimiter: str = "") -> Iterator[tuple[int, list[str]]]:
    """List the rows of a table, each with the line on which the row begins; RowError at a bad one.

    Where no delimiter is given, it is the one that `find_delimiter` finds.
    """
    delimiter = delimiter or find_delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise RowError(line, str(error)) from None


def find_delimiter(text: str) -> str:
    """Find what parts the cells: of comma, semicolon and tab, what the first line has most of."""
    return max(",;\t", key=text.partition("\n")[0].count)


def read_delimiter(text: str) -> str:
    r"""Read what parts the cells from the row that Excel puts above the others; "" without one.

    >>> read_delimiter("sep=;\nsource;target\n")
    ';'
    """
    said = _SAID.match(text)
    return said[1] if said else ""
