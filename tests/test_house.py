"""The rooms of the house stand on floors, and no import goes up, aside or in a circle."""

from __future__ import annotations

import ast
import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from letter.po.reader import read_po
from tests.tools import ROOT

PACKAGE = ROOT / "letter"
FLOORS = (
    {"paths", "files", "addresses", "errors"},
    {"languages", "po"},
    {"source"},
    {"checks"},
    {"merging", "editions"},
    {"formats"},
    {"serving"},
    {"export", "desk"},
)
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def name_module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def list_imports(path: Path) -> Iterator[str]:
    """Every import of a module, also those inside functions and for type checkers."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import hides the room"
            yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_imports_go_down_only(path: Path) -> None:
    room = name_module(path).split(".")[1]
    for imported in list_imports(path):
        top, _, below = imported.partition(".")
        assert top not in ("app", "scripts", "tests"), f"{room} imports {imported}"
        target = below.partition(".")[0]
        if top == "letter" and target != room:
            assert FLOOR[target] < FLOOR[room], f"{room} imports {imported}"


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_no_circle_runs_inside_a_room(room: str) -> None:
    inside = [path for path in MODULES if name_module(path).split(".")[1] == room]
    names = set(map(name_module, inside))
    waiting = {name_module(path): set(list_imports(path)) & names for path in inside}
    while ready := {name for name, needed in waiting.items() if not needed & waiting.keys()}:
        waiting = {name: needed for name, needed in waiting.items() if name not in ready}
    assert not waiting, f"these import each other: {sorted(waiting)}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if ">>> " in p.read_text("utf-8")], ids=name_module
)
def test_examples_in_docstrings_are_right(path: Path) -> None:
    assert doctest.testmod(importlib.import_module(name_module(path))).failed == 0


def test_every_room_says_in_a_sentence_what_it_is_for() -> None:
    assert (PACKAGE / "__init__.py").read_text(encoding="utf-8") == ""
    for path in PACKAGE.glob("*/__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{path} has no docstring"
        assert len(tree.body) == 1, f"{path} holds more than its docstring: no re-exports"


def test_only_the_routes_of_the_desk_import_flask() -> None:
    knowing = {name_module(path) for path in MODULES if "flask" in set(list_imports(path))}
    assert knowing == {"letter.desk.routes"}


def test_translators_get_the_words_that_python_says_too() -> None:
    """Only the page's templates are extracted: what plain text and cards say stands there too."""
    found = extract_from_dir(PACKAGE / "formats", [("*.py", "python")])
    words = {entry.msgid for entry in read_po(ROOT / "locales" / "interface.pot").entries}
    said = {msgid if isinstance(msgid, str) else msgid[0] for _, _, msgid, _, _ in found}
    assert said
    assert said <= words


def test_each_public_function_of_a_module_has_a_name_of_its_own() -> None:
    """So that a search for a name finds what the name means, and nothing else."""
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(name_module(path))
    assert {name: rooms for name, rooms in homes.items() if len(rooms) > 1} == {}
