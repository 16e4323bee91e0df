"""Strings of a PO file, quoted and broken into lines as GNU gettext 0.21 writes them.

gettext breaks lines by Unicode's rules (UAX #14, version 14) as libunistring applies them, so that
a file wrapped here is unchanged by msgcat. Covered: Latin, Greek, Cyrillic, Arabic, Kurdish,
Chinese, Japanese, Korean syllables, Indic and South-East Asian scripts (which gettext breaks at
spaces only). Not covered, hence possibly broken elsewhere than msgcat would: hyphens after Hebrew
letters, Korean in single jamos, emoji modifiers and flags, and format directives with a space in
them (``% d``) in messages flagged as a format.
"""

import re
from functools import cache
from unicodedata import category, east_asian_width

from letter.files import read_table
from letter.po.grammar import ESCAPES, LINE

NO_WRAP = 0  # a width: lines end only where the text has a newline

_ESCAPES = str.maketrans({char: f"\\{name}" for name, char in ESCAPES.items() if char})


class _Classes(dict[int, str]):
    """The class of each character, for str.translate; found when a text first has the character."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _find_class(chr(code))
        return found


def _find_class(char: str) -> str:
    """Find the class of a character that the table lacks, by its Unicode category."""
    kind, wide = category(char), east_asian_width(char) in "WFH"
    if kind in ("Mn", "Mc", "Me", "Cc", "Cf"):
        return "c"
    if kind == "Ps":
        return "o" if wide else "O"
    if kind == "Nd":
        return "D" if wide else "N"
    return {"Pe": "L", "Pi": "Q", "Pf": "Q", "Sc": "$"}.get(kind, "D" if wide else "A")


# The classes of UAX #14, a letter for each. A class "holds" the classes that may not start a line
# behind it: directly, or with spaces between the two.
_CLASS_OF = _Classes()
_HELD, _HELD_OVER_SPACES = dict[str, str](), dict[str, str]()
for _class, _, _chars, _codes, _held, _held_over in read_table("po/line_breaking.csv"):
    _CLASS_OF |= dict.fromkeys(map(ord, _chars), _class)
    _CLASS_OF |= {int(code, 16): _class for code in _codes.split()}
    _HELD[_class], _HELD_OVER_SPACES[_class] = _held, _held_over
# What stands between two possible breaks: a word of letters, or another character, each with the
# combining marks on it; then spaces.
_UNIT = re.compile(r"(A[AcJ]*|Z|[^ ])((?:(?<!Z)[cJ])*)( *)")
_ESCAPED = re.compile(r"\\.")
_DIRECTIVES = {
    "c-format": re.compile(r"%(?:[-#0 +'I]*[0-9.*$]*[hlLqjzt]*[diouxXeEfFgGaAcspm%])?"),
    "python-format": re.compile(r"%(?:(?:\([^()]*\))?[-#0 +]*[0-9.*]*[hlL]?[diouxXeEfFgGcrsa%])?"),
    "python-brace-format": re.compile(r"\{(?:[^{}]*\})?"),
}


def _may_break(before: str, marks: str, spaces: str, after: str) -> bool:
    """Say whether a line may end between two classes, with combining marks and spaces between."""
    if spaces:
        return after not in _HELD_OVER_SPACES[before]
    return not marks.endswith("J") and after not in _HELD[before]


def find_breaks(text: str) -> list[int]:
    """Find the places where gettext may start a new line, as indices into the text.

    >>> find_breaks("Ev name — ji gelê Sûriyê re.")
    [3, 8, 10, 13, 18, 25]
    """
    breaks: list[int] = []
    last, marks, spaces = "", "", ""
    for unit in _UNIT.finditer(text.translate(_CLASS_OF)):
        bare_mark = unit[1] in ("c", "J")
        first = "A" if bare_mark else unit[1][0]
        if last and ((bare_mark and spaces) or _may_break(last, marks, spaces, first)):
            breaks.append(unit.start())
        last, marks, spaces = first, unit[1] + unit[2], unit[3]
    return breaks


def escape_string(text: str) -> str:
    r"""Escape a text for use between the quotation marks of a PO file.

    >>> print(escape_string('say "no"'))
    say \"no\"
    """
    return text.translate(_ESCAPES)


def _count_columns(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_measure_char, text))


@cache
def _measure_char(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 1 + (east_asian_width(char) in "WF")


def _find_allowed_breaks(escaped: str, directive: re.Pattern[str] | None) -> list[int]:
    """Find the breaks inside no escape sequence or format directive, and not before a last \\n."""
    breaks = find_breaks(escaped)
    if not breaks or ("\\" not in escaped and directive is None):
        return breaks
    kept = {match.start() + 1 for match in _ESCAPED.finditer(escaped)}
    if escaped.endswith("\\n"):
        kept.add(len(escaped) - 2)
    for match in directive.finditer(escaped) if directive else ():
        if len(match[0]) == 1:
            break  # not a directive: gettext gives up on the rest of such a string
        kept.update(range(match.start() + 1, match.end()))
    return [place for place in breaks if place not in kept]


def _fold_line(escaped: str, breaks: list[int], width: int, column: int) -> list[str]:
    """Cut a text at the last break that keeps each line within the width, where one does."""
    lines, line_start, piece_start = [], 0, 0
    for place in (*breaks, len(escaped)):
        piece = _count_columns(escaped[piece_start:place])
        if piece_start and column + piece > width:
            lines.append(escaped[line_start:piece_start])
            line_start, column = piece_start, 0
        column += piece
        piece_start = place
    return [*lines, escaped[line_start:]]


def wrap_string(
    keyword: str, text: str, width: int, prefix: str = "", flags: tuple[str, ...] = ()
) -> str:
    r"""Write a keyword and its string as lines of a PO file, as msgcat would at this page width.

    The width is in columns and includes the prefix (``#~ ``, ``#| ``) and both quotation marks;
    NO_WRAP breaks only after newlines. The flags are the message's own.

    >>> print(wrap_string("msgid", "one\ntwo", 79), end="")
    msgid ""
    "one\n"
    "two"
    """
    directive = next((_DIRECTIVES[flag] for flag in flags if flag in _DIRECTIVES), None)
    room = width - 2 - len(prefix)
    unbroken = width == NO_WRAP or "no-wrap" in flags
    portions = [escape_string(portion) for portion in LINE.findall(text)] or [""]
    breaks = [[] if unbroken else _find_allowed_breaks(text, directive) for text in portions]
    column = len(keyword) + 1
    fits = unbroken or (
        column <= room and len(_fold_line(portions[0], breaks[0], room, column)) == 1
    )
    if fits and len(portions) == 1:
        return f'{prefix}{keyword} "{portions[0]}"\n'
    lines = [f'{prefix}{keyword} ""\n']
    for portion, places in zip(portions, breaks, strict=True):
        lines += [f'{prefix}"{line}"\n' for line in _fold_line(portion, places, room, 0)]
    return "".join(lines)
