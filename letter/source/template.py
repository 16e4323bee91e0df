"""The templates: letter.pot has the letter's messages, interface.pot those of the page around."""

import os
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir

from letter.paths import PACKAGE
from letter.po.faults import PoError
from letter.po.header import (
    DRAFT,
    NO_DATE,
    OF_LETTER,
    OF_PAGE,
    header_fields,
    make_header,
    set_header_fields,
    write_template_title,
)
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from letter.po.writer import format_po
from letter.source.letter import Letter
from letter.source.message_kinds import PAGES

TEMPLATE = "letter.pot"
INTERFACE_TEMPLATE = "interface.pot"
NOTE_WIDTH = 76  # columns, so that a note's lines fit the 79 of msgcat behind their "#. "

_PLACEHOLDER = re.compile(r"%\(\w+\)s")


def make_template(letter: Letter, locales: Path) -> tuple[Entry, ...]:
    """List the messages of the letter, in order, each once.

    References carry no line numbers, so that an edit of the letter changes no other message's.
    """
    reference = os.path.relpath(letter.path, locales.parent).replace(os.sep, "/")
    if reference.startswith("../"):
        reference = Path(letter.path).name
    return tuple(
        Entry(message.msgid, extracted=_wrap_notes(message.notes), references=(reference,))
        for message in letter.messages
    )


@cache
def make_interface_template() -> tuple[Entry, ...]:
    """List the messages of the page around any letter, in order, each once."""
    entries: dict[str, Entry] = {}
    for entry in _extract_interface():
        known = entries.setdefault(entry.msgid, entry)
        if entry.references[0] not in known.references:
            references = known.references + entry.references
            extracted = tuple(dict.fromkeys(known.extracted + entry.extracted))
            entries[entry.msgid] = replace(known, references=references, extracted=extracted)
    return tuple(entries.values())


def update_template(entries: Sequence[Entry], path: Path, now: datetime) -> bytes:
    """Give the bytes that the template should have, the same bytes if no message changed.

    POT-Creation-Date is the date when the template was created, and stays. Every catalogue has that
    date beside PO-Revision-Date: to change it there makes the merge of a translator's edit fail for
    a date, in Weblate above all; to change it here alone makes msgmerge change every catalogue.
    """
    before = read_template(path)
    if before is not None and before.header is not None:
        # An entry with the source it was read from is not written anew where it did not change.
        sources = {entry.key: entry.source for entry in before.entries}
        kept = [replace(entry, source=sources.get(entry.key, entry.source)) for entry in entries]
        return format_po(set_header_fields(replace(before, entries=tuple(kept)), DRAFT))
    # The words in capitals are what xgettext writes for a translator to fill in.
    fields = {
        "POT-Creation-Date": now.strftime("%Y-%m-%d %H:%M%z"),
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        # Weblate, msginit and Poedit make new catalogues from the template.
        **DRAFT,
    }
    what = OF_LETTER if path.name == TEMPLATE else OF_PAGE
    header = make_header(write_template_title(what), fields, flags=("fuzzy",))
    return format_po(PoFile(str(path), header, tuple(entries)))


def read_template_date(path: Path) -> str:
    """Read the template's POT-Creation-Date; gettext's placeholder where the template lacks it."""
    return header_fields(read_template(path)).get("POT-Creation-Date") or NO_DATE


def read_template(path: Path) -> PoFile | None:
    """Read a template; None where none can be read."""
    try:
        return read_po(path)
    except PoError:
        return None


def _extract_interface() -> Iterator[Entry]:
    """Extract the messages of the page's templates, as pybabel does."""
    found = extract_from_dir(
        PACKAGE / "formats" / "templates",
        [("**.html", "jinja2")],
        comment_tags=("translators:",),
        strip_comment_tags=True,
    )
    for name, _, message, notes, context in found:
        msgid, *plural = (message,) if isinstance(message, str) else message
        placeholders = any(_PLACEHOLDER.search(text) for text in (msgid, *plural))
        yield Entry(
            msgid,
            ("", "") if plural else ("",),
            context,
            plural[0] if plural else None,
            extracted=_wrap_notes([" ".join(" ".join(notes).split())]),
            references=(f"letter/{PAGES}{name}",),
            flags=("python-format",) if placeholders else (),
        )


def _wrap_notes(notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for note in notes for line in textwrap.wrap(note, NOTE_WIDTH))
