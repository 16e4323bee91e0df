"""The glossary, and the terms of one language that came back: put together, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from letter.checks.glossary import GlossaryError, parse_glossary, read_glossary
from letter.merging.attachments import ReceiveError
from letter.merging.base_version import (
    choose_version,
    is_likely_start,
    read_versions,
    score_version,
)
from letter.merging.csv_table import (
    CsvTable,
    add_column,
    add_rows,
    parse_csv_table,
    read_cell,
    set_cells,
)
from letter.merging.term_tables import Term, split_forms, tidy_cell
from letter.source.hidden_characters import isolate

Forms = Mapping[str, tuple[str, ...]]  # the right translations into one language, by term


@dataclass(frozen=True, slots=True)
class TermChange:
    """What became of a term that came back."""

    row: int  # in the glossary, from 0
    term: str
    told: str
    needs_person: bool = False


def read_glossary_table(path: Path) -> CsvTable:
    """Read the glossary with every byte; GlossaryError where a check could misunderstand it."""
    read_glossary(path)
    return parse_csv_table(path.read_bytes().decode())


def list_columns(table: CsvTable) -> list[str]:
    """List the columns of the glossary: term, note, and the languages' tags."""
    return [read_cell(cell) for cell in table.rows[0]]


def list_terms(table: CsvTable, tag: str) -> list[Term]:
    """List all terms of the glossary; without forms where the language has no column."""
    column = {name: n for n, name in enumerate(list_columns(table))}.get(tag)
    return [
        Term(tidy_cell(cells[0]), split_forms(cells[column]) if column else (), cells[1], row)
        for row, cells in _list_filled_rows(table)
    ]


def _list_filled_rows(table: CsvTable) -> Iterator[tuple[int, list[str]]]:
    """List the cells of the rows below the first that say anything."""
    for number, row in enumerate(table.rows[1:], 1):
        cells = [read_cell(cell) for cell in row]
        if any(cells):
            yield number, cells


def add_language_column(table: CsvTable, tag: str) -> CsvTable:
    """Add an empty column for a language, the last one."""
    return add_column(table, {0: tag, **{row: "" for row, _ in _list_filled_rows(table)}})


def find_base_terms(path: Path, tag: str, sent: Sequence[Term]) -> tuple[Forms | None, str]:
    """Find the version of the glossary that a file was written from; None, and why, without one.

    The rule is that of `choose_version`.
    """
    texts, lack = read_versions(path, "the glossary")
    versions: list[Forms] = []
    for data in (*texts, path.read_bytes()):
        with suppress(GlossaryError, UnicodeDecodeError):
            glossary = parse_glossary(data.decode("utf-8-sig"), str(path))
            versions.append(
                {tidy_cell(t): split_forms("|".join(to.get(tag, ()))) for t, to in glossary.items()}
            )
    said = {term.name: term.forms for term in sent}

    def count_common(base: Forms) -> int:
        same = sum(said.get(name) == forms for name, forms in base.items())
        return score_version(same, said.keys(), base.keys())

    def is_start(base: Forms) -> bool:
        shared = (name for name, forms in base.items() if forms and name in said)
        return is_likely_start([said[name] == base[name] for name in shared])

    return choose_version(versions, count_common, is_start, lack)


def refuse_other_language(table: CsvTable, path: Path, tag: str, sent: Sequence[Term]) -> None:
    """Refuse a file most of whose translations are those of another column, and not its own."""
    names = list_columns(table)[2:]
    columns = {name: {t.name: t.forms for t in list_terms(table, name)} for name in names}
    shared = {
        name: sum(bool(t.forms) and forms.get(t.name) == t.forms for t in sent)
        for name, forms in columns.items()
    }
    likeliest = max(shared, key=lambda name: shared[name], default=tag)
    count = sum(bool(term.forms) for term in sent)
    if shared.get(likeliest, 0) > shared.get(tag, 0) and shared[likeliest] * 2 > count:
        told = f"{shared[likeliest]} of its {count} translations are those of {likeliest}"
        told = f"its one translation is that of {likeliest}" if count == 1 else told
        raise ReceiveError(f"{path}: {told}, not of {tag}: name the right language")


