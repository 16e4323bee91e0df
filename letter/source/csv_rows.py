"""The rows of a table beside the catalogues, as a spreadsheet or an editor saves them."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from letter.errors import OneLetterError
from letter.source.letter_faults import explain_encoding

_NEWLINE = re.compile("\r\n|\r|\n")
_BLANK = r'(?:(?:[ \t,;]|"")*+(?:\r\n|\r|\n))*+'  # rows without a word
_SEP = r'"?sep=([!#-/:-@[-`{-~\t])"?(?:(\1|[,;\t])(?:\2|[ "])*+)?(?:\r\n|\r|\n|\Z)'
_ABOVE = re.compile(rf"\ufeff*+{_BLANK}(?:{_SEP}{_BLANK})?", re.IGNORECASE)
_QUOTED = re.compile(r'(?<![^,;\t\r\n])"(?:[^"]++|"")*+"')
_HEADING = re.compile(rf'(?:{_QUOTED.pattern}|[^"\r\n]++|")*+')


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

    What `find_above` finds is no row. Where no delimiter is given, it is the one that
    `find_delimiter` finds.
    """
    above, _ = find_above(text)
    rows = StringIO(text[len(above) :], newline="")
    reader = csv.reader(rows, delimiter=delimiter or find_delimiter(text), strict=True)
    first = line = count_newlines(above) + 1
    try:
        for row in reader:
            yield line, row
            line = first + reader.line_num
    except csv.Error as error:
        raise RowError(line, str(error)) from None


def find_above(text: str) -> tuple[str, str]:
    r"""Find what stands above the first row that says anything, and what Excel's row there says.

    That row says what parts the cells, and may have been saved again, in quotation marks or with
    empty cells behind it: then these say it. Without such a row, the answer is "".

    >>> find_above("\nsep=;\nsource;target\n"), find_above('"sep=;",,\nsource,target,notes\n')
    (('\nsep=;\n', ';'), ('"sep=;",,\n', ','))
    """
    found = _ABOVE.match(text)
    assert found is not None, "each part of the pattern may be empty"
    return found[0], found[2] or found[1] or ""


def find_delimiter(text: str) -> str:
    r"""Find what parts the cells: what Excel's row says, else `,`, `;` or tab.

    Of these it is the one that the first row has most of, outside of quoted cells.

    >>> find_delimiter('term;note;"of us, and of all, here"\n')
    ';'
    """
    above, said = find_above(text)
    heading = _HEADING.match(text[len(above) :])
    assert heading is not None, "the pattern may be empty"
    return said or max(",;\t", key=_QUOTED.sub("", heading[0]).count)


def count_newlines(text: str) -> int:
    """Count the lines that end in a text."""
    return len(_NEWLINE.findall(text))
