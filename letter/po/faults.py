"""What is wrong in a PO file, in words that a volunteer understands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from letter.errors import OneLetterError
from letter.files import read_table
from letter.po.grammar import CONTROL, QUOTED

MAX_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """A thing that is wrong in a file."""

    line: int  # counted from 1
    text: str  # what is wrong, and what to do


class PoError(OneLetterError):
    """A file cannot be read or written; the text has a line ``path:line: …`` for each fault."""

    def __init__(self, path: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(islice(faults, MAX_FAULTS))
        super().__init__("\n".join(f"{path}:{fault.line}: {fault.text}" for fault in self.faults))


def explain_fault(fault: str, **words: object) -> str:
    """Say what is wrong and what to do, with the words of the file in their places.

    >>> explain_fault("no msgstr", last="msgid")
    'A message lacks its translation: add a line msgstr "" behind its msgid.'
    """
    text = next(text for name, text in read_table("po/faults.csv") if name == fault)
    return text.format(**words)


def explain_controls(text: str) -> Iterator[Fault]:
    """Find the control characters of a text, a fault for each line that has one."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := CONTROL.search(line):
            yield Fault(number, explain_fault("control", number=ord(found[0])))


_TOKEN = re.compile(
    rf"[ \t\r\f\v]+|(?P<string>{QUOTED})|(?P<word>msgctxt|msgid_plural|msgid|msgstr|domain)(?!\w)"
    r"(?P<form>[ \t]*\[[ \t]*[0-9]+[ \t]*\])?"
)
_SHAPE = re.compile(r"([A-Za-z_$][\w$]*)?[ \t]*(\[[^\]]*\])?[ \t]*(.*)")
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")
_WORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr", "domain")
_CURLY = "“”„‟«»‘’‹›＂'´`"


def find_faults(text: str, first_line: int) -> list[Fault]:
    """Find what is wrong in a text that is not a row of whole messages; at least one fault."""
    faults: list[Fault] = []
    tokens: list[tuple[str, int, bool]] = []
    for number, line in enumerate(text.split("\n"), first_line):
        stripped = line.strip(" \t\r\f\v")
        obsolete = stripped.startswith("#~")
        body = stripped.removeprefix("#~").lstrip(" \t")
        if body.startswith(("#", "|")):
            tokens += [] if body.startswith("#~") else [("#", number, obsolete)]
            continue
        words = _read_tokens(body)
        if words is not None:
            tokens += [(word, number, obsolete) for word in words]
        elif (told := _explain_line(body)) is not None:
            faults.append(Fault(number, told))
            if len(faults) == MAX_FAULTS:
                return faults
    faults = faults or list(islice(_check_order(tokens), MAX_FAULTS))
    return faults or [Fault(first_line, explain_fault("unknown"))]


def _read_tokens(line: str) -> list[str] | None:
    """Read a line as keywords and strings ('"'); None if something else stands in it."""
    words, position = list[str](), 0
    while position < len(line):
        token = _TOKEN.match(line, position)
        if token is None:
            return words if line.startswith("#", position) and words else None
        if token["word"]:
            words.append(re.sub(r"\s", "", token[0]))
        elif token["string"]:
            words.append('"')
        position = token.end()
    return words


def _explain_line(line: str) -> str | None:
    """Say what is wrong with a line that is not made of keywords and whole strings."""
    if mark := _MARK.match(line):
        # The line that opens the conflict tells for all.
        return explain_fault("conflict") if mark[1] == "<<<<<<<" else None
    shape = _SHAPE.match(line)
    word, _, rest = shape.groups() if shape else (None, None, line)
    if _is_curly(rest):
        return explain_fault("curly")
    if word and word not in _WORDS and rest.startswith('"') and not _is_open_text(line):
        return explain_fault("other word", word=word)
    return _explain_quotes(line if word not in _WORDS else rest, word if word in _WORDS else None)


