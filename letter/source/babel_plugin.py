"""The Babel extraction plugin for the letter, so that plain `pybabel extract` works.

It loads neither Flask nor polib: pybabel runs it for everyone who extracts anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from letter.source.letter import decode_letter, parse_letter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


def extract_letter(
    file: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Give each message of the letter with its notes to translators; LetterError if it can't.

    The line is always 0: Babel then writes a reference without a line number, and an edit of the
    letter moves no references (Babel documentation, "Writing Extraction Methods").
    """
    path = str(getattr(file, "name", "letter.md"))
    letter = parse_letter(decode_letter(file.read(), path), path)
    for message in letter.messages:
        yield 0, None, message.msgid, list(message.notes)
