"""What a merge quoted of a side that it could not read, at every later merge."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import pofile
from hypothesis import example, given
from hypothesis import strategies as st

from letter.editions.catalogue import make_catalogue
from letter.languages.language import find_language
from letter.merging.driven_files import let_one_stand, merge_files
from letter.merging.header_merge import merge_headers
from letter.merging.made_elsewhere import complete_header
from letter.merging.sent_files import receive_catalogue
from letter.po.faults import PoError
from letter.po.header import DRAFT, OF_LETTER, make_header, set_header_fields
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.unmerged import is_block, list_words, quote_unread, split_blocks, unquote_block
from letter.po.writer import format_po
from tests.merging.driven import FULL
from tests.merging.examples import HEADER

TITLE = "Kurdish translation of the letter."
BERFIN = "Berfin <berfin@example.org>"
HEAD = HEADER.replace('"Language', f'"Last-Translator: {BERFIN}\\n"\n"Language')
LONG = "Em gazî dikin ku her hikûmet niha tiştekî bike û bombeyên li ser Helebê bide rawestandin."
# Equal lines, blank lines, a title, a name, a review, a placeholder, and a line of msgcat.
QUOTED = f"""\
# {TITLE}
# {BERFIN}, 2026.
# FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.
# #-#-#-#-#  a.po  #-#-#-#-#
{HEAD}
# Reviewed by Zîn <zin@example.org> on 2026-01-01 (0123456789ab)
msgid ""
"Again. "
"Again. "
msgstr ""
"Dîsa. "
"Dîsa. "

msgid "Broken
msgstr "{LONG}\""""
BLOCK = quote_unread(QUOTED)
# As a tool may break the lines.
PLACEHOLDER = "FIRST AUTHOR <EMAIL@ADDRESS>, YEAR."
BROKEN = (BLOCK[0], ">1 #", f"{BERFIN}, 2026.", ">2 #", TITLE, PLACEHOLDER, BLOCK[-1])


def list_blocks(po: PoFile) -> list[tuple[str, ...]]:
    return [
        each for each in split_blocks(po.header.comments if po.header else ()) if is_block(each)
    ]


def put_above(po: PoFile, *comments: str) -> PoFile:
    header = po.header or Entry("")
    return PoFile(po.path, Entry("", header.msgstr, comments=comments), po.entries)


