"""PO files that the tests of this room share, and what is done with them."""

import subprocess
from dataclasses import replace

from hypothesis import strategies as st

from letter.po.model import PoFile
from letter.po.reader import parse_po
from letter.po.writer import format_po

HEADER = 'msgid ""\nmsgstr ""\n"Language: ku\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
GOOD = '\nmsgid "good"\nmsgstr "baş"\n'
ODD = r"""# Translation of the letter.
#no blank after the mark
#! odd

msgid ""
msgstr ""
"X-Before: 1\n"
"Content-Type: text/plain; charset=UTF-8\n"
"PO-Revision-Date: \n"
"no colon here\n"
"Language: ku\n"
"X-Ours: draft\n"

# A loose comment.
#

# the translator's
#. for the translator
#: letter.md:3 ⁨a file⁩:4
#: app.py
#, fuzzy
#, c-format, x-unknown
#= range: 0..3
#| msgctxt "old"
#| msgid ""
#| "before"
#| msgid_plural "befores"
msgctxt "new"
  msgid"one" "two"
	"three"
msgid_plural "plural"
msgstr [ 0 ] "\x41\303\251\"\t"
msgstr[1]"b"


msgid "same line" msgstr "d" # trailing
msgid "next" msgstr ""
domain "messages"
msgid "next 2"
msgstr "again"
#~| msgid "older"
#~ msgid "gone"
#~ "by"
#~ msgstr "çû"
#~
#~ # said
#~ msgid "gone too"
#~ msgstr "x"

# the end"""
LONG = " ".join(["Em bang li rêveberiyên cîhanê dikin ku rawestandina şer biparêzin"] * 4)

_WORDS = """
a the word Syria Rojava Kurdî çêîşû ئەم نامەیە؟ حرية الشعب، حُرِّيَّة ٢٠١١ـەوە ۲۷ نیسان؛ 日本語
。 「引用」 한국어 кириллица e\u0301 — - / ' " “ ” « » ‘ ’ … . , : ; ! ? ( ) [ ] <b> </b>
%(name)s {count} 50% \\ $5 3.14 * _ | \u200b \u200f
\u2068 \u2069 https://example.org/a-very/long/path?x=1&y=2#z
www.example.org
"""
_PIECES = (*_WORDS.split(), *" " * 4, " – ", ": ", "\n", "\t", "\xa0", "a" * 90, "字" * 50)
TEXTS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=60).map("".join)


def parse_text(text: str) -> PoFile:
    return parse_po(text.encode(), "ku.po")


def format_text(po: PoFile) -> str:
    return format_po(po).decode()


def change_entry(po: PoFile, place: int, **changes: object) -> PoFile:
    entries = list(po.entries)
    entries[place] = replace(entries[place], **changes)  # type: ignore[arg-type]
    return replace(po, entries=tuple(entries))


def run_tool(data: bytes, *command: str) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def list_changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """Lines that only one of two texts has."""
    before, after = old.split("\n"), new.split("\n")
    return [x for x in before if x not in after], [x for x in after if x not in before]
