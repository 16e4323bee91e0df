"""Messages that nobody reads, since a comment hides them: a comment goes on to the next newline.

An editor that saves without newlines puts a whole catalogue behind its first "#". Such a file is
valid for msgfmt. To write the file anew would throw the translations away.
"""

import re
from collections.abc import Iterator, Sequence

from letter.po.faults import Fault, explain_fault
from letter.po.grammar import GAP, LOOSE, QUOTED
from letter.po.model import Entry, is_header

# What ends a line for a program or a reader, but not for msgfmt.
_BREAK = r"[\r\v\f\x85\u2028\u2029]"
_ODD_BREAK = re.compile(rf"{_BREAK}(?!\n)")
# Behind such a break: flags, or the start of a message. "fuzzy" must not be overlooked, either.
_HIDDEN_LINE = re.compile(
    rf"({_BREAK})[ \t]*+(?:#[,=]|(?:#~[ \t]*+)?msg(?:ctxt|id|str)(?=[ \t\r\"_\[]))"
)
_STRINGS = rf"{GAP}{QUOTED}(?>(?:{GAP}{QUOTED})*){GAP}"
_WHOLE = re.compile(rf"msgid{_STRINGS}(?:msgid_plural{_STRINGS})?msgstr{GAP}[\[\"]")
# An update writes these comments anew: of messages in them nothing would be left.
_SPECIAL = re.compile(r"[ \t]*#[.:,=|]")


def find_hidden_messages(text: str, read: Sequence[Entry], tail: str) -> Iterator[Fault]:
    """Find the lines of comments that surely hide messages, and the file in which no message is.

    `read` is what was read of the text, `tail` the loose text below. A comment that quotes a
    message, and a message that a translator put behind "# " line by line, hide nothing.
    """
    is_told = False
    if text.count("msgstr") > sum(len(e.msgstr) for e in read) or _ODD_BREAK.search(text):
        for line, comments in _list_unread(text, read, tail):
            for number, comment in enumerate(comments.split("\n"), line):
                if fault := _name_fault(comment):
                    yield Fault(number, explain_fault(fault))
                    is_told = True
    if is_told or not all(map(is_header, read)):
        return
    if text.count("msgid") > 1 + len(read):
        yield Fault(read[0].line if read else 1, explain_fault("all hidden"))
    elif not read:
        yield Fault(1, explain_fault("no message at all"))


def _list_unread(text: str, read: Sequence[Entry], tail: str) -> Iterator[tuple[int, str]]:
    """List what stands above, between and below the messages, each with its first line."""
    for entry in read:
        before, own = entry.source.before, LOOSE.match(entry.source.text)
        yield entry.line - before.count("\n"), before + (own[0] if own else "")
    yield text.count("\n") - tail.count("\n") + 1, tail


def _name_fault(comment: str) -> str | None:
    """Name what is wrong with one line of comments, if it surely hides a message or flags."""
    if hidden := _HIDDEN_LINE.search(comment):
        return "old Mac" if hidden[1] == "\r" else "one line"
    whole = len(_WHOLE.findall(comment))
    return "one line" if whole > 1 or (whole and _SPECIAL.match(comment)) else None
