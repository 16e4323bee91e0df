"""Random histories of a catalogue, whose every finished text is a word that can be followed.

Translators take copies, work on them, save them with editors that change more than they should, and
send them back at any age, while the letter is edited, split and joined.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import polib

from letter.errors import OneLetterError
from letter.merging.branch_merge import merge_branches
from letter.merging.message_decisions import list_active
from letter.merging.sent_files import receive_catalogue
from letter.merging.sent_language import choose_catalogue
from letter.merging.update import update_catalogue
from letter.po.header import set_header_fields
from letter.po.marks import awaits_choice
from letter.po.model import Entry, PoFile, is_empty
from letter.po.reader import parse_po
from letter.po.writer import format_po
from tests.merging import examples
from tests.merging.examples import HEADER, catalogue, template

WORDS = [
    *("aid", "ask", "bomb", "bridge", "call", "child", "city", "doctor", "door", "fall", "fear"),
    *("fire", "food", "help", "home", "hope", "house", "leave", "letter", "life", "night", "road"),
    *("school", "siege", "sister", "street", "truth", "wait", "wall", "watch", "water", "world"),
    *("write’s", "“year”"),
]
STEPS = 14
CHOICES = ("Earlier translation: ", "Another translation: ")
TEXT = re.compile(r"t\d+x")

# What the header of a mail says: what it is, under several names, nothing, or what isn't there.
LANGUAGES = ("ku", "ku", "ku", "ku_TR", "kmr", "", "LANGUAGE", "tr", "kurdish")
SORANI = catalogue(examples.entry("Aid.", "یارمەتی."), examples.entry("Ask.", "داوا."))

Sentences = list[str]


def write_sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(4, 14))).capitalize() + "."


EDITS = ("word", "typo", "split", "join", "add", "remove", "move", "quotes")


def edit_letter(chance: random.Random, letter: Sentences, *kinds: str) -> Sentences:
    """Change one thing in the letter, as its authors would, of some kind or of any."""
    now = list(letter)
    place = chance.randrange(len(now))
    words = now[place].split()
    middle = len(words) // 2
    kind = chance.choice(kinds or EDITS)
    if kind == "word":
        words[chance.randrange(len(words))] = chance.choice(WORDS)
        now[place] = " ".join(words)
    elif kind == "typo":
        now[place] = now[place].replace("ou", "uo", 1)
    elif kind == "split" and middle > 2:
        now[place : place + 1] = [" ".join(words[:middle]) + ".", " ".join(words[middle:])]
    elif kind == "join" and place + 1 < len(now):
        now[place : place + 2] = [f"{now[place]} {now[place + 1]}"]
    elif kind == "remove" and len(now) > 2:
        del now[place]
    elif kind == "move":
        now.insert(chance.randrange(len(now)), now.pop(place))
    elif kind == "quotes":
        now[place] = now[place].replace("’", "'")
    elif kind == "add":
        now.insert(place, write_sentence(chance))
    return list(dict.fromkeys(now))


@dataclass
class Copy:
    """A file that a translator has: the version it was taken from, and what was done to it."""

    base: PoFile
    po: PoFile
    written: dict[str, str] = field(default_factory=dict)  # finished texts, and their English
    replaced: dict[str, str] = field(default_factory=dict)  # texts that were seen, and their heirs


class History:
    """The catalogue in its place, the copies of it that are about, and what was ever finished."""

    def __init__(self, chance: random.Random, letters: list[Sentences] | None = None) -> None:
        self.chance = chance
        few = chance.randint(2, 5)
        self.letters = letters or [[write_sentence(chance) for _ in range(few)]]
        self.written: dict[str, str] = {}
        self.replaced: set[str] = set()
        self.count = 0
        self.po = update_catalogue(parse_po(HEADER.encode(), "letter.po"), self.template())[0]
        self.copies: list[Copy] = []
        self.corrected: dict[str, set[str]] = {}  # msgids after minor edits, and those before
        self.log: list[str] = []

    def template(self) -> list[Entry]:
        return template(*self.letters[-1])

    def run(self) -> None:
        for _ in range(STEPS):
            step = self.chance.choice(
                (self.change_letter, self.take_copy, self.take_copy, self.work_here, self.give_back)
            )
            step()
            self.settle()

    def settle(self) -> None:
        """Write the catalogue to its file and read it again, as every command does."""
        self.po = parse_po(format_po(self.po), "letter.po")
        self.hold_law()

    def change_letter(self) -> None:
        old = self.chance.choice(self.letters) if self.chance.random() < 0.2 else None
        self.letters.append(old or edit_letter(self.chance, self.letters[-1]))
        self.update(minor=self.chance.random() < 0.2)

    def update(self, *, minor: bool = False) -> None:
        """Bring the catalogue up to the letter of today."""
        self.log.append(f"letter: {self.letters[-1]}")
        before = {e.msgstr: e.msgid for e in list_active(self.po).values() if not e.fuzzy}
        self.po, told = update_catalogue(self.po, self.template(), minor=minor)
        corrected = {message["msgid"] for message in told.corrected}
        for (_, msgid), entry in list_active(self.po).items():
            if msgid in corrected and entry.msgstr in before:
                self.corrected.setdefault(fold(msgid), set()).add(fold(before[entry.msgstr]))

    def take_copy(self) -> None:
        self.copies.append(Copy(self.po, self.po))
        self.work(self.copies[-1])

    def work_here(self) -> None:
        """Edit the catalogue in its place."""
        copy = Copy(self.po, self.po)
        self.work(copy)
        self.accept(copy, copy.po)
        self.po = copy.po

    def accept(self, copy: Copy, sent: PoFile) -> None:
        """Note what came back of the texts that were written into a copy."""
        there = set(TEXT.findall(format_po(sent).decode()))
        for text in there & copy.written.keys():
            self.written[text] = self.written.get(text, "") + "\n" + copy.written[text]
        self.replaced |= {old for old, new in copy.replaced.items() if new in there}

    def work(self, copy: Copy) -> None:
        """Translate, improve, confirm or mark some entries of a copy, as a person does."""
        entries = list(copy.po.entries)
        for place, entry in enumerate(entries):
            if entry.obsolete or self.chance.random() < 0.5:
                continue
            if self.chance.random() < 0.1 and not is_empty(entry):
                entries[place] = replace(entry, flags=("fuzzy",))
                continue
            self.count += 1
            text = f"t{self.count}x"
            # Who finishes an entry has read what waits there to be chosen from, and may leave it.
            is_left = self.chance.random() < 0.4
            said = tuple(c for c in entry.comments if is_left or not c.startswith(CHOICES))
            read = set(entry.comments) - set(said)
            copy.replaced |= dict.fromkeys(TEXT.findall(" ".join((*entry.msgstr, *read))), text)
            copy.written[text] = entry.msgid
            entries[place] = replace(
                entry,
                msgstr=(f"{text} gotin",),
                comments=said,
                flags=(),
                previous_msgid=None,
                previous_msgctxt=None,
            )
            self.log.append(f"{text}: {entry.msgid}")
        copy.po = replace(copy.po, entries=tuple(entries))

    def give_back(self) -> None:
        """Bring a copy back: by mail, with its base known or not, or by a merge of branches."""
        if not self.copies:
            return
        copy = self.chance.choice(self.copies)
        if self.chance.random() < 0.7:
            self.copies.remove(copy)
        way = self.chance.choice(("receive", "receive without base", "ours", "theirs"))
        try:
            sent = parse_po(format_po(self.save(copy.po)), "sent.po")
            self.log.append(f"{way}: {format_po(sent).decode()}")
            if way.startswith("receive"):
                sent = set_header_fields(sent, {"Language": self.chance.choice(LANGUAGES)})
                tag = choose_catalogue(sent, {"ckb": SORANI, "ku": self.po}, None)[0]
                assert tag == "ku", f"{format_po(sent).decode()}\nis taken for {tag}"
                base = copy.base if way == "receive" else None
                self.po = receive_catalogue(self.po, sent, base)[0]
            else:
                sides = (self.po, sent) if way == "theirs" else (sent, self.po)
                self.po = merge_branches(copy.base, *sides).po
                self.merge_again(copy.base, sides)
        except OneLetterError:
            return
        self.accept(copy, sent)
        self.po = update_catalogue(self.po, self.template())[0]

    def merge_again(self, base: PoFile, sides: tuple[PoFile, PoFile]) -> None:
        """Merge what is merged with a side of the same base again, as after a squashed merge.

        No text is lost, no message is finished with another text than before, and no choice that
        waits is made. What was finished may wait again: an editor that drops previous msgids or
        texts, or respells msgids, makes an old text look new, or a message look gone.
        """
        merged = parse_po(format_po(self.po), "letter.po")
        for one, other in [(merged, side) for side in sides] + [(side, merged) for side in sides]:
            again = parse_po(format_po(merge_branches(base, one, other).po), "letter.po")
            told = "\n".join(format_po(po).decode() for po in (base, one, other, again))
            here, now = list_texts(merged), list_finished(again)
            assert all(now.get(name, "") in ("", text) for name, text in here.items()), told
            texts = [set(TEXT.findall(format_po(po).decode())) for po in (merged, again)]
            assert texts[0] <= texts[1], f"{texts[0] - texts[1]}\n{told}"

    def save(self, po: PoFile) -> PoFile:
        """Save a file with an editor or a platform that changes more than it should."""
        habit = self.chance.choice(HABITS)
        self.log.append(f"saved by: {habit.__name__}")
        return habit(self.chance, po)

    def hold_law(self) -> None:
        active, everything = list_active(self.po), format_po(self.po).decode()
        there = set(TEXT.findall(everything))
        lost = set(self.written) - self.replaced - there
        assert not lost, "\n".join([f"{lost} is lost", *self.log, everything])
        for entry in active.values():
            for text in () if entry.fuzzy else TEXT.findall(entry.msgstr[0]):
                said = f"{text} stands finished under {entry.msgid!r}"
                english = set(map(fold, self.written[text].split("\n")))
                assert english & self.list_alike(entry.msgid), "\n".join([said, *self.log])

    def list_alike(self, msgid: str) -> set[str]:
        """List the msgids, folded, that have the same meaning: those before minor edits."""
        alike, before = set[str](), {fold(msgid)}
        while before - alike:
            alike |= before
            before = {old for new in alike for old in self.corrected.get(new, ())}
        return alike


def list_texts(po: PoFile) -> dict[str, str]:
    """List the text of each message in use: "" where it lacks, or where two wait for a choice."""
    active = list_active(po).values()
    return {
        fold(e.msgid): "" if e.fuzzy and awaits_choice(e) else fold(e.msgstr[0]) for e in active
    }


def list_finished(po: PoFile) -> dict[str, str]:
    """List what readers see of each message in use: "" where a text waits or lacks."""
    active = list_active(po).values()
    return {fold(e.msgid): "" if e.fuzzy else fold(e.msgstr[0]) for e in active}


def fold(text: str) -> str:
    """Leave out what changes no meaning: the kind of quotes, the kind and number of blanks."""
    text = unicodedata.normalize("NFC", text)
    for curly, straight in ("’'", "‘'", '“"', '”"'):
        text = text.replace(curly, straight)
    return " ".join(text.split())


def save_well(_: random.Random, po: PoFile) -> PoFile:
    return po


def empty_fuzzy(_: random.Random, po: PoFile) -> PoFile:
    """As OmegaT does."""
    return map_entries(po, lambda e: replace(e, msgstr=("",)) if e.fuzzy and not e.obsolete else e)


def drop_comments(_: random.Random, po: PoFile) -> PoFile:
    return map_entries(po, lambda e: replace(e, comments=(), extracted=()))


def drop_obsolete(_: random.Random, po: PoFile) -> PoFile:
    return replace(po, entries=tuple(entry for entry in po.entries if not entry.obsolete))


def fill_in_english(_: random.Random, po: PoFile) -> PoFile:
    """As platforms export what is not translated."""
    return map_entries(po, lambda e: replace(e, msgstr=(e.msgid,)) if is_empty(e) else e)


def lose_texts(chance: random.Random, po: PoFile) -> PoFile:
    return map_entries(po, lambda e: replace(e, msgstr=("",)) if chance.random() < 0.3 else e)


def lose_entries(chance: random.Random, po: PoFile) -> PoFile:
    return replace(po, entries=tuple(e for e in po.entries if chance.random() < 0.8))


def drop_previous(_: random.Random, po: PoFile) -> PoFile:
    return map_entries(po, lambda e: replace(e, previous_msgid=None, previous_msgctxt=None))


def straighten_msgids(_: random.Random, po: PoFile) -> PoFile:
    return map_entries(po, lambda e: replace(e, msgid=e.msgid.replace("’", "'")))


def decompose(_: random.Random, po: PoFile) -> PoFile:
    def decompose_entry(entry: Entry) -> Entry:
        msgstr = tuple(unicodedata.normalize("NFD", form) for form in entry.msgstr)
        return replace(entry, msgid=unicodedata.normalize("NFD", entry.msgid), msgstr=msgstr)

    return map_entries(po, decompose_entry)


def double_blanks(_: random.Random, po: PoFile) -> PoFile:
    return map_entries(po, lambda e: replace(e, msgid=e.msgid.replace(" ", "  ", 1)))


def save_with_polib(_: random.Random, po: PoFile) -> PoFile:
    """As tools written in Python do: wrapped anew, the header in another order."""
    return parse_po(str(polib.pofile(format_po(po).decode(), wrapwidth=60)).encode(), po.path)


def map_entries(po: PoFile, change: Callable[[Entry], Entry]) -> PoFile:
    return replace(po, entries=tuple(map(change, po.entries)))


HABITS: tuple[Callable[[random.Random, PoFile], PoFile], ...] = (
    save_well,
    empty_fuzzy,
    drop_comments,
    drop_obsolete,
    fill_in_english,
    lose_texts,
    lose_entries,
    drop_previous,
    straighten_msgids,
    decompose,
    double_blanks,
    save_with_polib,
)
