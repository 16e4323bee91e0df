"""The grammar of PO files, as GNU msgfmt 0.21 has it, as patterns for whole messages.

A message is found by one pattern, at several times the speed of a reader that goes by lines.
Repetitions are possessive (`*+`) or in an atomic group (`(?>…)`), so that no pattern goes back over
what it has taken: a hostile file takes no longer than another of its size. A group stands where the
part that repeats has choices in it, since Python before 3.11.5 takes too much with `(…)*+` there.
"""

from __future__ import annotations

import re
from functools import cache

# A string on one line. A backslash stands before what msgfmt knows, or before the end of the line.
QUOTED = r'"[^"\\\n]*+(?>(?:\\(?:[abfnrtv\\"0-7\n]|x[0-9A-Fa-f])[^"\\\n]*+)*)"'
STRING = re.compile(QUOTED)
LINE = re.compile(r"[^\n]*\n|[^\n]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # what no text holds, without \t \n \v \f \r

ANY_GAP = r"[ \t\r\f\v\n#~]*+"  # between the words of a message that is known to be whole
_STRINGS = rf"({QUOTED}(?>(?:{ANY_GAP}{QUOTED})*))"
FORM = re.compile(rf"msgstr{ANY_GAP}\[{ANY_GAP}([0-9]++){ANY_GAP}\]{ANY_GAP}{_STRINGS}")

_S = r"[ \t\r\f\v]*+"
# A line of comments, which "#~" starts as well before "|", another comment or nothing at all.
_COMMENT = rf"{_S}\#(?:(?!~)|~\||~{_S}(?:\#|(?=\n|\Z)))[^\n]*+(?:\n|\Z)"
# What stands above a message: first blank lines, then comments and blank lines.
_HEAD = rf"((?>(?:{_S}\n)*))((?>(?:{_COMMENT}|{_S}\n)*))"
_END = rf"(?>(?:{_S}(?:\n|\Z))?)"


def _build_message(gap: str, start: str) -> re.Pattern[str]:
    """Build the pattern of a whole message, from the blank lines and comments above the message.

    Its groups are both parts of what stands above, msgctxt, msgid, msgstr, msgid_plural, and all
    forms of a plural. A gap may stand between two words, the start before the first word.
    """
    strings = rf"({QUOTED}(?>(?:{gap}{QUOTED})*))"
    forms = rf"msgstr{gap}\[{gap}[0-9]++{gap}\]{gap}{QUOTED}(?>(?:{gap}{QUOTED})*)"
    return re.compile(
        rf"{_HEAD}{start}(?>(?:msgctxt{gap}{strings}{gap})?)msgid{gap}{strings}{gap}"
        rf"(?:msgstr{gap}{strings}"
        rf"|msgid_plural{gap}{strings}{gap}({forms}(?>(?:{gap}{forms})*))){_END}"
    )


ACTIVE = _build_message(rf"(?>(?:[ \t\r\f\v\n]|\#~(?={_S}(?:\n|\Z)))*)", _S)


@cache
def build_obsolete() -> re.Pattern[str]:
    """Build the pattern of an obsolete message, in which "#~" starts every line.

    Most files have no such message, and to compile the pattern is a part of a cold worker's start.
    """
    return _build_message(
        rf"(?>(?:[ \t\r\f\v]|\#~(?!\|)|\n(?>(?:{_S}\n)*){_S}\#~(?!\|))*)", rf"{_S}\#~(?!\|){_S}"
    )


DOMAIN = re.compile(rf"{_HEAD}{_S}(?:\#~{_S})?domain{ANY_GAP}({QUOTED}){_END}")
LOOSE = re.compile(rf"{_HEAD}{_S}")
PREVIOUS = re.compile(
    rf"\s*(?:msgctxt\s*{_STRINGS}\s*)?msgid\s*{_STRINGS}\s*(?:msgid_plural\s*{_STRINGS}\s*)?"
)
# Where to read on behind a fault: a blank line, and then what an entry or a conflict starts with.
NEXT_ENTRY = re.compile(
    r"\n(?:[ \t\r\f\v]*+\n)++(?=[ \t]*+(?:#|msgctxt|msgid[ \t\"]|domain|<<<<<<<))"
)
