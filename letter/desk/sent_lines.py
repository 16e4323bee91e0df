"""Where the texts of a preview stand: on the lines of the file that was sent, or nowhere.

Whoever sent the file knows no other lines. What a preview says names no folder of the machine that
the file was received on.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from letter.checks.edited_originals import find_edited_originals
from letter.checks.findings import Finding
from letter.errors import OneLetterError
from letter.merging.attachments import unpack_sent
from letter.merging.sent_catalogue import read_sent
from letter.merging.sent_files import Received
from letter.merging.standing_catalogues import Standing
from letter.merging.three_way import explain_outcomes
from letter.po.model import Entry, FullKey, PoFile

_STRANGE = (
    "“{}” is not, word for word, in the letter, so that readers aren’t shown its translation: ask "
    "for the words that the letter has now, and leave originals as they are"
)
_NOWHERE = 1 << 40  # lines below 0 stand for none, and keep their order; no file has so many


def read_sent_files(sent: Path, standing: Mapping[str, Standing]) -> dict[str, PoFile]:
    """Read the catalogues that were sent, by what receiving calls them, with their own lines."""
    found = {}
    models = [each.stored for each in standing.values()]
    with suppress(OneLetterError, OSError):
        for attachment in unpack_sent(sent.read_bytes(), str(sent)):
            with suppress(OneLetterError):
                po, _ = read_sent(attachment.data, attachment.path, *models)
                found[attachment.path] = _keep_own_lines(po, attachment.data)
    return found


def _keep_own_lines(po: PoFile, data: bytes) -> PoFile:
    """Take the lines from entries that don't stand there, as of a text that had to be repaired."""
    lines = [b"", *re.split(rb"\r\n|\r|\n", data)]

    def place(entry: Entry) -> Entry:
        first = entry.source.text.partition("\n")[0].strip().encode(po.encoding, "replace")
        is_there = entry.line < len(lines) and first in lines[entry.line]
        return entry if is_there else replace(entry, line=0)

    header = place(po.header) if po.header else None
    return replace(po, header=header, entries=tuple(map(place, po.entries)))


def locate_texts(po: PoFile, sent: PoFile | None) -> PoFile:
    """Give the entries of a catalogue the lines where a file that was sent has the same text."""
    there: dict[FullKey, Entry] = {}
    for entry in (sent.header, *sent.entries) if sent else ():
        if entry and entry.line:
            there[entry.full_key] = entry

    def place(entry: Entry) -> Entry:
        own = there.get(entry.full_key)
        if own and own.msgstr == entry.msgstr:
            return replace(entry, line=own.line, source=own.source)
        return replace(entry, line=entry.line - _NOWHERE)

    return replace(
        po,
        header=place(po.header) if po.header else None,
        entries=tuple(map(place, po.entries)),
        as_read=tuple(map(place, po.as_read)),
    )


def list_notes(received: Iterable[Received], sent: Mapping[str, PoFile]) -> Iterator[str]:
    """List what a person should know of a file: what was converted, what is doubtful."""
    for each in received:
        yield from each.notes
        po = sent.get(each.file)
        lines = {entry.msgid: entry.line for entry in po.entries} if po else {}
        told = [replace(outcome, line=lines.get(outcome.msgid, 0)) for outcome in each.entries]
        yield from explain_outcomes(told, each.file)


def find_strange_originals(
    sent: PoFile, versions: Sequence[PoFile], templates: Sequence[Sequence[Entry]]
) -> list[Finding]:
    """Find msgids that were edited in a file that was sent, which receiving can only set aside.

    What one of the catalogue's versions had is no edit: the letter has changed since.
    `templates` are those of the letter and of the page.
    """
    made = [{entry.msgid for entry in template} for template in templates]
    own = [entry for entry in sent.entries if not entry.obsolete]
    strange = [entry for entry in own if not any(entry.msgid in msgids for msgids in made)]
    had = [entry for po in versions for entry in po.entries]
    old = {entry.msgid for entry in had} | {entry.previous_msgid for entry in had}
    strange = [entry for entry in strange if entry.msgid not in old]
    found: list[Finding] = []
    for template, msgids in zip(templates, made, strict=True):
        if there := [entry for entry in own if entry.msgid in msgids]:
            po = replace(sent, entries=(*there, *strange))
            found += find_edited_originals(po, PoFile("", entries=tuple(template)))
    return [replace(each, text=_STRANGE.format(each.words)) for each in found]


class Folders:
    """Takes the names of folders out of what is said, and leaves those of files."""

    def __init__(self, *folders: Path) -> None:
        # A link stays what people call the folder.
        whole = [os.path.abspath(folder) for folder in folders]  # noqa: PTH100
        names = {name for name in (*map(str, folders), *whole) if name.strip("/.")}
        longest = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w/.])(?:{'|'.join(map(re.escape, longest))})/")

    def hide(self, text: str) -> str:
        """Hide the folders that a text names."""
        return self._pattern.sub("", text)
