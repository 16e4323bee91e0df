"""What people call the messages of a letter: "Passage 5", "Heading 2", "Row 1, cell 3", "Title"."""

from collections import Counter

from letter.po.model import shorten_text
from letter.source.blocks import HEADINGS, Place
from letter.source.letter import Letter
from letter.source.message_kinds import FRONT_NOTE


def name_messages(letter: Letter) -> dict[str, str]:
    """Name each message, by msgid.

    >>> from letter.source.letter import parse_letter
    >>> list(name_messages(parse_letter("# A title\\n\\nOne.\\n\\n## More\\n\\nTwo.")).values())
    ['Title', 'Passage 1', 'Heading 2', 'Passage 2']
    """
    fronts = {m.msgid: n for m in letter.messages for n in m.notes if n.startswith(FRONT_NOTE)}
    names: dict[str, str] = {}
    counts, uses = Counter[str](), Counter[str]()
    for place in letter.walk():
        block, message = place.block, place.block.message
        counts["Heading"] += block.tag in HEADINGS
        if block.tag in ("table", "tr"):
            counts["Row"] = counts["Row"] + 1 if block.tag == "tr" else 0
            counts["cell"] = 0
        counts["cell"] += block.tag in ("th", "td")
        if block.tag == "footnote":
            counts["Footnote"] = block.start
        if message:
            number = letter.numbers.get(message.msgid)
            name = f"Passage {number}" if number else _name_kind(place, counts)
            if message.msgid not in names:
                uses[name] += 1
                names[message.msgid] = _tell_apart(name, uses[name])
    return fronts | names | {letter.title.msgid: "Title"}


def _tell_apart(name: str, use: int) -> str:
    """Tell the second message of a name from the first: a footnote has parts, a letter tables."""
    if use == 1:
        return name
    return f"{name}, part {use}" if name.startswith("Footnote") else f"{name} ({use})"


def _name_kind(place: Place, counts: Counter[str]) -> str:
    """Name a message that has no number."""
    if place.block.message and place.block.message.is_name:
        return f"Name “{shorten_text(place.block.message.msgid)}”"
    if place.is_cell:
        return f"Row {counts['Row']}, cell {counts['cell']}"
    kind = "Heading" if place.block.tag in HEADINGS else "Footnote" if place.is_footnote else ""
    return f"{kind} {counts[kind]}" if kind else "Picture"