def _is_curly(text: str) -> bool:
    """Say whether a curly or foreign mark stands where a straight mark should, at either end.

    If every curly mark that opens is closed, the curly marks belong to the text: a straight mark is
    missing beside them.

    >>> _is_curly("“a”"), _is_curly('"a”'), _is_curly('"he said “a”')
    (True, True, False)
    """
    starts, ends = text.startswith(tuple(_CURLY)), text.endswith(tuple(_CURLY))
    straight = len(re.findall(r'(?<!\\)"', text))
    if starts and ends:
        return straight == 0
    if straight != 1 or not ((starts and text.endswith('"')) or (ends and text.startswith('"'))):
        return starts and straight == 0
    opened, closed = text.count("“") + text.count("„"), text.count("”")
    return opened != closed or text.count("«") != text.count("»")


def _is_open_text(line: str) -> bool:
    """Say whether a line is plain text that only ends in a quotation mark."""
    return line.endswith('"') and len(re.findall(r'(?<!\\)"', line)) == 1


def _explain_quotes(text: str, word: str | None) -> str:
    """Say what is wrong with the quotation marks or backslashes of a text behind its keyword."""
    marks = re.findall(r'\\[\s\S]|"', text).count('"')
    if not text.startswith('"'):
        if marks == 1 and text.endswith('"'):
            return explain_fault("not opened", place=f"after {word}" if word else "at its start")
        return explain_fault("outside")
    escapes = re.findall(r"\\(x[0-9A-Fa-f]|[\s\S])", text)
    if bad := next((found for found in escapes if found[0] not in 'abfnrtv\\"01234567x'), None):
        return explain_fault("escape", bad=bad)
    if marks == 1:
        is_escaped = text.endswith('"') and len(text) > 1
        return explain_fault("escaped end" if is_escaped else "not closed")
    return explain_fault("behind" if marks == 2 else "inside")


def _check_order(tokens: list[tuple[str, int, bool]]) -> Iterator[Fault]:
    """Check the order of the keywords of messages whose lines are right one by one.

    A token is a keyword, '"' for a string or "#" for a comment, with its line and whether "#~"
    starts that line.
    """
    seen: list[str] = []
    start, marked, after = 0, False, '"'
    for word, line, obsolete in [*tokens, ("end", 0, False)]:
        if word == "#":
            if seen and "msgstr" not in seen[-1]:
                yield Fault(line, explain_fault("comment"))
            continue
        if word == '"':
            if not seen:
                yield Fault(line, explain_fault("no message"))
                seen = ["msgid", "msgstr"]
            after = word
            continue
        if after != '"':
            yield Fault(start, explain_fault("no text", word=after))
        told, fresh = _check_keyword(word, seen)
        if told:
            yield Fault(start if fresh and "lacks" in told else line, told)
        if fresh:
            seen, marked = [], obsolete
        elif obsolete != marked:
            yield Fault(line, explain_fault("mixed"))
        seen.append(word)
        start, after = line, word


def _check_keyword(word: str, seen: list[str]) -> tuple[str | None, bool]:
    """Check a keyword against the keywords before it in its message.

    Gives what is wrong, or None, and whether the keyword starts a new message.
    """
    base = word.partition("[")[0]
    complete = not seen or seen[-1].startswith("msgstr") or seen[-1] == "domain"
    if base == "msgctxt" and seen[-1:] == ["msgid"]:
        return explain_fault("context below"), False
    if base in ("msgctxt", "domain", "end") or (base == "msgid" and seen[-1:] != ["msgctxt"]):
        return None if complete else explain_fault("no msgstr", last=seen[-1]), True
    if base == "msgid":
        return None, False
    if "msgid" not in seen:
        return explain_fault("no msgid", word=word), not seen
    if base == "msgid_plural":
        return (None if seen[-1] == "msgid" else explain_fault("plural place")), False
    return _check_translation(word, seen), False


def _check_translation(word: str, seen: list[str]) -> str | None:
    """Check a msgstr, or a form of a plural, against the keywords before it in its message."""
    plural = "msgid_plural" in seen
    count = sum(name.startswith("msgstr") for name in seen)
    if not plural and word != "msgstr":
        return explain_fault("no plural", word=word)
    if plural and word == "msgstr":
        return explain_fault("plural")
    if not plural and count:
        return explain_fault("second msgstr")
    if plural and int(re.sub(r"\D", "", word)) != count:
        return explain_fault("order", word=word, count=count)
    return None
