"""A catalogue pasted into a mail: what mail programs do to the text is undone where it is certain.

The damage: marks of a reply before each line, lines broken at 72 to 78 columns, curly quotation
marks in the place of straight ones, blanks that don't break, entities, quoted-printable, and a
greeting and a signature around. Where the damage leaves a choice, nothing is repaired.
"""

import html
import quopri
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_CURLY = "“”„‟«»"
_WORD = r"(?:msgctxt|msgid_plural|msgid|msgstr(?:[ \t]*\[[0-9]+\])?)"
_B = "[ \t\xa0]*"
_HEAD = rf"{_B}(?:#[~|]+{_B})?{_WORD}?{_B}"
_MESSAGE = re.compile(rf'[ \t>]*(?:#[~|]+{_B})?msgid(?:{_B}["{_CURLY}]|{_B}&quot;)', re.MULTILINE)
_PIECE = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_WHOLE = re.compile(rf"{_HEAD}(?:{_PIECE}[ \t]*)+")
_OPEN = re.compile(rf'{_HEAD}(?:{_PIECE}[ \t]*)*"[^"\\]*(?:\\.[^"\\]*)*')
_STARTS = re.compile(rf'{_B}(?:#|domain\b|"|{_WORD}{_B}(?:"|$))')  # what starts a line of a file
_KEYWORD = re.compile(r"\W*msg(?:id|str|ctxt)")
_CURLY_STRING = re.compile(rf"({_HEAD})[{_CURLY}](.*)")
_QUOTED_PRINTABLE = re.compile(r"=(?:[0-9A-F]{2}|[ \t]*(?:\n|\Z))")

_NARROWEST, _WIDEST = 50, 100  # columns at which mail programs break lines
_LONG_WORD = 50  # letters; a longer one may have been broken itself
# Beside these a line may break although no blank was there (Unicode's UAX 14).
_BREAKABLE = "-/|\\—–‐‑…\xa0\xad\u200b\u2060\ufeff"
_NO_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer


class _UncertainError(Exception):
    """The damage leaves a choice."""


@dataclass(slots=True)
class _Breaks:
    """The line breaks that were taken out: how long each line was, and would have become."""

    lengths: list[int] = field(default_factory=list)
    longer: list[int] = field(default_factory=list)

    def add(self, line: str, rest: str) -> None:
        """Note a break between a line as it stood and its rest."""
        self.lengths.append(len(line.rstrip()))
        self.longer.append(len(line.rstrip()) + 1 + len(rest.split(" ", 1)[0]))

    def check(self) -> None:
        """Check that each line was broken because its next word had no room."""
        width = max(self.lengths, default=_NARROWEST)
        if not _NARROWEST <= width <= _WIDEST or min(self.longer, default=width) < width:
            raise _UncertainError


