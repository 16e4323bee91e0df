"""The rows of a table beside the catalogues, as a spreadsheet or an editor saves them."""

import csv
from io import StringIO
from pathlib import Path

from letter.errors import OneLetterError


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
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise fault(f"{path}:{line}: is not UTF-8: save the {noun} as UTF-8") from error


def read_csv_rows(
    text: str, path: str, fault: type[OneLetterError], delimiter: str = ""
) -> list[tuple[int, list[str]]]:
    r"""Read the rows of a table, each with its line; `fault` for a row that can't be read.

    Where no delimiter is given, it is what the first line has most of.

    >>> read_csv_rows("source;target\n", "links.csv", OneLetterError)
    [(1, ['source', 'target'])]
    """
    delimiter = delimiter or find_delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        wrong = f"{path}:{reader.line_num}: is not CSV ({error})"
        raise fault(f"{wrong}: quote the cell") from None


def find_delimiter(text: str) -> str:
    """Find what parts the cells: of comma, semicolon and tab, what the first line has most of."""
    return max(",;\t", key=text.partition("\n")[0].count)
