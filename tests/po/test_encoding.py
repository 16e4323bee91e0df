"""PO files are read in their charset and written back in it, and recognised if they lie."""

from dataclasses import replace

import pytest

from letter.po.encoding import guess_encoding
from letter.po.faults import PoError
from letter.po.header import set_header_fields
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.po.samples import GOOD, HEADER, change_entry


@pytest.mark.parametrize("charset", ["ISO-8859-9", "CP1256", "EUC-JP", "SHIFT_JIS", "GB18030"])
def test_a_declared_charset_is_read_and_written_back(charset: str) -> None:
    word = {"ISO-8859-9": "çîşû", "CP1256": "سلام"}.get(charset, "日本語表")
    text = (
        f'{HEADER.replace("UTF-8", charset)}\nmsgid "a"\nmsgstr "{word}"\n{GOOD.replace("ş", "s")}'
    )
    data = text.encode(charset)
    po = parse_po(data, "x.po")
    assert po.entries[0].msgstr == (word,)
    assert format_po(po) == data
    changed = replace(po, entries=(po.entries[0], replace(po.entries[1], msgstr=("b",))))
    assert format_po(changed) == text.replace('"bas"', '"b"').encode(charset)
    alien = replace(po, entries=(replace(po.entries[0], msgstr=("\u1234\U0001f54a" * 2,)),))
    if charset != "GB18030":
        with pytest.raises(PoError, match="convert the file to UTF-8"):
            format_po(alien)
    fields = {"Content-Type": "text/plain; charset=UTF-8"}
    converted = format_po(set_header_fields(po, fields))
    assert converted.decode() == text.replace(charset, "UTF-8")


def test_bytes_that_their_charset_has_twice_come_back() -> None:
    data = HEADER.replace("UTF-8", "CP932").encode() + b'msgid "a"\nmsgstr "\x87\x90"\n'
    data += b'msgid "b"\nmsgstr ""\n'
    po = parse_po(data, "x")
    assert format_po(po) == data
    assert format_po(change_entry(po, 1, msgstr=("c",))) == data[:-3] + b'"c"\n'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "1: This file is empty"),
        (b" \n\n", "1: This file is empty"),
        ((HEADER + GOOD).encode("utf-16"), "1: This line cannot be read: .* UTF-16"),
        ((HEADER + GOOD).encode("utf-16-be"), "1: This line cannot be read: .* UTF-16"),
        ((HEADER + GOOD).encode("utf-16-le"), "1: This line cannot be read: .* UTF-16"),
        (HEADER.encode() + 'msgid "a"\nmsgstr "السلام عليكم"'.encode("cp1256"), "6: .*cp1256"),
        (HEADER.encode() + 'msgid "a"\nmsgstr "Gelê çêîşû"'.encode("cp1254"), "6: .*cp1254"),
        (
            HEADER.encode() + b'msgid "a"\nmsgstr "\xff\xfe\x80"',
            "6: This line cannot .* Please",
        ),
        (HEADER.replace("UTF-8", "MARTIAN").encode(), "4: The header names a charset .*martian"),
    ],
)
def test_a_file_that_is_not_in_its_charset_is_recognised(data: bytes, told: str) -> None:
    with pytest.raises(PoError, match=f"^x.po:{told}"):
        parse_po(data, "x.po")


ARABIC = 'msgstr "السلام،\\nوكالة (UN) والـWHO في حلب"'
KURDISH = 'msgid "We “are”"\nmsgstr "Gelê me ji şer û çekan xilas bikin"'
FRENCH = 'msgstr "Les « élèves » où, déjà très loin, çà et là…"'


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        (ARABIC, "cp1256", "cp1256"),
        (ARABIC, "iso8859-6", "iso8859-6"),  # whose و is the è of cp1256
        (KURDISH, "cp1254", "cp1254"),
        (FRENCH, "cp1252", "cp1252"),
        *((KURDISH, wide, wide) for wide in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")),
        *((ARABIC, wide, wide) for wide in ("utf-16-le", "utf-32-le", "utf-32-be")),
    ],
)
def test_an_encoding_is_guessed_where_the_letters_are_clear(
    text: str, encoding: str, guess: str
) -> None:
    assert guess_encoding(text.encode(encoding)) == guess


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет, народ Сирии", "cp1251"),
        ("Привет, народ Сирии", "koi8-r"),
        ("Καλημέρα σας κύριε", "cp1253"),
        ("שלום לכולם", "cp1255"),
        ("árvíztűrő tükörfúrógép", "cp1250"),
        ("zażółć gęślą jaźń", "cp1250"),
        ("příliš žluťoučký kůň úpěl", "cp1250"),
        ("fără ţară şi în câmp, însă", "cp1250"),
        ("élève à été", "mac_roman"),
        ("السلام في حلب", "mac_arabic"),  # with signs of its own for the blanks
        ("élève à été", "cp850"),
        ("çocuklar için şöyle", "cp857"),
    ],
)
def test_an_encoding_that_is_not_clear_is_not_guessed(text: str, encoding: str) -> None:
    assert guess_encoding(f'msgid "a"\nmsgstr "{text}"'.encode(encoding)) is None
