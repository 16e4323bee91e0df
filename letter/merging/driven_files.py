"""The three files that git gives to the merge driver: read, merged, and one of them kept aside."""

import re
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from letter.files import write_file
from letter.merging.branch_merge import merge_branches
from letter.po.faults import Fault, PoError
from letter.po.grammar import CONTROL
from letter.po.header import UTF8, set_header_fields
from letter.po.model import Entry, PoFile
from letter.po.reader import parse_po
from letter.po.unmerged import Block, is_block, quote_unread, split_blocks, unquote_block
from letter.po.writer import format_po

_CODECS = {  # by the mark at the start of a file
    BOM_UTF8: "utf-8",
    BOM_UTF16_LE: "utf-16-le",
    BOM_UTF16_BE: "utf-16-be",
    b"": "utf-8",
}
_BREAK = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"\n\n+")
_TRAILING = re.compile(r"[^\S\n]+$", re.MULTILINE)
_COMMENTS = re.compile(r"(?:^#(?:[ >].*)?(?:\n|\Z))+", re.MULTILINE)


def merge_files(base_path: Path, ours_path: Path, theirs_path: Path, name: str) -> bool:
    """Merge three files, tell what a person should look at, and say whether nothing waits."""
    sides = {"ours": ours_path, "theirs": theirs_path}
    ours, theirs = (read_side(path, name, side) for side, path in sides.items())
    base = PoFile(name)  # as for a file that both branches added: then all that differs is told
    with suppress(PoError):
        base = parse_po(base_path.read_bytes(), name)
    merge = merge_branches(base, ours, theirs)
    write_file(ours_path, _format_anyhow(merge.po))
    for line in merge.told:
        print(line, file=sys.stderr)
    return not merge.has_conflict


def read_side(path: Path, name: str, side: str) -> PoFile:
    """Read one side; PoError where no message is in it, since nothing is merged with nothing.

    The error names the side, in which its lines are counted: in the merged file they are others.
    """
    data = path.read_bytes()
    try:
        po = parse_po(data, name)
    except PoError as error:
        raise PoError(f"{name} ({side})", error.faults) from error
    if not po.entries:
        text = "no message is in this file: take the other side, or mend this one"
        raise PoError(f"{name} ({side})", (Fault(1, text),))
    return po


def is_readable(path: Path) -> bool:
    """Say whether a file is a catalogue with messages."""
    try:
        read_side(path, path.name, "")
    except PoError:
        return False
    return True


def let_one_stand(ours: Path, theirs: Path, name: str) -> None:
    """Put the side that can be read in our file, with what it lacks of the other in comments.

    Where git has the other side is no answer: a rebase leaves it in no branch, and other clones
    never had it. Every tool keeps comments above the header, though Babel wraps them. Where neither
    can be read, ours stands with the comments at its top, which is above the header once the file
    is mended.
    """
    is_ours = is_readable(ours) or not is_readable(theirs)
    stands, other = (ours, theirs) if is_ours else (theirs, ours)
    data = stands.read_bytes()
    if lines := _quote_missing(other.read_bytes(), data):
        try:
            po = read_side(stands, name, "")
        except PoError:
            told = "".join(f"# {line}\n" for line in lines)
            bom = next(filter(data.startswith, _CODECS))
            data = bom + told.encode(_CODECS[bom]) + data.removeprefix(bom)
        else:
            header = po.header or Entry("")
            comments = (*header.comments, *lines)
            data = _format_anyhow(replace(po, header=replace(header, comments=comments)))
    write_file(ours, data)
    sides = ("ours", "theirs") if is_ours else ("theirs", "ours")
    kept = "what it lacks is kept as comments, behind >" if lines else "it lacks nothing"
    text = f"{sides[0]} stands alone; of {sides[1]}, {kept}"
    print(f"{name}: {text}", file=sys.stderr)


def _quote_missing(data: bytes, standing: bytes) -> Block:
    """Quote each passage of a broken file that the other lacks, beside what that file has quoted.

    What the other has quoted at an earlier merge is not quoted again.
    """
    text, quoted = _part_blocks(data)
    here, blocks = _part_blocks(standing)
    known = {each for part in (here, *map(unquote_block, blocks)) for each in _split_passages(part)}
    missing = [passage for passage in _split_passages(text) if passage not in known]
    older = {" ".join(block) for block in blocks}
    new = (block for block in quoted if " ".join(block) not in older)
    return (*chain(*new), *(quote_unread("\n\n".join(missing)) if missing else ()))


def _part_blocks(data: bytes) -> tuple[str, list[Block]]:
    """Part a file, whatever it is, into its text, and the blocks of what was not merged there.

    A byte that is no text becomes \\xNN. No space is left at the end of a line.
    """
    is_wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = data.decode("utf-16" if is_wide else "utf-8-sig", "backslashreplace")
    text = CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", _BREAK.sub("\n", text))
    blocks: list[Block] = []

    def take_blocks(comments: re.Match[str]) -> str:
        lines = comments[0].split("\n")
        groups = split_blocks([line.removeprefix("#").removeprefix(" ") for line in lines])
        blocks.extend(filter(is_block, groups))
        rest = iter(lines)
        parts = [(group, list(islice(rest, len(group)))) for group in groups]
        return "\n".join(chain(*(part for group, part in parts if not is_block(group))))

    return _COMMENTS.sub(take_blocks, _TRAILING.sub("", text)), blocks


def _split_passages(text: str) -> list[str]:
    """Split a text where a line is blank."""
    return [passage for each in _BLANK.split(text) if (passage := each.strip())]


def _format_anyhow(po: PoFile) -> bytes:
    """Write a catalogue, in UTF-8 where it has letters that its charset lacks."""
    try:
        return format_po(po)
    except PoError:
        return format_po(set_header_fields(po, UTF8))
