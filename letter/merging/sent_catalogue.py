"""A catalogue as it was sent: read in whatever encoding, with notes on what was converted."""

import re

from letter.po.encoding import guess_encoding
from letter.po.faults import PoError
from letter.po.model import PoFile
from letter.po.reader import parse_po

_CHARSET = re.compile(r'(Content-Type:[^"\n]*charset=)[^\s\\"]+', re.IGNORECASE)


def read_sent(data: bytes, path: str) -> tuple[PoFile, tuple[str, ...]]:
    """Read a file as it was sent, in whatever encoding; the notes say what had to be converted.

    Raises PoError where it is broken otherwise.
    """
    try:
        po = parse_po(data, path)
    except PoError as error:
        encoding = guess_encoding(data)
        if encoding is None:
            raise
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise error from None
        converted = _CHARSET.sub(r"\1UTF-8", text.removeprefix("\ufeff"), count=1)
        note = f"{path}: was in {encoding}, not in UTF-8 as it said: converted"
        return parse_po(converted.encode(), path), (note,)
    if po.encoding not in ("utf-8", "ascii"):
        return po, (f"{path}: is in {po.encoding}, as it says: converted to UTF-8",)
    return po, ()