def repair_pasted(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Repair a catalogue pasted into a mail; give what was done, in words; None if uncertain.

    A run of blanks at which a line was broken becomes one blank.
    """
    told: list[str] = []
    try:
        lines = _strip_marks(_decode_signs(text.replace("\r\n", "\n"), told).split("\n"), told)
        lines = _straighten_quotes(_replace_blanks(lines, told), told)
        lines = _leave_out_greeting(lines, told)
        lines = _join_lines(lines, told)
        lines = _leave_out_signature(lines, told)
    except _UncertainError:
        return None
    return ("\n".join(lines) + "\n", tuple(told)) if told else None


def _decode_signs(text: str, told: list[str]) -> str:
    """Decode quoted-printable (RFC 2045) and the entities of HTML, if all of the text is so."""
    signs = text.count("=")
    if signs and len(_QUOTED_PRINTABLE.findall(text)) == signs:
        try:
            text = quopri.decodestring(text.encode("ascii")).decode()
        except UnicodeError:
            raise _UncertainError from None
        told.append("signs such as =3D were read as what they stand for")
    if _MESSAGE.search(text) is None:
        raise _UncertainError
    if re.search(rf"msgid{_B}&quot;", text):
        if '"' in text:
            raise _UncertainError
        text = html.unescape(text)
        told.append("signs such as &quot; were read as what they stand for")
    return text


def _strip_marks(lines: Sequence[str], told: list[str]) -> list[str]:
    """Strip as many marks of a reply, ">", as stand before the first msgid."""
    first = next((line for line in lines if _MESSAGE.match(line)), None)
    if first is None:
        raise _UncertainError
    depth = first[: first.index("m")].count(">")
    if not depth:
        return list(lines)
    marks = re.compile(rf"(?:[ \t]*>){{{depth}}}[ ]?")
    stripped = [marks.sub("", line, count=1) if marks.match(line) else line for line in lines]
    inside = [n for n, line in enumerate(lines) if marks.match(line)]
    bare = any(lines[n].strip() and not marks.match(lines[n]) for n in range(*_span(inside)))
    if bare and any(">" in line for line in stripped):
        raise _UncertainError  # a “>” at the start of a line may be of the text
    told.append("the > before each line was taken away")
    return stripped


def _span(places: Sequence[int]) -> tuple[int, int]:
    return places[0], places[-1] + 1


def _replace_blanks(lines: Sequence[str], told: list[str]) -> list[str]:
    """Make blanks that don't break plain ones where they stand outside of texts."""
    plain = []
    for line in lines:
        found = re.match(rf"{_HEAD}(?=[\"{_CURLY}])", line)
        end = found.end() if found else 0
        line = line[:end].replace("\xa0", " ") + line[end:]
        plain.append(re.sub(r'(?<!\\)"[ \t\xa0]+$', '"', line) if _WHOLE.match(line) else line)
    if plain != list(lines):
        told.append("blanks that don’t break were made plain ones outside of the texts")
    return plain


def _straighten_quotes(lines: Sequence[str], told: list[str]) -> list[str]:
    """Make the quotation marks around texts straight, if the mail program left no straight one.

    Curly marks inside a text stay: they belong to the text, if they come in twos on their line.
    """
    if any('"' in line for line in lines):
        return list(lines)
    straight: list[str] = []
    is_open = is_comment = False
    for line in lines:
        found = _CURLY_STRING.fullmatch(line.rstrip(" \t\xa0"))
        is_rest = not _STARTS.match(line) and not (found and found[1].strip())
        is_comment = _is_comment(line) or (is_comment and is_rest and bool(line.strip()))
        found = None if is_comment else found
        if is_open and line.strip() in (*_CURLY,):  # a closing mark that had no room
            straight.append('"')
            is_open = False
            continue
        if is_open and (found or _STARTS.match(line) or not line.strip()):
            raise _UncertainError
        if found is None and not is_open:
            straight.append(line)
            continue
        head, said = (found[1] + '"', found[2]) if found else ("", line.rstrip(" \t\xa0"))
        marks = sum(char in _CURLY for char in said.replace('\\"', ""))
        closes = said.endswith(tuple(_CURLY)) and bool(marks % 2)
        if marks % 2 and not closes:
            raise _UncertainError
        is_open = not closes
        kept = said[:-1] + '"' if closes else line[len(line) - len(said) :] if found else line
        straight.append(head + re.sub(rf"\\[{_CURLY}]", r'\\"', kept))
    told.append("curly quotation marks around the texts were made straight")
    return straight


def _leave_out_greeting(lines: Sequence[str], told: list[str]) -> list[str]:
    """Leave out what stands above the first comment or message."""
    first = next((n for n, line in enumerate(lines) if _STARTS.match(line)), None)
    if first is None or lines[first].lstrip().startswith('"'):
        raise _UncertainError
    if any(_KEYWORD.match(line) for line in lines[:first]):
        raise _UncertainError
    if any(line.strip() for line in lines[:first]):
        told.append("what was written above the messages was left out")
    return list(lines[first:])


def _join_lines(lines: Sequence[str], told: list[str]) -> list[str]:
    """Join a string or a comment that was broken with its rest on the next lines."""
    joined: list[str] = []
    breaks = _Breaks()
    for n, line in enumerate(lines):
        last = joined[-1] if joined else ""
        is_open = bool(_OPEN.fullmatch(last)) and not _WHOLE.fullmatch(last)
        is_comment = _is_comment(last)
        # No string stands right below a comment: there the mark belongs to the comment.
        starts = _STARTS.match(line) and not (is_comment and line.lstrip().startswith('"'))
        starts = starts and line.rstrip() != '"'
        if is_open and not is_comment:
            if starts or not line.strip():
                raise _UncertainError
        elif starts or not is_comment or not line.strip():
            joined.append(line)
            continue
        breaks.add(lines[n - 1], line)
        joined[-1] += (" " if is_comment else _find_gap(lines[n - 1], line)) + line
    breaks.check()
    if count := len(breaks.lengths):
        places = "1 place" if count == 1 else f"{count} places"
        told.append(f"line breaks that a mail program put in were taken out in {places}")
    return joined


def _is_comment(line: str) -> bool:
    return line.startswith("#") and not line.startswith(("#~", "#|"))


def _find_gap(line: str, rest: str) -> str:
    """Find what stood between two parts of a line: a blank, or nothing if the line still has it."""
    before, after = line.rstrip(" \t"), rest[0]
    words = before.rsplit(" ", 1)[-1] + rest.split(" ", 1)[0]
    is_wide = any(unicodedata.east_asian_width(char) in "WF" for char in (before[-1], after))
    if after in " \t" or is_wide or _NO_BLANKS.search(before[-1] + after) or "://" in words:
        raise _UncertainError
    if line != before:
        return ""
    dashed = before[-2:] in (" –", " —") or rest[:2] in ("– ", "— ")
    if not dashed and (before[-1] in _BREAKABLE or after in _BREAKABLE):
        raise _UncertainError
    if len(words) > _LONG_WORD:
        raise _UncertainError
    return " "


def _leave_out_signature(lines: Sequence[str], told: list[str]) -> list[str]:
    """Leave out what stands below the last message, with a blank line between."""
    last = max((n for n, line in enumerate(lines) if _STARTS.match(line)), default=-1)
    below = lines[last + 1 :]
    if any(line.strip() for line in below):
        if below[0].strip() or any('"' in line or _KEYWORD.match(line) for line in below):
            raise _UncertainError
        told.append("what was written below the messages was left out")
    return list(lines[: last + 1])
