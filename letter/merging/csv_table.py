"""A table of which single cells are written anew, and every other byte stays."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from letter.source.csv_rows import count_newlines, find_above, find_delimiter


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The rows of a table, each cell as it is written, in its quotation marks."""

    rows: tuple[tuple[str, ...], ...]
    ends: tuple[str, ...]  # of the rows' lines
    delimiter: str
    start: str = ""  # a byte order mark, and what stands above the first row


def parse_csv_table(text: str) -> CsvTable:
    """Part a text that `read_csv_rows` reads without fault."""
    start, _ = find_above(text)
    delimiter = find_delimiter(text)
    text = text.removeprefix(start)
    mark = re.escape(delimiter)
    cell = re.compile(rf'("(?:[^"]++|"")*+"|[^{mark}\r\n]*+)({mark}|\r\n|\r|\n|\Z)')
    rows: list[tuple[str, ...]] = []
    ends: list[str] = []
    row: list[str] = []
    place = 0
    while place < len(text) or row:
        found = cell.match(text, place)
        assert found is not None, "read_csv_rows refuses what is no cell"
        row.append(found[1])
        place = found.end()
        if found[2] != delimiter:
            rows.append(tuple(row))
            ends.append(found[2])
            row = []
    return CsvTable(tuple(rows), tuple(ends), delimiter, start)


def format_csv_table(table: CsvTable) -> str:
    """Write a table; as it was read, where no cell changed."""
    rows = (
        table.delimiter.join(row) + end for row, end in zip(table.rows, table.ends, strict=True)
    )
    return table.start + "".join(rows)


def read_cell(written: str) -> str:
    """Give the text of a cell, without the blanks around it."""
    bare = written[1:-1].replace('""', '"') if written[:1] == '"' else written
    return bare.strip()


def set_cells(table: CsvTable, texts: Mapping[tuple[int, int], str]) -> CsvTable:
    """Write cells anew, by row and column, in quotation marks where they stood in them."""
    rows = [*table.rows]
    for (row, column), text in texts.items():
        cells = [*rows[row]]
        cells[column] = _write_cell(text, cells[column], table.delimiter)
        rows[row] = tuple(cells)
    return replace(table, rows=tuple(rows))


def add_rows(table: CsvTable, added: Sequence[Sequence[str]]) -> CsvTable:
    """Add rows below the others, each written as the row above it is."""
    if not added:
        return table
    rows, ends, newline = [*table.rows], [*table.ends], table.ends[0] or "\n"
    is_ended = bool(ends[-1])
    ends[-1] = ends[-1] or newline
    for texts in added:
        like = next(row for row in reversed(rows) if len(row) == len(texts))
        cells = zip(texts, like, strict=True)
        rows.append(tuple(_write_cell(text, old, table.delimiter) for text, old in cells))
        ends.append(newline)
    ends[-1] = newline if is_ended else ""
    return replace(table, rows=tuple(rows), ends=tuple(ends))


def add_column(table: CsvTable, texts: Mapping[int, str]) -> CsvTable:
    """Add a last column; `texts` has the cell of each row that gets one."""
    rows = [
        (*row, _write_cell(texts[n], row[-1], table.delimiter)) if n in texts else row
        for n, row in enumerate(table.rows)
    ]
    return replace(table, rows=tuple(rows))


def list_row_lines(table: CsvTable) -> list[int]:
    """List the lines on which the rows begin, from 1."""
    written = (
        table.delimiter.join(row) + end for row, end in zip(table.rows, table.ends, strict=True)
    )
    return [*accumulate(map(count_newlines, written), initial=count_newlines(table.start) + 1)]


def _write_cell(text: str, like: str, delimiter: str) -> str:
    if like[:1] == '"' or re.search(rf'[{re.escape(delimiter)}"\r\n]', text):
        return '"{}"'.format(text.replace('"', '""'))
    return text
