"""What a translator does next, and the commands that it takes."""

import shlex
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from letter.checks.findings import Severity
from letter.desk.margin import Margin
from letter.desk.worksheet import Worksheet
from letter.paths import OWN_LETTER, OWN_LOCALES, shorten_path

_PYTHON = ".venv/bin/python"


class Stage(StrEnum):
    """Where the work on a file is."""

    WRITE = "write"  # of the letter itself
    RESTORE = "restore"  # the file was taken away, or the folder of catalogues
    MEND = "mend"  # the file can't be read, or what check.py needs beside a finished one
    UPDATE = "update"  # the file isn't up to the letter
    TRANSLATE = "translate"
    CORRECT = "correct"  # all is translated, and there are errors
    HAND_IN = "hand in"
    REVIEWED = "reviewed"  # nothing is left to do


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of the way from a translated file to a reviewed one, as a shell takes them."""

    check: str
    commit: str
    review: str
    update: str


def choose_stage(
    sheet: Worksheet, margins: Collection[Margin], *, has_problems: bool, can_update: bool
) -> Stage:
    """Say where the work on a file is; `has_problems` where any file beside can't be read.

    Files beside keep nobody from translating, and check.py from finding nothing. `can_update` tells
    whether scripts/update.py could run now.
    """
    if sheet.edition.is_source:
        return Stage.WRITE
    if sheet.missing:
        return Stage.RESTORE
    if sheet.edition.problem:
        return Stage.MEND
    if sheet.update and can_update:
        return Stage.UPDATE
    is_todo = any(margin.is_todo for margin in margins)
    if has_problems and not is_todo:
        return Stage.MEND
    if is_todo:
        return Stage.TRANSLATE
    if any(finding.severity is Severity.ERROR for finding in sheet.all_findings):
        return Stage.CORRECT
    is_reviewed = sheet.edition.is_settled and sheet.update is None
    return Stage.REVIEWED if is_reviewed else Stage.HAND_IN


def write_commands(sheet: Worksheet, options: str = "") -> Commands:
    """Write the commands for one language; `options` name another letter than the project's."""
    language = sheet.edition.language
    folder = Path(sheet.path).parent.parent
    python = f"{_PYTHON} scripts"
    return Commands(
        f"{python}/check.py {language.tag}{options}",
        f"git add {shlex.quote(str(folder))} && git commit -m {shlex.quote(language.english_name)}",
        f'{python}/sign_off.py {language.tag} --reviewer "Name <mail@example.org>"{options}',
        f"{python}/update.py{options}",
    )


def write_options(letter: Path, locales: Path) -> str:
    """Write the options that name a letter and its catalogues; "" of the project's own."""
    own = shorten_path(OWN_LETTER), shorten_path(OWN_LOCALES)
    if (letter, locales) == own:
        return ""
    return f" --letter {shlex.quote(str(letter))} --locales {shlex.quote(str(locales))}"
