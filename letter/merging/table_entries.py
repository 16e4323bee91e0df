"""The entries that a table's rows are: told by their notes, or by the catalogues at hand."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from letter.merging.attachments import ReceiveError
from letter.merging.known_messages import Message, find_message
from letter.po.model import Entry, PoFile, is_blank, is_empty
from letter.source.words import fold_text

_CONTEXT = re.compile(r"msgctxt: (.*)\n?")
_FORM = re.compile(r"Plural form (\d{1,2}) of ([1-9]\d?)\b(?:.*: (.+))?")

Known = Mapping[str, Mapping[Message, set[int]]]  # by folded msgid: messages, and numbers of forms


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table."""

    line: int
    source: str
    target: str
    notes: str


def read_entries(rows: Sequence[Row], path: str, models: Sequence[PoFile]) -> Iterator[Entry | str]:
    """Make an entry of each message that is translated; a text tells of rows that were left out.

    The rows of a plural stand together. Where the notes don’t say which rows they are, the models
    have the message, and its number of forms. ReceiveError for noted rows in another order.
    """
    known = _list_known(models)
    plurals = {fold_text(m[2]) for some in known.values() for m in some if m[2] is not None}
    noted = {fold_text(row.source) for row in rows if _CONTEXT.match(row.notes)}
    place = 0
    while place < len(rows):
        row, folded = rows[place], fold_text(rows[place].source)
        context = _CONTEXT.match(row.notes)
        form = _FORM.match(row.notes, context.end() if context else 0)
        name, plural, wrong = context[1] if context else None, None, ""
        group = rows[place : place + 1]
        messages = {} if form or folded in noted else known.get(folded, {})
        if form:
            group = rows[place : place + int(form[2])]
            _check_forms(group, form, path)
            plural = form[3] if form[2] == "1" else group[-1].source
        elif len(messages) == 1:
            ((name, _, plural), counts), *_ = messages.items()
            group = _gather_forms(rows, place, plural)
            wrong = _FORMS if plural is not None and len(group) not in counts else ""
        elif messages or (folded in plurals and folded not in known):
            wrong = _CONTEXTS if messages else _FORMS
        place += len(group)
        sources = {text for message in known.get(folded, {}) for text in message[1:]}
        texts = tuple(_trim_target(one, sources) for one in group)
        flags = () if not any(map(is_blank, texts)) else ("fuzzy",)
        entry = Entry(row.source, texts, name, plural, flags=flags, line=row.line)
        if not is_blank(row.source) and not is_empty(entry):
            yield f"{path}:{row.line}: {wrong}: not taken" if wrong else entry


_FORMS = (
    "the rows of a message with plural forms lack their notes, and are not those that were sent out"
)
_CONTEXTS = "its English is that of several messages, and the notes do not say of which"


def _list_known(models: Sequence[PoFile]) -> Known:
    """List the messages of catalogues, and how many plural forms they have there."""
    known: defaultdict[str, defaultdict[Message, set[int]]] = defaultdict(lambda: defaultdict(set))
    for entry in (entry for po in models for entry in po.entries if not entry.obsolete):
        known[fold_text(entry.msgid)][find_message(entry)].add(len(entry.msgstr))
    return known


def _gather_forms(rows: Sequence[Row], place: int, plural: str | None) -> Sequence[Row]:
    """Gather the row of a message and, below, those of its other forms."""
    end = place + 1
    if plural is not None:
        while end < len(rows) and fold_text(rows[end].source) == fold_text(plural):
            end += 1
    return rows[place:end]


def _trim_target(row: Row, known: Set[str | None]) -> str:
    """Take away blanks and line ends that a spreadsheet left around a translation.

    They stay where its English has some, and isn't known without.
    """
    bare = row.source.strip()
    return row.target.strip() if bare == row.source or bare in known else row.target


def _check_forms(rows: Sequence[Row], first: re.Match[str], path: str) -> None:
    """Check that the rows of a plural stand together, the first form first."""
    found = [_FORM.search(row.notes) for row in rows]
    wanted = [(str(number + 1), first[2]) for number in range(int(first[2]))]
    numbers = [(form[1], form[2]) for form in found if form]
    if numbers != wanted or len({row.source for row in rows[1:]}) > 1:
        raise ReceiveError(
            f"{path}:{rows[0].line}: the rows of a message with plural forms must stand one below "
            f"the other, form 1 to {first[2]}, as in the table that was sent out: put them in order"
        )
