"""What a side changed in an entry since the base: what it says now, and what it has lost."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from letter.merging.wrapped_comments import MANY, begins_line, says_line
from letter.po.marks import is_mark, quote_other, quotes_other, set_marks
from letter.po.model import Entry, is_blank, is_empty
from letter.po.untranslated import Worth, measure_worth, split_joined


def is_changed(base: Entry | None, entry: Entry) -> bool:
    """Say whether a side translated, changed or confirmed an entry since the base.

    A text that stands beside another one since is a change, too, though it be the base's: it waits
    for a choice, or a person has chosen it. The two texts of a choice, turned round by a rebase,
    are the same choice.
    """
    if base is None:
        return not is_empty(entry)
    if any(_list_new_rivals(base, entry)):
        return True
    is_turned = says_line(base.comments, quote_other(entry)) and (
        says_line(entry.comments, quote_other(base))
    )
    return not (says_same(base, entry) or (is_turned and base.fuzzy and entry.fuzzy))


def has_seen(base: Entry | None, entry: Entry, other: Entry) -> bool:
    """Say whether an entry's text was chosen, or waits, beside that of another side.

    A text that the base has may be in a comment since then: whoever left the comment there has not
    seen that the other side chose the text.
    """
    if has_same_text(entry, other):
        new = _list_new_rivals(base, entry) if entry.fuzzy else ()
        return any(not says_line(other.comments, line) for line in new)
    known = _list_known(base, entry)
    lines = [quote_other(replace(other, msgstr=text)) for text in split_joined(other)]
    return all(says_line(entry.comments, line) and not says_line(known, line) for line in lines)


def _list_new_rivals(base: Entry | None, entry: Entry) -> Iterator[str]:
    """List the other translations that an entry keeps beside its own, and that the base lacks."""
    if not any(map(quotes_other, entry.comments)):
        return
    known = (*_list_known(base, entry), quote_other(entry))
    texts = list(filter(quotes_other, known))
    if max(len(known), len(entry.comments)) > MANY:
        yield from set(filter(quotes_other, entry.comments)).difference(known)
        return
    for place, line in enumerate(entry.comments):
        # Babel wraps comments, so a line may be the beginning of one that the base has.
        if quotes_other(line) and not (
            says_line(known, line)
            or any(begins_line(entry.comments, place, text) for text in texts)
        ):
            yield line


def _list_known(base: Entry | None, entry: Entry) -> tuple[str, ...]:
    """List what the base keeps in comments; its text, too, where the entry has the other one."""
    if base is None or not base.comments:
        return ()
    is_turned = says_line(base.comments, quote_other(entry))
    return (*base.comments, quote_other(base)) if is_turned else base.comments


def says_same(one: Entry, other: Entry) -> bool:
    """Say whether two entries say the same: the text, whether it waits, and for which English.

    The previous msgid is a part: who confirms a translation, and meets it again as fuzzy since
    its English changed once more, has changed the previous msgid alone.
    """
    if one.fuzzy != other.fuzzy or not has_same_text(one, other):
        return False
    return not one.fuzzy or is_same(one.previous_msgid or "", other.previous_msgid or "")


def has_same_text(one: Entry, other: Entry) -> bool:
    """Say whether two entries have the same translation, letter by letter."""
    if len(one.msgstr) != len(other.msgstr):
        return False
    return all(is_same(*forms) for forms in zip(one.msgstr, other.msgstr, strict=True))


def is_same(one: str, other: str) -> bool:
    """Say whether two texts are the same letters; OmegaT and macOS write some of them in parts.

    >>> is_same("\\u00ee", "i\\u0302")
    True
    """
    if one == other:
        return True
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def put_text(entry: Entry, source: Entry) -> Entry:
    """Put the translation of another entry under an entry, with all that belongs to the text.

    That is whether the translation waits, for which English, and our marks. The entry's own letters
    stay where the texts are the same.
    """
    return replace(
        entry,
        comments=set_marks(entry.comments, find_marks(source.comments)),
        msgstr=entry.msgstr if has_same_text(entry, source) else source.msgstr,
        flags=source.flags,
        previous_msgctxt=source.previous_msgctxt,
        previous_msgid=source.previous_msgid,
        previous_msgid_plural=source.previous_msgid_plural,
    )


def find_marks(comments: tuple[str, ...]) -> tuple[str, ...]:
    """List our marks among an entry's comments."""
    return tuple(filter(is_mark, comments))


def restore_text(base: Entry | None, side: Entry) -> Entry:
    """Give a side the base's text back, where the side has lost it, whole or a part.

    A tool empties an entry or fills it with English; a person who withdraws a text marks the text
    fuzzy. Pieces of which the base lacks any are a person's words, and stay. A text that is given
    back beside another one waits: OmegaT has emptied what waited for a choice.
    """
    if base is None or side.msgstr == base.msgstr or len(side.msgstr) != len(base.msgstr):
        return side
    worth = measure_worth(side)
    if worth is Worth.WHOLE or worth >= measure_worth(base):
        return side
    if worth is Worth.PIECES:
        said = {form for text in split_joined(side) for form in text if not is_blank(form)}
        if not all(any(is_same(form, known) for known in base.msgstr) for form in said):
            return side
    restored = put_text(side, base)
    if restored.fuzzy or not any(_list_new_rivals(base, side)):
        return restored
    return replace(restored, flags=("fuzzy", *restored.flags))
