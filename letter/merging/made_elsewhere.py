"""Catalogues that another tool has begun: our header for them, as a language that we add has it.

A platform, an editor or a person begins a catalogue from the template, with less in its header or
with other words. What a person wrote there stays.
"""

from dataclasses import replace
from pathlib import Path

from letter.languages.folders import name_language
from letter.merging.base_version import is_new_to_git, read_history
from letter.po.header import (
    DRAFT,
    STATUS,
    header_fields,
    is_placeholder,
    is_title_line,
    set_header_fields,
    write_title,
)
from letter.po.marks import find_reviews
from letter.po.model import PoFile, is_empty
from letter.po.unmerged import filter_words, list_words

_TEAM = "Language-Team"


def complete_header(po: PoFile, path: Path, what: str) -> PoFile:
    """Give a draft that was begun elsewhere a title, its team, and the status of a draft.

    A catalogue without a status may have been published long ago, and stays as it is, unless
    `_is_begun` says of it that it was not. One that has our title was published by our own means.
    """
    if po.header is None:
        return po
    comments, words = po.header.comments, list_words(po.header.comments)
    fields = header_fields(po)
    if STATUS not in fields and (any(map(is_title_line, words)) or not _is_begun(po, path)):
        return po
    if fields.get(STATUS, "draft").lower() != "draft":
        return po
    language = name_language(path)
    if all(map(is_placeholder, words)):
        comments = (
            write_title(language.english_name, what),
            *filter_words(comments, lambda _: False),
        )
    new = {_TEAM: language.english_name} if is_placeholder(fields.get(_TEAM, "")) else {}
    if STATUS not in fields:
        new |= DRAFT
    return set_header_fields(replace(po, header=replace(po.header, comments=comments)), new)


def _is_begun(po: PoFile, path: Path) -> bool:
    """Say whether readers surely have never been shown a catalogue as more than a draft.

    That is so where git has never seen the file. A committed file has no line of a person above
    its header, and nothing finished in any version; where git lacks some, it has no text at all.
    """
    if any(review for entry in po.entries for review in find_reviews(entry)):
        return False
    if is_new_to_git(path):
        return True
    comments = po.header.comments if po.header else ()
    if _is_finished_once(po) or not all(map(is_placeholder, comments)):
        return False
    history = read_history(path)
    if history.lack or not history.versions:
        return all(map(is_empty, po.entries))
    return not any(map(_is_finished_once, history.versions))


def _is_finished_once(po: PoFile) -> bool:
    """Say whether anything in a file is finished, or has left the letter with its translation."""
    return any(not is_empty(entry) and (entry.obsolete or not entry.fuzzy) for entry in po.entries)
