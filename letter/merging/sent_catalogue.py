"""A catalogue as it was sent: read in whatever encoding and form, with notes on what was converted.

A catalogue comes as a .po, as a compiled .mo, as a table, or pasted into a mail.
"""

import codecs
import re
import struct
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import polib

from letter.merging.attachment_kinds import ASK, COMPILED
from letter.merging.attachments import ReceiveError
from letter.merging.hard_spaces import soften_spaces
from letter.merging.known_messages import spell_alike
from letter.merging.pasted_mail import repair_pasted
from letter.merging.spreadsheet import is_table, read_sent_table
from letter.po.encoding import find_charset, find_codec, guess_encoding, guess_wide, name_encoding
from letter.po.faults import PoError
from letter.po.header import UTF8, header_fields, set_header_fields
from letter.po.model import Entry, PoFile, is_empty
from letter.po.reader import parse_po

Read = tuple[PoFile, tuple[str, ...]]

_CHARSET = re.compile(r'(Content-Type:[^"\n]*charset=)[^\s\\"]+', re.IGNORECASE)
_WORDS = re.compile(rb"msgid|<{7} |={7}$")
_LONE_CR = re.compile(rb"\r(?!\n)")


def read_sent(data: bytes, path: str, *models: PoFile) -> Read:
    """Read a file as it was sent; the notes say what had to be converted or repaired.

    Its messages are written as the models have them, which are the catalogues at hand.

    ReceiveError for what is no catalogue, or a template with nothing translated; PoError where a
    catalogue is broken and can't be repaired for certain.
    """
    po, notes = _read_form(data, path, models)
    po, told = soften_spaces(po, models)
    return spell_alike(po, *models), (*notes, *told)


def _read_form(data: bytes, path: str, models: Sequence[PoFile]) -> Read:
    """Read a compiled catalogue, a table, or a text."""
    if data.startswith(COMPILED):
        return read_compiled(data, path)
    data, notes = _convert_wide(data, path)
    if is_table(data, path):
        text, told = _decode_text(data, path)
        po, lacking = read_sent_table(text, path, models)
        return po, (*notes, *told, *lacking)
    if data.strip() and not _WORDS.search(data):
        wrong = "has no msgid, so that nothing says which text is the translation of which"
        raise ReceiveError(f"{path}: {wrong}: {ASK}")
    po, told = _read_text(data, path)
    is_template = path.endswith(".pot") or not header_fields(po).get("Language")
    if is_template and po.entries and all(map(is_empty, po.entries)):
        wrong = "is the template, with nothing translated in it"
        raise ReceiveError(f"{path}: {wrong}: ask for the file that was translated")
    return po, (*notes, *told)


def _convert_wide(data: bytes, path: str) -> tuple[bytes, tuple[str, ...]]:
    """Convert UTF-16 and UTF-32 to UTF-8, and take away a second byte order mark.

    ReceiveError where that would lose letters.
    """
    if guess := guess_wide(data):
        try:
            text = data.decode(guess).lstrip("\ufeff")
        except UnicodeDecodeError:
            wrong = f"looks like {name_encoding(guess)}, but a part of it is missing or is not"
            raise ReceiveError(f"{path}: {wrong}: ask for it again, saved as UTF-8") from None
        note = f"{path}: was in {name_encoding(guess)}: converted to UTF-8"
        return codecs.BOM_UTF8 + text.encode("utf-8", "replace"), (note,)
    while data.startswith(codecs.BOM_UTF8 * 2):
        data = data[len(codecs.BOM_UTF8) :]
    return data, ()


def _guess_narrow(data: bytes) -> str | None:
    """Guess the codec of a text that is no UTF-16 or UTF-32, since these are converted before."""
    return None if guess_wide(data) else guess_encoding(data)


