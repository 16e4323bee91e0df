"""The margin of a passage: all that its translator has to know."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from letter.checks.findings import Finding, find_line
from letter.checks.glossary import find_terms
from letter.desk.places import Spot, make_spot
from letter.desk.worksheet import Worksheet
from letter.editions.catalogue import State
from letter.editions.passage import Passage
from letter.po.marks import is_mark, split_kept_text
from letter.po.model import Entry, shorten_text
from letter.source.blocks import HEADINGS, Message, Place
from letter.source.letter import Letter

FRONT = "Front matter: "  # how the note of a text of the front matter begins
STATES = {  # in plain words
    State.FINISHED: "Finished",
    State.OUTDATED: "Outdated",
    State.UNFINISHED: "Needs work",
    State.UNTRANSLATED: "Not translated yet",
    State.WITHHELD: "Withheld",
}


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside a passage: `name` is what people call it, `terms` are the glossary's."""

    name: str
    passage: Passage
    spot: Spot
    is_new: bool = False  # the file doesn't have the message yet
    findings: tuple[Finding, ...] = ()
    older: tuple[Finding, ...] = ()  # about the letter's words of before
    notes: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()  # each with the translation that it quotes, or ""
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the place on the desk's page."""
        return f"at-{self.passage.message.anchor}"

    @property
    def is_todo(self) -> bool:
        """Whether a translator has something to do; a name without a translation is left as is."""
        return self.passage.stands_in and not self.passage.message.is_name

    @property
    def is_as_written(self) -> bool:
        """Whether readers see the letter's own words."""
        return self.passage.text == self.passage.message.msgid

    @property
    def waiting(self) -> tuple[str, ...]:
        """What the file has and readers don't see yet."""
        forms = self.passage.translation.forms
        return forms if self.passage.stands_in and any(forms) else ()


def make_margins(sheet: Worksheet, editor: str = "") -> dict[str, Margin]:
    """Make the margins of all messages of a letter, by msgid, in the letter's order."""
    names = name_messages(sheet.edition.letter)
    letter = sheet.edition.letter
    return {
        message.msgid: _make_margin(sheet, message, names[message.msgid], editor)
        for message in letter.messages
    }


def _make_margin(sheet: Worksheet, message: Message, name: str, editor: str) -> Margin:
    passage = sheet.edition.texts[message.msgid]
    notes = tuple(note for note in message.notes if not note.startswith(FRONT))
    if sheet.edition.is_source:
        return Margin(name, passage, make_spot(sheet.path, message.line, editor), notes=notes)
    entry = sheet.entries.get(message.msgid)
    line = find_line(entry) if entry else 0
    return Margin(
        name,
        passage,
        make_spot(sheet.path, line, editor),
        not line,
        tuple(sheet.findings.get(entry.line, ())) if line and entry else (),
        tuple(sheet.older.get(entry.line, ())) if line and entry else (),
        notes,
        tuple(_list_comments(entry)) if entry else (),
        _list_terms(sheet, message),
    )


def _list_comments(entry: Entry) -> Iterator[tuple[str, str]]:
    """List what is said above a translation, but for reviews and what changed: told otherwise."""
    for line in entry.comments:
        is_told = line.startswith("Reviewed by ") or (is_mark(line) and "[-" in line)
        if line.strip() and not is_told:
            yield split_kept_text(line)


def _list_terms(sheet: Worksheet, message: Message) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not sheet.glossary or message.is_name:
        return ()
    found = find_terms(sheet.glossary, sheet.edition.language.tag, message.msgid)
    return tuple((term, tuple(forms)) for term, forms in found)


def name_messages(letter: Letter) -> dict[str, str]:
    """Name each message as people call it: "Passage 5", "Heading 2", "Row 1, cell 3", "Title".

    >>> from letter.source.letter import parse_letter
    >>> list(name_messages(parse_letter("# A title\\n\\nOne.\\n\\n## More\\n\\nTwo.")).values())
    ['Title', 'Passage 1', 'Heading 2', 'Passage 2']
    """
    fronts = {m.msgid: n for m in letter.messages for n in m.notes if n.startswith(FRONT)}
    names: dict[str, str] = {}
    counts, uses = Counter[str](), Counter[str]()
    for place in letter.walk():
        block, message = place.block, place.block.message
        counts["Heading"] += block.tag in HEADINGS
        if block.tag in ("table", "tr"):
            counts["Row"] = counts["Row"] + 1 if block.tag == "tr" else 0
            counts["cell"] = 0
        counts["cell"] += block.tag in ("th", "td")
        if block.tag == "footnote":
            counts["Footnote"] = block.start
        if message:
            number = letter.numbers.get(message.msgid)
            name = f"Passage {number}" if number else _name_kind(place, counts)
            if message.msgid not in names:
                uses[name] += 1
                names[message.msgid] = _tell_apart(name, uses[name])
    return fronts | names | {letter.title.msgid: "Title"}


def _tell_apart(name: str, use: int) -> str:
    """Tell the second message of a name from the first: a footnote has parts, a letter tables."""
    if use == 1:
        return name
    return f"{name}, part {use}" if name.startswith("Footnote") else f"{name} ({use})"


def _name_kind(place: Place, counts: Counter[str]) -> str:
    """Name a message that has no number."""
    if place.block.message and place.block.message.is_name:
        return f"Name “{shorten_text(place.block.message.msgid)}”"
    if place.is_cell:
        return f"Row {counts['Row']}, cell {counts['cell']}"
    kind = "Heading" if place.block.tag in HEADINGS else "Footnote" if place.is_footnote else ""
    return f"{kind} {counts[kind]}" if kind else "Picture"
