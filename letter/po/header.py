"""The fields of a PO file's header: read, set, and those of a new file."""

import re
from collections.abc import Mapping
from dataclasses import replace

from letter.po.encoding import find_charset, find_codec
from letter.po.model import Entry, PoFile, is_blank

UTF8 = {"Content-Type": "text/plain; charset=UTF-8"}
NO_DATE = "YEAR-MO-DA HO:MI+ZONE"  # as xgettext has it: Babel 2.18 can't read an empty date
STATUS, FALLBACK = "X-Letter-Status", "X-Letter-Fallback"  # fields of our own
DRAFT = {STATUS: "draft"}
OF_LETTER, OF_PAGE = "letter", "page around the letter"  # what titles call a catalogue
# What a new file says of itself where nothing else is known. gettext writes every field.
_NEW = {
    "Project-Id-Version": "one-letter",
    "Report-Msgid-Bugs-To": "",
    "POT-Creation-Date": NO_DATE,
    "PO-Revision-Date": NO_DATE,
    "Last-Translator": "",
    "Language-Team": "",
    "Language": "",
    "MIME-Version": "1.0",
    **UTF8,
    "Content-Transfer-Encoding": "8bit",
}
_FIELDS = (*_NEW, "Plural-Forms")  # in gettext's order

# What xgettext, msginit and `pybabel init` write where a person has said nothing yet: values of
# fields, and lines above the header.
_PLACEHOLDERS = re.compile(
    r"(FULL NAME|FIRST AUTHOR|(?i:your name)) ?<[^<>]*>.*|<?(EMAIL@ADDRESS|you@example\.com)?>?"
    r"|[\w@-]+ <LL@li\.org>|YEAR-MO-DA.*|none|Automatically generated.*"
    r"|(PACKAGE|PROJECT) VERSION|.*charset=CHARSET|nplurals=INTEGER.*"
    r"|Template of the (?:letter|page).*"
    r"|SOME DESCRIPTIVE TITLE\.?|[^<>@]+ translations for (.+ package|PROJECT)\.?"
    r"|Copyright \(C\) (YEAR .*|\d+ (THE .*'S COPYRIGHT HOLDER|ORGANIZATION)\.?)"
    r"|This file is (put in the public domain|distributed under the same license as the .*)\.?"
)
_TITLE = re.compile(r".* translation of the (letter|page around (the letter|it))\.")


def make_header(comment: str, fields: Mapping[str, str], flags: tuple[str, ...] = ()) -> Entry:
    """Make the header of a new file; fields that gettext does not know go to the end.

    >>> make_header("Kurdish.", {"Language": "ku"}).msgstr[0].splitlines()[5:7]
    ['Language-Team: ', 'Language: ku']
    """
    text = "".join(f"{name}: {value}\n" for name, value in (_NEW | dict(fields)).items())
    return Entry("", (text,), comments=(comment,), flags=flags)


def write_title(language: str, what: str) -> str:
    """Write the line above a header that says which of a language's catalogues the file is."""
    return f"{language} translation of the {what}."


def is_title_line(line: str) -> bool:
    """Say whether a line above a header is a title of ours, also as earlier versions wrote it."""
    return _TITLE.fullmatch(line) is not None


def write_template_title(what: str) -> str:
    """Write the line above a template's header, which is a placeholder in a catalogue."""
    return f"Template of the {what}."


def is_placeholder(value: str) -> bool:
    """Say whether a field's value, or a line above the header, names no person, date or team.

    >>> is_placeholder("FULL NAME <EMAIL@ADDRESS>"), is_placeholder("Zîn <zin@example.org>")
    (True, False)
    """
    return is_blank(value) or _PLACEHOLDERS.fullmatch(value.strip()) is not None


def header_fields(source: PoFile | Entry | None) -> dict[str, str]:
    """Read the fields of a header, the first of each name; a line without a colon is no field."""
    header = source.header if isinstance(source, PoFile) else source
    fields: dict[str, str] = {}
    for line in header.msgstr[0].split("\n") if header else ():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), value.strip())
    return fields


def set_header_fields(po: PoFile, fields: Mapping[str, str | None]) -> PoFile:
    """Set fields of the header, or remove a field given as None; all other lines stay.

    A new field goes where msgmerge has it, and to the end if gettext does not know the field. A new
    charset in Content-Type becomes the file's encoding.
    """
    header = po.header or Entry("")
    lines = header.msgstr[0].split("\n")
    for name, value in fields.items():
        places = [n for n, line in enumerate(lines) if line.partition(":")[0].strip() == name]
        if value is None:
            lines = [line for n, line in enumerate(lines) if n not in places]
        elif not places:
            lines.insert(_find_field_place(lines, name), f"{name}: {value}")
        elif lines[places[0]].partition(":")[2].strip() != value:
            lines[places[0]] = f"{name}: {value}"
    header = replace(header, msgstr=("\n".join(lines),))
    encoding = find_codec(find_charset(header.msgstr[0])) or po.encoding
    raw_lines = po.raw_lines if encoding == po.encoding else {}
    return replace(po, header=header, encoding=encoding, raw_lines=raw_lines)


def _find_field_place(lines: list[str], name: str) -> int:
    """Find where a new field goes: behind all fields that stand before it in gettext's order."""
    end = len(lines) - 1 if lines[-1] == "" else len(lines)
    if name not in _FIELDS:
        return end
    before = _FIELDS[: _FIELDS.index(name)]
    found = [n + 1 for n, line in enumerate(lines) if line.partition(":")[0].strip() in before]
    return max(found, default=0)
