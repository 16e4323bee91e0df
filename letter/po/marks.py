"""Our own marks in the comments of entries, for translators: what became of a message."""

CHANGED = "Changed in English: "
SPLIT_FROM = "Split from an earlier passage: "
WAS_TRANSLATED = "Translation of that passage: "
EARLIER = "Earlier translation: "
OTHER = "Another translation: "
MARKS = (CHANGED, SPLIT_FROM, WAS_TRANSLATED)
