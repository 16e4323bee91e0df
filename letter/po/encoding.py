"""The encoding of a PO file: what its header says, and what its bytes say."""

import codecs
import re
from contextlib import suppress

from letter.po.faults import Fault, PoError, explain_controls, explain_fault
from letter.po.grammar import CONTROL

_SURELY = 20  # bytes beyond one for each character
_CHARSET = re.compile(
    r'^[^#\n]{0,200}?Content-Type:[^\n"]{0,200}?charset=([^\s\\";]+)', re.MULTILINE
)


def find_charset(text: str) -> str | None:
    """Find the charset that a header declares, in lower case; None for none.

    The word CHARSET is none: xgettext puts it where a charset is to be filled in.

    >>> find_charset("Content-Type: text/plain; charset=UTF-8")
    'utf-8'
    """
    found = _CHARSET.search(text)
    return found[1].lower() if found and found[1] != "CHARSET" else None


def find_codec(charset: str | None) -> str | None:
    """Find Python's codec for a charset of PO files: a codec that holds ASCII as it is.

    UTF-8 is taken for no charset at all, and for ASCII, which is a part of UTF-8.
    """
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


def choose_codec(body: bytes, path: str, charset: str | None) -> str:
    """Choose the codec of a file by its declared charset; PoError if the charset is not known.

    A file that is surely UTF-8 is read as UTF-8: an editor saved it so and left the header alone.
    """
    codec = find_codec(charset)
    if codec is None:
        found = _CHARSET.search(body.decode("latin-1"))
        line = body.count(b"\n", 0, found.start(1)) + 1 if found else 1
        raise PoError(path, (Fault(line, explain_fault("charset", charset=charset)),))
    # Many characters longer than a byte, and all of them whole, are UTF-8 beyond chance.
    with suppress(UnicodeDecodeError):
        if len(body) - len(body.decode()) > _SURELY:
            return "utf-8"
    return codec


def guess_encoding(data: bytes) -> str | None:
    """Guess the codec of a file that is not in its declared charset; None when nothing fits.

    UTF-16, UTF-8, and what Windows saves in Arabic (cp1256) and in Turkish (cp1254) are tried. The
    two have a letter for nearly every byte, so that 70 % of the letters beyond ASCII must be
    letters of the language.

    >>> guess_encoding("السلام عليكم".encode("cp1256"))
    'cp1256'
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
        # The msgids have quotation marks and dashes beyond ASCII too: only letters tell.
        told = text if codec == "utf-8" else "".join(filter(str.isalpha, text))
        if len(told) > 2 and len(re.findall(letters, told)) * 10 >= len(told) * 7:
            return codec
    return None


def decode_body(body: bytes, path: str, codec: str) -> str:
    """Decode a file; PoError says what the file looks like and how to save it again."""
    try:
        text = body.decode(codec)
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
    looks = f"It looks like {names.get(guess, guess.upper()[:6])}:" if guess else "Please"
    told = explain_fault("encoding", codec=codec.upper(), guess=looks)
    raise PoError(path, (Fault(body.count(b"\n", 0, at) + 1, told),))
