"""Three versions of a header made into one: its fields, and the lines above it.

A placeholder that a tool writes is nobody's word: it never replaces what a person said.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from letter.merging.comment_merge import merge_comments
from letter.po.header import UTF8, header_fields, is_placeholder, is_title_line, set_header_fields
from letter.po.model import Entry, PoFile
from letter.po.unmerged import filter_words, list_words
from letter.po.untranslated import is_joined

CREATION, REVISION, TRANSLATOR = "POT-Creation-Date", "PO-Revision-Date", "Last-Translator"
CONTENT = "Content-Type"
# Who translated, and when. Not Language-Team: Lokalize puts its own into every file it saves.
WHO = (REVISION, TRANSLATOR)


def merge_headers(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the header fields that theirs changed since the base and ours did not.

    Where both changed a date, the later date wins, and that of the revision brings its translator
    along, if it has one; the other translator is named above the header. Where both changed another
    field, ours stands: a merge never stops for a header. The charset is UTF-8 where either side
    has it, else that of ours. A file that has lost its header takes no field away, and neither does
    a file in which msgcat joined several headers.
    """
    if not _has_whole_header(theirs):
        return merge_header_comments(base, ours, theirs)
    if not _has_whole_header(ours):
        comments = ours.header.comments if ours.header else _list_titles(base)
        header = replace(theirs.header or Entry(""), comments=comments)
        ours = set_header_fields(replace(ours, header=header), {})
    old, mine, other = header_fields(base), header_fields(ours), header_fields(theirs)
    changed = dict(_list_new_fields(old, mine, other)) | _choose_revision(mine, other)
    if any("utf" in fields.get(CONTENT, "").lower() for fields in (mine, other)):
        changed |= UTF8  # which an old editor of one side lacks: no letter is lost so
    merged = merge_header_comments(base, set_header_fields(ours, changed), theirs)
    return _credit_both(merged, old.get(TRANSLATOR, ""), mine, other)


def _credit_both(merged: PoFile, before: str, *sides: dict[str, str]) -> PoFile:
    """Name above the header, as gettext does, the new translator of a side who is named nowhere.

    Whom the base named is not named again: a person may have been taken out for their safety.
    """
    header = merged.header or Entry("")
    comments = list(header.comments)
    named = [before, header_fields(header).get(TRANSLATOR, "")]
    for fields in sides:
        who, moment = fields.get(TRANSLATOR, ""), read_moment(fields.get(REVISION, ""))
        is_said = who in named or any(who in line for line in list_words(comments))
        if not (is_placeholder(who) or is_said):
            comments.append(f"{who}, {moment.year}." if moment else f"{who}.")
    return replace(merged, header=replace(header, comments=tuple(comments)))


def _has_whole_header(po: PoFile) -> bool:
    return po.header is not None and not is_joined(po.header)


def _list_new_fields(
    old: dict[str, str], mine: dict[str, str], other: dict[str, str]
) -> Iterator[tuple[str, str | None]]:
    """List the fields that theirs gives a value which ours has not, but for the revision."""
    is_earlier = _is_later(mine, other)
    for name in {**old, **other}:
        value, here, before = other.get(name), mine.get(name), old.get(name)
        if name in (REVISION, CONTENT) or value == here:
            continue
        is_unnamed = value != before and _says_nothing(name, here)
        if name == TRANSLATOR and is_earlier and not is_unnamed:
            continue
        is_new = value != before == here or (value is not None and _says_nothing(name, here))
        is_new |= name == CREATION and _is_later(other, mine, CREATION)
        if is_new and not _says_nothing(name, value):
            yield name, value


def _says_nothing(name: str, value: str | None) -> bool:
    """Say whether a field is there and holds a placeholder; gettext has none for its X- fields."""
    return value is not None and not name.startswith("X-") and is_placeholder(value)


def _choose_revision(mine: dict[str, str], other: dict[str, str]) -> dict[str, str | None]:
    """Take the date of theirs if it is later, and with the date who translated."""
    return _read_who(other) if _is_later(other, mine) else {}


def _read_who(fields: dict[str, str]) -> dict[str, str | None]:
    """Read who translated, and when, as far as a header says."""
    found = {name: fields.get(name, "") for name in WHO}
    if read_moment(found[REVISION]) is None:
        del found[REVISION]
    return {name: value for name, value in found.items() if not is_placeholder(value)}


def _is_later(one: dict[str, str], other: dict[str, str], name: str = REVISION) -> bool:
    """Say whether one header's date is later than the other's, which may have none."""
    moment, known = (read_moment(fields.get(name, "")) for fields in (one, other))
    return moment is not None and (known is None or moment > known)


def read_moment(value: str) -> datetime | None:
    """Read a date of a header, in UTC where no time zone is said; None where no date can be read.

    A date yet to come is none: a wrong clock would win over every later revision. A day is left
    for clocks that go wrong by their time zone.

    >>> read_moment("2026-01-01 09:00+0300") < read_moment("2026-01-01 08:00+0000")
    True
    """
    try:
        moment = datetime.fromisoformat(value.strip().replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if moment < datetime.now(UTC) + timedelta(days=1) else None


def credit_translator(ours: PoFile, sent: PoFile) -> PoFile:
    """Name in ours who translated a file that was sent, and when, unless ours is later.

    A date that ours has and the file lacks counts as later. No other field is taken, since
    editors fill them as they like.
    """
    mine, other = header_fields(ours), header_fields(sent)
    if not _has_whole_header(sent) or _is_later(mine, other):
        return ours
    return set_header_fields(ours, _read_who(other))


def merge_header_comments(base: PoFile, ours: PoFile, theirs: PoFile) -> PoFile:
    """Take into ours the lines that theirs added above the header, and take out what it removed.

    A file that has none of these lines has lost them, whatever a tool wrote in their place. The
    titles of our catalogues neither come nor go: msgcat puts two of them above one file.
    """
    if ours.header is None or theirs.header is None:
        return ours
    known, titles = ours.header.comments, _list_titles(ours)
    said = filter_words(theirs.header.comments, lambda c: c in known or not is_placeholder(c))
    old = base.header.comments if base.header else ()
    is_edited = any(line.strip() and line in old for line in list_words(said))
    before, there = (
        replace(
            side, comments=(*titles, *filter_words(lines, lambda line: not is_title_line(line)))
        )
        for side, lines in ((base.header or Entry(""), old), (theirs.header, said))
    )
    start = before if is_edited and not is_joined(theirs.header) else None
    comments = merge_comments(start, ours.header, there)
    return replace(ours, header=replace(ours.header, comments=comments))


def _list_titles(po: PoFile) -> tuple[str, ...]:
    return tuple(filter(is_title_line, list_words(po.header.comments))) if po.header else ()
