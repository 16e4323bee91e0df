"""What a PO file is: its entries, its header, and what gives its bytes back."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """The text that an entry was read from, and the loose text above that text.

    Loose text belongs to no entry: blank lines, comments that a blank line parts from the entry
    below, "domain" lines.
    """

    before: str
    text: str


NO_SOURCE = Source("", "")  # of an entry that was made, not read
Key = tuple[str | None, str]  # msgctxt and msgid, which together name a message
FullKey = tuple[Key, bool]  # what names an entry in its file: its key, and whether it is obsolete


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with its translation and everything that is said about them."""

    msgid: str
    msgstr: tuple[str, ...] = ("",)  # one string, or one for each plural form
    msgctxt: str | None = None
    msgid_plural: str | None = None
    comments: tuple[str, ...] = ()  # the translator's "# …" lines
    extracted: tuple[str, ...] = ()  # "#." lines
    references: tuple[str, ...] = ()  # items of "#:" lines, as written
    flags: tuple[str, ...] = ()  # items of "#," and "#=" lines
    previous_msgctxt: str | None = None  # "#|" lines
    previous_msgid: str | None = None
    previous_msgid_plural: str | None = None
    obsolete: bool = False
    line: int = field(default=0, compare=False)  # of the first line, comments included
    source: Source = field(default=NO_SOURCE, compare=False, repr=False)

    @property
    def key(self) -> Key:
        """The message's name in its catalogue."""
        return self.msgctxt, self.msgid

    @property
    def full_key(self) -> FullKey:
        """The entry's name in its file, which may have an obsolete entry of the message, too."""
        return self.key, self.obsolete

    @property
    def fuzzy(self) -> bool:
        """Whether the translation waits for a person to confirm it."""
        return "fuzzy" in self.flags


@dataclass(frozen=True, slots=True)
class PoFile:
    """A PO file: its header, its messages in file order, and what gives its bytes back."""

    path: str  # for what an error says
    header: Entry | None = None
    entries: tuple[Entry, ...] = ()  # all but the header, the obsolete ones included
    encoding: str = "utf-8"  # a Python codec
    bom: bool = False
    newline: str = "\n"
    as_read: tuple[Entry, ...] = field(default=(), compare=False, repr=False)  # all, as in the file
    tail: str = field(default="", compare=False, repr=False)  # loose text below the last entry
    # The bytes of each line that encoding its text would change; empty for nearly every file.
    raw_lines: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)


def is_header(entry: Entry) -> bool:
    """Say whether an entry is the header: its msgid is empty, and its msgstr holds the fields."""
    return entry.msgid == "" and entry.msgctxt is None and not entry.obsolete


def is_blank(text: str) -> bool:
    """Say whether a reader would see nothing: only spaces, controls and invisible characters.

    >>> is_blank("\\u200f \\xa0"), is_blank(".")
    (True, False)
    """
    if text[:1].isalnum():  # of nearly every text, and told fast
        return False
    return all(unicodedata.category(char)[0] in "ZC" for char in text)


def is_empty(entry: Entry) -> bool:
    """Say whether a reader would see nothing of a translation, in any of its forms."""
    return all(is_blank(form) for form in entry.msgstr)


def is_finished(entry: Entry) -> bool:
    """Say whether readers see the text of an entry."""
    return not (entry.obsolete or entry.fuzzy or is_empty(entry))


def join_forms(entry: Entry) -> str:
    """Give a translation on one line, the plural forms with a slash between them."""
    return " / ".join(entry.msgstr).replace("\n", " ")


def shorten_text(text: str, length: int = 60) -> str:
    """Cut a text to one line of at most so many characters, to name a message in a report.

    >>> shorten_text("We, the people\\nof the city, write", 20)
    'We, the people of t…'
    """
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
