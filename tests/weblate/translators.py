"""Five people in Weblate, each in a language of their own, and what Weblate does."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from tests.tools import ROOT
from tests.weblate.authors import DRIVER
from tests.weblate.words import Ledger, make_translation

if TYPE_CHECKING:
    from tests.weblate.weblate_server import WeblateServer

# The people by the tag of their language; Weblate names one of the languages otherwise.
PEOPLE = {"ar": "Layla", "ckb": "Şîlan", "ku": "Zîn", "fa": "Parisa", "zh_Hant": "Mei"}
CODES = {"ku": "kmr"}
MADE = "zh_Hant"  # made in Weblate, in the middle of its life
NAME_NOTE = "A signatory's name"
FINISHED, FUZZY, EMPTY = 20, 10, 0  # Weblate's states of a unit
PAGE = "?page_size=1000"


class Translators:
    """A project in Weblate, and its people."""

    def __init__(self, server: WeblateServer, name: str, ledger: Ledger) -> None:
        self.server, self.name, self.ledger = server, name, ledger
        self.tokens = server.make_tokens(PEOPLE)

    def set_up(self, address: str, style: str, *, driver: bool, msgmerge: bool) -> None:
        """Set Weblate up as scripts/deploy/weblate.md says."""
        home = self.server.root / "data" / "home" / ".gitconfig"
        self.server.configure_driver(home, DRIVER if driver else "")
        project = {"name": self.name, "slug": self.name, "web": "https://example.org/"}
        self.server.call("POST", "projects/", project | {"language_aliases": "ku:kmr"})
        text = (ROOT / "scripts" / "deploy" / "weblate.json").read_text(encoding="utf-8")
        first, second = json.loads(text)
        first |= {"repo": address, "push": address, "merge_style": style}
        if style == "rebase":  # which rewrites what was pushed already
            first["vcs_params"] = {"git_force_push": True}
        second |= {"repo": f"weblate://{self.name}/letter"}
        for component in (first, second):
            self.server.call("POST", f"projects/{self.name}/components/", component)
        if msgmerge:
            self.run_msgmerge()

    def run_msgmerge(self) -> None:
        """Install the add-on anew, which then runs on every catalogue."""
        for url in self.server.call("GET", f"components/{self.name}/letter/")["addons"]:
            self.server.call("DELETE", url)
        addon = {"name": "weblate.gettext.msgmerge", "configuration": {}}
        self.server.call("POST", f"components/{self.name}/letter/addons/", addon)

    def make_language(self) -> None:
        """Make a language in Weblate, as its people do with a button."""
        for component in ("letter", "interface"):
            path = f"components/{self.name}/{component}/translations/"
            self.server.call("POST", path, {"language_code": MADE}, self.tokens[MADE])

    def live(self, number: int) -> dict[str, list[str]]:
        """Let all five work at the same time; give the msgids that each has changed."""
        there = [tag for tag in PEOPLE if tag != MADE or number > 1]
        with ThreadPoolExecutor(len(there)) as pool:
            touched = list(pool.map(lambda tag: self._translate(tag, number), there))
        return {tag: [] for tag in PEOPLE} | dict(zip(there, touched, strict=True))

    def _translate(self, tag: str, number: int) -> list[str]:
        """Translate a text, doubt one, accept a suggestion, remark, and in turn empty a text.

        Signatories' names are left as they are. The msgids of the texts that change are given.
        """
        chance = random.Random(f"{tag} {number}")
        units = [unit for unit in self._list_units(tag, "letter") if NAME_NOTE not in unit["note"]]
        first, second, third, last = chance.sample(units, 4)
        self._write(tag, first, FINISHED)
        self._write(tag, second, FUZZY)
        text = {"target": [self._make_text(tag, third)]}
        made = self._call(tag, f"units/{third['id']}/suggestions/", text)
        self._call(tag, f"suggestions/{made['id']}/accept/", {})
        remark = {"scope": "translation", "comment": f"Is this right? ({number})"}
        self._call(tag, f"units/{last['id']}/comments/", remark)
        if (number + list(PEOPLE).index(tag)) % len(PEOPLE) == 0:
            self.ledger.empty(tag, last["target"][0])
            body = {"target": [""], "state": EMPTY}
            self._call(tag, f"units/{last['id']}/", body, "PATCH")
        page = [u for u in self._list_units(tag, "interface") if "%(" not in u["source"][0]]
        self._write(tag, chance.choice(page), FINISHED)
        return [unit["source"][0] for unit in (first, second, third, last)]

    def _make_text(self, tag: str, unit: Any) -> str:
        return make_translation(tag, unit["source"][0], unit["target"][0], self.ledger.add(tag))

    def _write(self, tag: str, unit: Any, state: int) -> None:
        body = {"target": [self._make_text(tag, unit)], "state": state}
        self._call(tag, f"units/{unit['id']}/", body, "PATCH")

    def _call(self, tag: str, path: str, body: object, method: str = "POST") -> Any:
        return self.server.call(method, path, body, self.tokens[tag])

    def _list_units(self, tag: str, component: str) -> list[Any]:
        path = f"translations/{self.name}/{component}/{CODES.get(tag, tag)}/units/{PAGE}"
        return self.server.list_all(path)

    def exchange(self) -> bool:
        """Let Weblate commit, pull and push; say whether it is locked by that."""
        path = f"components/{self.name}/letter/"
        for operation in ("commit", "pull", "push"):
            self.server.call("POST", f"{path}repository/", {"operation": operation})
        is_failed = self.server.call("GET", f"{path}repository/")["merge_failure"]
        return bool(is_failed) or bool(self.server.call("GET", f"{path}lock/")["locked"])

    @property
    def clone_address(self) -> str:
        """The address at which Weblate gives its own clone of the letter's repository."""
        return f"{self.server.address}/git/{self.name}/letter/"

    def list_checks(self) -> list[tuple[str, ...]]:
        """List the failing checks that find no fault: language, check, original and translation.

        That a text was finished once, and waits now, is true as long as it waits.
        """
        rows = self.server.query(
            "select t.language_code, c.name, left(u.source, 60), left(u.target, 60)"
            " from checks_check c join trans_unit u on u.id = c.unit_id"
            " join trans_translation t on t.id = u.translation_id"
            " join trans_component k on k.id = t.component_id"
            " join trans_project p on p.id = k.project_id"
            f" where p.slug = '{self.name}' and not c.dismissed"
            f" and not (c.name = 'translated' and u.state < {FINISHED}) order by 1, 2, u.position"
        )
        return [tuple(row.split("\t")) for row in rows]
