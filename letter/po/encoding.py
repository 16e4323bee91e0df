"""The encoding of a PO file: what its header says, and what its bytes say."""

import codecs
import re
from contextlib import suppress

from letter.po.faults import Fault, PoError, explain_controls, explain_fault
from letter.po.grammar import CONTROL

_SURELY = 20  # bytes beyond one for each character
# For each codec: the letters of its languages, the least share of them among all letters beyond
# ASCII, in percent, and what no text of the languages has: it shows that another codec is meant.
# Arabic letters don't count between Latin ones, but for the "n" of an escaped line end.
_ARABIC, _WESTERN = "[\u0620-\u064a\u066e-\u06d5]", "[\u00c0-\u024f]"
_APART = f"(?<![a-mo-z]){_ARABIC}(?![a-z])"
_INSIDE = r"[^\W\d_][¡-©«-´¶-¿×÷][^\W\d_]"  # a sign inside a word
_LETTERS = (
    ("utf-8", "", 0, ""),
    ("cp1256", _APART, 70, f"{_ARABIC}{_WESTERN}|{_WESTERN}{_ARABIC}"),
    # No Arabic word starts with a vowel sign.
    ("iso8859-6", _APART, 90, f"[\x80-\x9f]|(?<![{_ARABIC[1:-1]}\u064b-\u0652])[\u064b-\u0652]"),
    ("cp1254", "[çêîşûÇÊÎŞÛöüğıİÖÜĞâÂéÉ]", 70, _INSIDE),
    # Each letter that cp1250 has elsewhere is left out: ã õ ð ø æ would be ă ő đ ř ć.
    ("cp1252", "[àâäçèéêëîïôöùûüÿœßáíóúñìòÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŒÁÍÓÚÑ]", 100, _INSIDE),
)
_NAMES = {  # what a person knows an encoding as
    "cp1256": "Arabic Windows (cp1256)",
    "cp1254": "Turkish Windows (cp1254)",
    "cp1252": "Western Windows (cp1252)",
    "iso8859-6": "Arabic ISO (ISO 8859-6)",
}
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
    """Guess the codec of a file that is not in its declared charset; None where nothing is clear.

    UTF-32, UTF-16, UTF-8, and what Windows saves in Arabic (cp1256), in Turkish (cp1254) and in
    Western Europe (cp1252) are tried, and Arabic of ISO (8859-6). These have a letter for nearly
    every byte: `_LETTERS` says which of the letters beyond ASCII must be the language's.

    >>> guess_encoding("السلام عليكم".encode("cp1256"))
    'cp1256'
    """
    if wide := guess_wide(data):
        return wide
    for codec, letters, least, never in _LETTERS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8":
            return codec
        # The msgids have quotation marks and dashes beyond ASCII too: only letters tell.
        told = "".join(char for char in text if char > "\x7f" and char.isalpha())
        if (
            len(told) > 2
            and len(re.findall(letters, text)) * 100 >= len(told) * least
            and not re.search(never, text)
        ):
            return codec
    return None


def guess_wide(data: bytes) -> str | None:
    """Guess UTF-32 or UTF-16 by the byte order mark, or by where the zeros of ASCII stand."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4000]
    zeros = [sample[place::4].count(0) * 10 for place in range(4)]
    if sum(zeros) <= len(sample):
        return None
    if min(zeros[:2]) >= len(sample) // 4 * 9 or min(zeros[2:]) >= len(sample) // 4 * 9:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    return "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"


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
        if not (guess_encoding(body) or "").startswith(("utf-16", "utf-32")):
            raise PoError(path, explain_controls(text))
    guess = guess_encoding(body)
    looks = f"It looks like {name_encoding(guess)}:" if guess else "Please"
    told = explain_fault("encoding", codec=codec.upper(), guess=looks)
    raise PoError(path, (Fault(body.count(b"\n", 0, at) + 1, told),))


def name_encoding(codec: str) -> str:
    """Name a codec as a person knows the encoding.

    >>> name_encoding("utf-16-le"), name_encoding("cp1256")
    ('UTF-16', 'Arabic Windows (cp1256)')
    """
    return _NAMES.get(codec) or re.sub("-(LE|BE)$", "", codec.upper())
