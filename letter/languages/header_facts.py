"""What a catalogue's header says of its language: all that is known where CLDR lacks the language.

The header comes from anybody, and a page shows its values, so the values are cleaned and bounded.
A catalogue whose texts can't be read has these facts all the same: its language stays.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MOST_BYTES = 16_384  # that are looked at; the header is a file's first entry
_LONGEST_NAME = 60  # characters; CLDR's longest name of a language has 41
_NAME, _ENGLISH_NAME = "X-Letter-Name", "X-Letter-English-Name"
_DIRECTION = "X-Letter-Direction"
JOINERS = "\u200c\u200d"  # ZWNJ and ZWJ belong to the spelling of many names


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What a header says; "" where the header doesn't say, or says what can't be used.

    `tag` is the field Language, `name` the language's name in itself, `direction` "ltr" or "rtl".
    """

    tag: str = ""
    name: str = ""
    english_name: str = ""
    direction: str = ""

    def write_fields(self) -> dict[str, str]:
        """Write the facts as fields of a new header; for the tag, gettext has a field."""
        fields = {_NAME: self.name, _ENGLISH_NAME: self.english_name, _DIRECTION: self.direction}
        return {field: value for field, value in fields.items() if value}


NO_FACTS = HeaderFacts()


def make_header_facts(fields: Mapping[str, str]) -> HeaderFacts:
    """Take the facts from the fields of a header, cleaned and bounded."""
    direction = fields.get(_DIRECTION, "").strip().lower()
    return HeaderFacts(
        fields.get("Language", "").strip()[:_LONGEST_NAME],
        clean_name(fields.get(_NAME, "")),
        clean_name(fields.get(_ENGLISH_NAME, "")),
        direction if direction in ("ltr", "rtl") else "",
    )


def read_header_facts(path: Path) -> HeaderFacts:
    """Read the facts from the beginning of a catalogue; none where the file can't be read.

    Nothing is raised, and no more than the header's fields is understood: rooms that read whole
    catalogues stand above this one.
    """
    try:
        if not path.is_file():  # opening a pipe would never end
            return NO_FACTS
        with path.open("rb") as file:
            text = _decode_start(file.read(_MOST_BYTES))
    except OSError:
        return NO_FACTS
    return make_header_facts(_read_fields(text.replace("\r\n", "\n")))


def _read_fields(text: str) -> dict[str, str]:
    """Read the fields of a file's first entry, whichever way the entry is quoted and wrapped."""
    text = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    start = text.find("\nmsgid", text.find("msgid") + 1)
    header = text[: start if start >= 0 else None].replace('"\n"', "").replace("\\n", "\n")
    fields: dict[str, str] = {}
    for line in header.split("\n"):
        name, _, value = line.replace("“", '"').replace("”", '"').partition(":")
        fields.setdefault(name.rpartition('"')[2], value.strip('" \t').replace("\\", ""))
    return fields


def clean_name(text: str) -> str:
    """Clean the name of a language: one line, no markup, no control of direction, 60 characters.

    >>> clean_name("\\u202eZazakî\\t <b>")
    'Zazakî b'
    """
    plain = drop_controls(text[:1_000].replace("<", "").replace(">", ""))
    name = plain[:_LONGEST_NAME].strip()
    return name if any(char.isalpha() for char in name) else ""


def drop_controls(text: str) -> str:
    """Put a value on one line, without what is unseen and shows other words in another order.

    >>> drop_controls("Mallory \\u202egnp.exe <mallory@example.org>")
    'Mallory gnp.exe <mallory@example.org>'
    """
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = [char for char in spaced if char in JOINERS or not _is_control(char)]
    return " ".join("".join(kept).split())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs")


def _decode_start(data: bytes) -> str:
    """Decode the beginning of a file, by its byte order mark or its charset, else as UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    charset = data.partition(b"charset=")[2][:40].partition(b"\\n")[0].decode("ascii", "replace")
    try:
        text = data.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):  # a charset that Python doesn't know
        text = data.decode("utf-8", "replace")
    return text.removeprefix("\ufeff")
