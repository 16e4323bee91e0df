"""What other tools did to the marks of entries: wrapped lines joined, lost parts made again.

Babel wraps a mark into several lines, and turns a previous msgid into comments. An update by
msgmerge or Babel drops the previous msgid. Editors may drop the comments of a split passage's part.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from letter.po.grammar import read_comments
from letter.po.marks import CHANGED, MAX_LINES, is_mark, is_split, join_marks, mark_split, set_marks
from letter.po.model import Entry, PoFile, is_empty
from letter.source.words import fold_text, show_changed_words, undo_change

PART_LENGTH = 5  # words; a shorter message may stand in an older passage by chance

_IsTold = Callable[[str], bool]  # whether a mark of a split tells of a message of the file


def mend_marks(po: PoFile) -> PoFile:
    """Bring the marks of a catalogue into the form of today, one line each.

    Extracted comments that are marks become translator's comments. A waiting translation that has
    lost its previous msgid gets it again, where a mark or a comment of Babel's tells for sure.
    """
    told: set[str] = set()

    def is_told(mark: str) -> bool:
        if not told:
            told.update(_squeeze(line) for entry in po.entries for line in mark_split(entry))
        return _squeeze(mark) in told

    return replace(po, entries=tuple([_mend_entry(entry, is_told) for entry in po.entries]))


def _mend_entry(entry: Entry, is_told: _IsTold) -> Entry:
    if not entry.comments and not entry.extracted:
        return entry

    def is_whole(mark: str) -> bool:
        if mark.startswith(CHANGED):
            return _restore_previous(entry, mark) is not None
        return is_told(mark)

    entry = _take_previous(entry)
    comments = join_marks(entry.comments, is_whole)
    if any(map(is_mark, entry.extracted)):
        # Whatever stands behind the first of these marks belongs to them: the notes stand above.
        first = next(n for n, line in enumerate(entry.extracted) if is_mark(line))
        marks = filter(is_mark, join_marks(entry.extracted[first:], is_whole))
        comments += tuple(mark for mark in marks if mark not in comments)
        entry = replace(entry, extracted=entry.extracted[:first])
    entry = entry if comments == entry.comments else replace(entry, comments=comments)
    if entry.fuzzy and entry.previous_msgid is None and entry.msgid_plural is None:
        return _read_mark(entry)
    return entry


def _read_mark(entry: Entry) -> Entry:
    """Read the previous msgid from the mark of changed English; another message's mark goes.

    msgmerge may have put the translation, and the mark with it, under a message of today.
    """
    mark = next((line for line in entry.comments if line.startswith(CHANGED)), None)
    if mark is None or not is_mark(mark):
        return entry
    previous = _restore_previous(entry, mark)
    if previous is None:
        return replace(entry, comments=tuple(line for line in entry.comments if line != mark))
    # The words of a mark tell nothing of a hard line break, which is no space.
    return entry if "\n" in entry.msgid else replace(entry, previous_msgid=previous)


def _restore_previous(entry: Entry, mark: str) -> str | None:
    """Give the msgid from which a mark of changed English leads to the entry's; None in doubt."""
    words, previous = mark.removeprefix(CHANGED), entry.previous_msgid
    if previous is not None:
        told = show_changed_words(previous, entry.msgid)
        return previous if _squeeze(told) == _squeeze(words) else None
    return undo_change(words, entry.msgid)


def _take_previous(entry: Entry) -> Entry:
    """Take the previous msgid out of the comments into which Babel has made and wrapped it."""
    comments = entry.comments
    start = next((n for n, line in enumerate(comments) if line.startswith("| msg")), None)
    pieces, end = list[str](), start or 0
    previous: tuple[str | None, ...] = (None, None, None)
    for line in comments[end : end + MAX_LINES] if start is not None else ():
        if line.startswith("| "):
            pieces.append("#" + line)
        elif previous[1] is None:
            pieces[-1] += " " + line
        else:
            break
        previous, end = read_comments("\n".join(pieces))[4:], end + 1
    if previous[1] is None:
        return entry
    entry = replace(entry, comments=comments[:start] + comments[end:])
    if not entry.fuzzy or entry.previous_msgid is not None:
        return entry
    msgctxt, msgid, plural = previous
    return replace(
        entry, previous_msgctxt=msgctxt, previous_msgid=msgid, previous_msgid_plural=plural
    )


def _squeeze(text: str) -> str:
    return "".join(text.split())


def mend_parts(entries: Sequence[Entry], obsolete: Iterable[Entry]) -> list[Entry]:
    """Make again the marks of parts of a split passage, where the whole is obsolete.

    Marks get lost; and the translation of the whole may have been edited on another branch, which
    the translator of a part has to see. A part is known by one of its marks, or by its words, which
    stand in no other obsolete passage.
    """
    if not any(map(_awaits_translation, entries)):
        return list(entries)
    by_mark: dict[str, Entry] = {}
    by_start: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for whole in obsolete:
        if not is_empty(whole):
            by_mark |= dict.fromkeys(mark_split(whole), whole)
            words = fold_text(whole.msgid).split()
            for start in {tuple(words[n : n + PART_LENGTH]) for n in range(len(words))}:
                by_start[start].append(whole)
    return [_mend_part(e, by_mark, by_start) if _awaits_translation(e) else e for e in entries]


def _awaits_translation(entry: Entry) -> bool:
    return is_empty(entry) and not entry.obsolete


def _mend_part(
    entry: Entry, by_mark: Mapping[str, Entry], by_start: Mapping[tuple[str, ...], list[Entry]]
) -> Entry:
    wholes = [by_mark[line] for line in entry.comments if line in by_mark]
    words = fold_text(entry.msgid)
    start = tuple(words.split()[:PART_LENGTH])
    if not wholes and not is_split(entry) and len(start) == PART_LENGTH:
        wholes = [e for e in by_start.get(start, ()) if words in fold_text(e.msgid)]
    if len({whole.key for whole in wholes}) != 1:
        return entry
    return replace(entry, comments=set_marks(entry.comments, mark_split(wholes[0])))
