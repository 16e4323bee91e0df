"""What a side changed in an entry since the base: what it says now, and what it has lost."""

import unicodedata
from dataclasses import replace

from letter.po.marks import is_mark, quotes_other, set_marks
from letter.po.model import Entry, is_blank, is_empty
from letter.po.untranslated import Worth, measure_worth, split_joined


def is_changed(base: Entry | None, entry: Entry) -> bool:
    """Say whether a side translated, changed or confirmed an entry since the base.

    A text that stands beside another one since is a change, too, though it be the base's: it waits
    for a choice, or a person has chosen it.
    """
    if base is None:
        return not is_empty(entry)
    return not says_same(base, entry) or _has_new_rival(base, entry)


def awaits_new_choice(base: Entry | None, entry: Entry) -> bool:
    """Say whether two texts wait in an entry for a person, of which the base knows only one."""
    return entry.fuzzy and _has_new_rival(base, entry)


def _has_new_rival(base: Entry | None, entry: Entry) -> bool:
    """Say whether an entry keeps another translation beside its own, which the base does not."""
    # Babel wraps comments, so a line may be the beginning of one that the base has.
    before = " ".join(" ".join(base.comments).split()) if base else ""
    return any(
        quotes_other(line) and " ".join(line.split()) not in before for line in entry.comments
    )


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
    fuzzy. Pieces of which the base lacks any are a person's words, and stay.
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
    return put_text(side, base)
