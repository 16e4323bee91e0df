"""The outline of a letter: its headings, each with those below it, and its lists of signatories."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letter.source.blocks import HEADINGS, Block, list_blocks
from letter.source.letter import Letter

FEW = 4  # headings besides the title, which a letter may have without a list of contents


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, or a list of signatories without one, and the chapters within its own."""

    block: Block
    chapters: "tuple[Chapter, ...]" = ()


def outline_letter(letter: Letter) -> tuple[Chapter, ...]:
    """List the chapters of a letter below its title, as deep as its headings go.

    A heading of a level that skips one, such as an h4 below an h2, stands within the h2 all the
    same. A list of signatories that has no heading of its own gets one of the second level.
    """
    return tuple(_nest_blocks(list(_list_heads(letter))))


def has_contents(letter: Letter) -> bool:
    """Say whether a letter has more than a few headings, so that pages list them."""
    return sum(block.tag in HEADINGS for block in _list_heads(letter)) > FEW


def find_date_place(letter: Letter) -> int:
    """Say before which of the letter's blocks its date stands: its number from 0.

    Below the title, or above all where no block is the title.
    """
    return next((n for n, block in enumerate(letter.blocks, 1) if is_title(letter, block)), 0)


def find_sign_place(letter: Letter) -> int:
    """Say before which of the letter's blocks the link to sign stands: its number from 0.

    Before the first list of signatories and its heading, or else below all but the footnotes.
    """
    blocks = letter.blocks
    for number, block in enumerate(blocks):
        if block.signatories:
            return number - 1 if block.heading else number
    return len(blocks) - (blocks[-1].tag == "footnotes")


def is_title(letter: Letter, block: Block) -> bool:
    """Say whether a block is the heading that readers see as the title."""
    return letter.heading is not None and block.message is letter.heading


def lacks_title(letter: Letter) -> bool:
    """Say whether the front matter alone has the title, so that the title has to be put above."""
    return bool(letter.settings.title) and letter.heading is None


def _list_heads(letter: Letter) -> Iterator[Block]:
    for block in list_blocks(letter.blocks):
        if (block.tag in HEADINGS and block.message and not is_title(letter, block)) or (
            block.signatories and block.heading is None
        ):
            yield block


def _find_level(block: Block) -> int:
    return HEADINGS.index(block.tag) if block.tag in HEADINGS else HEADINGS.index("h2")


def _nest_blocks(heads: Sequence[Block]) -> Iterator[Chapter]:
    start = 0
    while start < len(heads):
        level = _find_level(heads[start])
        deeper = (n for n in range(start + 1, len(heads)) if _find_level(heads[n]) <= level)
        end = next(deeper, len(heads))
        yield Chapter(heads[start], tuple(_nest_blocks(heads[start + 1 : end])))
        start = end
