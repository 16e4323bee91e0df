"""Weblate's life with git alone: five languages are edited there while the letter changes here.

A branch stands for Weblate: it has edits in commits of one language each, merges and rebases as
Weblate does, and runs its msgmerge add-on or not. Git must never stop, and no text may be lost.
"""

import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from letter.merging.message_decisions import list_active
from letter.merging.sent_files import receive_catalogue
from letter.po.header import make_header, set_header_fields
from letter.po.marks import sign_off
from letter.po.model import PoFile, is_empty
from letter.po.reader import read_po
from letter.po.writer import write_po
from tests.git import git
from tests.merging.driven import start_driven
from tests.merging.examples import template
from tests.merging.histories import Copy, History, edit_letter, write_sentence
from tests.tools import run_gettext

LANGUAGES = ("ar", "ckb", "fr", "ku", "pt_BR")
# What happens to the letter, exchange by exchange.
EDITS = ("split", "move", "word", "join", "split", "remove", "add", "move")

MERGE = "merge -q --no-edit weblate"
MEETINGS = {
    "merge": ("checkout -qB tmp main", MERGE, "checkout -q weblate", "merge -q --ff-only tmp"),
    "rebase": ("checkout -q weblate", "rebase -q main"),
    "pull": ("checkout -q weblate", "merge -q --no-edit main"),
}


class Life:
    """The letter's repository, in which Weblate has a branch."""

    def __init__(self, folder: Path, seed: int) -> None:
        chance = self.chance = random.Random(seed)
        self.folder, self.now = folder, datetime(2026, 1, 1, 9, tzinfo=UTC)
        self.told = ""  # by the driver
        self.letters = [[write_sentence(chance) for _ in range(8)]]
        self.languages = {tag: History(chance, self.letters) for tag in LANGUAGES}
        self.mails: list[tuple[History, Copy]] = []
        self.pending: list[tuple[History, Copy, PoFile]] = []
        start_driven(folder, "--never-stop")
        git(folder, "config", "gc.auto", "0")
        self.write_here()
        git(folder, "branch", "weblate")
        self.send()

    def path(self, tag: str) -> Path:
        return self.folder / f"{tag}.po"

    def sign(self, po: PoFile, who: str) -> PoFile:
        """Write into the header who edited, some minutes after the edit before."""
        self.now += timedelta(minutes=self.chance.randint(1, 90))
        day = self.now.strftime("%Y-%m-%d %H:%M+0000")
        who = f"{who} <{who.lower()}@example.org>"
        return set_header_fields(po, {"PO-Revision-Date": day, "Last-Translator": who})

    def commit(self) -> None:
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", "version")

    def write_here(self) -> None:
        """Write and commit what the catalogues here have become, and the template."""
        header = make_header("Template.", {}, flags=("fuzzy",))
        messages = tuple(template(*self.letters[-1]))
        write_po(self.folder / "letter.pot", PoFile("letter.pot", header, messages))
        for tag, language in self.languages.items():
            write_po(self.path(tag), language.po)
        self.commit()

    def send(self) -> None:
        """Send some language's catalogue to a person who will send it back."""
        language = self.chance.choice(list(self.languages.values()))
        self.mails.append((language, Copy(language.po, language.po)))

    def edit_there(self) -> None:
        """Translate every language in Weblate, whose people reach no comments."""
        git(self.folder, "checkout", "-q", "weblate")
        for tag, language in self.languages.items():
            before = read_po(self.path(tag))
            copy = Copy(before, before)
            language.work(copy)
            pairs = zip(before.entries, copy.po.entries, strict=True)
            entries = tuple(replace(new, comments=old.comments) for old, new in pairs)
            sent = self.sign(replace(before, entries=entries), f"There{tag}")
            write_po(self.path(tag), sent)
            self.pending.append((language, copy, sent))
            self.commit()

    def edit_here(self, kind: str) -> None:
        """Edit the letter, update all catalogues, work on some, receive a mail, and sign off."""
        git(self.folder, "checkout", "-q", "main")
        self.letters.append(edit_letter(self.chance, self.letters[-1], kind))
        for language in self.languages.values():
            language.update()
        language, copy = self.mails.pop()
        language.work(copy)
        language.po = receive_catalogue(language.po, copy.po, copy.base)[0]
        language.accept(copy, copy.po)
        language.update()
        for tag, language in self.chance.sample(list(self.languages.items()), 3):
            language.work_here()
            language.po = self.sign(language.po, f"Here{tag}")
            active = list_active(language.po).values()
            done = {entry.msgid for entry in active if not entry.fuzzy and not is_empty(entry)}
            reviewer = "Zîn <zin@example.org>"
            language.po = sign_off(language.po, reviewer, self.now.date(), done, done)[0]
            language.settle()
        self.send()
        self.write_here()

    def meet(self, style: str) -> None:
        """Bring the changes here to Weblate, by its own commands or as a person would."""
        for command in MEETINGS[style]:
            done = git(self.folder, *command.split(), check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            self.told += done.stderr

    def run_msgmerge(self) -> None:
        """Do on Weblate's branch as its add-on does."""
        git(self.folder, "checkout", "-q", "weblate")
        for tag in LANGUAGES:
            options = ("--quiet", "--backup=none", "--previous", "--update")
            run_gettext("msgmerge", *options, self.path(tag), self.folder / "letter.pot")
        self.commit()

    def take_turns(self, style: str) -> list[bytes]:
        """Run the add-on there and the update here, bring both together, and give all files."""
        self.run_msgmerge()
        git(self.folder, "checkout", "-q", "main")
        for language in self.languages.values():
            language.update()
        self.write_here()
        self.meet(style)
        self.take()
        return [self.path(tag).read_bytes() for tag in LANGUAGES]

    def take(self) -> None:
        """Take Weblate's branch here, where nothing may be lost."""
        git(self.folder, "checkout", "-q", "main")
        git(self.folder, "merge", "-q", "--ff-only", "weblate")
        while self.pending:
            language, copy, sent = self.pending.pop()
            language.accept(copy, sent)
        for tag, language in self.languages.items():
            language.po = read_po(self.path(tag))
            language.hold_law()


@pytest.mark.parametrize("with_msgmerge", [False, True])
def test_git_never_stops_and_nothing_is_lost(tmp_path: Path, *, with_msgmerge: bool) -> None:
    life = Life(tmp_path, seed=17)
    for kind, style in zip(EDITS, itertools.cycle(MEETINGS)):
        life.edit_there()
        life.edit_here(kind)
        life.meet(style)
        if with_msgmerge:
            life.run_msgmerge()
        life.take()
    assert "both texts are in the entry, choose one" in life.told
    if with_msgmerge:
        assert life.take_turns("merge") == life.take_turns("rebase")
