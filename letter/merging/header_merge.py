"""Three versions of a header made into one: its fields, and the lines above it."""

from dataclasses import replace

from letter.merging.comment_merge import merge_comments
from letter.po.header import header_fields, set_header_fields
from letter.po.model import PoFile

REVISION, TRANSLATOR = "PO-Revision-Date", "Last-Translator"
# Who translated, and when. Not Language-Team: Lokalize puts its own into every file it saves.
WHO = (REVISION, TRANSLATOR)


def merge_headers(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the header fields that theirs changed since the base and ours did not.

    Where both changed the revision date, the later date wins, and brings its translator along: a
    merge never stops for a date. A file that has lost its header takes no field away.
    """
    if theirs.header is None:
        return ours
    old, mine, other = header_fields(base), header_fields(ours), header_fields(theirs)
    changed: dict[str, str | None] = {
        name: other.get(name)
        for name in {**old, **other}
        if other.get(name) != old.get(name) and mine.get(name) == old.get(name)
    }
    if other.get(REVISION, "") > mine.get(REVISION, ""):
        changed |= {name: other[name] for name in WHO if other.get(name)}
    return merge_header_comments(base, set_header_fields(ours, changed), theirs)


def credit_translator(ours: PoFile, sent: PoFile) -> PoFile:
    """Name in ours who translated a file that was sent, and when, unless ours is later.

    A date that ours has and the file lacks counts as later. No other field is taken, since
    editors fill them as they like.
    """
    mine, other = header_fields(ours), header_fields(sent)
    if other.get(REVISION, "") < mine.get(REVISION, ""):
        return ours
    return set_header_fields(ours, {name: other[name] for name in WHO if other.get(name)})


def merge_header_comments(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the lines that theirs added above the header, and take out what it removed."""
    if ours.header is None or theirs.header is None:
        return ours
    comments = merge_comments(base.header, ours.header, theirs.header)
    return replace(ours, header=replace(ours.header, comments=comments))