def spell_terms(table: CsvTable, tag: str, sent: Sequence[Term]) -> list[Term]:
    """Name terms as the glossary does: spreadsheets and phones begin a cell with a capital.

    Only a name that differs in its case alone, and from one term alone, is taken for that term's.
    """
    own = {term.name for term in list_terms(table, tag)}
    taken = own & {term.name for term in sent}
    found: dict[str, list[str]] = {}
    for name in own - taken:
        found.setdefault(name.casefold(), []).append(name)
    asked = Counter(term.name.casefold() for term in sent if term.name not in own)
    spelt = []
    for term in sent:
        names = found.get(term.name.casefold(), [])
        is_clear = term.name not in own and len(names) == 1 and asked[term.name.casefold()] == 1
        spelt.append(replace(term, name=names[0]) if is_clear else term)
    return spelt


def merge_terms(
    table: CsvTable, tag: str, sent: Sequence[Term], base: Forms | None
) -> tuple[CsvTable, list[TermChange]]:
    """Take the terms that came back into their column; give the glossary, and what changed.

    What both sides changed since the base stays on both sides. A term that is emptied or missing
    in the file stays; a new term without a translation is left out. Without a base, whatever
    differs has changed on both sides.
    """
    names = list_columns(table)
    column, own = names.index(tag), {term.name: term for term in list_terms(table, tag)}
    changes: list[TermChange] = []
    cells: dict[tuple[int, int], str] = {}
    added: list[list[str]] = []
    for term in sent:
        here = own.get(term.name)
        if here is None:
            if not term.forms or (base and base.get(term.name) == term.forms):
                continue  # says nothing, or was removed here meanwhile
            row = len(table.rows) + len(added)
            added.append([term.name, term.note, *_fill_cells(names[2:], tag, term.forms)])
            changes.append(TermChange(row, term.name, _tell_new(names, tag, term)))
            continue
        before = None if base is None else base.get(term.name, ())
        forms, told, needs_person = merge_forms(before, here.forms, term.forms)
        if forms != here.forms:
            cells[here.place, column] = "|".join(forms)
        if told:
            changes.append(TermChange(here.place, term.name, told, needs_person))
        if term.note and not here.note:
            cells[here.place, 1] = term.note
            changes.append(TermChange(here.place, term.name, f"has a note now: {term.note}"))
        elif term.note not in ("", tidy_cell(here.note)):
            told = f"its note stays as it is here, and was there: {term.note}"
            changes.append(TermChange(here.place, term.name, told, needs_person=True))
    return add_rows(set_cells(table, cells), added), changes


def _fill_cells(tags: Sequence[str], tag: str, forms: Sequence[str]) -> list[str]:
    return ["|".join(forms) if name == tag else "" for name in tags]


def _tell_new(names: Sequence[str], tag: str, term: Term) -> str:
    others = ", ".join(name for name in names[2:] if name != tag)
    empty = f", nothing yet for {others}" if others else ""
    return f"is a new term{empty}: {_show(term.forms)}"


def merge_forms(
    base: tuple[str, ...] | None, here: tuple[str, ...], there: tuple[str, ...]
) -> tuple[tuple[str, ...], str, bool]:
    """Merge what is right here and there; give it, what to tell, and whether a person must look.

    >>> merge_forms(("a",), ("a",), ("b",))[0], merge_forms(("a",), ("b",), ("c",))[0]
    (('b',), ('b', 'c'))
    """
    same = base is not None and set(base) == set(there)
    if set(here) == set(there) or same:
        return here, "", False
    if not there:
        return here, f"was emptied there, and stays: {_show(here)}", True
    if not here:
        return there, f"is translated now: {_show(there)}", False
    if base is not None and set(base) == set(here):
        return there, f"{_show(here)} became {_show(there)}", False
    both = tuple(dict.fromkeys((*here, *there)))
    if both == here:
        return here, "", False
    if set(here) < set(there):
        return both, f"{_show(here)} became {_show(both)}", False
    why = "the glossary changed here, too" if base is not None else "its earlier version is unknown"
    return both, f"both are kept, since {why}: choose: {_show(both)}", True


def _show(forms: Sequence[str]) -> str:
    """Show forms, isolated so that they don't move the signs beside them (UAX #9)."""
    return isolate("|".join(forms))
