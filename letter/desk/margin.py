"""The margin of a passage: all that its translator has to know."""

from collections.abc import Iterator
from dataclasses import dataclass

from letter.checks.findings import Finding, find_line
from letter.desk.editor_links import Spot, make_spot
from letter.desk.worksheet import Worksheet
from letter.editions.catalogue import State
from letter.editions.passage import Passage
from letter.po.marks import is_mark, split_kept_text, strip_reviews
from letter.po.model import Entry
from letter.source.blocks import Message
from letter.source.message_kinds import FRONT_NOTE

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
    messages = sheet.edition.letter.messages
    return {message.msgid: _make_margin(sheet, message, editor) for message in messages}


def _make_margin(sheet: Worksheet, message: Message, editor: str) -> Margin:
    name, passage = sheet.texts.names[message.msgid], sheet.edition.texts[message.msgid]
    notes = tuple(note for note in message.notes if not note.startswith(FRONT_NOTE))
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
        sheet.terms.get(message.msgid, ()),
    )


def _list_comments(entry: Entry) -> Iterator[tuple[str, str]]:
    """List what is said above a translation, but for reviews and what changed: told otherwise."""
    for line in strip_reviews(entry.comments):
        is_told = is_mark(line) and "[-" in line
        if line.strip() and not is_told:
            yield split_kept_text(line)
