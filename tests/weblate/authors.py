"""Those who keep the letter: they edit, split, reorder, receive and sign off."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import polib

from letter.po.header import header_fields
from letter.po.reader import read_po
from scripts import add_language, receive, sign_off, update
from tests.conftest import copy_letter
from tests.git import commit, git, start_repository
from tests.tools import ROOT
from tests.weblate.words import LETTERS, Ledger, make_translation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from letter.po.model import PoFile

DRIVER = (
    f"python3 -S -I '{ROOT}/scripts/merge_driver.py' --never-stop %O %A %B %P; "
    "r=$?; test $r -lt 2 || git merge-file %A %O %B; exit $r"
)

GONE = "The international community’s failure to prioritize our protection amounts to a death"
GONE += " sentence. We are being left to die as the world watches."
SWAP = r"(?ms)^(For months, [^\n]*)$(.*)^(We do not understand[^\n]*)$"
BACK = r"(?ms)^(We do not understand[^\n]*)$(.*)^(For months, [^\n]*)$"
# What becomes of the letter in each exchange, as a pattern and what takes its place.
LIFE = (
    [("more than 18 cities", "more than 20 cities")],
    [(" For months, we", "\n\nFor months, we")],
    [(SWAP, r"\3\2\1")],
    [(f"{GONE}\n\n", "")],
    [("where 250,000 people", "where 300,000 people"), (r"(across Syria)(\. Help)", r"\1 now\2")],
    [('(<!-- translators: "Cessation)', rf"{GONE}\n\n\1"), ("one Syrian is", "a Syrian is")],
    [(r" A week earlier, the", r"\n\nA week earlier the"), (r"\n- Syria Solidarity UK\n", "\n")],
    [(BACK, r"\3\2\1"), ("killing more than 200", "killing more than 300")],
)
SIGNED = (2, 5, 8)  # exchanges in which Kurmanji is signed off
REVIEWER = "Zîn Ehmed <zin@example.org>"


class Authors:
    """A clone of the repository, with the letter and its catalogues."""

    def __init__(self, place: Path, bare: Path, ledger: Ledger) -> None:
        place.mkdir()
        self.place, self.ledger = place, ledger
        start_repository(place)
        shutil.copy(ROOT / ".gitattributes", place)
        self.site = copy_letter(place)
        for folder in self.site.locales.iterdir():
            if folder.is_dir() and folder.name not in LETTERS:
                shutil.rmtree(folder)
        git(place, "config", "merge.letter-po.driver", DRIVER)
        assert self.site.run(add_language, "fa") == 0
        self.update()
        git(place, "clone", "-q", "--bare", str(place), str(bare))
        git(place, "remote", "add", "origin", str(bare))
        self._mailed = self._read_catalogues()

    def live(self, number: int, touched: Mapping[str, Collection[str]]) -> None:
        """Change the letter and the catalogues, and publish; `touched` are Weblate's msgids now.

        Each mailed file was begun an exchange earlier, and changes a text that somebody changes in
        Weblate at the same time.
        """
        mailed, self._mailed = self._mailed, self._read_catalogues()
        text = self.site.letter.read_text(encoding="utf-8")
        for pattern, new in LIFE[number - 1]:
            text, count = re.subn(pattern, new, text)
            assert count == 1, f"{pattern} stands {count} times in the letter"
        self.site.letter.write_text(text, encoding="utf-8")
        tag = list(LETTERS)[number % len(LETTERS)]
        if tag in mailed and number % 2:
            self._receive(tag, mailed[tag], touched[tag])
        self.update()
        if number in SIGNED:
            assert self.site.run(sign_off, "ku", "--reviewer", REVIEWER) == 0
            self._commit()
        if tag in mailed and not number % 2:
            self._receive(tag, mailed[tag], touched[tag])
        self.publish()

    def _receive(self, tag: str, data: bytes, touched: Collection[str]) -> None:
        """Take a file that came by mail: an old one, with two texts changed by its translator."""
        path = self.place.with_name(f"mailed-{tag}.po")
        path.write_bytes(data)
        sent = polib.pofile(str(path))
        both = [entry for entry in sent if entry.msgid in touched and not entry.obsolete]
        others = [entry for entry in sent if entry.msgid not in touched and len(entry.msgid) > 99]
        for entry in (*both[:1], *others[:1]):
            word = self.ledger.add(tag)
            entry.msgstr = make_translation(tag, entry.msgid, entry.msgstr, word)
            entry.flags = []
        sent.save()
        assert self.site.run(receive, str(path)) < 2
        self._commit()

    def update(self) -> bool:
        """Bring the catalogues up to the letter, and commit; say whether anything changed."""
        code = self.site.run(update)
        assert code == 0, f"update.py ends with {code}"
        return self._commit()

    def _commit(self) -> bool:
        """Commit what has changed, if anything has."""
        if not git(self.place, "status", "--porcelain").stdout:
            return False
        commit(self.place)
        return True

    def publish(self) -> None:
        """Bring the catalogues up to the letter, and push."""
        self.update()
        git(self.place, "push", "-q", "origin", "main")

    def take(self, remote: str, branch: str) -> None:
        """Merge a branch of Weblate's, and publish what that gives."""
        git(self.place, "fetch", "-q", remote, branch)
        git(self.place, "merge", "-q", "--no-edit", "FETCH_HEAD")
        self.publish()

    def _read_catalogues(self) -> dict[str, bytes]:
        paths = {tag: self.site.po(tag) for tag in LETTERS}
        return {tag: path.read_bytes() for tag, path in paths.items() if path.exists()}

    def read_both(self, tag: str) -> list[PoFile]:
        """Read a language's catalogues of the letter and of the page."""
        paths = (self.site.po(tag), self.site.po(tag).with_name("interface.po"))
        return [read_po(path) for path in paths if path.exists()]

    def is_draft(self, tag: str) -> bool:
        """Say whether a language's catalogue calls itself a draft, as a new one of ours does."""
        fields = header_fields(read_po(self.site.po(tag)))
        return fields.get("X-Letter-Status") == "draft"
