"""A file that comes back from a translator: read in any state, and merged into its catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letter.errors import OneLetterError
from letter.merging.header_merge import credit_translator, merge_header_comments
from letter.merging.message_order import list_active
from letter.merging.three_way import reconcile_catalogues
from letter.po.encoding import guess_encoding
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po

if TYPE_CHECKING:
    from letter.merging.three_way import Outcome

_CHARSET = re.compile(r'(Content-Type:[^"\n]*charset=)[^\s\\"]+', re.IGNORECASE)


class ReceiveError(OneLetterError):
    """A file that can't be used as it is; the text says why, and what to do."""


def read_sent(data: bytes, path: str) -> tuple[PoFile, tuple[str, ...]]:
    """Read a file as it was sent, in whatever encoding; the notes say what had to be converted.

    Raises PoError where it is broken otherwise.
    """
    try:
        po = parse_po(data, path)
    except PoError as error:
        encoding = guess_encoding(data)
        if encoding is None:
            raise
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise error from None
        converted = _CHARSET.sub(r"\1UTF-8", text.removeprefix("\ufeff"), count=1)
        note = f"{path}: was in {encoding}, not in UTF-8 as it said: converted"
        return parse_po(converted.encode(), path), (note,)
    if po.encoding not in ("utf-8", "ascii"):
        return po, (f"{path}: is in {po.encoding}, as it says: converted to UTF-8",)
    return po, ()


def receive_catalogue(
    current: PoFile, sent: PoFile, base: PoFile | None
) -> tuple[PoFile, list[Outcome]]:
    """Merge what a translator sent into the current catalogue; give it and every changed entry.

    Without a base, whatever differs from a finished translation here is a conflict. ReceiveError
    where the file has no message of the current catalogue or of the base.
    """
    start = base or PoFile(sent.path, sent.header)
    if not list_active(sent).keys() & {entry.key for entry in (*current.entries, *start.entries)}:
        raise ReceiveError(f"{sent.path}: has no message of this letter: is it the right file?")
    merged, outcomes = reconcile_catalogues(start, current, sent)
    merged = merge_header_comments(start, merged, sent)
    return credit_translator(merged, sent) if outcomes else merged, outcomes


def find_lines(po: PoFile) -> dict[str, int]:
    """Find the line of each message in the file as it will be written, by msgid."""
    return {entry.msgid: entry.line for entry in parse_po(format_po(po), po.path).entries}
