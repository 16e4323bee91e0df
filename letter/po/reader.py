"""Reading PO files: tolerantly, as GNU msgfmt 0.21 does, with every part where it came from."""

import codecs
import re
from pathlib import Path

from letter.files import explain_refusal
from letter.po import grammar
from letter.po.encoding import choose_codec, decode_body, find_charset
from letter.po.faults import MAX_FAULTS, Fault, PoError, explain_fault, find_faults
from letter.po.hidden_messages import find_hidden_messages
from letter.po.model import Entry, PoFile, Source, is_header

_DOMAIN = '"messages"'  # of what no "domain" line stands above (gettext manual, "PO Files")


def read_po(path: Path) -> PoFile:
    """Read a PO file from disk; PoError for a file with faults or that cannot be opened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        told = explain_fault("closed file", reason=explain_refusal(error))
        raise PoError(str(path), (Fault(1, told),)) from error
    return parse_po(data, str(path))


def parse_po(data: bytes, path: str) -> PoFile:
    """Read the bytes of a PO file; PoError names all faults that were found, up to MAX_FAULTS.

    The path is for what an error says. A file whose header names no charset is taken as UTF-8.
    """
    bom = data.startswith(codecs.BOM_UTF8)
    body = data[3:] if bom else data
    if not body.strip():
        raise PoError(path, (Fault(1, explain_fault("empty")),))
    declared = None if bom else find_charset(body.decode("latin-1"))
    po = _parse_body(body, path, declared, bom=bom)
    if declared is None:
        return po
    # Only an entry tells for sure what is the header: the words may stand in another text as well.
    said = find_charset(po.header.msgstr[0]) if po.header else None
    return po if said == declared else _parse_body(body, path, said, bom=bom)


def _parse_body(body: bytes, path: str, charset: str | None, *, bom: bool) -> PoFile:
    codec = choose_codec(body, path, charset)
    text = decode_body(body, path, codec)
    reader = _Reader(text)
    read, tail = reader.read_messages()
    if faults := reader.faults or list(find_hidden_messages(text, read, tail)):
        raise PoError(path, sorted(faults, key=lambda fault: fault.line))
    header = next((entry for entry in read if is_header(entry)), None)
    # A charset such as CP932 has several codes for one character. Lines are then kept as bytes.
    exact = codec == "utf-8" or text.encode(codec, "replace") == body
    return PoFile(
        path,
        header,
        tuple([entry for entry in read if entry is not header]),
        codec,
        bom,
        "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n",
        tuple(read),
        tail,
        {} if exact else dict(zip(text.split("\n"), body.split(b"\n"), strict=False)),
    )


class _Reader:
    """The reading of one text from top to bottom, with the faults found so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.line = 1  # the number of the line that holds the position `counted`
        self.counted = 0
        self.lines: dict[tuple[bool, str | None, str], int] = {}  # the first of each message

    def _find_line(self, position: int) -> int:
        """Find the number of a line; positions must rise, so that no newline is counted twice."""
        self.line += self.text.count("\n", self.counted, position)
        self.counted = position
        return self.line

    def read_messages(self) -> tuple[list[Entry], str]:
        """Read all messages; give them with the loose text behind the last message."""
        text, entries, domain = self.text, list[Entry](), _DOMAIN
        loose = position = 0  # where the loose text, and where the unread text starts
        while position < len(text):
            match = grammar.ACTIVE.match(text, position)
            obsolete = match is None
            if match := match or grammar.build_obsolete().match(text, position):
                entry = self._read_entry(match, loose, obsolete=obsolete)
                if entry is not None:
                    entries.append(entry)
                loose = position = match.end()
            elif found := grammar.DOMAIN.match(text, position):
                if entries and found[3] != domain:
                    line = self._find_line(found.start(3))
                    self.faults.append(Fault(line, explain_fault("domain", domain=found[3])))
                    break  # the same messages may stand below, and are no fault
                domain, position = found[3], found.end()
            else:
                position = self._skip_fault(position)
                if len(self.faults) >= MAX_FAULTS:
                    break
        return entries, text[loose:]

    def _read_entry(self, match: re.Match[str], loose: int, *, obsolete: bool) -> Entry | None:
        _, head, context, msgid, msgstr, plural, forms = match.groups()
        start = match.start(2)
        if head and (loose_comments := grammar.find_first_comment(head)):
            start += loose_comments
            head = head[loose_comments:]
        line = self._find_line(start)
        if forms:
            found = grammar.FORM.findall(forms)
            if [int(number) for number, _ in found] != list(range(len(found))):
                self.faults += find_faults(self.text[start : match.end()], line)
                return None
            strings = tuple([grammar.read_string(string) for _, string in found])
        else:
            strings = (grammar.read_string(msgstr),)
        entry = Entry(
            grammar.read_string(msgid),
            strings,
            None if context is None else grammar.read_string(context),
            None if plural is None else grammar.read_string(plural),
            *grammar.read_comments(head),
            obsolete,
            line,
            Source(self.text[loose:start], self.text[start : match.end()]),
        )
        # `pybabel update` leaves an obsolete entry beside an active one of the same message. msgfmt
        # refuses the pair; nothing is unclear about which of the two holds.
        key = obsolete, entry.msgctxt, entry.msgid
        if key in self.lines:
            self.faults.append(Fault(line, explain_fault("twice", line=self.lines[key])))
        self.lines.setdefault(key, line)
        return entry

    def _skip_fault(self, position: int) -> int:
        """Explain what stands at a position that cannot be read; return where to read on."""
        head = grammar.LOOSE.match(self.text, position)
        begin = head.end() if head else position
        if begin >= len(self.text):
            return begin
        after = grammar.NEXT_ENTRY.search(self.text, begin)
        end = after.end() if after else len(self.text)
        begin = max(self.text.rfind("\n", 0, begin) + 1, self.counted)
        self.faults += find_faults(self.text[begin:end], self._find_line(begin))
        return end