def merge(folder: Path, base: str | bytes, ours: str | bytes, theirs: str | bytes) -> bytes:
    """Merge as a server does, which never stops."""
    paths = folder / "b", folder / "o", folder / "t"
    for path, text in zip(paths, (base, ours, theirs), strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        merge_files(*paths, "letter.po")
    except PoError:
        let_one_stand(paths[1], paths[2], "letter.po")
    return paths[1].read_bytes()


PLAIN = put_above(parse_po(FULL.encode(), "letter.po"), TITLE)
EDITED = put_above(parse_po(FULL.replace("Cîran 5", "Cîrana 5").encode(), "letter.po"), TITLE)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("block", [BLOCK, BROKEN])
def test_a_later_merge_keeps_every_line(
    tmp_path: Path, block: tuple[str, ...], *, swapped: bool
) -> None:
    sides = [format_po(put_above(PLAIN, TITLE, *block)), format_po(EDITED)]
    merged = merge(tmp_path, format_po(PLAIN), *(reversed(sides) if swapped else sides))
    expected = put_above(EDITED, TITLE, *block)
    assert parse_po(merged, "letter.po").header == expected.header
    assert parse_po(merged, "letter.po").entries == expected.entries


@given(st.text(st.sampled_from('a> #"\n\t\u00a0~.,:|'), max_size=60))
@example(QUOTED)
@example("> (end of 00000000)\nx\n12 x\n > x")
@example("# > a\n# > b")
def test_a_block_of_any_text_is_kept(text: str) -> None:
    block = quote_unread(text)
    assert unquote_block(block) == "\n".join(map(str.rstrip, text.split("\n")))
    old, mine = (put_above(PLAIN, TITLE, *lines) for lines in ((), ("By O.",)))
    other = put_above(PLAIN, TITLE, *block)
    written = parse_po(format_po(other), "letter.po")
    for sides in ((mine, written), (written, mine)):
        merged = merge_headers(old, *sides)
        assert merged.header
        said = merged.header.comments
        start = said.index(block[0])
        assert said[start : start + len(block)] == block
        assert sorted(list_words(said)) == sorted([TITLE, "By O."])


def test_two_blocks_both_stay_and_the_same_block_stands_once() -> None:
    other = quote_unread(QUOTED.replace("Dîsa", "Careke din"))
    sides = [put_above(PLAIN, TITLE, *block) for block in (BLOCK, other)]
    both = merge_headers(PLAIN, *sides)
    assert list_blocks(both) == [BLOCK, other]
    assert list_blocks(merge_headers(PLAIN, sides[0], sides[0])) == [BLOCK]
    assert list_blocks(merge_headers(PLAIN, both, sides[1])) == [BLOCK, other]
    mended = merge_headers(sides[0], sides[0], PLAIN)
    assert list_blocks(mended) == [], "a person has put it in its place"


def test_long_blocks_of_both_sides_are_merged_at_once() -> None:
    """Each line was once compared with each of the other side, which took minutes."""
    texts = ["\n".join(f'"Rêz {n} of {side} {n % 7}."' for n in range(4000)) for side in "ab"]
    sides = [put_above(PLAIN, TITLE, *quote_unread(text)) for text in texts]
    assert len(list_blocks(merge_headers(PLAIN, *sides))) == 2


def test_nobody_in_a_block_is_named_and_nothing_there_is_a_title(tmp_path: Path) -> None:
    days = {"PO-Revision-Date": "2026-01-02", "Last-Translator": BERFIN}
    later = {"PO-Revision-Date": "2026-01-03", "Last-Translator": "Zîn <zin@example.org>"}
    old, other, mine = (
        PoFile("letter.po", make_header(TITLE, fields)) for fields in ({}, days, later)
    )
    assert mine.header
    merged = merge_headers(old, put_above(mine, *mine.header.comments, *BLOCK), other)
    assert merged.header
    assert list_words(merged.header.comments) == (TITLE, f"{BERFIN}, 2026.")
    po = put_above(PLAIN, *BROKEN)
    assert make_catalogue(find_language("ku"), po).translators == ()
    path = tmp_path / "ku" / "LC_MESSAGES" / "letter.po"
    begun = complete_header(set_header_fields(po, DRAFT), path, OF_LETTER)
    assert begun.header
    assert begun.header.comments == ("Kurdish (Kurmanji) translation of the letter.", *BROKEN)


def test_a_side_that_stays_broken_is_not_quoted_again(tmp_path: Path) -> None:
    broken = FULL.replace("Cîran 4", "Cîrana 4") + '\nmsgid "Broken\nmsgstr "Yek."\n'
    first = merge(tmp_path, FULL, FULL, broken)
    assert merge(tmp_path, broken, first, broken) == first
    edited = broken.replace('"Yek."', '"Yekem."')
    second = merge(tmp_path, broken, first, edited)
    assert [unquote_block(each) for each in list_blocks(parse_po(second, "letter.po"))] == [
        'msgid "Neighbour 4"\nmsgstr "Cîrana 4"\n\nmsgid "Broken\nmsgstr "Yek."',
        'msgid "Broken\nmsgstr "Yekem."',
    ]
    # A side may be broken that has quotes of its own.
    third = merge(tmp_path, FULL, FULL, second + b'\nmsgid "Broken, too\n')
    blocks = [list_blocks(parse_po(each, "letter.po")) for each in (second, third)]
    assert blocks[1][:-1] == blocks[0]
    assert unquote_block(blocks[1][-1]) == 'msgid "Broken, too'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_was_quoted_in_a_broken_file_is_merged_once_that_is_mended(
    tmp_path: Path, encoding: str
) -> None:
    broken = [FULL.replace('Cîran 5"', f"{word} 5") for word in ("Yek", "Du")]
    both = merge(tmp_path, FULL, *(text.encode(encoding) for text in broken)).decode(encoding)
    again = merge(tmp_path, FULL, both.encode(encoding), broken[1].encode(encoding))
    assert again.decode(encoding) == both, "what stands there is not quoted again"
    mended = both.replace('\nmsgstr "Yek 5\n', '\nmsgstr "Yek 5"\n')
    merged = merge(tmp_path, broken[0], format_po(EDITED), mended)
    (block,) = list_blocks(parse_po(merged, "letter.po"))
    assert unquote_block(block) == 'msgid "Neighbour 5"\nmsgstr "Du 5'


def wrap(po: PoFile) -> PoFile:
    """Save a catalogue as Babel does."""
    wrapped = BytesIO()
    pofile.write_po(wrapped, pofile.read_po(BytesIO(format_po(po)), locale="ku"), width=76)
    return parse_po(wrapped.getvalue(), "letter.po")


def test_a_block_that_babel_wrapped_is_the_same_block(tmp_path: Path) -> None:
    # Babel puts this year into what a tool left for an author.
    po = put_above(PLAIN, TITLE, *quote_unread(QUOTED.replace("YEAR", "2026")))
    wrapped = wrap(po)
    assert wrapped.header
    assert any(not line.startswith(">") for line in list_blocks(wrapped)[0][1:])
    for sides in ((po, wrapped), (wrapped, po)):
        merged = merge_headers(PLAIN, *sides)
        assert list_blocks(merged) == list_blocks(sides[0])
        assert merged.header
        assert list_words(merged.header.comments) == (TITLE,)
    standing = format_po(wrapped)
    block = "".join(f"# {line}\n" for line in list_blocks(wrapped)[0])
    broken = standing.decode().replace(block, "")
    assert len(broken) < len(standing) - len(block)
    broken += "\n" + QUOTED[QUOTED.index('msgid "Broken') :] + "\n"
    assert merge(tmp_path, FULL, standing, broken) == standing


def test_a_mail_brings_a_block_whole() -> None:
    sent = put_above(EDITED, TITLE, "T, 2026.", *BLOCK)
    received, _ = receive_catalogue(PLAIN, sent, PLAIN)
    assert received.header
    assert received.header.comments == (TITLE, "T, 2026.", *BLOCK)
