"""A catalogue pasted into a mail comes back as it was, or is refused: no text is guessed."""

import re
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letter.errors import OneLetterError
from letter.merging.sent_catalogue import read_sent
from letter.po.faults import PoError
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po, read_po
from letter.po.writer import format_po
from tests.merging.examples import HEADER, LONG
from tests.po.samples import TEXTS
from tests.tools import ROOT

KU = ROOT / "locales" / "ku" / "LC_MESSAGES" / "letter.po"
ENTRY = f'\nmsgid "{LONG}"\nmsgstr "Em dibêjin: “bes e”."\n'


def list_texts(po: PoFile) -> list[tuple[object, ...]]:
    """What a file says; a run of blanks counts as one, since a line may break there."""
    return [
        (
            e.msgctxt,
            e.fuzzy,
            e.obsolete,
            *(re.sub(" +", " ", text) for text in (e.msgid, *e.msgstr)),
        )
        for e in po.entries
    ]


def break_lines(text: str, width: int, end: str = "") -> str:
    """Break lines at blanks as mail programs do; `end` is what stays of the blank."""
    lines = []
    for line in text.split("\n"):
        broken = textwrap.wrap(
            line,
            width,
            break_long_words=False,
            break_on_hyphens=False,
            expand_tabs=False,
            replace_whitespace=False,
        )
        lines.append(f"{end}\n".join(broken))
    return "\n".join(lines)


def quote_lines(text: str, mark: str) -> str:
    return "".join(f"{mark}{line}\n" for line in text.split("\n"))


def make_curly(text: str) -> str:
    """Make every straight quotation mark curly, as programs do that correct what one types."""
    opened = re.sub(r'(^|[\s(])"', r"\1“", text, flags=re.MULTILINE)
    return opened.replace('"', "”")


DAMAGES: dict[str, Callable[[str], str]] = {
    "broken": lambda text: break_lines(text, 72),
    "flowed": lambda text: break_lines(text, 76, " "),
    "quoted": lambda text: quote_lines(text, "> "),
    "quoted twice": lambda text: quote_lines(text, "> > "),
    "quoted closely": lambda text: quote_lines(text, ">>"),
    "broken and quoted": lambda text: quote_lines(break_lines(text, 74), "> "),
    "quoted and broken": lambda text: break_lines(quote_lines(text, "> "), 76),
    "greeted": lambda text: f"Dear all,\n\nhere it is!\n\n{text}\n\n-- \nZîn\nKurds House\n",
    "hard blanks": lambda text: re.sub(r"^(msg\w+) ", "\\1\xa0", text, flags=re.MULTILINE),
    "entities": lambda text: text.replace("&", "&amp;").replace('"', "&quot;"),
    "curly": make_curly,
    "curly and broken": lambda text: break_lines(make_curly(text), 72),
    "windows": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_real_catalogue_survives_a_mail(damage: str) -> None:
    text = KU.read_text(encoding="utf-8")
    po, notes = read_sent(DAMAGES[damage](text).encode(), "mail.txt")
    assert list_texts(po) == list_texts(read_po(KU))
    assert notes or damage == "windows"


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.sampled_from([*DAMAGES]))
def test_what_a_mail_did_is_undone_or_refused_and_no_text_is_another(
    texts: list[tuple[str, str]], damage: str
) -> None:
    header = parse_po(HEADER.encode(), "x").header
    entries = tuple({msgid: Entry(msgid, (msgstr,)) for msgid, msgstr in texts}.values())
    sent = format_po(PoFile("x", header, entries)).decode()
    try:
        po, _ = read_sent(DAMAGES[damage](sent).encode(), "x")
    except OneLetterError:
        return
    assert list_texts(po) == list_texts(parse_po(sent.encode(), "x"))


def test_a_note_counts_the_line_breaks_and_says_what_else_was_done() -> None:
    text = quote_lines(break_lines(HEADER + ENTRY, 72), "> ")
    told = read_sent(text.encode(), "mail.txt")[1]
    assert told == (
        "mail.txt: the > before each line was taken away",
        "mail.txt: line breaks that a mail program put in were taken out in 1 place",
    )


@pytest.mark.parametrize(
    "damaged",
    [
        'msgid "a"\nmsgstr "short\nline"\n',  # nobody breaks a line there
        'msgid "a"\nmsgstr "one"\nmsgid "b"\nmsgstr “two”\n',  # the marks may be the text's
        f'msgid "{LONG}"\nmsgstr "{"x" * 60} long-\nterm"\n',  # a hyphen, or a hyphen and a blank
        f'msgid "a"\nmsgstr "{"x" * 40} https://example.org/a/b/c\nd"\n',
        f'msgid "a"\nmsgstr "{"x " * 35}\nmsgid "b"\nmsgstr "c"\n',  # a mark is missing
        f'msgid "a"\nmsgstr "{"ab " * 22}字\n字字"\n',  # which have no blanks
        f'msgid "a"\nmsgstr "{"ab " * 10}{"x" * 40}\n{"y" * 20}"\n',  # a word may be broken
        f'msgid "a"\nmsgstr ""\n"{"x " * 30}"\nand more"\n\n-- \nZîn\n',
        "msgid “a”\nmsgstr “he said “hi”\n“there” you”\n",
    ],
)
def test_what_is_not_certain_is_refused_with_the_fault_of_the_file_as_it_is(damaged: str) -> None:
    with pytest.raises(PoError) as caught:
        read_sent((HEADER + "\n" + damaged).encode(), "x.po")
    with pytest.raises(PoError) as plain:
        parse_po((HEADER + "\n" + damaged).encode(), "x.po")
    assert str(caught.value) == str(plain.value)


def test_marks_are_taken_away_where_none_can_be_of_the_text() -> None:
    text = f'> msgid "a"\n> msgstr "{"xy " * 24}z\n> b > c"\n> msgid "d"\n> msgstr "e"\n'
    assert read_sent(text.encode(), "x")[0].entries[0].msgstr[0].endswith("xy z b > c")
    unmarked = text.replace("\n> b > c", "\nb c")
    assert read_sent(unmarked.encode(), "x")[0].entries[0].msgstr[0].endswith("xy z b c")
    with pytest.raises(PoError):
        read_sent(unmarked.replace("e", "> e").encode(), "x")


def test_a_message_with_curly_marks_is_never_taken_for_a_greeting() -> None:
    with pytest.raises(PoError, match="x:1: The quotation marks"):
        read_sent('msgid “a”\nmsgstr “b”\n\nmsgid "c"\nmsgstr "d"\n'.encode(), "x")


def test_a_comment_that_a_mail_program_broke_is_whole_again() -> None:
    comment = "#. " + LONG * 2
    text = break_lines(f"{HEADER}\n{comment}{ENTRY}", 72)
    assert read_sent(text.encode(), "x")[0].entries[0].extracted == (comment[3:],)


def test_quoted_printable_is_read_as_what_it_stands_for() -> None:
    text = (HEADER + ENTRY).replace("=", "=3D").replace("ê", "=C3=AA").replace("“", "=E2=80=9C")
    text = text.replace("”", "=E2=80=9D").replace("bombs", "bom=\nbs")
    po, notes = read_sent(text.encode(), "x")
    assert po.entries[0].msgstr == ("Em dibêjin: “bes e”.",)
    assert "=3D" in notes[0]
