"""What a merge could not read of one side: one block of comments, each line of it behind ">".

Nothing in a block is a title, a name or a review of the file that the block stands in. A tool that
wraps comments, as Babel does at 76 characters, leaves lines without ">" in a block; so the last
line of a block says where the block ends. Babel keeps but one of equal lines; so each line has its
number. Where the first or the last line of a block is gone, all lines behind ">" that follow each
other are the block.
"""

import re
import zlib
from collections.abc import Callable, Sequence
from itertools import takewhile

UNREAD = "Not merged, since it can't be read"
_NAME = re.compile(re.escape(UNREAD) + r" \((\w+)\)")
_QUOTE = re.compile(r">\d* ?")

Block = tuple[str, ...]


def quote_unread(text: str) -> Block:
    """Quote a text as in a mail, in a block of comments, which a digest of the text names."""
    name = f"{zlib.crc32(text.encode()):08x}"
    lines = (f">{n} {line}".rstrip() for n, line in enumerate(text.split("\n"), 1))
    return f"{UNREAD} ({name}): what is behind > below.", *lines, _write_last(name)


def _write_last(name: str) -> str:
    return f"> (end of {name})"


def unquote_block(block: Block) -> str:
    """Give the text that a block quotes; a line that a tool has wrapped is one line again.

    >>> unquote_block(quote_unread("one\\n\\ntwo")), unquote_block(("> one", "line", "> two"))
    ('one\\n\\ntwo', 'one line\\ntwo')
    """
    lines: list[str] = []
    named = _NAME.match(block[0])
    for line in block[:-1] if named and block[-1] == _write_last(named[1]) else block:
        if line.startswith(">"):
            lines.append(_QUOTE.sub("", line, count=1))
        elif lines:  # the first line is none of the text
            lines[-1] += f" {line}"
    return "\n".join(lines)


def split_blocks(comments: Sequence[str]) -> list[Block]:
    """Split comments into blocks, each whole, and all other lines, each alone."""
    found, place = [], 0
    while place < len(comments):
        stop = _find_stop(comments, place)
        found.append(tuple(comments[place:stop]))
        place = stop
    return found


def is_block(lines: Sequence[str]) -> bool:
    """Say whether lines, of which the first is one of `split_blocks`, are a block."""
    return lines[0].startswith((UNREAD, ">"))


def filter_words(comments: Sequence[str], is_kept: Callable[[str], bool]) -> tuple[str, ...]:
    """Keep of the lines outside of blocks those that are to be kept, and each block."""
    groups = split_blocks(comments)
    return tuple(line for each in groups if is_block(each) or is_kept(each[0]) for line in each)


def list_words(comments: Sequence[str]) -> tuple[str, ...]:
    """List the lines outside of blocks, which are somebody's words about this file."""
    return tuple(each[0] for each in split_blocks(comments) if not is_block(each))


def _find_stop(comments: Sequence[str], place: int) -> int:
    """Find where the block ends that a line begins; any other line ends behind itself."""
    if comments[place].startswith(UNREAD):
        named = _NAME.match(comments[place])
        last = named and _write_last(named[1])
        for stop in range(place + 1, len(comments)):
            if comments[stop] == last:
                return stop + 1
            if comments[stop].startswith(UNREAD):
                break
    elif not comments[place].startswith(">"):
        return place + 1
    rest = (comments[n] for n in range(place + 1, len(comments)))
    return place + 1 + sum(1 for _ in takewhile(lambda line: line.startswith(">"), rest))
