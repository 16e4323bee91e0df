"""What a catalogue leaves open, counted: untranslated messages, waiting ones, emptied ones."""

from dataclasses import dataclass

from letter.po.marks import find_reviews, keeps_text
from letter.po.model import Entry, PoFile, is_empty
from letter.source.message_kinds import is_name


@dataclass(frozen=True, slots=True)
class OpenMessages:
    """The messages that readers aren't shown; a message is in one of the three counts."""

    untranslated: int = 0
    unfinished: int = 0  # with a text that is marked fuzzy
    emptied: int = 0  # without a text, where the entry itself shows that it had one


def count_open(po: PoFile, template: PoFile | None = None) -> OpenMessages:
    """Count what is open in a catalogue; signatories' names are nobody's work.

    A message of the template that the catalogue lacks isn't translated, either.
    """
    own = [entry for entry in po.entries if not (entry.obsolete or is_name(entry))]
    there = {entry.key for entry in po.entries if not entry.obsolete}
    asked = template.entries if template else ()
    lacking = sum(not is_name(e) and not e.obsolete and e.key not in there for e in asked)
    empty = [entry for entry in own if is_empty(entry)]
    emptied = sum(map(_had_text, empty))
    unfinished = sum(entry.fuzzy for entry in own) - sum(entry.fuzzy for entry in empty)
    return OpenMessages(len(empty) - emptied + lacking, unfinished, emptied)


def _had_text(entry: Entry) -> bool:
    """Say whether an empty entry had a text once: it was reviewed, or waited for a person.

    Nothing else can be told from a file alone. Nobody marks an empty entry fuzzy: OmegaT empties a
    text that was, and leaves the mark.
    """
    lapsed = find_reviews(entry)[1]
    waited = entry.fuzzy or entry.previous_msgid is not None
    return bool(lapsed) or waited or any(map(keeps_text, entry.comments))


def describe_open(counts: OpenMessages, noun: str) -> str:
    """Say what is open in words, by the noun for a message; "" where nothing is.

    >>> describe_open(OpenMessages(3, 1, 2), "passage")
    "3 passages aren't translated, 1 needs work, 2 were emptied"
    >>> describe_open(OpenMessages(emptied=1), "message")
    '1 message was emptied'
    """
    said = (
        (counts.untranslated, "isn't translated", "aren't translated"),
        (counts.unfinished, "needs work", "need work"),
        (counts.emptied, "was emptied", "were emptied"),
    )
    parts = [(count, one if count == 1 else many) for count, one, many in said if count]
    nouns = [f" {noun}{'' if count == 1 else 's'}" for count, _ in parts[:1]] + [""] * len(parts)
    return ", ".join(f"{n}{name} {verb}" for (n, verb), name in zip(parts, nouns, strict=False))
