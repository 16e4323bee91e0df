"""A mail as it was saved (.eml): its attachments, and its text where a catalogue is pasted in."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser

from letter.source.hidden_characters import replace_unprintable

BODY = "the text of the mail"  # the name of what is written in the mail itself
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
_FIELDS = re.compile(
    rb"^(From|To|Subject|Date|Received|MIME-Version|Message-ID|Return-Path|Content-Type):",
    re.MULTILINE | re.IGNORECASE,
)
_HEAD = 65_536  # bytes in which a mail's fields are looked for
_LARGEST_PAGE = 1 << 20  # bytes of HTML


def is_mail(data: bytes) -> bool:
    """Say whether a file is a mail: it starts with fields, two of which every mail has."""
    head = re.split(rb"\r?\n\r?\n", data[:_HEAD], maxsplit=1)[0]
    is_unix = head.startswith(b"From ")
    return bool(is_unix or _FIELD.match(head)) and len(set(_FIELDS.findall(head))) > 1


def read_mail(data: bytes) -> Iterator[tuple[str, bytes]]:
    """List what is attached to a mail and to mails inside it, by name, and then its text.

    The text is given as UTF-8 with a byte order mark, whatever a header inside of it says. A part
    that cannot be decoded is left out.
    """
    try:
        parts = [part for part in message_from_bytes(data).walk() if not part.is_multipart()]
    except RecursionError:  # parts inside of parts, a thousand deep
        return
    texts: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        payload = part.get_payload(decode=True)
        kind = part.get_content_type()
        name = _find_name(part)
        if not isinstance(payload, bytes) or (kind.startswith("image/") and part["Content-ID"]):
            continue  # a picture of the mail's own design
        if name or not kind.startswith("text/"):
            yield name or f"part {number}", payload
        elif (text := _decode_text(part, payload)) and "msgid" in text:
            texts[kind] = texts.get(kind, "") + text
    if text := texts.get("text/plain") or next(iter(texts.values()), ""):
        yield BODY, b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _find_name(part: Message) -> str:
    """Find the file name of an attachment, "" if it has none, so that the name can be printed."""
    name = part.get_filename() or ""
    with suppress(HeaderParseError, LookupError, ValueError):
        name = str(make_header(decode_header(name)))
    return replace_unprintable(name)


def _decode_text(part: Message, payload: bytes) -> str:
    """Decode what is written in a mail; "" where that fails."""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = payload.decode("utf-8" if charset == "us-ascii" else charset)
    except (LookupError, ValueError):
        return ""
    if part.get_content_type() == "text/html":
        reader = _PageReader()
        reader.feed(text[:_LARGEST_PAGE])
        reader.close()
        return "".join(reader.pieces)
    if str(part.get_param("format", "")).lower() == "flowed":
        return unflow_text(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def unflow_text(text: str, *, delete_space: bool = False) -> str:
    """Join the lines that a mail program broke and marked with a blank at their end (RFC 3676).

    >>> unflow_text("> one \\n> line\\n"), unflow_text("a\\n-- \\nZîn")
    ('> one line', 'a\\n-- \\nZîn')
    """
    lines: list[str] = []
    soft, depth = False, 0
    for line in text.splitlines():
        marks = len(line) - len(line.lstrip(">"))
        said = line[marks:].removeprefix(" ")
        if soft and marks == depth:
            lines[-1] = (lines[-1].removesuffix(" ") if delete_space else lines[-1]) + said
        else:
            lines.append((">" * marks + " " if marks else "") + said)
        soft, depth = said.endswith(" ") and said != "-- ", marks
    return "\n".join(lines)


class _PageReader(HTMLParser):
    """The text of a mail in HTML, with its line ends."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.within: list[str] = []  # elements whose text is hidden, or kept as it stands

    def handle_starttag(self, tag: str, _: object) -> None:
        """Start a line with each block."""
        if tag in ("br", "p", "div", "tr", "li", "pre", "blockquote"):
            self.pieces.append("\n")
        if tag in ("style", "script", "title", "pre"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what is hidden or kept as it stands, and the line with its block."""
        if self.within[-1:] == [tag]:
            self.within.pop()
        if tag in ("p", "div", "tr", "li", "pre", "blockquote"):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Take text; white space counts as one blank, unless the page keeps it."""
        if not self.within:
            # Editors write a second blank as one that doesn't break.
            text = re.sub(r"[ \t\r\n]+", " ", data)
            self.pieces.append(re.sub("(?<= )\xa0|\xa0(?= )", " ", text))
        elif self.within[-1] == "pre":
            self.pieces.append(data)
