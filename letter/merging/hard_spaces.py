"""Spaces that don't break (U+00A0) in the place of all spaces, as pages and editors write them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from letter.po.model import Entry, PoFile

# Beside these signs, and inside of numbers, a person means a space that doesn't break.
_MEANT = r"\u00a0(?=[:;!?»%›])|(?<=[«‹])\u00a0|(?<=\d)\u00a0(?=\d)"
_HARD = re.compile(rf"(?!{_MEANT})\u00a0")
_FEW = 4  # a person may type so many in a text
_MOST = 10  # times as many as usual spaces


def soften_spaces(po: PoFile, models: Sequence[PoFile] = ()) -> tuple[PoFile, tuple[str, ...]]:
    """Turn the spaces of texts back where nearly all of a text or of the file are U+00A0.

    A text that is the same in a model gets the spaces of the text there. A note goes along, if any
    space was turned.
    """
    if not any("\u00a0" in text for entry in po.entries for text in entry.msgstr):
        return po, ()
    known = {
        text.replace("\u00a0", " "): text
        for model in models
        for entry in model.entries
        for text in entry.msgstr
    }
    is_whole = _is_hard("".join(text for entry in po.entries for text in entry.msgstr))
    entries = tuple(_soften_entry(entry, known, is_whole=is_whole) for entry in po.entries)
    count = sum(one.msgstr != other.msgstr for one, other in zip(po.entries, entries, strict=True))
    if not count:
        return po, ()
    header = _soften_header(po.header) if po.header and is_whole else po.header
    note = "had spaces that don’t break (U+00A0) in place of all others: made usual spaces again"
    place = f"{po.path}: " + ("" if is_whole else f"{count} text{'s' * (count > 1)} ")
    return replace(po, header=header, entries=entries), (place + note,)


def _soften_header(header: Entry) -> Entry:
    fields, *comments = (text.replace("\u00a0", " ") for text in (*header.msgstr, *header.comments))
    return replace(header, msgstr=(fields,), comments=tuple(comments))


def _soften_entry(entry: Entry, known: Mapping[str, str], *, is_whole: bool) -> Entry:
    texts, comments = (
        tuple(_soften(text, known, is_whole=is_whole) for text in each)
        for each in (entry.msgstr, entry.comments)
    )
    return replace(entry, msgstr=texts, comments=comments)


def _soften(text: str, known: Mapping[str, str], *, is_whole: bool) -> str:
    if "\u00a0" not in text or not (is_whole or _is_hard(text)):
        return text
    return known.get(text.replace("\u00a0", " ")) or _HARD.sub(" ", text)


def _is_hard(text: str) -> bool:
    """Say whether nearly all spaces of a text don't break, and a person hasn't typed them."""
    count = len(_HARD.findall(text)) if "\u00a0" in text else 0
    return count > _FEW and count >= _MOST * text.count(" ")
