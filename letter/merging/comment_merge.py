"""Translators' comments of two sides made into one: what either said stays."""

from letter.po.model import Entry


def merge_comments(base: Entry | None, ours: Entry, theirs: Entry) -> tuple[str, ...]:
    """Merge translators' comments: what either side added stays, what theirs took out goes."""
    old = base.comments if base else ()
    if theirs.comments == old:
        return ours.comments
    kept = [line for line in ours.comments if line in theirs.comments or line not in old]
    kept += [line for line in theirs.comments if line not in kept and line not in old]
    return tuple(kept)