def _decode_text(data: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """Decode a text that names no charset; ReceiveError where its encoding isn't clear."""
    guess = _guess_narrow(data)
    if guess is None:
        raise ReceiveError(
            f"{path}: it isn’t clear in which encoding this file is, and letters would be lost: "
            "ask for it saved as UTF-8 (in Excel: “CSV UTF-8”)"
        )
    text = data.decode(guess).removeprefix("\ufeff")
    if guess == "utf-8":
        return text, ()
    return text, (f"{path}: was in {name_encoding(guess)}: converted to UTF-8",)


def _read_text(data: bytes, path: str) -> Read:
    """Read a .po: with unusual line ends, in another encoding, or as pasted into a mail."""
    if _LONE_CR.search(data):
        try:
            po, notes = _read_encoded(re.sub(rb"\r+\n|\r", b"\n", data), path)
        except PoError:
            pass  # a text may have such a sign in itself
        else:
            return po, (*notes, f"{path}: its line ends were unusual (CR): converted")
    try:
        return _read_encoded(data, path)
    except PoError as error:
        repaired = repair_pasted(_decode_text(data, path)[0]) if _guess_narrow(data) else None
        if repaired is None:
            raise
        text = _CHARSET.sub(r"\1UTF-8", repaired[0], count=1)
        try:
            po = parse_po(text.encode(), path)
        except PoError:
            raise error from None
        return po, tuple(f"{path}: {told}" for told in repaired[1])


def _read_encoded(data: bytes, path: str) -> Read:
    """Read a .po in the charset that its header names, or else in the charset that is clear."""
    try:
        po = parse_po(data, path)
    except PoError:
        guess = _guess_narrow(data)
        if guess is None or (guess == "utf-8" and not _names_unknown_charset(data)):
            raise
        converted = _CHARSET.sub(r"\1UTF-8", data.decode(guess), count=1)
        note = f"{path}: was in {name_encoding(guess)}, not in UTF-8 as it said: converted"
        return parse_po(converted.encode(), path), (note,)
    if po.encoding not in ("utf-8", "ascii"):
        return po, (f"{path}: is in {po.encoding}, as it says: converted to UTF-8",)
    return po, ()


def _names_unknown_charset(data: bytes) -> bool:
    return find_codec(find_charset(data.decode("latin-1"))) is None


def read_compiled(data: bytes, path: str) -> Read:
    """Read a compiled catalogue, a .mo of either byte order; ReceiveError for a broken one.

    The fields of its header come along. Comments, and messages without a finished translation,
    aren't in such a file: that a message is missing means nothing.
    """
    broken = ReceiveError(f"{path}: is a compiled catalogue (.mo) that is broken: {ASK}")
    codec = find_codec(find_charset(data.decode("latin-1")))
    if codec is None or not _is_sound(data):
        raise broken
    try:
        mo = polib.mofile(data, encoding=codec)
    except (OSError, ValueError, LookupError, NameError, struct.error) as error:
        raise broken from error
    entries = [
        Entry(
            entry.msgid,
            tuple(entry.msgstr_plural.values()) if entry.msgid_plural else (entry.msgstr,),
            entry.msgctxt,
            entry.msgid_plural or None,
        )
        for entry in mo
    ]
    fields = "".join(f"{name}: {value}\n" for name, value in mo.metadata.items())
    po = PoFile(path, Entry("", (fields,)), tuple(entries))
    note = (
        "is a compiled catalogue (.mo), which has no comments and nothing unfinished in it: ask "
        "for the .po next time"
    )
    return set_header_fields(po, UTF8), (f"{path}: {note}",)


def fill_gaps(sent: PoFile, base: PoFile) -> PoFile:
    """Give a compiled catalogue or a table the messages that are missing there, as the base's.

    Only such a file was not read from the text of a .po; that a message is missing means nothing.
    """
    if sent.as_read:
        return sent
    sent = spell_alike(sent, base)
    said = {entry.key for entry in sent.entries}
    missing = [entry for entry in base.entries if not entry.obsolete and entry.key not in said]
    return replace(sent, entries=(*sent.entries, *missing))


def _is_sound(data: bytes) -> bool:
    """Say whether all texts of a .mo lie inside the file, and take no more room than the file.

    A hostile file has millions of texts at one place. The format is in the gettext manual, "MO
    Files".
    """
    order = "<" if data.startswith(COMPILED[0]) else ">"
    try:
        count, *tables = struct.unpack_from(f"{order}3I", data, 8)
        numbers = [struct.unpack_from(f"{order}{count * 2}I", data, table) for table in tables]
    except (struct.error, MemoryError, OverflowError):
        return False
    lengths = list(chain.from_iterable(table[::2] for table in numbers))
    places = list(chain.from_iterable(table[1::2] for table in numbers))
    ends = [length + place for length, place in zip(lengths, places, strict=True)]
    return sum(lengths) <= len(data) and max(ends, default=0) <= len(data)
