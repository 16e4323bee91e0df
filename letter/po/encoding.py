"""In which encoding a PO file is: what its header says, and what its bytes say."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from letter.po.faults import Fault, PoError, explain_controls
from letter.po.grammar import CONTROL

if TYPE_CHECKING:
    from letter.po.model import Entry


_SURELY = 20  # bytes beyond one for each character
CHARSET = re.compile(
    r'^[^#\n]{0,200}?Content-Type:[^\n"]{0,200}?charset=([^\s\\";]+)', re.MULTILINE
)


def find_charset(text: str) -> str | None:
    """Find the charset that a header declares; None for none, which includes the word CHARSET."""
    found = CHARSET.search(text)
    return found[1].lower() if found and found[1] != "CHARSET" else None


def find_header_charset(header: Entry | None) -> str | None:
    return find_charset(header.msgstr[0]) if header else None


def find_codec(charset: str | None) -> str | None:
    """Find Python's codec for a charset of PO files: one that holds ASCII as it is."""
    if charset is None or re.fullmatch(r"utf-?8|(us-)?ascii|ansi_x3\.4-1968", charset):
        return "utf-8"
    if not re.fullmatch(r"(iso|koi8|cp|windows|gb|euc|big5|s|johab|tis|viscii)[\w.-]*", charset):
        return None
    try:
        codec = codecs.lookup(charset)
        printable = bytes(range(0x20, 0x7F))
        return codec.name if printable.decode(codec.name) == printable.decode("ascii") else None
    except (LookupError, UnicodeError):
        return None


def is_surely_utf8(body: bytes) -> bool:
    """Say whether bytes are UTF-8 beyond chance: many characters of several bytes, all whole."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return len(body) - len(text) > _SURELY


def guess_encoding(data: bytes) -> str | None:
    """Guess the codec of a file that is not in its declared charset; None when nothing fits.

    Looks for UTF-16, UTF-8, and what Arabic (cp1256) and Turkish (cp1254) Windows save.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4000]
    if sample.count(0) * 4 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    high = re.sub(rb"[\x00-\x7f]+", b"", data)
    for codec, letters in (
        ("utf-8", r"[\s\S]"),
        ("cp1256", "[\u0600-\u06ff]"),
        ("cp1254", "[çêîşûÇÊÎŞÛöüğıİÖÜĞâÂéÉ]"),
    ):
        try:
            text = (data if codec == "utf-8" else high).decode(codec)
        except UnicodeDecodeError:
            continue
        # The English has quotation marks and dashes too; only letters tell.
        told = text if codec == "utf-8" else "".join(filter(str.isalpha, text))
        if len(told) > 2 and len(re.findall(letters, told)) * 10 >= len(told) * 7:
            return codec
    return None


def decode_body(body: bytes, path: str, encoding: str) -> str:
    """Decode a file, or say what it looks like and how to save it again."""
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
    else:
        if (control := CONTROL.search(text)) is None:
            return text
        at = body.find(control[0].encode())
        if guess_encoding(body) not in ("utf-16", "utf-16-le", "utf-16-be"):
            raise PoError(path, explain_controls(text))
    names = {"cp1256": "Arabic Windows (cp1256)", "cp1254": "Turkish Windows (cp1254)"}
    guess = guess_encoding(body)
    looks = f" It looks like {names.get(guess, guess.upper()[:6])}:" if guess else " Please"
    text = (
        f"This line cannot be read: the file is not in {encoding.upper()}, as it should be.{looks}"
        " open it in the program it was written with and save it as UTF-8."
    )
    raise PoError(path, (Fault(body.count(b"\n", 0, at) + 1, text),))
