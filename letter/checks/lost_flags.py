"""The flag of an unfinished translation where a slip of the keyboard made it a mere comment."""

import re
from collections.abc import Iterator

from letter.checks.findings import Finding, Severity, quote_start
from letter.po.model import Entry

# "#, fuzzy" alone is the flag, with any spaces (gettext manual, "Fuzzy Entries"). Any signs may
# stand before the word, since keyboards have commas of their own. Another word of flags may follow.
_LIKE_FLAG = re.compile(
    r"^[ \t]*#(?!~)[^\w\n]*f+u+z+y*\]?(?:[ \t]*[,،，][ \t]*[\w-]+)*[ \t.,;!،؛]*$",
    re.IGNORECASE | re.MULTILINE,
)


def find_lost_flags(entry: Entry) -> Iterator[Finding]:
    """Find "#fuzzy" above a translation that isn't fuzzy, and so is shown as finished."""
    found = _LIKE_FLAG.search(entry.source.text)
    if found is None or entry.fuzzy:
        return
    text = f"“{found[0].strip()}” marks nothing, so that readers are shown this text"
    advice = "write “#, fuzzy” to hide it, or delete the line"
    line = entry.line + entry.source.text.count("\n", 0, found.start())
    yield Finding(line, Severity.WARNING, f"{text}: {advice}", "flag", quote_start(entry.msgid))
