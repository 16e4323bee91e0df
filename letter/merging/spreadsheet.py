"""The table of a language for translators who use a spreadsheet: written, and read when it returns.

The table is CSV (RFC 4180) with the columns source, target and notes. A message with plural forms
has a row for each form, and its notes say which.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from letter.languages.plural_rules import PluralError, parse_plural_forms
from letter.merging.attachments import ReceiveError
from letter.merging.message_decisions import list_active
from letter.merging.table_entries import Row, read_entries
from letter.po.header import header_fields
from letter.po.marks import is_mark
from letter.po.model import Entry, Key, PoFile, is_empty, join_forms
from letter.source.csv_rows import RowError, find_above, list_csv_rows

_SOURCES = ("source", "english", "en", "msgid", "original", "source text", "english text")
_TARGETS = ("target", "translation", "msgstr", "translated", "target text")
_NOTES = ("notes", "note", "comment", "comments", "context", "remarks")
_EXAMPLES = 6  # numbers that are named for a plural form
_PO = re.compile(
    rb'^[\s>#~]*msgid[ \t\xa0\xc2]*(?:"|&quot;|\xe2\x80|\xc2\xab)', re.MULTILINE
)  # a message of a catalogue, perhaps with other quotation marks
# What a spreadsheet takes for a formula at the start of a cell (OWASP, "CSV injection").
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def format_table(po: PoFile, template: Sequence[Entry]) -> bytes:
    """Write the table of a catalogue, in the template's order, as spreadsheets want it.

    Finished translations are filled in; a translation that waits as fuzzy stands in the notes.
    An apostrophe goes before what a spreadsheet would take for a formula.
    """
    file = StringIO(newline="")
    writer = csv.writer(file)  # whose lines end in CRLF
    writer.writerow(("source", "target", "notes"))
    known = list_active(po)
    examples = _list_examples(po)
    for entry in template:
        for row in _list_rows(entry, known.get(entry.key, entry), examples):
            writer.writerow(map(guard_formula, row))
    return file.getvalue().encode("utf-8-sig")


def guard_formula(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if is_formula(cell) else cell


def bare_formula(cell: str) -> str:
    """Take the apostrophe away that `guard_formula` has put there."""
    return cell[1:] if cell[:1] == "'" and is_formula(cell) else cell


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would take a cell for a formula, but for apostrophes before it."""
    return _FORMULA.match(cell) is not None


def _list_examples(po: PoFile) -> list[str]:
    """List for each plural form the first numbers that take the form; [] without a good rule."""
    try:
        rule = parse_plural_forms(header_fields(po).get("Plural-Forms", ""))
    except PluralError:
        return []
    numbers: list[list[str]] = [[] for _ in range(rule.nplurals)]
    for n in range(201):
        numbers[rule.index(n)].append(str(n))
    return [
        ", ".join(some[:_EXAMPLES]) + (" …" if len(some) > _EXAMPLES else "") for some in numbers
    ]


def _list_rows(message: Entry, known: Entry, examples: Sequence[str]) -> Iterator[Sequence[str]]:
    """List the rows of a message: one, or one for each plural form."""
    notes = [line for line in message.extracted if not is_mark(line)]
    if known.fuzzy and not is_empty(known):
        notes.append(f"Earlier translation, to be checked: {join_forms(known)}")
    context = [] if message.msgctxt is None else [f"msgctxt: {message.msgctxt}"]
    plural = message.msgid_plural
    done = known.msgstr if not known.fuzzy and known.msgid_plural == plural else ()
    if plural is None:
        yield message.msgid, "".join(done), "\n".join([*context, *notes])
        return
    count = len(examples) or len(known.msgstr)
    for n in range(count):
        form = f"Plural form {n + 1} of {count}" + (f", for {examples[n]}" if examples else "")
        form += f": {plural}" if count == 1 else ""
        target = done[n] if n < len(done) else ""
        yield plural if n else message.msgid, target, "\n".join([*context, form, *notes])


def is_table(data: bytes, path: str) -> bool:
    """Say whether a file is a table: by its name, or by headings in its first line.

    What has the messages of a catalogue in it is no table, whatever its name.
    """
    if _PO.search(data):
        return False
    text = data[:4_000].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    head = text.removeprefix(find_above(text)[0]).splitlines()[:1]
    row = re.split("[\t;,]", head[0].replace('"', "")) if head else []
    return path.lower().endswith((".csv", ".tsv", ".tab")) or _find_columns(row) is not None


