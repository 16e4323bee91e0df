"""The letter's extraction plugin for Babel, with which plain `pybabel extract` works."""

from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

from letter.source.letter import decode_letter, parse_letter


def extract_letter(
    file: BinaryIO,
    _keywords: Collection[str],
    _comment_tags: Collection[str],
    options: Mapping[str, object],  # noqa: ARG001 (Babel gives it by this name)
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Give each message of the letter with its notes to translators, as Babel wants a plugin to.

    The line is always 0: Babel then writes a reference without a line number, and an edit of the
    letter moves no references (Babel documentation, "Writing Extraction Methods"). LetterError for
    a letter that can't be published.
    """
    path = str(getattr(file, "name", "letter.md"))
    letter = parse_letter(decode_letter(file.read(), path), path)
    for message in letter.messages:
        yield 0, None, message.msgid, list(message.notes)