def read_sent_table(
    text: str, path: str, models: Sequence[PoFile] = ()
) -> tuple[PoFile, tuple[str, ...]]:
    """Read a table that came back: a file of finished entries, without what has no translation.

    The columns are parted by `,`, `;` or tabs, and are told by their headings; without headings
    they are the source, the target and the notes. What the notes of a row no longer say is known
    from catalogues at hand, the models. A plural that lacks a form is marked fuzzy. What was read
    gives notes. ReceiveError where a text may have been torn.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = _read_rows(text, find_above(text)[1] or _guess_delimiter(text, path), path)
    entries: dict[Key, Entry] = {}
    notes: list[str] = []
    for entry in read_entries(list(_list_cells(rows, path)), path, models):
        if isinstance(entry, str):
            notes.append(entry)
        elif entries.setdefault(entry.key, entry) != entry:
            wrong = "its original stands in an earlier row with another translation: not taken"
            notes.append(f"{path}:{entry.line}: {wrong}")
        elif entry.fuzzy:
            wrong = "lacks the translation of a plural form: taken as unfinished"
            notes.append(f"{path}:{entry.line}: {wrong}")
    if not entries:
        nothing = f"{path}: nothing is translated in this table: ask for it filled in"
        raise ReceiveError(next(iter(notes), nothing))
    return PoFile(path, entries=tuple(entries.values())), tuple(notes)


def _find_columns(row: Sequence[str]) -> tuple[int, int, int | None] | None:
    """Find the source, the target and the notes in a row of headings; None if it is none.

    >>> _find_columns(["English", "Arabic"]), _find_columns(["note", "target", "source"])
    ((0, 1, None), (2, 1, 0))
    """
    names = [cell.strip().lower() for cell in row]
    source = next((n for n, name in enumerate(names) if name in _SOURCES), None)
    notes = next((n for n, name in enumerate(names) if name in _NOTES), None)
    others = [n for n, name in enumerate(names) if name and n not in (source, notes)]
    named = [n for n in others if names[n] in _TARGETS]
    if source is None or len(named or others) != 1:  # of two languages, neither is taken
        return None
    return source, (named or others)[0], notes


def _guess_delimiter(text: str, path: str) -> str:
    """Find what parts the columns: what finds the headings, else what parts the most rows."""
    counts = {}
    heading = text.removeprefix(find_above(text)[0]).partition("\n")[0]
    for delimiter in "\t;,":
        try:
            rows = [row for _, row in _read_rows(text, delimiter, path)]
        except ReceiveError:
            if delimiter in heading:
                raise
            continue
        if rows and _find_columns(rows[0]):
            return delimiter
        counts[delimiter] = sum(len(row) in (2, 3) for row in rows)
    best = max(counts.values(), default=0)
    likely = [delimiter for delimiter, count in counts.items() if count == best]
    if not best or len(likely) > 1:
        raise ReceiveError(
            f"{path}: isn’t clearly a table of two columns, the original and the translation: put "
            "the line source,target,notes at its top, as in the table that was sent out"
        )
    return likely[0]


def _read_rows(text: str, delimiter: str, path: str) -> list[tuple[int, list[str]]]:
    """Read all rows that say anything, each with its line and without empty cells at its end."""
    rows = []
    try:
        for line, row in list_csv_rows(text, delimiter):
            while row and not row[-1].strip():
                row.pop()
            if row:
                rows.append((line, row))
    except RowError as error:
        wrong = f"the quotation marks of this row can’t be read ({error})"
        advice = "write each mark inside a text twice, or save the table anew as CSV"
        raise ReceiveError(f"{path}:{error.line}: {wrong}: {advice}") from None
    return rows


def _list_cells(rows: Sequence[tuple[int, list[str]]], path: str) -> Iterator[Row]:
    """List the cells that count of each row; ReceiveError for a row with more than belong there."""
    columns = _find_columns(rows[0][1]) if rows else None
    usual = Counter(len(row) for _, row in rows).most_common(1)
    width = max(len(rows[0][1]) if columns else usual[0][0], 2) if rows else 2
    source, target, notes = columns or (0, 1, 2)
    for line, row in rows[1:] if columns else rows:
        if len(row) > width:
            wrong = f"has {len(row)} cells, where {width} belong: put the text in quotation marks"
            raise ReceiveError(f"{path}:{line}: {wrong}, or save the table anew as CSV")
        cells = [*map(bare_formula, row)] + [""] * (width + 3)
        yield Row(line, cells[source], cells[target], "" if notes is None else cells[notes])
